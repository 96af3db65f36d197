import { shared } from './minutes.ts'
import { type Calendar, compare, type Modifier, type Terms, type Work } from './terms.ts'
import { instantsOf, wallClock } from './zone.ts'

/** Which of the modifiers apply to how much of an entry, by the clock of the client. */

export interface Part {
  seconds: number
  modifiers: readonly Modifier[]
}

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
const DAY_MS = 86_400_000
/** An entry that begins and ends further apart is judged by its start: its work may lie anywhere between. */
const MOST_MS = 7 * DAY_MS

/**
 * An entry cut where a modifier begins or ends to apply; the seconds of its parts are all of its seconds. Pauses are taken from the parts in
 * proportion, because nobody knows when they were.
 *
 * @param modifiers those whose scope has the entry in it.
 */
export function partsOf(work: Work, modifiers: readonly Modifier[], terms: Terms): Part[] {
  const whole = (applying: readonly Modifier[]) => [{ seconds: work.raw_seconds, modifiers: applying }]
  if (modifiers.length === 0) return whole([])
  const judged = modifiers.map((modifier) => judge(modifier, calendarOf(modifier, terms), work, terms))
  if (!work.started_at) return whole(pick(modifiers, (index) => judged[index]?.onDay(work.work_date) ?? false))
  const from = Date.parse(work.started_at)
  const until = Date.parse(work.ended_at ?? work.started_at)
  if (until <= from || until - from > MOST_MS)
    return whole(pick(modifiers, (index) => judged[index]?.at(from) ?? false))
  const slices = slicesOf(judged, from, until)
  const isMostly = judged.map(({ at }) => {
    const inside = slices.filter((slice) => at(slice.from)).reduce((sum, slice) => sum + slice.length, 0)
    return inside * 2 === until - from ? at(from) : inside * 2 > until - from
  })
  const applies = (index: number, at: number) => {
    const { clock } = modifiers[index] as Modifier
    if (clock === 'majority') return isMostly[index] as boolean
    return (judged[index] as Judge).at(clock === 'start' ? from : at)
  }
  return merged(
    work.raw_seconds,
    slices.map((slice) => ({
      length: slice.length,
      modifiers: pick(modifiers, (index) => applies(index, slice.from)),
    })),
  )
}

const pick = (modifiers: readonly Modifier[], does: (index: number) => boolean) =>
  modifiers.filter((_, index) => does(index))

function slicesOf(judged: readonly Judge[], from: number, until: number) {
  const cuts = [...new Set([from, ...judged.flatMap(({ cuts }) => cuts(from, until))])].sort((a, b) => a - b)
  return cuts.map((cut, index) => ({ from: cut, length: (cuts[index + 1] ?? until) - cut }))
}

/** Slices to which the same modifiers apply are one part. */
function merged(seconds: number, slices: readonly { length: number; modifiers: readonly Modifier[] }[]): Part[] {
  const groups = [...Map.groupBy(slices, ({ modifiers }) => modifiers.map(({ id }) => id).join()).values()]
  const weights = groups.map((group) => group.reduce((sum, { length }) => sum + length, 0))
  const portions = shared(seconds, weights)
  return groups.map((group, index) => ({ seconds: portions[index] as number, modifiers: group[0]?.modifiers ?? [] }))
}

interface Judge {
  at(instant: number): boolean
  onDay(day: string): boolean
  cuts(from: number, until: number): number[]
}

const ALWAYS: Judge = { at: () => true, onDay: () => true, cuts: () => [] }
const NEVER: Judge = { at: () => false, onDay: () => false, cuts: () => [] }

function judge(modifier: Modifier, calendar: Calendar | undefined, work: Work, terms: Terms): Judge {
  const { condition } = modifier
  if (condition === 'emergency') return modifier.work_type_id !== null || work.isUrgent ? ALWAYS : NEVER
  if (!calendar && condition !== 'weekend') return NEVER
  const tz = zoneOf(calendar, terms)
  const hours = hoursOf(calendar)
  const isHoliday = (day: string) => calendar?.holidays.has(day) ?? false
  const isOpen = (day: string, weekday: number, ofDay: number) =>
    !isHoliday(day) && (hours[weekday] ?? []).some(([open, close]) => open <= ofDay && ofDay < close)
  return {
    at: (instant) => {
      const { day, weekday, ofDay } = wallClock(tz, instant)
      if (condition === 'holiday') return isHoliday(day)
      if (condition === 'weekend') return weekday === 0 || weekday === 6
      return isOpen(day, weekday, ofDay) === (condition === 'business_hours')
    },
    onDay: (day) => {
      const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
      if (condition === 'holiday') return isHoliday(day)
      if (condition === 'weekend') return weekday === 0 || weekday === 6
      const hasOpened = !isHoliday(day) && (hours[weekday] ?? []).length > 0
      return hasOpened === (condition === 'business_hours')
    },
    cuts: (from, until) => instantsOf(tz, [...new Set(hours.flat(2))], from, until),
  }
}

/** The modifier's own calendar, else the client's, else everyone's; of several the oldest. */
function calendarOf({ calendar_id }: Modifier, { calendars }: Terms): Calendar | undefined {
  if (calendar_id) return calendars.find(({ id }) => id === calendar_id)
  const byAge = [...calendars].sort((a, b) => compare(a.id, b.id))
  return byAge.find(({ client_id }) => client_id !== null) ?? byAge[0]
}

/** A shared calendar says at what hours business is open; by whose clock says the client. */
const zoneOf = (calendar: Calendar | undefined, { timezone }: Terms): string =>
  (calendar?.client_id ? calendar.timezone : (timezone ?? calendar?.timezone)) ?? 'UTC'

/** By day of the week, milliseconds of the day from opening to closing. What is not written as a time says nothing. */
function hoursOf(calendar: Calendar | undefined): [number, number][][] {
  return DAYS.map((day) => {
    const given = calendar?.business_hours[day]
    if (!Array.isArray(given)) return []
    return given.flatMap((span) => {
      if (!Array.isArray(span)) return []
      const [open, close] = [timeOf(span[0]), timeOf(span[1])]
      return open === null || close === null || close <= open ? [] : [[open, close] as [number, number]]
    })
  })
}

/** `07:30` as milliseconds since midnight; `24:00` is the end of the day. */
export function timeOf(text: unknown): number | null {
  const [, hour, minute] = /^(\d{1,2}):([0-5]\d)$/.exec(String(text)) ?? []
  const ms = (Number(hour) * 60 + Number(minute)) * 60_000
  return hour === undefined || ms > DAY_MS ? null : ms
}
