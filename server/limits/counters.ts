import { type Kysely, sql } from 'kysely'
import type { Dialect } from '../db/dialect.ts'
import type { Tables } from '../db/tables.ts'
import { type Rate, taking } from './gcra.ts'

/** What came of taking: undefined where there was enough, else when the counter is empty again. */
export type Taken = undefined | { emptyAtMs: number }

/** Counters by name. */
export interface Counters {
  take(bucket: string, nowMs: number, rate: Rate): Promise<Taken>
}

const MOST_IN_MEMORY = 20_000

/** Counters in the memory of this process; of too many the oldest are forgotten. */
export function countersInMemory(): Counters & { readonly size: number } {
  const emptyAt = new Map<string, number>()
  // Much at once: to look through all of them for each that comes would take longer than what they limit.
  function makeRoom(nowMs: number): void {
    for (const [bucket, at] of emptyAt) if (at <= nowMs) emptyAt.delete(bucket)
    for (const bucket of emptyAt.keys()) {
      if (emptyAt.size <= MOST_IN_MEMORY / 2) return
      emptyAt.delete(bucket)
    }
  }
  return {
    get size() {
      return emptyAt.size
    },
    async take(bucket, nowMs, rate) {
      const before = emptyAt.get(bucket) ?? 0
      const after = taking(before, nowMs, rate)
      if (after === undefined) return { emptyAtMs: before }
      if (emptyAt.size >= MOST_IN_MEMORY && !emptyAt.has(bucket)) makeRoom(nowMs)
      emptyAt.set(bucket, after)
      return undefined
    },
  }
}

const TRIES = 20

/**
 * Counters in a table. Each is taken by one statement that is both the question and the answer, so that of two at once, on whatever server,
 * only one gets the last.
 *
 * @throws what the database says
 */
export function countersInTable(
  { db, dialect }: { db: Kysely<Tables>; dialect: Dialect },
  table: 'rate_limits' | 'request_rates',
): Counters & {
  giveBack(bucket: string, rate: Rate): Promise<void>
  block(bucket: string, untilMs: number): Promise<void>
} {
  const counters = sql.table(table)
  const lasts = table === 'rate_limits'
  const expiring = (at: number) => (lasts ? sql`, expires_at = ${instant(at)}` : sql``)

  async function takeOnce(bucket: string, nowMs: number, rate: Rate): Promise<Taken | 'again'> {
    const { costMs, aheadMs } = rate
    const believed = Math.min(nowMs + rate.believedMs, Number.MAX_SAFE_INTEGER)
    const counts = sql`next_at_ms > ${nowMs} and next_at_ms <= ${believed}`
    const after = sql`(case when ${counts} then next_at_ms else ${nowMs} end) + ${costMs}`
    const taken = await sql`update ${counters} set next_at_ms = ${after}${expiring(nowMs + aheadMs)}
      where bucket = ${bucket} and (next_at_ms <= ${nowMs + aheadMs - costMs} or next_at_ms > ${believed})
        and ${costMs} <= ${aheadMs}`.execute(db)
    if (Number(taken.numAffectedRows) > 0) return undefined
    const { rows } = await sql<{ next_at_ms: number }>`
      select next_at_ms from ${counters} where bucket = ${bucket}`.execute(db)
    if (rows[0]) {
      const emptyAtMs = Number(rows[0].next_at_ms)
      // Somebody else made it since the update: there may be enough left.
      return taking(emptyAtMs, nowMs, rate) === undefined ? { emptyAtMs } : 'again'
    }
    const first = taking(0, nowMs, rate)
    if (first === undefined) return { emptyAtMs: nowMs }
    return insert(bucket, first, nowMs + aheadMs)
  }

  async function insert(bucket: string, emptyAtMs: number, expiresAtMs: number): Promise<Taken | 'again'> {
    const columns = lasts ? sql`(bucket, next_at_ms, expires_at)` : sql`(bucket, next_at_ms)`
    const expires = lasts ? sql`, ${instant(expiresAtMs)}` : sql``
    try {
      await sql`insert into ${counters} ${columns} values (${bucket}, ${emptyAtMs}${expires})`.execute(db)
      return undefined
    } catch (error) {
      // Somebody else was the first.
      if (dialect.refusal(error) === 'unique') return 'again'
      throw error
    }
  }

  return {
    async take(bucket, nowMs, rate) {
      for (let attempt = 1; ; attempt++) {
        const taken = await takeOnce(bucket, nowMs, rate).catch((error: unknown) => {
          if (dialect.refusal(error) !== 'busy' || attempt === TRIES) throw error
          return 'again' as const
        })
        if (taken !== 'again') return taken
        if (attempt === TRIES) throw new Error('A counter is made and removed at the same time, again and again.')
      }
    },
    async giveBack(bucket, { costMs }) {
      await sql`update ${counters} set next_at_ms = next_at_ms - ${costMs} where bucket = ${bucket}`.execute(db)
    },
    async block(bucket, untilMs) {
      await sql`update ${counters} set next_at_ms = ${untilMs}${expiring(untilMs)} where bucket = ${bucket}`.execute(db)
    },
  }
}

const instant = (ms: number) => new Date(ms).toISOString()
