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
      await lea.api.billableTime.reprice({ client_id, month: '2026-01' })
      const each = await Promise.all(entries.map((entry) => get(entry.id)))

      const sum = (of: typeof each) => of.reduce((all, entry) => all + (entry.billable_minutes ?? 0), 0)
      expect([sum(together), sum(each)]).toEqual([120, 180])
    })

    test('vector 13: what is beyond the block costs what was agreed, with or without the factor', async () => {
      await office()
      await lea.api.rateModifiers.create({
        ...{ client_id, name: 'Twice', valid_from, condition: 'weekend', kind: 'hours_multiply', value_bp: 20_000 },
      })
      const { id } = await block()

      const entry = await book(minutes(120), { work_date: '2026-01-10' })
      await lea.api.agreements.update({ id, overage_factor: true })
      await lea.api.billableTime.reprice({ client_id, month: '2026-01' })
      const [period] = (await lea.api.agreementPeriods.list({ agreement_id: id })).items

      expect(entry).toMatchObject({ billable_minutes: 120, amount_minor: 4_500, classification: 'billable' })
      expect((await get(entry.id)).amount_minor).toBe(9_000)
      expect(period).toMatchObject({ starts_on: '2026-01-01', ends_on: '2026-01-31', used_minutes: 180 })
    })
  })
}
