import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EventData, Mode, RecordedEvent } from './contract/events.ts'
import { namesIn, writeCacheFile, writeFileAtomic } from './durable.ts'
import { withLock } from './lock.ts'
import type { Paths } from './settings.ts'

/**
 * What this machine knows of one Claude Code session: for whom the work is, and which stretches of it were opened and closed when.
 * Kept in `MSP_HOME/cache/sessions/<claude_session_id>.json`, written by hooks and by `msp mode`, needed without a server.
 * A change of state is told to the server by the event that `opening` and `closing` return beside the new state.
 */
export type LocalSession = {
  claude_session_id: string
  /** The newest stretch. 0 is the implicit one before any mode was chosen. */
  stretch: number
  /** Is the newest stretch open? */
  open: boolean
  /** Mode, client, project and ticket of the newest stretch; kept when it is closed, so that it can go on. */
  mode: Mode | null
  /** `id` is null while a client typed offline is not resolved. */
  client: Named | null
  project: Named | null
  ticket: string | null
  cwd: string | null
  transcript_path: string | null
  model: string | null
  /** The Claude Code process that runs the session, null when it does not tell. */
  claude_pid: number | null
  /** The computer on which that process runs: a home folder may be shared. */
  host: string | null
  opened_at: string | null
  /** Why the newest stretch was closed. */
  closed_reason: CloseReason | null
  /** A context block to be shown with the first prompt, when nobody has said for whom the work is. */
  suggestion: { text: string; client: Named } | null
  /** A prompt that is not to be recorded; neither is the answer to it. */
  skipped_prompt: string | null
  /** When it was forked from another session. What its transcript tells of the time before is a copy and belongs to that one. */
  forked_at: string | null
  /** When the transcript was looked through after the end of the session. */
  recovered_at: string | null
  /** Every stretch with its times, oldest first. */
  stretches: Stretch[]
}

export type Named = { id: string | null; name: string }
export type Stretch = { stretch: number; opened_at: string; closed_at: string | null }
export type CloseReason = EventData<'session.closed'>['reason']
export type Change = { session: LocalSession; event: RecordedEvent }

/** A session nobody has seen before. Nothing is open. */
export function newSession(claudeSessionId: string): LocalSession {
  return {
    claude_session_id: claudeSessionId,
    stretch: 0,
    open: false,
    mode: null,
    client: null,
    project: null,
    ticket: null,
    cwd: null,
    transcript_path: null,
    model: null,
    claude_pid: null,
    host: null,
    opened_at: null,
    closed_reason: null,
    suggestion: null,
    skipped_prompt: null,
    forked_at: null,
    recovered_at: null,
    stretches: [],
  }
}

/** The state of a session, or undefined when there is none or its file is damaged (it is made anew from what happens next). */
export function readSession(paths: Paths, claudeSessionId: string): LocalSession | undefined {
  return readSessionFile(fileOf(paths, claudeSessionId))
}

/** Replaces the state of a session. Whoever reads first and writes then uses `changeSession`. */
export function writeSession(paths: Paths, session: LocalSession): void {
  writeFileAtomic(fileOf(paths, session.claude_session_id), `${JSON.stringify(session)}\n`)
}

/** Every session this machine knows. */
export function listSessions(paths: Paths): LocalSession[] {
  const folder = join(paths.cache, 'sessions')
  return namesIn(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => readSessionFile(join(folder, name)) ?? [])
}

/** How long to wait for another process that changes the same session; past it the change is made all the same. */
const WAIT_MS = 400

/**
 * Changes a session while no other process does. Hooks of one session run at the same time, and two of them must not open the same stretch.
 *
 * @param change gets the present state (a new session when there is none) and returns the state to keep, or undefined to leave it.
 *   It must append the events of the change before it returns: a state without its event would never reach the server.
 * @returns the state after the change
 */
export async function changeSession(
  paths: Paths,
  claudeSessionId: string,
  change: (session: LocalSession) => LocalSession | undefined,
): Promise<LocalSession> {
  const act = () => {
    const before = readSession(paths, claudeSessionId) ?? newSession(claudeSessionId)
    const after = change(before)
    if (after) writeSession(paths, after)
    return after ?? before
  }
  const lock = join(paths.cache, 'sessions', `${fileName(claudeSessionId)}.lock`)
  const done = await withLock(lock, { waitMs: WAIT_MS }, act)
  return done.held ? done.value : act()
}

export type Opening = {
  mode: Mode
  trigger: EventData<'session.opened'>['trigger']
  /** ISO 8601 in UTC, with milliseconds. */
  at: string
  source: RecordedEvent['source']
  client?: Named | null
  project?: Named | null
  ticket?: string | null
  cwd?: string | null
  git?: { remote?: string; branch?: string; head?: string }
  /** The stretch that this one goes on from. */
  parent?: { stream: string; stretch: number }
}

