import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { AnyEntity } from '../../../src/contract/kernel.ts'
import type { Context } from '../../context.ts'
import { visibleClient, visibleRows } from '../../crud/visibility.ts'
import { clientMark } from '../../search/document.ts'
import type { Passage } from '../../search/ranking.ts'

/** So many are looked at closely; of more the newest. */
const MOST_CANDIDATES = 400
/** A caller of more clients than this is searched for everywhere, and the rest filtered. */
const MOST_CLIENTS = 50

export interface Where {
  kinds: readonly AnyEntity[]
  /** Only what belongs to this client; null: only what belongs to none. */
  client_id?: string | null | undefined
  project_id?: string | undefined
  infrastructure_id?: string | undefined
  technician_id?: string | undefined
  tag_id?: string | undefined
  since?: string | undefined
  until?: string | undefined
  /** This session's own passages are left out: they are in the conversation. */
  without_session?: string | undefined
}

/** A passage as it is put in order; its texts are read when it is shown. */
export type FoundPassage = Passage & {
  entity: string
  entity_id: string
  client_id: string | null
  infrastructure_id: string | null
}

/** What is shown of a passage. */
export interface ShownPassage {
  number: number
  client_name: string | null
  project_id: string | null
  title: string
  body: string
}

/** The clients in which is searched: null stands for what belongs to none. Undefined: everywhere, and every row is checked. */
export async function clientsAsked(context: Context, where: Where): Promise<(string | null)[] | undefined> {
  if (where.client_id !== undefined) return [where.client_id]
  if (context.caller.allClients) return undefined
  const own = await context.db
    .selectFrom('clients')
    .select('id')
    .where(visibleClient(sql.ref('clients.id'), context.caller, context.clock()))
    .limit(MOST_CLIENTS + 1)
    .execute()
  return own.length > MOST_CLIENTS ? undefined : [null, ...own.map(({ id }) => id)]
}

const COLUMNS = sql`d.number, d.entity, d.entity_id, d.client_id, d.session_id, d.infrastructure_id, d.at, d.terms, d.is_current, d.importance,
  case when d.body like '%?%' then 1 else 0 end as asks`
type StoredPassage = Omit<FoundPassage, 'asks' | 'is_current' | 'ordinal'> & { asks: number; is_current: number }
const passageOf = (row: StoredPassage): FoundPassage => ({
  ...row,
  number: Number(row.number),
  asks: Number(row.asks) === 1,
  is_current: Number(row.is_current) === 1,
  ordinal: null,
})

/**
 * Passages that the caller may see and that have a word of each of these groups; the newest 400. The databases' own orders are not asked for: one of
 * them would read all passages of all clients that have a word, to know how rare it is.
 */
export async function findCandidates(
  context: Context,
  words: readonly (readonly string[])[],
  where: Where,
  clients: readonly (string | null)[] | undefined,
): Promise<FoundPassage[]> {
  // A word that every candidate must have, of its client: the index looks nowhere else.
  const groups = [...(clients === undefined ? [] : [clients.map(clientMark)]), ...words]
  const { join, matches, newest } = context.dialect.fullText.match('search_documents', 'number', 'terms', groups)
  const conditions = [matches, ...conditionsOf(context, where)]
  // Chosen by number first: sorting whole texts would take a temporary table on a disk.
  const chosen = sql`
    select search_documents.number from search_documents ${join}
    where ${sql.join(conditions, sql` and `)} order by ${newest} limit ${MOST_CANDIDATES}`
  const { rows } = await sql<StoredPassage>`
    select ${COLUMNS} from (${chosen}) as chosen join search_documents as d on d.number = chosen.number`.execute(
    context.db,
  )
  return rows.map(passageOf)
}

/** The newest passages, for a question that names only a time. */
export async function findNewest(context: Context, where: Where, limit: number): Promise<FoundPassage[]> {
  const chosen = sql`
    select search_documents.number from search_documents
    where ${sql.join(conditionsOf(context, where), sql` and `)} order by at desc, number desc limit ${limit}`
  const { rows } = await sql<StoredPassage>`
    select ${COLUMNS} from (${chosen}) as chosen join search_documents as d on d.number = chosen.number`.execute(
    context.db,
  )
  return rows.map(passageOf)
}

/** Which passages these sessions have, each session's in their order. */
export async function readOrder(
  context: Context,
  sessionIds: readonly string[],
): Promise<{ session_id: string; number: number }[]> {
  if (sessionIds.length === 0) return []
  const { rows } = await sql<{ session_id: string; number: number }>`
    select session_id, number from search_documents where session_id in (${sql.join(sessionIds)})
    order by session_id, at, number`.execute(context.db)
  return rows.map(({ session_id, number }) => ({ session_id, number: Number(number) }))
}

/** Passages by their numbers, as far as the caller may see them and the filters let them. */
export async function readPassages(
  context: Context,
  numbers: readonly number[],
  where: Where,
): Promise<FoundPassage[]> {
  if (numbers.length === 0) return []
  const conditions = [sql<SqlBool>`search_documents.number in (${sql.join(numbers)})`, ...conditionsOf(context, where)]
  const { rows } = await sql<StoredPassage>`
    select ${COLUMNS} from search_documents as d join search_documents on search_documents.number = d.number
    where ${sql.join(conditions, sql` and `)}`.execute(context.db)
  return rows.map(passageOf)
}

