import type { Deps } from '../../context.ts'
import { inTransaction } from '../../db/transaction.ts'

/** What was delivered, or taken back, is kept for a month; what was given up stays until somebody sends it again. */

const EVERY_MS = 60 * 60_000
const KEPT_MS = 30 * 24 * 3_600_000
const AT_ONCE = 500

/** @returns how many deliveries were forgotten */
export async function forgetDeliveries(deps: Deps, signal?: AbortSignal): Promise<number> {
  const before = new Date(deps.clock().getTime() - KEPT_MS).toISOString()
  let forgotten = 0
  while (!signal?.aborted) {
    const old = await deps.db
      .selectFrom('webhook_deliveries')
      .select(['id', 'outbox_message_id'])
      .where('created_at', '<', before)
      .where('status', 'in', ['delivered', 'cancelled'])
      .orderBy('created_at')
      .limit(AT_ONCE)
      .execute()
    if (old.length === 0) break
    const messages = old.map(({ outbox_message_id }) => outbox_message_id).filter((id) => id !== null)
    await inTransaction(deps, async (db) => {
      await db
        .deleteFrom('webhook_deliveries')
        .where(
          'id',
          'in',
          old.map(({ id }) => id),
        )
        .execute()
      if (messages.length > 0) await db.deleteFrom('outbox_messages').where('id', 'in', messages).execute()
    })
    forgotten += old.length
  }
  return forgotten
}

/** @returns what ends it; it waits for what is under way */
export function forgetNowAndThen(deps: Deps): () => Promise<void> {
  const ended = new AbortController()
  let running: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    running = running
      .then(() => forgetDeliveries(deps, ended.signal))
      .catch((error: unknown) => deps.log.warn({ error }, 'old deliveries could not be forgotten; they are later'))
  }, EVERY_MS)
  timer.unref()
  return async () => {
    ended.abort()
    clearInterval(timer)
    await running
  }
}
