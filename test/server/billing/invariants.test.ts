import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { billableMinutes } from '../../../server/domains/billing/engine/minutes.ts'
import { amountFor, rounded } from '../../../server/domains/billing/engine/money.ts'
import { price } from '../../../server/domains/billing/engine/price.ts'
import { amountOf } from '../../../server/domains/billing/engine/snapshot.ts'
import type { Agreement, Work } from '../../../server/domains/billing/engine/terms.ts'
import { CHANGES, MONEY, modifiers, rules } from './arbitraries.ts'
import { aCalendar, aModifier, aRate, aRule, between, someTerms, someWork } from './engine-world.ts'

/** What holds for any work by any terms. */

const RUNS = { numRuns: 10_000 }
const seconds = fc.integer({ min: 0, max: 86_400 })

describe('minutes', () => {
  test('rounded up are never fewer than were worked', () => {
    fc.assert(
      fc.property(seconds, rules, (raw, rule) => {
        const up = { ...rule, rounding: 'up' as const, grace_minutes: 0, maximum_minutes: null }
        expect(billableMinutes(raw, up) * 60).toBeGreaterThanOrEqual(raw)
      }),
      RUNS,
    )
  })

  test('rounded again stay as they are', () => {
    fc.assert(
      fc.property(seconds, rules, (raw, rule) => {
        const once = billableMinutes(raw, rule)
        expect(billableMinutes(once * 60, rule)).toBe(once)
      }),
      RUNS,
    )
  })

  test('are not fewer for more work', () => {
    fc.assert(
      fc.property(seconds, seconds, rules, (a, b, rule) => {
        expect(billableMinutes(Math.max(a, b), rule)).toBeGreaterThanOrEqual(billableMinutes(Math.min(a, b), rule))
      }),
      RUNS,
    )
  })

  test('of no work are none, whatever the minimum', () => {
    fc.assert(
      fc.property(rules, (rule) => {
        expect(billableMinutes(0, rule)).toBe(0)
      }),
      RUNS,
    )
  })
})

describe('money', () => {
  test('is rounded as whole numbers say', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 12n }), (a, b) => {
        const up = rounded(a, b, 'half_up')
        const even = rounded(a, b, 'half_even')
        const isHalf = 2n * (a % b) === b
        expect(2n * up * b - 2n * a <= b && 2n * a - 2n * up * b < b).toBe(true)
        expect(isHalf ? even % 2n : even - up).toBe(0n)
      }),
      RUNS,
    )
  })

  test('is not less for more minutes', () => {
    const prices = fc.record({
      unit: fc.constantFrom('hour' as const, 'flat' as const),
      hour_e8: fc.bigInt({ min: 0n, max: 10n ** 16n }).map(String),
      amount_mode: fc.constantFrom('exact' as const, 'decimal_hours' as const),
      money_rounding: fc.constantFrom('half_up' as const, 'half_even' as const),
    })
    fc.assert(
      fc.property(fc.nat(5_000), fc.nat(5_000), prices, (a, b, of) => {
        expect(amountFor(Math.max(a, b), of)).toBeGreaterThanOrEqual(amountFor(Math.min(a, b), of))
      }),
      RUNS,
    )
  })
})

/** Where the clock changes, and where it never does. */
const places: [string, string][] = [
  ...CHANGES,
  ['Europe/Berlin', '2026-03-29T01:00:00.000Z'],
  ['America/Phoenix', '2026-03-08T09:00:00.000Z'],
  ['Asia/Kathmandu', '2026-03-29T01:00:00.000Z'],
]

