// When the work of an MSP is done: on working days, in office hours, a little on Saturdays.

export const MS_PER_DAY = 86_400_000
const MS_PER_MINUTE = 60_000
/** Phoenix has no daylight saving time: its office hours are the same in UTC all year. */
export const ZONE = 'America/Phoenix'
const ZONE_HOURS = -7
const OPENS_AT_HOUR = 7
const OPEN_MINUTES = 11 * 60
/** How much is done on each day of the week, from Sunday. */
const LOAD = [0, 1, 1, 1, 1, 0.9, 0.08]
const DAYS_PER_YEAR = 365

export const iso = (ms) => new Date(ms).toISOString()
/** The local day of an instant. */
export const dayOf = (ms) => iso(ms + ZONE_HOURS * 3_600_000).slice(0, 10)

/**
 * The beginnings of `count` pieces of work in the years before `until`, oldest first.
 *
 * @param until midnight UTC of the day after the last one, in milliseconds
 */
export function* beginnings(random, { until, years, count }) {
  const days = Math.round(years * DAYS_PER_YEAR)
  const first = until - days * MS_PER_DAY
  const loads = Array.from({ length: days }, (_, day) => LOAD[new Date(first + day * MS_PER_DAY).getUTCDay()])
  const all = loads.reduce((sum, load) => sum + load, 0)
  let load = 0
  let made = 0
  for (const [day, today] of loads.entries()) {
    load += today
    const due = Math.round((count * load) / all) - made
    made += due
    yield* ofDay(random, first + day * MS_PER_DAY, due)
  }
}

function ofDay(random, midnight, count) {
  const opens = midnight + (OPENS_AT_HOUR - ZONE_HOURS) * 60 * MS_PER_MINUTE
  const starts = Array.from({ length: count }, () => opens + Math.floor(random.next() * OPEN_MINUTES * MS_PER_MINUTE))
  return starts.sort((a, b) => a - b)
}

/** When the records begin: before the first piece of work. */
export const beginOf = ({ until, years }) => until - (Math.round(years * DAYS_PER_YEAR) + 1) * MS_PER_DAY
