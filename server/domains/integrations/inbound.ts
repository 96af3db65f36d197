import { hash } from 'node:crypto'
import { AppError } from '../../../src/contract/errors.ts'
import { externalIntegration } from '../../../src/contract/integrations.ts'
import { OURSELVES } from '../../audit/entries.ts'
import { type Integration, secretOf } from '../../connectors/account.ts'
import { isPassing, VendorError } from '../../connectors/errors.ts'
import { vendorOf } from '../../connectors/registry.ts'
import { cleanLine } from '../../connectors/text.ts'
import type { Deps } from '../../context.ts'
import { fromStored } from '../../crud/stored.ts'
import type { Limit } from '../../limits/limits.ts'
import { networkOf } from '../../limits/network.ts'
import { openSignIn } from '../credentials/for-integrations.ts'
import { pauseAfter } from './action-worker.ts'
import { connectorOf } from './connections.ts'
import { type InboundMessage, isGenuine, pointerOf } from './inbound-signatures.ts'
import { renewLinks } from './ticket-sync.ts'

/**
 * What other systems tell of themselves. A message is checked, and kept once as a pointer to what changed; what is true is read from the system
 * itself before anything here is changed.
 */

export interface Inbound extends Omit<InboundMessage, 'type'> {
  integrationId: string
  ip: string | null
}

const PER_MINUTE: Limit = { name: 'inbound', count: 300, perMs: 60_000 }

/** The same for everything that is not right: nobody learns which integrations there are. */
const refused = () => new AppError('UNAUTHENTICATED', 'This message is not accepted.')

/** @throws AppError UNAUTHENTICATED; RATE_LIMITED; INVALID_INPUT for what is genuine and no JSON object */
export async function receive(deps: Deps, { integrationId, ip, ...sent }: Inbound): Promise<void> {
  await deps.limits.take(PER_MINUTE, `${integrationId} ${networkOf(ip)}`)
  const integration = await integrationOf(deps, integrationId)
  if (!integration?.enabled || integration.direction === 'out') throw refused()
  const message: InboundMessage = { ...sent, type: integration.type }
  if (!isGenuine(message, await secretFor(deps, integration), deps.clock())) throw refused()
  const { externalId, event, ticketId } = pointerOf(message, jsonIn(sent.body))
  const now = deps.clock().toISOString()
  const known = await deps.db
    .selectFrom('inbound_events')
    .select('id')
    .where('integration_id', '=', integration.id)
    .where('external_event_id', '=', externalId)
    .executeTakeFirst()
  if (known) return
  await deps.db
    .insertInto('inbound_events')
    .values({
      ...{ id: deps.newId(), integration_id: integration.id, external_event_id: externalId.slice(0, 200) },
      ...{ event: cleanLine(event, 100), received_at: now, client_id: integration.client_id, verified: 1 },
      payload: JSON.stringify(ticketId === null ? {} : { ticket_id: ticketId }),
      payload_sha256: hash('sha256', sent.body),
      ...{ status: 'received', attempts: 0, next_attempt_at: now, processed_at: null, error: null },
    })
    .execute()
    .catch((error: unknown) => {
      // Sent twice at once: the other one is kept.
      if (deps.dialect.refusal(error) !== 'unique') throw error
    })
  await deps.settled()
}

/** @throws AppError UNAUTHENTICATED where none is connected, or it cannot be opened */
async function secretFor(deps: Deps, integration: Integration): Promise<string> {
  try {
    const host = integration.base_url === null ? 'localhost' : new URL(integration.base_url).hostname
    const signIn = await openSignIn(deps, OURSELVES, integration, ['hmac_secret'], host)
    return secretOf(signIn, 'secret', 'signing_key', 'token')
  } catch (error) {
    if (error instanceof VendorError) throw refused()
    throw error
  }
}

function jsonIn(body: Buffer): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'))
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
      return parsed as Record<string, unknown>
  } catch {
    // Said below.
  }
  throw new AppError('INVALID_INPUT', 'The body must be a JSON object.')
}

async function integrationOf({ db }: Deps, id: string): Promise<Integration | undefined> {
  const row = await db
    .selectFrom('external_integrations')
    .selectAll()
    .where('id', '=', id)
    .where('archived_at', 'is', null)
    .executeTakeFirst()
  return row && (fromStored(externalIntegration, row as Record<string, unknown>) as Integration)
}

const EVERY_MS = 2_000
const BATCH = 50
const CLAIM_MS = 60_000
const MOST_ATTEMPTS = 12

