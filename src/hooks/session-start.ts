import { takeComplaint } from '../checkpoint-kept.ts'
import {
  changeSession,
  closing,
  type LocalSession,
  readSession,
  rememberProcess,
  sessionOfProcess,
} from '../sessions.ts'
import { startBackground } from './background-job.ts'
import { loadBlock, type Purpose } from './block.ts'
import { type Common, type Fields, parseCommon, text } from './input.ts'
import { goOn, keep, mayGoOn, withPlace } from './record.ts'
import type { Reply } from './run.ts'
import type { Surroundings } from './surroundings.ts'
import { isWorkLeft } from './work-left.ts'

const PURPOSES: Readonly<Record<string, Purpose>> = { resume: 'resume', fork: 'resume', compact: 'compact' }

/** Takes up the session (new, resumed, cleared, compacted or forked) and gives Claude what is known for it. */
export async function sessionStart(fields: Fields, surroundings: Surroundings): Promise<Reply> {
  const common = parseCommon(fields)
  if (!common) return {}
  const source = text(fields.source) ?? 'startup'
  const session = await takeUp(surroundings, common, source, text(fields.model))
  const { suggestion, ...reply } = await loadBlock(surroundings, session, PURPOSES[source] ?? 'start')
  await remember(surroundings, session, suggestion)
  // Starting a process costs a third of this hook. A session that goes on may itself have something to be recovered.
  if (source !== 'startup' || isWorkLeft(surroundings, common.sessionId))
    startBackground({ after: 'start', sessionId: common.sessionId })
  if (!surroundings.redactor.tryNow()) return { ...reply, notice: REDACTOR_FAILED }
  const wentBack = takeComplaint(surroundings.settings.paths)
  return wentBack === undefined ? reply : { ...reply, notice: wentBack }
}

const REDACTOR_FAILED =
  'ClaudeTools: the part that takes secrets out of texts does not work on this machine. Until it does, Claude is shown no output of tools, "msp cred" gives out no secrets and records are kept without texts. Install the plugin again; "msp doctor" looks for the cause.'

async function takeUp(
  surroundings: Surroundings,
  common: Common,
  source: string,
  model: string | undefined,
): Promise<LocalSession> {
  const { paths } = surroundings.settings
  const before =
    source === 'clear' || source === 'fork' ? await leaveSessionBefore(surroundings, common, source) : undefined
  const session = await changeSession(paths, common.sessionId, (found) => {
    const placed = {
      ...withPlace(found, surroundings, common),
      model: model?.slice(0, 100) ?? found.model,
      forked_at: source === 'fork' ? surroundings.now() : found.forked_at,
    }
    if (placed.open) return placed
    if (before && placed.stretches.length === 0) return goOn(surroundings, placed, before, surroundings.now())
    return source === 'resume' && mayGoOn(placed) ? goOn(surroundings, placed, placed, surroundings.now()) : placed
  })
  if (surroundings.claudePid !== null) rememberProcess(paths, surroundings.claudePid, common.sessionId)
  return session
}

/**
 * The session that this Claude Code process ran until now, closed, when its work goes on in the new one: `/clear` gives a new session id
 * for the same work.
 */
async function leaveSessionBefore(
  surroundings: Surroundings,
  common: Common,
  source: string,
): Promise<LocalSession | undefined> {
  const { settings, claudePid, now } = surroundings
  const id = claudePid === null ? undefined : sessionOfProcess(settings.paths, claudePid)
  if (id === undefined || id === common.sessionId || !readSession(settings.paths, id)) return undefined
  const before = await changeSession(settings.paths, id, (session) => {
    if (!session.open) return undefined
    const closed = closing(session, { reason: source === 'clear' ? 'clear' : 'exit', at: now(), source: 'hook' })
    keep(surroundings, closed.event)
    return closed.session
  })
  return mayGoOn(before) ? before : undefined
}

/** A suggestion waits for the first prompt: a session that is only opened gets nothing that nobody asked for. */
async function remember(
  { settings }: Surroundings,
  session: LocalSession,
  suggestion: LocalSession['suggestion'],
): Promise<void> {
  if (suggestion === null && session.suggestion === null) return
  await changeSession(settings.paths, session.claude_session_id, (found) => ({ ...found, suggestion }))
}
