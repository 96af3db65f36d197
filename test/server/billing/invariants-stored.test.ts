import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { amountFor } from '../../../server/domains/billing/engine/money.ts'
import { amountOf, snapshotFrom } from '../../../server/domains/billing/engine/snapshot.ts'
import { localDay } from '../../../server/domains/billing/local-day.ts'
import { DATABASES } from '../../support/databases.ts'
import { type TestServer, type TestUser, testServer } from '../../support/server.ts'
import { CHANGES, MONEY, modifiers, rules } from './arbitraries.ts'

/** What holds for any work by any terms, of what the database has: 2,000 entries around the change of each clock. */

const OFFICES = 20
const ENTRIES = 100
const WEEK = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['08:00', '17:00']]]))
const valid_from = '2026-01-01'

const pieces = fc.array(
  fc.record({
    from: fc.integer({ min: -2_000, max: 2_000 }),
    length: fc.integer({ min: 0, max: 600 }),
    paused: fc.integer({ min: 0, max: 100 }),
    session: fc.constantFrom(0, 1, 2, null),
  }),
  { minLength: ENTRIES, maxLength: ENTRIES },
)
const offices = fc.record({
  pieces,
  rule: rules,
  hour: fc.integer({ min: 0, max: 100_000 }),
  currency: fc.constantFrom(...MONEY),
  modifiers,
})
type Office = typeof offices extends fc.Arbitrary<infer O> ? O : never

/** A rule of the engine as people enter it. */
const asAgreed = ({
  id,
  client_id,
  project_id,
  work_type_id,
  ticket_link_id,
  valid_to,
  valid_from,
  ...rule
}: Office['rule']) => rule

interface Booked {
  client_id: string
  rate: { id: string }
  sessions: string[]
}

