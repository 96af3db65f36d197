import type { Kysely } from 'kysely'
import { entities } from '../../src/contract/index.ts'
import type { AnyEntity } from '../../src/contract/kernel.ts'
import { session as sessionEntity } from '../../src/contract/sessions.ts'
import type { Deps } from '../context.ts'
import { indexRows, indexSaidIn } from './indexing.ts'
import { TERMS_VERSION } from './terms.ts'

const BATCH = 500

/**
 * Indexes the rows that were there before the index, or before its words changed. Killed, it goes on where it stopped; two at once
 * do the same work twice and harm nothing. Once done it costs one query.
 */
export async function indexExistingRows(deps: Pick<Deps, 'db' | 'clock' | 'log'>): Promise<void> {
  const finished = await deps.db
    .selectFrom('search_progress')
    .select('entity')
    .where('version', '=', TERMS_VERSION)
    .where('finished_at', 'is not', null)
    .execute()
  const done = new Set(finished.map(({ entity }) => entity))
  for (const entity of Object.values(entities) as AnyEntity[])
    if (entity.indexed && !done.has(entity.plural)) await indexEntity(deps, entity)
  if (!done.has(SAID_IN_SESSIONS)) await indexBatches(deps, SAID_IN_SESSIONS, sessionEntity, indexSaidInEach)
}

/** Its name in the account of the progress. */
export const SAID_IN_SESSIONS = 'said'

async function indexSaidInEach(place: Pick<Deps, 'db'>, ids: readonly string[]): Promise<void> {
  for (const id of ids) await indexSaidIn(place, id)
}

const indexEntity = (deps: Pick<Deps, 'db' | 'clock' | 'log'>, entity: AnyEntity) =>
  indexBatches(deps, entity.plural, entity, (place, ids) => indexRows(place, entity, ids))

async function indexBatches(
  { db, clock, log }: Pick<Deps, 'db' | 'clock' | 'log'>,
  name: string,
  entity: AnyEntity,
  index: (place: Pick<Deps, 'db'>, ids: readonly string[]) => Promise<void>,
): Promise<void> {
  let last = await whereItStopped(db, name)
  for (let count = 0; ; count += BATCH) {
    const ids = await idsAfter(db, entity, last)
    const isLast = ids.length < BATCH
    last = ids.at(-1) ?? last
    await db.transaction().execute(async (trx) => {
      await index({ db: trx as typeof db }, ids)
      await trx
        .updateTable('search_progress')
        .set({ last_id: last, finished_at: isLast ? clock().toISOString() : null })
        .where('entity', '=', name)
        .execute()
    })
    if (isLast) return
    if (count % 10_000 === 0) log.info({ entity: name, rows: count + BATCH }, 'indexing')
  }
}

async function whereItStopped(db: Deps['db'], name: string): Promise<string | null> {
  const start = { version: TERMS_VERSION, last_id: null, finished_at: null }
  await db
    .insertInto('search_progress')
    .ignore()
    .values({ entity: name, ...start })
    .execute()
  await db
    .updateTable('search_progress')
    .set(start)
    .where('entity', '=', name)
    .where('version', '!=', TERMS_VERSION)
    .execute()
  const found = await db
    .selectFrom('search_progress')
    .select('last_id')
    .where('entity', '=', name)
    .executeTakeFirstOrThrow()
  return found.last_id
}

async function idsAfter(db: Deps['db'], entity: AnyEntity, last: string | null): Promise<string[]> {
  const found = await (db as unknown as Kysely<Record<string, { id: string }>>)
    .selectFrom(entity.table)
    .select('id')
    .$if(last !== null, (query) => query.where('id', '>', last as string))
    .orderBy('id')
    .limit(BATCH)
    .execute()
  return found.map(({ id }) => id)
}
