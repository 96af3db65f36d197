import { describe, expect, test } from 'vitest'
import { installedBy } from '../../server/domains/failures/installed.ts'
import { withoutNames } from '../../server/domains/failures/without-names.ts'
import { stepsOf } from '../../src/guard/steps.ts'

const broughtBy = (command: string) => stepsOf(command).flatMap((step) => installedBy(step) ?? [])

describe('what a success brings to a machine', () => {
  test.each([
    ["ssh srv1 'apt-get install -y docker.io'", 'program docker', 'srv1'],
    ['ln -s /opt/homebrew/bin/gtimeout /opt/homebrew/bin/timeout', 'program timeout', null],
    ['brew install jq', 'program jq', null],
  ])('is the program: %s', (command, key, host) => {
    expect(broughtBy(command)).toMatchObject([{ keys: expect.arrayContaining([key]), host }])
  })

  test('are the programs of the role that was installed, and no others', () => {
    const [feature] = broughtBy('Install-WindowsFeature Windows-Server-Backup')
    expect(['wbadmin', 'get-wbjob', 'get-vbrjob', 'winget'].filter((name) => feature?.brings?.test(name))).toEqual([
      'wbadmin',
      'get-wbjob',
    ])
  })

  test.each([
    ['nvm use 20', { isSwitch: true, words: expect.arrayContaining(['npm', 'node']) }],
    ['sudo usermod -aG docker ops', { isGrant: true, words: expect.arrayContaining(['docker', 'ops']) }],
    ['az login --use-device-code', { isLogin: true }],
    ["ssh root@db1 'systemctl start postgresql@11-main'", { isStart: true, host: 'db1' }],
    ['Start-Service Spooler', { isStart: true }],
    ["sed -i 's/1/2/' deploy/app.yml", { isEdit: true, words: ['app.yml'] }],
    ['npm ci', { isSwitch: false, words: expect.arrayContaining(['npm']) }],
  ])('is another version, more rights, a login, another file or a service: %s', (command, expected) => {
    expect(broughtBy(command)).toMatchObject([expected])
  })

  test.each(['docker ps && ls /usr/bin', 'dism /Online /Cleanup-Image /CheckHealth'])(
    'is nothing for what only works: %s',
    (command) => {
      expect(broughtBy(command)).toEqual([])
    },
  )
})

describe('a way for everybody', () => {
  test.each([
    ['ssh root@srv1 "tail -f /var/log/dataforth.log"', 'ssh … tail -f …'],
    ["sed -i '' 's/acme/rednour/' acme.conf", "sed -i '' …"],
    ['py -3 report.py', 'py -3 …'],
    ['git pull; if ($?) { git push }', 'git pull ; if ($?) { git push }'],
    ['curl.exe -fsSL https://acme.example/x', 'curl.exe -fsSL …'],
    ['mysqldump --master-data=2 -h acme-db -u backup acme', 'mysqldump --master-data=… -h … -u …'],
  ])('has what does it, and no names: %s', (command, told) => {
    expect(withoutNames(command)).toBe(told)
  })
})
