import { type RawBuilder, sql } from 'kysely'
import { ipKey, possibleStarts } from '../../../src/contract/ip-ranges.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import { network } from '../../../src/contract/networks.ts'
import { CARRIES_FAILURE } from '../../../src/contract/services.ts'
import type { Context, Handlers } from '../../context.ts'
import { fromStored } from '../../crud/stored.ts'
import { visibleRows } from '../../crud/visibility.ts'

type Network = RowOf<typeof network>
type Affected = Awaited<ReturnType<Handlers['services']['impact']>>['affected'][number]

const MOST_NETWORKS = 200

/** The networks that contain an address, the narrowest first. By index: a network that does begins at one of few addresses. */
export async function networksContaining(
  context: Context,
  ip: string,
  within: { client_id?: string | undefined; site_id?: string | undefined },
): Promise<Network[]> {
  const found = await context.db
    .selectFrom('networks')
    .selectAll()
    .where('range_start', 'in', possibleStarts(ip))
    .where('range_end', '>=', ipKey(ip) as string)
    .where('archived_at', 'is', null)
    .where(visibleRows(network, context.caller, context.clock()))
    .$if(within.client_id !== undefined, (query) => query.where('client_id', '=', within.client_id as string))
    .$if(within.site_id !== undefined, (query) => query.where('site_id', '=', within.site_id as string))
    .orderBy('range_start', 'desc')
    .orderBy('range_end')
    .orderBy('id')
    .limit(MOST_NETWORKS)
    .execute()
  return found.map((row) => fromStored(network, row) as Network)
}

/** Services of the failed one's client that fail with it. */
export async function failingWithService(context: Context, id: string, depth: number): Promise<Affected[]> {
  const found = await failingFrom(context, sql``, sql`services.id = ${id}`, depth)
  return found.filter((affected) => affected.service_id !== id)
}

/** Services that run on an asset or on what is inside it (a host's virtual machines, their containers), and those that fail with them. */
export function failingWithAsset(context: Context, id: string, depth: number): Promise<Affected[]> {
  const inside = sql`inside (id) as (
    select id from infrastructure where id = ${id}
    union
    select child.id from inside join infrastructure as child on child.parent_id = inside.id and child.archived_at is null
  ),`
  return failingFrom(context, inside, sql`services.infrastructure_id in (select id from inside)`, depth)
}

/**
 * Follows the relationships against their direction, each step once per depth: cycles end at the greatest depth. All rows are of one
 * client, because relationships and parents never cross clients; the caller may see the row that it starts from.
 */
async function failingFrom(
  context: Context,
  before: RawBuilder<unknown>,
  start: RawBuilder<unknown>,
  depth: number,
): Promise<Affected[]> {
  const found = await sql<Affected>`with recursive ${before} reached (service_id, depth, via_service_id, via_type) as (
    select services.id, 0, cast(null as char(36)), cast(null as char(20)) from services
    where ${start} and services.archived_at is null and services.status <> 'retired'
    union
    select relation.from_service_id, reached.depth + 1, relation.to_service_id, relation.type
    from reached
    join service_relationships as relation on relation.to_service_id = reached.service_id
    join services as next on next.id = relation.from_service_id
    where reached.depth < ${depth} and relation.type in (${sql.join(CARRIES_FAILURE)})
      and relation.archived_at is null and next.archived_at is null and next.status <> 'retired'
  )
  select reached.service_id, services.name, services.type, services.criticality, services.status,
    services.infrastructure_id, infrastructure.hostname, reached.depth, reached.via_service_id, reached.via_type
  from reached
  join services on services.id = reached.service_id
  left join infrastructure on infrastructure.id = services.infrastructure_id
  order by reached.depth, services.name, reached.service_id, reached.via_service_id, reached.via_type`.execute(
    context.db,
  )
  const nearest = new Map<string, Affected>()
  for (const row of found.rows)
    if (!nearest.has(row.service_id)) nearest.set(row.service_id, { ...row, depth: Number(row.depth) })
  return [...nearest.values()]
}
