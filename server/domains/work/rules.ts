import type { RowOf } from '../../../src/contract/kernel.ts'
import type { SessionReport } from '../../../src/contract/sessions.ts'
import type { commandRun } from '../../../src/contract/work.ts'
import { actionOf, isFailureOfKnowledge, type JudgedCommand } from '../../../src/guard/failures.ts'

/** The rules of work records: time, and which failures are still open. Pure. */

// ── time ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A longer gap between two events is a pause and counts nothing, not even its first ten minutes. */
export const MAX_GAP_SECONDS = 600

/** One recorded event. Without a label it counts for what its kind is. */
export interface TimedEvent {
  kind: string
  /** ISO 8601. An event without a readable instant is ignored. */
  at: string
  label: string | null
}

/**
 * Seconds of activity: the sum of the gaps of at most `maxGapSeconds` between events of one session. A first or last event adds nothing by
 * itself. The order of the instants does not matter. Rounded down, once, at the end.
 */
export function activity(instants: readonly string[], maxGapSeconds = MAX_GAP_SECONDS): number {
  const events = instants.map((at) => ({ kind: '', at, label: null }))
  return Math.floor(sum(countedGaps(events, maxGapSeconds).map(({ ms }) => ms)) / 1_000)
}

/**
 * Activity by what the time was spent on: each counted gap belongs to the event at its end. The longest first. The seconds add up
 * to `activity` of the same events exactly.
 */
export function timeByActivity(
  events: readonly TimedEvent[],
  maxGapSeconds = MAX_GAP_SECONDS,
): SessionReport['time']['by_activity'] {
  const seconds = new Map<string, number>()
  let passedMs = 0
  for (const { ms, event } of countedGaps(events, maxGapSeconds)) {
    // Differences of the rounded total: single gaps rounded by themselves would not add up.
    const share = Math.floor((passedMs + ms) / 1_000) - Math.floor(passedMs / 1_000)
    passedMs += ms
    const label = event.label ?? LABELS[event.kind] ?? 'conversation'
    seconds.set(label, (seconds.get(label) ?? 0) + share)
  }
  return [...seconds]
    .filter(([, active]) => active > 0)
    .map(([label, active_seconds]) => ({ label, active_seconds }))
    .sort((a, b) => b.active_seconds - a.active_seconds || compare(a.label, b.label))
}

/**
 * The activity of one session shared out: each counted gap belongs to the share that `of` gives for the event at its end. The shares add up to
 * `activity` of the same events exactly.
 */
export function activityShares(
  events: readonly TimedEvent[],
  of: (at: string) => number,
  count: number,
  maxGapSeconds = MAX_GAP_SECONDS,
): number[] {
  const shares = Array.from({ length: count }, () => 0)
  let passedMs = 0
  for (const { ms, event } of countedGaps(events, maxGapSeconds)) {
    const share = Math.floor((passedMs + ms) / 1_000) - Math.floor(passedMs / 1_000)
    passedMs += ms
    const index = of(event.at)
    shares[index] = (shares[index] ?? 0) + share
  }
  return shares
}

/** How long a command may take before it is something to wait for, in milliseconds. */
const WAITED_MS = 30_000

/** A command with the time that it took. */
export type TimedCommand = Pick<RowOf<typeof commandRun>, 'started_at' | 'duration_ms' | 'agent_id'>

/**
 * Activity by who was at it: gaps while subagents run are theirs; what long commands took is waiting; the rest was attended. The three add up to `activity`
 * of the same events exactly.
 */
