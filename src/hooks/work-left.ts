import { join } from 'node:path'
import { namesIn } from '../durable.ts'
import { isOld, readRecord } from '../machine/record.ts'
import { listSessions } from '../sessions.ts'
import type { Surroundings } from './surroundings.ts'

/** With more sessions than this, looking costs as much as the process that it may save. */
const MOST_SESSIONS = 50

/** Is there anything for the background job of a start: events to send, sessions to look through, a machine to probe again? */
export function isWorkLeft({ settings, host, now }: Surroundings, sessionId: string): boolean {
  const { spool, cache } = settings.paths
  if (namesIn(spool).some((name) => /\.(jsonl|sealed)$/.test(name))) return true
  const machine = readRecord(cache)
  if (isOld(machine, Date.parse(now())) || machine?.registration.hostname !== host) return true
  if (namesIn(join(cache, 'sessions')).length > MOST_SESSIONS) return true
  return listSessions(settings.paths).some(
    (session) => session.claude_session_id !== sessionId && (session.open || session.recovered_at === null),
  )
}
