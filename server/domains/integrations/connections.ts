import { client } from '../../../src/contract/clients.ts'
import { AppError } from '../../../src/contract/errors.ts'
import { externalIntegration } from '../../../src/contract/integrations.ts'
import { type Acting, OURSELVES } from '../../audit/entries.ts'
import type { Integration } from '../../connectors/account.ts'
import { connect } from '../../connectors/connect.ts'
import type { Capabilities, Connector } from '../../connectors/connector.ts'
import { VendorError } from '../../connectors/errors.ts'
import { vendorOf } from '../../connectors/registry.ts'
import type { Context, Deps } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import { openSignIn } from '../credentials/for-integrations.ts'
import { mustServe } from './rules.ts'

/** Which connection is meant, and its connector. */

const MOST_CONNECTIONS = 200

/** For a job of ours, or another one who acts. @throws VendorError `refused` */
export const connectorOf = (deps: Deps, integration: Integration, acting: Acting = OURSELVES): Connector =>
  connect(deps, acting, integration, { openSignIn })

/** A caller waits ten seconds; what is queued is tried within them too. */
const BUDGET_MS = 6_000

/**
 * For a caller who waits.
 *
 * @throws AppError CONFLICT for a type without a connector, or settings that do not fit
 */
export function connectorFor(context: Context, integration: Integration, budgetMs = BUDGET_MS): Connector {
  try {
    return connect(context, context, integration, { openSignIn, budgetMs })
  } catch (error) {
    throw error instanceof VendorError ? asAppError(error) : error
  }
}

/**
 * The integration that can do something for a client (undefined: for whichever): the one that is named, or the only one there is, those of
 * the client itself first.
 *
 * @throws AppError CONFLICT when there is none, or more than one; NOT_FOUND for one that the caller may not see
 */
export async function chooseIntegration(
  context: Context,
  can: keyof Capabilities,
  { integrationId, clientId }: { integrationId?: string | undefined; clientId?: string | undefined },
): Promise<Integration> {
  if (integrationId !== undefined) {
    const named = await rows(context, externalIntegration).get(integrationId)
    if (clientId !== undefined) mustServe(named, clientId)
    if (!named.enabled)
      throw new AppError('CONFLICT', `The integration ${named.name} is disabled. An admin can enable it.`)
    if (!vendorOf(named.type)?.capabilities[can])
      throw new AppError('CONFLICT', `${named.name} (${named.type}) cannot do this: ${can}.`)
    return named
  }
  const { items } = await rows(context, externalIntegration).list({ enabled: true, limit: MOST_CONNECTIONS })
  const able = items.filter(
    (one) =>
      vendorOf(one.type)?.capabilities[can] === true &&
      (clientId === undefined || one.client_id === null || one.client_id === clientId),
  )
  const own = able.filter((one) => one.client_id !== null && one.client_id === clientId)
  const [only, another] = own.length > 0 ? own : able
  if (!only)
    throw new AppError(
      'CONFLICT',
      `No enabled integration can do this (${can}). An admin adds one with "msp integrations add".`,
    )
  if (another)
    throw new AppError(
      'CONFLICT',
      `Several integrations can do this: ${able.map(({ name, id }) => `${name} (${id})`).join(', ')}. Say which with integration_id.`,
    )
  return only
}

/** What a caller is told of a vendor's refusal. */
export function asAppError(error: VendorError): AppError {
  const { kind, message, retryAfterMs, cause } = error
  const details = retryAfterMs === undefined ? {} : { details: { retry_after: Math.ceil(retryAfterMs / 1_000) } }
  if (kind === 'not_found') return new AppError('NOT_FOUND', message, { cause })
  if (kind === 'rate_limited') return new AppError('RATE_LIMITED', message, { cause, ...details })
  if (kind === 'forbidden' || kind === 'refused') return new AppError('CONFLICT', message, { cause })
  return new AppError('UNAVAILABLE', message, { cause, ...details })
}

/** Asks another system for a caller. @throws AppError */
export async function asking<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof VendorError ? asAppError(error) : error
  }
}

/** The names by which our clients are known there, as people confirmed them: customer → client. One client's integration is all that client's. */
export async function clientsOfCustomers(
  { db }: Pick<Deps, 'db'>,
  integration: Integration,
  customerIds: readonly (string | null)[],
): Promise<Map<string | null, string>> {
  if (integration.client_id !== null) return new Map(customerIds.map((id) => [id, integration.client_id as string]))
  const wanted = [...new Set(customerIds)].filter((id) => id !== null)
  if (wanted.length === 0) return new Map()
  const found = await db
    .selectFrom('external_refs')
    .select(['external_id', 'entity_id'])
    .where('integration_id', '=', integration.id)
    .where('entity_type', '=', 'client')
    .where('status', '=', 'confirmed')
    .where('archived_at', 'is', null)
    .where('external_id', 'in', wanted)
    .execute()
  return new Map(found.map(({ external_id, entity_id }) => [external_id, entity_id]))
}

/** What a client is called there; undefined where nobody has confirmed it. Of an integration of this client alone: null, for all it has. */
export async function customerOfClient(
  { db }: Pick<Deps, 'db'>,
  integration: Integration,
  clientId: string,
): Promise<string | null | undefined> {
  if (integration.client_id === clientId) return null
  const found = await db
    .selectFrom('external_refs')
    .select('external_id')
    .where('integration_id', '=', integration.id)
    .where('entity_type', '=', 'client')
    .where('entity_id', '=', clientId)
    .where('status', '=', 'confirmed')
    .where('archived_at', 'is', null)
    .executeTakeFirst()
  return found?.external_id
}

/** Which of these clients the caller may see. */
export async function visibleAmong(context: Context, clientIds: Iterable<string>): Promise<Set<string>> {
  const seen = new Set<string>()
  for (const id of new Set(clientIds)) if (await rows(context, client).find(id)) seen.add(id)
  return seen
}

/** Customers that nobody matched may be anybody's: only who sees every client sees theirs. */
export const seesUnmatched = ({ caller }: Pick<Context, 'caller'>): boolean =>
  caller.allClients && !caller.someDenied && caller.onlyClient === undefined
