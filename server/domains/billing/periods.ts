import type { Lot } from './engine/draw.ts'
import type { Agreement, Period } from './engine/terms.ts'

/** The periods of an agreement: when they begin and end, what they hold, what is carried over. Pure. */

const MONTHS = { month: 1, quarter: 3, year: 12 } as const
/** Far enough for an agreement that nobody ended. */
const LAST_DAY = '9999-12-31'

/** The period that a day is in, by the terms of the agreement; the first begins with the agreement. */
export function periodOn(
  { starts_on, ends_on, period }: Pick<Agreement, 'starts_on' | 'ends_on' | 'period'>,
  day: string,
): { starts_on: string; ends_on: string } {
  if (period === 'term') return { starts_on, ends_on: ends_on ?? LAST_DAY }
  const length = MONTHS[period]
  let number = Math.floor(monthsBetween(starts_on, day) / length)
  // On the 31st it begins later than in a shorter month.
  while (monthsAfter(starts_on, number * length) > day) number--
  while (monthsAfter(starts_on, (number + 1) * length) <= day) number++
  const last = dayBefore(monthsAfter(starts_on, (number + 1) * length))
  return { starts_on: monthsAfter(starts_on, number * length), ends_on: ends_on && ends_on < last ? ends_on : last }
}

/** What was carried over, and until when it stays good. */
interface Carried {
  minutes: number
  minor: number
  until: string
}

/**
 * What a period can be drawn for: what it was allotted, and what was carried into it, each until it expires.
 *
 * @param periods all of the agreement up to this one, in order.
 */
export function lotsOf(agreement: Agreement, period: Period, periods: readonly Period[]): Lot[] {
  const of = { agreement_id: agreement.id, period_id: period.id, from: period.starts_on }
  const before = periods.filter(({ starts_on }) => starts_on < period.starts_on)
  const carried = carriedInto(period, leftAfter(agreement, before), dayBefore(period.starts_on))
  const within = carried.map((lot) => ({ ...lot, until: lot.until < period.ends_on ? lot.until : period.ends_on }))
  const own = { minutes: period.allotted_minutes ?? 0, minor: period.allotted_minor ?? 0 }
  return [...within, { ...own, until: period.expires_on ?? period.ends_on }].map((lot) => ({ ...of, ...lot }))
}

/** What a period that begins on a day gets from those before it. */
export function carryOver(agreement: Agreement, before: readonly Period[], day: string) {
  const lots = leftAfter(agreement, before).filter(({ until }) => until >= day)
  return { minutes: total(lots, 'minutes'), minor: total(lots, 'minor') }
}

/** What is left when the last of the periods ends: what came before in full, of its own the agreed part. */
function leftAfter(agreement: Agreement, periods: readonly Period[]): Carried[] {
  let lots: Carried[] = []
  for (const period of periods) {
    const { allotted_minutes, allotted_minor, ends_on, expires_on, used_minutes, used_minor } = period
    // What a person has let live longer stays where it is.
    const isKept = expires_on !== null && expires_on > ends_on
    const percent = isKept ? 0 : agreement.carry_over_percent
    const months = agreement.carry_over_months
    const until = months === null ? LAST_DAY : dayBefore(monthsAfter(dayAfter(ends_on), months))
    const held = [
      ...carriedInto(period, lots, dayBefore(period.starts_on)),
      { minutes: allotted_minutes ?? 0, minor: allotted_minor ?? 0, until },
    ]
    const left = without(held, used_minutes, used_minor)
    const own = left.at(-1) as Carried
    const share = (amount: number) => Math.floor((amount * percent) / 100)
    lots = [...left.slice(0, -1), { minutes: share(own.minutes), minor: share(own.minor), until }]
  }
  return lots
}

/** The stored sums by the days on which they expire. Another sum was set by a person: all of it is good for this period. */
function carriedInto(period: Period, left: readonly Carried[], before: string): Carried[] {
  const lots = left.filter((lot) => lot.until > before && (lot.minutes > 0 || lot.minor > 0))
  const { carried_over_minutes: minutes, carried_over_minor: minor } = period
  if (total(lots, 'minutes') === minutes && total(lots, 'minor') === minor) return lots
  return minutes > 0 || minor > 0 ? [{ minutes, minor, until: period.ends_on }] : []
}

/** Lots in the order in which they are drawn, less what was used. */
function without(lots: readonly Carried[], usedMinutes: number, usedMinor: number): Carried[] {
  let [minutes, minor] = [usedMinutes, usedMinor]
  return lots.map((lot) => {
    const taken = { minutes: Math.min(minutes, lot.minutes), minor: Math.min(minor, lot.minor) }
    minutes -= taken.minutes
    minor -= taken.minor
    return { ...lot, minutes: lot.minutes - taken.minutes, minor: lot.minor - taken.minor }
  })
}

const total = (lots: readonly Carried[], of: 'minutes' | 'minor') => lots.reduce((sum, lot) => sum + lot[of], 0)

const DAY_MS = 86_400_000
const dayAt = (ms: number) => new Date(ms).toISOString().slice(0, 10)
export const dayBefore = (day: string): string => dayAt(Date.parse(day) - DAY_MS)
export const dayAfter = (day: string): string => dayAt(Date.parse(day) + DAY_MS)

/** The same day of a later month; the last one where that month is shorter. */
function monthsAfter(day: string, months: number): string {
  const [year, month, ofMonth] = day.split('-').map(Number) as [number, number, number]
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const length = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return dayAt(first.setUTCDate(Math.min(ofMonth, length)))
}

function monthsBetween(from: string, until: string): number {
  const [a, b] = [from, until].map((day) => day.split('-').map(Number) as [number, number, number])
  return ((b?.[0] ?? 0) - (a?.[0] ?? 0)) * 12 + (b?.[1] ?? 0) - (a?.[1] ?? 0)
}
