import { type Kysely, sql } from 'kysely'
import type { RowOf } from '../../../src/contract/kernel.ts'
import { tag } from '../../../src/contract/tags.ts'
import type { Context } from '../../context.ts'
import { rows } from '../../crud/rows.ts'

/** A junction between an entity and its tags. */
export interface Junction {
  table: 'session_tags' | 'work_item_tags'
  column: 'session_id' | 'work_item_id'
}

/**
 * Adds and removes tags; what is there already stays, and is of a person from then on. Instead of a tag that was merged the one
 * counts that it was merged into.
 *
 * @returns the tags that it has then.
 */
export async function changeTags(
  context: Context,
  junction: Junction,
  ownerId: string,
  add: string[],
  remove: string[],
): Promise<{ id: string; slug: string }[]> {
  const added = await survivorsOf(context, add)
  await take(context, junction, ownerId, await survivorsOf(context, remove))
  await put(context, junction, ownerId, added, 'manual')
  if (added.length > 0)
    await untyped(context)
      .updateTable(junction.table)
      .set({ source: 'manual' })
      .where(junction.column, '=', ownerId)
      .where('tag_id', 'in', added)
      .execute()
  return tagsOf(context, junction, ownerId)
}

/** Tags that nobody chose: they take the place of those of the time before, and leave a person's alone. */
export async function addAutoTags(context: Context, junction: Junction, ownerId: string, add: string[]): Promise<void> {
  const added = await survivorsOf(context, add)
  await untyped(context)
    .deleteFrom(junction.table)
    .where(junction.column, '=', ownerId)
    .where('source', '=', 'auto')
    .execute()
  await put(context, junction, ownerId, added, 'auto')
}

/** The tag itself, or the one that it was merged into. */
export async function survivorOf(context: Context, id: string): Promise<RowOf<typeof tag>> {
  const found = await rows(context, tag).get(id)
  // Merging keeps the way short: whoever was merged names the one that is left.
  return found.merged_into_id === null ? found : rows(context, tag).get(found.merged_into_id)
}

async function survivorsOf(context: Context, ids: readonly string[]): Promise<string[]> {
  const found = new Set<string>()
  for (const id of ids) found.add((await survivorOf(context, id)).id)
  return [...found]
}

async function put(context: Context, { table, column }: Junction, ownerId: string, ids: string[], source: string) {
  const created_at = context.clock().toISOString()
  if (ids.length > 0)
    await untyped(context)
      .insertInto(table)
      .ignore()
      .values(ids.map((tag_id) => ({ [column]: ownerId, tag_id, source, created_at })))
      .execute()
}

async function take(context: Context, { table, column }: Junction, ownerId: string, ids: string[]) {
  if (ids.length > 0)
    await untyped(context).deleteFrom(table).where(column, '=', ownerId).where('tag_id', 'in', ids).execute()
}

async function tagsOf(context: Context, { table, column }: Junction, ownerId: string) {
  const found = await sql<{
    id: string
    slug: string
  }>`select tags.id, tags.slug from tags join ${sql.table(table)} as junction on junction.tag_id = tags.id where junction.${sql.ref(column)} = ${ownerId} order by tags.slug`.execute(
    context.db,
  )
  return found.rows
}

/** Both junctions have these columns; their types differ only in the name of one. */
const untyped = (context: Context) => context.db as unknown as Kysely<Record<string, Record<string, unknown>>>
