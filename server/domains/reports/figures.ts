import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { client, project } from '../../../src/contract/clients.ts'
import { AppError } from '../../../src/contract/errors.ts'
import type { Figures, Grouping } from '../../../src/contract/figures.ts'
import { infrastructure } from '../../../src/contract/infrastructure.ts'
import type { AnyEntity } from '../../../src/contract/kernel.ts'
import { user } from '../../../src/contract/people.ts'
import type { Context, Handlers } from '../../context.ts'
import { findClient } from '../../crud/find-client.ts'
import { visibleRows } from '../../crud/visibility.ts'
import { localDay } from '../billing/local-day.ts'
import { dayAfter, instantsOf, periodsOf } from './periods.ts'
import { MEASURED, type Source } from './sources.ts'

type Row = Figures['rows'][number]
/** What the database says of one line: its keys, and rows, seconds or minutes. */
type Line = { keys: (string | null)[]; sum: number }

const DEFAULT_LIMIT = 50

/**
 * Adds up rows that the caller may see, for one of a list of measures, by at most two of a list of things. Each word of the statement
 * comes from these lists, only values come from outside.
 */
export const figures: Handlers['reports']['figures'] = async (context, ask) => {
  const { measure, limit = DEFAULT_LIMIT, timezone: tz = 'UTC' } = ask
  const { source, unit, sum, secondsIn } = MEASURED[measure]
  const by = [ask.by, ask.and_by].filter((one): one is Grouping => one !== undefined)
  if (new Set(by).size < by.length) throw new AppError('INVALID_INPUT', `and_by: it is by ${by[0]} already.`)
  const until = ask.until ?? localDay(context.clock().toISOString(), tz)
  const since = ask.since ?? `${until.slice(0, 7)}-01`
  if (since > until) throw new AppError('INVALID_INPUT', `since: ${since} is after the last day, ${until}.`)
  const clientId = ask.client === undefined ? ask.client_id : (await findClient(context, ask.client)).id
  const days = { from: since, until: dayAfter(until) }
  const span = { ...(source.at === 'work_date' ? days : instantsOf(since, until, tz)), clientId }
  const keys = by.map((one) => keyOf(source, measure, one, { since, until, tz }))
  const where: RawBuilder<SqlBool>[] = [
    visibleRows(source.entity, context.caller, context.clock(), 'read', 't'),
    ...equal(source, 'project', ask.project_id),
    ...equal(source, 'technician', ask.technician_id),
  ]
  const lines = await readLines(context, { keys, sum, rows: source.rows(span), where })
  const values = secondsIn ? minutesOf(lines.map((one) => one.sum)) : lines.map((one) => one.sum)
  const all = lines.map(({ keys: of }, index) => ({ of, value: values[index] ?? 0 }))
  const shown = all.toSorted((a, b) => b.value - a.value || compare(a.of, b.of)).slice(0, limit)
  const total = addedUp(all)
  return {
    ...{ measure, unit, by, since, until, timezone: tz },
    rows: inOrder(await named(context, by, shown), by),
    others: { rows: all.length - shown.length, value: total - addedUp(shown) },
    total,
  }
}

/** @throws AppError INVALID_INPUT for what the rows of this measure do not have */
function keyOf(
  source: Source,
  measure: string,
  by: Grouping,
  { since, until, tz }: { since: string; until: string; tz: string },
): RawBuilder<unknown> {
  if (by === 'month' || by === 'week') {
    const isDay = source.at === 'work_date'
    const whens = periodsOf(by, since, until).map(
      ({ key, untilDay }) =>
        sql`when ${sql.raw(`t.${source.at}`)} < ${isDay ? untilDay : instantsOf(untilDay, untilDay, tz).from} then ${key}`,
    )
    return sql`case ${sql.join(whens, sql` `)} end`
  }
  const column = source.groups[by]
  if (column) return column
  const can = [...Object.keys(source.groups), 'month', 'week'].join(', ')
  throw new AppError('INVALID_INPUT', `by: ${measure} cannot be told apart by ${by}. Take one of ${can}.`)
}