/** What took the place of passages, as far as the caller may see it: by the number of the old one. */
export async function readSuccessors(
  context: Context,
  outdated: readonly FoundPassage[],
  where: Where,
): Promise<Map<number, FoundPassage>> {
  const next = new Map<string, number>()
  for (const [entity, table] of [
    ['contextSnippets', 'context_snippets'],
    ['problemSolutions', 'problem_solutions'],
  ] as const) {
    const old = outdated.filter((passage) => passage.entity === entity)
    if (old.length === 0) continue
    const { rows } = await sql<{ id: string; next: string | null }>`
      select id, superseded_by_id as next from ${sql.table(table)} where id in (${sql.join(old.map(({ entity_id }) => entity_id))})`.execute(
      context.db,
    )
    for (const row of rows) if (row.next !== null) next.set(`${entity} ${row.next}`, numberOf(old, row.id))
  }
  const decisions = outdated.filter(({ entity }) => entity === 'decisions')
  if (decisions.length > 0) {
    const { rows } = await sql<{ id: string; old: string }>`
      select id, supersedes_id as old from decision_logs
      where supersedes_id in (${sql.join(decisions.map(({ entity_id }) => entity_id))})`.execute(context.db)
    for (const row of rows) next.set(`decisions ${row.id}`, numberOf(decisions, row.old))
  }
  if (next.size === 0) return new Map()
  const ids = [...next.keys()].map((key) => key.split(' ')[1] as string)
  const conditions = [sql<SqlBool>`search_documents.entity_id in (${sql.join(ids)})`, ...conditionsOf(context, where)]
  const { rows } = await sql<StoredPassage>`
    select ${COLUMNS} from search_documents as d join search_documents on search_documents.number = d.number
    where ${sql.join(conditions, sql` and `)}`.execute(context.db)
  return new Map(
    rows.map(passageOf).map((passage) => [next.get(`${passage.entity} ${passage.entity_id}`) as number, passage]),
  )
}

const numberOf = (passages: readonly FoundPassage[], id: string): number =>
  (passages.find(({ entity_id }) => entity_id === id) as FoundPassage).number

/** The texts of passages that were found for the caller. What was said in a session has the session's title. */
export async function readShown({ db }: Context, numbers: readonly number[]): Promise<Map<number, ShownPassage>> {
  if (numbers.length === 0) return new Map()
  const { rows } = await sql<ShownPassage>`
    select d.number, clients.name as client_name, d.project_id, d.body,
      case when d.part = '' then d.title else coalesce((
        select whole.title from search_documents as whole
        where whole.entity = d.entity and whole.entity_id = d.entity_id and whole.part = ''), '') end as title
    from search_documents as d left join clients on clients.id = d.client_id
    where d.number in (${sql.join(numbers)})`.execute(db)
  return new Map(rows.map((row) => [Number(row.number), row]))
}

const conditionsOf = (context: Context, where: Where): RawBuilder<SqlBool>[] => [
  visiblePassages(context, where.kinds),
  ...filters(where),
]

/** A passage is seen by who may see its row. */
function visiblePassages({ caller, clock }: Context, kinds: readonly AnyEntity[]): RawBuilder<SqlBool> {
  const alike = Map.groupBy(kinds, ({ belongs }) => belongs)
  const each = [...alike.values()].map((same) => {
    const [entity] = same as [AnyEntity]
    const plurals = sql.join(same.map(({ plural }) => plural))
    return sql<SqlBool>`(search_documents.entity in (${plurals}) and ${visibleRows(entity, caller, clock(), 'read', 'search_documents')})`
  })
  return sql<SqlBool>`(${sql.join(each, sql` or `)})`
}

const column = (name: string) => sql.ref(`search_documents.${name}`)

function filters(where: Where): RawBuilder<SqlBool>[] {
  const equal = (name: 'project_id' | 'infrastructure_id') =>
    where[name] === undefined ? [] : [sql<SqlBool>`${column(name)} = ${where[name]}`]
  return [
    ...(where.client_id === undefined
      ? []
      : where.client_id === null
        ? [sql<SqlBool>`${column('client_id')} is null`]
        : [sql<SqlBool>`${column('client_id')} = ${where.client_id}`]),
    ...equal('project_id'),
    ...equal('infrastructure_id'),
    ...(where.technician_id === undefined ? [] : [sql<SqlBool>`${column('created_by')} = ${where.technician_id}`]),
    ...(where.tag_id === undefined ? [] : [tagged(where.tag_id)]),
    ...(where.since === undefined ? [] : [sql<SqlBool>`${column('at')} >= ${where.since}`]),
    // A day means all of it.
    ...(where.until === undefined
      ? []
      : [sql<SqlBool>`${column('at')} <= ${where.until.length === 10 ? `${where.until}T23:59:59.999Z` : where.until}`]),
    ...(where.without_session === undefined
      ? []
      : [sql<SqlBool>`(${column('session_id')} is null or ${column('session_id')} != ${where.without_session})`]),
  ]
}

/** What has the tag itself, and everything of a session that has it. */
const tagged = (tagId: string): RawBuilder<SqlBool> => sql<SqlBool>`(
  ${column('session_id')} in (select session_id from session_tags where tag_id = ${tagId})
  or (${column('entity')} = 'workItems' and ${column('entity_id')} in (select work_item_id from work_item_tags where tag_id = ${tagId}))
  or (${column('entity')} = 'problemSolutions' and ${column('entity_id')} in (
    select problem_solutions.id from problem_solutions join work_item_tags on work_item_tags.work_item_id = problem_solutions.work_item_id
    where tag_id = ${tagId}))
  or (${column('entity')} = 'contextSnippets' and ${column('entity_id')} in (
    select snippet_id from context_tags where tag_id = ${tagId} and archived_at is null))
  or (${column('entity')} = 'conversationContexts' and ${column('entity_id')} in (
    select context_id from context_tags where tag_id = ${tagId} and archived_at is null)))`
