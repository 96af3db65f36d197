import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { RecordedEvent } from '../src/contract/events.ts'
import {
  changeSession,
  closing,
  listSessions,
  newSession,
  opening,
  readSession,
  rememberProcess,
  sessionOfProcess,
  stretchAt,
  writeSession,
} from '../src/sessions.ts'
import { pathsOf } from '../src/settings.ts'

const ID = '4f9d1c60-0b5a-4a55-9f43-2f2a7f1f1a01'
const nine = '2026-01-12T09:00:00.000Z'
const ten = '2026-01-12T10:00:00.000Z'
const eleven = '2026-01-12T11:00:00.000Z'
const CLIENT = { id: '0195f2c0-7a53-7d1e-9c1f-3f2a9c1e0001', name: 'Dataforth' }

function aHome() {
  const path = mkdtempSync(join(tmpdir(), 'msp-sessions-'))
  return { paths: pathsOf({ MSP_HOME: path }), [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

const asked = { mode: 'msp', trigger: 'command', source: 'cli', client: CLIENT } as const

describe('a stretch', () => {
  test('that nobody asked for is 0; one that was asked for never is', () => {
    const implicit = opening(newSession(ID), { mode: 'normal', trigger: 'implicit', at: nine, source: 'hook' })
    const chosen = opening(newSession(ID), { ...asked, at: nine })

    expect([implicit.session.stretch, implicit.event.id]).toEqual([0, 'open:0'])
    expect([chosen.session.stretch, chosen.event.id]).toEqual([1, 'open:1'])
  })

  test('is told by events that the server takes', () => {
    const first = opening(
      { ...newSession(ID), cwd: '/p'.repeat(4_000) },
      { ...asked, at: nine, git: { branch: 'main' } },
    )
    const closed = closing(first.session, { reason: 'switch', at: ten, source: 'cli' })
    const parent = { stream: ID, stretch: 1 }
    const second = opening(closed.session, { mode: 'dev', trigger: 'command', source: 'cli', at: ten, parent })

    const events = [first.event, closed.event, second.event]
    expect(events.map((event) => RecordedEvent.safeParse(event).error)).toEqual([undefined, undefined, undefined])
    expect(second.session).toMatchObject({ stretch: 2, open: true, mode: 'dev', client: null, closed_reason: null })
    expect(second.session.stretches).toEqual([
      { stretch: 1, opened_at: nine, closed_at: ten },
      { stretch: 2, opened_at: ten, closed_at: null },
    ])
  })

  test('with a client that was only typed tells its name', () => {
    const { event } = opening(newSession(ID), { ...asked, at: nine, client: { id: null, name: 'dataf' } })

    expect(event.data).toEqual({ mode: 'msp', trigger: 'command', client_name: 'dataf' })
  })

  test('is found by a time: the last one that had begun, else the first', () => {
    const stretches = [nine, ten].map((opened_at, stretch) => ({ stretch, opened_at, closed_at: null }))
    const session = { ...newSession(ID), stretch: 1, stretches }

    expect(
      [`2026-01-12T08:00:00.000Z`, nine, `2026-01-12T09:59:59.999Z`, eleven].map((at) => stretchAt(session, at)),
    ).toEqual([0, 0, 0, 1])
  })
})

describe('the state on the disk', () => {
  test('is what was written, and none when the file is damaged or missing', () => {
    using home = aHome()
    const { session } = opening(newSession(ID), { ...asked, at: nine })
    writeSession(home.paths, session)
    writeFileSync(join(home.paths.cache, 'sessions', 'other.json'), '{"claude_session_id":"other"')

    expect(readSession(home.paths, ID)).toEqual(session)
    expect(readSession(home.paths, 'other')).toBeUndefined()
    expect(listSessions(home.paths)).toEqual([session])
  })

  test('of an older version gets what it lacks', () => {
    using home = aHome()
    writeSession(home.paths, newSession(ID))
    writeFileSync(
      join(home.paths.cache, 'sessions', `${ID}.json`),
      JSON.stringify({ claude_session_id: ID, stretch: 3 }),
    )

    expect(readSession(home.paths, ID)).toEqual({ ...newSession(ID), stretch: 3 })
  })

  test('is changed by one at a time', async () => {
    using home = aHome()
    const more = () => changeSession(home.paths, ID, (session) => ({ ...session, stretch: session.stretch + 1 }))

    await Promise.all(Array.from({ length: 10 }, more))

    expect(readSession(home.paths, ID)?.stretch).toBe(10)
  })

  test('keeps strange ids in its folder', () => {
    using home = aHome()
    writeSession(home.paths, newSession('../../a/b:c'))

    expect(readdirSync(join(home.paths.cache, 'sessions'))).toEqual(['______a_b_c.json'])
    expect(readSession(home.paths, '../../a/b:c')?.claude_session_id).toBe('../../a/b:c')
  })

  test('knows the session of a process', () => {
    using home = aHome()
    rememberProcess(home.paths, 4711, ID)

    expect([sessionOfProcess(home.paths, 4711), sessionOfProcess(home.paths, 4712)]).toEqual([ID, undefined])
  })
})
