/** What a clock on the wall shows, computed from instants (milliseconds since 1970). */

const DAY_MS = 86_400_000
const formats = new Map<string, Intl.DateTimeFormat>()

/** What has to be added to UTC for local time, in milliseconds. */
export function offsetAt(tz: string, at: number): number {
  const second = Math.floor(at / 1_000) * 1_000
  const part: Record<string, number> = {}
  for (const { type, value } of formatOf(tz).formatToParts(second)) part[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second: seconds = 0 } = part
  return Date.UTC(year, month - 1, day, hour, minute, seconds) - second
}

function formatOf(tz: string): Intl.DateTimeFormat {
  const known = formats.get(tz)
  if (known) return known
  const numeric = 'numeric'
  const format = new Intl.DateTimeFormat('en', {
    ...{ timeZone: tz, calendar: 'iso8601', numberingSystem: 'latn', hourCycle: 'h23' },
    ...{ year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric },
  })
  formats.set(tz, format)
  return format
}

export interface Stretch {
  from: number
  until: number
  offset: number
}

/** A span cut where the zone changes its offset: within each stretch local time runs as UTC does. */
export function stretches(tz: string, from: number, until: number): Stretch[] {
  const found: Stretch[] = []
  let start = from
  let offset = offsetAt(tz, from)
  for (let at = from; at < until; ) {
    const next = Math.min(at + DAY_MS, until)
    const then = offsetAt(tz, next)
    if (then !== offset) {
      const change = changeBetween(tz, at, next, offset)
      if (change > start) found.push({ from: start, until: change, offset })
      start = change
      offset = offsetAt(tz, change)
      at = change
    } else at = next
  }
  if (until > start) found.push({ from: start, until, offset })
  return found
}

/** The first millisecond at which the offset is another one. */
function changeBetween(tz: string, before: number, after: number, offset: number): number {
  let [low, high] = [before, after]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(tz, middle) === offset) low = middle
    else high = middle
  }
  return high
}

/** The local day (`2026-01-12`), the day of the week (0: Sunday) and the milliseconds since midnight. */
export function wallClock(tz: string, at: number): { day: string; weekday: number; ofDay: number } {
  const local = at + offsetAt(tz, at)
  const days = Math.floor(local / DAY_MS)
  return {
    day: new Date(local).toISOString().slice(0, 10),
    weekday: (((days + 4) % 7) + 7) % 7,
    ofDay: local - days * DAY_MS,
  }
}

/** The instants at which the clock passes midnight or one of the times of day within a span, and those at which it is changed. */
export function instantsOf(tz: string, timesOfDay: readonly number[], from: number, until: number): number[] {
  const found: number[] = []
  for (const stretch of stretches(tz, from, until)) {
    found.push(stretch.from)
    const firstDay = Math.floor((stretch.from + stretch.offset) / DAY_MS)
    const lastDay = Math.floor((stretch.until + stretch.offset) / DAY_MS)
    for (let day = firstDay; day <= lastDay; day++)
      for (const time of [0, ...timesOfDay]) {
        const at = day * DAY_MS + time - stretch.offset
        if (at > stretch.from && at < stretch.until) found.push(at)
      }
  }
  return found
}
