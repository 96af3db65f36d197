import type { Kysely } from 'kysely'
import type { Integration } from '../../connectors/account.ts'
import type { BackupPlan, Customer } from '../../connectors/connector.ts'
import type { Deps } from '../../context.ts'
import { foldName } from '../../crud/stored.ts'
import type { Tables } from '../../db/tables.ts'

/** Whose a computer is of which a backup system tells: only what a person confirmed counts; a client of the same name is suggested. */
export interface Owners {
  clientOf(plan: BackupPlan): string | null
  infrastructureOf(plan: BackupPlan, clientId: string): string | null
}

/** @param customers the companies over there, which plans name only by their names */
export async function readOwners(
  deps: Pick<Deps, 'clock' | 'newId'>,
  db: Kysely<Tables>,
  integration: Integration,
  customers: readonly Customer[],
  plans: readonly BackupPlan[],
): Promise<Owners> {
  const names = new Map(customers.map(({ id, name }) => [foldName(name), id]))
  // A company that the list of them does not have is known by its name.
  const customerOf = ({ companyName }: BackupPlan) =>
    companyName === null ? undefined : (names.get(foldName(companyName)) ?? companyName.slice(0, 200))
  const refs = await db
    .selectFrom('external_refs')
    .select(['external_id', 'entity_id', 'status'])
    .where('integration_id', '=', integration.id)
    .where('entity_type', '=', 'client')
    .where('archived_at', 'is', null)
    .execute()
  const confirmed = new Map(
    refs.filter(({ status }) => status === 'confirmed').map((one) => [one.external_id, one.entity_id]),
  )
  const known = new Set(refs.map(({ external_id }) => external_id))
  const taken = new Set(refs.map(({ entity_id }) => entity_id))
  const clients = await db.selectFrom('clients').select(['id', 'name_key']).where('archived_at', 'is', null).execute()
  const byName = new Map(clients.map(({ id, name_key }) => [name_key, id]))
  if (integration.client_id === null)
    for (const plan of plans) {
      const customer = customerOf(plan)
      const clientId = plan.companyName === null ? undefined : byName.get(foldName(plan.companyName))
      if (customer === undefined || clientId === undefined || known.has(customer) || taken.has(clientId)) continue
      known.add(customer)
      taken.add(clientId)
      await suggest(deps, db, { integration, customer, name: plan.companyName as string, clientId })
    }
  const assets = await db
    .selectFrom('infrastructure')
    .select(['id', 'client_id', 'hostname_key'])
    .where('archived_at', 'is', null)
    .execute()
  const byHost = new Map(assets.map(({ id, client_id, hostname_key }) => [`${client_id} ${hostname_key}`, id]))
  return {
    clientOf: (plan) => integration.client_id ?? confirmed.get(customerOf(plan) ?? '') ?? null,
    infrastructureOf: ({ computer }, clientId) => byHost.get(`${clientId} ${foldName(computer)}`) ?? null,
  }
}

async function suggest(
  { clock, newId }: Pick<Deps, 'clock' | 'newId'>,
  db: Kysely<Tables>,
  {
    integration,
    customer,
    name,
    clientId,
  }: { integration: Integration; customer: string; name: string; clientId: string },
): Promise<void> {
  const now = clock().toISOString()
  await db
    .insertInto('external_refs')
    .ignore()
    .values({
      ...{ id: newId(), created_at: now, updated_at: now, created_by: null, updated_by: null, archived_at: null },
      ...{ row_version: 1, integration_id: integration.id, entity_type: 'client', entity_id: clientId },
      ...{ external_id: customer, external_name: name.slice(0, 300), external_url: null, client_id: clientId },
      ...{ status: 'suggested', confirmed_by: null, confirmed_at: null, raw_hash: null, synced_at: now },
    } as never)
    .execute()
}
