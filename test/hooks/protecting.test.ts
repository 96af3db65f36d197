import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { aCommand, aFailure, aMachine, type HookRun, type Machine, ofKind, root, said, textIn } from './world.ts'

const PASSWORD = 'Kikker!Blauw7'
const replaced = (run: HookRun): unknown =>
  run.stdout === '' ? undefined : JSON.parse(run.stdout).hookSpecificOutput?.updatedToolOutput
const row = (text: string) => ({
  content: [{ type: 'tool_result', tool_use_id: 'toolu_1', is_error: true, content: text }],
})

/** The built hooks with one file damaged. */
function damaged(machine: Machine, file: string, change: (code: string) => string): string {
  const dist = join(machine.dir, 'dist')
  cpSync(join(root, 'dist'), dist, { recursive: true, filter: (path) => !/web|marketplace|server\.js/.test(path) })
  writeFileSync(join(dist, file), change(readFileSync(join(dist, file), 'utf8')))
  return join(dist, 'hook.cjs')
}

describe('the output of a tool', () => {
  test('reaches the model without its secret, and is recorded in the same run', async () => {
    await using machine = aMachine()

    const run = await machine.hook('PostToolUse', aCommand('cat a', 'toolu_1', { stdout: `password: ${PASSWORD}\nok` }))

    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(replaced(run)).toMatchObject({
      stdout: expect.stringMatching(/^password: \[REDACTED:password:\w{8}\]\nok$/),
      isImage: false,
    })
    expect(ofKind(machine.events(), 'command')).toMatchObject([{ data: { command: 'cat a', redaction_count: 1 } }])
    expect(textIn(machine.paths.home)).not.toContain(PASSWORD)
  })

  test('of a tool that is not recorded is looked at too', async () => {
    await using machine = aMachine()
    const output = [{ type: 'text', text: `the password is ${PASSWORD}` }]

    const run = await machine.hook('PostToolUse', {
      tool_name: 'mcp__x__y',
      tool_use_id: 't',
      tool_input: {},
      tool_response: output,
    })

    expect(JSON.stringify(replaced(run))).toMatch(/the password is \[REDACTED/)
    expect(machine.session()).toBeUndefined()
  })

  test('that gives out secrets is withheld and not kept: how it ended, size and hash are', async () => {
    await using machine = aMachine()

    const run = await machine.hook(
      'PostToolUse',
      aCommand('sudo cat /etc/shadow', 'toolu_1', { stdout: 'zonnebloemveld' }),
    )

    expect(replaced(run)).toMatchObject({
      stdout: expect.stringMatching(/^\[ClaudeTools withheld this output: it reads a file .*msp cred exec/),
    })
    const [command] = ofKind(machine.events(), 'command')
    expect(command?.data).toMatchObject({
      exit_code: 0,
      output_bytes: 14,
      output_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(command?.data.stdout).toBeUndefined()
  })

  test('that the client keeps in a file is taken out of the file, through all of its length', async () => {
    await using machine = aMachine()
    const path = join(machine.dir, 'tool-results', 'x.txt')
    mkdirSync(join(machine.dir, 'tool-results'))
    writeFileSync(path, `password=${PASSWORD}\n${'a line of the log\n'.repeat(40_000)}password: Reiger!Noord6\n`)

    await machine.hook(
      'PostToolUse',
      aCommand('cat big', 'toolu_1', { stdout: 'a line', persistedOutputPath: path, persistedOutputSize: 1 }),
    )

    const kept = readFileSync(path, 'utf8')
    expect(kept).not.toMatch(/Kikker|Reiger/)
    expect(kept.split('\n')).toHaveLength(40_003)
    expect(textIn(machine.paths.spool)).not.toMatch(/Kikker|Reiger/)
  })

  test('is found out by what the session has shown before, in any form', async () => {
    await using machine = aMachine()
    await machine.hook('UserPromptSubmit', { prompt_id: 'p1', prompt: `the password: ${PASSWORD} #allow` })

    const run = await machine.hook(
      'PostToolUse',
      aCommand('x', 'toolu_1', { stdout: `bare ${PASSWORD} and ${Buffer.from(PASSWORD).toString('base64')}` }),
    )

    expect(JSON.stringify(replaced(run))).not.toMatch(new RegExp(`Kikker|${Buffer.from(PASSWORD).toString('base64')}`))
  })
})

describe('a redactor that does not work', () => {
  test.each([
    ['lets the canary through', 'hook.cjs', (code: string) => code.replaceAll(/ghp_cK7\w+/g, 'no secret at all')],
    ['is missing in part', 'hook-record.cjs', () => 'throw new Error("damaged")'],
    ['is no program any more', 'hook-record.cjs', () => 'half a li'],
  ])('and %s withholds every output', async (_, file, change) => {
    await using machine = aMachine()
    const program = damaged(machine, file, change)
    await machine.hook('SessionStart', { source: 'startup' }, { program })

    const run = await machine.hook('PostToolUse', aCommand('cat a', 'toolu_1', { stdout: `password: ${PASSWORD}` }), {
      program,
    })
    const asked = await machine.hook('ConversationRow', row(`Exit code 3\npassword: ${PASSWORD}`), { program })

    expect(replaced(run)).toMatchObject({
      stdout: expect.stringMatching(/withheld this output.*msp doctor/),
      isImage: false,
    })
    expect(asked.stdout).not.toContain(PASSWORD)
    expect(textIn(machine.paths.home)).not.toContain(PASSWORD)
  })

  test('leaves in the record what is no text', async () => {
    await using machine = aMachine()
    const program = damaged(machine, 'hook.cjs', (code) => code.replaceAll(/ghp_cK7\w+/g, 'no secret at all'))
    await machine.hook('SessionStart', { source: 'startup' }, { program })

    await machine.hook('PostToolUse', aCommand('cat a', 'toolu_1', { stdout: PASSWORD }), { program })

    expect(ofKind(machine.events(), 'command')).toMatchObject([
      {
        data: {
          command: '[WITHHELD: the redactor failed]',
          stdout: '[WITHHELD: the redactor failed]',
          exit_code: 0,
          duration_ms: 12,
        },
      },
    ])
  })

  test('is not tried at every start, but as soon as one of its files changes', async () => {
    await using machine = aMachine()
    const program = damaged(machine, 'hook.cjs', (code) => code)
    const start = () => machine.hook('SessionStart', { source: 'startup' }, { program })
    await start()
    const tried = readFileSync(join(machine.paths.cache, 'redactor-passed'), 'utf8')
    await start()
    expect(readFileSync(join(machine.paths.cache, 'redactor-passed'), 'utf8')).toBe(tried)

    damaged(machine, 'hook.cjs', (code) => code.replaceAll(/ghp_cK7\w+/g, 'no secret at all'))
    const run = await start()

    expect(said(run).notice).toMatch(/does not work on this machine/)
    expect(existsSync(join(machine.paths.cache, 'redactor-passed'))).toBe(false)
  })

  test('is trusted again when the next session finds it whole', async () => {
    await using machine = aMachine()
    const program = damaged(machine, 'hook.cjs', (code) => code.replaceAll(/ghp_cK7\w+/g, 'no secret at all'))
    await machine.hook('SessionStart', { source: 'startup' }, { program })
    await machine.hook('SessionStart', { source: 'startup' })

    expect(await machine.hook('PostToolUse', aCommand('hostname', 'toolu_1', { stdout: 'db1' }))).toMatchObject({
      stdout: '',
    })
  })
})

describe('a row of the conversation', () => {
  test('loses its secrets and keeps its blocks', async () => {
    await using machine = aMachine()

    const run = await machine.hook('ConversationRow', row(`Exit code 3\npassword: ${PASSWORD}`))

    expect(JSON.parse(run.stdout)).toEqual({
      content: [
        {
          type: 'tool_result',
          tool_use_id: 'toolu_1',
          is_error: true,
          content: expect.stringMatching(/^Exit code 3\npassword: \[REDACTED:\S+\]$/),
        },
      ],
    })
  })

  test('of a failing command that gives out secrets keeps its exit code only', async () => {
    await using machine = aMachine()
    const commands = { toolu_1: { tool: 'Bash', input: { command: 'cat /etc/shadow; exit 3' } } }

    const run = await machine.hook('ConversationRow', { ...row('Exit code 3\nzonnebloemveld'), commands })

    expect(run.stdout).not.toContain('zonnebloem')
    expect(JSON.parse(run.stdout).content[0].content).toMatch(/^Exit code 3\n\[ClaudeTools withheld/)
  })

  test('that cannot be read is answered by nothing, which withholds it', async () => {
    await using machine = aMachine()

    expect(await machine.hook('ConversationRow', '{"content":[')).toMatchObject({ code: 1, stdout: '' })
  })

  test('is never asked about by an old client: then both are told what the model has seen', async () => {
    await using machine = aMachine()
    const failure = () => aFailure('cat a', 'toolu_1', `Exit code 3\npassword: ${PASSWORD}`)

    const before = await machine.hook('PostToolUseFailure', failure())
    await machine.hook('ConversationRow', row('Exit code 3'))
    const after = await machine.hook('PostToolUseFailure', failure())

    expect(said(before)).toMatchObject({
      context: expect.stringMatching(/holds a secret \(password\)/),
      notice: expect.stringMatching(/Change the secret/),
    })
    expect(after.stdout).toBe('')
    expect(before.stdout).not.toContain(PASSWORD)
    expect(existsSync(join(machine.paths.cache, 'row-guards'))).toBe(true)
  })
})
