import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { minutesOf } from '../../server/domains/reports/figures.ts'
import { periodsOf } from '../../server/domains/reports/periods.ts'
import { GROUPINGS, MEASURES } from '../../src/contract/figures.ts'
import { DATABASES } from '../support/databases.ts'
import { anEvent, type TestServer, type TestUser, testServer } from '../support/server.ts'

/** What can be added up without a query of one's own. */

const NOON = '2026-03-12T12:00:00.000Z'
const command = (success: boolean) =>
  anEvent('command', success ? { command: 'hostname' } : { command: 'id', success, exit_code: 1, stderr: 'no' })

for (const database of DATABASES) {
  describe(`figures, on ${database}`, () => {
    let msp: TestServer
    let ana: TestUser
    let ben: TestUser
    let dataforth: string
    let contoso: string
    beforeAll(async () => {
      msp = await testServer({ database, now: NOON })
      dataforth = await msp.client('Dataforth')
      contoso = await msp.client('Contoso')
      ana = await msp.technician({ name: 'Ana', clients: ['Dataforth', 'Contoso'] })
      ben = await msp.technician({ name: 'Ben', clients: ['Contoso'] })
      await worked(ana, dataforth, '2026-01-31T23:30:00.000Z', [true, false])
      await worked(ana, dataforth, '2026-02-10T10:00:00.000Z', [false, false])
      await worked(ana, contoso, '2026-02-11T10:00:00.000Z', [true])
      await worked(ben, contoso, '2026-02-12T10:00:00.000Z', [true, true, false])
    })
    afterAll(() => msp[Symbol.asyncDispose]())

    let stream = 0
    async function worked(who: TestUser, client_id: string, at: string, commands: boolean[]) {
      const of = `s${++stream}`
      await msp.ingest(
        who,
        await msp.machine(who),
        [
          anEvent('session.opened', { mode: 'msp', client_id, trigger: 'command' }, { id: `open:${of}` }),
          ...commands.map(command),
          anEvent('session.closed', { reason: 'user' }, { id: `close:${of}` }),
        ].map((event) => ({ ...event, stream: of, at })),
      )
    }

    const SPAN = { since: '2026-01-01', until: '2026-03-31' }
    const lines = (found: { rows: { keys: { key: string | null; label: string | null }[]; value: number }[] }) =>
      found.rows.map(({ keys, value }) => [...keys.map(({ key, label }) => label ?? key), value])

    test('are told apart by one thing or by two, and the lines add up to the total', async () => {
      const byClient = await ana.api.reports.figures({ measure: 'commands', by: 'client', ...SPAN })
      const byBoth = await msp.admin.api.reports.figures({
        ...{ measure: 'failed_commands', by: 'month', and_by: 'technician', ...SPAN },
      })

      expect(lines(byClient)).toEqual([
        ['Contoso', 4],
        ['Dataforth', 4],
      ])
      expect(byClient).toMatchObject({ total: 8, unit: 'count', others: { rows: 0, value: 0 } })
      expect(lines(byBoth)).toEqual([
        ['2026-01', 'Ana', 1],
        ['2026-02', 'Ana', 2],
        ['2026-02', 'Ben', 1],
      ])
      expect(byBoth.total).toBe(4)
    })

    test('count months and weeks as the clock on the wall does', async () => {
      const ask = { measure: 'sessions', by: 'month', client_id: dataforth, ...SPAN } as const
      const weeks = await ana.api.reports.figures({ ...ask, by: 'week' })

      expect(lines(await ana.api.reports.figures(ask))).toEqual([
        ['2026-01', 1],
        ['2026-02', 1],
      ])
      // In Berlin it was half past midnight of 1 February.
      expect(lines(await ana.api.reports.figures({ ...ask, timezone: 'Europe/Berlin' }))).toEqual([['2026-02', 2]])
      expect(lines(weeks)).toEqual([
        ['2026-01-26', 1],
        ['2026-02-09', 1],
      ])
    })

    test('hold nothing that the caller may not see, under whatever name it is asked for', async () => {
      const seen = await ben.api.reports.figures({ measure: 'commands', by: 'client', ...SPAN })

      expect(lines(seen)).toEqual([['Contoso', 4]])
      expect(seen.total).toBe(4)
      await expect(
        ben.api.reports.figures({ measure: 'commands', client: 'Dataforth', ...SPAN }),
      ).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(ben.api.reports.figures({ measure: 'commands', client_id: dataforth })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
    })

    test('say what is beyond the limit, and count it', async () => {
      const cut = await ana.api.reports.figures({ measure: 'sessions', by: 'week', limit: 1, ...SPAN })

      expect(cut).toMatchObject({ rows: [{ value: 3 }], others: { rows: 1, value: 1 }, total: 4 })
    })

    test('of time count what was worked by its local day, not what was taken back', async () => {
      const entry = { client_id: contoso, work_date: '2026-02-03' }
      await ana.api.billableTime.create({ ...entry, raw_seconds: 90 })
      await ben.api.billableTime.create({ ...entry, raw_seconds: 100 })
      await ben.api.billableTime.create({ ...entry, work_date: '2025-12-31', raw_seconds: 6_000 })

      const found = await ana.api.reports.figures({ measure: 'worked_minutes', by: 'technician', ...SPAN })

      // 190 seconds are three minutes, so are the lines together.
      expect(lines(found)).toEqual([
        ['Ben', 2],
        ['Ana', 1],
      ])
      expect(found).toMatchObject({ total: 3, unit: 'minutes' })
    })

    test('each measure can be asked for by each thing that it has, and says which when it has not', async () => {
      const refused: string[] = []
      for (const measure of MEASURES)
        for (const by of GROUPINGS)
          await ana.api.reports.figures({ measure, by, and_by: by === 'month' ? 'client' : 'month', ...SPAN }).then(
            (found) => expect(found.rows.reduce((sum, { value }) => sum + value, 0)).toBe(found.total),
            (error: { code: string; message: string }) => {
              expect(error).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('Take one of') })
              refused.push(`${measure} by ${by}`)
            },
          )

      expect(refused).toEqual([
        ...['sessions', 'active_minutes'].flatMap((one) => [`${one} by host`, `${one} by category`]),
        ...['work_items', 'work_minutes'].map((one) => `${one} by host`),
        ...['time_entries', 'worked_minutes', 'billable_minutes'].map((one) => `${one} by host`),
      ])
    })

    test('take no other word, no turned dates and not the same thing twice', async () => {
      const asked = [
        { measure: 'password_hash' },
        { measure: 'commands', by: 'client; drop table users' },
        { measure: 'commands', since: '2026-03-02', until: '2026-03-01' },
        { measure: 'commands', by: 'client', and_by: 'client' },
        { measure: 'commands', by: 'week', since: '2010-01-01' },
      ] as Parameters<typeof ana.api.reports.figures>[0][]

      for (const ask of asked)
        await expect(ana.api.reports.figures(ask)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    })
  })
}

test('seconds become minutes that add up', () => {
  expect(minutesOf([90, 100])).toEqual([1, 2])
  expect(minutesOf([29, 0])).toEqual([0, 0])
  expect(minutesOf([])).toEqual([])
})

test('weeks begin on Mondays, and years end', () => {
  expect(periodsOf('week', '2026-01-01', '2026-01-05').map(({ key }) => key)).toEqual(['2025-12-29', '2026-01-05'])
  expect(periodsOf('month', '2025-12-31', '2026-01-01')).toEqual([
    { key: '2025-12', untilDay: '2026-01-01' },
    { key: '2026-01', untilDay: '2026-02-01' },
  ])
})