/** Up to six entries around a change of the clock, on two tickets, and what they are billed by. */
const offices = fc
  .record({
    place: fc.constantFrom(...places),
    pieces: fc.array(
      fc.record({
        from: fc.integer({ min: -2_000, max: 2_000 }),
        length: fc.integer({ min: 0, max: 600 }),
        paused: fc.integer({ min: 0, max: 100 }),
        ticket: fc.constantFrom('1', '2', null),
        session_id: fc.constantFrom('s', null),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    rule: rules,
    hour: fc.integer({ min: 0, max: 100_000 }),
    currency: fc.constantFrom(...MONEY),
    modifiers: modifiers.map((list) => list.map(aModifier)),
  })
  .map(({ place: [tz, change], pieces, rule, hour, currency, modifiers: own }) => {
    const works = pieces.map(({ from, length, paused, ticket, session_id }, index): Work => {
      const start = Date.parse(change) + from * 60_000
      const [a, b] = [start, start + length * 60_000].map((at) => new Date(at).toISOString()) as [string, string]
      const whole = between(a, b, { id: `${index}`, ticket, session_id })
      return { ...whole, raw_seconds: Math.floor((whole.raw_seconds * (100 - paused)) / 100) }
    })
    const holidays = [change.slice(0, 10)]
    const terms = someTerms({
      ...{ timezone: tz, rules: [rule], modifiers: own, calendars: [aCalendar(tz, holidays)] },
      rates: [aRate(hour, { currency })],
    })
    return { works, terms }
  })

describe('entries around a change of the clock', () => {
  test('have parts that add up, and minutes and amounts that add up to those of their groups', () => {
    fc.assert(
      fc.property(offices, ({ works, terms }) => {
        const priced = price(works, terms, [])
        const groups = Map.groupBy(priced.values(), ({ rule_snapshot }) => rule_snapshot.group.key)
        for (const work of works) {
          const parts = priced.get(work.id)?.rule_snapshot.parts ?? []
          expect(parts.reduce((sum, part) => sum + part.seconds, 0)).toBe(work.raw_seconds)
        }
        for (const group of groups.values()) {
          const of = group[0]?.rule_snapshot.group
          expect(group.reduce((sum, { rounded_minutes }) => sum + (rounded_minutes ?? 0), 0)).toBe(of?.billable_minutes)
          const lines = Map.groupBy(
            group.flatMap(({ rule_snapshot }) => rule_snapshot.parts).filter((part) => part.charged_minutes > 0),
            (part) => JSON.stringify(part.price),
          )
          for (const line of lines.values()) {
            const minutes = line.reduce((sum, part) => sum + part.charged_minutes, 0)
            const of = line[0]?.price
            expect(line.reduce((sum, part) => sum + (part.amount_minor ?? 0), 0)).toBe(of ? amountFor(minutes, of) : 0)
          }
        }
      }),
      RUNS,
    )
  }, 120_000)

  test('cost the same in whatever order they come, and by their snapshots alone', () => {
    fc.assert(
      fc.property(offices, fc.integer(), ({ works, terms }, turn) => {
        const at = Math.abs(turn) % works.length
        const priced = price(works, terms, [])
        const turned = price([...works.slice(at), ...works.slice(0, at)].reverse(), terms, [])
        for (const { id } of works) {
          const one = priced.get(id)
          expect(turned.get(id)).toEqual(one)
          expect(amountOf(JSON.parse(JSON.stringify(one?.rule_snapshot)))).toBe(one?.amount_minor)
        }
      }),
      RUNS,
    )
  }, 120_000)

  test('draw of a block of hours what it has, and no more', () => {
    const pool = fc.integer({ min: 0, max: 2_000 })
    fc.assert(
      fc.property(offices, pool, ({ works, terms }, minutes) => {
        const lot = {
          agreement_id: 'block',
          period_id: 'p',
          from: '2026-01-01',
          until: '2026-12-31',
          minutes,
          minor: 0,
        }
        const agreements: Agreement[] = [
          {
            ...{
              id: 'block',
              client_id: 'client',
              kind: 'block_hours',
              status: 'active',
              starts_on: '2026-01-01',
              ends_on: null,
            },
            ...{ coverage: {}, allotted_minutes: minutes, allotted_minor: null, currency: 'USD', period: 'year' },
            ...{
              carry_over_percent: 0,
              carry_over_months: null,
              overage_rate_minor: 9_000,
              overage_factor: null,
              priority: 0,
            },
          },
        ]
        const priced = [...price(works, { ...terms, agreements }, [lot]).values()]
        const parts = priced.flatMap(({ rule_snapshot }) => rule_snapshot.parts)
        const drawn = parts.flatMap((part) => part.drawn).reduce((sum, one) => sum + one.minutes, 0)
        expect(drawn + lot.minutes).toBe(minutes)
        for (const part of parts) expect(part.charged_minutes).toBeLessThanOrEqual(part.minutes)
        // What is not covered is only billed when nothing is left.
        if (lot.minutes > 0) expect(parts.filter((part) => part.charged_minutes > 0)).toEqual([])
      }),
      RUNS,
    )
  }, 120_000)

  test('are counted without those that nobody worked', () => {
    const [nothing] = price(
      [someWork({ raw_seconds: 0 })],
      someTerms({ rules: [aRule({ minimum_minutes: 15 })] }),
      [],
    ).values()

    expect(nothing?.billable_minutes).toBe(0)
  })
})