export function timeByPresence(
  events: readonly TimedEvent[],
  commands: readonly TimedCommand[],
): { attended_seconds: number; agent_seconds: number; waiting_seconds: number } {
  const long = commands
    .filter(({ duration_ms, agent_id }) => agent_id === null && (duration_ms ?? 0) >= WAITED_MS)
    .map(({ started_at, duration_ms }) => ({
      from: Date.parse(started_at),
      until: Date.parse(started_at) + (duration_ms ?? 0),
    }))
  const gaps = countedGaps(events, MAX_GAP_SECONDS)
  const isAgentAt = runningAgents(events)
  let [agentMs, waitingMs] = [0, 0]
  for (const { ms, event } of gaps) {
    const until = Date.parse(event.at)
    if (isAgentAt(until - ms)) agentMs += ms
    else
      waitingMs += Math.min(
        ms,
        sum(long.map((one) => Math.max(0, Math.min(one.until, until) - Math.max(one.from, until - ms)))),
      )
  }
  const whole = Math.floor(sum(gaps.map(({ ms }) => ms)) / 1_000)
  const agent_seconds = Math.floor(agentMs / 1_000)
  const waiting_seconds = Math.floor(waitingMs / 1_000)
  return { attended_seconds: whole - agent_seconds - waiting_seconds, agent_seconds, waiting_seconds }
}

/** Tells of rising instants whether a subagent runs then. One whose end nobody told runs no longer than the next prompt. */
function runningAgents(events: readonly TimedEvent[]): (ms: number) => boolean {
  const sorted = events.map(({ kind, at }) => ({ kind, ms: Date.parse(at) })).sort((a, b) => a.ms - b.ms)
  let [next, running] = [0, 0]
  return (ms) => {
    for (; next < sorted.length && (sorted[next]?.ms ?? 0) <= ms; next++) {
      const kind = sorted[next]?.kind
      if (kind === 'agent.started') running += 1
      if (kind === 'agent.stopped') running = Math.max(0, running - 1)
      if (kind === 'prompt') running = 0
    }
    return running > 0
  }
}

const LABELS: Readonly<Record<string, string>> = {
  command: 'commands',
  file: 'editing files',
  'agent.started': 'agents',
  'agent.stopped': 'agents',
}

function countedGaps(events: readonly TimedEvent[], maxGapSeconds: number): { ms: number; event: TimedEvent }[] {
  const sorted = events
    .map((event) => ({ event, ms: Date.parse(event.at) }))
    .filter(({ ms }) => !Number.isNaN(ms))
    .sort(
      (a, b) => a.ms - b.ms || compare(a.event.kind, b.event.kind) || compare(a.event.label ?? '', b.event.label ?? ''),
    )
  return sorted
    .map(({ event, ms }, index) => ({ event, ms: ms - (sorted[index - 1]?.ms ?? ms) }))
    .filter(({ ms }) => ms > 0 && ms <= maxGapSeconds * 1_000)
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

// ── failures ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The columns of a command by which it is judged. */
export type RunCommand = JudgedCommand & Pick<RowOf<typeof commandRun>, 'id' | 'seq' | 'resolved_by_id'>

/** Failed commands that are worth knowing and that nothing in the session answered, in the order of the session. */
export function unresolvedFailures<C extends RunCommand>(commands: readonly C[]): C[] {
  const answered = resolutions(commands)
  return inOrder(commands).filter((run) => isOpen(run) && !answered.has(run.id))
}

const inOrder = <C extends RunCommand>(commands: readonly C[]) =>
  [...commands].sort((a, b) => a.seq - b.seq || compare(a.id, b.id))

const isOpen = (run: RunCommand) => run.resolved_by_id === null && isFailureOfKnowledge(run)

/** For each failed command the first later one that answers it (see `answers`), by id. Each command is looked at once. */
export function resolutions(commands: readonly RunCommand[]): Map<string, string> {
  const found = new Map<string, string>()
  // From the end, so that for each thing done the earliest success after the current command stands in the map.
  const done = new Map<string, RunCommand>()
  for (const run of inOrder(commands).reverse()) {
    const { key, literals } = actionOf(run.command)
    const whole = `= ${run.command.trim()}`
    const toEach = literals.map((literal) => `> ${key}\n${literal}`)
    if (run.success) for (const thing of [whole, `* ${key}`, ...toEach]) done.set(thing, run)
    const answer = run.success ? undefined : earliest([whole, ...(literals.length === 0 ? [`* ${key}`] : toEach)], done)
    if (answer) found.set(run.id, answer.id)
  }
  return found
}

const earliest = (things: readonly string[], done: ReadonlyMap<string, RunCommand>): RunCommand | undefined =>
  inOrder(things.flatMap((thing) => done.get(thing) ?? []))[0]
