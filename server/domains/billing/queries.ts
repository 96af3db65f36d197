import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { billableTime } from '../../../src/contract/billing.ts'
import type { Context } from '../../context.ts'
import { visibleRows } from '../../crud/visibility.ts'
import type { Claim } from './overlaps.ts'

/** The id of the caller's timer that runs on a machine. */
export async function readRunning({ db, caller }: Context, machineId: string): Promise<string | undefined> {
  const found = await db
    .selectFrom('billable_time')
    .select('id')
    .where('technician_id', '=', caller.userId)
    .where('machine_id', '=', machineId)
    .where('status', '=', 'running')
    .executeTakeFirst()
  return found?.id
}

/** The id of the entry that takes back another one. */
export async function readReversal({ db }: Context, entryId: string): Promise<string | undefined> {
  const found = await db.selectFrom('billable_time').select('id').where('reverses_id', '=', entryId).executeTakeFirst()
  return found?.id
}

/** What a batch holds, and what it is worth by currency. */
export async function readBatchTotals({ db }: Context, batchId: string) {
  const sums = await db
    .selectFrom('billable_time')
    .select((eb) => [
      'currency',
      eb.fn.countAll().as('entries'),
      eb.fn.sum('raw_seconds').as('raw_seconds'),
      eb.fn.sum('billable_minutes').as('billable_minutes'),
      eb.fn.sum('amount_minor').as('amount_minor'),
    ])
    .where('export_batch_id', '=', batchId)
    .groupBy('currency')
    .orderBy('currency')
    .execute()
  return {
    entries: total(sums, 'entries'),
    raw_seconds: total(sums, 'raw_seconds'),
    billable_minutes: total(sums, 'billable_minutes'),
    amounts: Object.fromEntries(amountsOf(sums).map(({ currency, amount_minor }) => [currency, amount_minor])),
  }
}

type Sum = Record<string, unknown> & { currency: string | null; amount_minor: unknown }

/** A sum over groups; sums of no row are null, and one of the databases sends them as text. */
export const total = (sums: readonly Record<string, unknown>[], column: string): number =>
  sums.reduce((before, sum) => before + Number(sum[column] ?? 0), 0)

/** The sums of amounts that were computed, one for each currency. */
export const amountsOf = (sums: readonly Sum[]): { currency: string; amount_minor: number }[] =>
  sums.flatMap(({ currency, amount_minor }) =>
    currency === null || amount_minor === null ? [] : [{ currency, amount_minor: Number(amount_minor) }],
  )

interface UnbilledSum extends Sum {
  client_id: string
  client_name: string
  month: string
  oldest: string
}

/** What was worked and not exported yet, per client and month, oldest first. Served by (status, client_id, work_date). */
export async function readUnbilled(
  { db, caller, clock }: Context,
  { clientId, before }: { clientId: string | undefined; before: string | undefined },
) {
  const conditions: RawBuilder<SqlBool>[] = [
    sql<SqlBool>`t.status in ('draft', 'submitted', 'approved')`,
    sql<SqlBool>`t.archived_at is null`,
    sql<SqlBool>`t.classification <> 'non_billable'`,
    visibleRows(billableTime, caller, clock(), 'read', 't'),
    ...(clientId === undefined ? [] : [sql<SqlBool>`t.client_id = ${clientId}`]),
    ...(before === undefined ? [] : [sql<SqlBool>`t.work_date < ${before}`]),
  ]
  const { rows: sums } = await sql<UnbilledSum>`
    select t.client_id, c.name as client_name, substr(t.work_date, 1, 7) as month, t.currency, count(*) as entries,
      sum(t.raw_seconds) as raw_seconds, sum(t.billable_minutes) as billable_minutes, sum(t.amount_minor) as amount_minor,
      sum(case when t.billable_minutes is null then 1 else 0 end) as not_computed, min(t.work_date) as oldest
    from billable_time t join clients c on c.id = t.client_id
    where ${sql.join(conditions, sql` and `)}
    group by t.client_id, c.name, substr(t.work_date, 1, 7), t.currency
    order by month, c.name, t.client_id, t.currency`.execute(db)
  const groups = Map.groupBy(sums, ({ client_id, month }) => `${client_id} ${month}`)
  return [...groups.values()].map((group) => {
    const { client_id, client_name, month } = group[0] as UnbilledSum
    return {
      ...{ client_id, client_name, month },
      entries: total(group, 'entries'),
      raw_seconds: total(group, 'raw_seconds'),
      billable_minutes: total(group, 'billable_minutes'),
      not_computed: total(group, 'not_computed'),
      amounts: amountsOf(group),
      oldest: group.map(({ oldest }) => oldest).sort()[0] as string,
    }
  })
}

/**
 * The entries of a range of days that claim time, by technician and start. What was written off or taken back claims nothing, and what has
 * only a duration claims no particular time. Served by (work_date) and (technician_id, work_date).
 */
export async function readClaims(
  { db, caller, clock }: Context,
  within: { date_from: string; date_to: string; technician_id?: string | undefined },
): Promise<Claim[]> {
  const whose = within.technician_id === undefined ? sql`` : sql`and t.technician_id = ${within.technician_id}`
  const { rows: claims } = await sql<Claim>`
    select t.id, t.technician_id, t.client_id, t.started_at, t.ended_at from billable_time t
    where t.work_date >= ${within.date_from} and t.work_date <= ${within.date_to} ${whose}
      and t.started_at is not null and t.archived_at is null and t.status <> 'written_off'
      and ${visibleRows(billableTime, caller, clock(), 'read', 't')}
      and not exists (select 1 from billable_time r where r.reverses_id = t.id)
    order by t.technician_id, t.started_at, t.id`.execute(db)
  return claims
}
