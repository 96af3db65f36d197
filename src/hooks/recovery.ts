import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { RecordedEvent } from '../contract/events.ts'
import { namesIn } from '../durable.ts'
import { withLock } from '../lock.ts'
import type { Redactor } from '../redaction.ts'
import { changeSession, closing, fileName, type LocalSession, opening, stretchAt } from '../sessions.ts'
import { knownIds } from '../spool/known.ts'
import { readAgent } from './agents.ts'
import { recordedCall } from './calls.ts'
import { excerpt } from './excerpts.ts'
import { type Agent, object, text } from './input.ts'
import { PROMPT_CHARS } from './limits.ts'
import { isSkipped } from './privacy.ts'
import { keep } from './record.ts'
import { runData, runId } from './subagents.ts'
import type { Surroundings } from './surroundings.ts'
import { type Happening, happeningsIn, taskOf } from './transcript.ts'

export type RecoveryOptions = {
  /** What is younger may still be on its way through a hook. Milliseconds. */
  minAgeMs: number
  /** Look only at about this much of the end of each transcript. */
  tailBytes?: number
  /** The client is gone: calls without a result have none, and nothing more comes. */
  isOver: boolean
}

/** Another process may look through the same transcript; both would find the same, so waiting longer is not worth it. */
const LOCK_WAIT_MS = 10_000

/**
 * Records what the transcript of a session tells and no hook has recorded: a client that exits or is killed takes its hooks with it. The
 * events have the ids that the hooks would have given them, so that finding one twice counts once.
 *
 * @returns the time of the last thing that the transcript tells, undefined when it tells nothing
 */
export async function recoverSession(
  surroundings: Surroundings,
  session: LocalSession,
  options: RecoveryOptions,
): Promise<string | undefined> {
  const path = session.transcript_path
  if (path === null) return undefined
  const lock = join(surroundings.settings.paths.cache, 'sessions', `${fileName(session.claude_session_id)}.recovery`)
  const done = await withLock(lock, { waitMs: LOCK_WAIT_MS }, async () => {
    const run = startRun(surroundings, session, options)
    for (const happening of happeningsIn(path, reading(options))) await run.take(happening, undefined)
    for (const agent of subagentsOf(path)) await recoverAgent(run, agent, options)
    return run.lastAt()
  })
  return done.held ? done.value : undefined
}

const reading = ({ tailBytes, isOver }: RecoveryOptions) => ({ tailBytes, withUnfinished: isOver })

type Run = {
  surroundings: Surroundings
  session: () => LocalSession
  take: (happening: Happening, stretch: number | undefined) => Promise<void>
  add: (event: Found) => Promise<void>
  lastAt: () => string | undefined
}

/** An event without its place; `startedAt` decides about the stretch where `stretch` does not. */
type Found = Pick<RecordedEvent, 'kind' | 'id' | 'data' | 'at'> & { startedAt: string; stretch?: number | undefined }

function startRun(surroundings: Surroundings, given: LocalSession, { minAgeMs }: RecoveryOptions): Run {
  const stream = given.claude_session_id
  const known = knownIds(surroundings.settings.paths.spool, stream)
  const newest = new Date(Date.parse(surroundings.now()) - minAgeMs).toISOString()
  let session = given
  let lastAt: string | undefined
  const add = async ({ startedAt, stretch, ...event }: Found) => {
    if (lastAt === undefined || event.at > lastAt) lastAt = event.at
    if (known.has(event.id) || event.at > newest || startedAt < (given.forked_at ?? '')) return
    known.add(event.id)
    if (session.stretches.length === 0) session = await openAfterwards(surroundings, session, startedAt)
    keep(surroundings, {
      ...event,
      stream,
      stretch: stretch ?? stretchAt(session, startedAt),
      source: 'transcript',
    } as RecordedEvent)
  }
  const skipped = new Set(given.skipped_prompt === null ? [] : [given.skipped_prompt])
  const take = async (happening: Happening, stretch: number | undefined) => {
    if (happening.kind === 'prompt' && isSkipped(happening.text)) skipped.add(happening.promptId)
    if (happening.kind === 'call' && skipped.has(happening.promptId ?? '')) return
    const found = foundIn(surroundings.redactor, happening)
    if (found) await add({ ...found, stretch })
    else if (lastAt === undefined || happening.at > lastAt) lastAt = happening.at
  }
  return { surroundings, session: () => session, take, add, lastAt: () => lastAt }
}

