import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { RecordedEvent, SpooledEvent } from '../../src/contract/events.ts'
import { DATABASES } from '../support/databases.ts'
import { anEvent, type TestServer, type TestUser, testServer } from '../support/server.ts'

/** Events that machines send: each counts once, in order, and nothing of them is lost without a word. */

const at = (minute: number, second = 0) =>
  new Date(Date.parse('2026-01-12T09:00:00.000Z') + minute * 60_000 + second * 1_000).toISOString()

/** Ana with a machine, a client and a clock that stands at half past nine. */
async function office(database: (typeof DATABASES)[number]) {
  const msp = await testServer({ database, now: at(30) })
  const ana = await msp.technician({ name: 'Ana', clients: ['Dataforth'] })
  return {
    msp,
    ana,
    clientId: await msp.client('Dataforth'),
    machineId: await msp.machine(ana),
    [Symbol.asyncDispose]: () => msp[Symbol.asyncDispose](),
  }
}

const spooled = (events: readonly unknown[], epoch: string = randomUUID()) =>
  events.map((event, seq) => ({ epoch, seq, event })) as SpooledEvent[]

const send = async (sender: TestUser, machine_id: string, events: readonly SpooledEvent[], sent_at = at(30)) =>
  (await sender.api.ingest.events({ machine_id, sent_at, events: [...events] })).outcomes
const outcomesOf = (outcomes: { outcome: string }[]) => outcomes.map((outcome) => outcome.outcome)

const opening = (client_id: string, envelope: Partial<RecordedEvent> = {}) =>
  anEvent('session.opened', { mode: 'msp', client_id, trigger: 'command' }, { id: 'open:1', at: at(0), ...envelope })
const closing = (minute = 20) => anEvent('session.closed', { reason: 'user' }, { id: 'close:1', at: at(minute) })
const aCommand = (
  command: string,
  minute: number,
  more: Record<string, unknown> = {},
  id = `cmd:${command}${minute}`,
) => anEvent('command', { command, ...more }, { id, at: at(minute) })
const eventsOf = (msp: TestServer) =>
  msp.server.deps.db.selectFrom('session_events').selectAll().orderBy('at').execute()
const commandsOf = (msp: TestServer) =>
  msp.server.deps.db.selectFrom('commands_run').selectAll().orderBy('seq').execute()
const sessionsOf = (msp: TestServer) => msp.server.deps.db.selectFrom('sessions').selectAll().execute()

