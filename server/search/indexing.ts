import type { Kysely } from 'kysely'
import type { AnyEntity } from '../../src/contract/kernel.ts'
import { session as sessionEntity } from '../../src/contract/sessions.ts'
import type { Tables } from '../db/tables.ts'
import { documentOf, type SearchDocument, saidIn } from './document.ts'

type Values = Readonly<Record<string, unknown>>
interface Place {
  db: Kysely<Tables>
}

/** What a document holds beside its texts. */
const MATTER = [
  ...['client_id', 'project_id', 'session_id', 'infrastructure_id', 'archived_at'],
  ...['superseded_by_id', 'valid_to', 'status', 'importance'],
]

/** What came out of a work item is found beside what else was done in its session. */
async function withSession({ db }: Place, entity: AnyEntity, row: Values): Promise<Values> {
  if (!entity.indexed || row.session_id || typeof row.work_item_id !== 'string') return row
  const item = await db
    .selectFrom('work_items')
    .select('session_id')
    .where('id', '=', row.work_item_id)
    .executeTakeFirst()
  return { ...row, session_id: item?.session_id ?? null }
}

/** Makes a new row findable, when its entity is. */
export async function indexNewRow({ db }: Place, entity: AnyEntity, row: Values): Promise<void> {
  const document = documentOf(entity, await withSession({ db }, entity, row))
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
  if (hasChanged) await store(place, entity, after, documentOf(entity, await withSession(place, entity, after)))
}

/** Indexes rows that were written without `rows()`, as they are now. */
export async function indexRows({ db }: Place, entity: AnyEntity, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const found = await (db as unknown as Kysely<Record<string, Values>>)
    .selectFrom(entity.table)
    .selectAll()
    .where('id', 'in', ids)
    .execute()
  for (const row of found) await store({ db }, entity, row, documentOf(entity, await withSession({ db }, entity, row)))
}

/** What was said in a session, as it is kept among its events. */
export interface Said {
  event_id: string
  at: string
  text: string
}

/** Kinds of events that tell what was said. */
export const SAID: readonly string[] = ['prompt', 'turn', 'agent.stopped']

/** Makes findable what was said in a session. */
export async function indexSaid({ db }: Place, session: Values, { event_id, at, text }: Said): Promise<void> {
  const document = saidIn(sessionEntity, session, text, at)
  if (document)
    await db
      .insertInto('search_documents')
      .values({ ...keyOf(sessionEntity, session), part: event_id, ...document })
      .execute()
}

/** Indexes anew what was said in a session, as it is now: its client, or the texts, have changed. */
export async function indexSaidIn({ db }: Place, sessionId: string): Promise<void> {
  await db
    .deleteFrom('search_documents')
    .where('entity', '=', sessionEntity.plural)
    .where('entity_id', '=', sessionId)
    .where('part', '!=', '')
    .execute()
  const session = await db.selectFrom('sessions').selectAll().where('id', '=', sessionId).executeTakeFirst()
  const said = await db
    .selectFrom('session_events')
    .select(['event_id', 'at', 'text'])
    .where('session_id', '=', sessionId)
    .where('kind', 'in', SAID)
    .where('text', 'is not', null)
    .orderBy('at')
    .execute()
  if (session) for (const one of said) await indexSaid({ db }, session as Values, one as Said)
}

async function store({ db }: Place, entity: AnyEntity, row: Values, document: SearchDocument | undefined) {
  const key = keyOf(entity, row)
  if (!document) {
    await db
      .deleteFrom('search_documents')
      .where('entity', '=', key.entity)
      .where('entity_id', '=', key.entity_id)
      .where('part', '=', '')
      .execute()
    return
  }
  const { numUpdatedRows } = await db
    .updateTable('search_documents')
    .set(document)
    .where('entity', '=', key.entity)
    .where('entity_id', '=', key.entity_id)
    .where('part', '=', '')
    .executeTakeFirst()
  if (Number(numUpdatedRows) === 0)
    await db
      .insertInto('search_documents')
      .values({ ...key, ...document })
      .execute()
}

const keyOf = (entity: AnyEntity, row: Values) => ({ entity: entity.plural, entity_id: row.id as string, part: '' })
