import { type Kysely, sql } from 'kysely'
import { addColumns, createTable, type TableDeclaration } from '../define-table.ts'
import type { Dialect } from '../dialect.ts'

/** What the vault, the audit and the limits need beyond the tables that are there. Released: never edited, only followed by another migration. */

const PURPOSES = 'signing|pepper|checkpoint'
const keys: TableDeclaration = {
  columns: {
    kid: 'line(40)!',
    purpose: `oneOf(${PURPOSES})!`,
    state: 'oneOf(active|retired)!',
    wrapped: 'bytes!',
    created_at: 'instant!',
    master_key_id: 'line(40)',
  },
  primaryKey: ['kid'],
}

/** Nobody looks for entries by when they were written, but by when it happened; every call of the API pays for each index. */
const unused: Record<string, readonly string[]> = {
  api_audit_log: ['client_id', 'created_at'],
  credential_audit_log: ['client_id', 'created_at'],
  audit_bodies: ['created_at'],
}

export async function up(db: Kysely<never>, dialect: Dialect): Promise<void> {
  // The key that a login is bound to, whose private half refreshes it; what its user's last proof of presence is shown by; and where it came from.
  await addColumns(db, dialect, 'logins', {
    columns: { public_key: 'line(100)', step_up_hash: 'hash', network_hash: 'hash' },
  })
  for (const [table, columns] of Object.entries(unused)) await sql.raw(dialect.dropIndex(table, columns)).execute(db)
  await allowMorePurposes(db, dialect)
  // Beside `rate_limits`, which must survive a restart, the counters of plain requests: in memory where several servers share them.
  await createTable(db, dialect, 'request_rates', {
    columns: { bucket: 'hash!', next_at_ms: 'integer!' },
    primaryKey: ['bucket'],
  })
  for (const statement of dialect.keepInMemory('request_rates')) await sql.raw(statement).execute(db)
}

async function allowMorePurposes(db: Kysely<never>, dialect: Dialect): Promise<void> {
  const statements = dialect.widenOneOf('encryption_keys', 'purpose', PURPOSES.split('|'))
  for (const statement of statements.alter) await sql.raw(statement).execute(db)
  if (!statements.rebuild) return
  // One of the databases cannot change a check. Nothing refers to this table, and the migration is one transaction there.
  await createTable(db, dialect, 'encryption_keys_wider', keys)
  for (const statement of [
    'insert into encryption_keys_wider select kid, purpose, state, wrapped, created_at, master_key_id from encryption_keys',
    'drop table encryption_keys',
    'alter table encryption_keys_wider rename to encryption_keys',
  ])
    await sql.raw(statement).execute(db)
}
