import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { billableTime } from '../../../src/contract/billing.ts'
import { AppError } from '../../../src/contract/errors.ts'
import type { HourGrouping, Hours, TimeSums } from '../../../src/contract/hours.ts'
import type { ClientMonth } from '../../../src/contract/reports.ts'
import type { Context, Handlers } from '../../context.ts'
import { findClient } from '../../crud/find-client.ts'
import { visibleRows } from '../../crud/visibility.ts'
import { figures } from './figures.ts'
import { checkDays, dayAfter } from './periods.ts'
import { NO_REVERSAL } from './queries.ts'

/** Days of entries: from the first to before `until`. */
interface Days {
  clientId: string | undefined
  from: string
  until: string
}

/**
 * By the local day of each entry. What was taken back counts neither as time nor, with the entry against it, as money; what runs or was written
 * off counts as nothing.
 */
export const COUNTED = sql<SqlBool>`t.archived_at is null and t.status not in ('running', 'written_off') and ${NO_REVERSAL}
  and not exists (select 1 from billable_time r where r.reverses_id = t.id)`

/** For an index: the client's days, else the days of all. */
export const inDays = ({ clientId, from, until }: Days): RawBuilder<SqlBool> =>
  clientId === undefined
    ? sql<SqlBool>`t.work_date >= ${from} and t.work_date < ${until}`
    : sql<SqlBool>`t.client_id = ${clientId} and t.work_date >= ${from} and t.work_date < ${until}`

const SUMS = sql`count(*) as entries, sum(t.raw_seconds) as raw_seconds, sum(t.billable_minutes) as billable_minutes,
  sum(case when t.classification = 'billable' and (t.amount_minor is null or t.currency is null) then 1 else 0 end) as not_priced,
  count(case when t.currency is not null then t.amount_minor end) as priced, sum(t.amount_minor) as amount_minor`

type Sum = Record<
  'entries' | 'raw_seconds' | 'billable_minutes' | 'not_priced' | 'priced' | 'amount_minor',
  unknown
> & {
  currency: string | null
}

/** Rows of one thing, each of one currency, as one. */
export function sumsOf(rows: readonly Sum[]): TimeSums {
  const sum = (column: keyof Sum) => rows.reduce((before, row) => before + Number(row[column] ?? 0), 0)
  const amounts = new Map<string, number>()
  for (const { currency, priced, amount_minor } of rows)
    if (currency !== null && Number(priced) > 0)
      amounts.set(currency, (amounts.get(currency) ?? 0) + Number(amount_minor ?? 0))
  return {
    ...{ entries: sum('entries'), raw_seconds: sum('raw_seconds') },
    ...{ billable_minutes: sum('billable_minutes'), not_priced: sum('not_priced') },
    amounts: [...amounts]
      .map(([currency, amount_minor]) => ({ currency, amount_minor }))
      .sort((a, b) => (a.currency < b.currency ? -1 : 1)),
  }
}

/** The time of one client, which the caller may see. */
export async function readTime({ db }: Context, days: Days): Promise<ClientMonth['time']> {
  const { rows } = await sql<Sum & { classification: string }>`
    select t.classification, t.currency, ${SUMS} from billable_time t where ${inDays(days)} and ${COUNTED}
    group by t.classification, t.currency order by t.classification, t.currency`.execute(db)
  return {
    ...sumsOf(rows),
    by_classification: [...Map.groupBy(rows, ({ classification }) => classification)].map(
      ([classification, group]) => ({
        classification,
        ...sumsOf(group),
      }),
    ),
  }
}

/** Each: its key, and the name that people know it by. */
const KEYS: Record<HourGrouping, { key: RawBuilder<unknown>; label: RawBuilder<unknown>; join?: RawBuilder<unknown> }> =
  {
    client: { key: sql`t.client_id`, label: sql`max(c.name)`, join: sql`join clients c on c.id = t.client_id` },
    technician: {
      key: sql`t.technician_id`,
      label: sql`max(u.name)`,
      join: sql`left join users u on u.id = t.technician_id`,
    },
    project: {
      key: sql`t.project_id`,
      label: sql`max(p.name)`,
      join: sql`left join projects p on p.id = t.project_id`,
    },
    work_type: {
      key: sql`t.work_type_id`,
      label: sql`max(y.name)`,
      join: sql`left join work_types y on y.id = t.work_type_id`,
    },
    category: { key: sql`w.category`, label: sql`null`, join: sql`left join work_items w on w.id = t.work_item_id` },
    classification: { key: sql`t.classification`, label: sql`null` },
    month: { key: sql`substr(t.work_date, 1, 7)`, label: sql`null` },
  }
