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
      'a cmdlet that PowerShell 7 does not know, in its own words',
      'Get-MsolUser -All',
      "Get-MsolUser: The term 'Get-MsolUser' is not recognized as a name of a cmdlet, function, script file, or executable program.",
      'program get-msoluser @ here',
    ],
    [
      'a function of the database, whichever client asked',
      'Invoke-Sqlcmd -ServerInstance SQL1 -Query "SELECT STRING_AGG(a, 1) FROM t"',
      "Invoke-Sqlcmd : 'STRING_AGG' is not a recognized built-in function name.\n    + CategoryInfo          : InvalidOperation: (:) [Invoke-Sqlcmd]",
      'function mssql :string_agg @ sql1',
    ],
    [
      'the clause that begins where the database stopped reading',
      'sqlcmd -S SQL1 -Q "DROP TABLE IF EXISTS dbo.tmp"',
      "Msg 156, Level 15, State 1\nIncorrect syntax near the keyword 'IF'.",
      'function mssql :if-exists @ sql1',
    ],
    [
      'an operation, whatever flags stand before it',
      "ssh adm@srv1 'timedatectl timesync-status'",
      'Unknown operation timesync-status.',
      'shape timedatectl timesync-status @ srv1',
    ],
    [
      'a setting that this OpenSSH does not know, of ssh as of scp',
      "ssh ops@srv1 'scp -o PubkeyAcceptedAlgorithms=+ssh-rsa a@plc:/x /tmp/'",
      'command-line: line 0: Bad configuration option: pubkeyacceptedalgorithms',
      'option openssh pubkeyacceptedalgorithms @ srv1',
    ],
    [
      'the kind of thing that a cluster does not know',
      "ssh root@k3s 'kubectl get podsecuritypolicies'",
      'error: the server doesn\'t have a resource type "podsecuritypolicies"',
      'shape kubectl get podsecuritypolicies @ k3s',
    ],
    [
      'the cmdlet of a machine that knows no newer TLS, whatever it asks',
      'Invoke-Command DC1 { Invoke-WebRequest https://x.example/a.msi }',
      'The request was aborted: Could not create SSL/TLS secure channel.\n    + CategoryInfo          : InvalidOperation: (x) [Invoke-WebRequest]',
      'cmdlet invoke-webrequest @ dc1',
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
    [
      'a way of writing that only one family of tools reads',
      'ssh root@nas1 "sed -i \'s/a/b/\' /tmp/x.conf"',
      'sed: 1: "/tmp/x.conf": unterminated substitute pattern',
      'option sed :-i-without-suffix @ nas1',
    ],
    [
      'the first word of a console, where the mark stands under it',
      "ssh admin@sw1 'show vlan'",
      "show vlan\n ^\n% Unrecognized command found at '^' position.",
      'program show @ sw1',
    ],
    [
      'the clause at which a database stopped reading',
      'sqlite3 a.db "INSERT INTO t VALUES (1) RETURNING id"',
      'Error: in prepare, near "RETURNING": syntax error (1)',
      'function sqlite3 :returning @ here',
    ],
    [
      'the one flag that the usage does not list',
      "ssh root@gw1 'ip -j addr'",
      'BusyBox v1.35.0 multi-call binary.\nUsage: ip [OPTIONS] address|route|link',
      'option ip -j @ gw1',
    ],
    [
      'the flag that the output repeats, however it says so',
      'curl -s --json @x https://a.example/b',
      'curl: option --json: is unknown',
      'option curl --json @ here',
    ],
    [
      'all that a program does for somebody who may not even look',
      "ssh admin@nas1 'docker ps'",
      'permission denied while trying to connect to the Docker daemon socket',
      'unprivileged docker to look as admin @ nas1',
    ],
    [
      'all that a program changes for somebody who may not change one thing',
      "ssh ops@fw1 'firewall-cmd --add-port=104/tcp'",
      'Authorization failed.\n    Make sure polkit agent is running or run the application as superuser.',
      'unprivileged firewall-cmd to change as ops @ fw1',
    ],
    [
      'the table that only its owner may change, whatever the statement',
      "psql -h db1 -U shop -c 'create index a on orders (b)'",
      'ERROR:  must be owner of table orders',
      'unprivileged psql owns orders as shop @ db1',
    ],
    [
      'the account, where a program wants to be run by another one',
      "ssh root@web1 'cd /var/www && php occ status'",
      'Console has to be executed with the user that owns the file config/config.php',
      'as php occ as root @ web1',
    ],
    [
      'the program here, where it is too old for the other machine',
      'pg_dump -h db1 -U shop shop',
      'pg_dump: error: aborting because of server version mismatch',
      'client pg_dump @ here',
    ],
    [
      'the program and not what carried it there, for a connection that it could not make',
      "ssh ops@app1 'curl -s localhost:8080'",
      'curl: (7) Failed to connect to localhost port 8080: Connection refused',
      'exact curl -s localhost:8080 @ app1',
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
