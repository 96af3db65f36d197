import { sql } from 'kysely'
import type { Deps } from '../context.ts'
import { inTransaction } from '../db/transaction.ts'
import { announce } from '../outbox/announce.ts'
import type { Integration } from './account.ts'
import { VendorError } from './errors.ts'
import { cleanLine } from './text.ts'

/**
 * Whether a system is called at all: after several failures in a row it is left alone for a while, longer each time. The state stands in
 * `external_integrations`, so all servers know it.
 */

const OPENS_AFTER = 5
const FIRST_PAUSE_MS = 30_000
const MOST_PAUSE_MS = 15 * 60_000
const SIGN_IN_PAUSE_MS = 5 * 60_000
/** That it works is written down this often at most. */
const OK_EVERY_MS = 60_000
const ERROR_CHARS = 500

/** How long after this many failures in a row nothing is sent. Pure. */
export function pauseMs(failures: number): number {
  if (failures < OPENS_AFTER) return 0
  return Math.min(FIRST_PAUSE_MS * 2 ** Math.min(failures - OPENS_AFTER, 10), MOST_PAUSE_MS)
}

type State = Pick<
  Integration,
  'id' | 'name' | 'enabled' | 'status' | 'consecutive_failures' | 'circuit_open_until' | 'last_ok_at'
>

async function stateOf({ db }: Deps, id: string): Promise<State | undefined> {
  const row = await db
    .selectFrom('external_integrations')
    .select(['id', 'name', 'enabled', 'status', 'consecutive_failures', 'circuit_open_until', 'last_ok_at'])
    .where('id', '=', id)
    .where('archived_at', 'is', null)
    .executeTakeFirst()
  return row && { ...row, enabled: Boolean(row.enabled), consecutive_failures: Number(row.consecutive_failures) }
}

/**
 * @param atOnce an admin tests it: whatever its state
 * @throws VendorError `unavailable` where it is disabled; `rate_limited`, `auth_failed` or `unavailable` while it is left alone
 */
export async function mustBeClosed(deps: Deps, id: string, atOnce: boolean): Promise<void> {
  if (atOnce) return
  const state = await stateOf(deps, id)
  if (!state?.enabled)
    throw new VendorError('unavailable', `The integration ${state?.name ?? id} is disabled. An admin can enable it.`)
  const leftMs = Date.parse(state.circuit_open_until ?? '') - deps.clock().getTime()
  if (!(leftMs > 0)) return
  const inSeconds = `${Math.ceil(leftMs / 1_000)} s`
  if (state.status === 'rate_limited')
    throw new VendorError('rate_limited', `${state.name} was called too often. It is asked again in ${inSeconds}.`, {
      retryAfterMs: leftMs,
    })
  const kind = state.status === 'auth_failed' ? 'auth_failed' : 'unavailable'
  throw new VendorError(
    kind,
    `${state.name} ${kind === 'auth_failed' ? 'refuses our credential' : 'failed too often'}. It is asked again in ${inSeconds}; an admin can reset that (externalIntegrations.resetCircuit).`,
    { retryAfterMs: leftMs },
  )
}

/** It answered as it should, be it with a no. */
export async function noteOk(deps: Deps, id: string): Promise<void> {
  const state = await stateOf(deps, id)
  const now = deps.clock()
  if (!state) return
  const isKnown = state.status === 'ok' && state.consecutive_failures === 0 && state.circuit_open_until === null
  if (isKnown && now.getTime() - Date.parse(state.last_ok_at ?? '') < OK_EVERY_MS) return
  await deps.db
    .updateTable('external_integrations')
    .set({ last_ok_at: now.toISOString(), consecutive_failures: 0, circuit_open_until: null })
    .where('id', '=', id)
    .execute()
  if (state.enabled && state.status !== 'ok') await become(deps, id, state.status, 'ok', null)
}

/** What a status means for people; too many calls is no trouble of theirs. */
const isTrouble = (status: State['status']) => status === 'degraded' || status === 'auth_failed'

/** Changes the status of an enabled integration. Of several servers that notice it, one tells who listens. */
async function become(
  deps: Deps,
  id: string,
  before: State['status'],
  status: State['status'],
  error: string | null,
): Promise<void> {
  if (before === status) return
  await inTransaction(deps, async (db) => {
    const { numUpdatedRows } = await db
      .updateTable('external_integrations')
      .set({ status })
      .where('id', '=', id)
      .where('enabled', '=', 1 as never)
      .where('status', '=', before)
      .executeTakeFirst()
    if (Number(numUpdatedRows) === 0 || isTrouble(before) === isTrouble(status)) return
    const row = await db
      .selectFrom('external_integrations')
      .select(['id', 'client_id', 'type', 'name', 'status'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    await announce({ ...deps, db }, isTrouble(status) ? 'integration.failed' : 'integration.recovered', {
      ...row,
      error,
    })
  })
}

/** It failed: counted, and after several in a row it is left alone. A refusal of a single request is no failure. */
export async function noteFailure(deps: Deps, id: string, error: VendorError): Promise<void> {
  const now = deps.clock()
  const last = { last_error: cleanLine(error.message, ERROR_CHARS), last_error_at: now.toISOString() }
  const note = (change: { circuit_open_until?: string }) =>
    deps.db
      .updateTable('external_integrations')
      .set({ ...last, ...change })
      .where('id', '=', id)
  const open = (ms: number) => ({ circuit_open_until: new Date(now.getTime() + ms).toISOString() })
  const status = async (after: 'degraded' | 'auth_failed' | 'rate_limited') =>
    become(deps, id, (await stateOf(deps, id))?.status ?? after, after, last.last_error)
  if (error.kind === 'rate_limited') {
    await note(open(error.retryAfterMs ?? FIRST_PAUSE_MS)).execute()
    await status('rate_limited')
  } else if (error.kind === 'auth_failed') {
    await note(open(SIGN_IN_PAUSE_MS)).execute()
    await status('auth_failed')
  } else if (error.kind === 'unavailable' || error.kind === 'uncertain' || error.kind === 'malformed') {
    await note({}).set({ consecutive_failures: sql`consecutive_failures + 1` }).execute()
    const pause = pauseMs((await stateOf(deps, id))?.consecutive_failures ?? 0)
    if (pause === 0) return
    await note(open(pause)).execute()
    await status('degraded')
  }
}