const DEFAULT_LIMIT = 200

/** Worked time beside billed time, of what the caller may see. Served by (client_id, work_date) or (work_date). */
export const hours: Handlers['reports']['hours'] = async (context, { since, until, limit = DEFAULT_LIMIT, ...ask }) => {
  checkDays(since, until)
  const { by: first, and_by: second, ...whose } = ask
  const by = [first, second].filter((one): one is HourGrouping => one !== undefined)
  if (new Set(by).size < by.length) throw new AppError('INVALID_INPUT', `and_by: it is by ${by[0]} already.`)
  const groups = await readGroups(context, by, await conditionsOf(context, { since, until, ...whose }))
  const all = groups.map(([keys, group]) => ({ keys, ...sumsOf(group) })).sort((a, b) => compare(by, a, b))
  const rest = groups
    .filter(([keys]) => all.findIndex((one) => one.keys === keys) >= limit)
    .flatMap(([, group]) => group)
  return {
    ...{ by, since, until },
    rows: by.length === 0 ? [] : all.slice(0, limit),
    others: { rows: by.length === 0 ? 0 : Math.max(0, all.length - limit), ...sumsOf(by.length === 0 ? [] : rest) },
    total: sumsOf(groups.flatMap(([, group]) => group)),
    sessions: (await figures(context, { measure: 'sessions', since, until, ...whose })).total,
  }
}

interface Whose {
  since: string
  until: string
  client?: string | undefined
  client_id?: string | undefined
  project_id?: string | undefined
  technician_id?: string | undefined
}

/** Which entries are meant, as far as the caller may see them. @throws AppError NOT_FOUND for a client that nobody knows */
export async function conditionsOf(context: Context, ask: Whose): Promise<RawBuilder<SqlBool>[]> {
  const clientId = ask.client === undefined ? ask.client_id : (await findClient(context, ask.client)).id
  return [
    inDays({ clientId, from: ask.since, until: dayAfter(ask.until) }),
    visibleRows(billableTime, context.caller, context.clock(), 'read', 't'),
    ...(ask.project_id === undefined ? [] : [sql<SqlBool>`t.project_id = ${ask.project_id}`]),
    ...(ask.technician_id === undefined ? [] : [sql<SqlBool>`t.technician_id = ${ask.technician_id}`]),
  ]
}

type Keys = Hours['rows'][number]['keys']

async function readGroups(
  { db }: Context,
  by: readonly HourGrouping[],
  where: readonly RawBuilder<SqlBool>[],
): Promise<[Keys, Sum[]][]> {
  const selected = by.map(
    (one, n) => sql`${KEYS[one].key} as ${sql.raw(`key_${n}`)}, ${KEYS[one].label} as ${sql.raw(`label_${n}`)}, `,
  )
  const grouped = by.map((one) => sql`${KEYS[one].key}, `)
  const joins = by.flatMap((one) => KEYS[one].join ?? [])
  const { rows } = await sql<Sum & Record<string, unknown>>`
    select ${sql.join(selected, sql``)} t.currency, ${SUMS} from billable_time t ${sql.join(joins, sql` `)}
    where ${sql.join([...where, COUNTED], sql` and `)} group by ${sql.join(grouped, sql``)} t.currency`.execute(db)
  const keysOf = (row: Record<string, unknown>): Keys =>
    by.map((one, n) => ({
      by: one,
      key: (row[`key_${n}`] as string) ?? null,
      label: (row[`label_${n}`] as string) ?? null,
    }))
  const groups = Map.groupBy(rows, (row) => by.map((_, n) => row[`key_${n}`] ?? '').join('\n'))
  return [...groups.values()].map((group) => [keysOf(group[0] as Record<string, unknown>), group])
}

type Line = { keys: Keys; raw_seconds: number }
/** Months run; of all else the most work comes first, and of equals the first name. */
function compare(by: readonly HourGrouping[], a: Line, b: Line): number {
  const at = by.indexOf('month')
  const time = ({ keys }: Line) => keys[at]?.key ?? ''
  const name = ({ keys }: Line) => keys.map(({ key, label }) => label ?? key ?? '').join('\n')
  if (time(a) !== time(b)) return time(a) < time(b) ? -1 : 1
  return b.raw_seconds - a.raw_seconds || (name(a) < name(b) ? -1 : 1)
}
