import type { Kysely } from 'kysely'
import { addColumns, createTable, type TableDeclaration } from '../define-table.ts'
import type { Dialect } from '../dialect.ts'

/** What the redactor of the server needs. Released: never edited, only followed by another migration. */
const tables: Record<string, TableDeclaration> = {
  /** Texts that the redactor failed at, sealed, until it works again. `row_key`: the key of their row, JSON where it has several parts. */
  quarantined_texts: {
    columns: {
      id: 'id!',
      in_table: 'line(64)!',
      row_key: 'line(500)!',
      in_column: 'line(64)!',
      client_id: 'id',
      kid: 'line(60)!',
      sealed: 'content!',
      created_at: 'instant!',
    },
    primaryKey: ['id'],
    indexes: [['in_table', 'row_key']],
  },
  /** How far a table has been looked through by a version of the redactor. `last_key`: as `row_key` above. */
  redaction_progress: {
    columns: {
      in_table: 'line(64)!',
      version: 'integer!',
      last_key: 'line(500)',
      rows_done: 'integer!',
      rows_changed: 'integer!',
      secrets_found: 'integer!',
      /** Rows that hold a secret and that nothing may change: what is locked, and the audit. */
      rows_locked: 'integer!',
      finished_at: 'instant',
    },
    primaryKey: ['in_table'],
  },
}

export async function up(db: Kysely<never>, dialect: Dialect): Promise<void> {
  for (const [name, table] of Object.entries(tables)) await createTable(db, dialect, name, table)
  // What the machine and the server replaced in the text of an event, and by which rules. Rows from before have none.
  await addColumns(db, dialect, 'session_events', {
    columns: { redaction_count: 'integer', redactor_version: 'integer' },
  })
  // The known secrets of a client are looked for in everything that it brings.
  await addColumns(db, dialect, 'credential_versions', { columns: {}, indexes: [['client_id']] })
}