const equal = (source: Source, by: 'project' | 'technician', id: string | undefined): RawBuilder<SqlBool>[] =>
  id === undefined ? [] : [sql<SqlBool>`${source.groups[by]} = ${id}`]

async function readLines(
  { db }: Context,
  query: {
    keys: RawBuilder<unknown>[]
    sum: RawBuilder<unknown>
    rows: RawBuilder<unknown>
    where: RawBuilder<SqlBool>[]
  },
): Promise<Line[]> {
  const selected = query.keys.map((key, index) => sql`${key} as ${sql.raw(`key_${index}`)}, `)
  const grouped = query.keys.map((_, index) => sql.raw(`key_${index}`))
  const { rows } = await sql<Record<string, unknown>>`
    select ${sql.join(selected, sql``)}${query.sum} as figure from ${query.rows} and ${sql.join(query.where, sql` and `)}
    ${grouped.length === 0 ? sql`` : sql`group by ${sql.join(grouped)}`}`.execute(db)
  return rows.map((row) => ({
    keys: query.keys.map((_, index) => (row[`key_${index}`] as string | null) ?? null),
    sum: Number(row.figure ?? 0),
  }))
}

/** Seconds as whole minutes that add up to what all of them together are: the largest rests are rounded up. */
export function minutesOf(seconds: readonly number[]): number[] {
  const minutes = seconds.map((one) => Math.floor(one / 60))
  const wanted = Math.round(seconds.reduce((sum, one) => sum + one, 0) / 60)
  const missing = wanted - minutes.reduce((sum, one) => sum + one, 0)
  const byRest = seconds.map((one, index) => ({ index, rest: one % 60 })).sort((a, b) => b.rest - a.rest)
  for (const { index } of byRest.slice(0, missing)) minutes[index] = (minutes[index] ?? 0) + 1
  return minutes
}

const addedUp = (lines: readonly { value: number }[]) => lines.reduce((sum, { value }) => sum + value, 0)

const compare = (a: readonly (string | null)[], b: readonly (string | null)[]): number => {
  const [one, other] = [a.join('\n'), b.join('\n')]
  return one < other ? -1 : Number(one > other)
}

/** Time runs; of all else the most comes first, and of equals the first name. */
function inOrder(rows: Row[], by: readonly Grouping[]): Row[] {
  const at = by.findIndex((one) => one === 'month' || one === 'week')
  const time = ({ keys }: Row) => [at === -1 ? null : (keys[at]?.key ?? null)]
  const names = ({ keys }: Row) => keys.map(({ key, label }) => label ?? key)
  return rows.toSorted((a, b) => compare(time(a), time(b)) || b.value - a.value || compare(names(a), names(b)))
}

const NAMES: Partial<Record<Grouping, { entity: AnyEntity; column: string }>> = {
  client: { entity: client, column: 'name' },
  technician: { entity: user, column: 'name' },
  project: { entity: project, column: 'name' },
  host: { entity: infrastructure, column: 'hostname' },
}

/** Puts the names beside the ids, of rows that the caller may see. */
async function named(
  context: Context,
  by: readonly Grouping[],
  lines: readonly { of: (string | null)[]; value: number }[],
): Promise<Row[]> {
  const names = await Promise.all(
    by.map((one, index) =>
      namesOf(
        context,
        one,
        lines.map(({ of }) => of[index] ?? null),
      ),
    ),
  )
  return lines.map(({ of, value }) => ({
    keys: by.map((one, index) => {
      const key = of[index] ?? null
      return { by: one, key, label: (key !== null && names[index]?.get(key)) || null }
    }),
    value,
  }))
}

async function namesOf(
  context: Context,
  by: Grouping,
  keys: readonly (string | null)[],
): Promise<ReadonlyMap<string, string | null>> {
  const ids = [...new Set(keys.filter((key) => key !== null))]
  const named = NAMES[by]
  if (named === undefined || ids.length === 0) return new Map()
  const { entity, column } = named
  const visible = visibleRows(entity, context.caller, context.clock())
  const { rows } = await sql<{ id: string; name: string | null }>`
    select id, ${sql.ref(column)} as name from ${sql.table(entity.table)}
    where id in (${sql.join(ids)}) and ${visible}`.execute(context.db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
