import { describe, expect, test } from 'vitest'
import { checkSeconds } from '../../../server/domains/billing/engine/minutes.ts'
import { price } from '../../../server/domains/billing/engine/price.ts'
import { aCalendar, aModifier, aRate, aRule, between, prices, someTerms, someWork } from './engine-world.ts'

/** The engine by itself: what worked time costs by given terms. */

const amounts = (priced: ReturnType<typeof prices>) => priced.map(({ amount_minor }) => amount_minor)

describe('vectors of billing', () => {
  test('11: three lines of a third of an hour are a cent short of the hour; counted together they are the hour', () => {
    const works = ['a', 'b', 'c'].map((id) => someWork({ id, raw_seconds: 1_200, ticket: '12345' }))

    const each = prices(works, someTerms({ rates: [aRate(10_000)] }))
    const together = prices(works, someTerms({ rates: [aRate(10_000)], rules: [aRule({ aggregation: 'ticket' })] }))

    expect(amounts(each)).toEqual([3_333, 3_333, 3_333])
    expect(amounts(together)).toEqual([3_333, 3_334, 3_333])
  })

  test('8: what is counted together is rounded once', () => {
    const works = [45, 45, 5].map((minutes, index) =>
      someWork({ id: `${index}`, raw_seconds: minutes * 60, ticket: '12345' }),
    )
    const hour = { increment_minutes: 60, minimum_minutes: 60 }
    const sum = (rule: Parameters<typeof aRule>[0]) =>
      prices(works, someTerms({ rules: [aRule({ ...hour, ...rule })] })).reduce(
        (all, { billable_minutes }) => all + (billable_minutes ?? 0),
        0,
      )

    expect([sum({ aggregation: 'ticket' }), sum({ aggregation: 'entry' })]).toEqual([120, 180])
  })

  test.each([
    ['first', 'second'],
    ['second', 'first'],
  ])(
    'of what begins at the same instant, what ends first carries the minimum, be it %s entered or %s',
    (short, long) => {
      const begun = { ticket: '12345', work_date: '2026-01-12', started_at: '2026-01-12T08:00:00.000Z' }
      const works = [
        someWork({ ...begun, id: short, ended_at: '2026-01-12T08:20:00.000Z', raw_seconds: 1_200 }),
        someWork({ ...begun, id: long, ended_at: '2026-01-12T08:40:00.000Z', raw_seconds: 2_400 }),
      ]
      const rule = aRule({ increment_minutes: 15, minimum_minutes: 60, minimum_applies: 'once_per_ticket_day' })

      const priced = prices(works, someTerms({ rates: [aRate(10_000)], rules: [rule] }))

      expect(priced.map(({ billable_minutes }) => billable_minutes)).toEqual([60, 45])
    },
  )

  test('12: work that goes on after hours is split where they begin', () => {
    const friday = between('2026-01-09T15:30:00.000Z', '2026-01-09T17:30:00.000Z')
    const terms = { rates: [aRate(10_000)], modifiers: [aModifier()], calendars: [aCalendar('Europe/Berlin')] }

    const [priced] = prices([friday], someTerms(terms))

    expect(priced?.rule_snapshot.parts).toMatchObject([
      { seconds: 1_800, minutes: 30, modifiers: [], amount_minor: 5_000 },
      { seconds: 5_400, minutes: 90, modifiers: [{ condition: 'after_hours' }], amount_minor: 22_500 },
    ])
    expect(priced).toMatchObject({ billable_minutes: 120, amount_minor: 27_500, modifier_bp: null })
  })

  test.each([
    ['start', 20_000],
    ['majority', 30_000],
  ] as const)('12: by the clock of the %s all of it costs the same', (clock, expected) => {
    const friday = between('2026-01-09T15:30:00.000Z', '2026-01-09T17:30:00.000Z')
    const modifiers = [aModifier({ clock })]

    const [priced] = prices(
      [friday],
      someTerms({ rates: [aRate(10_000)], modifiers, calendars: [aCalendar('Europe/Berlin')] }),
    )

    expect(priced?.amount_minor).toBe(expected)
  })

  test('14: an hour over the change of the clock is an hour', () => {
    const [priced] = prices(
      [between('2026-03-29T00:30:00.000Z', '2026-03-29T01:30:00.000Z')],
      someTerms({
        rates: [aRate(10_000)],
        modifiers: [aModifier({ condition: 'weekend' })],
        calendars: [aCalendar('Europe/Berlin')],
      }),
    )

    expect(priced).toMatchObject({ billable_minutes: 60, amount_minor: 15_000, modifier_bp: 15_000 })
  })

  test.each([
    ['JPY', 10, 9_000, 2_250],
    ['KWD', 10, 35_125, 8_781],
  ])('15: %s has other minor units', (currency, minutes, hour, expected) => {
    const terms = { rates: [aRate(hour, { currency })], rules: [aRule({ increment_minutes: 15 })] }

    const [priced] = prices([someWork({ raw_seconds: minutes * 60 })], someTerms(terms))

    expect(priced).toMatchObject({ billable_minutes: 15, amount_minor: expected, currency })
  })

  test('17: travel nearby is not billed, further away at half the rate', () => {
    const rates = [aRate(10_000), aRate(5_000, { id: 'half', work_type_id: 'far' })]
    const terms = someTerms({ rates, rules: [aRule({ increment_minutes: 15 })] })
    const usual = { classification: 'non_billable', reason_code: 'travel_included', because: 'work type' } as const

    const [near, far] = prices(
      [
        someWork({ id: 'near', raw_seconds: 2_400, work_type_id: 'near', usual }),
        someWork({ id: 'far', raw_seconds: 2_400, work_type_id: 'far' }),
      ],
      terms,
    )

    expect(near).toMatchObject({ billable_minutes: 0, classification: 'non_billable', reason_code: 'travel_included' })
    expect(far).toMatchObject({ billable_minutes: 45, amount_minor: 3_750, rate_source: 'work type' })
  })

  test.each([90_000, -1, 0.5])('18: %d seconds are refused: a person has to say what it was', (seconds) => {
    expect(() => checkSeconds(seconds)).toThrow('at most 24 hours')
  })
})

