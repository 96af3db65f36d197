import { describe, expect, test } from 'vitest'
import { blameOf } from '../../src/guard/blame.ts'
import { failureCategory } from '../../src/guard/failures.ts'

/** What a failed command blames, as `grain key @ host`. */
function blamed(command: string, text: string, exitCode = 1): string {
  const category = failureCategory({ exitCode, stderr: null, error: text })
  const blame = blameOf({ command, shell: 'bash', category, text })
  return blame === null ? 'nothing' : `${blame.key} @ ${blame.host ?? 'here'}`
}

describe('a failure blames', () => {
  test.each([
    [
      'a program that is not there',
      "ssh root@srv1 'docker ps'",
      'bash: line 1: docker: command not found',
      'program docker @ srv1',
    ],
    [
      'a cmdlet that this PowerShell does not have',
      'powershell -Command "Get-LocalUser"',
      "Get-LocalUser : The term 'Get-LocalUser' is not recognized as the name of a cmdlet",
      'program get-localuser @ here',
    ],
    [
      'a wrapper that is not there, not what it was to run',
      "ssh root@esx1 'sudo esxcli system version get'",
      'sh: sudo: not found',
      'program sudo @ esx1',
    ],
    [
      'a subcommand that a router does not know, not all of its command',
      "ssh admin@gw1 'ip addr'",
      'bad command name addr (line 1 column 5)',
      'option ip :addr @ gw1',
    ],
    [
      'a function that the database does not have',
      'mysql -h db1 -e "SELECT JSON_ARRAYAGG(id) OVER () FROM t"',
      "ERROR 1235 (42000) at line 1: This version of MariaDB doesn't yet support 'JSON_ARRAYAGG as window function'",
      'function mysql :json_arrayagg @ db1',
    ],
    [
      'an operator that this shell does not have',
      'powershell -Command "cd C:\\x && dir"',
      "The token '&&' is not a valid statement separator in this version.\n+ CategoryInfo : ParserError",
      'syntax powershell && @ here',
    ],
    [
      'a flag that the program does not know',
      'ls --foo | sort',
      "ls: unrecognized option '--foo'",
      'option ls --foo @ here',
    ],
    [
      'a parameter that the cmdlet does not know',
      'Get-ADUser -Foo x',
      "Get-ADUser : A parameter cannot be found that matches parameter name 'Foo'.",
      'option get-aduser -foo @ here',
    ],
    [
      'the way to a machine, not what was to run there',
      "ssh admin@sw1 'show run'",
      'Unable to negotiate with 10.0.0.1 port 22: no matching key exchange method found.',
      'way ssh @ sw1',
    ],
    [
      'the thing that is not there',
      'systemctl restart apache2',
      'Failed to restart apache2.service: Unit apache2.service not found.',
      'thing systemctl apache2 @ here',
    ],
    [
      'the part that speaks',
      'cat /etc/hosts; mount -t cifs //nas/data /mnt',
      'mount error(112): Host is down',
      'way cifs @ nas',
    ],
  ])('%s', (_, command, text, expected) => {
    expect(blamed(command, text)).toBe(expected)
  })

  test('the line as a whole where nothing says which part failed', () => {
    expect(blamed('make one && make two', 'it did not work')).toBe('exact make one ; make two @ here')
  })

  test('nothing for an empty command', () => {
    expect(blamed('', 'it did not work')).toBe('nothing')
  })
})
