import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { amountOf, type Snapshot } from '../../../server/domains/billing/engine/snapshot.ts'
import { DATABASES } from '../../support/databases.ts'
import { type TestServer, type TestUser, testServer } from '../../support/server.ts'

/** What worked time costs, from what was agreed to the amount on the entry. */

const valid_from = '2026-01-01'
const minutes = (number: number) => number * 60

for (const database of DATABASES) {
  describe(`what time costs, on ${database}`, () => {
    let msp: TestServer
    let ana: TestUser
    let lea: TestUser
    let client_id: string
    let serial = 0
    beforeAll(async () => {
      msp = await testServer({ database, now: '2026-04-30T23:00:00.000Z' })
    })
    afterAll(() => msp[Symbol.asyncDispose]())

    async function office(timezone = 'America/Phoenix') {
      const name = `Client ${++serial}`
      client_id = (await msp.admin.api.clients.create({ name, timezone })).id
      ana = await msp.technician({ name: 'Ana', clients: [name] })
      lea = await msp.technician({ name: 'Lea', role: 'lead', clients: [name] })
    }
    const rate = (amount_minor: number, fields: Record<string, unknown> = {}) =>
      lea.api.rates.create({ client_id, name: 'Hour', valid_from, amount_minor, currency: 'USD', ...fields })
    const rule = (fields: Record<string, unknown>) =>
      lea.api.billingRules.create({ client_id, name: 'Rule', valid_from, ...fields })
    const book = (raw_seconds: number, fields: Record<string, unknown> = {}) =>
      ana.api.billableTime.create({ client_id, raw_seconds, work_date: '2026-01-12', ...fields })
    const get = (id: string) => lea.api.billableTime.get({ id })
    const block = (fields: Record<string, unknown> = {}) =>
      lea.api.agreements.create({
        ...{ client_id, name: 'Block', kind: 'block_hours', starts_on: valid_from, allotted_minutes: 180 },
        ...{ currency: 'USD', overage_rate_minor: 9_000, ...fields },
      })

    test.each([
      [1, 1, { increment_minutes: 15 }, 12_000, 15, 3_000],
      [2, 420, { increment_minutes: 6 }, 9_500, 12, 1_900],
      [3, 900, { increment_minutes: 15 }, 12_000, 15, 3_000],
      [4, 901, { increment_minutes: 15 }, 12_000, 30, 6_000],
      [5, 1_349, { increment_minutes: 15, rounding: 'nearest', seconds_mode: 'keep' }, 12_000, 15, 3_000],
      [5, 1_350, { increment_minutes: 15, rounding: 'nearest', seconds_mode: 'keep' }, 12_000, 30, 6_000],
      [5, 1_349, { increment_minutes: 15, rounding: 'nearest' }, 12_000, 30, 6_000],
      [6, 300, { increment_minutes: 30, minimum_minutes: 30 }, 12_000, 30, 6_000],
      [7, minutes(35), { increment_minutes: 30, grace_minutes: 10 }, 12_000, 30, 6_000],
      [7, minutes(40), { increment_minutes: 30, grace_minutes: 10 }, 12_000, 30, 6_000],
      [7, minutes(41), { increment_minutes: 30, grace_minutes: 10 }, 12_000, 60, 12_000],
      [9, 300, { increment_minutes: 1 }, 6_000, 5, 500],
      [9, 300, { increment_minutes: 1, amount_mode: 'decimal_hours' }, 6_000, 5, 480],
      [10, minutes(50), { increment_minutes: 1 }, 10_000, 50, 8_333],
      [16, 0, { increment_minutes: 15, minimum_minutes: 15 }, 12_000, 0, 0],
    ])('vector %i: %i seconds by %o at %i are %i minutes for %i', async (_, raw, by, minor, expected, amount) => {
      await office()
      await rate(minor)
      await rule(by)

      const entry = await book(raw)

      expect(entry).toMatchObject({ billable_minutes: expected, amount_minor: amount, raw_seconds: raw })
      expect(amountOf(entry.rule_snapshot as unknown as Snapshot)).toBe(amount)
    })

    test('vector 8: three visits of a day are rounded together, or each by itself', async () => {
      await office()
      await rate(10_000)
      const hour = { increment_minutes: 60, minimum_minutes: 60 }
      const { id } = await rule({ ...hour, aggregation: 'day' })

      const entries = [await book(minutes(45)), await book(minutes(45)), await book(minutes(5))]
      const together = await Promise.all(entries.map((entry) => get(entry.id)))
      await lea.api.billingRules.update({ id, aggregation: 'entry' })
      const each = await Promise.all(entries.map((entry) => get(entry.id)))

      const sum = (of: typeof each) => of.reduce((all, entry) => all + (entry.billable_minutes ?? 0), 0)
      expect([sum(together), sum(each)]).toEqual([120, 180])
    })

    const sumOf = (entries: readonly { billable_minutes: number | null; amount_minor: number | null }[]) => [
      entries.reduce((sum, entry) => sum + (entry.billable_minutes ?? 0), 0),
      entries.reduce((sum, entry) => sum + (entry.amount_minor ?? 0), 0),
    ]
    /** Visits to one ticket, on days of their own. */
    async function visits(seconds: readonly number[]) {
      const admin = msp.admin.api
      const integration = await admin.externalIntegrations.create({ type: 'syncro', name: `Syncro ${++serial}` })
      const task = await ana.api.tasks.create({ client_id, title: 'Printer' })
      const { id: ticket_link_id } = await ana.api.ticketLinks.create({
        ...{ client_id, integration_id: integration.id, external_id: '1', external_number: '12345', task_id: task.id },
      })
      const made: string[] = []
      for (const [at, raw] of seconds.entries())
        made.push((await book(raw, { work_date: `2026-01-1${at}`, ticket_link_id })).id)
      return () => Promise.all(made.map(get))
    }

    test('vector 8: three visits to a ticket are rounded together, or each by itself', async () => {
      await office()
      await rate(10_000)
      const { id } = await rule({ increment_minutes: 60, minimum_minutes: 60, aggregation: 'ticket' })
      const now = await visits([minutes(45), minutes(45), minutes(5)])

      const together = await now()
      await lea.api.billingRules.update({ id, aggregation: 'entry' })

      expect(sumOf(together)).toEqual([120, 20_000])
      expect(sumOf(await now())).toEqual([180, 30_000])
    })

    test('vector 11: a third of an hour three times is a cent short of the hour, unless its ticket is counted whole', async () => {
      await office()
      await rate(10_000)
      const { id } = await rule({ increment_minutes: 1, aggregation: 'entry' })
      const now = await visits([1_200, 1_200, 1_200])

      const each = await now()
      await lea.api.billingRules.update({ id, aggregation: 'ticket' })

      expect(each.map(({ amount_minor }) => amount_minor)).toEqual([3_333, 3_333, 3_333])
      expect(sumOf(await now())).toEqual([60, 10_000])
    })

    test('vector 15: a currency without smaller units has amounts of whole ones', async () => {
      await office()
      await rate(9_000, { currency: 'JPY' })
      await rule({ increment_minutes: 15 })

      expect(await book(minutes(10))).toMatchObject({ billable_minutes: 15, amount_minor: 2_250, currency: 'JPY' })
    })

    test('vector 17: travel nearby is not billed, further away at half the rate', async () => {
      await office()
      await rate(10_000)
      await rule({ increment_minutes: 15 })
      const nearby = { classification: 'non_billable' as const, is_travel: true }
      const near = await lea.api.workTypes.create({ name: `Travel to 60 miles ${serial}`, ...nearby })
      const far = await lea.api.workTypes.create({ name: `Travel ${serial}`, is_travel: true })
      await rate(5_000, { work_type_id: far.id })

      expect(await book(minutes(40), { work_type_id: near.id })).toMatchObject({
        ...{ classification: 'non_billable', billable_minutes: 0, amount_minor: 0 },
      })
      expect(await book(minutes(40), { work_type_id: far.id })).toMatchObject({
        ...{ classification: 'billable', billable_minutes: 45, amount_minor: 3_750 },
      })
    })

    test('vector 13: what is beyond the block costs what was agreed, with or without the factor', async () => {
      await office()
      await lea.api.rateModifiers.create({
        ...{ client_id, name: 'Twice', valid_from, condition: 'weekend', kind: 'hours_multiply', value_bp: 20_000 },
      })
      const { id } = await block()

      const entry = await book(minutes(120), { work_date: '2026-01-10' })
      await lea.api.agreements.update({ id, overage_factor: true })
      const [period] = (await lea.api.agreementPeriods.list({ agreement_id: id })).items

      expect(entry).toMatchObject({ billable_minutes: 120, amount_minor: 4_500, classification: 'billable' })
      expect((await get(entry.id)).amount_minor).toBe(9_000)
      expect(period).toMatchObject({ starts_on: '2026-01-01', ends_on: '2026-01-31', used_minutes: 180 })
    })

    test('vectors 12 and 14: after hours and over the change of the clock, by the clock of the client', async () => {
      await office('America/New_York')
      await rate(10_000)
      const office_hours = [['08:00', '17:00']]
      await lea.api.calendars.create({
        ...{ client_id, name: 'Office', timezone: 'America/New_York', business_hours: { fri: office_hours } },
      })
      const after = { client_id, name: 'After hours', valid_from, condition: 'after_hours', kind: 'multiply' } as const
      await lea.api.rateModifiers.create({ ...after, value_bp: 15_000 })
      const at = (started_at: string, ended_at: string) =>
        ana.api.billableTime.create({ client_id, started_at, ended_at })

      const friday = await at('2026-01-09T21:30:00.000Z', '2026-01-09T23:30:00.000Z')
      const night = await at('2026-03-08T06:30:00.000Z', '2026-03-08T07:30:00.000Z')

      expect(friday).toMatchObject({ billable_minutes: 120, amount_minor: 27_500 })
      expect(night).toMatchObject({ billable_minutes: 60, amount_minor: 15_000 })
    })

    test('a rate that is entered after the work prices it, and no locked line', async () => {
      await office()
      const exported = await book(3_600)
      await ana.api.billableTime.submit({ id: exported.id })
      const { id } = await rate(10_000)
      await lea.api.billableTime.approve({ id: exported.id })
      await lea.api.exportBatches.create({ client_id, month: '2026-01' })
      const open = await book(3_600)

      await lea.api.rates.update({ id, amount_minor: 20_000 })

      expect(exported.amount_minor).toBeNull()
      expect((await get(exported.id)).amount_minor).toBe(10_000)
      expect((await get(open.id)).amount_minor).toBe(20_000)
    })

    test('what is exported is locked at the terms of that moment, though nobody had priced it anew', async () => {
      await office()
      await rate(10_000)
      const { id } = await book(3_600)
      await ana.api.billableTime.submit({ id })
      await lea.api.billableTime.approve({ id })
      const { db } = msp.server.deps
      await db.updateTable('billable_time').set({ amount_minor: 1 }).where('id', '=', id).execute()

      const { id: batch } = await lea.api.exportBatches.create({ client_id, month: '2026-01' })

      expect(await get(id)).toMatchObject({ status: 'exported', amount_minor: 10_000, export_batch_id: batch })
    })

    test('a month that is computed again says what has changed', async () => {
      await office()
      await rate(10_000)
      const { id } = await book(3_600)
      await msp.server.deps.db.updateTable('billable_time').set({ amount_minor: 1 }).where('id', '=', id).execute()

      const answer = await lea.api.billableTime.reprice({ client_id, month: '2026-01' })

      expect(answer).toEqual({
        ...{ entries: 1, changed: 1 },
        before: { billable_minutes: 60, amounts: [{ currency: 'USD', amount_minor: 1 }] },
        after: { billable_minutes: 60, amounts: [{ currency: 'USD', amount_minor: 10_000 }] },
      })
    })

    test('what is taken back frees what it had drawn', async () => {
      await office()
      const { id: agreement_id } = await block({ allotted_minutes: 60 })
      const first = await book(minutes(60))
      await ana.api.billableTime.submit({ id: first.id })
      await lea.api.billableTime.approve({ id: first.id })
      await lea.api.exportBatches.create({ client_id, month: '2026-01' })
      const second = await book(minutes(60), { work_date: '2026-01-13' })

      await lea.api.billableTime.reverse({ id: first.id, reason: 'Wrong client' })

      expect([first.classification, second.amount_minor]).toEqual(['covered', 9_000])
      expect(await get(second.id)).toMatchObject({ classification: 'covered', amount_minor: 0 })
      const [period] = (await lea.api.agreementPeriods.list({ agreement_id })).items
      expect(period?.used_minutes).toBe(60)
    })

    test('the block is drawn in the order of the work, in whatever order it was entered', async () => {
      await office()
      await block({ allotted_minutes: 60 })
      const later = await book(minutes(60), { work_date: '2026-01-20' })
      const earlier = await book(minutes(60), { work_date: '2026-01-05' })

      expect([later.amount_minor, (await get(later.id)).amount_minor, earlier.amount_minor]).toEqual([0, 9_000, 0])
      await ana.api.billableTime.archive({ id: earlier.id })
      expect((await get(later.id)).amount_minor).toBe(0)
    })

    test('what a month leaves is carried over, as far as was agreed and as long', async () => {
      await office()
      const carry = { carry_over_percent: 50, carry_over_months: 1 }
      const { id: agreement_id } = await block({ allotted_minutes: 120, ...carry })
      await book(minutes(60), { work_date: '2026-01-10' })

      const february = await book(minutes(150), { work_date: '2026-02-10' })
      await book(minutes(60), { work_date: '2026-01-11' })
      const march = await book(minutes(150), { work_date: '2026-03-10' })

      const { items } = await lea.api.agreementPeriods.list({ agreement_id, sort: 'starts_on' })
      expect(february.amount_minor).toBe(0)
      expect((await get(february.id)).amount_minor).toBe(4_500)
      expect(march.amount_minor).toBe(4_500)
      expect(items.map((one) => [one.starts_on, one.carried_over_minutes, one.used_minutes])).toEqual([
        ['2026-01-01', 0, 120],
        ['2026-02-01', 0, 120],
        ['2026-03-01', 0, 120],
      ])
    })

    test('a retainer pays until it is empty, and flat rates pay all', async () => {
      await office()
      await rate(10_000)
      const { id } = await lea.api.agreements.create({
        ...{ client_id, name: 'Retainer', kind: 'retainer', starts_on: valid_from, currency: 'USD' },
        allotted_minor: 15_000,
      })

      const first = await book(3_600)
      const second = await book(3_600, { work_date: '2026-01-13' })
      await lea.api.agreements.update({ id, kind: 'flat_rate', allotted_minor: null })

      expect([first, second].map((one) => [one.classification, one.amount_minor])).toEqual([
        ['covered', 0],
        ['billable', 5_000],
      ])
      expect(await get(second.id)).toMatchObject({
        ...{ classification: 'covered', reason_code: 'covered_by_agreement', amount_minor: 0, billable_minutes: 60 },
      })
    })

    test('what a person says of an entry stays, whatever is computed of it', async () => {
      await office()
      await rate(10_000)
      const flat = { client_id, name: 'Managed', kind: 'flat_rate', starts_on: valid_from } as const
      const { id } = await lea.api.agreements.create(flat)
      const covered = await book(3_600)
      const free = await ana.api.billableTime.update({
        ...{ id: (await book(3_600)).id, classification: 'no_charge', reason_code: 'goodwill' },
      })

      await lea.api.agreements.archive({ id })

      expect([covered.classification, free.classification]).toEqual(['covered', 'no_charge'])
      expect(await get(covered.id)).toMatchObject({
        classification: 'billable',
        reason_code: null,
        amount_minor: 10_000,
      })
      expect(await get(free.id)).toMatchObject({ classification: 'no_charge', amount_minor: 0, billable_minutes: 60 })
    })

    test('a lead sets the rate of one entry', async () => {
      await office()
      await rate(10_000)
      const { id } = await book(3_600)

      const set = await lea.api.billableTime.overrideRate({ id, amount_minor: 7_500, currency: 'USD' })
      const back = await lea.api.billableTime.overrideRate({ id, amount_minor: null })

      expect(set).toMatchObject({ amount_minor: 7_500, rate_source: 'entry' })
      expect(back).toMatchObject({ amount_minor: 10_000, rate_source: 'client' })
      const much = { id, amount_minor: 2 ** 53 - 1, currency: 'USD' }
      await expect(lea.api.billableTime.overrideRate(much)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
      await expect(ana.api.billableTime.overrideRate({ id, amount_minor: 1, currency: 'USD' })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      })
    })

    test('twelve visits to one ticket at the same moment are counted together', async () => {
      await office()
      await rate(12_000)
      await rule({ increment_minutes: 60, aggregation: 'day' })

      await Promise.all(Array.from({ length: 12 }, () => book(minutes(7))))
      const { items } = await lea.api.billableTime.list({ client_id })

      expect(items.reduce((sum, entry) => sum + (entry.billable_minutes ?? 0), 0)).toBe(120)
      expect(items.reduce((sum, entry) => sum + (entry.amount_minor ?? 0), 0)).toBe(24_000)
    })

    test('a rule that would round again what it rounded is refused', async () => {
      await office()

      await expect(rule({ increment_minutes: 15, minimum_minutes: 20 })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        message: 'minimum_minutes must be a multiple of increment_minutes: 15.',
      })
    })
  })
}
