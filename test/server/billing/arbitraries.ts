import fc from 'fast-check'
import { aRule } from './engine-world.ts'

/** What may be agreed and when it may be worked, for the tests of what always holds. */

/** Rules as they may be entered: minimum and maximum multiples of the increment, grace shorter than it. */
export const rules = fc
  .record({
    increment_minutes: fc.constantFrom(1, 5, 6, 10, 15, 30, 60),
    rounding: fc.constantFrom('up' as const, 'nearest' as const, 'down' as const, 'none' as const),
    seconds_mode: fc.constantFrom('ceil' as const, 'keep' as const),
    steps: fc.integer({ min: 0, max: 3 }),
    more: fc.option(fc.integer({ min: 0, max: 10 }), { nil: null }),
    grace: fc.integer({ min: 0, max: 59 }),
    aggregation: fc.constantFrom(
      'entry' as const,
      'ticket' as const,
      'ticket_day' as const,
      'day' as const,
      'session' as const,
    ),
    minimum_applies: fc.constantFrom('each' as const, 'once_per_ticket_day' as const),
    amount_mode: fc.constantFrom('exact' as const, 'decimal_hours' as const),
    money_rounding: fc.constantFrom('half_up' as const, 'half_even' as const),
  })
  .map(({ steps, more, grace, ...rule }) => {
    const minimum_minutes = steps * rule.increment_minutes
    const most = Math.max(rule.increment_minutes, minimum_minutes)
    const maximum_minutes = more === null ? null : most + more * rule.increment_minutes
    return aRule({ ...rule, minimum_minutes, maximum_minutes, grace_minutes: grace % rule.increment_minutes })
  })

/** Zones whose clocks change, by an hour or by half of one, and the instant of a change in each. */
export const CHANGES: [string, string][] = [
  ['Europe/Berlin', '2026-10-25T01:00:00.000Z'],
  ['America/New_York', '2026-03-08T07:00:00.000Z'],
  ['America/St_Johns', '2026-03-08T05:30:00.000Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00.000Z'],
  ['Pacific/Chatham', '2026-09-26T14:00:00.000Z'],
]

export const MONEY = ['USD', 'EUR', 'JPY', 'KWD', 'CHF']
export const modifiers = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('m1', 'm2', 'm3', 'm4'),
    condition: fc.constantFrom(
      'after_hours' as const,
      'business_hours' as const,
      'weekend' as const,
      'holiday' as const,
    ),
    kind: fc.constantFrom('multiply' as const, 'hours_multiply' as const),
    value_bp: fc.integer({ min: 0, max: 30_000 }),
    stacking: fc.constantFrom('highest' as const, 'sum' as const),
    clock: fc.constantFrom('start' as const, 'split' as const, 'majority' as const),
  }),
  { selector: ({ id }) => id, maxLength: 4 },
)
