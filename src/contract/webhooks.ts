import { z } from 'zod'
import { action, defineEntity, mutation, query } from './kernel.ts'
import { EXAMPLE_ID, Id, IdOrShort, Instant, json, line, ref, text } from './values.ts'
import { WebAddress } from './web-address.ts'

/** What other systems can be told of. */
export const WEBHOOK_EVENTS = [
  'session.started',
  'session.ended',
  'work_item.created',
  'work_item.completed',
  'work_item.failed',
  'task.created',
  'task.completed',
  'task.due',
  'infrastructure.changed',
  'deployment.finished',
  'security_incident.reported',
  'security_incident.closed',
  'failure_pattern.activated',
  'credential.rotated',
  'credential.expiring',
  'billable_time.approved',
  'ticket.linked',
  'backup.failed',
  'backup.overdue',
  'backup.vanished',
  'backup.recovered',
  'integration.failed',
  'integration.recovered',
] as const

const SUBSCRIPTION_STATUS = ['active', 'paused', 'disabled', 'gone'] as const

/** Who is told of what, and where. The address is told to admins only: whoever knows it can post there. */
export const webhookSubscription = defineEntity('webhook subscription', {
  plural: 'webhookSubscriptions',
  belongs: 'client-or-everyone',
  fixed: { client_id: ref('clients').nullable(), integration_id: ref('externalIntegrations').nullable() },
  editable: {
    name: line(200),
    url: WebAddress,
    events: z.array(z.enum(WEBHOOK_EVENTS)).min(1).max(WEBHOOK_EVENTS.length),
    description: text(2_000).nullable(),
    expires_at: Instant.nullable(),
  },
  managed: {
    /** `disabled`: it failed too often. `gone`: its receiver said that nobody is there any more. */
    status: z.enum(SUBSCRIPTION_STATUS),
    paused_at: Instant.nullable(),
    consecutive_failures: z.int().nonnegative(),
    last_delivered_at: Instant.nullable(),
    last_status_code: z.int().nullable(),
    last_error: text(2_000).nullable(),
  },
  initial: { status: 'active', consecutive_failures: 0 },
  filter: { integration_id: ref('externalIntegrations'), status: z.enum(SUBSCRIPTION_STATUS) },
  sort: ['created_at', 'name', 'last_delivered_at'],
  searched: ['name', 'description'],
  readers: 'admin',
  writers: 'admin',
  example: {
    client_id: EXAMPLE_ID,
    name: 'Failed backups of Dataforth',
    url: 'https://hooks.zapier.com/hooks/standard/1234567/abcdef/',
    events: ['backup.failed', 'backup.overdue'],
  },
})

const byAdmin = { role: 'admin' } as const

export const webhookSubscriptions = {
  ...webhookSubscription.offers,
  pause: action(
    webhookSubscription,
    'pause',
    'Deliver nothing until it is resumed; what happens meanwhile waits',
    byAdmin,
  ),
  resume: action(webhookSubscription, 'resume', 'Deliver again, beginning with what has waited', byAdmin),
  rotateSecret: mutation({
    input: z.strictObject({
      id: IdOrShort,
      /** How long deliveries are signed with the secret before it as well. */
      keep_hours: z.int().min(0).max(168).default(24),
    }),
    output: z.object({ id: Id, secret: z.string(), previous_until: Instant.nullable() }),
    rest: { method: 'POST', path: '/webhook-subscriptions/:id/rotate-secret' },
    summary: 'Make another secret that deliveries are signed with; shown this once',
    example: { id: EXAMPLE_ID, keep_hours: 24 },
    errors: ['NOT_FOUND', 'CONFLICT'],
    role: 'admin',
  }),
}

const DELIVERY_STATUS = ['pending', 'delivering', 'delivered', 'dead_lettered', 'cancelled'] as const

/** One event for one subscription. Its id stays the same however often it is sent. */
export const webhookDelivery = defineEntity('webhook delivery', {
  plural: 'webhookDeliveries',
  belongs: 'client-or-everyone',
  managed: {
    client_id: ref('clients').nullable(),
    subscription_id: ref('webhookSubscriptions'),
    event: z.enum(WEBHOOK_EVENTS),
    /** The receiver's key against doubles. */
    event_id: line(200),
    status: z.enum(DELIVERY_STATUS),
    attempts: z.int().nonnegative(),
    next_attempt_at: Instant.nullable(),
    last_attempt_at: Instant.nullable(),
    delivered_at: Instant.nullable(),
    dead_lettered_at: Instant.nullable(),
    response_status: z.int().nullable(),
    response_excerpt: text(2_000).nullable(),
    duration_ms: z.int().nonnegative().nullable(),
    error: text(2_000).nullable(),
  },
  filter: {
    subscription_id: ref('webhookSubscriptions'),
    event: z.enum(WEBHOOK_EVENTS),
    event_id: line(200),
    status: z.enum(DELIVERY_STATUS),
  },
  sort: ['created_at', 'next_attempt_at'],
  dated: 'created_at',
  operations: ['list', 'get'],
  readers: 'admin',
  example: {
    client_id: EXAMPLE_ID,
    subscription_id: EXAMPLE_ID,
    event: 'backup.failed',
    event_id: 'backup.failed:0195f2c0',
    status: 'dead_lettered',
    attempts: 12,
    last_attempt_at: '2026-01-12T06:30:00.000Z',
    dead_lettered_at: '2026-01-12T06:30:00.000Z',
    response_status: 503,
    error: 'Service unavailable',
  },
})

export const webhookDeliveries = {
  ...webhookDelivery.offers,
  replay: action(webhookDelivery, 'replay', 'Send a delivery again that was given up', byAdmin),
}

/** What is sent to a subscription, and what `hooks.samples` answers: the same shape. */
export const Announcement = z.object({
  /** The receiver's key against doubles: the same however often it is sent. */
  id: z.string(),
  event: z.enum(WEBHOOK_EVENTS),
  occurred_at: Instant,
  client_id: Id.nullable(),
  /** Columns of the row that it is about; `docs/integrations.md` names them. */
  data: json,
})

/** REST hooks, as Zapier and others like it call them, with an API key. */
export const hooks = {
  create: mutation({
    input: z.strictObject({
      target_url: WebAddress,
      event: z.enum(WEBHOOK_EVENTS),
      /** Of this client only; who has no access to all clients must name one. */
      client_id: ref('clients').optional(),
    }),
    output: webhookSubscription.row,
    rest: { method: 'POST', path: '/hooks' },
    summary: 'Subscribe an address to an event, as a Zap that is turned on does',
    example: {
      target_url: 'https://hooks.zapier.com/hooks/standard/1/a/',
      event: 'task.created',
      client_id: EXAMPLE_ID,
    },
    errors: ['NOT_FOUND', 'CONFLICT'],
    role: 'lead',
  }),
  remove: mutation({
    input: z.strictObject({ id: ref('webhookSubscriptions') }),
    output: z.object({ id: Id }),
    rest: { method: 'DELETE', path: '/hooks/:id' },
    summary: 'End a subscription of yours, as a Zap that is turned off does',
    example: { id: EXAMPLE_ID },
    errors: ['NOT_FOUND', 'CONFLICT'],
    role: 'lead',
  }),
  samples: query({
    input: z.strictObject({ event: z.enum(WEBHOOK_EVENTS) }),
    output: z.array(Announcement),
    rest: { method: 'GET', path: '/hooks/samples' },
    summary: 'What an event looks like: the newest rows that it could be about, or an example',
    example: { event: 'task.created' },
    role: 'lead',
  }),
}
