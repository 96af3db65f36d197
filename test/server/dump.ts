import { sql } from 'kysely'
import type { RunningServer } from '../../server/start.ts'

/** What a refused call may write: when somebody was last seen. */
const PASSING: Record<string, readonly string[]> = {
  logins: ['last_used_at'],
  users: ['last_login_at'],
  machines: ['last_seen_at'],
}

/** That it was refused is written down, and counted. */
const OF_CALLS =
  /^(credential_audit_log|api_audit_log|audit_heads|audit_bodies|audit_checkpoints|rate_limits|request_rates)$/

/** Every row of every table as text, in a fixed order: equal dumps are equal databases, but for what they say of calls. */
export async function dump({ deps: { db } }: RunningServer): Promise<Record<string, string[]>> {
  const tables = (await db.introspection.getTables()).filter(({ name }) => !OF_CALLS.test(name))
  const contents: Record<string, string[]> = {}
  for (const { name } of tables) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db)
    const lasting = (row: Record<string, unknown>) =>
      Object.entries(row).filter(([column]) => !(PASSING[name] ?? []).includes(column))
    contents[name] = rows.map((row) => JSON.stringify(lasting(row))).sort()
  }
  return contents
}
