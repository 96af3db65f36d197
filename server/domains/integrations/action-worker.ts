import { setTimeout as sleep } from 'node:timers/promises'
import { externalIntegration } from '../../../src/contract/integrations.ts'
import type { Acting } from '../../audit/entries.ts'
import { OURSELVES } from '../../audit/entries.ts'
import type { Integration } from '../../connectors/account.ts'
import { isPassing, VendorError } from '../../connectors/errors.ts'
import type { Deps } from '../../context.ts'
import { fromStored } from '../../crud/stored.ts'
import { inTransaction } from '../../db/transaction.ts'
import { keptContent } from '../system/attachments.ts'
import { type Done, take } from './action-steps.ts'
import type { Payload } from './actions.ts'
import { connectorOf } from './connections.ts'
import { claim, dueMessages, type Message, settle } from './outbox.ts'

/**
 * Does what is queued for other systems. Several servers work on it: a message is claimed for a time, and one that was begun and not finished
 * is looked for over there before it is done again.
 */

const EVERY_MS = 5_000
const AT_ONCE = 4
const BATCH = 20
const FIRST_PAUSE_MS = 10_000
const MOST_PAUSE_MS = 15 * 60_000
/** What could not be done for so long is given up: somebody has to look at it. */
const GIVE_UP_MS = 3 * 24 * 3_600_000
/** How long a caller waits for what they asked for; before it, they have waited for the ticket to be found. */
const BUDGET_MS = 3_000
const ERROR_CHARS = 2_000

/** How long after so many tries the next one is. Pure but for chance. */
export const pauseAfter = (attempts: number): number =>
  Math.round(Math.min(FIRST_PAUSE_MS * 2 ** Math.min(attempts - 1, 10), MOST_PAUSE_MS) * (0.8 + Math.random() * 0.4))

/** What is under way in this process, so that a stop waits for it. */
const underWay = new WeakMap<object, Set<Promise<unknown>>>()

function watched<T>({ outside }: Deps, work: Promise<T>): Promise<T> {
  const all = underWay.get(outside) ?? new Set()
  underWay.set(outside, all)
  all.add(work)
  const over = () => void all.delete(work)
  work.then(over, over)
  return work
}

/** Tries an action at once, for as long as its caller waits; what takes longer goes on. Call it after the commit. */
export async function tryNow(deps: Deps, actionId: string, acting: Acting): Promise<void> {
  const row = await deps.db
    .selectFrom('integration_actions')
    .select('outbox_message_id')
    .where('id', '=', actionId)
    .executeTakeFirst()
  if (!row?.outbox_message_id) return
  const work = watched(deps, doOne(deps, row.outbox_message_id, acting)).catch((error: unknown) =>
    deps.log.error({ error, actionId }, 'an action in another system could not be tried'),
  )
  const over = new AbortController()
  const budget = sleep(BUDGET_MS, undefined, { signal: over.signal, ref: false }).catch(() => undefined)
  await Promise.race([work, budget])
  over.abort()
}

/** Does what is due, until nothing is. @returns how many were tried */
export async function workOff(deps: Deps, signal?: AbortSignal): Promise<number> {
  let tried = 0
  while (!signal?.aborted) {
    const due = await dueMessages(deps, BATCH)
    let done = 0
    const queue = [...due]
    const lane = async () => {
      for (let id = queue.shift(); id !== undefined && !signal?.aborted; id = queue.shift())
        if (await watched(deps, doOne(deps, id, OURSELVES))) done++
    }
    await Promise.all(Array.from({ length: AT_ONCE }, lane))
    tried += done
    if (done === 0) break
  }
  return tried
}

/** @returns what ends it; it waits for what is under way */
export function workOffNowAndThen(deps: Deps): () => Promise<void> {
  const ended = new AbortController()
  let running: Promise<unknown> | undefined
  const wake = () => {
    running ??= workOff(deps, ended.signal)
      .catch((error: unknown) => deps.log.warn({ error }, 'actions in other systems wait; they are tried again'))
      .finally(() => {
        running = undefined
      })
  }
  wake()
  const timer = setInterval(wake, EVERY_MS)
  timer.unref()
  return async () => {
    ended.abort()
    clearInterval(timer)
    await running
    await Promise.allSettled(underWay.get(deps.outside) ?? [])
  }
}

