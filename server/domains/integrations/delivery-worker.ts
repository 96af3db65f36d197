import { AddressRefused, type PostAnswer } from '../../connectors/transport/guarded.ts'
import type { Deps } from '../../context.ts'
import { inTransaction } from '../../db/transaction.ts'
import { announce } from '../../outbox/announce.ts'
import { textWithoutSecrets } from '../../redaction/call.ts'
import {
  claimSubscription,
  dueSubscriptions,
  endSubscription,
  type Outcome,
  releaseSubscription,
  renewClaim,
  type Subscription,
  settleDelivery,
  type Tried,
  type Waiting,
  waitingFor,
} from './deliveries.ts'
import { openSecrets, type SigningSecret, signatureHeaders } from './webhook-secrets.ts'

/**
 * Delivers what waits for subscriptions: at least once, under an id that stays the same, and each subscription in its own order. A message that
 * fails holds up those after it until it is delivered or given up. Several servers deliver; one at a time for each subscription.
 */

export interface Pace {
  everyMs: number
  /** For one delivery. */
  deadlineMs: number
  /** After so many tries of a message. */
  pauseMs(attempts: number): number
  mostAttempts: number
  /** Of a message that its receiver understood and refused. */
  mostRefusals: number
  /** Failed tries in a row, of whichever messages, after which nothing more is sent. */
  disableAfter: number
}

const FIRST_PAUSE_MS = 5_000
const MOST_PAUSE_MS = 60 * 60_000
const MOST_TOLD_PAUSE_MS = 6 * 60 * 60_000

/** Twelve tries in about three hours. */
export const PACE: Pace = {
  everyMs: 2_000,
  deadlineMs: 10_000,
  pauseMs: (attempts) =>
    Math.round(Math.min(FIRST_PAUSE_MS * 2 ** Math.min(attempts - 1, 12), MOST_PAUSE_MS) * (0.8 + Math.random() * 0.4)),
  mostAttempts: 12,
  mostRefusals: 4,
  disableAfter: 30,
}

/** Subscriptions that are delivered to at once. */
const LANES = 4
const BATCH = 50
/** After so many messages another subscription has its turn. */
const TURN = 500

/** Delivers what is due, until nothing is. @returns how many tries were made */
export async function deliverDue(deps: Deps, pace: Pace = PACE, signal?: AbortSignal): Promise<number> {
  let all = 0
  while (!signal?.aborted) {
    const queue = await dueSubscriptions(deps, LANES * 5)
    let tried = 0
    const lane = async () => {
      for (let id = queue.shift(); id !== undefined && !signal?.aborted; id = queue.shift())
        tried += await deliverTo(deps, id, pace, signal)
    }
    await Promise.all(Array.from({ length: LANES }, lane))
    all += tried
    if (tried === 0) break
  }
  return all
}

/** @returns what ends it; it waits for the delivery that is under way */
export function deliverNowAndThen(deps: Deps, pace: Pace = PACE): () => Promise<void> {
  const ended = new AbortController()
  let running: Promise<unknown> | undefined
  const wake = () => {
    running ??= deliverDue(deps, pace, ended.signal)
      .catch((error: unknown) => deps.log.warn({ error }, 'webhooks wait; they are delivered later'))
      .finally(() => {
        running = undefined
      })
  }
  wake()
  const timer = setInterval(wake, pace.everyMs)
  timer.unref()
  return async () => {
    ended.abort()
    clearInterval(timer)
    await running
  }
}

async function deliverTo(deps: Deps, id: string, pace: Pace, signal?: AbortSignal): Promise<number> {
  const worker = deps.newId()
  const subscription = await claimSubscription(deps, id, worker)
  if (!subscription) return 0
  const course: Course = { tried: 0, failures: subscription.consecutive_failures, told: {} }
  try {
    const secrets = await openSecrets(deps, subscription)
    await inTurn(deps, subscription, secrets, worker, pace, course, signal)
  } finally {
    await releaseSubscription(deps, id, worker, course.told)
  }
  return course.tried
}

interface Course {
  tried: number
  /** Failed tries in a row. */
  failures: number
  told: { last_delivered_at?: string; last_status_code?: number | null }
}

async function inTurn(
  deps: Deps,
  subscription: Subscription,
  secrets: readonly SigningSecret[],
  worker: string,
  pace: Pace,
  course: Course,
  signal: AbortSignal | undefined,
): Promise<void> {
  while (course.tried < TURN) {
    const batch = await waitingFor(deps, subscription.id, BATCH)
    if (batch.length === 0) return
    // Nobody is told of what a power cut could take back.
    await deps.settled()
    let renewedMs = 0
    for (const message of batch) {
      if (signal?.aborted || (message.next_attempt_at ?? '') > deps.clock().toISOString()) return
      // Real time: a lease that is renewed often enough is never lost to a slow receiver.
      if (renewedMs === 0 || performance.now() - renewedMs > pace.deadlineMs) {
        if (!(await renewClaim(deps, subscription.id, worker))) return
        renewedMs = performance.now()
      }
      course.tried++
      if (!(await deliverOne(deps, subscription, secrets, message, pace, course))) return
    }
  }
}

