import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { changeSession, closing, newSession, opening } from '../../src/sessions.ts'
import { type Handler, wireServer } from '../api/wire-server.ts'
import { aMachine, logIn, type Machine, ofKind, SESSION, said } from './world.ts'

const DATAFORTH = { id: '0195f2c0-7a53-7d1e-9c1f-3f2a9c1e0001', name: 'Dataforth' }
const MACHINE = '0195f2c0-7a53-7d1e-9c1f-3f2a9c1e0002'
const OTHER = 'aaaaaaaa-0b5a-4a55-9f43-2f2a7f1f1a02'
const at = '2026-11-22T09:00:00.000Z'

const answer = (text: string, more: Record<string, unknown> = {}) => ({
  ...{ text, tokens: 10, mode: null, client: null, project: null, suggestion: null },
  ...more,
})

/** What the server was asked and told, in the order in which it came. */
async function aServer(block: Record<string, unknown>) {
  const asked: Record<string, unknown>[] = []
  const taken: { id: string }[] = []
  const handlers: Record<string, Handler> = {
    'context.get': (input) => {
      asked.push(input as Record<string, unknown>)
      return block
    },
    'machines.register': () => ({ id: MACHINE }),
    'ingest.events': (input) => {
      const events = (input as { events: { event: { id: string; stream: string } }[] }).events.map(({ event }) => event)
      taken.push(...events)
      return { outcomes: events.map(({ id, stream }) => ({ id, stream, outcome: 'accepted' })) }
    },
  }
  return { ...(await wireServer(handlers)), asked, taken }
}

/** A session that works for Dataforth, open or closed for a reason. Under the lock: the job that a hook left behind may still write. */
async function works(machine: Machine, reason?: 'exit' | 'user' | 'clear'): Promise<void> {
  const given = { mode: 'msp', trigger: 'command', at, source: 'cli', client: DATAFORTH, ticket: '#12' } as const
  const { session } = opening({ ...newSession(SESSION), claude_pid: process.pid }, given)
  await changeSession(machine.paths, SESSION, () =>
    reason ? closing(session, { reason, at, source: 'hook' }).session : session,
  )
}

describe('the start of a session', () => {
  test('gives Claude the block of the server, and asks with all that is known here', async () => {
    await using server = await aServer(answer('Open: call Ann.\n'))
    await using machine = aMachine({ apiUrl: server.url })
    logIn(machine, server.url)
    mkdirSync(join(machine.project, '.git'))
    writeFileSync(
      join(machine.project, '.git/config'),
      '[remote "origin"]\n\turl = https://ana:token@git.example.com/x.git\n',
    )
    writeFileSync(join(machine.paths.home, 'config.json'), JSON.stringify({ machine_id: MACHINE }))

    const run = await machine.hook('SessionStart', { source: 'startup' })

    expect(said(run)).toEqual({ context: 'Open: call Ann.\n' })
    expect(server.asked).toEqual([
      {
        claude_session_id: SESSION,
        purpose: 'start',
        marks: true,
        machine_id: MACHINE,
        git_remote: 'https://git.example.com/x.git',
      },
    ])
  })

  test('with nothing to say says nothing', async () => {
    await using server = await aServer(answer(''))
    await using machine = aMachine({ apiUrl: server.url })
    logIn(machine, server.url)

    expect(await machine.hook('SessionStart', { source: 'startup' })).toMatchObject({ code: 0, stdout: '', stderr: '' })
  })

  test('never gives more than Claude Code takes whole', async () => {
    await using server = await aServer(answer('a line of the block\n'.repeat(2_000)))
    await using machine = aMachine({ apiUrl: server.url })
    logIn(machine, server.url)

    const run = await machine.hook('SessionStart', { source: 'startup' })

    expect(said(run).context?.length).toBeLessThan(10_000)
    expect(said(run).context?.endsWith('a line of the block\n')).toBe(true)
  })

  test('keeps a suggestion for the first prompt, and shows it once', async () => {
    const suggestion = { client: DATAFORTH, reason: 'last client here', text: 'Probably Dataforth.', tokens: 5 }
    await using server = await aServer(answer('', { suggestion }))
    await using machine = aMachine({ apiUrl: server.url })
    logIn(machine, server.url)

    const start = await machine.hook('SessionStart', { source: 'startup' })
    const command = await machine.hook('UserPromptSubmit', { prompt_id: 'p0', prompt: '/msp status' })
    const first = await machine.hook('UserPromptSubmit', { prompt_id: 'p1', prompt: 'the printer again' })
    const second = await machine.hook('UserPromptSubmit', { prompt_id: 'p2', prompt: 'and the scanner' })

    expect([start, command, first, second].map((run) => said(run).context)).toEqual([
      undefined,
      undefined,
      'Probably Dataforth.',
      undefined,
    ])
  })

  test('delivers what was spooled, after enrolling the machine', async () => {
    await using server = await aServer(answer(''))
    await using machine = aMachine({ apiUrl: server.url })
    logIn(machine, server.url)
    await machine.hook('UserPromptSubmit', { prompt_id: 'p1', prompt: 'one' })

    await machine.hook('SessionStart', { source: 'startup' })

    await expect.poll(() => server.taken.map(({ id }) => id), { timeout: 50_000 }).toEqual(['open:0', 'prompt:p1'])
  })
})

