/** How often something may happen: `burst` at once, and `count` in `perMs` on the long run (GCRA). */
export interface Limit {
  /** Names the counter: `login-account`. */
  name: string
  count: number
  perMs: number
  burst?: number
  /** Kept in the database, so that it holds over restarts and for several servers; fails closed when that does not answer. */
  lasting?: boolean
  /** Once it was reached, nothing more may be taken until it is given free by `reset`. Lasting ones only. */
  untilReset?: boolean
}

/**
 * Counters of what may happen only so often. Lasting ones are written by themselves, outside of any transaction, so that what was taken stays
 * taken when the work fails: never use them while a transaction of the same call is open, for the embedded database has one connection.
 */
export interface Limits {
  /**
   * Takes `cost` of what `who` may do.
   *
   * @throws AppError RATE_LIMITED with `details.retry_after` in seconds; UNAVAILABLE when a lasting one cannot be counted
   */
  take(limit: Limit, who: string, cost?: number): Promise<void>
  /** Gives back what was taken for something that turned out right. Lasting ones only. @throws AppError UNAVAILABLE */
  giveBack(limit: Limit, who: string): Promise<void>
  /** Empties the counter. Lasting ones only. @throws AppError UNAVAILABLE */
  reset(limit: Limit, who: string): Promise<void>
}
