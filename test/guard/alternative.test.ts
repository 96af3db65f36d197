import { describe, expect, test } from 'vitest'
import { ALTERNATIVE_SCORE, alternativeScore } from '../../src/guard/alternative.ts'

const isOtherWay = (failed: string, succeeded: string, between = 0) =>
  alternativeScore({ failed, succeeded, between }) >= ALTERNATIVE_SCORE

describe('the way that worked instead', () => {
  test.each([
    ['Get-LocalUser', 'Get-WmiObject Win32_UserAccount'],
    ['systemctl restart apache2', 'systemctl restart httpd'],
    ['mount -t cifs //nas/data /mnt', 'mount -t cifs -o vers=1.0 //nas/data /mnt'],
    ["ssh admin@sw1 'show run'", "ssh -oKexAlgorithms=+diffie-hellman-group1-sha1 admin@sw1 'show run'"],
    ['npm install', 'npm install --legacy-peer-deps'],
    ['apt-get install nginx', 'sudo apt-get install nginx'],
    ['ipconfig /all', 'Get-NetIPConfiguration'],
  ])('of %s is %s', (failed, succeeded) => {
    expect(isOtherWay(failed, succeeded)).toBe(true)
  })

  test.each([
    ['the same again', 'curl https://api.example/x', 'curl https://api.example/x', 0],
    ['a look around', 'docker ps', 'which docker', 0],
    ['a question for help', 'tar -xf a.zst', 'tar --help', 0],
    ['work on something else, later', 'systemctl restart apache2', 'git commit -m x', 4],
    ['the same on another machine', "ssh srv1 'cat /etc/x'", "ssh srv2 'uptime'", 0],
  ])('is not %s', (_, failed, succeeded, between) => {
    expect(isOtherWay(failed, succeeded, between)).toBe(false)
  })
})
