import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { RecordedEvent } from '../../src/contract/events.ts'
import { aCommand, aFailure, aMachine, ofKind, SESSION, textIn } from './world.ts'

const silent = { code: 0, stdout: '', stderr: '' }
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

describe('a prompt', () => {
  test('is recorded, and opens the implicit stretch when none is open', async () => {
    await using machine = aMachine()

    const run = await machine.hook('UserPromptSubmit', { prompt_id: 'p1', prompt: 'Why is the spooler down? ☔' })

    expect(run).toMatchObject(silent)
    expect(machine.events()).toMatchObject([
      {
        kind: 'session.opened',
        id: 'open:0',
        stream: SESSION,
        stretch: 0,
        data: { mode: 'normal', trigger: 'implicit' },
      },
      { kind: 'prompt', id: 'prompt:p1', stretch: 0, source: 'hook', data: { text: 'Why is the spooler down? ☔' } },
    ])
    expect(machine.events().filter((event) => !RecordedEvent.safeParse(event).success)).toEqual([])
  })

  test('of two hooks at once opens one stretch', async () => {
    await using machine = aMachine()

    await Promise.all(['a', 'b', 'c', 'd'].map((id) => machine.hook('UserPromptSubmit', { prompt_id: id, prompt: id })))

    expect(ofKind(machine.events(), 'session.opened')).toHaveLength(1)
    expect(ofKind(machine.events(), 'prompt')).toHaveLength(4)
  })

  test('is cut when it is long, and what is marked as private or as a secret is taken out', async () => {
    await using machine = aMachine()
    const token = `ghp_${'a1B2c3D4e'.repeat(4)}`

    await machine.hook('UserPromptSubmit', {
      prompt_id: 'p1',
      prompt: `use ${token} for <private>Mrs Smith</private> #allow\n${'long '.repeat(5_000)}`,
    })

    const [prompt] = ofKind(machine.events(), 'prompt')
    expect(prompt?.data.text).toMatch(/^use \[REDACTED:[^\]]+\] for \[PRIVATE\]/)
    expect(prompt?.data.text.length).toBeLessThanOrEqual(4_200)
    expect(textIn(machine.paths.home)).not.toMatch(/ghp_a1B2|Smith/)
  })

  test('with #skip leaves nothing behind, and neither does the answer to it', async () => {
    await using machine = aMachine()
    await machine.hook('UserPromptSubmit', { prompt_id: 'p1', prompt: 'first' })

    await machine.hook('UserPromptSubmit', { prompt_id: 'p2', prompt: 'the merger with Contoso #skip' })
    await machine.hook('Stop', { prompt_id: 'p2', last_assistant_message: 'Contoso it is' })

    expect(ofKind(machine.events(), 'prompt')).toHaveLength(1)
    expect(ofKind(machine.events(), 'turn')).toMatchObject([{ data: {} }])
    expect(textIn(machine.paths.home)).not.toContain('Contoso')
  })

  test.each(['/msp Dataforth #123', '/claudetools:dev', '/normal end'])(
    'that is the slash command %s is handed to its command line',
    async (prompt) => {
      await using machine = aMachine()

      await machine.hook('UserPromptSubmit', { prompt_id: 'p1', prompt })

      const handed = JSON.parse(textIn(join(machine.paths.cache, 'prompts')))
      expect(handed).toEqual({ prompt, at: expect.stringMatching(/^\d{4}-.*Z$/) })
      expect(machine.session()).toBeUndefined()
    },
  )

  test('that the client itself put in is not recorded', async () => {
    await using machine = aMachine()

    await machine.hook('UserPromptSubmit', { prompt_id: 'p1', prompt: '<task-notification>\n<task-id>1</task-id>' })

    expect(machine.session()).toBeUndefined()
  })
})

