import type { Kysely } from 'kysely'
import type { Context, Deps } from '../context.ts'
import type { Tables } from '../db/tables.ts'
import { type Announcement, eventsOf, toldOf, type Values, type WebhookEvent } from './events.ts'
import { forgetListeners, type Listener, listenersOf } from './listeners.ts'

/**
 * Tells who listens that something has happened: in the transaction that makes the fact, so that both are kept or neither. A message for each
 * subscription waits in `outbox_messages` until it is delivered; a workflow that the event starts is a run. One client's subscription hears
 * of that client only; what is of no client only those hear who hear of all.
 */

/** `vault` tells the servers of one process apart. `fromWorkflow`: what a workflow makes starts no workflow, so none runs in circles. */
export type Announcing = Pick<Deps, 'db' | 'clock' | 'newId' | 'vault'> & Pick<Context, 'fromWorkflow'>

export const orderingKeyOf = (subscriptionId: string): string => `webhook:${subscriptionId}`

/**
 * @param about columns of the row that it is about, or what reads them where somebody may listen; those that are told leave
 * @param key names the fact for good, so that it is told once however often it is found; a new one when it is not given
 */
export async function announce(
  context: Announcing,
  event: WebhookEvent,
  about: Values | (() => Promise<Values>),
  key?: string,
): Promise<void> {
  const { subscriptions, workflows } = await listenersOf(context.vault, context)
  if (![...subscriptions, ...workflows].some(({ events }) => events.has(event))) return
  const row = typeof about === 'function' ? await about() : about
  const clientId = (row.client_id ?? null) as string | null
  const hears = (listener: Listener) =>
    listener.events.has(event) && (listener.clientId === null || listener.clientId === clientId)
  const [told, started] = [subscriptions.filter(hears), context.fromWorkflow ? [] : workflows.filter(hears)]
  if (told.length + started.length === 0) return
  const occurred_at = context.clock().toISOString()
  const id = `${event}:${key ?? context.newId()}`
  const announcement = { id, event, occurred_at, client_id: clientId, data: toldOf(event, row) }
  for (const { id: subscriptionId } of told) await queue(context, subscriptionId, announcement)
  for (const { id: workflowId } of started) await startRun(context, workflowId, announcement)
}

const LISTENING = new Set(['webhookSubscriptions', 'integrationWorkflows'])

/** After a row was made (`before` undefined) or changed by a call. */
export async function announceRow(
  context: Announcing,
  plural: string,
  before: Values | undefined,
  after: Values,
): Promise<void> {
  if (LISTENING.has(plural)) forgetListeners(context.vault)
  for (const event of eventsOf(plural, before, after)) await announce(context, event, after)
}

/** Puts a message in the queue of one subscription, as the last of it. Nothing for one that is not there any more, or has it already. */
export async function queue(
  { db, clock, newId }: Pick<Announcing, 'db' | 'clock' | 'newId'>,
  subscriptionId: string,
  announcement: Announcement,
): Promise<boolean> {
  const now = clock().toISOString()
  const { id: event_id, event, client_id } = announcement
  const dedup_id = `${orderingKeyOf(subscriptionId)}:${event_id}`.slice(0, 200)
  const known = await db.selectFrom('outbox_messages').select('id').where('dedup_id', '=', dedup_id).executeTakeFirst()
  if (known) return false
  const seq = await nextSeq(db, subscriptionId, now)
  if (seq === undefined) return false
  const messageId = newId()
  const waits = { attempts: 0, next_attempt_at: now }
  await db
    .insertInto('outbox_messages')
    .values({
      ...{ id: messageId, created_at: now, client_id, integration_id: null, subscription_id: subscriptionId },
      ...{ kind: 'webhook', ordering_key: orderingKeyOf(subscriptionId), seq, dedup_id },
      ...{ payload: JSON.stringify(announcement), status: 'pending', ...waits },
    } as never)
    .execute()
  await db
    .insertInto('webhook_deliveries')
    .values({
      ...{ id: newId(), created_at: now, updated_at: now, row_version: 1, client_id },
      ...{
        subscription_id: subscriptionId,
        outbox_message_id: messageId,
        event,
        event_id,
        status: 'pending',
        ...waits,
      },
    } as never)
    .execute()
  return true
}

/** The next number of a subscription. The row is held until the transaction ends: numbers are in the order of the commits. */
async function nextSeq(db: Kysely<Tables>, subscriptionId: string, now: string): Promise<number | undefined> {
  const { numUpdatedRows } = await db
    .updateTable('webhook_subscriptions')
    .set((eb) => ({
      last_seq: eb(eb.fn.coalesce('last_seq', eb.val(0)), '+', 1),
      due_at: eb.fn.coalesce('due_at', eb.val(now)),
    }))
    .where('id', '=', subscriptionId)
    .where('status', 'in', ['active', 'paused'])
    .where('archived_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .executeTakeFirst()
  if (Number(numUpdatedRows) === 0) return undefined
  const row = await db
    .selectFrom('webhook_subscriptions')
    .select('last_seq')
    .where('id', '=', subscriptionId)
    .executeTakeFirstOrThrow()
  return Number(row.last_seq)
}

async function startRun(
  { db, clock, newId }: Announcing,
  workflowId: string,
  { id, client_id, ...told }: Announcement,
): Promise<void> {
  const now = clock().toISOString()
  const known = await db
    .selectFrom('integration_workflow_runs')
    .select('id')
    .where('workflow_id', '=', workflowId)
    .where('trigger_id', '=', id)
    .executeTakeFirst()
  if (known) return
  const trigger = { ...told.data, event: told.event, occurred_at: told.occurred_at }
  await db
    .insertInto('integration_workflow_runs')
    .values({
      ...{ id: newId(), created_at: now, updated_at: now, row_version: 1, workflow_id: workflowId, client_id },
      ...{ trigger_id: id, status: 'running', steps_done: 0, results: JSON.stringify({ trigger, steps: [] }) },
      ...{ started_at: now, due_at: now },
    } as never)
    .execute()
}
