import { type RawBuilder, sql } from 'kysely'
import type { Deps } from '../../context.ts'

/** What has run out says nothing any more, and would only grow: it is removed at the start and every hour, a little at a time. */

const HOUR_MS = 3_600_000
const BATCH_ROWS = 500

/** @returns what ends it; it waits for a batch that is under way */
export function sweepNowAndThen(deps: Deps): () => Promise<void> {
  const ended = new AbortController()
  let running: Promise<void> = Promise.resolve()
  const sweep = () => {
    running = running
      .then(() => sweepExpired(deps, ended.signal))
      .then(() => undefined)
      .catch((error: unknown) => deps.log.warn({ error }, 'what has run out could not be removed; it is tried again'))
  }
  sweep()
  const timer = setInterval(sweep, HOUR_MS)
  timer.unref()
  return () => {
    ended.abort()
    clearInterval(timer)
    return running
  }
}

/** @returns how many rows were removed */
export async function sweepExpired(deps: Deps, signal?: AbortSignal): Promise<number> {
  const now = deps.clock().toISOString()
  const expired = sql`expires_at <= ${now}`
  const done: readonly [table: string, key: string, when: RawBuilder<unknown>][] = [
    ['revoked_tokens', 'jti', expired],
    ['agent_tokens', 'jti', expired],
    ['rate_limits', 'bucket', expired],
    ['request_rates', 'bucket', sql`next_at_ms <= ${Date.parse(now)}`],
    // Of a login that has ended none is exchanged any more: it is refused as one that was never there.
    [
      'refresh_tokens',
      'token_hash',
      sql`login_id in (select id from logins where ${expired} or revoked_at is not null)`,
    ],
  ]
  let removed = 0
  for (const [table, key, when] of done) removed += await removeAll(deps, sql.table(table), sql.ref(key), when, signal)
  return removed
}

async function removeAll(
  { db, settled }: Deps,
  table: RawBuilder<unknown>,
  key: RawBuilder<unknown>,
  when: RawBuilder<unknown>,
  signal: AbortSignal | undefined,
): Promise<number> {
  let removed = 0
  while (!signal?.aborted) {
    // The table within: one of the databases takes no limit right beside `in`.
    const batch = sql`select ${key} from (select ${key} from ${table} where ${when} limit ${BATCH_ROWS}) as oldest`
    const { numAffectedRows } = await sql`delete from ${table} where ${key} in (${batch})`.execute(db)
    await settled()
    removed += Number(numAffectedRows)
    if (Number(numAffectedRows) < BATCH_ROWS) break
  }
  return removed
}
