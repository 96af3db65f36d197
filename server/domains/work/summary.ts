import type { RowOf } from '../../../src/contract/kernel.ts'
import type { SessionReport, session } from '../../../src/contract/sessions.ts'
import { isFailureOfKnowledge } from '../../../src/guard/failures.ts'
import { programOf } from '../../../src/guard/shape.ts'
import { duration } from '../../../src/recall/ages.ts'
import { clip, code, oneLine } from '../../../src/recall/clean.ts'
import { counted } from '../../../src/recall/counts.ts'
import type { CommandFact, FileFact, WorkItemFact } from '../../../src/recall/facts.ts'
import { type CommandGroup, groupCommands, groupFiles } from '../../../src/recall/groups.ts'
import { fileLine, outcome, shortId, workItemLine } from '../../../src/recall/lines.ts'
import { by, groupedBy } from '../../../src/recall/order.ts'
import { pack, type Section } from '../../../src/recall/pack.ts'
import { activity, type RunCommand, resolutions, type TimedEvent, timeByActivity, unresolvedFailures } from './rules.ts'
import type { Commit } from './session-ends.ts'

/** The end-of-session summary, made from what was captured without a model. Pure; equal facts give the same text. */

/** All that one session left behind. Rows as the API sends them. */
export interface SummaryFacts {
  session: Pick<RowOf<typeof session>, 'mode' | 'ticket' | 'started_at' | 'ended_at' | 'last_activity_at'>
  clientName: string | null
  projectName: string | null
  technicianName: string
  machineName: string
  /** Everything that was recorded, for the time. The texts of kind `prompt` say the goal; the labels of `agent.stopped` name the agents. */
  events: readonly (TimedEvent & { text: string | null })[]
  commands: readonly Run[]
  files: readonly FileFact[]
  workItems: readonly WorkItemFact[]
  /** Open tasks that were made in the session. */
  openTasks: readonly { id: string; title: string }[]
  timeEntries?: readonly TimeEntryFact[]
  commits?: readonly Commit[]
}
type Run = CommandFact & RunCommand

type TimeEntryFact = Pick<SessionReport['time_entries'][number], 'billable_minutes' | 'amount_minor' | 'currency'>

export interface Summary {
  /** One line, at most 100 characters. */
  title: string
  /** At most `MAX_WORDS` words. */
  markdown: string
  /** At most 20 lines of at most 500 characters each, as a context keeps them. */
  keyPoints: string[]
  openQuestions: string[]
}

export const MAX_WORDS = 350

/** What was wanted, done and found in a session, what is open, and where the time went. */
export function summarise(facts: SummaryFacts): Summary {
  const goal = goalOf(facts)
  const failures = failuresOf(facts)
  const items = [...facts.workItems].sort(
    by(
      (item) => item.seq,
      (item) => item.id,
    ),
  )
  const openQuestions = openEnds(facts, items, failures)
  const sections = [
    plain([headline(facts), goal === '' ? '' : `**Goal**: ${clip(goal, 400)}`], -10),
    listed('**Done**', items.map(workItemLine), 'work item', 0),
    listed('**Failed**', failures.map(failureLine), 'failure', 0.5),
    listed(
      `**Commands** (${counted(facts.commands.length, 'run')}, ${facts.commands.filter((run) => !run.success).length} failed)`,
      commandLines(facts.commands),
      'other command',
      1.5,
    ),
    listed(`**Files** (${linesChanged(facts.files)})`, groupFiles(facts.files).map(fileLine), 'file', 1),
    listed('**Commits**', commitLines(facts), 'commit', 0.7),
    listed('**Agents**', agentLines(facts), 'agent', 3),
    plain([timeLine(facts), billingLine(facts)], -9),
    listed('**Open**', openQuestions, 'open end', 0),
  ]
  const words = (text: string) => text.split(/\s+/).filter(Boolean).length
  return {
    title: titleOf(facts, items, goal),
    markdown: pack(sections, { before: [], after: [], budget: MAX_WORDS, cost: words }),
    keyPoints: keyPoints(facts, items, failures),
    openQuestions: openQuestions.slice(0, MOST_POINTS),
  }
}

const MOST_LINES = 12
const MOST_POINTS = 20

const listed = (heading: string, lines: readonly string[], noun: string, rank: number): Section => ({
  heading,
  lines: lines.slice(0, MOST_LINES),
  total: lines.length,
  noun,
  command: null,
  rank,
  step: 1,
})
const plain = (lines: readonly string[], rank: number): Section => ({
  heading: null,
  lines: lines.filter(Boolean),
  total: lines.length,
  noun: '',
  command: null,
  rank,
  step: 1,
})

