import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { RecordedEvent } from '../../src/contract/events.ts'
import { DATABASES } from '../support/databases.ts'
import { anEvent, type TestUser, testServer } from '../support/server.ts'

/** Sessions as they come out of events: opened, lost, ended, ended again, and what they leave behind. */

const at = (minute: number) => new Date(Date.parse('2026-01-12T09:00:00.000Z') + minute * 60_000).toISOString()

async function office(database: (typeof DATABASES)[number]) {
  const msp = await testServer({ database, now: at(30) })
  const ana = await msp.technician({ name: 'Ana', clients: ['Dataforth'] })
  const machineId = await msp.machine(ana)
  return {
    msp,
    ana,
    clientId: await msp.client('Dataforth'),
    machineId,
    send: async (events: RecordedEvent[], sender: TestUser = ana) =>
      (await msp.ingest(sender, machineId, events)).outcomes,
    sessions: async () => (await ana.api.sessions.list({ sort: 'started_at' })).items,
    [Symbol.asyncDispose]: () => msp[Symbol.asyncDispose](),
  }
}

const opening = (data: Record<string, unknown>, envelope: Partial<RecordedEvent> = {}) =>
  anEvent('session.opened', { mode: 'msp', trigger: 'command', ...data }, { id: 'open:1', at: at(0), ...envelope })
const closing = (minute: number) => anEvent('session.closed', { reason: 'user' }, { id: 'close:1', at: at(minute) })
const succeeding = (command: string, minute: number) => anEvent('command', { command }, { at: at(minute) })
const failing = (command: string, minute: number) =>
  anEvent(
    'command',
    { command, success: false, exit_code: 5, stderr: 'Unit cups.service not found.' },
    { at: at(minute) },
  )
const prompt = (text: string, minute: number) => anEvent('prompt', { text }, { at: at(minute) })

