import { z } from 'zod'
import { action, defineEntity } from './kernel.ts'
import { EXAMPLE_ID, Instant, line, ref, text } from './values.ts'
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
