import type { Kysely } from 'kysely'
import { addColumns } from '../define-table.ts'
import type { Dialect } from '../dialect.ts'

/**
 * Work items and time entries that are made of what was recorded: which ones these are, and what was made, so that what a person changed since is
 * told from it. Released: never edited, only followed by another migration.
 */
export async function up(db: Kysely<never>, dialect: Dialect): Promise<void> {
  await addColumns(db, dialect, 'work_items', { columns: { is_automatic: 'boolean', made_hash: 'hash' } })
  await addColumns(db, dialect, 'billable_time', { columns: { measured_seconds: 'integer' } })
}