for (const database of DATABASES) {
  describe(`a session, on ${database}`, () => {
    test('whose opening was lost is kept without a client, and gets one when the opening is found', async () => {
      await using world = await office(database)
      const { send, sessions, clientId, ana } = world

      await send([prompt('Print spooler', 1), failing('ssh SRV-OLD systemctl restart cups', 2), closing(5)])
      const [lost] = await sessions()
      const outcomes = await send([opening({ client_id: clientId, ticket: 'T-1' })])
      const [found] = await sessions()

      expect(lost).toMatchObject({ client_id: null, mode: 'normal', status: 'ended' })
      expect(outcomes).toMatchObject([{ outcome: 'accepted' }])
      expect(found).toMatchObject({ id: lost?.id, client_id: clientId, mode: 'msp', ticket: 'T-1', started_at: at(0) })
      const { items } = await ana.api.commandsRun.list({ client_id: clientId })
      expect(items).toHaveLength(1)
      expect((await ana.api.tasks.list({ client_id: clientId })).items).toMatchObject([
        { kind: 'pending', status: 'todo' },
      ])
    })

    test('of a client that nobody knows is kept, and the block says what to do', async () => {
      await using world = await office(database)
      const { send, sessions, ana } = world
      const stream = randomUUID()

      await send([opening({ client_name: 'Datafroth' }, { stream }), { ...prompt('Hello', 1), stream }])
      const block = await ana.api.context.get({ claude_session_id: stream })

      expect(await sessions()).toMatchObject([{ client_id: null, unresolved_client: 'Datafroth', mode: 'msp' }])
      expect(block.text).toContain('Client "Datafroth" could not be found')
      expect(block.text).toContain('msp client add')
    })

    test('opened by name finds its client, with its project', async () => {
      await using world = await office(database)
      const { send, sessions, clientId, ana } = world
      const { id } = await ana.api.projects.create({ client_id: clientId, name: 'Firewall migration' })

      await send([opening({ client_name: 'dataf', project_name: 'firewall  Migration' })])

      expect(await sessions()).toMatchObject([{ client_id: clientId, project_id: id, unresolved_client: null }])
    })

    test('that goes on from one of another client, or of none, does not point to it', async () => {
      await using world = await office(database)
      const { send, sessions, clientId, msp } = world
      const from = (parent_stretch: number) => ({ parent_stream: anEvent('turn', {}).stream, parent_stretch })
      const second = await msp.technician({ name: 'Bea', clients: ['Dataforth', 'Contoso'] })
      const contoso = await msp.client('Contoso')
      await msp.admin.api.users.grant({ id: world.ana.id, client_id: contoso, level: 'write' })
      const stretch = (number: number) => ({ id: `open:${number}`, stretch: number, at: at(number) })

      const outcomes = await send([
        opening({ client_id: clientId }, stretch(1)),
        opening({ client_id: clientId, trigger: 'clear', ...from(1) }, stretch(2)),
        opening({ client_id: contoso, ...from(2) }, stretch(3)),
        opening({ mode: 'normal', ...from(3) }, stretch(4)),
        opening({ mode: 'normal', trigger: 'clear', ...from(4) }, stretch(5)),
      ])

      expect(outcomes.map((outcome) => outcome.outcome)).toEqual(Array(5).fill('accepted'))
      const rows = await sessions()
      expect(rows.map((row) => row.parent_session_id)).toEqual([null, rows[0]?.id, null, null, rows[3]?.id])
      expect(second.id).not.toBe(world.ana.id)
    })

    test('that has ended is accounted anew when events come late', async () => {
      await using world = await office(database)
      const { send, sessions } = world
      await send([opening({}), succeeding('hostname', 2), closing(4)])
      const [before] = await sessions()

      await send([failing('ssh SRV-OLD systemctl restart cups', 3)])

      const [after] = await sessions()
      expect(before?.summary).not.toContain('cups')
      expect(after?.summary).toContain('cups')
      expect(after).toMatchObject({ status: 'ended', ended_at: at(4), active_seconds: 240 })
    })

    test('keeps the summary that a person wrote, whatever comes late', async () => {
      await using world = await office(database)
      const { send, sessions, ana } = world
      await send([opening({}), succeeding('hostname', 2), closing(4)])
      const [{ id } = { id: '' }] = await sessions()
      await ana.api.sessions.update({ id, summary: 'Renamed the host.', title: 'Renaming' })

      await send([failing('ssh SRV-OLD systemctl restart cups', 3)])

      expect(await sessions()).toMatchObject([{ summary: 'Renamed the host.', title: 'Renaming' }])
      const { items } = await ana.api.conversationContexts.list({ kind: 'session_end' })
      expect(items[0]?.dense_summary).toContain('cups')
    })

    test('ends once: ending it again changes nothing', async () => {
      await using world = await office(database)
      const { send, sessions, ana, msp } = world
      await send([opening({}), succeeding('hostname', 2)])
      const [{ id } = { id: '' }] = await sessions()

      const first = await ana.api.sessions.end({ id })
      const [ended] = await sessions()
      msp.clock.advance(3_600_000)
      const again = await ana.api.sessions.end({ id: id.slice(-8), reason: 'crash' })

      expect(again).toEqual(first)
      expect(await sessions()).toEqual([ended])
      expect(ended).toMatchObject({ status: 'ended', end_reason: 'user' })
    })

    test('ends once though ten end it at the same moment', async () => {
      await using world = await office(database)
      const { send, sessions, clientId, ana } = world
      await send([opening({ client_id: clientId }), failing('ssh SRV-OLD systemctl restart cups', 2)])
      const [{ id } = { id: '' }] = await sessions()

      const reports = await Promise.all(Array.from({ length: 10 }, () => ana.api.sessions.end({ id })))

      expect(new Set(reports.map((report) => report.session.ended_at)).size).toBe(1)
      expect((await ana.api.tasks.list({ client_id: clientId })).items).toHaveLength(1)
      expect((await ana.api.conversationContexts.list({ session_id: id })).items).toHaveLength(1)
    })

    test('cannot be ended by a colleague who may only read', async () => {
      await using world = await office(database)
      const { send, sessions, clientId, msp } = world
      const reader = await msp.technician({ name: 'Rita', clients: ['Dataforth'], level: 'read' })
      await send([opening({ client_id: clientId })])
      const [{ id } = { id: '' }] = await sessions()

      await expect(reader.api.sessions.end({ id })).rejects.toMatchObject({ code: 'FORBIDDEN' })
      expect((await reader.api.sessions.report({ id })).session.status).toBe('active')
    })

    test('leaves its failures as tasks, once, and a later success closes them', async () => {
      await using world = await office(database)
      const { send, clientId, ana, msp } = world
      const failed = 'ssh SRV-OLD systemctl restart cups'
      const next = (stretch: number, events: RecordedEvent[]) =>
        events.map((event) => ({ ...event, id: `${event.id} ${stretch}`, stretch }))
      const tasks = async () => (await ana.api.tasks.list({ client_id: clientId, sort: 'created_at' })).items

      await send(next(1, [opening({ client_id: clientId }), failing(failed, 2), failing(failed, 3), closing(4)]))
      const left = await tasks()
      await send(next(2, [opening({ client_id: clientId }, { at: at(5) }), failing(failed, 6), closing(7)]))
      const still = await tasks()
      msp.clock.advance(1_000)
      await send(next(3, [opening({ client_id: clientId }, { at: at(8) }), succeeding(failed, 9)]))
      const [closed, ...others] = await tasks()

      expect(left).toMatchObject([
        { kind: 'pending', status: 'todo', title: expect.stringContaining('systemctl restart cups') },
      ])
      expect(still).toEqual(left)
      expect(others).toEqual([])
      expect(closed).toMatchObject({
        status: 'done',
        completed_at: at(9),
        row_version: (left[0]?.row_version ?? 0) + 1,
      })
      const block = await ana.api.context.get({ client_id: clientId })
      expect(block.text).not.toContain('Unresolved:')
    })

    test('a failure is a task even when its title would not fit', async () => {
      await using world = await office(database)
      const { send, clientId, ana } = world
      const hostname = `srv-${'x'.repeat(59)}`
      await ana.api.infrastructure.create({ client_id: clientId, kind: 'virtual_server', hostname })
      const long = { command: `ssh ${hostname} ${'y'.repeat(500)}`, success: false, exit_code: -9_007_199_254_740_991 }

      const outcomes = await send([
        opening({ client_id: clientId }),
        anEvent('command', { ...long, stderr: 'no' }),
        closing(9),
      ])

      expect(outcomes.map((outcome) => outcome.outcome)).toEqual(Array(3).fill('accepted'))
      const [task] = (await ana.api.tasks.list({ client_id: clientId })).items
      expect(task?.title.length).toBeLessThanOrEqual(200)
    })
  })

  describe(`who may add to a session, on ${database}`, () => {
    test('nobody whose access to its client was taken away, and no word about it is said', async () => {
      await using world = await office(database)
      const { send, clientId, ana, msp, sessions } = world
      await send([opening({ client_id: clientId }), succeeding('hostname', 1)])
      const [{ id } = { id: '' }] = await sessions()
      await msp.admin.api.users.revoke({ id: ana.id, client_id: clientId })

      const outcomes = await send([succeeding('whoami', 2), closing(3)])

      expect(outcomes.map((outcome) => outcome.outcome)).toEqual(['refused', 'refused'])
      expect(JSON.stringify(outcomes)).not.toContain(id.slice(-8))
      expect(JSON.stringify(outcomes)).not.toContain(clientId)
      expect((await msp.admin.api.sessions.report({ id })).counts.commands).toBe(1)
    })

    test('nobody who may only read its client', async () => {
      await using world = await office(database)
      const { send, clientId, msp } = world
      const reader = await msp.technician({ name: 'Rita', clients: ['Dataforth'], level: 'read' })

      const outcomes = await send([opening({ client_id: clientId })], reader)

      expect(outcomes).toMatchObject([{ outcome: 'refused', message: expect.stringContaining('write access') }])
      expect((await msp.admin.api.sessions.list({})).items).toEqual([])
    })

    test('nobody but its technician while it has no client, except who leads the team', async () => {
      await using world = await office(database)
      const { send, msp } = world
      const ben = await msp.technician({ name: 'Ben' })
      const lea = await msp.technician({ name: 'Lea', role: 'lead' })
      await send([opening({ mode: 'normal' })])

      const outcomes = [...(await send([succeeding('whoami', 1)], ben)), ...(await send([succeeding('id', 2)], lea))]

      expect(outcomes.map((outcome) => outcome.outcome)).toEqual(['refused', 'accepted'])
    })
  })
}
