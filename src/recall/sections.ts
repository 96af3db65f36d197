import { isFailureOfKnowledge } from '../guard/failures.ts'
import { ago } from './ages.ts'
import { oneLine } from './clean.ts'
import type {
  CompactFacts,
  FailedCommand,
  PatternFact,
  ResumeFacts,
  SessionFact,
  StartFacts,
  TaskFact,
  Totals,
} from './facts.ts'
import { groupCommands, groupFiles } from './groups.ts'
import { knowledgeSections, stateSection } from './knowledge-sections.ts'
import {
  credentialLine,
  expiringLine,
  failureLine,
  fileLine,
  groupLine,
  hostLine,
  patternLine,
  sessionLine,
  taskLine,
  workItemLine,
} from './lines.ts'
import { by, newest } from './order.ts'
import type { Section } from './pack.ts'

/**
 * What each purpose tells, in the order in which it is printed. Rank and step say what goes first when the budget is small: tasks and
 * known failures lose their sixth line before sessions lose their third.
 */

/** More lines than these are never printed, however large the budget. */
const MOST = {
  tasks: 12,
  failures: 10,
  hosts: 8,
  sessions: 5,
  credentials: 5,
  expiring: 5,
  commands: 12,
  files: 10,
  items: 8,
  prompts: 3,
} as const

type Kind = Pick<Section, 'noun' | 'command' | 'why'>
const TASKS: Kind = { noun: 'task', command: 'msp task list', why: 'open here; by priority, then due date, then age' }
const FAILURES: Kind = {
  noun: 'failure',
  command: 'msp failures list',
  why: 'failed here and nothing worked since; patterns by severity, then the newest',
}
const HOSTS: Kind = {
  noun: 'constrained host',
  command: 'msp env show HOST',
  why: 'hosts that cannot do everything; by criticality, then name',
}
const SESSIONS: Kind = {
  noun: 'session',
  command: 'msp session list',
  why: 'what was done last; the newest first, five at most',
}
const CREDENTIALS: Kind = {
  noun: 'credential',
  command: 'msp cred find',
  why: 'used by you lately; the last used first, names only',
}
const EXPIRIES: Kind = {
  noun: 'expiry date',
  command: 'msp call expirations.list',
  why: 'ends within 30 days, or ended in the last 30; the earliest first',
}
const PROMPTS: Kind = { noun: 'prompt', command: null, why: 'what was asked: the first prompt and the last two' }
const ITEMS: Kind = { noun: 'work item', command: 'msp work list', why: 'noted in this session, in its order' }
const COMMANDS: Kind = {
  noun: 'other command',
  command: null,
  why: 'run in this session; unsolved failures, then failures, then the most run',
}
const FILES: Kind = { noun: 'file', command: null, why: 'changed in this session; the most changed first' }

/** All that is known at the beginning of work. */
export function startSections(facts: StartFacts, now: Date): Section[] {
  const hosts = [...facts.hosts].sort(
    by(
      (host) => CRITICALITY.indexOf(host.criticality),
      (host) => host.hostname,
      (host) => host.id,
    ),
  )
  return [
    taskSection('Open tasks', facts.tasks, now, facts.totals),
    ...stateSection(facts.state, now),
    failureSection('Known to fail here (do not repeat)', facts, now),
    section(
      'Constraints',
      hosts.map((host) => hostLine(host, now)).filter(Boolean),
      MOST.hosts,
      facts.totals?.hosts,
      HOSTS,
      2,
      1.2,
    ),
    ...knowledgeSections(facts, '', now),
    sessionSection('Last sessions', facts.sessions, now),
    section(
      'Credentials used lately (`msp cred exec ID` uses one unseen)',
      [...facts.credentials]
        .sort(
          by(
            (item) => newest(item.last_used_at),
            (item) => item.id,
          ),
        )
        .map((item) => credentialLine(item, now)),
      MOST.credentials,
      facts.totals?.credentials,
      CREDENTIALS,
      5,
      1.5,
    ),
    section(
      'Expires soon',
      [...facts.expiring]
        .sort(
          by(
            (item) => item.expires_at,
            (item) => item.id,
          ),
        )
        .map((item) => expiringLine(item, now)),
      MOST.expiring,
      facts.totals?.expiring,
      EXPIRIES,
      2.5,
      2,
    ),
  ]
}

const CRITICALITY: readonly string[] = ['critical', 'high', 'medium', 'low']

/** Only what happened after `since`. */
export function resumeSections(facts: ResumeFacts, now: Date): Section[] {
  const isNew = (at: string) => Date.parse(at) > Date.parse(facts.since)
  const failures = facts.failures.filter((failure) => isNew(failure.started_at))
  const patterns = facts.patterns.filter((pattern) => isNew(pattern.last_seen_at))
  const away = `since this session paused ${ago(facts.since, now)}`
  return [
    taskSection(
      `Tasks changed ${away}`,
      facts.tasks.filter((task) => isNew(task.updated_at)),
      now,
      facts.totals,
    ),
    failureSection(
      `New failures ${away}`,
      { failures, patterns, ...(facts.totals ? { totals: facts.totals } : {}) },
      now,
    ),
    sessionSection(
      `Work by others ${away}`,
      facts.sessions.filter((session) => isNew(session.last_activity_at)),
      now,
    ),
    ...knowledgeSections(
      {
        decisions: facts.decisions.filter((decision) => isNew(decision.decided_at)),
        insights: facts.insights.filter((insight) => isNew(insight.known_at)),
        snippets: facts.snippets.filter((snippet) => isNew(snippet.created_at)),
      },
      ` ${away}`,
      now,
    ),
  ]
}

