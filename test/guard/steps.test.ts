import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { KEY_CHARS, keysOf } from '../../src/guard/keys.ts'
import { stepsOf } from '../../src/guard/steps.ts'

const placed = (command: string) => stepsOf(command).map(({ host, segment }) => `${segment.program}@${host ?? 'here'}`)

describe('the steps of a command line', () => {
  test.each([
    ["ssh root@SRV1 'cd /x && systemctl restart nginx' && ls /tmp", ['ssh@srv1', 'systemctl@srv1', 'ls@here']],
    ['ssh srv1 uptime && docker ps', ['ssh@srv1', 'uptime@srv1', 'docker@here']],
    [
      'Invoke-Command -ComputerName SRV-OLD { Get-LocalUser; Get-Process }',
      ['invoke-command@srv-old', 'get-localuser@srv-old', 'get-process@srv-old'],
    ],
    ['Get-Service -ComputerName SRV-OLD', ['get-service@srv-old']],
    [
      '$s = New-PSSession SRV-OLD; Invoke-Command -Session $s { Get-LocalUser }',
      ['new-pssession@srv-old', 'invoke-command@srv-old', 'get-localuser@srv-old'],
    ],
    [
      '$s = New-PSSession -ConfigurationName Microsoft.Exchange -ConnectionUri http://ex1/PowerShell/; Invoke-Command $s { Get-Queue }',
      ['new-pssession@microsoft.exchange', 'invoke-command@microsoft.exchange', 'get-queue@microsoft.exchange'],
    ],
    ['sudo python3 -m pip install requests', ['pip@here']],
    ['/opt/v/bin/python3 -m pip install requests', ['python3@here']],
    ['winrs -r:SRV-OLD curl -o x.msu', ['winrs@srv-old', 'curl@srv-old']],
    ['winrs -r:SRV-OLD "cd /d D:\\x && curl -O x"', ['winrs@srv-old', 'curl@srv-old']],
    ["plink -ssh admin@sw1 'show run'", ['plink@sw1', 'show@sw1']],
    ['mount -t cifs //d2testnas/data /mnt', ['mount@d2testnas']],
    ['net use Z: \\\\nas\\data', ['net@nas']],
    ['curl -sk https://fw1.example/api', ['curl@fw1.example']],
    ['kubectl --context prod get pods', ['kubectl@prod']],
    ['docker -H tcp://build1:2375 ps', ['docker@build1']],
    ['cd /srv && export A=1 && npm run build', ['npm@here']],
    ['', []],
  ])('%s', (command, steps) => {
    expect(placed(command)).toEqual(steps)
  })
})

describe('the keys of a step', () => {
  const exact = (command: string) => stepsOf(command).map((step) => keysOf(step).exact)

  test.each([
    ['sudo systemctl restart nginx', 'systemctl restart "nginx.service"'],
    ['systemctl --no-pager status nginx', 'systemctl status nginx --no-pager'],
    ['/usr/sbin/useradd ana', 'useradd ana'],
    ['Get-LocalUser -Name ana', "get-localuser -name 'Ana'"],
    ['cd /etc && cat hosts', 'cat hosts'],
  ])('are the same for %s and %s', (one, other) => {
    expect(exact(one)).toEqual(exact(other))
  })

  test('of what is carried to a machine do not depend on the carrier', () => {
    const [, overSsh] = stepsOf("ssh srv1 'docker ps'").map(keysOf)
    const [here] = stepsOf('docker ps').map(keysOf)
    expect(overSsh).toEqual(here)
  })

  test('differ in the right that is wanted: into the folders of the system, or of a project', () => {
    const right = (command: string) => stepsOf(command).flatMap((step) => keysOf(step).unprivileged)
    expect(right('npm install -g pm2')).not.toEqual(right('npm install express'))
  })

  test('differ for what is done to something else', () => {
    expect(exact('cat /etc/hosts')).not.toEqual(exact('cat /etc/fstab'))
  })

  test('are short, and differ, for commands of any length', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2_000 }), (text) => {
        for (const step of stepsOf(`run ${text}`)) expect(keysOf(step).exact.length).toBeLessThanOrEqual(KEY_CHARS)
      }),
    )
    const long = 'x'.repeat(1_000)
    expect(exact(`cat ${long}a`)).not.toEqual(exact(`cat ${long}b`))
  })
})

const waysOf = (command: string) => stepsOf(command).flatMap((step) => keysOf(step).ways)

describe('the way to a machine', () => {
  test.each([
    ['ssh -p 2222 root@srv1 uptime', 'ssh root@srv1 uptime'],
    ['sqlcmd -S srv1,14330 -E -Q "select 1"', 'sqlcmd -S srv1 -E -Q "select 1"'],
    ['mysql -h srv1 --port=3307 crm', 'mysql -h srv1 crm'],
    ['psql -h srv1 -p 5433 crm', 'psql -h srv1 crm'],
    ['pg_dump -h srv1 -p 5433 crm', 'pg_dump -h srv1 crm'],
    ['mysqldump -h srv1 -P3307 crm', 'mysqldump -h srv1 crm'],
  ])('is another one by another port: %s', (one, other) => {
    expect(waysOf(one)).not.toEqual(waysOf(other))
  })

  test.each([
    ['ssh -p 2222 root@srv1 uptime', 'ssh -p2222 root@srv1 df'],
    ['scp -p a.txt root@srv1:/tmp', 'scp b.txt root@srv1:/tmp'],
  ])('is the same: %s and %s', (one, other) => {
    expect(waysOf(one)).toEqual(waysOf(other))
  })
})
