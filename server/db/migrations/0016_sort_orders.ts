import type { Kysely } from 'kysely'
import { addColumns } from '../define-table.ts'
import type { Dialect } from '../dialect.ts'

/** Orders in which long lists are asked for and that no index gave. Released: never edited, only followed by another migration. */
const indexes: Record<string, readonly (readonly string[])[]> = {
  sessions: [['client_id', 'created_at'], ['ended_at']],
  work_items: [['started_at']],
  commands_run: [['client_id', 'created_at']],
  file_changes: [['client_id', 'created_at']],
  billable_time: [['client_id', 'started_at']],
}

export async function up(db: Kysely<never>, dialect: Dialect): Promise<void> {
  for (const [table, columns] of Object.entries(indexes))
    await addColumns(db, dialect, table, { columns: {}, indexes: columns })
}
