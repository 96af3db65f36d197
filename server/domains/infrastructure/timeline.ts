import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Context, Handlers } from '../../context.ts'
import { type Branch, type Merged, mergedPage } from './merged-pages.ts'

type Timeline = Handlers['infrastructure']['timeline']
type Input = Parameters<Timeline>[1]
type Item = Awaited<ReturnType<Timeline>>['items'][number] & Merged

const MOST_CHARACTERS = 500

interface Source {
  kind: Item['kind']
  table: string
  at: string
  title: RawBuilder<unknown>
  /** `status`, `session_id` and `work_item_id`. */
  rest: RawBuilder<unknown>
  /** Where the row that tells it is another one. */
  told?: { by: RawBuilder<unknown>; id: RawBuilder<unknown> }
}

const SOURCES: Source[] = [
  {
    kind: 'command',
    table: 'commands_run',
    at: 'started_at',
    title: sql`command`,
    rest: sql`case success when 1 then 'success' else 'failed' end as status, session_id, work_item_id`,
  },
  {
    kind: 'file_change',
    table: 'file_changes',
    at: 'changed_at',
    title: sql`path`,
    rest: sql`null as status, session_id, work_item_id`,
  },
  {
    kind: 'change',
    table: 'infrastructure_changes',
    at: 'changed_at',
    title: sql`reason`,
    rest: sql`status, session_id, work_item_id`,
  },
  {
    kind: 'deployment',
    table: 'deployments',
    at: 'started_at',
    title: sql`coalesce(version_to, git_commit, environment)`,
    rest: sql`status, null as session_id, work_item_id`,
  },
  {
    kind: 'work_item',
    table: 'work_item_assets',
    at: 'created_at',
    title: sql`work_items.title`,
    rest: sql`work_items.status as status, work_items.session_id as session_id, work_items.id as work_item_id`,
    told: {
      by: sql`work_item_assets join work_items on work_items.id = work_item_assets.work_item_id and work_items.archived_at is null`,
      id: sql`work_items.id`,
    },
  },
]

/**
 * What happened on an asset, the newest first. All of it is of the asset's client (composite keys see to that), so who may see the
 * asset may see it.
 */
export function timelineOf(context: Context, infrastructureId: string, input: Input): ReturnType<Timeline> {
  const { kind, limit, cursor } = input
  const sources = SOURCES.filter((source) => kind === undefined || source.kind === kind)
  const branches = sources.map((source) => branchOf(source, infrastructureId, input))
  return mergedPage<Item>(context, branches, { limit, cursor, sort: '-timeline' })
}

function branchOf(
  { kind, table, at, title, rest, told }: Source,
  infrastructureId: string,
  { date_from, date_to }: Input,
): Branch {
  const instant = sql.ref(`${table}.${at}`)
  return {
    kind,
    from: told?.by ?? sql.table(table),
    at: instant,
    id: told?.id ?? sql.ref(`${table}.id`),
    columns: sql`substr(${title}, 1, ${sql.lit(MOST_CHARACTERS)}) as title, ${rest}`,
    conditions: [
      sql<SqlBool>`${sql.ref(`${table}.infrastructure_id`)} = ${infrastructureId}`,
      sql<SqlBool>`${sql.ref(`${table}.archived_at`)} is null`,
      // Above the empty text: what has not happened yet has no instant.
      sql<SqlBool>`${instant} >= ${date_from ?? ''}`,
      ...(date_to === undefined ? [] : [sql<SqlBool>`${instant} <= ${endOf(date_to)}`]),
    ],
  }
}

const endOf = (dayOrInstant: string) => (dayOrInstant.length === 10 ? `${dayOrInstant}T23:59:59.999Z` : dayOrInstant)
