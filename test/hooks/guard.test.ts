import { describe, expect, test } from 'vitest'
import { aMachine, said } from './world.ts'

const bash = (command: string) => ({ tool_name: 'Bash', tool_use_id: 'toolu_1', tool_input: { command } })
const silent = { code: 0, stdout: '', stderr: '' }
const TOKEN = `ghp_${'a1B2c3D4e'.repeat(4)}`

describe('the guard before a command', () => {
  test('stops a literal secret and says how to go on, without repeating it', async () => {
    await using machine = aMachine()

    const run = await machine.hook(
      'PreToolUse',
      bash(`curl -H "Authorization: Bearer ${TOKEN}" https://api.github.com/user`),
    )

    expect(run.code).toBe(0)
    expect(said(run).decision).toBe('deny')
    expect(said(run).reason).toMatch(/secret.*environment variable.*file.*standard input.*# msp:allow/s)
    expect(run.stdout).not.toContain(TOKEN)
  })

  test.each([
    'git status',
    './provision-phone.sh 00:04:13:aa:10:f2 nst42 Tulpe42x pbx1.alpen.example',
    'curl -H "Authorization: Bearer $TOKEN" https://api.github.com/user',
    'mysql -u root -p"$MYSQL_PASSWORD" -e "select 1"',
    `curl -H "Authorization: Bearer ${TOKEN}" https://x # msp:allow`,
  ])('lets %s run without a word', async (command) => {
    await using machine = aMachine()

    expect(await machine.hook('PreToolUse', bash(command))).toMatchObject(silent)
  })

  test.each([
    [
      'mysql -h db1 -u root -pKikker9x2 -e "select 1"',
      '--env MYSQL_PWD=password -- mysql -h db1 -u root -e "select 1"',
    ],
    ['PGPASSWORD=Kikker9x2 psql -h db1 -U app', '--env PGPASSWORD=password -- psql -h db1 -U app'],
    ['sshpass -p Kikker9x2 ssh admin@web1 uptime', '--env SSHPASS=password -- sshpass -e ssh admin@web1 uptime'],
    ['echo Kikker9x2 | sudo -S systemctl restart nginx', '--stdin password -- sudo -S systemctl restart nginx'],
    [
      'docker login -u ana -p Kikker9x2 reg.example.com',
      '--stdin password -- docker login -u ana --password-stdin reg.example.com',
    ],
    ['curl -u admin:Kikker9x2 https://x/y', '--file AUTH=basic:password -- curl -H @{AUTH} https://x/y'],
    [
      'ldapsearch -x -D cn=a -w Kikker9x2 -b dc=x',
      '--file SECRET=password -- ldapsearch -x -D cn=a -y {SECRET} -b dc=x',
    ],
    ['sqlcmd -S s1 -U sa -P Kikker9x2', '--env SQLCMDPASSWORD=password -- sqlcmd -S s1 -U sa'],
    ['net use Z: \\\\s\\c Kikker9x2 /user:admin', '--env NAME=password -- <the command without the secret>'],
  ])('names the form to use instead of %s', async (command, form) => {
    await using machine = aMachine()

    const run = await machine.hook('PreToolUse', bash(command))

    expect(said(run).reason).toContain(`msp cred exec <credential> ${form}`)
    expect(run.stdout).not.toContain('Kikker9x2')
  })

  test('stops a value that this session has met as a secret, wherever it stands', async () => {
    await using machine = aMachine()
    await machine.hook('UserPromptSubmit', { prompt_id: 'p1', prompt: 'the password: Kikker!Blauw7 #allow' })

    expect(said(await machine.hook('PreToolUse', bash('echo Kikker!Blauw7 > note'))).decision).toBe('deny')
  })

  test.each([
    ['Write', { file_path: '/p/.env', content: 'DB_PASSWORD=[REDACTED:password:1a2b3c4d]\n' }],
    ['Edit', { file_path: '/p/.env', old_string: 'x', new_string: 'y=[REDACTED:api-key:1a2b3c4d]' }],
    ['MultiEdit', { file_path: '/p/.env', edits: [{ old_string: 'x', new_string: '[REDACTED:api-key:1a2b3c4d]' }] }],
    ['Bash', { command: 'echo "DB_PASSWORD=[REDACTED:password:1a2b3c4d]" > .env' }],
  ])('stops %s from writing a mark over the secret that it stands for', async (tool_name, tool_input) => {
    await using machine = aMachine()

    const run = await machine.hook('PreToolUse', { tool_name, tool_use_id: 't1', tool_input })

    expect(said(run)).toMatchObject({ decision: 'deny', reason: expect.stringMatching(/would overwrite the secret/) })
  })

  test.each([
    ['Write', { file_path: '/p/a.md', content: 'Marks look like [REDACTED:kind:hmac8].' }],
    ['Bash', { command: 'msp note add "the password was [REDACTED:password:1a2b3c4d] -> changed"' }],
    ['Bash', { command: 'grep -n "[REDACTED:password:1a2b3c4d]" notes.md' }],
  ])('lets %s speak of marks', async (tool_name, tool_input) => {
    await using machine = aMachine()

    expect(await machine.hook('PreToolUse', { tool_name, tool_use_id: 't1', tool_input })).toMatchObject(silent)
  })

  test('looks at PowerShell too, and at no other tool', async () => {
    await using machine = aMachine()

    const shell = await machine.hook('PreToolUse', { ...bash(`$env:GH = "${TOKEN}"`), tool_name: 'PowerShell' })
    const other = await machine.hook('PreToolUse', { tool_name: 'Read', tool_input: { command: TOKEN } })

    expect(said(shell).decision).toBe('deny')
    expect(other).toMatchObject(silent)
  })

  test('stops what it cannot read, and can be told to let it pass', async () => {
    await using machine = aMachine()

    const broken = await machine.hook('PreToolUse', '{"tool_name":"Bash","tool_input":{"command":"rm')
    const allowed = await machine.hook('PreToolUse', '{"tool_name":"Bash","tool_input":{"command":"rm x # msp:allow"}')

    expect(said(broken)).toMatchObject({ decision: 'deny', reason: expect.stringContaining('# msp:allow') })
    expect(allowed).toMatchObject(silent)
  })

  test('has nothing to stop where nothing is told', async () => {
    await using machine = aMachine()

    const runs = [await machine.hook('PreToolUse', ''), await machine.hook('PreToolUse', '{}')]

    expect(runs).toMatchObject([silent, silent])
  })

  test('needs no home folder and no configuration', async () => {
    await using machine = aMachine()
    const env = { PATH: process.env.PATH, MSP_HOME: '/dev/null/nowhere' }

    expect(await machine.hook('PreToolUse', bash('hostname'), { env })).toMatchObject(silent)
  })

  test('answers in time for a command of 1 MB', async () => {
    await using machine = aMachine()

    const run = await machine.hook(
      'PreToolUse',
      bash(`cat <<E\n${'password = the word, not a value; '.repeat(30_000)}\nE`),
    )

    expect(run.code).toBe(0)
    // After that Claude Code would no longer wait for it.
    expect(run.durationMs).toBeLessThan(10_000)
  })
})
