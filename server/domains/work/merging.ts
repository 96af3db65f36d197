import { sql } from 'kysely'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { tag } from '../../../src/contract/tags.ts'
import type { Context } from '../../context.ts'

type Tag = RowOf<typeof tag>

/**
 * Everything that had the one tag has the other, once: sessions, work items, contexts, rules, tags below it and tags merged into it.
 *
 * @param line the other tag and those above it: none of them comes to stand below itself.
 */
export async function moveTag(context: Context, from: Tag, into: Tag, line: readonly string[]): Promise<void> {
  for (const [table, owner] of [
    ['session_tags', 'session_id'],
    ['work_item_tags', 'work_item_id'],
  ] as const)
    await moveLinks(context, table, sql.ref(owner), { from: from.id, into: into.id })
  await moveContextTags(context, from.id, into.id)
  const { db } = context
  await db.updateTable('tag_rules').set({ tag_id: into.id }).where('tag_id', '=', from.id).execute()
  await db.updateTable('tags').set({ merged_into_id: into.id }).where('merged_into_id', '=', from.id).execute()
  await db
    .updateTable('tags')
    .set({ parent_id: from.parent_id })
    .where('parent_id', '=', from.id)
    .where('id', 'in', line)
    .execute()
  await db.updateTable('tags').set({ parent_id: into.id }).where('parent_id', '=', from.id).execute()
}

async function moveLinks(
  { db }: Context,
  table: string,
  owner: ReturnType<typeof sql.ref>,
  { from, into }: { from: string; into: string },
): Promise<void> {
  // In brackets of its own: the one database reads a table that it changes only from a copy.
  const having = sql`select owner from (select ${owner} as owner from ${sql.table(table)} where tag_id = ${into}) as present`
  await sql`update ${sql.table(table)} set tag_id = ${into} where tag_id = ${from} and ${owner} not in (${having})`.execute(
    db,
  )
  await sql`delete from ${sql.table(table)} where tag_id = ${from}`.execute(db)
}

/** These are rows of their own: the second of two is archived. */
async function moveContextTags({ db, clock }: Context, from: string, into: string): Promise<void> {
  const having = sql`select source_key from (select source_key from context_tags where tag_id = ${into} and archived_at is null) as present`
  const now = clock().toISOString()
  await sql`update context_tags set archived_at = ${now} where tag_id = ${from} and archived_at is null and source_key in (${having})`.execute(
    db,
  )
  await sql`update context_tags set tag_id = ${into}, updated_at = ${now}, row_version = row_version + 1 where tag_id = ${from}`.execute(
    db,
  )
}
