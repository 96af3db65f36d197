import { AppError } from '../../../src/contract/errors.ts'
import { entities } from '../../../src/contract/index.ts'
import type { AnyEntity, RowOf } from '../../../src/contract/kernel.ts'
import { EXAMPLE_ID } from '../../../src/contract/values.ts'
import { webhookDelivery, webhookSubscription } from '../../../src/contract/webhooks.ts'
import type { Context, Handlers } from '../../context.ts'
import { move } from '../../crud/lifecycle.ts'
import { rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { TOLD, toldOf, type Values, type WebhookEvent } from '../../outbox/events.ts'
import { cancelWaiting } from './deliveries.ts'
import { keepSecrets, newSecret, openSecrets } from './webhook-secrets.ts'

type Subscription = RowOf<typeof webhookSubscription>

const HOUR = 3_600_000

export const webhookSubscriptions = {
  ...standardHandlers(webhookSubscription),
  create: (context, input) => subscribed(context, input as Partial<Subscription>),
  archive: (context, { id }) => ended(context, id),
  pause: (context, { id }) =>
    move(context, webhookSubscription, id, { from: ['active'], to: 'paused' }, () => ({
      paused_at: context.clock().toISOString(),
    })),
  resume: (context, { id }) =>
    move(context, webhookSubscription, id, { from: ['paused', 'disabled'], to: 'active' }, () => ({
      paused_at: null,
      consecutive_failures: 0,
    })),
  rotateSecret: async (context, { id, keep_hours }) => {
    const found = await rows(context, webhookSubscription).update(id, {})
    const secret = newSecret()
    const until = new Date(context.clock().getTime() + keep_hours * HOUR).toISOString()
    const [current] = keep_hours === 0 ? [] : await openSecrets(context, found)
    const before = current ? [{ secret: current.secret, until }] : []
    await keepSecrets(context, found, [{ secret, until: null }, ...before])
    return { id: found.id, secret, previous_until: current ? until : null }
  },
} satisfies Handlers['webhookSubscriptions']

async function subscribed(context: Context, values: Partial<Subscription>): Promise<Subscription> {
  const made = await rows(context, webhookSubscription).insert(values)
  await keepSecrets(context, made, [{ secret: newSecret(), until: null }])
  return made
}

async function ended(context: Context, id: string): Promise<Subscription> {
  const at = context.clock().toISOString()
  const archived = await rows(context, webhookSubscription).update(id, { archived_at: at } as Partial<Subscription>)
  await cancelWaiting(context.db, archived.id, at)
  return archived
}

export const webhookDeliveries = {
  ...standardHandlers(webhookDelivery),
  replay: async (context, { id }) => {
    const { subscription_id } = await rows(context, webhookDelivery).get(id)
    const { status } = await rows(context, webhookSubscription).get(subscription_id)
    if (status === 'gone')
      throw new AppError('CONFLICT', 'Its receiver said that nobody is there any more. Make a new subscription.')
    const again = { attempts: 0, next_attempt_at: context.clock().toISOString() }
    const replayed = await move(context, webhookDelivery, id, { from: ['dead_lettered'], to: 'pending' }, () => ({
      ...again,
      dead_lettered_at: null,
    }))
    // Before its message: the worker that gives the subscription back looks at the queue while it holds this row.
    await context.db
      .updateTable('webhook_subscriptions')
      .set({ due_at: again.next_attempt_at })
      .where('id', '=', subscription_id)
      .execute()
    await context.db
      .updateTable('outbox_messages')
      .set({ ...again, status: 'pending', claimed_by: null, claimed_until: null })
      .where('status', '=', 'dead_lettered')
      .where('id', 'in', (eb) =>
        eb.selectFrom('webhook_deliveries').select('outbox_message_id').where('id', '=', replayed.id),
      )
      .execute()
    return replayed
  },
} satisfies Handlers['webhookDeliveries']

const SAMPLES = 3

export const hooks = {
  create: async (context, { target_url, event, client_id = context.caller.onlyClient ?? null }) => {
    mustSee(context, event, client_id)
    return subscribed(context, {
      client_id,
      integration_id: null,
      name: `${event} to ${new URL(target_url).hostname}`.slice(0, 200),
      url: target_url,
      events: [event],
    })
  },
  remove: async (context, { id }) => {
    const found = await rows(context, webhookSubscription).get(id)
    const { userId, role } = context.caller
    if (role !== 'admin' && (found as { created_by?: string | null }).created_by !== userId)
      throw new AppError('FORBIDDEN', 'This subscription is of somebody else. An admin can end it.')
    return { id: (await ended(context, found.id)).id }
  },
  samples: async (context, { event }) => {
    mustBeTold(context, event)
    const entity = (entities as unknown as Record<string, AnyEntity>)[TOLD[event].entity] as AnyEntity
    const { items } = await rows<Values>(context, entity as never).list({ limit: SAMPLES })
    const about = items.length > 0 ? items : [{ ...entity.example, id: EXAMPLE_ID }]
    return about.map((row) => sampleOf(event, row as Values, context.clock()))
  },
} satisfies Handlers['hooks']

const sampleOf = (event: WebhookEvent, row: Values, now: Date) => ({
  id: `${event}:${row.id}`,
  event,
  occurred_at: String(row.updated_at ?? now.toISOString()),
  client_id: (row.client_id ?? null) as string | null,
  data: toldOf(event, { ...row, error: row.last_error }) as never,
})

/**
 * Who subscribes is told what they could read, and no more.
 *
 * @throws AppError FORBIDDEN
 */
function mustSee(context: Context, event: WebhookEvent, clientId: string | null): void {
  const { allClients, someDenied, onlyClient } = context.caller
  mustBeTold(context, event)
  if (clientId === null && (!allClients || someDenied || onlyClient !== undefined))
    throw new AppError('FORBIDDEN', 'Name a client with client_id: you have no access to all of them.')
}

/** Of credentials not even everybody who works for a client may know. @throws AppError FORBIDDEN */
function mustBeTold({ caller }: Context, event: WebhookEvent): void {
  if (event.startsWith('credential.') && caller.role !== 'admin')
    throw new AppError('FORBIDDEN', 'Events of credentials are for admins.')
}