function foundIn(redactor: Redactor, happening: Happening): Found | undefined {
  if (happening.kind === 'call') {
    const recorded = recordedCall(redactor, happening.call)
    return recorded && { ...recorded, at: happening.at, startedAt: happening.startedAt }
  }
  if (happening.kind === 'answer' || isSkipped(happening.text)) return undefined
  const { at, promptId } = happening
  const data = { text: excerpt(redactor, happening.text, PROMPT_CHARS).text }
  return { kind: 'prompt', id: `prompt:${promptId}`, data, at, startedAt: at }
}

/** Not even the first prompt got through to a hook. */
function openAfterwards(surroundings: Surroundings, session: LocalSession, at: string): Promise<LocalSession> {
  return changeSession(surroundings.settings.paths, session.claude_session_id, (before) => {
    if (before.stretches.length > 0) return undefined
    const opened = opening(before, { mode: 'normal', trigger: 'implicit', at, source: 'transcript' })
    keep(surroundings, opened.event)
    return opened.session
  })
}

type Subagent = { agent: Agent; path: string; isFinished: boolean }

/** The transcripts of a session's subagents that the client describes. Its own internal ones have no description. */
function subagentsOf(transcriptPath: string): Subagent[] {
  const folder = join(transcriptPath.replace(/\.jsonl$/, ''), 'subagents')
  return namesIn(folder).flatMap((name) => {
    const id = /^agent-(.+)\.jsonl$/.exec(name)?.[1]
    if (id === undefined) return []
    const meta = readMeta(join(folder, `agent-${id}.meta.json`))
    const type = text(meta?.agentType)
    if (type === undefined) return []
    const agent = { id: id.slice(0, 100), type: type.slice(0, 200) }
    return [{ agent, path: join(folder, name), isFinished: meta?.finished === true }]
  })
}

async function recoverAgent(run: Run, { agent, path, isFinished }: Subagent, options: RecoveryOptions): Promise<void> {
  const { paths } = run.surroundings.settings
  const happenings = [...happeningsIn(path, { agent, withUnfinished: options.isOver })]
  const startedAt = happenings.map((one) => (one.kind === 'call' ? one.startedAt : one.at)).sort()[0]
  const endedAt = happenings
    .map((one) => one.at)
    .sort()
    .at(-1)
  if (startedAt === undefined || endedAt === undefined) return
  const session = run.session()
  const stretch = readAgent(paths, session.claude_session_id, agent.id)?.stretch ?? stretchAt(session, startedAt)
  await run.add({
    kind: 'agent.started',
    id: runId('agent-start', agent, 1),
    data: runData(run.surroundings, agent),
    at: startedAt,
    startedAt,
    stretch,
  })
  for (const happening of happenings) await run.take(happening, stretch)
  if (!isFinished) return
  const report = isSkipped(taskOf(path) ?? '') ? undefined : happenings.findLast((one) => one.kind === 'answer')?.text
  await run.add({
    kind: 'agent.stopped',
    id: runId('agent-stop', agent, 1),
    data: runData(run.surroundings, agent, report),
    at: endedAt,
    startedAt,
    stretch,
  })
}

/** Closes what a dead client left open, at the time when it was last heard of. */
export async function closeCrashed(
  surroundings: Surroundings,
  session: LocalSession,
  lastAt: string | undefined,
): Promise<void> {
  await changeSession(surroundings.settings.paths, session.claude_session_id, (before) => {
    // Resumed meanwhile: another process runs it.
    if (!before.open || before.claude_pid !== session.claude_pid) return undefined
    const at =
      [before.opened_at ?? '', lastAt ?? modifiedAt(before.transcript_path) ?? ''].sort().at(-1) || surroundings.now()
    const closed = closing(before, { reason: 'crash', at, source: 'transcript' })
    keep(surroundings, closed.event)
    return closed.session
  })
}

function modifiedAt(path: string | null): string | undefined {
  const stats = path === null ? undefined : statSync(path, { throwIfNoEntry: false })
  return stats?.mtime.toISOString()
}

function readMeta(path: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return object(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return undefined // Missing or damaged: the client says nothing of this agent.
  }
}
