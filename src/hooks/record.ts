import type { RecordedEvent } from '../contract/events.ts'
import { type GitFacts, readGit } from '../git.ts'
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

/** The session with an open stretch: where none is open the next one is opened, and its event kept. */
export function openSession(surroundings: Surroundings, common: Common, at: string): Promise<LocalSession> {
  return changeSession(surroundings.settings.paths, common.sessionId, (session) =>
    session.open ? undefined : openNext(surroundings, common, session, at),
  )
}

/**
 * Opens the stretch that nobody asked for: for the same client when only the client program had ended, else work outside of any mode.
 * `at` is when what belongs to it began.
 */
export function openNext(surroundings: Surroundings, common: Common, session: LocalSession, at: string): LocalSession {
  const placed = withPlace(session, surroundings, common)
  if (mayGoOn(placed)) return goOn(surroundings, placed, placed, at)
  const opened = opening(placed, { mode: 'normal', trigger: 'implicit', at, source: 'hook', git: gitOf(placed) })
  keep(surroundings, opened.event)
  return opened.session
}

/** Was it work for somebody, and did it end only because the client program did? What the technician ended stays ended. */
export function mayGoOn(session: LocalSession): boolean {
  const isBound = session.client !== null || session.project !== null
  const isForSomebody = isBound || (session.mode !== null && session.mode !== 'normal')
  return isForSomebody && ['clear', 'exit', 'crash', 'idle'].includes(session.closed_reason ?? '')
}

/** Opens the next stretch for whom `before` was. It may be the same session, resumed, or the one that `/clear` put this in the place of. */
export function goOn(
  surroundings: Surroundings,
  session: LocalSession,
  before: LocalSession,
  at: string,
): LocalSession {
  const { mode, client, project, ticket } = before
  const isSame = before.claude_session_id === session.claude_session_id
  const opened = opening(session, {
    mode: mode ?? 'normal',
    client,
    project,
    ticket,
    trigger: isSame ? 'implicit' : 'clear',
    parent: { stream: before.claude_session_id, stretch: before.stretch },
    at,
    source: 'hook',
    git: gitOf(session),
  })
  keep(surroundings, opened.event)
  return opened.session
}

const gitOf = ({ cwd }: LocalSession): GitFacts => (cwd === null ? {} : readGit(cwd))

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

/** Does it belong to a prompt that is not to be recorded? What is done for it would tell what was asked. */
export const isOfSkippedPrompt = (session: LocalSession | undefined, { promptId }: Common): boolean =>
  promptId !== undefined && session?.skipped_prompt === promptId

/** Keeps a tool call in the stretch in which it was started. */
export async function keepCall(surroundings: Surroundings, common: Common, call: Recorded): Promise<void> {
  const { paths } = surroundings.settings
  const endedAt = surroundings.startedAt
  const startedAt = startOf(call, endedAt)
  const session = readSession(paths, common.sessionId)
  if (isOfSkippedPrompt(session, common)) return
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
