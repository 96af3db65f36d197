import { environmentalInsight } from '../../../src/contract/insights.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { Context } from '../../context.ts'
import { fromStored } from '../../crud/stored.ts'
import { visibleRows } from '../../crud/visibility.ts'

export type Insight = RowOf<typeof environmentalInsight>
/** Under what a fact is kept: a client, or one machine, service or site of it, and a key. */
export interface Kept {
  client_id: string
  infrastructure_id?: string | null | undefined
  service_id?: string | null | undefined
  site_id?: string | null | undefined
  key: string
}

const MOST = 200

/** Everything that was known under one key of one place, newest first; what is archived is left out. */
export async function readKept(
  context: Context,
  { client_id, infrastructure_id = null, service_id = null, site_id = null, key }: Kept,
  { onlyCurrent }: { onlyCurrent: boolean },
): Promise<Insight[]> {
  const is = (id: string | null) => (id === null ? 'is' : '=')
  const found = await context.db
    .selectFrom('environmental_insights')
    .selectAll()
    .where('client_id', '=', client_id)
    .where('infrastructure_id', is(infrastructure_id), infrastructure_id)
    .where('service_id', is(service_id), service_id)
    .where('site_id', is(site_id), site_id)
    .where('key', '=', key)
    .where('archived_at', 'is', null)
    .$if(onlyCurrent, (query) => query.where('is_current', '=', 1))
    .where(visibleRows(environmentalInsight, context.caller, context.clock()))
    .orderBy('valid_from', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST)
    .execute()
  return found.map((row) => fromStored(environmentalInsight, row) as Insight)
}
