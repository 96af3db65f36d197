import { hash } from 'node:crypto'
import { client, clientAlias } from '../../../src/contract/clients.ts'
import { AppError } from '../../../src/contract/errors.ts'
import { infrastructure } from '../../../src/contract/infrastructure.ts'
import { externalRef } from '../../../src/contract/integrations.ts'
import type { AnyEntity, RowOf, Typed } from '../../../src/contract/kernel.ts'
import type { Integration } from '../../connectors/account.ts'
import type { Asset, Customer } from '../../connectors/connector.ts'
import { cleanLine, cleanOrNull } from '../../connectors/text.ts'
import type { Context, Handlers } from '../../context.ts'
import { inOwnTransaction } from '../../crud/own-transaction.ts'
import { rows } from '../../crud/rows.ts'
import { asking, chooseIntegration, clientsOfCustomers, connectorFor, seesUnmatched } from './connections.ts'
import { coreHost, coreName, coreSerial, pairs } from './matching.ts'

/** Customers and assets of another system, matched with clients and machines of ours: suggested, until a person says that it is right. */

type ExternalRef = RowOf<typeof externalRef>

const PAGE = 200
/** All customers and assets of an account, within what its vendor allows. */
const BUDGET_MS = 5 * 60_000
const MOST_TOLD = 50
const BATCH = 100

export const suggest: Handlers['externalRefs']['suggest'] = async (context, { integration_id }) => {
  const integration = await chooseIntegration(context, 'customers', { integrationId: integration_id })
  const connector = connectorFor(context, integration, BUDGET_MS)
  const customers = await asking(() => collected(connector.customers?.() ?? []))
  const assets = await asking(() => collected(connector.assets?.() ?? []))
  const known = await knownRefs(context, integration)
  const open = customers.filter(({ id, archived }) => !(archived || known.has(keyOf('client', id))))
  const matched = integration.client_id === null ? await likeClients(context, integration, open) : []
  const machines = await likeMachines(context, integration, assets, known)
  const suggested = await keep(context, integration, [...matched, ...machines])
  const isMatched = new Set(matched.map(({ external }) => external.id))
  return {
    customers: customers.length,
    assets: assets.length,
    suggested,
    // Their names are of customers that may be anybody's.
    unmatched: (seesUnmatched(context) ? open : [])
      .filter(({ id }) => !isMatched.has(id))
      .slice(0, MOST_TOLD)
      .map(({ id, name }) => ({ external_id: id, name: cleanLine(name, 300) || id })),
  }
}

interface Match {
  entity_type: 'client' | 'infrastructure'
  entity_id: string
  client_id: string
  external: Pick<Customer, 'id' | 'name' | 'url'>
}

const keyOf = (type: string, externalId: string) => `${type} ${externalId}`

/** What was suggested, confirmed or put away before: nobody is asked twice. */
async function knownRefs({ db }: Context, integration: Integration): Promise<Set<string>> {
  const found = await db
    .selectFrom('external_refs')
    .select(['entity_type', 'external_id', 'entity_id'])
    .where('integration_id', '=', integration.id)
    .execute()
  return new Set(
    found.flatMap(({ entity_type, external_id, entity_id }) => [
      keyOf(entity_type, external_id),
      keyOf(`our ${entity_type}`, entity_id),
    ]),
  )
}

async function likeClients(
  context: Context,
  integration: Integration,
  customers: readonly Customer[],
): Promise<Match[]> {
  const known = await knownRefs(context, integration)
  const clients = (await everyRow(context, client)).filter(({ id }) => !known.has(keyOf('our client', id)))
  const aliases = Map.groupBy(await everyRow(context, clientAlias), ({ client_id }) => client_id)
  const namesOf = ({ id, name }: RowOf<typeof client>) => [
    coreName(name),
    ...(aliases.get(id) ?? []).map(({ alias }) => coreName(alias)),
  ]
  return pairs(customers, clients, [[({ name }) => [coreName(name)], namesOf]]).map(({ theirs, ours }) => ({
    entity_type: 'client',
    entity_id: ours.id,
    client_id: ours.id,
    external: theirs,
  }))
}

/** Within customers that are confirmed to be clients of ours. */
async function likeMachines(
  context: Context,
  integration: Integration,
  assets: readonly Asset[],
  known: ReadonlySet<string>,
): Promise<Match[]> {
  const open = assets.filter(({ id }) => !known.has(keyOf('infrastructure', id)))
  const clientOf = await clientsOfCustomers(
    context,
    integration,
    open.map(({ customerId }) => customerId),
  )
  const ofClients = Map.groupBy(open, ({ customerId }) => clientOf.get(customerId))
  const matches: Match[] = []
  for (const [client_id, theirs] of ofClients) {
    if (client_id === undefined) continue
    const machines = (await everyRow(context, infrastructure, { client_id })).filter(
      ({ id }) => !known.has(keyOf('our infrastructure', id)),
    )
    const found = pairs(theirs, machines, [
      [({ serial }) => [coreSerial(serial)], ({ serial_number }) => [coreSerial(serial_number)]],
      [({ name }) => [coreHost(name)], ({ hostname, fqdn }) => [coreHost(hostname), coreHost(fqdn ?? '')]],
    ])
    for (const { theirs: external, ours } of found)
      matches.push({ entity_type: 'infrastructure', entity_id: ours.id, client_id, external })
  }
  return matches
}

/** @returns how many were kept: what the caller may not write for is left to others */
async function keep(context: Context, integration: Integration, matches: readonly Match[]): Promise<number> {
  let kept = 0
  for (let at = 0; at < matches.length; at += BATCH)
    kept += await inOwnTransaction(context, async (inner) => {
      let now = 0
      for (const match of matches.slice(at, at + BATCH)) if (await keepOne(inner, integration, match)) now++
      return now
    })
  return kept
}

async function keepOne(context: Context, integration: Integration, match: Match): Promise<boolean> {
  const { external, ...ours } = match
  try {
    await rows(context, externalRef).insert({
      ...ours,
      integration_id: integration.id,
      external_id: external.id,
      external_name: cleanOrNull(external.name, 300),
      external_url: external.url,
      status: 'suggested',
      raw_hash: hash('sha256', JSON.stringify(external)),
      synced_at: context.clock().toISOString(),
    } as Partial<ExternalRef>)
    return true
  } catch (error) {
    if (error instanceof AppError && (error.code === 'FORBIDDEN' || error.code === 'NOT_FOUND')) return false
    throw error
  }
}

async function collected<T>(list: AsyncIterable<T> | readonly T[]): Promise<T[]> {
  const items: T[] = []
  for await (const item of list) items.push(item)
  return items
}

async function everyRow<R>(
  context: Context,
  entity: AnyEntity & { row: Typed<R> },
  filter: Record<string, unknown> = {},
): Promise<R[]> {
  const items: R[] = []
  let cursor: string | undefined
  do {
    const page = await rows(context, entity).list({ ...filter, limit: PAGE, cursor })
    items.push(...page.items)
    cursor = page.next_cursor ?? undefined
  } while (cursor !== undefined)
  return items
}
