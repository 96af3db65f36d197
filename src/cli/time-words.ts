import { usage } from './output.ts'

/** Durations and times of day as people type them. */

const DAY_SECONDS = 86_400
const FORMS: readonly [form: RegExp, seconds: (a: string, b: string) => number][] = [
  [/^(\d+):([0-5]\d)$/, (hours, minutes) => Number(hours) * 3_600 + Number(minutes) * 60],
  [
    /^(\d+)h(?:ours?)?(?:(\d{1,2})(?:m(?:in(?:utes?)?)?)?)?$/,
    (hours, minutes) => Number(hours) * 3_600 + Number(minutes || 0) * 60,
  ],
  [/^(\d+(?:\.\d+)?)h(?:ours?)?$/, (hours) => Math.round(Number(hours) * 3_600)],
  [/^(\d+)m(?:in(?:utes?)?)?$/, (minutes) => Number(minutes) * 60],
]

/** `1h30`, `1 h 30 m`, `1:30`, `90m`, `1.5h` in seconds. A bare number is refused: it may mean minutes or hours. @throws Failure (usage) */
export function secondsOf(text: string): number {
  const plain = text.toLowerCase().replace(/\s+/g, '')
  for (const [form, seconds] of FORMS) {
    const found = form.exec(plain)
    if (found === null) continue
    const total = seconds(found[1] ?? '', found[2] ?? '')
    if (total > 0 && total <= DAY_SECONDS) return total
    throw usage(`"${text}" is ${total === 0 ? 'no time at all' : 'more than a day'}. Book from 1m to 24h at once.`)
  }
  throw usage(`"${text}" is no duration. Write it as 1h30, 90m, 1:30 or 1.5h.`)
}

/**
 * An instant: `09:30` of a day by this machine's clock, `2026-01-12 09:30`, or one with its own offset.
 *
 * @param day of a bare time; today without it
 * @throws Failure (usage)
 */
export function instantOf(option: string, text: string, now: Date, day: string = localDayOf(now)): string {
  const time = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text)
  const written = time === null ? text.trim().replace(' ', 'T') : `${day}T${time[1]?.padStart(2, '0')}:${time[2]}`
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(written) ? new Date(written) : new Date(Number.NaN)
  if (!Number.isNaN(at.getTime())) return at.toISOString()
  throw usage(`${option} is a time as in 09:30 or "2026-01-12 09:30", not "${text}".`)
}

/** The day of this machine's clock. */
export const localDayOf = (now: Date): string =>
  [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-')

export interface Days {
  /** Both counted. */
  since: string
  until: string
}
interface PeriodOptions {
  since?: string
  until?: string
  month?: string
  period?: string
}

/**
 * The days that `--month 2026-01`, `--period 2025-Q4|2025|2026-01` or `--since` and `--until` name; this month without any.
 *
 * @throws Failure (usage) for two of them at once, and for what names no days
 */
export function daysOf({ since, until, month, period }: PeriodOptions, now: Date): Days {
  const named = month ?? period
  if ([month, period, since ?? until].filter((one) => one !== undefined).length > 1)
    throw usage('Name the days once: --month, --period, or --since and --until.')
  if (named !== undefined) return daysOfPeriod(named)
  const last = until ?? localDayOf(now)
  const first = since ?? `${last.slice(0, 7)}-01`
  for (const [option, day] of [
    ['--since', first],
    ['--until', last],
  ] as const)
    if (!isDay(day)) throw usage(`${option} is a day as in 2026-01-31, not "${day}".`)
  if (first > last) throw usage(`--since ${first} is after --until ${last}.`)
  return { since: first, until: last }
}

/** `2026-01`, `2025-Q4` or `2025`. @throws Failure (usage) */
export function daysOfPeriod(text: string): Days {
  const [, year, quarter, month] = /^([12]\d{3})(?:-?q([1-4])|-(0[1-9]|1[0-2]))?$/i.exec(text.trim()) ?? []
  if (year === undefined) throw usage(`"${text}" is no period. Write it as 2026-01, 2025-Q4 or 2025.`)
  const [first, last] = month
    ? [Number(month), Number(month)]
    : quarter
      ? [Number(quarter) * 3 - 2, Number(quarter) * 3]
      : [1, 12]
  const end = new Date(Date.UTC(Number(year), last, 0)).toISOString().slice(0, 10)
  return { since: `${year}-${String(first).padStart(2, '0')}-01`, until: end }
}

function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00.000Z`)
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}
