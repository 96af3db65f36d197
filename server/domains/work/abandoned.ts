import { sql } from 'kysely'
import { OURSELVES } from '../../audit/entries.ts'
import type { Context, Deps } from '../../context.ts'
import { inTransaction } from '../../db/transaction.ts'
import { endSession } from './ending.ts'

/**
 * A session whose end was never told (a crash, a killed terminal, a computer that was switched off) is ended at its last activity, so that its
 * minutes count and no hour more. Looked for at the start and every hour.
 */

const HOUR_MS = 3_600_000
/** Longer than lunch and a visit at a client, shorter than a night. */
const IDLE_HOURS = 8
const BATCH_ROWS = 100

/** @returns what ends it; it waits for a session that is being ended */
export function endAbandonedNowAndThen(deps: Deps): () => Promise<void> {
  const ended = new AbortController()
  let running: Promise<void> = Promise.resolve()
  const look = () => {
    running = running
      .then(() => endAbandoned(deps, ended.signal))
      .then(() => undefined)
      .catch((error: unknown) =>
        deps.log.warn({ error }, 'abandoned sessions could not all be ended; it is tried again'),
      )
  }
  look()
  const timer = setInterval(look, HOUR_MS)
  timer.unref()
  return () => {
    ended.abort()
    clearInterval(timer)
    return running
  }
}

/** Each in a transaction of its own; one that cannot be ended leaves the others alone. @returns how many were ended */
export async function endAbandoned(deps: Deps, signal?: AbortSignal): Promise<number> {
  const before = new Date(deps.clock().getTime() - IDLE_HOURS * HOUR_MS).toISOString()
  let [count, after] = [0, '']
  while (!signal?.aborted) {
    const found = await deps.db
      .selectFrom('sessions')
      .innerJoin('users', 'users.id', 'sessions.technician_id')
      .select(['sessions.id', 'technician_id', 'users.email', 'users.name'])
      .where('sessions.status', '=', 'active')
      .where('sessions.ended_at', 'is', null)
      .where('sessions.last_activity_at', '<', before)
      .where('sessions.id', '>', after)
      .orderBy('sessions.id')
      .limit(BATCH_ROWS)
      .execute()
    for (const row of found) {
      if (signal?.aborted) break
      try {
        count += await endOne(deps, row, before)
      } catch (error) {
        deps.log.warn({ error, session: row.id }, 'an abandoned session could not be ended; it is tried again')
      }
    }
    after = found.at(-1)?.id ?? ''
    if (found.length < BATCH_ROWS) break
  }
  return count
}

interface Found {
  id: string
  technician_id: string
  email: string
  name: string
}

async function endOne(deps: Deps, { id, technician_id, email, name }: Found, before: string): Promise<number> {
  const count = await inTransaction(deps, async (db) => {
    // Held until it is ended. An event that came meanwhile keeps it open.
    const held = await db
      .updateTable('sessions')
      .set((eb) => ({ stretch: eb.ref('stretch') }))
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .where('last_activity_at', '<', before)
      .executeTakeFirst()
    if (Number(held.numUpdatedRows) === 0) return 0
    const { last_activity_at } = await db
      .selectFrom('sessions')
      .select('last_activity_at')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    // What its end leaves (summary, loose ends) is its technician's, whatever clients they may see by now.
    const caller = { ...OURSELVES.caller, userId: technician_id, email, name, allClients: true }
    const context: Context = { ...deps, ...OURSELVES, db, caller: { ...caller, role: 'technician' }, requestId: id }
    await endSession(context, id, 'idle', last_activity_at, null)
    return 1
  })
  await deps.settled()
  return count
}

/**
 * Work goes on in a session that the server took for abandoned: it runs again, until its end is told or it is idle again. What a client
 * itself said to have ended stays so.
 *
 * @returns whether it runs again
 */
export async function takeUpAgain({ db }: Context, sessionId: string, at: string): Promise<boolean> {
  const told = sql<boolean>`not exists (select 1 from session_events where session_id = ${sessionId} and kind = 'session.closed')`
  const done = await db
    .updateTable('sessions')
    .set({ status: 'active', ended_at: null, end_reason: null })
    .where('id', '=', sessionId)
    .where('status', '=', 'abandoned')
    .where('end_reason', '=', 'idle')
    .where('ended_at', '<', at)
    .where(told)
    .executeTakeFirst()
  return Number(done.numUpdatedRows) > 0
}