describe('a command', () => {
  test('is recorded with its output, where it ran and for how long', async () => {
    await using machine = aMachine()

    const run = await machine.hook(
      'PostToolUse',
      aCommand('uname -a', 'toolu_1', { stdout: 'Linux ✓', stderr: 'warning' }),
    )

    expect(run).toMatchObject(silent)
    expect(ofKind(machine.events(), 'command')).toMatchObject([
      {
        id: 'cmd:toolu_1',
        stretch: 0,
        data: {
          tool: 'bash',
          command: 'uname -a',
          cwd: machine.project,
          exit_code: 0,
          success: true,
          duration_ms: 12,
          stdout: 'Linux ✓',
          stderr: 'warning',
        },
      },
    ])
    expect(machine.events().filter((event) => !RecordedEvent.safeParse(event).success)).toEqual([])
  })

  test('that failed is recorded with its exit code', async () => {
    await using machine = aMachine()

    await machine.hook('PostToolUseFailure', aFailure('ping x', 'toolu_1', 'Exit code 3\npartial\nno such host'))

    expect(ofKind(machine.events(), 'command')).toMatchObject([
      { data: { exit_code: 3, success: false, error: 'partial\nno such host' } },
    ])
  })

  test('that was interrupted has no exit code', async () => {
    await using machine = aMachine()

    await machine.hook('PostToolUseFailure', aFailure('sleep 99', 'toolu_1', 'aborted', { is_interrupt: true }))

    expect(ofKind(machine.events(), 'command')).toMatchObject([
      { data: { exit_code: null, success: false, interrupted: true } },
    ])
  })

  test('with 1 MB of output keeps head, tail, size and hash, and no secret of it', async () => {
    await using machine = aMachine()
    const line = 'grüße aus der Zeile ☃ 1234567890\n'
    const stdout = `${line.repeat(30_000)}password=Hunter2!Hunter2!\n`

    const run = await machine.hook('PostToolUse', aCommand('cat big', 'toolu_1', { stdout }))

    const [command] = ofKind(machine.events(), 'command')
    expect(run.stdout).toContain('[REDACTED:password:')
    expect(command?.data.stdout?.length).toBeLessThanOrEqual(8_000)
    expect(command?.data.output_bytes).toBeGreaterThan(1_000_000)
    expect(command?.data.output_sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(command?.data.redaction_count).toBe(1)
    expect(textIn(machine.paths.spool)).not.toContain('Hunter2')
  })

  test('of which the client has the whole output in a file is recorded with the end of it', async () => {
    await using machine = aMachine()
    const path = join(machine.dir, 'tool-results', 'x.txt')
    const lines = Array.from({ length: 30_000 }, (_, number) => `line ${number} of the log`).join('\n')
    mkdirSync(dirname(path))
    writeFileSync(path, lines)
    const more = { persistedOutputPath: path, persistedOutputSize: lines.length }

    await machine.hook('PostToolUse', aCommand('seq', 'toolu_1', { stdout: lines.slice(0, 30_000), ...more }))

    const [command] = ofKind(machine.events(), 'command')
    expect(command?.data.stdout).toMatch(/^line 0 of .*line 29999 of the log$/s)
    expect(command?.data).toMatchObject({ output_bytes: lines.length, output_sha256: sha256(lines) })
  })

  test('with half a character is recorded with a whole one in its place', async () => {
    await using machine = aMachine()

    await machine.hook('PostToolUse', aCommand('echo "\ud83d."', 'toolu_1', { stdout: '\ud83d.' }))

    expect(ofKind(machine.events(), 'command')).toMatchObject([
      { data: { command: 'echo "\ufffd."', stdout: '\ufffd.' } },
    ])
  })

  test.each([
    'msp status',
    '"/opt/tools/bin/msp" mode end',
    'cd /tmp && msp search "a; b" | head -3',
    'node "/x/dist/msp.cjs" status',
    'hostname #skip',
  ])('%s is not recorded', async (command) => {
    await using machine = aMachine()

    await machine.hook('PostToolUse', aCommand(command, 'toolu_1'))

    expect(machine.session()).toBeUndefined()
  })

  test('that does something beside msp is recorded', async () => {
    await using machine = aMachine()

    await machine.hook('PostToolUse', aCommand('msp status; rm -rf /srv/old', 'toolu_1'))

    expect(ofKind(machine.events(), 'command')).toHaveLength(1)
  })

  test('in the background has no exit code yet', async () => {
    await using machine = aMachine()

    await machine.hook('PostToolUse', aCommand('sleep 20 &', 'toolu_1', { backgroundTaskId: 'b1' }))

    expect(ofKind(machine.events(), 'command')).toMatchObject([{ data: { exit_code: null, success: true } }])
  })
})

describe('a changed file', () => {
  test('that was written is recorded as new, with its lines and its hash', async () => {
    await using machine = aMachine()
    const tool_response = {
      type: 'create',
      filePath: '/p/a.txt',
      content: 'one\ntwo\n',
      structuredPatch: [],
      originalFile: null,
    }

    await machine.hook('PostToolUse', {
      tool_name: 'Write',
      tool_use_id: 'toolu_1',
      tool_input: { file_path: '/p/a.txt', content: 'one\ntwo\n' },
      tool_response,
    })

    expect(ofKind(machine.events(), 'file')).toMatchObject([
      {
        id: 'file:toolu_1',
        data: { path: '/p/a.txt', change: 'A', lines_added: 2, lines_removed: 0, after_sha256: sha256('one\ntwo\n') },
      },
    ])
  })

  test('that was edited is recorded with the hashes before and after', async () => {
    await using machine = aMachine()
    const structuredPatch = [
      { oldStart: 1, oldLines: 2, newStart: 1, newLines: 3, lines: [' one', '-two', '+$&', '+3'] },
    ]
    const changed = {
      oldString: 'two',
      newString: '$&\n3',
      originalFile: 'one\ntwo\n',
      structuredPatch,
      replaceAll: false,
    }

    await machine.hook('PostToolUse', {
      tool_name: 'Edit',
      tool_use_id: 'toolu_1',
      tool_input: { file_path: '/p/a.txt', old_string: 'two', new_string: '$&\n3' },
      tool_response: changed,
    })

    expect(ofKind(machine.events(), 'file')[0]?.data).toEqual({
      path: '/p/a.txt',
      change: 'M',
      lines_added: 2,
      lines_removed: 1,
      before_sha256: sha256('one\ntwo\n'),
      after_sha256: sha256('one\n$&\n3\n'),
    })
  })
})

describe('a subagent', () => {
  const agent = { agent_id: 'a1b2', agent_type: 'claudetools:context-recovery' }

  test('is recorded from start to report, and its commands say that they are its', async () => {
    await using machine = aMachine()
    await machine.hook('UserPromptSubmit', { prompt_id: 'p1', prompt: 'go' })

    await machine.hook('SubagentStart', agent)
    await machine.hook('PostToolUse', { ...aCommand('ls', 'toolu_1'), ...agent })
    const stopped = await machine.hook('SubagentStop', { ...agent, last_assistant_message: 'Nothing found.' })

    expect(stopped).toMatchObject(silent)
    expect(machine.events().slice(2)).toMatchObject([
      { kind: 'agent.started', id: 'agent-start:a1b2', data: agent },
      { kind: 'command', id: 'cmd:toolu_1', data: agent },
      { kind: 'agent.stopped', id: 'agent-stop:a1b2', data: { ...agent, report: 'Nothing found.' } },
    ])
  })

  test('that works on after a switch to another client still works for the first', async () => {
    await using machine = aMachine()
    await machine.hook('UserPromptSubmit', { prompt_id: 'p1', prompt: 'go' })
    await machine.hook('SubagentStart', agent)
    await machine.hook('SessionEnd', { reason: 'other' })
    await machine.hook('UserPromptSubmit', { prompt_id: 'p2', prompt: 'now for somebody else' })

    await machine.hook('PostToolUse', { ...aCommand('ls', 'toolu_1'), ...agent })

    expect(ofKind(machine.events(), 'prompt').map((event) => event.stretch)).toEqual([0, 1])
    expect(ofKind(machine.events(), 'command')).toMatchObject([{ stretch: 0 }])
  })

  test('of the client itself is not recorded', async () => {
    await using machine = aMachine()

    await machine.hook('SubagentStop', { agent_id: 'a1', agent_type: '', last_assistant_message: 'summary' })

    expect(machine.session()).toBeUndefined()
  })
})

describe('turns, compactions and ends', () => {
  test('are recorded while a stretch is open', async () => {
    await using machine = aMachine()
    await machine.hook('UserPromptSubmit', { prompt_id: 'p1', prompt: 'go' })

    const runs = [
      await machine.hook('Stop', { prompt_id: 'p1', last_assistant_message: 'Done: the printer prints.' }),
      await machine.hook('PreCompact', { trigger: 'manual', custom_instructions: 'keep the IPs' }),
      await machine.hook('SessionEnd', { reason: 'prompt_input_exit' }),
    ]

    expect(runs).toMatchObject([silent, silent, silent])
    expect(machine.events().slice(2)).toMatchObject([
      { kind: 'turn', data: { text: 'Done: the printer prints.' } },
      { kind: 'compaction', data: { trigger: 'manual', instructions: 'keep the IPs' } },
      { kind: 'session.closed', id: 'close:0', data: { reason: 'exit' } },
    ])
    expect(machine.events().filter((event) => !RecordedEvent.safeParse(event).success)).toEqual([])
    expect(machine.session()).toMatchObject({ open: false, closed_reason: 'exit' })
  })

  test('say nothing where no stretch is open', async () => {
    await using machine = aMachine()

    const runs = [
      await machine.hook('Stop', { prompt_id: 'p1', last_assistant_message: 'x' }),
      await machine.hook('PreCompact', { trigger: 'auto' }),
    ]

    expect(runs).toMatchObject([silent, silent])
  })

  test('an end that another client has already taken over closes nothing', async () => {
    await using machine = aMachine()
    await machine.hook('UserPromptSubmit', { prompt_id: 'p1', prompt: 'go' })
    const late = { PATH: process.env.PATH, HOME: machine.dir, MSP_HOME: machine.paths.home, CLAUDE_PID: '999999' }

    await machine.hook('SessionEnd', { reason: 'other' }, { env: late })

    expect(machine.session()).toMatchObject({ open: true })
  })

  test('work after /msp end belongs to a new stretch of nobody', async () => {
    await using machine = aMachine()
    await machine.hook('UserPromptSubmit', { prompt_id: 'p1', prompt: 'go' })
    const ended = machine.session()
    const closed_at = new Date(Date.now() - 60_000).toISOString()
    writeFileSync(
      join(machine.paths.cache, 'sessions', `${SESSION}.json`),
      JSON.stringify({
        ...ended,
        open: false,
        closed_reason: 'user',
        stretches: [{ stretch: 0, opened_at: closed_at, closed_at }],
      }),
    )

    await machine.hook('PostToolUse', aCommand('hostname', 'toolu_1'))

    expect(ofKind(machine.events(), 'session.opened')).toMatchObject([{ id: 'open:0' }, { id: 'open:1' }])
    expect(ofKind(machine.events(), 'command')).toMatchObject([{ stretch: 1 }])
  })
})
