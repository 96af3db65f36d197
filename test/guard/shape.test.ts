import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { commandFingerprint, commandShape, programOf, segmentsOf } from '../../src/guard/shape.ts'
import { targetOf } from '../../src/guard/target.ts'
import { cpuNow } from '../support/cpu-time.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

const SHAPES: [command: string, shape: string][] = [
  ['', ''],
  ['ls', 'ls'],
  ['ls -la /srv/app', 'ls -la ?'],
  ['systemctl restart nginx', 'systemctl restart ?'],
  ['sudo systemctl restart nginx', 'sudo systemctl restart ?'],
  ['cd /srv/app && git log --since=2026-01-01 2>&1 | head -20', 'git log --since=?'],
  ['cd /srv/app', 'cd ?'],
  ['sudo -u www /usr/bin/php8.2 artisan.php', 'sudo -u ? php8.2 ?'],
  ['Get-LocalUser -Name "Ana"', 'get-localuser -name ?'],
  ['Get-WmiObject Win32_UserAccount', 'get-wmiobject win32_useraccount'],
  ["ssh root@srv1 'systemctl status nginx'", 'ssh ? systemctl status ?'],
  ['ssh -p 2222 root@srv1 systemctl status nginx', 'ssh -p ? ? systemctl status ?'],
  ['powershell -Command "Get-Service Spooler"', 'powershell -command get-service ?'],
  ['bash -lc "npm run build"', 'bash -lc npm run build'],
  ['cmd /c ipconfig /all', 'cmd /c ipconfig /all'],
  ['ping -n 4 10.0.0.7', 'ping -n ?'],
  ['TOKEN=x FOO=y ./deploy.sh prod', 'deploy.sh ?'],
  ['timeout 5 curl -s https://example.com/a?b=1', 'timeout ? curl -s ?'],
  ['mysql -h db1 -e "select 1" > /tmp/out.txt', 'mysql -h ? -e ? > ?'],
  ['cat a 2>/dev/null | sort | uniq -c', 'cat ? | sort | uniq -c'],
  ["cat <<'EOF' > a.txt\nrm -rf /\nEOF\nls", 'cat << ? > ? ; ls'],
  ['for i in 1 2 3; do ping $i; done', 'for ? ; do ping ? ; done'],
  ['"C:\\Program Files\\Veeam\\veeamctl.EXE" status --job 42', 'veeamctl status --job ?'],
  ['$users = Get-LocalUser | Where-Object { $_.Enabled -eq $true }', 'get-localuser | where-object { ? -eq ? }'],
  ['Invoke-Command -ComputerName SRV1 { Get-LocalUser }', 'invoke-command -computername ? { get-localuser }'],
  ['docker compose up -d web', 'docker compose up -d ?'],
  ['kubectl -n prod get pods api-7f9c', 'kubectl -n ? get pods ?'],
  ['constructor --x toString', 'constructor --x ?'],
  ['sudo -u __proto__ hasOwnProperty -c a', 'sudo -u ? hasownproperty -c ?'],
  ['echo $(date +%s) # now', 'echo $( date ? )'],
]

describe('the shape of a command', () => {
  test.each(SHAPES)('%j is %j', (command, shape) => {
    const made = commandShape(command)

    expect(made).toBe(shape)
  })

  test('is a shape itself', () => {
    for (const [, shape] of SHAPES) expect(commandShape(shape)).toBe(shape)
  })

  test('is the same for commands that differ in names, numbers, paths, ids and dates only', () => {
    const commands = [
      'tar czf /backup/2026-01-12.tgz /srv/a',
      'tar czf ./x.tgz "/srv/b c"',
      "tar czf 0195f2c0-7a53 '/srv/d'",
    ]

    const prints = commands.map((command) => commandFingerprint(command, sha256))

    expect(new Set(prints).size).toBe(1)
    expect(prints[0]).toMatch(/^[0-9a-f]{64}$/)
  })
})