describe('without a server', () => {
  test('the cached block of the same client is shown with its age, and the user told once', async () => {
    await using server = await aServer(answer('Dataforth: mail moves on Monday.', { client: DATAFORTH, mode: 'msp' }))
    await using machine = aMachine({ apiUrl: server.url })
    logIn(machine, server.url)
    await works(machine)
    await machine.hook('SessionStart', { source: 'startup' })
    await server.close()

    const first = await machine.hook('SessionStart', { source: 'compact' })
    const second = await machine.hook('SessionStart', { source: 'compact' })

    expect(said(first).context).toMatch(/^\(.*cache, 0 minutes old.*\)\nDataforth: mail moves on Monday\.$/)
    expect(said(first).notice).toMatch(/^ClaudeTools: The server .* does not answer/)
    expect(said(second)).toEqual({ context: said(first).context })
  })

  test('a block of one client is never shown in a session of nobody', async () => {
    await using server = await aServer(answer('Dataforth: mail moves on Monday.', { client: DATAFORTH, mode: 'msp' }))
    await using machine = aMachine({ apiUrl: server.url })
    logIn(machine, server.url)
    await works(machine)
    await machine.hook('SessionStart', { source: 'startup' })
    await server.close()

    const run = await machine.hook('SessionStart', { session_id: OTHER, source: 'startup' })

    expect(said(run).context).toBeUndefined()
  })

  test('a server that takes the call and never answers is given up after 0.8 s', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1')
    await new Promise((resolve) => silent.once('listening', resolve))
    const url = `http://127.0.0.1:${(silent.address() as { port: number }).port}`
    await using machine = aMachine({ apiUrl: url })
    logIn(machine, url)

    const run = await machine.hook('SessionStart', { source: 'startup' })
    silent.close()

    expect(run.code).toBe(0)
    expect(said(run).notice).toContain('did not answer within 0.8 s')
    // The rest is this machine's, which may be busy; it is what Claude Code gives the hook.
    expect(run.durationMs).toBeLessThan(10_000)
  })

  test('nobody logged in is told once, with the way to log in', async () => {
    await using machine = aMachine()

    const run = await machine.hook('SessionStart', { source: 'startup' })

    expect(said(run)).toEqual({ notice: expect.stringContaining('Run "msp login"') })
  })
})

describe('work goes on for the same client', () => {
  test('after /clear, which gives the session another id', async () => {
    await using machine = aMachine()
    await machine.hook('SessionStart', { source: 'startup' })
    await works(machine)

    await machine.hook('SessionEnd', { reason: 'clear' })
    await machine.hook('SessionStart', { session_id: OTHER, source: 'clear' })

    expect(ofKind(machine.events(), 'session.closed')).toMatchObject([{ stream: SESSION, data: { reason: 'clear' } }])
    expect(ofKind(machine.events(), 'session.opened')).toMatchObject([
      {
        stream: OTHER,
        data: {
          mode: 'msp',
          client_id: DATAFORTH.id,
          ticket: '#12',
          trigger: 'clear',
          parent_stream: SESSION,
          parent_stretch: 1,
        },
      },
    ])
    expect(machine.session(OTHER)).toMatchObject({ open: true, mode: 'msp', client: DATAFORTH })
  })

  test('after /clear also when the end of the old session was not told', async () => {
    await using machine = aMachine()
    await machine.hook('SessionStart', { source: 'startup' })
    await works(machine)

    await machine.hook('SessionStart', { session_id: OTHER, source: 'clear' })
    await machine.hook('SessionEnd', { reason: 'clear' })

    expect(ofKind(machine.events(), 'session.closed')).toHaveLength(1)
    expect(machine.session(OTHER)).toMatchObject({ open: true, client: DATAFORTH })
  })

  test('after a resume, when only the client had ended', async () => {
    await using machine = aMachine()
    await works(machine, 'exit')

    await machine.hook('SessionStart', { source: 'resume' })

    expect(ofKind(machine.events(), 'session.opened')).toMatchObject([
      {
        id: 'open:2',
        stretch: 2,
        data: { mode: 'msp', client_id: DATAFORTH.id, parent_stream: SESSION, parent_stretch: 1 },
      },
    ])
  })

  test('but not when the technician had ended it', async () => {
    await using machine = aMachine()
    await works(machine, 'user')

    await machine.hook('SessionStart', { source: 'resume' })

    expect(machine.session()).toMatchObject({ open: false })
  })

  test('and not in the next session of another process', async () => {
    await using machine = aMachine()
    await works(machine)
    const pid = spawnSync(process.execPath, ['-e', '']).pid

    await machine.hook(
      'SessionStart',
      { session_id: OTHER, source: 'clear' },
      {
        env: {
          PATH: process.env.PATH,
          HOME: machine.dir,
          MSP_HOME: machine.paths.home,
          CLAUDE_PID: `${pid}`,
          MSP_API_URL: 'http://127.0.0.1:9',
        },
      },
    )

    expect(machine.session(OTHER)).toMatchObject({ open: false, client: null })
  })
})

describe('the knowledge in a block', () => {
  const INSIGHT = { kind: 'insight', id: '0195f2c0-7a53-7d1e-9c1f-3f2a9c1e0bbb', tokens: 12 }

  test('is told to the server once it knows the session, and not again', async () => {
    const told: unknown[] = []
    const blocks: Handler = () => answer('PowerShell is 2.0 there.', { client: DATAFORTH, items: [INSIGHT] })
    const injected: Handler = (input) => {
      told.push(input)
      return { is_known: told.length > 1, kept: 1 }
    }
    await using server = await wireServer({ 'context.get': blocks, 'contextRecalls.injected': injected })
    await using machine = aMachine({ apiUrl: server.url })
    logIn(machine, server.url)
    await works(machine)

    await machine.hook('SessionStart', { source: 'compact' })
    for (const turn of ['stop', 'stop', 'stop']) await machine.background(turn)

    const once = { claude_session_id: SESSION, client_id: DATAFORTH.id, items: [INSIGHT] }
    expect(told).toEqual([once, once])
  })
})
