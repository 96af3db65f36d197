import type { Api } from './api/client.ts'
import { ApiError, type ApiErrorCode } from './api/errors.ts'
import { readLogin } from './api/login-file.ts'
import { isGuardOld, noteUnchanged, openGuard, removeGuard } from './guard-cache.ts'
import { isWhole, writeGuard } from './guard-cache-writing.ts'
import type { Settings } from './settings.ts'

/** For a background job; `msp mode` waits less. */
const DEADLINE_MS = 15_000
/** Who may not see it any more does not keep it either. */
const REFUSALS: ReadonlySet<ApiErrorCode> = new Set(['FORBIDDEN', 'NOT_FOUND'])

export interface GuardRefresh {
  settings: Settings
  api: Api
  /** Null for work for nobody. */
  clientId: string | null
  now: Date
  /** The server is not asked when it was asked less than this long ago. */
  freshMs?: number
  deadlineMs?: number
}

/**
 * Fetches what the guard has to know for a client, where it has changed. A file that is damaged is made anew. Without a login, and without
 * a server, all stays as it is.
 *
 * @throws the system's error when it cannot be written
 */
export async function refreshGuard(refresh: GuardRefresh): Promise<void> {
  const { settings, clientId, now, freshMs = 0 } = refresh
  const { paths } = settings
  if (!isLoggedIn(paths.auth)) return
  const isKept = isWhole(paths, clientId)
  if (isKept && !isGuardOld(paths, clientId, now.getTime(), freshMs)) return
  try {
    const answer = await ask(refresh, isKept ? versionOf(settings, clientId) : undefined)
    if (answer.is_unchanged && isKept) noteUnchanged(paths, clientId, now)
    else writeGuard(paths, clientId, answer)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (REFUSALS.has(error.code)) removeGuard(paths, clientId)
  }
}

function isLoggedIn(auth: string): boolean {
  try {
    return readLogin(auth) !== null
  } catch {
    return false // A login that is not used: others tell.
  }
}

const ask = ({ api, clientId, deadlineMs = DEADLINE_MS }: GuardRefresh, version: string | undefined) =>
  api.failurePatterns.guard(
    { ...(clientId === null ? {} : { client_id: clientId }), ...(version === undefined ? {} : { version }) },
    { deadlineMs },
  )

function versionOf({ paths }: Settings, clientId: string | null): string | undefined {
  const guard = openGuard(paths, clientId)
  guard?.close()
  return guard?.version
}
