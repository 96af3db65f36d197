import { describe, expect, test } from 'vitest'
import { endAbandoned } from '../../../server/domains/work/abandoned.ts'
import { DATABASES } from '../../support/databases.ts'
import { anEvent, type TestServer, testServer } from '../../support/server.ts'

const HOUR = 3_600_000
const day = (time: string, of = '12') => `2026-01-${of}T${time}:00.000Z`

async function world(msp: TestServer) {
  const ana = await msp.technician({ clients: ['Dataforth'] })
  const machine = await msp.machine(ana)
  const client_id = await msp.client('Dataforth')
  const opened = (at: string, stretch = 1) =>
    anEvent('session.opened', { mode: 'msp', client_id, trigger: 'command' }, { id: `open:${stretch}`, at, stretch })
  const ran = (at: string, stretch = 1) => anEvent('command', { command: 'ssh srv1 hostname' }, { at, stretch })
  const only = async (stretch = 1) => {
    const { items } = await ana.api.sessions.list({ stretch })
    return items[0] as (typeof items)[number]
  }
  return { ana, machine, opened, ran, only }
}

for (const database of DATABASES)
  describe(`sessions whose end nobody told, on ${database}`, () => {
    test('one that crashed is ended at its last activity, with its minutes and no hour more', async () => {
      await using msp = await testServer({ database, now: day('12:00') })
      const { ana, machine, opened, ran, only } = await world(msp)
      await msp.ingest(ana, machine, [opened(day('09:00')), ran(day('09:04')), ran(day('09:08'))])
      msp.clock.advance(24 * HOUR)

      expect(await endAbandoned(msp.server.deps)).toBe(1)
      expect(await only()).toMatchObject({
        ...{ status: 'abandoned', end_reason: 'idle', ended_at: day('09:08') },
        ...{ active_seconds: 480, wall_seconds: 480 },
      })
      expect(await endAbandoned(msp.server.deps)).toBe(0)
    })

    test('one that is quiet for an afternoon stays open', async () => {
      await using msp = await testServer({ database, now: day('10:00') })
      const { ana, machine, opened, only } = await world(msp)
      await msp.ingest(ana, machine, [opened(day('09:00'))])
      msp.clock.advance(6 * HOUR)

      expect(await endAbandoned(msp.server.deps)).toBe(0)
      expect((await only()).status).toBe('active')
    })

    test('one that was put aside stays so', async () => {
      await using msp = await testServer({ database, now: day('10:00') })
      const { ana, machine, opened, only } = await world(msp)
      await msp.ingest(ana, machine, [opened(day('09:00'))])
      await ana.api.sessions.pause({ id: (await only()).id })
      msp.clock.advance(48 * HOUR)

      expect(await endAbandoned(msp.server.deps)).toBe(0)
      expect((await only()).status).toBe('paused')
    })

    test('after a killed terminal, what was found later counts, and the session is not left open by it', async () => {
      await using msp = await testServer({ database, now: day('12:00') })
      const { ana, machine, opened, ran, only } = await world(msp)
      await msp.ingest(ana, machine, [opened(day('09:00')), ran(day('09:04'))])
      msp.clock.advance(24 * HOUR)
      await endAbandoned(msp.server.deps)
      await msp.ingest(ana, machine, [ran(day('09:09'))])

      await endAbandoned(msp.server.deps)
      expect(await only()).toMatchObject({ status: 'abandoned', ended_at: day('09:09'), active_seconds: 540 })
    })

    test('a laptop that slept overnight goes on in its session, and the night counts nothing', async () => {
      await using msp = await testServer({ database, now: day('18:00') })
      const { ana, machine, opened, ran, only } = await world(msp)
      await msp.ingest(ana, machine, [opened(day('17:00')), ran(day('17:05'))])
      msp.clock.set(day('08:00', '13'))
      await endAbandoned(msp.server.deps)
      msp.clock.set(day('08:20', '13'))
      const morning = [ran(day('08:10', '13')), ran(day('08:13', '13'))]
      await msp.ingest(ana, machine, morning)
      const running = await only()
      const closed = anEvent('session.closed', { reason: 'exit' }, { id: 'close:1', at: day('08:14', '13') })
      await msp.ingest(ana, machine, [closed])

      expect(running).toMatchObject({ status: 'active', ended_at: null, end_reason: null })
      expect(await only()).toMatchObject({
        ...{ status: 'ended', end_reason: 'exit', ended_at: day('08:14', '13') },
        active_seconds: 300 + 240,
      })
    })

    test('after /clear the stretch that was left is ended, and only the running one can become abandoned', async () => {
      await using msp = await testServer({ database, now: day('12:00') })
      const { ana, machine, opened, ran, only } = await world(msp)
      const cleared = anEvent('session.closed', { reason: 'clear' }, { id: 'close:1', at: day('09:05') })
      await msp.ingest(ana, machine, [opened(day('09:00')), ran(day('09:03')), cleared])
      await msp.ingest(ana, machine, [opened(day('09:05'), 2), ran(day('09:07'), 2)])
      msp.clock.advance(24 * HOUR)
      await endAbandoned(msp.server.deps)

      expect(await only(1)).toMatchObject({ status: 'ended', end_reason: 'clear', active_seconds: 300 })
      expect(await only(2)).toMatchObject({ status: 'abandoned', ended_at: day('09:07'), active_seconds: 120 })
    })

    test('what a person ended stays ended when events come late', async () => {
      await using msp = await testServer({ database, now: day('12:00') })
      const { ana, machine, opened, ran, only } = await world(msp)
      const closed = anEvent('session.closed', { reason: 'idle' }, { id: 'close:1', at: day('09:05') })
      await msp.ingest(ana, machine, [opened(day('09:00')), closed])
      await msp.ingest(ana, machine, [ran(day('09:06'))])

      expect(await only()).toMatchObject({ status: 'abandoned', ended_at: day('09:05') })
    })
  })