for (const database of DATABASES) {
  describe(`time around a change of the clock, on ${database}`, () => {
    let msp: TestServer
    let lea: TestUser
    let machine_id: string
    let serial = 0
    beforeAll(async () => {
      msp = await testServer({ database, now: '2026-12-31T12:00:00.000Z' })
      lea = await msp.technician({ name: 'Lea', role: 'lead' })
      machine_id = await msp.machine(lea)
    })
    afterAll(() => msp[Symbol.asyncDispose]())

    /** A client with what was agreed with it, and the sessions that its time is of: two of one ticket, one of none. */
    async function anOffice(office: Office, timezone: string, change: string): Promise<Booked> {
      const name = `Client ${++serial}`
      const client_id = (await msp.admin.api.clients.create({ name, timezone })).id
      await msp.admin.api.users.grant({ id: lea.id, client_id, level: 'write' })
      const calendar = await lea.api.calendars.create({ client_id, name: 'Office', timezone, business_hours: WEEK })
      await lea.api.holidays.create({ calendar_id: calendar.id, day: change.slice(0, 10), name: 'Change' })
      await lea.api.billingRules.create({ ...asAgreed(office.rule), client_id, name: 'Rule', valid_from })
      const { hour: amount_minor, currency } = office
      const rate = await lea.api.rates.create({ client_id, name: 'Hour', valid_from, amount_minor, currency })
      for (const { id: modifierName, ...modifier } of office.modifiers)
        await lea.api.rateModifiers.create({ client_id, name: modifierName, valid_from, ...modifier })
      const sessions: string[] = []
      for (const ticket of ['1', '1', null])
        sessions.push(
          (
            await lea.api.sessions.create({
              ...{ client_id, machine_id, mode: 'msp', claude_session_id: `${name} ${sessions.length}` },
              ...(ticket === null ? {} : { ticket }),
            })
          ).id,
        )
      return { client_id, rate, sessions }
    }
    /** The entries of an office as they were worked, approved but without a price. */
    async function book({ client_id, sessions }: Booked, office: Office, timezone: string, change: string) {
      const { db, newId, clock } = msp.server.deps
      const now = clock().toISOString()
      const values = office.pieces.map(({ from, length, paused, session }) => {
        const start = Date.parse(change) + from * 60_000
        const [started_at, ended_at] = [start, start + length * 60_000].map((at) => new Date(at).toISOString())
        return {
          ...{ id: newId(), client_id, technician_id: lea.id, session_id: session === null ? null : sessions[session] },
          ...{ started_at, ended_at, raw_seconds: Math.floor((length * 60 * (100 - paused)) / 100), paused_seconds: 0 },
          ...{ tz: timezone, work_date: localDay(started_at as string, timezone), classification: 'billable' as const },
          ...{ source: 'manual' as const, status: 'approved' as const, created_at: now, created_by: lea.id },
          ...{ updated_at: now, updated_by: lea.id, row_version: 1 },
        }
      })
      await db.insertInto('billable_time').values(values).execute()
    }

    const month = (change: string) => change.slice(0, 7)
    const priced = (client_id: string, change: string) =>
      lea.api.billableTime.reprice({ client_id, month: month(change) })
    const stored = async (client_id: string) => {
      const { db } = msp.server.deps
      const found = await db
        .selectFrom('billable_time')
        .selectAll()
        .where('client_id', '=', client_id)
        .orderBy('id')
        .execute()
      return found.map((row) => {
        const snapshot = snapshotFrom(row.rule_snapshot)
        if (!snapshot) throw new Error(`${row.id} has no price`)
        return { row, snapshot }
      })
    }
    const sum = (numbers: readonly (number | null)[]) =>
      numbers.reduce<number>((before, one) => before + Number(one ?? 0), 0)
    const each = (claim: (office: Office) => Promise<void>) =>
      fc.assert(fc.asyncProperty(offices, claim), { numRuns: OFFICES, endOnFailure: true })

    test.each(CHANGES)(
      'of %s is stored with parts, groups and sums that add up',
      async (timezone, change) => {
        await each(async (office) => {
          const { client_id, ...rest } = await anOffice(office, timezone, change)
          await book({ client_id, ...rest }, office, timezone, change)

          const { after, entries } = await priced(client_id, change)
          const all = await stored(client_id)

          expect(entries).toBe(ENTRIES)
          for (const { row, snapshot } of all) {
            expect(sum(snapshot.parts.map(({ seconds }) => seconds))).toBe(row.raw_seconds)
            expect(amountOf(snapshot)).toBe(row.amount_minor)
            if (row.raw_seconds === 0) expect(row.billable_minutes).toBe(0)
          }
          for (const group of Map.groupBy(all, ({ snapshot }) => snapshot.group.key).values()) {
            const whole = group[0]?.snapshot.group.billable_minutes
            expect(sum(group.map(({ row }) => row.rounded_minutes))).toBe(whole)
            const parts = group.flatMap(({ snapshot }) => snapshot.parts).filter((part) => part.charged_minutes > 0)
            for (const line of Map.groupBy(parts, (part) => JSON.stringify(part.price)).values()) {
              const minutes = sum(line.map((part) => part.charged_minutes))
              const of = line[0]?.price
              expect(sum(line.map((part) => part.amount_minor))).toBe(of ? amountFor(minutes, of) : 0)
            }
          }
          expect(after.billable_minutes).toBe(sum(all.map(({ row }) => row.billable_minutes)))
          expect(sum(after.amounts.map(({ amount_minor }) => amount_minor))).toBe(
            sum(all.map(({ row }) => row.amount_minor)),
          )
        })
      },
      240_000,
    )

    test.each(CHANGES)(
      'of %s costs the same in whatever order it was entered, and when it is priced again',
      async (timezone, change) => {
        await each(async (office) => {
          const [one, other] = [await anOffice(office, timezone, change), await anOffice(office, timezone, change)]
          await book(one, office, timezone, change)
          await book(other, { ...office, pieces: office.pieces.toReversed() }, timezone, change)

          const first = await priced(one.client_id, change)
          const second = await priced(other.client_id, change)

          expect(second.after).toEqual(first.after)
          expect((await priced(one.client_id, change)).changed).toBe(0)
        })
      },
      240_000,
    )

    test.each(CHANGES)(
      'of %s that is exported stays as it is when the rate is changed later',
      async (timezone, change) => {
        await each(async (office) => {
          const { client_id, rate, ...rest } = await anOffice(office, timezone, change)
          await book({ client_id, rate, ...rest }, office, timezone, change)
          await lea.api.exportBatches.create({ client_id, month: month(change), target: 'csv' })
          const locked = await stored(client_id)

          await lea.api.rates.update({ id: rate.id, amount_minor: office.hour + 1_000 })
          await priced(client_id, change)

          expect(await stored(client_id)).toEqual(locked)
        })
      },
      240_000,
    )
  })
}