/** Looks at what was told of. @returns how many messages were done with */
export async function processInbound(deps: Deps, signal?: AbortSignal): Promise<number> {
  const due = await deps.db
    .selectFrom('inbound_events')
    .select(['id', 'integration_id', 'payload', 'attempts', 'next_attempt_at'])
    .where('status', '=', 'received')
    .where('next_attempt_at', '<=', deps.clock().toISOString())
    .orderBy('next_attempt_at')
    .limit(BATCH)
    .execute()
  let done = 0
  for (const event of due) {
    if (signal?.aborted) break
    const claimed = await deps.db
      .updateTable('inbound_events')
      .set({
        attempts: Number(event.attempts) + 1,
        next_attempt_at: new Date(deps.clock().getTime() + CLAIM_MS).toISOString(),
      })
      .where('id', '=', event.id)
      .where('status', '=', 'received')
      .where('next_attempt_at', '=', event.next_attempt_at)
      .executeTakeFirst()
    if (Number(claimed.numUpdatedRows) !== 1) continue
    await settleInbound(deps, event.id, Number(event.attempts) + 1, () => lookAt(deps, event))
    done++
  }
  return done
}

/** @returns what ends it; it waits for the message that is under way */
export function processInboundNowAndThen(deps: Deps): () => Promise<void> {
  const ended = new AbortController()
  let running: Promise<unknown> | undefined
  const timer = setInterval(() => {
    running ??= processInbound(deps, ended.signal)
      .catch((error: unknown) => deps.log.warn({ error }, 'what other systems told of waits'))
      .finally(() => {
        running = undefined
      })
  }, EVERY_MS)
  timer.unref()
  return async () => {
    ended.abort()
    clearInterval(timer)
    await running
  }
}

type Looked = { status: 'processed'; error: null } | { status: 'ignored'; error: string }

/** Reads the ticket where it is, and renews what is kept of it here. @throws VendorError */
async function lookAt(deps: Deps, event: { integration_id: string; payload: unknown }): Promise<Looked> {
  const stored = typeof event.payload === 'string' ? JSON.parse(event.payload) : event.payload
  const ticketId = (stored as { ticket_id?: string }).ticket_id
  const integration = await integrationOf(deps, event.integration_id)
  if (!integration?.enabled) return { status: 'ignored', error: 'The integration is disabled.' }
  if (ticketId === undefined) return { status: 'ignored', error: 'It is about no ticket.' }
  if (vendorOf(integration.type)?.capabilities.tickets !== true)
    return { status: 'ignored', error: `There is no connector that reads tickets of ${integration.type}.` }
  const links = deps.db
    .selectFrom('ticket_links')
    .select('id')
    .where('integration_id', '=', integration.id)
    .where('external_id', '=', ticketId)
    .where('archived_at', 'is', null)
  if (!(await links.executeTakeFirst())) return { status: 'ignored', error: 'This ticket is not linked.' }
  try {
    const ticket = await connectorOf(deps, integration).ticket?.(ticketId)
    if (ticket) await renewLinks(deps, integration, [ticket])
  } catch (error) {
    if (!(error instanceof VendorError) || error.kind !== 'not_found') throw error
    await deps.db
      .updateTable('ticket_links')
      .set({ sync_state: 'missing', updated_at: deps.clock().toISOString() })
      .where('integration_id', '=', integration.id)
      .where('external_id', '=', ticketId)
      .where('archived_at', 'is', null)
      .execute()
  }
  return { status: 'processed', error: null }
}

async function settleInbound(deps: Deps, id: string, attempts: number, look: () => Promise<Looked>): Promise<void> {
  const now = deps.clock()
  const write = (change: object) => deps.db.updateTable('inbound_events').set(change).where('id', '=', id).execute()
  try {
    await write({ ...(await look()), processed_at: now.toISOString(), next_attempt_at: null })
  } catch (error) {
    if (!(error instanceof VendorError)) deps.log.error({ error, inboundId: id }, 'what a system told of failed')
    const told = error instanceof VendorError ? cleanLine(error.message, 1_000) : 'The server could not do it.'
    const again = attempts < MOST_ATTEMPTS && (!(error instanceof VendorError) || isPassing(error))
    const wait = Math.max(pauseAfter(attempts), error instanceof VendorError ? (error.retryAfterMs ?? 0) : 0)
    await write(
      again
        ? { error: told, next_attempt_at: new Date(now.getTime() + wait).toISOString() }
        : { error: told, status: 'failed', next_attempt_at: null, processed_at: now.toISOString() },
    )
  }
}
