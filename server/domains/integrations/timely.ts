import type { WEBHOOK_EVENTS } from '../../../src/contract/webhooks.ts'
import type { Deps } from '../../context.ts'
import { inTransaction } from '../../db/transaction.ts'
import { announce } from '../../outbox/announce.ts'
import { isHeard } from '../../outbox/listeners.ts'

/** What happens by the passing of time alone: a task is due, a credential is about to end. Looked for while somebody listens. */

const EVERY_MS = 5 * 60_000
/** A server that was away for a day tells of it all the same. */
const LATE_MS = 24 * 3_600_000
const EXPIRES_WITHIN_MS = 14 * LATE_MS
const MOST = 1_000

/** Announces each once for each date that it has. @returns how many were found */
export async function announceTimely(deps: Deps): Promise<number> {
  const now = deps.clock()
  const at = (afterMs: number) => new Date(now.getTime() + afterMs).toISOString()
  let found = 0
  const tell = async (
    event: (typeof WEBHOOK_EVENTS)[number],
    find: () => Promise<readonly Record<string, unknown>[]>,
    dated: string,
  ) => {
    if (!(await isHeard(deps.vault, deps, event))) return
    for (const row of await find()) {
      await inTransaction(deps, (db) => announce({ ...deps, db }, event, row, `${row.id}:${row[dated]}`))
      found++
    }
  }
  await tell(
    'task.due',
    () =>
      deps.db
        .selectFrom('tasks')
        .selectAll()
        .where('due_at', '<=', at(0))
        .where('due_at', '>', at(-LATE_MS))
        .where('status', 'not in', ['done', 'cancelled'])
        .where('archived_at', 'is', null)
        .orderBy('due_at')
        .limit(MOST)
        .execute(),
    'due_at',
  )
  await tell(
    'credential.expiring',
    () =>
      deps.db
        .selectFrom('credentials')
        .select(['id', 'client_id', 'name', 'type', 'expires_at', 'last_rotated_at'])
        .where('expires_at', '>', at(0))
        .where('expires_at', '<=', at(EXPIRES_WITHIN_MS))
        .where('archived_at', 'is', null)
        .orderBy('expires_at')
        .limit(MOST)
        .execute(),
    'expires_at',
  )
  return found
}

/** @returns what ends it; it waits for what is under way */
export function announceNowAndThen(deps: Deps): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    running = running
      .then(() => announceTimely(deps))
      .catch((error: unknown) => deps.log.warn({ error }, 'what is due was not announced; it is looked for again'))
  }, EVERY_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
