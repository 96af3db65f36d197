import { type Kysely, sql } from 'kysely'
import { tag } from '../../../src/contract/tags.ts'
import type { Context } from '../../context.ts'
import { rows } from '../../crud/rows.ts'

/** A junction between an entity and its tags. */
export interface Junction {
  table: 'session_tags' | 'work_item_tags'
  column: 'session_id' | 'work_item_id'
}

/** Adds and removes tags; what is there already stays as it is. @returns the tags that it has then. */
export async function changeTags(
  context: Context,
  { table, column }: Junction,
  ownerId: string,
  add: string[],
  remove: string[],
): Promise<{ id: string; slug: string }[]> {
  for (const id of [...add, ...remove]) await rows(context, tag).get(id)
  // Both junctions have these columns; their types differ only in the name of one.
  const db = context.db as unknown as Kysely<Record<string, Record<string, unknown>>>
  if (remove.length > 0) await db.deleteFrom(table).where(column, '=', ownerId).where('tag_id', 'in', remove).execute()
  const now = context.clock().toISOString()
  if (add.length > 0)
    await db
      .insertInto(table)
      .ignore()
      .values([...new Set(add)].map((tag_id) => ({ [column]: ownerId, tag_id, source: 'manual', created_at: now })))
      .execute()
  const found = await sql<{
    id: string
    slug: string
  }>`select tags.id, tags.slug from tags join ${sql.table(table)} as junction on junction.tag_id = tags.id where junction.${sql.ref(column)} = ${ownerId} order by tags.slug`.execute(
    context.db,
  )
  return found.rows
}
