import { isTimeZone } from '../../../src/contract/values.ts'

/** Days of the clock on the wall. Durations are computed from instants; only days and months ask for a time zone. */

/** The first of the names that is a time zone; UTC when none is. */
export const firstTimeZone = (...names: (string | null | undefined)[]): string =>
  names.find((name): name is string => Boolean(name) && isTimeZone(name as string)) ?? 'UTC'

/** The local day (`2026-01-12`) of an instant in a time zone. */
export const localDay = (instant: string, tz: string): string => daysOf(tz)(Date.parse(instant))

/**
 * The first instant of a local day. Where the clock jumps over midnight, or over the whole day, it is the first one after.
 *
 * @param day `2026-03-29`
 */
export function startOfDay(day: string, tz: string): string {
  const dayOf = daysOf(tz)
  const midnight = Date.parse(`${day}T00:00:00.000Z`)
  // No clock is further from UTC than a day.
  let [before, from] = [midnight - DAY_MS, midnight + DAY_MS]
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2)
    if (dayOf(middle) < day) before = middle
    else from = middle
  }
  return new Date(from).toISOString()
}

/**
 * A local month as instants: from the first of it to the first after it.
 *
 * @param month `2026-01`
 */
export const localMonth = (month: string, tz: string): { from: string; until: string } => ({
  from: startOfDay(`${month}-01`, tz),
  until: startOfDay(`${monthAfter(month)}-01`, tz),
})

/** `2026-12` → `2027-01`. */
export function monthAfter(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return number === 12 ? `${padded(year + 1, 4)}-01` : `${padded(year, 4)}-${padded(number + 1, 2)}`
}

const DAY_MS = 86_400_000
const padded = (value: number | string, digits: number) => String(value).padStart(digits, '0')

function daysOf(tz: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('en', {
    timeZone: tz,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  })
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
    return `${padded(parts.year ?? '', 4)}-${padded(parts.month ?? '', 2)}-${padded(parts.day ?? '', 2)}`
  }
}
