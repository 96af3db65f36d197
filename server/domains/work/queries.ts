import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { AnyEntity } from '../../../src/contract/kernel.ts'
import { conversationContext } from '../../../src/contract/knowledge.ts'
import { session } from '../../../src/contract/sessions.ts'
import { OPEN_TASK_STATUS } from '../../../src/contract/tasks.ts'
import { workItem } from '../../../src/contract/work.ts'
import type { Context } from '../../context.ts'
import { foldName } from '../../crud/stored.ts'
import { visibleRows } from '../../crud/visibility.ts'

/** The open tasks that a task waits for. They are of its client, or of its author like itself. */
export function openDependencies({ db }: Context, taskId: string): Promise<{ id: string; title: string }[]> {
  return db
    .selectFrom('task_dependencies as dependency')
    .innerJoin('tasks', 'tasks.id', 'dependency.depends_on_id')
    .select(['tasks.id', 'tasks.title'])
    .where('dependency.task_id', '=', taskId)
    .where('dependency.archived_at', 'is', null)
    .where('tasks.archived_at', 'is', null)
    .where('tasks.status', 'in', OPEN_TASK_STATUS)
    .orderBy('tasks.title')
    .limit(20)
    .execute()
}

/** Does a task wait for another, over any number of steps? Every task waits for itself. */
export async function isWaitingFor({ db }: Context, taskId: string, otherId: string): Promise<boolean> {
  const found = await sql`
    with recursive chain (id) as (
      select id from tasks where id = ${taskId}
      union
      select dependency.depends_on_id from task_dependencies as dependency
      join chain on chain.id = dependency.task_id where dependency.archived_at is null
    )
    select 1 as yes from chain where id = ${otherId}`.execute(db)
  return found.rows.length > 0
}

/** A tag and those above it. */
export async function tagsAbove({ db }: Context, tagId: string): Promise<string[]> {
  const found = await sql<{ id: string }>`
    with recursive line (id, parent_id) as (
      select id, parent_id from tags where id = ${tagId}
      union
      select tags.id, tags.parent_id from tags join line on line.parent_id = tags.id
    )
    select id from line`.execute(db)
  return found.rows.map(({ id }) => id)
}

/** Rows that have the tag of this slug: a condition on the table of their entity. */
export async function havingTag(
  { db }: Context,
  junction: 'session_tags' | 'work_item_tags',
  slug: string | undefined,
): Promise<RawBuilder<SqlBool>[]> {
  if (slug === undefined) return []
  const owner = sql.ref(junction === 'session_tags' ? 'session_id' : 'work_item_id')
  const tag = await db
    .selectFrom('tags')
    .select('id')
    .where('slug_key', '=', foldName(slug))
    .where('archived_at', 'is', null)
    .executeTakeFirst()
  return [sql<SqlBool>`id in (select ${owner} from ${sql.table(junction)} where tag_id = ${tag?.id ?? ''})`]
}

/** How many rows have each tag, of those that the caller may see. */
export async function countTagUse(
  context: Context,
  { tags, column, of }: { tags: string; column: string; of: keyof typeof TAGGED },
  clientId: string | undefined,
): Promise<Map<string, number>> {
  const entity: AnyEntity = TAGGED[of]
  const owner = sql.table(entity.table)
  const ofClient = clientId === undefined ? sql`` : sql` and ${sql.ref(`${entity.table}.client_id`)} = ${clientId}`
  const found = await sql<{ tag_id: string; uses: number }>`
    select junction.tag_id, count(*) as uses from ${sql.table(tags)} as junction
    join ${owner} on ${sql.ref(`${entity.table}.id`)} = junction.${sql.ref(column)}
    where ${sql.ref(`${entity.table}.archived_at`)} is null and ${visibleRows(entity, context.caller, context.clock())}${ofClient}
    group by junction.tag_id`.execute(context.db)
  return new Map(found.rows.map(({ tag_id, uses }) => [tag_id, Number(uses)]))
}

const TAGGED = { sessions: session, work_items: workItem, contexts: conversationContext }
