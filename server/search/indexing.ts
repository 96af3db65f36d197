import type { Kysely } from 'kysely'
import type { AnyEntity } from '../../src/contract/kernel.ts'
import type { Tables } from '../db/tables.ts'
import { documentOf, type SearchDocument } from './document.ts'

type Values = Readonly<Record<string, unknown>>
interface Place {
  db: Kysely<Tables>
}

/** What a document holds beside its texts. */
const MATTER = ['client_id', 'project_id', 'archived_at']

/** Makes a new row findable, when its entity is. */
export async function indexNewRow({ db }: Place, entity: AnyEntity, row: Values): Promise<void> {
  const document = documentOf(entity, row)
  if (document)
    await db
      .insertInto('search_documents')
      .values({ ...keyOf(entity, row), ...document })
      .execute()
}

/** Keeps the index to a row that has changed. An archived row is found no more. */
export async function indexChangedRow(place: Place, entity: AnyEntity, before: Values, after: Values): Promise<void> {
  if (!entity.indexed) return
  const columns = [entity.indexed.title, ...entity.indexed.body, ...MATTER, entity.dated ?? 'created_at']
  const hasChanged = columns.some((column) => JSON.stringify(before[column]) !== JSON.stringify(after[column]))
  if (hasChanged) await store(place, entity, after, documentOf(entity, after))
}

/** Indexes rows that were written without `rows()`, as they are now. */
export async function indexRows({ db }: Place, entity: AnyEntity, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const found = await (db as unknown as Kysely<Record<string, Values>>)
    .selectFrom(entity.table)
    .selectAll()
    .where('id', 'in', ids)
    .execute()
  for (const row of found) await store({ db }, entity, row, documentOf(entity, row))
}

async function store({ db }: Place, entity: AnyEntity, row: Values, document: SearchDocument | undefined) {
  const key = keyOf(entity, row)
  if (!document) {
    await db
      .deleteFrom('search_documents')
      .where('entity', '=', key.entity)
      .where('entity_id', '=', key.entity_id)
      .execute()
    return
  }
  const { numUpdatedRows } = await db
    .updateTable('search_documents')
    .set(document)
    .where('entity', '=', key.entity)
    .where('entity_id', '=', key.entity_id)
    .executeTakeFirst()
  if (Number(numUpdatedRows) === 0)
    await db
      .insertInto('search_documents')
      .values({ ...key, ...document })
      .execute()
}

const keyOf = (entity: AnyEntity, row: Values) => ({ entity: entity.plural, entity_id: row.id as string })
