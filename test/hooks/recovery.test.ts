import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { RecordedEvent } from '../../src/contract/events.ts'
import { type LocalSession, newSession, rememberProcess, writeSession } from '../../src/sessions.ts'
import { aCommand, aMachine, fixtures, type Machine, ofKind, SESSION } from './world.ts'

// The transcripts were written by Claude Code 2.1.330 in real runs; lines without any use here were taken out.

/** A process id that nobody has any more. */
const dead = () => spawnSync(process.execPath, ['-e', '']).pid

type Known = Partial<LocalSession> & { transcript: string }

/** A session that this machine knows, with the transcript that its client wrote. */
function knows(machine: Machine, { transcript, ...state }: Known): void {
  const path = join(machine.dir, 'transcript.jsonl')
  cpSync(join(fixtures, `${transcript}.jsonl`), path)
  if (existsSync(join(fixtures, transcript)))
    cpSync(join(fixtures, transcript), join(machine.dir, 'transcript'), { recursive: true })
  const opened_at = '2026-11-22T11:00:00.000Z'
  const host = spawnSync('hostname', { encoding: 'utf8' }).stdout.trim()
  writeSession(machine.paths, {
    ...newSession(SESSION),
    open: true,
    mode: 'normal',
    transcript_path: path,
    claude_pid: dead(),
    host,
    opened_at,
    stretches: [{ stretch: 0, opened_at, closed_at: null }],
    ...state,
  })
}

describe('the transcript of a session that ended', () => {
  test('gives every command, edit, prompt and subagent that no hook recorded', async () => {
    await using machine = aMachine()
    knows(machine, { transcript: 'worked', open: false, closed_reason: 'exit' })

    await machine.background('end')

    const events = machine.events()
    expect(ofKind(events, 'prompt').map(({ data }) => data.text)).toEqual([
      'one',
      'two agents please',
      'after compact',
      'resumed here',
      'do kill',
    ])
    expect(ofKind(events, 'command').map(({ id, data }) => [id, data.exit_code, data.agent_type])).toEqual([
      ['cmd:toolu_01ok', 0, undefined],
      ['cmd:toolu_02fail', 3, undefined],
      ['cmd:toolu_05big', 0, undefined],
      ['cmd:toolu_06bigfail', 4, undefined],
      ['cmd:toolu_14bg', null, undefined],
      ['cmd:toolu_15inagent', 0, 'general-purpose'],
      ['cmd:toolu_12inagent', 0, 'general-purpose'],
    ])
    expect(ofKind(events, 'file').map(({ id, data }) => [id, data.change, data.lines_added])).toEqual([
      ['file:toolu_03write', 'A', 2],
      ['file:toolu_04edit', 'M', 2],
      ['file:toolu_09nb', 'M', 1],
    ])
    expect(ofKind(events, 'agent.started')).toHaveLength(2)
    expect(ofKind(events, 'agent.stopped').map(({ data }) => data.report)).toEqual(['ok', 'AGENT REPORT'])
    expect(events.filter((event) => event.source !== 'transcript' || !RecordedEvent.safeParse(event).success)).toEqual(
      [],
    )
  })

  test('gives the times of the transcript and the same data as the hooks', async () => {
    await using machine = aMachine()
    knows(machine, { transcript: 'worked', open: false, closed_reason: 'exit' })

    await machine.background('end')

    expect(ofKind(machine.events(), 'command').slice(0, 2)).toMatchObject([
      {
        at: '2026-11-22T11:22:29.219Z',
        data: { command: 'echo héllo wörld €; echo err >&2', stdout: 'héllo wörld €\nerr' },
      },
      { data: { success: false, error: 'partial\nbad', cwd: '/home/ana/project' } },
    ])
  })

  test('is recorded once, however often it is looked through and whatever the hooks recorded before', async () => {
    await using machine = aMachine()
    knows(machine, { transcript: 'worked', open: true, claude_pid: process.pid })
    await machine.hook('PostToolUse', aCommand('echo héllo wörld €; echo err >&2', 'toolu_01ok'))

    for (const after of ['stop', 'end', 'stop', 'start']) await machine.background(after)

    const ids = machine.events().map(({ id }) => id)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
    expect(machine.events().find(({ id }) => id === 'cmd:toolu_01ok')?.source).toBe('hook')
  })

  test('gives nothing of calls that were refused', async () => {
    await using machine = aMachine()
    knows(machine, { transcript: 'denied', open: false, closed_reason: 'exit' })

    await machine.background('end')

    expect(machine.events().map(({ kind, id }) => [kind, id])).toEqual([
      ['prompt', 'prompt:6947b0ab-d131-4023-af52-ed86dbe04484'],
    ])
  })

  test('gives the command of a subagent that failed', async () => {
    await using machine = aMachine()
    knows(machine, { transcript: 'agents', open: false, closed_reason: 'exit' })

    await machine.background('end')

    expect(ofKind(machine.events(), 'command').filter(({ data }) => data.agent_id !== undefined)).toMatchObject([
      { data: { command: 'echo in agent', success: true } },
      {
        data: { command: 'echo failing in agent >&2; exit 7', success: false, exit_code: 7, error: 'failing in agent' },
      },
    ])
  })

  test('puts what happened into the stretch that was open then', async () => {
    await using machine = aMachine()
    const second = '2026-11-22T11:22:31.000Z'
    knows(machine, {
      transcript: 'worked',
      open: false,
      closed_reason: 'exit',
      stretch: 1,
      stretches: [
        { stretch: 0, opened_at: '2026-11-22T11:00:00.000Z', closed_at: second },
        { stretch: 1, opened_at: second, closed_at: '2026-11-22T11:30:00.000Z' },
      ],
    })

    await machine.background('end')

    expect(ofKind(machine.events(), 'prompt').map(({ stretch }) => stretch)).toEqual([0, 1, 1, 1, 1])
  })

  test('is understood as far as it goes, with foreign lines and a last one that is cut off', async () => {
    await using machine = aMachine()
    knows(machine, { transcript: 'killed', open: false, closed_reason: 'exit' })
    const path = join(machine.dir, 'transcript.jsonl')
    const whole = readFileSync(path, 'utf8')
    writeFileSync(path, `{"type":"user"}\n{"type":"user","message":7,"timestamp":"now"}\nnonsense\n\n${whole}`)
    appendFileSync(path, '{"type":"user","promptId":"cut off","message":{"content":"this is ')
    truncateSync(path, readFileSync(path).length - 3)

    const run = await machine.background('end')

    expect(run.code).toBe(0)
    expect(ofKind(machine.events(), 'prompt').map(({ data }) => data.text)).toEqual(['killit'])
  })
})