/** @returns whether it was ours to do */
async function doOne(deps: Deps, messageId: string, acting: Acting): Promise<boolean> {
  const message = await claim(deps, messageId, deps.newId())
  if (!message) return false
  const action = await deps.db
    .selectFrom('integration_actions')
    .select(['id', 'created_at', 'ticket_link_id', 'audience', 'confirmed_by'])
    .where('outbox_message_id', '=', message.id)
    .executeTakeFirst()
  const integration = await integrationOf(deps, message.integration_id)
  try {
    if (!(action && integration)) throw new VendorError('refused', 'Its integration or its action is gone.')
    const payload = JSON.parse(message.payload) as Payload
    const asked = 'audience' in payload ? payload.audience : 'internal'
    if (asked !== action.audience || (asked !== 'internal' && action.confirmed_by === null))
      throw new VendorError('refused', 'Nobody agreed that a customer sees this.')
    const done = await take({
      actionId: action.id,
      integration,
      connector: connectorOf(deps, integration, acting),
      contentOf: (sha256) => keptContent(deps, sha256),
      payload,
      ticketLinkId: action.ticket_link_id,
      again: Number(message.attempts) > 1,
      since: action.created_at,
    })
    await finish(deps, message, action.id, done)
  } catch (error) {
    await fail(deps, message, error)
  }
  return true
}

async function finish(deps: Deps, message: Message, actionId: string, done: Done): Promise<void> {
  const at = deps.clock().toISOString()
  await inTransaction(deps, async (db) => {
    const answer = done.answer === undefined ? null : JSON.stringify(done.answer)
    const outcome = { status: 'sent', sent_at: at, external_id: done.id, answer, last_error: null } as const
    const ours = await settle(db, message, outcome)
    if (!ours) return
    await tell(db, actionId, at, {
      status: 'done',
      done_at: at,
      external_id: done.id,
      external_url: done.url,
      error: null,
    })
    await done.after?.({ ...deps, db })
  })
  await deps.settled()
}

async function fail(deps: Deps, message: Message, thrown: unknown): Promise<void> {
  const now = deps.clock()
  const at = now.toISOString()
  if (!(thrown instanceof VendorError))
    deps.log.error({ error: thrown, messageId: message.id }, 'an action in another system failed')
  const error =
    thrown instanceof VendorError
      ? thrown
      : new VendorError('unavailable', 'The server could not do it. Its log says why.')
  const last_error = error.message.slice(0, ERROR_CHARS)
  const isOver = now.getTime() - Date.parse(message.created_at) > GIVE_UP_MS
  const next = Math.max(error.retryAfterMs ?? 0, pauseAfter(Number(message.attempts)))
  // What was not even sent is no try that could have arrived.
  const notSent = error.kind === 'rate_limited' && error.status === undefined
  const attempts = notSent ? Math.max(0, Number(message.attempts) - 1) : Number(message.attempts)
  await inTransaction(deps, async (db) => {
    const again = isPassing(error) && !isOver
    const ours = await settle(
      db,
      message,
      again
        ? { status: 'pending', attempts, next_attempt_at: new Date(now.getTime() + next).toISOString(), last_error }
        : { status: 'dead_lettered', last_error },
    )
    if (!ours) return
    const { id } = await db
      .selectFrom('integration_actions')
      .select('id')
      .where('outbox_message_id', '=', message.id)
      .executeTakeFirstOrThrow()
    await tell(db, id, at, again ? { error: last_error } : { status: 'failed', error: last_error })
  })
  await deps.settled()
}

/** On the row that people see. */
const tell = (
  db: Deps['db'],
  id: string,
  at: string,
  change: Partial<{
    status: 'done' | 'failed'
    done_at: string
    external_id: string | null
    external_url: string | null
    error: string | null
  }>,
) =>
  db
    .updateTable('integration_actions')
    .set((eb) => ({ ...change, updated_at: at, row_version: eb('row_version', '+', 1) }))
    .where('id', '=', id)
    .execute()

async function integrationOf({ db }: Deps, id: string | null): Promise<Integration | undefined> {
  const row = await db
    .selectFrom('external_integrations')
    .selectAll()
    .where('id', '=', id ?? '')
    .where('archived_at', 'is', null)
    .executeTakeFirst()
  return row && (fromStored(externalIntegration, row as Record<string, unknown>) as Integration)
}