for (const database of DATABASES) {
  describe(`each event counts once, on ${database}`, () => {
    test('though its batch comes five times at the same moment', async () => {
      await using world = await office(database)
      const { msp, ana, machineId, clientId } = world
      const commands = Array.from({ length: 20 }, (_, index) => aCommand(`hostname ${index}`, 1))
      const batch = spooled([opening(clientId), ...commands, closing()])

      const answers = await Promise.all(Array.from({ length: 5 }, () => send(ana, machineId, batch)))

      const of = (index: number) => answers.map((outcomes) => outcomes[index]?.outcome).sort()
      expect(batch.map((_, index) => of(index))).toEqual(
        batch.map(() => ['accepted', 'duplicate', 'duplicate', 'duplicate', 'duplicate']),
      )
      expect(await eventsOf(msp)).toHaveLength(22)
      expect(await commandsOf(msp)).toHaveLength(20)
      expect(await sessionsOf(msp)).toHaveLength(1)
    })

    test('and different batches of one new session at the same moment lose nothing', async () => {
      await using world = await office(database)
      const { msp, ana, machineId } = world
      const batches = Array.from({ length: 5 }, (_, batch) =>
        spooled(Array.from({ length: 10 }, (_, index) => aCommand(`hostname ${batch}`, index))),
      )

      const answers = await Promise.all(batches.map((batch) => send(ana, machineId, batch)))

      expect(answers.flatMap(outcomesOf)).toEqual(Array(50).fill('accepted'))
      const commands = await commandsOf(msp)
      expect(new Set(commands.map((row) => row.seq)).size).toBe(50)
      expect(await sessionsOf(msp)).toHaveLength(1)
    })

    test('a hook that was killed and tells of the same beginning again, later: a duplicate', async () => {
      await using world = await office(database)
      const { msp, ana, machineId } = world
      const begun = (at: string) =>
        anEvent('session.opened', { mode: 'normal', trigger: 'implicit' }, { id: 'open:0', stretch: 0, at })

      const first = await send(ana, machineId, spooled([begun('2026-01-12T08:00:00.000Z')]))
      const again = await send(ana, machineId, spooled([begun('2026-01-12T08:00:05.000Z')]))

      expect([...outcomesOf(first), ...outcomesOf(again)]).toEqual(['accepted', 'duplicate'])
      expect(await sessionsOf(msp)).toMatchObject([{ started_at: '2026-01-12T08:00:00.000Z' }])
    })

    test('the transcript tells of it again: a duplicate, and what the hook saw stays', async () => {
      await using world = await office(database)
      const { msp, ana, machineId } = world
      const seen = aCommand('hostname', 1, { stdout: 'from the hook' }, 'cmd:toolu_1')
      const read = {
        ...aCommand('hostname', 2, { stdout: 'from the transcript' }, 'cmd:toolu_1'),
        source: 'transcript' as const,
      }

      const first = await send(ana, machineId, spooled([seen]))
      const again = await send(ana, machineId, spooled([read]))

      expect([...outcomesOf(first), ...outcomesOf(again)]).toEqual(['accepted', 'duplicate'])
      expect(await commandsOf(msp)).toMatchObject([{ stdout_excerpt: 'from the hook' }])
    })

    test('another event under its name, or in its place, is a conflict and changes nothing', async () => {
      await using world = await office(database)
      const { msp, ana, machineId } = world
      const [original] = spooled([aCommand('hostname', 1, {}, 'cmd:toolu_1')]) as [SpooledEvent]
      await send(ana, machineId, [original])

      const outcomes = await send(ana, machineId, [
        { epoch: 'other', seq: 0, event: aCommand('rm -rf /', 1, {}, 'cmd:toolu_1') },
        // A copied home folder goes on counting where the original does.
        { epoch: original.epoch, seq: original.seq, event: aCommand('whoami', 1, {}, 'cmd:toolu_2') },
        { epoch: 'other', seq: 1, event: aCommand('whoami', 1, {}, 'cmd:toolu_3') },
      ])

      expect(outcomesOf(outcomes)).toEqual(['conflict', 'conflict', 'accepted'])
      expect((await commandsOf(msp)).map((row) => row.command)).toEqual(['hostname', 'whoami'])
    })

    test('the same event of two machines counts for both', async () => {
      await using world = await office(database)
      const { msp, ana, machineId } = world
      const other = await msp.machine(ana, 'ANA-LT2')
      const stream = randomUUID()
      const event = aCommand('hostname', 1)

      const outcomes = [
        ...(await send(ana, machineId, spooled([event]))),
        ...(await send(ana, other, spooled([{ ...event, stream }]))),
      ]

      expect(outcomesOf(outcomes)).toEqual(['accepted', 'accepted'])
    })
  })

  describe(`what is wrong with one event, on ${database}`, () => {
    test('takes none of its neighbours with it, and is told by name', async () => {
      await using world = await office(database)
      const { msp, ana, machineId } = world
      const good = (name: string) => aCommand(`echo ${name}`, 1, {}, `cmd:${name}`)
      const bad: Record<string, unknown> = {
        'not an object': 'text',
        'an unknown kind': { ...good('kind'), kind: 'dance' },
        'a field too many': { ...good('field'), extra: 1 },
        'a text that is too long': aCommand('x'.repeat(20_201), 1, {}, 'cmd:long'),
        'no time': { ...good('time'), at: 'yesterday' },
        'half a surrogate pair': aCommand('echo \ud83d', 1, {}, 'cmd:half'),
        'a NUL': aCommand('echo \0', 1, {}, 'cmd:nul'),
        depth: { ...good('depth'), data: JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) },
      }
      const mixed = Object.values(bad).flatMap((event, index) => [event, good(`neighbour ${index}`)])

      const outcomes = await send(ana, machineId, spooled(mixed))

      expect(outcomesOf(outcomes)).toEqual(Object.keys(bad).flatMap(() => ['refused', 'accepted']))
      expect(outcomes[10]).toMatchObject({ id: 'cmd:half', message: expect.stringContaining('surrogate') })
      expect(await commandsOf(msp)).toHaveLength(Object.keys(bad).length)
    })

    test('figures that nobody can have are taken as far as they make sense', async () => {
      await using world = await office(database)
      const { msp, ana, machineId } = world

      const outcomes = await send(
        ana,
        machineId,
        spooled([
          aCommand('sleep', 1, { duration_ms: Number.MAX_SAFE_INTEGER }),
          aCommand('exit', 1, { exit_code: 3_221_225_477, success: false, stderr: 'x' }),
          anEvent('prompt', { text: 'In the year ten thousand' }, { at: '9999-12-31T23:59:59.999Z' }),
          anEvent('prompt', { text: 'Before Christ' }, { at: '0000-01-01T00:00:00.000Z' }),
          anEvent('agent.started', { agent_id: 'a', agent_type: '😀'.repeat(100) }),
        ]),
      )

      expect(outcomesOf(outcomes)).toEqual(Array(5).fill('accepted'))
      const instants = (await eventsOf(msp)).map((row) => row.at)
      expect(instants.every((instant) => /^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/.test(instant) && instant <= at(30))).toBe(true)
    })

    test('an unknown machine is answered as one', async () => {
      await using world = await office(database)

      const sending = send(world.ana, randomUUID(), spooled([aCommand('hostname', 1)]))

      await expect(sending).rejects.toMatchObject({ code: 'NOT_FOUND' })
    })
  })

  describe(`the time of an event, on ${database}`, () => {
    test.each([
      ['behind', -2],
      ['ahead', 2],
    ])('is right though the clock of the machine is two years %s', async (_, years) => {
      await using world = await office(database)
      const { msp, ana, machineId, clientId } = world
      const wrong = (instant: string) => new Date(Date.parse(instant) + years * 365 * 86_400_000).toISOString()
      const events = [opening(clientId), aCommand('hostname', 5), closing(6)].map((event) => ({
        ...event,
        at: wrong(event.at),
      }))

      await send(ana, machineId, spooled(events), wrong(at(30)))

      const [session] = (await ana.api.sessions.list()).items
      expect(session).toMatchObject({ started_at: at(0), ended_at: at(6), active_seconds: 360 })
      const stored = (await eventsOf(msp)).map((row) => row.recorded_at)
      expect(stored.sort()).toEqual(events.map((event) => event.at))
    })

    test('is left alone while the clocks differ by seconds, and never lies in the future', async () => {
      await using world = await office(database)
      const { ana, machineId } = world

      await send(ana, machineId, spooled([aCommand('hostname', 29), aCommand('date', 31)]), at(31))

      const { items } = await ana.api.commandsRun.list({ sort: 'seq' })
      expect(items.map((row) => row.started_at)).toEqual([at(29), at(30)])
    })

    test('commands are numbered in the order of the spool', async () => {
      await using world = await office(database)
      const { ana, machineId } = world
      const names = Array.from({ length: 30 }, (_, index) => `echo ${index}`)

      await send(ana, machineId, spooled(names.slice(0, 13).map((name) => aCommand(name, 1))))
      await send(ana, machineId, spooled(names.slice(13).map((name) => aCommand(name, 1))))

      const { items } = await ana.api.commandsRun.list({ sort: 'seq' })
      expect(items.map((row) => [row.seq, row.command])).toEqual(names.map((name, index) => [index + 1, name]))
    })
  })
}
