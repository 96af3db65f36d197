import { casual as german } from 'chrono-node/de'
import { casual as english, type ParsedResult } from 'chrono-node/en'
import { casual as french } from 'chrono-node/fr'
import { casual as dutch } from 'chrono-node/nl'

/** The time that a question names ("last Tuesday", "im März", "vorige week", "Q4 2025"), in the four languages of the program. Pure. */

export interface TimeAsked {
  /** ISO 8601, UTC; `until` is the last moment of it. */
  since: string
  until: string
  /** The question without the words that named it. */
  rest: string
}

/** A pasted log is full of times that nobody asks for. */
const LONGEST_QUESTION = 300

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** @param timezone IANA name of the place where "yesterday" is said; UTC without it */
export function timeAsked(text: string, now: Date, timezone = 'UTC'): TimeAsked | undefined {
  if (text.length > LONGEST_QUESTION || text.includes('\n')) return undefined
  const offset = offsetMinutes(now, timezone)
  const found = quarterIn(text, offset) ?? monthIn(text, now, offset) ?? momentIn(text, now, offset)
  if (!found) return undefined
  const { from, to, words } = found
  const isSince = new RegExp(`(?:since|seit(?: dem)?|depuis(?: le)?|sinds)\\s+${escaped(words)}`, 'iu').test(text)
  const end = isSince ? now.getTime() : to
  // What lies ahead was not done yet: it is no time to search in.
  if (from > now.getTime()) return undefined
  return {
    since: new Date(from).toISOString(),
    until: new Date(end - 1).toISOString(),
    rest: text.replace(words, ' ').replace(/\s+/g, ' ').trim(),
  }
}

interface Span {
  from: number
  to: number
  words: string
}

const QUARTER = /\bQ([1-4])[ /-]*(20\d\d)\b/i
function quarterIn(text: string, offset: number): Span | undefined {
  const found = QUARTER.exec(text)
  if (!found) return undefined
  const [words, quarter, year] = [found[0], Number(found[1]), Number(found[2])]
  const month = (quarter - 1) * 3
  return { from: local(year, month, 1, offset), to: local(year, month + 3, 1, offset), words }
}

const LANGUAGES = ['en', 'de', 'fr', 'nl']
const MONTHS = new Map(
  LANGUAGES.flatMap((language) =>
    Array.from({ length: 12 }, (_, month): [string, number] => [
      new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' })
        .format(Date.UTC(2020, month, 15))
        .toLowerCase(),
      month,
    ]),
  ),
)
/** A month by itself needs a word before it, or a year behind it: "may" and "mars" are other words too. */
const MONTH = new RegExp(
  `(?:\\b(in|im|en|au mois de?|during|since|seit|depuis|sinds|last|letzten|of)\\s+)?(?<!\\p{L})(${[...MONTHS.keys()].map(escaped).join('|')})(?![\\p{L}])(?:\\s+(20\\d\\d))?(?!\\s*\\d)`,
  'iu',
)
function monthIn(text: string, now: Date, offset: number): Span | undefined {
  const found = MONTH.exec(text)
  if (!found || (found[1] === undefined && found[3] === undefined)) return undefined
  // "14. März" is a day.
  if (/\d\.?\s*$/.test(text.slice(0, found.index))) return undefined
  const month = MONTHS.get((found[2] as string).toLowerCase()) as number
  const here = new Date(now.getTime() + offset * MINUTE_MS)
  const latest = month <= here.getUTCMonth() ? here.getUTCFullYear() : here.getUTCFullYear() - 1
  const year = found[3] === undefined ? latest : Number(found[3])
  const words = found[3] === undefined ? (found[2] as string) : `${found[2]} ${found[3]}`
  return { from: local(year, month, 1, offset), to: local(year, month + 1, 1, offset), words }
}

/** What is known of a moment says how long it is. "14:05" alone is no time to search in. */
function momentIn(text: string, now: Date, offset: number): Span | undefined {
  const reference = { instant: now, timezone: offset }
  const all = [english, german, french, dutch].flatMap((language) =>
    language.parse(text, reference, { forwardDate: false }),
  )
  const [best] = all.filter(isATime).sort((a, b) => b.text.length - a.text.length)
  if (!best) return undefined
  const words = best.text
  const date = new Date(best.start.date().getTime() + offset * MINUTE_MS)
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()]
  if (!best.start.isCertain('day') && !best.start.isCertain('weekday') && best.start.isCertain('month'))
    return { from: local(year, month, 1, offset), to: local(year, month + 1, 1, offset), words }
  if (/week|woche|semaine/i.test(words)) {
    const monday = day - ((date.getUTCDay() + 6) % 7)
    return { from: local(year, month, monday, offset), to: local(year, month, monday + 7, offset), words }
  }
  // A weekday by itself is the last one before today.
  const isWeekday = best.start.isCertain('weekday') && !best.start.isCertain('day')
  const from = local(year, month, day, offset)
  const back = isWeekday && from + DAY_MS > now.getTime() ? 7 * DAY_MS : 0
  const end = best.end ? best.end.date().getTime() + offset * MINUTE_MS : date.getTime()
  const last = new Date(end)
  const to = local(last.getUTCFullYear(), last.getUTCMonth(), last.getUTCDate() + 1, offset)
  return { from: from - back, to: to - back, words }
}

function isATime({ start, text }: ParsedResult): boolean {
  if (/^[\d.:\s/-]+$/.test(text) && !/^(?:20\d\d-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]20\d\d)$/.test(text.trim()))
    return false
  // A month by itself is `monthIn`'s: "march" and "may" are other words too.
  return start.isCertain('day') || start.isCertain('weekday') || (start.isCertain('month') && start.isCertain('year'))
}

/** The instant at which a day begins there. */
const local = (year: number, month: number, day: number, offset: number) =>
  Date.UTC(year, month, day) - offset * MINUTE_MS

function offsetMinutes(at: Date, timezone: string): number {
  try {
    const parts = new Intl.DateTimeFormat('en', { timeZone: timezone, timeZoneName: 'longOffset' }).formatToParts(at)
    const found = /GMT([+-])(\d\d):(\d\d)/.exec(parts.find(({ type }) => type === 'timeZoneName')?.value ?? '')
    return found ? (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) : 0
  } catch {
    // A name that this machine does not know.
    return 0
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
