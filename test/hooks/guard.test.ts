import { describe, expect, test } from 'vitest'
import { aMachine, said } from './world.ts'

const bash = (command: string) => ({ tool_name: 'Bash', tool_use_id: 'toolu_1', tool_input: { command } })
const silent = { code: 0, stdout: '', stderr: '' }
const TOKEN = `ghp_${'a1B2'.repeat(9)}`

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
    'curl -H "Authorization: Bearer $TOKEN" https://api.github.com/user',
    'mysql -u root -p"$MYSQL_PASSWORD" -e "select 1"',
    `curl -H "Authorization: Bearer ${TOKEN}" https://x # msp:allow`,
  ])('lets %s run without a word', async (command) => {
    await using machine = aMachine()

    expect(await machine.hook('PreToolUse', bash(command))).toMatchObject(silent)
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
    expect(run.durationMs).toBeLessThan(5_000)
  })
})
