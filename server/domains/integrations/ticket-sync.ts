import { externalIntegration } from '../../../src/contract/integrations.ts'
import type { Integration } from '../../connectors/account.ts'
import type { Ticket } from '../../connectors/connector.ts'
import { VendorError } from '../../connectors/errors.ts'
import { vendorOf } from '../../connectors/registry.ts'
import type { Deps } from '../../context.ts'
import { fromStored } from '../../crud/stored.ts'
import { clientsOfCustomers, connectorOf } from './connections.ts'
import { cachesOf } from './ticket-handlers.ts'

/** What is kept of linked tickets is renewed where they changed over there, and who their customer is is looked at again. */

const EVERY_MS = 10 * 60_000
/** Read again, for clocks differ and lists are made while things change. */
const OVERLAP_MS = 10 * 60_000
const MOST_CHANGED = 5_000
const BATCH = 100

/** @returns what ends it; it waits for what is under way */
export function syncTicketsNowAndThen(deps: Deps): () => Promise<void> {
  const ended = new AbortController()
  let running: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    running = running
      .then(() => syncTickets(deps, ended.signal))
      .catch((error: unknown) => deps.log.warn({ error }, 'linked tickets could not all be read anew'))
  }, EVERY_MS)
  timer.unref()
  return async () => {
    ended.abort()
    clearInterval(timer)
    await running
  }
}

/** Reads the changed tickets of every enabled system that has linked ones. @returns how many links were renewed */
export async function syncTickets(deps: Deps, signal?: AbortSignal): Promise<number> {
  const found = await deps.db
    .selectFrom('external_integrations')
    .selectAll()
    .where('enabled', '=', 1)
    .where('archived_at', 'is', null)
    .execute()
  let renewed = 0
  for (const row of found) {
    if (signal?.aborted) break
    const integration = fromStored(externalIntegration, row as Record<string, unknown>) as Integration
    if (vendorOf(integration.type)?.capabilities.tickets !== true) continue
    try {
      renewed += await syncOne(deps, integration, signal)
    } catch (error) {
      // The next time; the breaker has counted it.
      if (!(error instanceof VendorError)) throw error
    }
  }
  return renewed
}

async function syncOne(deps: Deps, integration: Integration, signal: AbortSignal | undefined): Promise<number> {
  const since = await sinceOf(deps, integration)
  if (since === undefined) return 0
  const startedAt = deps.clock().toISOString()
  const changed: Ticket[] = []
  for await (const ticket of connectorOf(deps, integration).searchTickets?.({ updatedSince: since }) ?? []) {
    if (signal?.aborted) return 0
    changed.push(ticket)
    if (changed.length === MOST_CHANGED) break
  }
  let renewed = 0
  for (let at = 0; at < changed.length; at += BATCH)
    renewed += await renewLinks(deps, integration, changed.slice(at, at + BATCH))
  await deps.db
    .updateTable('external_integrations')
    .set({ cursor: JSON.stringify({ ...integration.cursor, tickets: startedAt }) })
    .where('id', '=', integration.id)
    .execute()
  return renewed
}

/** Undefined where nothing is linked. */
async function sinceOf({ db }: Deps, { id, cursor }: Integration): Promise<string | undefined> {
  const oldest = await db
    .selectFrom('ticket_links')
    .select('created_at')
    .where('integration_id', '=', id)
    .where('archived_at', 'is', null)
    .orderBy('created_at')
    .executeTakeFirst()
  if (!oldest) return undefined
  const last = typeof cursor?.tickets === 'string' ? cursor.tickets : oldest.created_at
  return new Date(Date.parse(last) - OVERLAP_MS).toISOString()
}

/** A ticket that went to another customer is no longer written to by its link (`conflict`), until somebody looks. */
export async function renewLinks(deps: Deps, integration: Integration, tickets: readonly Ticket[]): Promise<number> {
  const byId = new Map(tickets.map((ticket) => [ticket.id, ticket]))
  const links = await deps.db
    .selectFrom('ticket_links')
    .select(['id', 'client_id', 'external_id'])
    .where('integration_id', '=', integration.id)
    .where('external_id', 'in', [...byId.keys()])
    .where('archived_at', 'is', null)
    .execute()
  const clientOf = await clientsOfCustomers(
    deps,
    integration,
    tickets.map(({ customerId }) => customerId),
  )
  for (const { id, client_id, external_id } of links) {
    const ticket = byId.get(external_id) as Ticket
    const isTheirs = clientOf.get(ticket.customerId) === client_id
    await deps.db
      .updateTable('ticket_links')
      .set({
        ...(isTheirs ? cachesOf(ticket, deps.clock()) : { sync_state: 'conflict' }),
        updated_at: deps.clock().toISOString(),
      } as never)
      .where('id', '=', id)
      .execute()
  }
  return links.length
}
