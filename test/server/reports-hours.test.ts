import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sumsOf } from '../../server/domains/reports/hours.ts'
import { HOUR_GROUPINGS, type TimeSums } from '../../src/contract/hours.ts'
import { DATABASES } from '../support/databases.ts'
import { anEvent, type TestServer, type TestUser, testServer } from '../support/server.ts'

/** Worked time beside billed time: what stands in a line, and what it adds up to. */

const YEAR = { since: '2026-01-01', until: '2026-12-31' }
const CLASSES = ['billable', 'non_billable', 'no_charge', 'covered'] as const

for (const database of DATABASES) {
  describe(`hours, on ${database}`, () => {
    let msp: TestServer
    let ana: TestUser
    let ben: TestUser
    let clients: string[]
    beforeAll(async () => {
      msp = await testServer({ database, now: '2026-12-31T12:00:00.000Z' })
      ana = await msp.technician({ name: 'Ana', clients: ['Dataforth', 'Contoso', 'Initech'] })
      ben = await msp.technician({ name: 'Ben', clients: ['Contoso'] })
      clients = await Promise.all(['Dataforth', 'Contoso', 'Initech'].map((name) => msp.client(name)))
    })
    afterAll(() => msp[Symbol.asyncDispose]())

    interface Priced {
      billable_minutes?: number
      amount_minor?: number
      currency?: string
    }
    async function booked(who: TestUser, fields: Record<string, unknown>, priced: Priced = {}) {
      const { id } = await who.api.billableTime.create({ client_id: clients[0] as string, raw_seconds: 60, ...fields })
      const nothing = { billable_minutes: null, amount_minor: null, currency: null }
      const { db } = msp.server.deps
      await db
        .updateTable('billable_time')
        .set({ ...nothing, ...priced })
        .where('id', '=', id)
        .execute()
      return id
    }
    const names = (rows: { keys: { key: string | null; label: string | null }[] }[]) =>
      rows.map(({ keys }) => keys.map(({ key, label }) => label ?? key))

    test('stand beside how many sessions there were, of the clients that one may see', async () => {
      await using own = await testServer({ database, now: '2026-02-02T12:00:00.000Z' })
      const [dora, eve] = [
        await own.technician({ name: 'Dora', clients: ['Dataforth', 'Contoso'] }),
        await own.technician({ name: 'Eve', clients: ['Contoso'] }),
      ]
      const client_id = await own.client('Dataforth')
      const machineId = await own.machine(dora)
      for (const stream of ['s1', 's2'])
        await own.ingest(dora, machineId, [
          anEvent('session.opened', { mode: 'msp', client_id, trigger: 'command' }, { stream }),
        ])
      const span = { since: '2026-01-01', until: '2026-03-31' }

      expect((await dora.api.reports.hours(span)).sessions).toBe(2)
      expect((await dora.api.reports.hours({ ...span, client: 'Dataforth', by: 'month' })).sessions).toBe(2)
      expect((await dora.api.reports.hours({ ...span, since: '2026-02-03' })).sessions).toBe(0)
      expect((await eve.api.reports.hours(span)).sessions).toBe(0)
    })

    test('add up to their total, per currency, whatever was booked and however it is told apart', async () => {
      const entry = fc.record({
        client: fc.nat(2),
        work_date: fc.constantFrom('2026-01-31', '2026-02-01', '2026-07-15'),
        raw_seconds: fc.integer({ min: 0, max: 86_400 }),
        classification: fc.constantFrom(...CLASSES),
        billable_minutes: fc.option(fc.nat(600)),
        price: fc.option(
          fc.record({ amount_minor: fc.nat(9_000_000), currency: fc.constantFrom('USD', 'EUR', 'JPY') }),
        ),
      })
      const { db } = msp.server.deps
      await fc.assert(
        fc.asyncProperty(
          fc.array(entry, { maxLength: 8 }),
          fc.constantFrom(...HOUR_GROUPINGS),
          fc.constantFrom(...HOUR_GROUPINGS),
          fc.integer({ min: 1, max: 3 }),
          async (entries, by, other, limit) => {
            await db.deleteFrom('billable_time').execute()
            for (const { client, billable_minutes, price, classification, ...fields } of entries)
              await booked(
                ana,
                {
                  ...fields,
                  client_id: clients[client],
                  classification,
                  reason_code: classification === 'non_billable' ? 'training' : null,
                },
                { ...(billable_minutes === null ? {} : { billable_minutes }), ...price },
              )
            const and_by = other === by ? {} : { and_by: other }

            const found = await ana.api.reports.hours({ by, ...and_by, limit, ...YEAR })
            const { items } = await ana.api.reports.lines(YEAR)

            expect(added([...found.rows, found.others])).toEqual(found.total)
            expect(found.total).toEqual(fromLines(items))
            expect(found.total.entries).toBe(entries.length)
          },
        ),
        { numRuns: 15 },
      )
      await db.deleteFrom('billable_time').execute()
    }, 120_000)

    test('are by client and month, each of its local day, and only of clients that the caller may see', async () => {
      await booked(ana, { work_date: '2026-01-31', raw_seconds: 3_600 })
      await booked(ana, { client_id: clients[1], work_date: '2026-02-01', raw_seconds: 1_800 })
      await booked(ben, { client_id: clients[1], work_date: '2026-02-02', raw_seconds: 600 })
      const ask = { by: 'month', and_by: 'client', ...YEAR } as const

      const seen = await ana.api.reports.hours(ask)
      const bens = await ben.api.reports.hours(ask)

      expect(names(seen.rows)).toEqual([
        ['2026-01', 'Dataforth'],
        ['2026-02', 'Contoso'],
      ])
      expect(seen.total).toMatchObject({ entries: 3, raw_seconds: 6_000, not_priced: 3, amounts: [] })
      expect(names(bens.rows)).toEqual([['2026-02', 'Contoso']])
      expect(bens.total.raw_seconds).toBe(2_400)
      await expect(ben.api.reports.hours({ ...YEAR, client: 'Dataforth' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await msp.server.deps.db.deleteFrom('billable_time').execute()
    })

    test('come as lines page by page, by day, and say what claims the same time', async () => {
      const at = (time: string) => `2026-03-02T${time}:00.000Z`
      const twice = await booked(ana, { started_at: at('09:00'), ended_at: at('10:00'), raw_seconds: 3_600, tz: 'UTC' })
      const elsewhere = { client_id: clients[2], started_at: at('09:30'), ended_at: at('11:00'), tz: 'UTC' }
      await booked(ana, { ...elsewhere, raw_seconds: 5_400 })
      await booked(ana, { work_date: '2026-03-01', client_note: 'Spooler' })
      const ask = { client: 'Dataforth', ...YEAR, limit: 1 }

      const first = await ana.api.reports.lines(ask)
      const second = await ana.api.reports.lines({ ...ask, cursor: first.next_cursor as string })

      expect(first.items).toMatchObject([{ work_date: '2026-03-01', client_note: 'Spooler', overlaps: false }])
      expect(second).toMatchObject({ items: [{ id: twice, technician: 'Ana', overlaps: true }], next_cursor: null })
      await msp.server.deps.db.deleteFrom('billable_time').execute()
    })

    test('of one currency are never added to those of another, and what has no amount is counted as that', () => {
      const row = {
        entries: '1',
        raw_seconds: '60',
        billable_minutes: null,
        not_priced: 0,
        priced: 1,
        amount_minor: '5',
      }

      expect(
        sumsOf([
          { ...row, currency: 'USD' },
          { ...row, currency: 'JPY' },
          { ...row, currency: null, priced: 0, not_priced: '1', amount_minor: null },
        ]),
      ).toEqual({
        ...{ entries: 3, raw_seconds: 180, billable_minutes: 0, not_priced: 1 },
        amounts: [
          { currency: 'JPY', amount_minor: 5 },
          { currency: 'USD', amount_minor: 5 },
        ],
      })
    })

    test('all work for a client in some days is one answer', async () => {
      await booked(ana, { work_date: '2026-05-31', raw_seconds: 900 })
      await booked(ana, { work_date: '2026-06-01', raw_seconds: 60 })

      const work = await ana.api.reports.work({ client: 'dataforth', since: '2026-05-01', until: '2026-05-31' })

      expect(work).toMatchObject({
        ...{ client: { name: 'Dataforth' }, since: '2026-05-01', until_day: '2026-05-31', items: [], more: false },
        time: { entries: 1, raw_seconds: 900, not_priced: 1 },
      })
      const turned = { client: 'Dataforth', since: '2026-06-01', until: '2026-05-01' }
      await expect(ana.api.reports.work(turned)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    })
  })
}

type Entry = Awaited<ReturnType<TestUser['api']['reports']['lines']>>['items'][number]

const added = (rows: readonly TimeSums[]): TimeSums =>
  sumsOf(
    rows.flatMap(({ amounts, ...sums }) => [
      { ...sums, currency: null, priced: 0, amount_minor: null },
      ...amounts.map((one) => ({ ...NOTHING, ...one, priced: 1 })),
    ]),
  )
const NOTHING = { entries: 0, raw_seconds: 0, billable_minutes: 0, not_priced: 0 }

const fromLines = (items: readonly Entry[]): TimeSums =>
  added(
    items.map((one) => ({
      ...{ entries: 1, raw_seconds: one.raw_seconds ?? 0, billable_minutes: one.billable_minutes ?? 0 },
      not_priced: Number(one.classification === 'billable' && one.amount_minor === null),
      amounts:
        one.currency === null || one.amount_minor === null
          ? []
          : [{ currency: one.currency, amount_minor: one.amount_minor }],
    })),
  )