/** The state and the event of a new stretch. The one before must be closed. Pure. */
export function opening(session: LocalSession, opened: Opening): Change {
  const isFirst = session.stretches.length === 0
  const stretch = isFirst && opened.trigger === 'implicit' ? 0 : session.stretch + 1
  const after: LocalSession = {
    ...session,
    stretch,
    open: true,
    mode: opened.mode,
    client: opened.client ?? null,
    project: opened.project ?? null,
    ticket: opened.ticket ?? null,
    cwd: opened.cwd ?? session.cwd,
    opened_at: opened.at,
    closed_reason: null,
    recovered_at: null,
    // Who chose a mode has said for whom the work is.
    suggestion: opened.trigger === 'implicit' ? session.suggestion : null,
    stretches: [...session.stretches, { stretch, opened_at: opened.at, closed_at: null }],
  }
  const event = { kind: 'session.opened', id: `open:${stretch}`, data: openedData(after, opened) } as const
  return { session: after, event: { ...event, ...placeOf(after, opened) } }
}

/** The state and the event of the end of the open stretch. Pure. */
export function closing(
  session: LocalSession,
  closed: { reason: CloseReason; at: string; source: RecordedEvent['source']; gitHead?: string | undefined },
): Change {
  const stretches = session.stretches.map((one) =>
    one.stretch === session.stretch ? { ...one, closed_at: closed.at } : one,
  )
  const after: LocalSession = { ...session, open: false, closed_reason: closed.reason, stretches }
  const data = { reason: closed.reason, ...present({ git_head: closed.gitHead }) }
  const event = { kind: 'session.closed', id: `close:${session.stretch}`, data } as const
  return { session: after, event: { ...event, ...placeOf(after, closed) } }
}

/** The stretch in which something happened: the last one opened at or before `at`, else the first. */
export function stretchAt(session: LocalSession, at: string): number {
  const started = session.stretches.findLast((one) => one.opened_at <= at)
  return (started ?? session.stretches[0])?.stretch ?? session.stretch
}

/** Notes which session a Claude Code process runs now: `/clear` gives it a new one. */
export function rememberProcess(paths: Paths, pid: number, claudeSessionId: string): void {
  writeCacheFile(
    join(paths.cache, 'pids', `${pid}.json`),
    `${JSON.stringify({ claude_session_id: claudeSessionId })}\n`,
  )
}

/** The session that a Claude Code process ran last, if this machine has seen it. */
export function sessionOfProcess(paths: Paths, pid: number): string | undefined {
  const value = readObject(join(paths.cache, 'pids', `${pid}.json`))
  return typeof value?.claude_session_id === 'string' ? value.claude_session_id : undefined
}

/** The file name for an id of Claude Code: an id must not lead out of the folder, whatever it holds. */
export function fileName(id: string): string {
  return id.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 100)
}

function openedData(session: LocalSession, opened: Opening): EventData<'session.opened'> {
  const { client, project } = session
  return {
    mode: opened.mode,
    trigger: opened.trigger,
    // Cut to what the contract takes: the server would refuse the whole event for a path that is too long.
    ...present({
      client_id: client?.id,
      client_name: client?.id ? undefined : client?.name.slice(0, 200),
      project_id: project?.id,
      project_name: project?.id ? undefined : project?.name.slice(0, 200),
      ticket: session.ticket?.slice(0, 100),
      cwd: (opened.cwd ?? session.cwd)?.slice(0, 4_000),
      model: session.model?.slice(0, 100),
      git_remote: opened.git?.remote?.slice(0, 2_000),
      git_branch: opened.git?.branch?.slice(0, 500),
      git_head: opened.git?.head?.slice(0, 64),
      parent_stream: opened.parent?.stream,
      parent_stretch: opened.parent?.stretch,
    }),
  }
}

const placeOf = (session: LocalSession, { at, source }: { at: string; source: RecordedEvent['source'] }) => ({
  stream: session.claude_session_id,
  stretch: session.stretch,
  at,
  source,
})

type Present<T> = { [K in keyof T]?: NonNullable<T[K]> }

/** The fields that have a value: events leave the others out. */
export function present<T extends Record<string, unknown>>(fields: T): Present<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  ) as Present<T>
}

const fileOf = (paths: Paths, id: string): string => join(paths.cache, 'sessions', `${fileName(id)}.json`)

function readSessionFile(path: string): LocalSession | undefined {
  const value = readObject(path)
  if (typeof value?.claude_session_id !== 'string' || !Number.isSafeInteger(value.stretch)) return undefined
  const session = { ...newSession(value.claude_session_id), ...value } as LocalSession
  return Array.isArray(session.stretches) ? session : undefined
}

function readObject(path: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined // missing, or damaged: both mean that nothing is known
  }
}
