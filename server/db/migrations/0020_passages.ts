import { type Kysely, sql } from 'kysely'
import { createTable, type TableDeclaration } from '../define-table.ts'
import type { Dialect } from '../dialect.ts'

/**
 * The full-text index finds passages: what was said in a session beside the session's own row, with what is needed to put them in order.
 * The index holds nothing that is not in other tables, so it is made anew; the next start fills it. Released: never edited.
 */
const tables: Record<string, TableDeclaration> = {
  /** One row for each passage that can be found. `terms` is what `server/search/terms.ts` makes of its title and text. */
  search_documents: {
    columns: {
      number: 'integer!',
      entity: 'line(50)!',
      entity_id: 'id!',
      part: 'line(200)!',
      client_id: 'id',
      created_by: 'id',
      project_id: 'id',
      session_id: 'id',
      infrastructure_id: 'id',
      at: 'instant!',
      title: 'line(200)!',
      body: 'text!',
      terms: 'text!',
      is_current: 'boolean!',
      importance: 'integer!',
    },
    primaryKey: ['number'],
    unique: [['entity', 'entity_id', 'part']],
    indexes: [
      ['session_id', 'at'],
      ['client_id', 'number'],
      ['client_id', 'at'],
    ],
  },
  /** In how many passages of a client each word stands; of nobody's passages under an id of zeros. */
  search_terms: {
    columns: { client_id: 'id!', term: 'line(60)!', documents: 'integer!' },
    primaryKey: ['client_id', 'term'],
    indexes: [['term']],
  },
  /** What a model of embeddings made of a passage, and of which text. Only where one is configured. */
  search_vectors: {
    columns: { number: 'integer!', of_text: 'hash!', vector: 'bytes!' },
    primaryKey: ['number'],
  },
  /** What was counted: how many passages of how many words, and up to which. */
  search_counts: {
    columns: {
      client_id: 'id!',
      documents: 'integer!',
      words: 'integer!',
      last_number: 'integer!',
      counted_at: 'instant!',
    },
    primaryKey: ['client_id'],
  },
}

export async function up(db: Kysely<never>, dialect: Dialect): Promise<void> {
  for (const statement of dialect.fullText.drop('search_documents')) await sql.raw(statement).execute(db)
  for (const [name, table] of Object.entries(tables)) await createTable(db, dialect, name, table)
  for (const statement of dialect.fullText.create('search_documents', 'number', 'terms'))
    await sql.raw(statement).execute(db)
  await sql`delete from search_progress`.execute(db)
}
