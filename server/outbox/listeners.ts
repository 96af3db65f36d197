import { type Kysely, sql } from 'kysely'
import type { Tables } from '../db/tables.ts'
import type { WebhookEvent } from './events.ts'

/** Who is told of what: read once a second by each server at most, so that recording asks nothing where nobody listens. */

export interface Listener {
  id: string
  /** Null: of every client. */
  clientId: string | null
  events: ReadonlySet<WebhookEvent>
}

export interface Listeners {
  subscriptions: readonly Listener[]
  workflows: readonly Listener[]
}

/** What another server changed counts after this at the latest. */
const HELD_MS = 1_000

/** By server: tests run several in one process. */
const held = new WeakMap<object, { untilMs: number; listeners: Listeners }>()

export async function listenersOf(
  key: object,
  { db, clock }: { db: Kysely<Tables>; clock: () => Date },
): Promise<Listeners> {
  const known = held.get(key)
  if (known && known.untilMs > performance.now()) return known.listeners
  const listeners = { subscriptions: await subscriptions(db, clock().toISOString()), workflows: await workflows(db) }
  held.set(key, { untilMs: performance.now() + HELD_MS, listeners })
  return listeners
}

export async function isHeard(
  key: object,
  from: { db: Kysely<Tables>; clock: () => Date },
  event: WebhookEvent,
): Promise<boolean> {
  const { subscriptions, workflows } = await listenersOf(key, from)
  return [...subscriptions, ...workflows].some(({ events }) => events.has(event))
}

/** A subscription or a workflow was changed here. */
export const forgetListeners = (key: object): void => void held.delete(key)

/** Only of who may still see what it tells: access that was taken away ends it too. */
async function subscriptions(db: Kysely<Tables>, now: string): Promise<Listener[]> {
  const { rows: found } = await sql<{ id: string; client_id: string | null; events: unknown }>`
    select s.id, s.client_id, s.events from webhook_subscriptions as s left join users as u on u.id = s.created_by
    where s.status in ('active', 'paused') and s.archived_at is null
      and (u.id is null or (u.archived_at is null and (u.role = 'admin'
        or (u.all_clients = 1 and s.client_id is null and coalesce(u.some_denied, 0) = 0)
        or (u.all_clients = 1 and s.client_id is not null and not exists (${access(now)} and a.effect = 'deny'))
        or (s.client_id is not null and u.all_clients = 0 and exists (${access(now)} and coalesce(a.effect, 'allow') = 'allow')))))
    order by s.id`.execute(db)
  return found.map(({ id, client_id, events }) => ({ id, clientId: client_id, events: new Set(listIn(events)) }))
}

const access = (now: string) =>
  sql`select 1 from user_client_access as a where a.user_id = u.id and a.client_id = s.client_id and (a.expires_at is null or a.expires_at > ${now})`

async function workflows(db: Kysely<Tables>): Promise<Listener[]> {
  const found = await db
    .selectFrom('integration_workflows')
    .select(['id', 'client_id', 'trigger_event'])
    .where('trigger_event', 'is not', null)
    .where('enabled', '=', 1 as never)
    .where('archived_at', 'is', null)
    .orderBy('id')
    .execute()
  return found.map(({ id, client_id, trigger_event }) => ({
    id,
    clientId: client_id,
    events: new Set([trigger_event as WebhookEvent]),
  }))
}

const listIn = (stored: unknown): WebhookEvent[] =>
  (typeof stored === 'string' ? JSON.parse(stored) : stored) as WebhookEvent[]
