import { type Kysely, sql } from 'kysely'
import { createTable, type TableDeclaration } from '../define-table.ts'
import type { Dialect } from '../dialect.ts'

/** The full-text index. Released: never edited, only followed by another migration. */
const tables: Record<string, TableDeclaration> = {
  /** One row for each row that can be found. `terms` is what `server/search/terms.ts` makes of its title and texts. */
  search_documents: {
    columns: {
      number: 'integer!',
      entity: 'line(50)!',
      entity_id: 'id!',
      client_id: 'id',
      created_by: 'id',
      project_id: 'id',
      at: 'instant!',
      title: 'line(200)!',
      body: 'text!',
      terms: 'text!',
    },
    primaryKey: ['number'],
    unique: [['entity', 'entity_id']],
  },
  /** How far the rows of each entity have been indexed that were there before the index, or before it changed. */
  search_progress: {
    columns: { entity: 'line(50)!', version: 'integer!', last_id: 'id', finished_at: 'instant' },
    primaryKey: ['entity'],
  },
}

export async function up(db: Kysely<never>, dialect: Dialect): Promise<void> {
  for (const [name, table] of Object.entries(tables)) await createTable(db, dialect, name, table)
  for (const statement of dialect.fullText.create('search_documents', 'number', 'terms'))
    await sql.raw(statement).execute(db)
}
