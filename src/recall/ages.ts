/** Instants as people say them. Everything takes `now`: nothing here reads a clock. */

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const UNITS: readonly [limitMs: number, unitMs: number, name: string][] = [
  [HOUR, MINUTE, 'min'],
  [DAY, HOUR, 'h'],
  [14 * DAY, DAY, 'd'],
  [60 * DAY, 7 * DAY, 'w'],
  [730 * DAY, 30 * DAY, 'mo'],
  [Number.POSITIVE_INFINITY, 365 * DAY, 'y'],
]

/** `3 h`, `2 d`, `5 w`; `now` within the last minute and for a clock that runs ahead; `?` for what is no instant. */
export function age(at: string | null | undefined, now: Date): string {
  const passedMs = now.getTime() - Date.parse(at ?? '')
  if (Number.isNaN(passedMs)) return '?'
  return passedMs < MINUTE ? 'now' : span(passedMs)
}

/** `3 h old`, `new`: how long something has been there. */
export function aged(at: string | null | undefined, now: Date): string {
  const passed = age(at, now)
  return passed === 'now' ? 'new' : `${passed} old`
}

/** `3 h ago`, `just now`. */
export function ago(at: string | null | undefined, now: Date): string {
  const passed = age(at, now)
  return passed === 'now' ? 'just now' : `${passed} ago`
}

/** `due in 3 d`, `overdue 2 h`. */
export function due(at: string, now: Date): string {
  const leftMs = Date.parse(at) - now.getTime()
  if (Number.isNaN(leftMs)) return 'due ?'
  if (Math.abs(leftMs) < MINUTE) return 'due now'
  return leftMs > 0 ? `due in ${span(leftMs)}` : `overdue ${span(-leftMs)}`
}

/** `45 s`, `12 min`, `1 h 05 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  if (whole < 60) return `${whole} s`
  const minutes = Math.round(whole / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}

/** `Mon 2026-01-12 02:03 America/Phoenix (UTC-07:00)`. A time zone that is missing or unknown is UTC. */
export function localTime(now: Date, timeZone: string | null): string {
  const { format, zone } = formatter(timeZone)
  const parts = new Map(format.formatToParts(now).map(({ type, value }) => [type, value]))
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? ''
  const offset = part('timeZoneName').replace('GMT', 'UTC')
  const shown = zone === 'UTC' ? 'UTC' : `${zone} (${offset})`
  return `${part('weekday')} ${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')} ${shown}`
}

interface Formatter {
  format: Intl.DateTimeFormat
  /** The zone that it knows. */
  zone: string
}

const formatters = new Map<string, Formatter>()
const MOST_FORMATTERS = 200

/** Kept: to make one takes a hundred times as long as to use it. */
function formatter(timeZone: string | null): Formatter {
  const zone = timeZone || 'UTC'
  const known = formatters.get(zone) ?? withZone(newFormatter(zone))
  if (formatters.size < MOST_FORMATTERS) formatters.set(zone, known)
  return known
}

const withZone = (format: Intl.DateTimeFormat) => ({ format, zone: format.resolvedOptions().timeZone })

function newFormatter(timeZone: string): Intl.DateTimeFormat {
  // Only parts are used: the order and the spaces between them differ between versions of ICU.
  const options = {
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  } as const
  try {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone })
  } catch {
    // A zone that this Node does not know, e.g. a Windows name: UTC is right, and says that it is UTC.
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' })
  }
}

function span(ms: number): string {
  const [, unit, name] = UNITS.find(([limit]) => ms < limit) ?? [0, DAY, 'd']
  return `${Math.floor(ms / unit)} ${name}`
}