// ── what was wanted ───────────────────────────────────────────────────────────────────────────────────────────────────

/** `Dataforth, Firewall migration, #12345 (msp): Ana on ANA-LT1, 2026-01-12 09:03 to 10:20 UTC.` */
function headline({ session, clientName, projectName, technicianName, machineName }: SummaryFacts): string {
  const whose = [clientName, projectName, session.ticket].map((name) => oneLine(name ?? '', 80)).filter(Boolean)
  const minute = (at: string) => at.slice(0, 16).replace('T', ' ')
  const [from, to] = [minute(session.started_at), minute(session.ended_at ?? session.last_activity_at)]
  const until = to.slice(0, 10) === from.slice(0, 10) ? to.slice(11) : to
  return `${whose.join(', ') || 'No client'} (${session.mode}): ${oneLine(technicianName, 60)} on ${oneLine(machineName, 60)}, ${from} to ${until} UTC.`
}

/** The first prompt that says something; two where the first is only a greeting. Slash commands are not about the work. */
function goalOf({ events }: SummaryFacts): string {
  const prompts = events
    .filter((event) => event.kind === 'prompt')
    .map((event) => oneLine(event.text ?? '', 300))
    .filter((text) => text !== '' && !/^\/[\w:-]+(?:\s|$)/.test(text))
  const [first = '', second = ''] = prompts
  return first.length < 25 && second !== '' ? `${first} ${second}` : first
}

function titleOf({ session, clientName }: SummaryFacts, items: readonly WorkItemFact[], goal: string): string {
  const more = items.length > 1 ? ` and ${items.length - 1} more` : ''
  const done = items[0] ? clip(oneLine(items[0].title, 100), 100 - more.length) + more : ''
  return done || clip(goal, 100) || `${session.mode} session${clientName ? ` for ${oneLine(clientName, 60)}` : ''}`
}

// ── what was done ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** A kind of failure, and the command that worked afterwards. */
interface Failure {
  group: CommandGroup<Run>
  worked: Run | undefined
  isOpen: boolean
}

function failuresOf({ commands }: SummaryFacts): Failure[] {
  const answers = resolutions(commands)
  const byId = new Map(commands.map((run) => [run.id, run]))
  const open = new Set(unresolvedFailures(commands).map((run) => `${run.command_fingerprint} ${run.host ?? ''}`))
  return groupCommands(commands.filter(isFailureOfKnowledge))
    .map((group) => {
      const { id, resolved_by_id, command_fingerprint, host } = group.example
      const isOpen = open.has(`${command_fingerprint} ${host ?? ''}`)
      return { group, worked: isOpen ? undefined : byId.get(resolved_by_id ?? answers.get(id) ?? ''), isOpen }
    })
    .sort(
      by(
        (failure) => (failure.isOpen ? 0 : 1),
        (failure) => failure.group.example.seq,
      ),
    )
}

function failureLine({ group, worked, isOpen }: Failure): string {
  const { example, failed } = group
  const where = example.host ? ` on ${oneLine(example.host, 60)}` : ''
  const often = failed > 1 ? `, ${failed} times` : ''
  return `${code(example.command, 120)}${where}: ${outcome(example)}${often} ${shortId(example.id)}. ${isOpen ? 'Not solved' : `Then worked${workedAs(example, worked)}`}`
}

const workedAs = (failed: Run, worked: Run | undefined) =>
  worked === undefined || worked.command.trim() === failed.command.trim() ? '' : `: ${code(worked.command, 120)}`

/** Commands that only look; they say least about what was done. */
const LOOKING: ReadonlySet<string> = new Set(
  'ls dir cat type head tail pwd cd echo which where find grep rg tree stat file wc less more get-childitem get-content get-location select-string'.split(
    ' ',
  ),
)

/** The successful kinds of commands: those that did something before those that only looked, then in the order of the session. */
function commandLines(commands: readonly Run[]): string[] {
  const first = new Map([...commands].reverse().map((run) => [run.command_fingerprint, run.seq]))
  return groupCommands(commands.filter((run) => run.success))
    .sort(
      by(
        ({ example }) => (LOOKING.has(programOf(example.command)) ? 1 : 0),
        ({ example }) => first.get(example.command_fingerprint) ?? 0,
        ({ example }) => example.id,
      ),
    )
    .map(
      ({ example, runs }) =>
        `${runs > 1 ? `${runs}× ` : ''}${code(example.command, 100)}${example.host ? ` on ${oneLine(example.host, 60)}` : ''}`,
    )
}

