import type { Context } from '../../../context.ts'
import type { KnownAsset } from './targets.ts'

/** A client has some hundreds. */
const MOST = 5_000

/** A client's machines with all that they are called. */
export async function readKnownAssets({ db }: Context, clientId: string): Promise<KnownAsset[]> {
  const found = await db
    .selectFrom('infrastructure')
    .select(['id', 'hostname', 'fqdn', 'primary_ip', 'mgmt_ip'])
    .where('client_id', '=', clientId)
    .where('archived_at', 'is', null)
    .orderBy('id')
    .limit(MOST)
    .execute()
  return found.map(({ id, hostname, ...others }) => ({
    id,
    hostname,
    names: [hostname, ...Object.values(others)].flatMap((name) => (name ? [name.toLowerCase()] : [])),
  }))
}
