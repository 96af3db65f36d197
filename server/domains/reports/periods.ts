import { AppError } from '../../../src/contract/errors.ts'
import { monthAfter, startOfDay } from '../billing/local-day.ts'

/** Weeks and months of a stretch of days, each from its first day to the day after its last: pure arithmetic of the calendar. */

export interface Period {
  /** `2026-01`, or the Monday of the week. */
  key: string
  /** The first day that is no longer in it. */
  untilDay: string
}

/** Each is a comparison in the statement; ten years of months. */
const MOST_PERIODS = 120
const DAY_MS = 86_400_000

/** @throws AppError INVALID_INPUT for more than can be told apart in one question */
export function periodsOf(kind: 'month' | 'week', since: string, until: string): Period[] {
  const found: Period[] = []
  for (let key = firstOf(kind, since); ; ) {
    const untilDay = kind === 'month' ? `${monthAfter(key)}-01` : dayAfter(key, 7)
    found.push({ key, untilDay })
    if (untilDay > until) return found
    if (found.length === MOST_PERIODS)
      throw new AppError(
        'INVALID_INPUT',
        `${since} to ${until} are more than ${MOST_PERIODS} ${kind}s. Ask for fewer days, or by month.`,
      )
    key = kind === 'month' ? untilDay.slice(0, 7) : untilDay
  }
}

/** The day so many days later. */
export const dayAfter = (day: string, days = 1): string =>
  new Date(Date.parse(`${day}T00:00:00.000Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** The longest stretch of one report: ten years, and the leap days in them. */
const MOST_DAYS = 3_653

/** @throws AppError INVALID_INPUT for days that end before they begin, or more than a report is made of */
export function checkDays(since: string, until: string): void {
  if (since > until) throw new AppError('INVALID_INPUT', `since: ${since} is after the last day, ${until}.`)
  if (dayAfter(since, MOST_DAYS) <= until)
    throw new AppError('INVALID_INPUT', `${since} to ${until} are more than ten years. Ask for fewer days.`)
}

/** Days, both counted, as instants of a time zone: from the first of them to the first instant after. */
export const instantsOf = (since: string, until: string, tz: string): { from: string; until: string } => ({
  from: startOfDay(since, tz),
  until: startOfDay(dayAfter(until), tz),
})

function firstOf(kind: 'month' | 'week', day: string): string {
  if (kind === 'month') return day.slice(0, 7)
  const weekday = new Date(`${day}T00:00:00.000Z`).getUTCDay()
  return dayAfter(day, -((weekday + 6) % 7))
}
