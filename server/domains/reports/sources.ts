import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { billableTime } from '../../../src/contract/billing.ts'
import type { Grouping, Measure } from '../../../src/contract/figures.ts'
import type { AnyEntity } from '../../../src/contract/kernel.ts'
import { session } from '../../../src/contract/sessions.ts'
import { commandRun, workItem } from '../../../src/contract/work.ts'
import { NO_REVERSAL } from './queries.ts'

/** From which rows figures come: `t` are the rows that are counted, `s` the sessions that they are of. */
export interface Source {
  entity: AnyEntity
  /** The rows of the time asked for; `client` narrows it, so that an index that begins with the client serves. */
  rows: (span: { from: string; until: string; clientId: string | undefined }) => RawBuilder<unknown>
  /** The column of `t` that says when, and whether it holds days instead of instants. */
  at: 'started_at' | 'work_date'
  groups: Partial<Record<Exclude<Grouping, 'month' | 'week'>, RawBuilder<unknown>>>
}

type Span = Parameters<Source['rows']>[0]

const col = (name: string) => sql.raw(name)
const ofClient = (column: string, { clientId }: Span) =>
  clientId === undefined ? sql<SqlBool>`1 = 1` : sql<SqlBool>`${col(column)} = ${clientId}`
/** What was recorded or written in a session is by its technician, and in its mode. */
const OF_SESSION = { technician: col('s.technician_id'), project: col('s.project_id'), mode: col('s.mode') }
const joined = sql`left join sessions s on s.id = t.session_id`

const sessions: Source = {
  entity: session,
  rows: (span) =>
    sql`sessions t where ${ofClient('t.client_id', span)} and t.started_at >= ${span.from} and t.started_at < ${span.until} and t.archived_at is null`,
  at: 'started_at',
  groups: {
    ...{ client: col('t.client_id'), technician: col('t.technician_id') },
    ...{ project: col('t.project_id'), mode: col('t.mode') },
  },
}

const commandsWith = (success: RawBuilder<SqlBool>): Source => ({
  entity: commandRun,
  rows: (span) =>
    sql`commands_run t ${joined} where ${ofClient('t.client_id', span)} and ${success} and t.started_at >= ${span.from} and t.started_at < ${span.until}`,
  at: 'started_at',
  groups: {
    ...OF_SESSION,
    ...{ client: col('t.client_id'), host: col('t.infrastructure_id'), category: col('t.failure_category') },
  },
})

/** By the instant they began; those that never said when, by the instant they were entered. Two ranges, so that each has its index. */
const workItems: Source = {
  entity: workItem,
  rows: (span) => sql`(
      select session_id, client_id, project_id, category, active_seconds, created_by, started_at from work_items
      where ${ofClient('client_id', span)} and started_at >= ${span.from} and started_at < ${span.until} and archived_at is null
      union all
      select session_id, client_id, project_id, category, active_seconds, created_by, created_at from work_items
      where ${ofClient('client_id', span)} and created_at >= ${span.from} and created_at < ${span.until}
        and started_at is null and archived_at is null
    ) t ${joined} where 1 = 1`,
  at: 'started_at',
  groups: {
    ...OF_SESSION,
    ...{ client: col('t.client_id'), project: col('t.project_id'), category: col('t.category') },
  },
}

/** By the local day of each entry; neither what runs, was written off or taken back, nor what takes it back. */
const time: Source = {
  entity: billableTime,
  rows: (span) => sql`billable_time t ${joined}
    where ${ofClient('t.client_id', span)} and t.work_date >= ${span.from} and t.work_date < ${span.until}
      and t.archived_at is null and t.status not in ('running', 'written_off') and ${NO_REVERSAL}
      and not exists (select 1 from billable_time r where r.reverses_id = t.id)`,
  at: 'work_date',
  groups: {
    ...{ client: col('t.client_id'), technician: col('t.technician_id'), project: col('t.project_id') },
    ...{ mode: col('s.mode'), category: col('t.classification') },
  },
}

interface Measured {
  source: Source
  unit: 'count' | 'minutes'
  /** What is added up: rows, seconds or minutes. */
  sum: RawBuilder<unknown>
  secondsIn?: true
}

const COUNT = { unit: 'count', sum: sql`count(*)` } as const
const seconds = (column: string) => ({ unit: 'minutes', sum: sql`sum(${col(column)})`, secondsIn: true }) as const

export const MEASURED: Record<Measure, Measured> = {
  sessions: { source: sessions, ...COUNT },
  active_minutes: { source: sessions, ...seconds('t.active_seconds') },
  commands: { source: commandsWith(sql`t.success in (0, 1)`), ...COUNT },
  failed_commands: { source: commandsWith(sql`t.success = 0`), ...COUNT },
  work_items: { source: workItems, ...COUNT },
  work_minutes: { source: workItems, ...seconds('t.active_seconds') },
  time_entries: { source: time, ...COUNT },
  worked_minutes: { source: time, ...seconds('t.raw_seconds') },
  billable_minutes: { source: time, unit: 'minutes', sum: sql`sum(t.billable_minutes)` },
}