/** What this session did so far. Open tasks alone are no reason to speak: they were told at the start. */
export function compactSections(facts: CompactFacts, now: Date): Section[] {
  const commands = groupCommands(facts.commands)
  const counts = facts.counts ?? {
    commands: facts.commands.length,
    failures: facts.commands.filter((command) => !command.success).length,
  }
  const items = [...facts.work_items].sort(
    by(
      (item) => item.seq,
      (item) => item.id,
    ),
  )
  const done = [
    section(
      `This session, begun ${ago(facts.session.started_at, now)}`,
      promptLines(facts.prompts),
      MOST.prompts,
      undefined,
      PROMPTS,
      0,
      0.5,
    ),
    section('Work items', items.map(workItemLine), MOST.items, undefined, ITEMS, 1, 1),
    section(
      `Commands (${counts.commands} recorded, ${counts.failures} failed)`,
      commands.map((group) => groupLine(group, now)),
      MOST.commands,
      undefined,
      COMMANDS,
      1,
      0.7,
    ),
    section('Files changed', groupFiles(facts.files).map(fileLine), MOST.files, undefined, FILES, 1.5, 0.8),
  ]
  if (done.every(({ lines }) => lines.length === 0)) return []
  return [...done, taskSection('Open tasks', facts.tasks, now, facts.totals)]
}

/** The first prompt as the goal, then the last two, oldest first. Slash commands say nothing about the work. */
function promptLines(prompts: readonly string[]): string[] {
  const told = prompts
    .map((prompt) => oneLine(prompt, 240))
    .filter((prompt) => prompt !== '' && !/^\/[\w:-]+(\s|$)/.test(prompt))
  const [goal, ...later] = told
  if (goal === undefined) return []
  return [
    `Goal: ${goal}`,
    ...later
      .slice(-2)
      .reverse()
      .map((prompt, index) => `${index === 0 ? 'Latest' : 'Before that'}: ${prompt}`),
  ]
}

function taskSection(heading: string, tasks: readonly TaskFact[], now: Date, totals: Totals | undefined): Section {
  const sorted = [...tasks].sort(
    by(
      (task) => task.priority,
      (task) => task.due_at ?? '9999',
      (task) => task.created_at,
      (task) => task.id,
    ),
  )
  return section(
    heading,
    sorted.map((task) => taskLine(task, now)),
    MOST.tasks,
    totals?.tasks,
    TASKS,
    0,
    1,
  )
}

type Failures = Pick<StartFacts, 'totals'> & { failures: readonly FailedCommand[]; patterns: readonly PatternFact[] }

function failureSection(heading: string, facts: Failures, now: Date): Section {
  const patterns = [...facts.patterns].sort(
    by(
      (pattern) => SEVERITY.indexOf(pattern.severity),
      (pattern) => newest(pattern.last_seen_at),
      (pattern) => pattern.id,
    ),
  )
  // A command that later worked as it stands was a passing trouble: repeating it is right.
  const failures = facts.failures.filter(
    (failure) => isFailureOfKnowledge(failure) && failure.alternative?.trim() !== failure.command.trim(),
  )
  const groups = groupCommands(failures).sort(
    by(
      (group) => newest(group.example.started_at),
      (group) => group.example.id,
    ),
  )
  const lines = [
    ...patterns.map((pattern) => patternLine(pattern, now)),
    ...groups.map((group) => failureLine(group, now)),
  ]
  const about = patterns.map(({ id }) => ({ kind: 'pattern' as const, id }))
  return { ...section(heading, lines, MOST.failures, facts.totals?.failures, FAILURES, 0.5, 1), about }
}

const SEVERITY: readonly string[] = ['critical', 'high', 'medium', 'low']

function sessionSection(heading: string, sessions: readonly SessionFact[], now: Date): Section {
  const sorted = [...sessions].sort(
    by(
      (session) => newest(session.last_activity_at),
      (session) => session.id,
    ),
  )
  const told = section(
    heading,
    sorted.map((session) => sessionLine(session, now)),
    MOST.sessions,
    undefined,
    SESSIONS,
    1,
    1,
  )
  // Older sessions than the last five are history, not context: they are not counted as left out.
  return { ...told, total: told.lines.length }
}

function section(
  heading: string,
  lines: readonly string[],
  most: number,
  total: number | undefined,
  kind: Kind,
  rank: number,
  step: number,
): Section {
  const shown = { lines: lines.slice(0, most), beyond: lines.slice(most) }
  return { heading, ...shown, total: Math.max(total ?? 0, lines.length), ...kind, rank, step }
}
