import type { RecordedEvent } from '../contract/events.ts'
import { readGit } from '../git.ts'
import { changeSession, type LocalSession, opening, readSession, stretchAt } from '../sessions.ts'
import { append } from '../spool/append.ts'
import { readAgent } from './agents.ts'
import type { Recorded } from './calls.ts'
import type { Common } from './input.ts'
import type { Surroundings } from './surroundings.ts'

/** An event is on the disk when this returns. @throws SpoolError */
export function keep({ settings }: Surroundings, event: RecordedEvent): void {
  append(settings.paths.spool, event)
}

/** The session with an open stretch: where none is open the implicit one is opened, and its event kept. */
export function openSession(surroundings: Surroundings, common: Common, at: string): Promise<LocalSession> {
  return changeSession(surroundings.settings.paths, common.sessionId, (session) =>
    session.open ? undefined : openImplicitly(surroundings, common, session, at),
  )
}

/** Opens the stretch that nobody asked for: work outside of any mode. `at` is when what belongs to it began. */
export function openImplicitly(
  surroundings: Surroundings,
  common: Common,
  session: LocalSession,
  at: string,
): LocalSession {
  const cwd = common.cwd ?? session.cwd
  const opened = opening(withPlace(session, surroundings, common), {
    mode: 'normal',
    trigger: 'implicit',
    at,
    source: 'hook',
    cwd,
    git: cwd === null ? {} : readGit(cwd),
  })
  keep(surroundings, opened.event)
  return opened.session
}

/** The session with what the hook is told about where it runs. */
export function withPlace(session: LocalSession, { claudePid, host }: Surroundings, common: Common): LocalSession {
  return {
    ...session,
    cwd: common.cwd ?? session.cwd,
    transcript_path: common.transcriptPath ?? session.transcript_path,
    claude_pid: claudePid ?? session.claude_pid,
    host,
  }
}

/** Keeps a tool call in the stretch in which it was started. */
export async function keepCall(surroundings: Surroundings, common: Common, call: Recorded): Promise<void> {
  const { paths } = surroundings.settings
  const endedAt = surroundings.now()
  const startedAt = startOf(call, endedAt)
  const session = readSession(paths, common.sessionId)
  const place = { stream: common.sessionId, at: endedAt, source: 'hook' } as const
  const stretch = common.agent && readAgent(paths, common.sessionId, common.agent.id)?.stretch
  if (stretch !== undefined) return keep(surroundings, { ...call, ...place, stretch })
  if (session && !startedOutside(session, startedAt)) {
    return keep(surroundings, { ...call, ...place, stretch: stretchAt(session, startedAt) })
  }
  const opened = await openSession(surroundings, common, startedAt)
  keep(surroundings, { ...call, ...place, stretch: opened.stretch })
}

/**
 * Was it started while no stretch was open, although the session goes on? After `/msp end` such work belongs to nobody. What comes late
 * from a session that is over belongs to its last stretch.
 */
function startedOutside(session: LocalSession, startedAt: string): boolean {
  if (session.stretches.length === 0) return true
  const closedAt = session.stretches.at(-1)?.closed_at
  const goesOn = session.closed_reason === 'user' || session.closed_reason === 'switch'
  return !session.open && goesOn && closedAt != null && startedAt > closedAt
}

function startOf(call: Recorded, endedAt: string): string {
  const durationMs = call.kind === 'command' ? (call.data.duration_ms ?? 0) : 0
  return new Date(Date.parse(endedAt) - durationMs).toISOString()
}