const PARTS = [
  'sudo',
  'ssh',
  'bash',
  '-c',
  'cd',
  '/x',
  '&&',
  '||',
  '|',
  ';',
  '&',
  '\n',
  ' ',
  '"',
  "'",
  '`',
  '\\',
  '$(',
  ')',
  '{',
  '}',
  '(',
  '>',
  '2>&1',
  '<<',
  'EOF',
  '<',
  '#',
  'git',
  'status',
  'docker',
  'compose',
  'end',
  'then',
  'if',
  'for',
  '-p',
  '22',
  '-u',
  'bob',
  '--x=1',
  '-I/a',
  '/c',
  'cmd',
  'head',
  '-5',
  '$x',
  '=',
  'A=b',
  '$y=z',
  '?',
  'xargs',
  'kubectl',
  '-n',
  'get',
  'start',
  'Get-LocalUser',
  '-Name',
  'é',
  '\u{1F600}',
  '2>',
  'nul',
  'env',
  'timeout',
  'foo.exe',
  '1',
  '[',
  'constructor',
  '__proto__',
  '!',
  '*>',
  '${a',
  '\r\n',
  '\t',
]
const commands = fc.oneof(
  fc
    .array(fc.constantFrom(...PARTS), { maxLength: 25 })
    .chain((parts) => fc.constantFrom(parts.join(' '), parts.join(''))),
  fc.string({ unit: 'binary', maxLength: 200 }),
)

describe('for any text', () => {
  test('the shape of a shape is itself', () => {
    fc.assert(
      fc.property(commands, (command) => {
        const shape = commandShape(command)
        expect(commandShape(shape)).toBe(shape)
      }),
      { numRuns: 20_000 },
    )
  })

  test('nothing throws, and no control character is left', () => {
    fc.assert(
      fc.property(commands, (command) => {
        expect(commandShape(command)).toMatch(/^[ -~]*$/)
        expect(typeof programOf(command)).toBe('string')
        targetOf(command)
      }),
      { numRuns: 5_000 },
    )
  })

  test.each(["'", '"', '$(', '${', '<<A ', 'bash -c "', '(', 'a;', '\\', '| head ', 'cd a;'])(
    '%j ten thousand times is read in linear time',
    (part) => {
      const long = part.repeat(100_000 / part.length)
      const started = cpuNow()

      commandShape(long)

      // Quadratic work on 100,000 characters takes minutes; the limit is wide so that a busy machine does not fail it.
      expect(cpuNow() - started).toBeLessThan(5_000)
    },
  )
})

describe('the program of a command', () => {
  test.each([
    ['cd /srv && sudo apt-get install nginx', 'apt-get'],
    ["ssh srv1 'docker ps'", 'docker'],
    ['ssh srv1', 'ssh'],
    ['export A=1; make', 'make'],
    ['echo hello', 'echo'],
    ['bash -c "cd /x && npm test"', 'npm'],
    ['Invoke-Command -ComputerName SRV1 { Get-LocalUser }', 'get-localuser'],
    ['npx vitest run', 'vitest'],
    ['', ''],
  ])('of %j is %j', (command, program) => {
    expect(programOf(command)).toBe(program)
  })

  test('comes with its verbs and literals', () => {
    const [segment] = segmentsOf('sudo docker compose up -d "my web"')

    expect(segment).toMatchObject({
      program: 'docker',
      wrappers: ['sudo'],
      verbs: ['compose', 'up'],
      literals: ['my web'],
    })
  })
})

describe('the target of a command', () => {
  test.each([
    ['ssh -p 2222 root@srv1 uptime', 'srv1'],
    ['sudo ssh srv1', 'srv1'],
    ['Get-Service -ComputerName SRV-OLD,SRV-NEW', 'SRV-OLD'],
    ['scp a.txt root@srv1:/tmp/', 'srv1'],
    ['scp C:\\a.txt root@srv2:/tmp/', 'srv2'],
    ['mysql -h db1 -e "select 1"', 'db1'],
    ['psql --host=db2', 'db2'],
    ['sqlcmd -S SQL1\\EXPRESS -Q "select 1"', 'SQL1'],
    ['psexec \\\\SRV-OLD ipconfig', 'SRV-OLD'],
    ['dir \\\\nas1\\share', 'nas1'],
    ['winrs -r:SRV3 hostname', 'SRV3'],
    ['ssh localhost uptime', null],
    ['ssh $HOST uptime', null],
    ['ls -la', null],
    ['Get-LocalUser', null],
  ])('of %j is %j', (command, target) => {
    expect(targetOf(command)).toBe(target)
  })
})
