import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { AnyEntity } from '../../../src/contract/kernel.ts'
import type { Context } from '../../context.ts'
import { visibleClient, visibleRows } from '../../crud/visibility.ts'
import { clientMark, kindMark } from '../../search/document.ts'

/** So many are looked at closely. */
const MOST_CANDIDATES = 200
/** A caller of more clients than this is searched for everywhere, and the rest filtered. */
const MOST_CLIENTS = 50

export interface Where {
  kinds: readonly AnyEntity[]
  client_id?: string | undefined
  project_id?: string | undefined
  since?: string | undefined
  until?: string | undefined
}

export interface Found {
  entity: string
  entity_id: string
  id: string
  client_id: string | null
  client_name: string | null
  project_id: string | null
  at: string
  title: string
  body: string
  terms: string
}

/** Documents with at least one of the words that the caller may see: at most 200, those that the database takes for the best. */
export async function findCandidates(context: Context, words: readonly string[], where: Where): Promise<Found[]> {
  const groups = [...(await marks(context, where)), words]
  const { join, matches, best } = context.dialect.fullText.match('search_documents', 'number', 'terms', groups)
  const conditions = [matches, visibleDocuments(context, where.kinds), ...filters(where)]
  // Chosen by number first: sorting whole texts would take a temporary table on a disk.
  const chosen = sql`
    select search_documents.number from search_documents ${join}
    where ${sql.join(conditions, sql` and `)} order by ${best} limit ${MOST_CANDIDATES}`
  const found = await sql<Found>`
    select d.entity, d.entity_id, d.entity_id as id, d.client_id, clients.name as client_name, d.project_id, d.at, d.title, d.body, d.terms
    from (${chosen}) as chosen join search_documents as d on d.number = chosen.number left join clients on clients.id = d.client_id`.execute(
    context.db,
  )
  return found.rows
}

/** Words that every candidate must have: of its client and its entity, so that the index looks nowhere else. */
async function marks(context: Context, where: Where): Promise<string[][]> {
  const kinds = where.kinds.length === 1 ? [where.kinds.map(({ plural }) => kindMark(plural))] : []
  if (where.client_id !== undefined) return [[clientMark(where.client_id)], ...kinds]
  if (context.caller.allClients) return kinds
  const own = await context.db
    .selectFrom('clients')
    .select('id')
    .where(visibleClient(sql.ref('clients.id'), context.caller, context.clock()))
    .limit(MOST_CLIENTS + 1)
    .execute()
  return own.length > MOST_CLIENTS ? kinds : [[clientMark(null), ...own.map(({ id }) => clientMark(id))], ...kinds]
}

/** A document is seen by who may see its row. */
function visibleDocuments({ caller, clock }: Context, kinds: readonly AnyEntity[]): RawBuilder<SqlBool> {
  const alike = Map.groupBy(kinds, ({ belongs }) => belongs)
  const each = [...alike.values()].map((same) => {
    const [entity] = same as [AnyEntity]
    const plurals = sql.join(same.map(({ plural }) => plural))
    return sql<SqlBool>`(search_documents.entity in (${plurals}) and ${visibleRows(entity, caller, clock(), 'read', 'search_documents')})`
  })
  return sql<SqlBool>`(${sql.join(each, sql` or `)})`
}

const filters = ({ client_id, project_id, since, until }: Where): RawBuilder<SqlBool>[] => [
  ...(client_id === undefined ? [] : [sql<SqlBool>`search_documents.client_id = ${client_id}`]),
  ...(project_id === undefined ? [] : [sql<SqlBool>`search_documents.project_id = ${project_id}`]),
  ...(since === undefined ? [] : [sql<SqlBool>`search_documents.at >= ${since}`]),
  // A day means all of it.
  ...(until === undefined
    ? []
    : [sql<SqlBool>`search_documents.at <= ${until.length === 10 ? `${until}T23:59:59.999Z` : until}`]),
]
