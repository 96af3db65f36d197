import { type SqlBool, sql } from 'kysely'
import type { ClientMonth } from '../../../src/contract/reports.ts'
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

/**
 * By the local day of each entry. What was taken back counts neither as time nor, with the entry against it, as money; what was written off
 * counts as nothing.
 */
export async function readTime({ db }: Context, clientId: string, month: string): Promise<ClientMonth['time']> {
  const { rows } = await sql<{
    classification: string
    currency: string | null
    entries: unknown
    raw_seconds: unknown
    billable_minutes: unknown
    amount_minor: unknown
  }>`
    select t.classification, t.currency, count(*) as entries, sum(t.raw_seconds) as raw_seconds,
      sum(t.billable_minutes) as billable_minutes, sum(t.amount_minor) as amount_minor
    from billable_time t
    where t.client_id = ${clientId} and t.work_date >= ${`${month}-01`} and t.work_date <= ${`${month}-31`}
      and t.archived_at is null and t.status not in ('running', 'written_off') and ${NO_REVERSAL}
      and not exists (select 1 from billable_time r where r.reverses_id = t.id)
    group by t.classification, t.currency order by t.classification, t.currency`.execute(db)
  const sums = rows.map(({ classification, currency, ...numbers }) => ({
    classification,
    currency,
    entries: Number(numbers.entries),
    raw_seconds: Number(numbers.raw_seconds ?? 0),
    billable_minutes: Number(numbers.billable_minutes ?? 0),
    amount_minor: Number(numbers.amount_minor ?? 0),
  }))
  const totals = <G extends readonly (typeof sums)[number][]>(group: G) => ({
    entries: sumOf(group, 'entries'),
    raw_seconds: sumOf(group, 'raw_seconds'),
    billable_minutes: sumOf(group, 'billable_minutes'),
  })
  return {
    ...totals(sums),
    amounts: groupsOf(sums, 'currency').map(([currency, group]) => ({
      currency,
      amount_minor: sumOf(group, 'amount_minor'),
    })),
    by_classification: groupsOf(sums, 'classification').map(([classification, group]) => ({
      classification,
      ...totals(group),
    })),
  }
}

/** Groups by a column, in the order in which they come; what has no value in it is left out. */
const groupsOf = <R, K extends keyof R>(rows: readonly R[], column: K) =>
  [...Map.groupBy(rows, (row) => row[column])].flatMap(([value, group]): [NonNullable<R[K]>, R[]][] =>
    value === null || value === undefined ? [] : [[value, group]],
  )

const sumOf = <K extends string>(rows: readonly Record<K, number>[], column: K): number =>
  rows.reduce((sum, row) => sum + row[column], 0)
