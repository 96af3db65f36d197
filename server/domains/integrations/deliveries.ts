import type { Kysely } from 'kysely'
import type { Deps } from '../../context.ts'
import type { Tables } from '../../db/tables.ts'
import { inTransaction } from '../../db/transaction.ts'
import { orderingKeyOf } from '../../outbox/announce.ts'

/** The rows of deliveries: whose turn it is, who holds it, and what became of it. */

export interface Subscription {
  id: string
  client_id: string | null
  name: string
  url: string
  consecutive_failures: number
}

export interface Waiting {
  id: string
  payload: string
  attempts: number
  next_attempt_at: string | null
  event_id: string
  client_id: string | null
}

/** Longer than a delivery takes; what a killed server held is free again after this. */
export const LEASE_MS = 60_000

/** Subscriptions that have something to deliver now and that nobody holds, who has waited longest first. */
export async function dueSubscriptions({ db, clock }: Deps, most: number): Promise<string[]> {
  const now = clock().toISOString()
  const found = await db
    .selectFrom('webhook_subscriptions')
    .select('id')
    .where('status', '=', 'active')
    .where('due_at', '<=', now)
    .where('archived_at', 'is', null)
    .where((eb) => eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<=', now)]))
    .orderBy('due_at')
    .limit(most)
    .execute()
  return found.map(({ id }) => id)
}

/** Takes a subscription for one worker: what is delivered to it has one order. Undefined where somebody else has it. */
export async function claimSubscription(
  { db, clock }: Deps,
  id: string,
  worker: string,
): Promise<Subscription | undefined> {
  const now = clock().toISOString()
  const { numUpdatedRows } = await db
    .updateTable('webhook_subscriptions')
    .set({ claimed_by: worker, claimed_until: leaseFrom(clock()) })
    .where('id', '=', id)
    .where('status', '=', 'active')
    .where('archived_at', 'is', null)
    .where('due_at', '<=', now)
    .where((eb) => eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<=', now)]))
    .executeTakeFirst()
  if (Number(numUpdatedRows) !== 1) return undefined
  const row = await db
    .selectFrom('webhook_subscriptions')
    .select(['id', 'client_id', 'name', 'url', 'consecutive_failures'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return { ...row, consecutive_failures: Number(row.consecutive_failures) }
}

const leaseFrom = (now: Date) => new Date(now.getTime() + LEASE_MS).toISOString()

/** @returns false when it is somebody else's by now, or nobody may deliver to it any more */
export async function renewClaim({ db, clock }: Deps, id: string, worker: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('webhook_subscriptions')
    .set({ claimed_until: leaseFrom(clock()) })
    .where('id', '=', id)
    .where('claimed_by', '=', worker)
    .where('claimed_until', '>', clock().toISOString())
    .where('status', '=', 'active')
    .where('archived_at', 'is', null)
    .executeTakeFirst()
  return Number(numUpdatedRows) === 1
}

/** What waits first, in its order. */
export async function waitingFor({ db }: Pick<Deps, 'db'>, subscriptionId: string, most: number): Promise<Waiting[]> {
  const found = await db
    .selectFrom('outbox_messages')
    .select(['id', 'payload', 'attempts', 'next_attempt_at', 'client_id'])
    .where('ordering_key', '=', orderingKeyOf(subscriptionId))
    .where('status', '=', 'pending')
    .orderBy('seq')
    .limit(most)
    .execute()
  return found.map((row) => {
    const payload = typeof row.payload === 'string' ? row.payload : JSON.stringify(row.payload)
    return { ...row, payload, attempts: Number(row.attempts), event_id: (JSON.parse(payload) as { id: string }).id }
  })
}

/** What a try brought: of the answer only its status and, where it was no success, the beginning of its text. */
export interface Tried {
  at: string
  responseStatus: number | null
  excerpt: string | null
  error: string | null
  durationMs: number
}

export type Outcome =
  | { status: 'delivered' }
  | { status: 'pending'; nextAttemptAt: string }
  | { status: 'dead_lettered' }

/** Writes down what became of a message, in one transaction. */
export async function settleDelivery(
  deps: Deps,
  { id, attempts }: Waiting,
  { at, responseStatus, excerpt, error, durationMs }: Tried,
  outcome: Outcome,
): Promise<void> {
  const next_attempt_at = outcome.status === 'pending' ? outcome.nextAttemptAt : null
  await inTransaction(deps, async (db) => {
    await db
      .updateTable('outbox_messages')
      .set({
        status: outcome.status === 'delivered' ? 'sent' : outcome.status,
        sent_at: outcome.status === 'delivered' ? at : null,
        ...{ attempts: attempts + 1, next_attempt_at, last_error: error },
      })
      .where('id', '=', id)
      .where('status', '=', 'pending')
      .execute()
    await db
      .updateTable('webhook_deliveries')
      .set((eb) => ({
        status: outcome.status,
        ...{ attempts: attempts + 1, next_attempt_at, last_attempt_at: at, response_status: responseStatus },
        ...{ response_excerpt: excerpt, duration_ms: durationMs, error, updated_at: at },
        delivered_at: outcome.status === 'delivered' ? at : null,
        dead_lettered_at: outcome.status === 'dead_lettered' ? at : null,
        row_version: eb('row_version', '+', 1),
      }))
      .where('outbox_message_id', '=', id)
      .where('status', '=', 'pending')
      .execute()
  })
}

/** Its receiver said that nobody is there any more: what waits is not sent. */
export async function endSubscription(deps: Deps, id: string): Promise<void> {
  const at = deps.clock().toISOString()
  await inTransaction(deps, async (db) => {
    await db
      .updateTable('webhook_subscriptions')
      .set((eb) => ({ status: 'gone', due_at: null, updated_at: at, row_version: eb('row_version', '+', 1) }))
      .where('id', '=', id)
      .execute()
    await cancelWaiting(db, id, at)
  })
}

/** Takes back what waits for a subscription. */
export async function cancelWaiting(db: Kysely<Tables>, subscriptionId: string, at: string): Promise<void> {
  await db
    .updateTable('outbox_messages')
    .set({ status: 'cancelled', next_attempt_at: null })
    .where('ordering_key', '=', orderingKeyOf(subscriptionId))
    .where('status', '=', 'pending')
    .execute()
  await db
    .updateTable('webhook_deliveries')
    .set({ status: 'cancelled', next_attempt_at: null, updated_at: at })
    .where('subscription_id', '=', subscriptionId)
    .where('status', '=', 'pending')
    .execute()
}

/** Gives a subscription back, and says when its first waiting message may be tried. */
export async function releaseSubscription(
  deps: Deps,
  id: string,
  worker: string,
  told: { last_delivered_at?: string; last_status_code?: number | null },
): Promise<void> {
  await inTransaction(deps, async (db) => {
    // Held first: what is announced now waits until the next look at the queue is over.
    const { numUpdatedRows } = await db
      .updateTable('webhook_subscriptions')
      .set({ ...told, claimed_by: null, claimed_until: null })
      .where('id', '=', id)
      .where('claimed_by', '=', worker)
      .executeTakeFirst()
    if (Number(numUpdatedRows) === 0) return
    const [first] = await waitingFor({ db }, id, 1)
    await db
      .updateTable('webhook_subscriptions')
      .set({ due_at: first?.next_attempt_at ?? null })
      .where('id', '=', id)
      .execute()
  })
}
