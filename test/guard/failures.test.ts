import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FAILURE_CATEGORIES } from '../../src/guard/failure-categories.ts'
import { answers, failureCategory, isDestructive, isFailureOfKnowledge } from '../../src/guard/failures.ts'
import { cpuNow } from '../support/cpu-time.ts'

const ran = (command: string, exit_code: number | null = 1, own = {}) => ({
  command,
  exit_code,
  success: false,
  interrupted: false,
  error_message: null,
  ...own,
})

describe('the category of a failure', () => {
  test.each([
    ['bash: docker: command not found', 'NotInstalled'],
    [
      "Get-LocalUser : The term 'Get-LocalUser' is not recognized as the name of a cmdlet\n+ CategoryInfo : ObjectNotFound: (Get-LocalUser:String)",
      'NotInstalled',
    ],
    ['cat: /x: No such file or directory', 'ObjectNotFound'],
    ['mkdir: cannot create directory: Permission denied', 'PermissionDenied'],
    ['git@github.com: Permission denied (publickey).', 'AuthenticationError'],
    ["ERROR 1045 (28000): Access denied for user 'root'@'localhost'", 'AuthenticationError'],
    ['curl: (6) Could not resolve host: nope', 'ConnectionError'],
    ['ssh: connect to host srv1 port 22: Connection refused', 'ConnectionError'],
    ['ssh: connect to host srv1 port 22: Connection timed out', 'OperationTimeout'],
    [
      'a.ps1 cannot be loaded because running scripts is disabled on this system.\n+ CategoryInfo : SecurityError: (:)\n+ FullyQualifiedErrorId : UnauthorizedAccess',
      'SecurityError',
    ],
    [
      'Sqlcmd: Error: Microsoft ODBC Driver 17 for SQL Server : Named Pipes Provider: Could not open a connection to SQL Server [53].',
      'ConnectionError',
    ],
    ['bash: syntax error near unexpected token `)', 'SyntaxError'],
    ['A parameter cannot be found that matches parameter name Foo.', 'InvalidArgument'],
    ['E: Could not get lock /var/lib/dpkg/lock', 'ResourceBusy'],
    ['fatal: destination path x already exists', 'ResourceExists'],
    ['write: No space left on device', 'QuotaExceeded'],
    ['./a: cannot execute binary file: Exec format error', 'Compatibility'],
    ['fatal: not a git repository', 'InvalidOperation'],
    ['Stop-Service : x\n+ CategoryInfo : ResourceUnavailable: (x)', 'ResourceUnavailable'],
    ['something odd', 'NotSpecified'],
  ])('of %j is %s', (stderr, category) => {
    expect(failureCategory({ exitCode: 1, stderr, error: null })).toBe(category)
  })

  test.each([
    [124, 'OperationTimeout'],
    [126, 'PermissionDenied'],
    [127, 'NotInstalled'],
    [130, 'OperationStopped'],
    [137, 'LimitsExceeded'],
    [2, 'NotSpecified'],
  ])('of exit code %d alone is %s', (exitCode, category) => {
    expect(failureCategory({ exitCode, stderr: null, error: null })).toBe(category)
    expect(failureCategory({ exitCode: null, stderr: null, error: `Exit code ${exitCode}` })).toBe(category)
  })

  test('is one of the known names for any text, in linear time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer(), (stderr, exitCode) =>
        FAILURE_CATEGORIES.includes(failureCategory({ exitCode, stderr, error: null })),
      ),
    )
    const started = cpuNow()
    for (const part of ['access to ', 'another ', 'environment variable ', 'CategoryInfo ', 'requires ', ': ', '\n'])
      failureCategory({ exitCode: 1, stderr: part.repeat(100_000), error: null })
    expect(cpuNow() - started).toBeLessThan(5_000)
  })
})

describe('a failure is worth knowing', () => {
  test.each([
    ran('cat /nonexistent'),
    ran('false'),
    ran('npm install'),
    ran('ssh srv1 systemctl restart nginx', 5),
    ran('Get-LocalUser', null),
    ran('vitest run', 127),
    ran('grep -r x /root', 2),
    ran('exit 3', 3),
    ran('make deploy', 2),
    ran('git push', 1),
  ])('$command, exit $exit_code', (run) => {
    expect(isFailureOfKnowledge(run)).toBe(true)
  })

  test.each([
    ran('grep foo a.txt'),
    ran('cat a | grep foo'),
    ran('cd /x && rg foo'),
    ran('diff a b'),
    ran('git diff --exit-code'),
    ran('test -f a'),
    ran('[ -f a ]'),
    ran('systemctl is-active nginx', 3),
    ran('systemctl status nginx', 3),
    ran('command -v docker'),
    ran('which docker'),
    ran('npm test'),
    ran('npm run test:unit'),
    ran('npx vitest run'),
    ran('cd /x && pytest -q', 2),
    ran('cargo test', 101),
    ran('tsc --noEmit', 2),
    ran('python3 -m pytest'),
    ran('node --test'),
    ran('make check', 2),
    ran('sleep 9', 130),
    ran('sleep 9', null, { interrupted: true }),
    ran('x', null, { error_message: 'Exit code 143' }),
    ran('ls', 0, { success: true }),
  ])('but not $command, exit $exit_code', (run) => {
    expect(isFailureOfKnowledge(run)).toBe(false)
  })
})

describe('a success answers a failure', () => {
  test.each([
    ['systemctl restart nginx', 'sudo systemctl restart nginx', true],
    ['npm install', 'npm install --legacy-peer-deps', true],
    ['Get-LocalUser', 'Get-LocalUser -Name Ana', true],
    ['git push origin main', 'git push -u origin main', true],
    ['ls /nonexistent', 'ls /nonexistent', true],
    ['ls /nonexistent', 'ls /srv', false],
    ['systemctl restart nginx', 'systemctl status nginx', false],
    ['ssh srv1 systemctl restart nginx', 'ssh srv2 systemctl restart nginx', false],
    ['ssh srv1 systemctl restart nginx', 'ssh root@srv1 "sudo systemctl restart nginx"', true],
    ['Get-LocalUser', 'Get-WmiObject Win32_UserAccount', false],
  ])('%j then %j: %s', (failed, succeeded, answered) => {
    expect(answers(failed, succeeded)).toBe(answered)
  })
})

describe('destructive', () => {
  test.each([
    'rm -rf /srv/old',
    'sudo rm -r a',
    "ssh srv1 'rm -rf /x'",
    'Remove-Item C:\\x -Recurse -Force',
    'git push --force',
    'git reset --hard HEAD~1',
    'git clean -fd',
    'mkfs.ext4 /dev/sdb1',
    'dd if=/dev/zero of=/dev/sda',
    'shutdown -h now',
    'Restart-Computer',
    'docker system prune',
    'kubectl -n a delete pod b',
    'mysql -e "DROP TABLE users"',
    'reg delete HKLM\\x',
    'Remove-ADUser bert',
    'crontab -r',
    'terraform destroy',
    'format d:',
  ])('is %s', (command) => {
    expect(isDestructive(command)).toBe(true)
  })

  test.each([
    'rm a.txt',
    'git push',
    'git status',
    'docker ps',
    'kubectl get pods',
    'ls -R',
    'echo rm',
    'Get-ADUser bert',
    'systemctl restart nginx',
    'npm run format',
    'git commit -m "remove -rf"',
    '',
  ])('is not %s', (command) => {
    expect(isDestructive(command)).toBe(false)
  })
})