/** @returns whether the next one may follow */
async function deliverOne(
  deps: Deps,
  subscription: Subscription,
  secrets: readonly SigningSecret[],
  message: Waiting,
  pace: Pace,
  course: Course,
): Promise<boolean> {
  const startedAt = performance.now()
  const now = deps.clock()
  const { answer, error } = await posted(deps, subscription, secrets, message, pace.deadlineMs)
  const tried: Tried = {
    at: deps.clock().toISOString(),
    responseStatus: answer?.status ?? null,
    excerpt: null,
    error: error ?? null,
    durationMs: Math.round(performance.now() - startedAt),
  }
  course.told.last_status_code = tried.responseStatus
  if (error === undefined) {
    await settleDelivery(deps, message, tried, { status: 'delivered' })
    course.told.last_delivered_at = tried.at
    if (course.failures > 0) await noteFailures(deps, subscription.id, 0, null)
    course.failures = 0
    return true
  }
  tried.excerpt = await withoutSecretsIn(deps, answer?.excerpt ?? null, subscription.client_id)
  if (answer?.status === 410) {
    await settleDelivery(deps, message, tried, { status: 'dead_lettered' })
    await endSubscription(deps, subscription.id)
    return false
  }
  const outcome = outcomeOf(message.attempts + 1, answer, now, pace)
  await settleDelivery(deps, message, tried, outcome)
  course.failures++
  await noteFailures(deps, subscription.id, course.failures, error)
  if (course.failures >= pace.disableAfter) {
    await disable(deps, subscription.id, error)
    return false
  }
  return outcome.status === 'dead_lettered'
}

/** Understood and refused: the same again will hardly do better. */
const REFUSALS: ReadonlySet<number> = new Set([400, 413, 415, 422])

function outcomeOf(attempts: number, answer: PostAnswer | undefined, now: Date, pace: Pace): Outcome {
  const most = REFUSALS.has(answer?.status ?? 0) ? Math.min(pace.mostRefusals, pace.mostAttempts) : pace.mostAttempts
  if (attempts >= most) return { status: 'dead_lettered' }
  const told = Math.min(answer?.retryAfterMs ?? 0, MOST_TOLD_PAUSE_MS)
  const pause = Math.max(told, pace.pauseMs(attempts))
  return { status: 'pending', nextAttemptAt: new Date(now.getTime() + pause).toISOString() }
}

async function posted(
  deps: Deps,
  { url }: Subscription,
  secrets: readonly SigningSecret[],
  { payload, event_id }: Waiting,
  deadlineMs: number,
): Promise<{ answer?: PostAnswer; error?: string }> {
  const signature = signatureHeaders(secrets, { id: event_id, at: deps.clock(), body: payload })
  try {
    const answer = await deps.outside.guarded.post(url, {
      headers: { 'content-type': 'application/json', ...signature },
      body: payload,
      deadlineMs,
    })
    if (answer.status >= 200 && answer.status < 300) return { answer }
    const why = answer.status >= 300 && answer.status < 400 ? ', a redirect, which is not followed' : ''
    return { answer, error: `It answers ${answer.status}${why}.` }
  } catch (error) {
    if (error instanceof AddressRefused) return { error: error.message }
    const { name, code } = error as { name?: string; code?: string }
    const late = name === 'TimeoutError' || name === 'AbortError'
    return { error: late ? 'It did not answer in time.' : `It was not reached (${code ?? name ?? 'unknown'}).` }
  }
}

/** What receivers answer is their text: cleaned, and without what looks like a secret. */
const withoutSecretsIn = (deps: Deps, text: string | null, clientId: string | null) =>
  textWithoutSecrets({ ...deps, redactors: new Map() }, text, { as: 'text' }, clientId)

const noteFailures = (deps: Deps, id: string, consecutive_failures: number, last_error: string | null) =>
  deps.db.updateTable('webhook_subscriptions').set({ consecutive_failures, last_error }).where('id', '=', id).execute()

/** Failed too often: what waits stays until somebody resumes it. */
async function disable(deps: Deps, id: string, error: string): Promise<void> {
  const at = deps.clock().toISOString()
  await inTransaction(deps, async (db) => {
    const { numUpdatedRows } = await db
      .updateTable('webhook_subscriptions')
      .set((eb) => ({ status: 'disabled', updated_at: at, row_version: eb('row_version', '+', 1) }))
      .where('id', '=', id)
      .where('status', '=', 'active')
      .executeTakeFirst()
    if (Number(numUpdatedRows) === 0) return
    const row = await db
      .selectFrom('webhook_subscriptions')
      .select(['id', 'client_id', 'name', 'status'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    await announce({ ...deps, db }, 'integration.failed', { ...row, type: 'webhook_subscription', error })
  })
}