describe('what else decides', () => {
  test.each([
    ['the entry', { override: { amount_minor: 1, currency: 'USD' } }, 1],
    ['project and work type', { project_id: 'p', work_type_id: 'w' }, 2],
    ['client and work type', { work_type_id: 'w' }, 3],
    ['project', { project_id: 'p' }, 4],
    ['client', {}, 5],
  ])('the rate of %s comes first', (_, fields, expected) => {
    const client = { client_id: 'client' }
    const rates = [
      aRate(9),
      aRate(8, { id: 'r8', user_id: 'ana' }),
      aRate(7, { id: 'r7', work_type_id: 'w' }),
      aRate(6, { id: 'r6', role: 'technician' }),
      aRate(5, { id: 'r5', ...client }),
      aRate(4, { id: 'r4', ...client, project_id: 'p' }),
      aRate(3, { id: 'r3', ...client, work_type_id: 'w' }),
      aRate(2, { id: 'r2', ...client, project_id: 'p', work_type_id: 'w' }),
    ]

    expect(prices([someWork(fields)], someTerms({ rates }))[0]?.rate_minor).toBe(expected)
  })

  test('what exported entries were billed is taken from what their group is', () => {
    const rules = [aRule({ increment_minutes: 60, aggregation: 'ticket' })]
    const locked = someWork({ id: 'a', raw_seconds: 2_700, ticket: '1', lockedMinutes: 60 })
    const later = (raw_seconds: number) => {
      const work = someWork({ id: 'b', raw_seconds, ticket: '1', started_at: '2026-01-12T10:00:00.000Z' })
      return price([work, locked], someTerms({ rules }), []).get('b')?.billable_minutes
    }

    expect([later(300), later(1_800)]).toEqual([0, 60])
  })

  test('the minimum counts once a day for a ticket where it was agreed so', () => {
    const rules = [aRule({ increment_minutes: 15, minimum_minutes: 30, minimum_applies: 'once_per_ticket_day' })]
    const works = ['a', 'b'].map((id) => someWork({ id, raw_seconds: 300, ticket: '1' }))

    expect(prices(works, someTerms({ rules })).map(({ billable_minutes }) => billable_minutes)).toEqual([30, 15])
  })

  test('without a rate there are minutes and no amount, and it says why', () => {
    const [priced] = prices([someWork()], someTerms())

    expect(priced).toMatchObject({ billable_minutes: 10, amount_minor: null, rate_minor: null })
    expect(priced?.rule_snapshot.notes).toEqual(['No rate applies, so there is no amount.'])
  })

  test("a client's own modifier takes the place of everyone's", () => {
    const modifiers = [
      aModifier({ id: 'all', condition: 'weekend', value_bp: 20_000 }),
      aModifier({ id: 'own', condition: 'weekend', value_bp: 12_500, client_id: 'client' }),
    ]

    const [priced] = prices(
      [someWork({ work_date: '2026-01-10', raw_seconds: 3_600 })],
      someTerms({ rates: [aRate(10_000)], modifiers }),
    )

    expect(priced?.amount_minor).toBe(12_500)
  })

  test('modifiers count the highest, and those that add up on top of it', () => {
    const at = { condition: 'weekend' } as const
    const modifiers = [
      aModifier({ id: 'a', ...at, value_bp: 15_000 }),
      aModifier({ id: 'b', ...at, value_bp: 20_000 }),
      aModifier({
        id: 'c',
        ...at,
        kind: 'add_minor',
        value_bp: null,
        value_minor: 1_000,
        currency: 'USD',
        stacking: 'sum',
      }),
    ]

    const [priced] = prices(
      [someWork({ work_date: '2026-01-10', raw_seconds: 3_600 })],
      someTerms({ rates: [aRate(10_000)], modifiers }),
    )

    expect(priced).toMatchObject({ amount_minor: 21_000, modifier_bp: 21_000 })
  })

  test('a flat price is owed once for what is counted together', () => {
    const rates = [aRate(8_500, { unit: 'flat' })]
    const works = ['a', 'b'].map((id) => someWork({ id, ticket: '1' }))

    const priced = prices(works, someTerms({ rates, rules: [aRule({ aggregation: 'ticket_day' })] }))

    expect(priced.map(({ amount_minor }) => amount_minor)).toEqual([8_500, 0])
  })
})
