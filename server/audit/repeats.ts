import type { CallEntry } from './audit.ts'
import type { Acting } from './entries.ts'

interface Repeated {
  acting: Acting
  entry: CallEntry
  since: number
  times: number
}

export interface Repeats {
  /** Is it one more of what this minute has an entry of already? Then it is only counted. */
  counts(acting: Acting, entry: CallEntry, now: number): boolean
  /** What was counted in minutes that are over, or in all of them: one entry each, with `details.repeated`. */
  take(now: number, all: boolean): { acting: Acting; entry: CallEntry }[]
}

const MINUTE_MS = 60_000
/** More places than this are counted together. */
const MOST = 5_000

/**
 * Strangers who are refused, and whoever calls too often, could fill the log. Of the same refusal from the same place a minute has one entry
 * with what it was, and one with how often it came again.
 */
export function createRepeats(): Repeats {
  const open = new Map<string, Repeated>()
  return {
    counts(acting, entry, now) {
      if (!isCapped(acting, entry)) return false
      const key = keyOf(acting, entry)
      const name = open.has(key) || open.size < MOST ? key : `${entry.status_code}`
      const known = open.get(name)
      if (known && now - known.since < MINUTE_MS) {
        known.times++
        return true
      }
      // The minute before is told by `take`, which runs more often than once a minute.
      if (known && known.times > 0) {
        known.times++
        return true
      }
      open.set(name, { acting, entry, since: now, times: 0 })
      return false
    },
    take(now, all) {
      const over = [...open].filter(([, { since }]) => all || now - since >= MINUTE_MS)
      for (const [key] of over) open.delete(key)
      return over
        .filter(([, { times }]) => times > 0)
        .map(([, { acting, entry, times }]) => ({ acting, entry: { ...entry, details: { repeated: times } } }))
    },
  }
}

/** A wrong password is always told: how often one may be tried is limited elsewhere. */
function isCapped({ caller }: Acting, { status_code, action, rate_limited }: CallEntry): boolean {
  if ((status_code ?? 0) < 400) return false
  return rate_limited === true || (caller.userId === '' && action !== 'failed_login')
}

const keyOf = ({ caller, origin }: Acting, { status_code, path_template, method }: CallEntry) =>
  `${status_code} ${method} ${path_template} ${caller.userId || origin.ip}`
