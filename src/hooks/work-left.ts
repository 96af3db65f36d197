import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { loginPath } from '../api/login-file.ts'
import { namesIn } from '../durable.ts'
import { GUARD_FRESH_MS, guardedClient, isGuardOld } from '../guard-cache.ts'
import { isOld, readRecord } from '../machine/record.ts'
import { listSessions, readSession } from '../sessions.ts'
import type { Surroundings } from './surroundings.ts'

/** With more sessions than this, looking costs as much as the process that it may save. */
const MOST_SESSIONS = 50

/**
 * Is there anything for the background job of a start: events to send, sessions to look through, a machine to probe again, something new to learn
 * of what fails?
 */
export function isWorkLeft(surroundings: Surroundings, sessionId: string): boolean {
  const { settings, host, now } = surroundings
  const { spool, cache } = settings.paths
  if (namesIn(spool).some((name) => /\.(jsonl|sealed)$/.test(name))) return true
  const machine = readRecord(cache)
  if (isOld(machine, Date.parse(now())) || machine?.registration.hostname !== host) return true
  if (isToBeLearned(surroundings, sessionId, GUARD_FRESH_MS)) return true
  if (namesIn(join(cache, 'sessions')).length > MOST_SESSIONS) return true
  return listSessions(settings.paths).some(
    (session) => session.claude_session_id !== sessionId && (session.open || session.recovered_at === null),
  )
}

/** Was the server asked longer than `freshMs` ago what is known to fail for this session's client? Without a login it cannot be asked. */
export function isToBeLearned({ settings, now }: Surroundings, sessionId: string, freshMs: number): boolean {
  const { paths } = settings
  const clientId = guardedClient(readSession(paths, sessionId))
  return isGuardOld(paths, clientId, Date.parse(now()), freshMs) && existsSync(loginPath(paths.auth))
}