describe('a client that was killed', () => {
  test('is found at the next start: its last command is recorded as broken off, and the session closed when it was last heard of', async () => {
    await using machine = aMachine()
    knows(machine, { transcript: 'killed' })

    await machine.background('start')

    expect(machine.events()).toMatchObject([
      { kind: 'prompt' },
      { kind: 'command', id: 'cmd:toolu_20killed', data: { exit_code: null, success: false, interrupted: true } },
      { kind: 'session.closed', id: 'close:0', at: machine.events()[1]?.at, data: { reason: 'crash' } },
    ])
    expect(machine.session()).toMatchObject({ open: false, closed_reason: 'crash' })
  })

  test('and resumed says itself what was broken off', async () => {
    await using machine = aMachine()
    knows(machine, { transcript: 'killed-and-resumed', claude_pid: process.pid })
    rememberProcess(machine.paths, process.pid, SESSION)

    await machine.background('stop')

    expect(ofKind(machine.events(), 'command')).toMatchObject([{ data: { interrupted: true, success: false } }])
    expect(ofKind(machine.events(), 'prompt')).toHaveLength(2)
    expect(machine.session()).toMatchObject({ open: true })
  })

  test('on another computer with the same home folder is not our business', async () => {
    await using machine = aMachine()
    knows(machine, { transcript: 'killed', host: 'somewhere-else' })

    await machine.background('start')

    expect(machine.session()).toMatchObject({ open: true })
  })

  test('before its first prompt came through has a stretch made for what it did', async () => {
    await using machine = aMachine()
    knows(machine, { transcript: 'killed', open: false, stretches: [] })

    await machine.background('start')

    expect(machine.events()).toMatchObject([
      { kind: 'session.opened', id: 'open:0', source: 'transcript' },
      { kind: 'prompt', stretch: 0 },
      { kind: 'command', stretch: 0 },
      { kind: 'session.closed', id: 'close:0' },
    ])
  })
})
