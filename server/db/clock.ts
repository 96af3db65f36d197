import { sql } from 'kysely'
import { ConfigError } from '../config.ts'
import type { Database } from './open.ts'

/** Tokens last an hour, and codes half a minute: a clock that is further off than this gives rights that have ended, or none. */
const MOST_MS = 5 * 60_000

/**
 * Compares this server's clock with that of the database, where that runs elsewhere: all servers of one database have to agree on the time.
 *
 * @throws ConfigError when they are more than five minutes apart
 */
export async function refuseWrongClock({ db, dialect }: Database, now: Date): Promise<void> {
  if (!dialect.now) return
  const { rows } = await sql<{ seconds: string }>`select ${sql.raw(dialect.now)} as seconds`.execute(db)
  const differenceMs = now.getTime() - Number(rows[0]?.seconds) * 1_000
  if (Math.abs(differenceMs) <= MOST_MS) return
  const minutes = Math.round(Math.abs(differenceMs) / 60_000)
  throw new ConfigError(
    `The server cannot start:\n  The clock of this host is ${minutes} minutes ${differenceMs > 0 ? 'ahead of' : 'behind'} that of the database. Set both by NTP, then start again.`,
  )
}