function linesChanged(files: readonly FileFact[]): string {
  const groups = groupFiles(files)
  const [added, removed] = [
    groups.reduce((sum, file) => sum + file.added, 0),
    groups.reduce((sum, file) => sum + file.removed, 0),
  ]
  return `${counted(groups.length, 'file')}, +${added} -${removed}`
}

const commitLines = ({ commits = [] }: SummaryFacts): string[] =>
  commits.map(({ hash, branch, message }) => `${hash.slice(0, 9)} on ${branch}: ${clip(message, 120)}`)

function agentLines({ events }: SummaryFacts): string[] {
  const runs = groupedBy(
    events.filter((event) => event.kind === 'agent.stopped'),
    (event) => oneLine(event.label ?? 'agent', 80),
  )
  return [...runs]
    .sort(
      by(
        ([, all]) => -all.length,
        ([label]) => label,
      ),
    )
    .map(([label, all]) => `${label}${all.length > 1 ? `, ${all.length} times` : ''}`)
}

/** `**Time**: 45 min active of 1 h 20 min (git 20 min, conversation 15 min, other 10 min).` */
function timeLine({ session, events }: SummaryFacts): string {
  const active = activity(events.map(({ at }) => at))
  const wallMs = Date.parse(session.ended_at ?? session.last_activity_at) - Date.parse(session.started_at)
  const all = timeByActivity(events)
  const rest = all.slice(5).reduce((sum, { active_seconds }) => sum + active_seconds, 0)
  const shown = [...all.slice(0, 5), ...(rest > 0 ? [{ label: 'other', active_seconds: rest }] : [])]
  const split = shown.map(({ label, active_seconds }) => `${oneLine(label, 40)} ${duration(active_seconds)}`).join(', ')
  return `**Time**: ${duration(active)} active of ${duration((wallMs || 0) / 1_000)}${split === '' ? '' : ` (${split})`}.`
}

/** `**Billable**: 30 min, 60.00 USD.` Empty where nothing was computed. */
function billingLine({ timeEntries = [] }: SummaryFacts): string {
  const billed = timeEntries.filter(({ billable_minutes }) => billable_minutes !== null)
  if (billed.length === 0) return ''
  const minutes = billed.reduce((sum, { billable_minutes }) => sum + (billable_minutes ?? 0), 0)
  const amounts = new Map<string, number>()
  for (const { amount_minor, currency } of billed)
    if (amount_minor !== null && currency !== null) amounts.set(currency, (amounts.get(currency) ?? 0) + amount_minor)
  const sums = [...amounts].map(([currency, minor]) => `, ${amountText(minor, currency)}`).join('')
  return `**Billable**: ${minutes} min${sums}.`
}

/** `60.00 USD`: as many digits behind the point as the currency has (ISO 4217). */
function amountText(minor: number, currency: string): string {
  const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions()
  const all = String(Math.abs(minor)).padStart(digits + 1, '0')
  const [units, rest] = [all.slice(0, all.length - digits), all.slice(all.length - digits)]
  return `${minor < 0 ? '-' : ''}${units}${digits === 0 ? '' : `.${rest}`} ${currency}`
}

// ── what it comes to ──────────────────────────────────────────────────────────────────────────────────────────────────

const UNFINISHED: ReadonlySet<string> = new Set(['in_progress', 'blocked', 'failed'])

function openEnds(facts: SummaryFacts, items: readonly WorkItemFact[], failures: readonly Failure[]): string[] {
  // A failure may have become a task already; it is one open end.
  const isTask = (run: Run) => facts.openTasks.some((task) => task.title.includes(oneLine(run.command, 120)))
  return [
    ...items
      // What is made of the records is under way as long as the session is.
      .filter((item) => UNFINISHED.has(item.status) && !(item.is_automatic && item.status === 'in_progress'))
      .map((item) => `${item.status.replace('_', ' ')}: ${oneLine(item.title, 120)} ${shortId(item.id)}`),
    ...failures
      .filter(({ isOpen, group }) => isOpen && !isTask(group.example))
      .map(
        ({ group: { example } }) =>
          `${code(example.command, 100)} still fails${example.host ? ` on ${oneLine(example.host, 60)}` : ''} ${shortId(example.id)}`,
      ),
    ...facts.openTasks.map((task) => `task: ${oneLine(task.title, 120)} ${shortId(task.id)}`),
  ]
}

function keyPoints(facts: SummaryFacts, items: readonly WorkItemFact[], failures: readonly Failure[]): string[] {
  const files = facts.files.length > 0 ? [`Changed ${linesChanged(facts.files)}`] : []
  return [...items.slice(0, 10).map(workItemLine), ...failures.slice(0, 9).map(failureLine), ...files]
    .map((point) => clip(point, 500))
    .slice(0, MOST_POINTS)
}
