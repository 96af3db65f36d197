import { type SqlBool, sql } from 'kysely'
import type { ClientMonth, ClientWork } from '../../../src/contract/reports.ts'
import type { Context } from '../../context.ts'

/**
 * What a month of one client holds. The caller may see the client, and every row of it then. Each query reads one range of an index that
 * begins with the client, so a month costs what it holds, however much there is around it.
 */
export interface Span {
  clientId: string
  from: string
  until: string
}

export async function readSessions({ db }: Context, { clientId, from, until }: Span): Promise<ClientMonth['sessions']> {
  const found = await db
    .selectFrom('sessions')
    .select((eb) => [
      eb.fn.countAll().as('count'),
      eb.fn.sum('wall_seconds').as('wall_seconds'),
      eb.fn.sum('active_seconds').as('active_seconds'),
    ])
    .where('client_id', '=', clientId)
    .where('started_at', '>=', from)
    .where('started_at', '<', until)
    .where('archived_at', 'is', null)
    .executeTakeFirstOrThrow()
  return {
    count: Number(found.count),
    wall_seconds: Number(found.wall_seconds ?? 0),
    active_seconds: Number(found.active_seconds ?? 0),
  }
}

/** By the instant they began; those that never said when, by the instant they were entered. */
export async function readWorkItems(
  { db }: Context,
  { clientId, from, until }: Span,
): Promise<ClientMonth['work_items']> {
  const { rows } = await sql<{ category: string; count: unknown; active_seconds: unknown }>`
    select category, count(*) as count, sum(active_seconds) as active_seconds from (
      select category, active_seconds from work_items
      where client_id = ${clientId} and started_at >= ${from} and started_at < ${until} and archived_at is null
      union all
      select category, active_seconds from work_items
      where client_id = ${clientId} and created_at >= ${from} and created_at < ${until}
        and started_at is null and archived_at is null
    ) items group by category order by category`.execute(db)
  const by_category = rows.map(({ category, count, active_seconds }) => ({
    category,
    count: Number(count),
    active_seconds: Number(active_seconds ?? 0),
  }))
  return { count: sumOf(by_category, 'count'), by_category }
}

/** The first of them, in their order; two ranges, so that each has its index. */
export async function readItems(
  { db }: Context,
  { clientId, from, until }: Span,
  limit: number,
): Promise<ClientWork['items']> {
  const columns = sql.raw('id, title, category, status, outcome, created_by, active_seconds, client_visible_summary')
  const { rows } = await sql<ClientWork['items'][number] & { technician: string | null }>`
    select t.id, t.at, t.title, t.category, t.status, t.outcome, u.name as technician, t.active_seconds, t.client_visible_summary
    from (
      select * from (select started_at as at, ${columns} from work_items
        where client_id = ${clientId} and started_at >= ${from} and started_at < ${until} and archived_at is null
        order by started_at limit ${limit}) begun
      union all
      select * from (select created_at as at, ${columns} from work_items
        where client_id = ${clientId} and created_at >= ${from} and created_at < ${until}
          and started_at is null and archived_at is null
        order by created_at limit ${limit}) entered
    ) t left join users u on u.id = t.created_by order by t.at, t.id limit ${limit}`.execute(db)
  return rows.map((row) => ({ ...row, technician: row.technician ?? '' }))
}

/** Two ranges of (client_id, success, started_at), which holds all that is asked. */
export async function readCommands({ db }: Context, { clientId, from, until }: Span): Promise<ClientMonth['commands']> {
  const counted = async (success: 0 | 1) => {
    const found = await db
      .selectFrom('commands_run')
      .select((eb) => eb.fn.countAll().as('count'))
      .where('client_id', '=', clientId)
      .where('success', '=', success)
      .where('started_at', '>=', from)
      .where('started_at', '<', until)
      .executeTakeFirstOrThrow()
    return Number(found.count)
  }
  const failures = await counted(0)
  return { count: failures + (await counted(1)), failures }
}

export async function readChanges({ db }: Context, { clientId, from, until }: Span): Promise<ClientMonth['changes']> {
  const found = await db
    .selectFrom('infrastructure_changes')
    .select((eb) => ['category', eb.fn.countAll().as('count')])
    .where('client_id', '=', clientId)
    .where('changed_at', '>=', from)
    .where('changed_at', '<', until)
    .where('archived_at', 'is', null)
    .groupBy('category')
    .orderBy('category')
    .execute()
  const by_category = found.map(({ category, count }) => ({ category, count: Number(count) }))
  return { count: sumOf(by_category, 'count'), by_category }
}

/** What replaced or took back a successful deployment does not make it less of one. */
export async function readDeployments(
  { db }: Context,
  { clientId, from, until }: Span,
): Promise<ClientMonth['deployments']> {
  const { rows } = await sql<{ count: unknown; successes: unknown }>`
    select count(*) as count, sum(case when status in ('success', 'inactive') then 1 else 0 end) as successes
    from deployments
    where client_id = ${clientId} and started_at >= ${from} and started_at < ${until} and archived_at is null`.execute(
    db,
  )
  return { count: Number(rows[0]?.count), successes: Number(rows[0]?.successes ?? 0) }
}

/** Not "is null": SQLite would look for it in the index of reversals, and find nearly every entry. */
export const NO_REVERSAL = sql<SqlBool>`coalesce(t.reverses_id, '') = ''`

const sumOf = <K extends string>(rows: readonly Record<K, number>[], column: K): number =>
  rows.reduce((sum, row) => sum + row[column], 0)
