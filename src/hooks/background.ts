import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { loginPath } from '../api/login-file.ts'
import { refreshNames } from '../client-names.ts'
import { errorCode } from '../durable.ts'
import { GUARD_FRESH_MS, GUARD_PROMPT_FRESH_MS, guardedClient } from '../guard-cache.ts'
import { refreshGuard } from '../guard-refresh.ts'
import { forgetOldValues } from '../known-values.ts'
import { isRunning } from '../processes.ts'
import { changeSession, type LocalSession, listSessions, readSession, sessionOfProcess } from '../sessions.ts'
import { deliverSpool } from '../spool-delivery.ts'
import type { BackgroundJob } from './background-job.ts'
import { object, text } from './input.ts'
import { logFailure } from './log.ts'
import { refreshMachine } from './machine-refresh.ts'
import { tellInjected } from './recalled.ts'
import { closeCrashed, recoverSession } from './recovery.ts'
import { hooksApi } from './server.ts'
import { readSurroundings, type Surroundings } from './surroundings.ts'

/** No job may stay longer, whatever a server or a disk does. What is left undone is done by the next one. */
const LIMIT_MS = 60_000
/** For hooks of the same step that are still writing. */
const SETTLE_MS = 1_000
/** While the client lives, younger calls are left to their hooks. */
const HOOK_MS = 5_000
/** What one turn can add to a transcript; the end of the session looks at all of it. */
const TURN_BYTES = 8 * 1024 * 1024

/** Runs the job that a hook left behind (`hook-background.cjs '<json>'`). Never throws; failures go to the log. */
export async function runBackground(argument: string | undefined): Promise<void> {
  setTimeout(() => process.exit(0), LIMIT_MS).unref()
  const job = parseJob(argument)
  if (!job) return
  const surroundings = readSurroundings(job.sessionId)
  for (const step of STEPS[job.after]) {
    try {
      await step(surroundings, job)
    } catch (error) {
      logFailure(surroundings.settings.paths, surroundings.now(), `background ${job.after}`, error)
    }
  }
}

type Step = (surroundings: Surroundings, job: BackgroundJob) => Promise<void> | void

const settle: Step = () => sleep(SETTLE_MS)
/** After what was recorded: by then the server knows the session. */
const tell: Step = (surroundings, { sessionId }) => tellInjected(surroundings, sessionId)
const deliver: Step = async ({ settings }) => void (await deliverSpool(settings, hooksApi(settings)))

/** Fetches what is known to fail for whom the session works, when that was last done longer than `freshMs` ago. */
const learn =
  (freshMs: number): Step =>
  ({ settings, now }, { sessionId }) => {
    const clientId = guardedClient(readSession(settings.paths, sessionId))
    return refreshGuard({ settings, api: hooksApi(settings), clientId, now: new Date(now()), freshMs })
  }
/** Fetches the names for which prompts are looked through. */
const learnNames: Step = ({ settings, now }, { sessionId }) => {
  if (!existsSync(loginPath(settings.paths.auth))) return
  const clientId = guardedClient(readSession(settings.paths, sessionId))
  return refreshNames(settings, hooksApi(settings), clientId, { now: new Date(now()), deadlineMs: NAMES_DEADLINE_MS })
}
const NAMES_DEADLINE_MS = 15_000
/** For what is done after `msp mode end`. */
const learnForNobody: Step = ({ settings, now }) =>
  refreshGuard({ settings, api: hooksApi(settings), clientId: null, now: new Date(now()), freshMs: GUARD_FRESH_MS })

const recoverTurn: Step = async (surroundings, { sessionId }) => {
  const session = readSession(surroundings.settings.paths, sessionId)
  if (session) await recoverSession(surroundings, session, { minAgeMs: HOOK_MS, tailBytes: TURN_BYTES, isOver: false })
}

/** Everything that ended and was not looked through since: also what an earlier job did not come to. */
const recoverEnded: Step = async (surroundings) => {
  for (const session of listSessions(surroundings.settings.paths)) {
    const isDead = isOver(surroundings, session)
    if (session.open ? !isDead : session.recovered_at !== null) continue
    const lastAt = await recoverSession(surroundings, session, { minAgeMs: 0, isOver: isDead })
    if (isDead) await closeCrashed(surroundings, session, lastAt)
    await markRecovered(surroundings, session)
  }
}

async function markRecovered(
  { settings, now }: Surroundings,
  { claude_session_id, stretch }: LocalSession,
): Promise<void> {
  await changeSession(settings.paths, claude_session_id, (before) =>
    before.open || before.stretch !== stretch ? undefined : { ...before, recovered_at: now() },
  )
}

/**
 * Is the client that ran the session gone, or does it run another session now? Unknown counts as no, and so does a client on another
 * computer that shares this home folder.
 */
function isOver({ settings, host }: Surroundings, session: LocalSession): boolean {
  if (session.claude_pid === null || session.host !== host) return false
  const now = sessionOfProcess(settings.paths, session.claude_pid)
  return !isRunning(session.claude_pid) || (now !== undefined && now !== session.claude_session_id)
}

const KEPT_DAYS = 30
const MS_PER_DAY = 24 * 60 * 60 * 1_000

/** Removes local state that nothing has touched for a month; the server has what it stood for. */
const prune: Step = ({ settings, now }) => {
  const before = Date.parse(now()) - KEPT_DAYS * MS_PER_DAY
  for (const name of [
    'sessions',
    'pids',
    'prompts',
    'agents',
    'notices',
    'row-guards',
    'compiled',
    'guard',
    'names',
    'recalled',
    'overrides',
  ]) {
    const folder = join(settings.paths.cache, name)
    if (!existsSync(folder)) continue
    for (const file of readdirSync(folder)) removeIfOlder(join(folder, file), before)
  }
  forgetOldValues(settings.paths, Date.parse(now()))
}

function removeIfOlder(path: string, before: number): void {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats && stats.mtimeMs < before) rmSync(path, { force: true, recursive: true })
}

const STEPS: Readonly<Record<BackgroundJob['after'], readonly Step[]>> = {
  start: [learn(0), learnNames, recoverEnded, deliver, learnForNobody, refreshMachine, prune],
  prompt: [learn(GUARD_PROMPT_FRESH_MS), learnNames],
  outcome: [deliver, learn(0)],
  guard: [learn(0)],
  stop: [settle, recoverTurn, deliver, tell, learn(GUARD_FRESH_MS)],
  end: [settle, recoverEnded, deliver, tell],
  compaction: [deliver],
}

function parseJob(argument: string | undefined): BackgroundJob | undefined {
  const value = parseJson(argument ?? '')
  const after = text(value?.after)
  const sessionId = text(value?.sessionId)
  if (after === undefined || !Object.hasOwn(STEPS, after) || sessionId === undefined) return undefined
  return { after: after as BackgroundJob['after'], sessionId }
}

function parseJson(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return object(JSON.parse(json))
  } catch (error) {
    if (errorCode(error) !== '') throw error
    return undefined // Somebody called it by hand: there is nothing to do.
  }
}
