import type { contextSnippet } from '../contract/contexts.ts'
import type { decision, projectState } from '../contract/decisions.ts'
import type { Mode } from '../contract/events.ts'
import type { failurePattern } from '../contract/failures.ts'
import type { infrastructure } from '../contract/infrastructure.ts'
import type { environmentalInsight } from '../contract/insights.ts'
import type { RowOf } from '../contract/kernel.ts'
import type { machine } from '../contract/people.ts'
import type { session } from '../contract/sessions.ts'
import type { task } from '../contract/tasks.ts'
import type { commandRun, fileChange, workItem } from '../contract/work.ts'

/**
 * What a context block is made from. Rows are as the API sends them (booleans, objects, instants as ISO 8601 text); beside their columns
 * stand the few names that a join gives. Whoever fills this in has already left out what the reader may not see: nothing is filtered here.
 * Order does not matter, everything is sorted; the same facts give the same bytes.
 */
export type BlockFacts = StartFacts | ResumeFacts | CompactFacts

/** Where and for whom: the first lines of every block. */
export interface Place {
  machine: MachineFact | null
  /** Null: nobody has chosen a mode in this session yet. */
  mode: Mode | null
  /** `aliases`: its code, aliases and domain, by which its VPN profile is recognised. They are not printed. */
  client: { id: string; name: string; aliases?: readonly string[] } | null
  project: { id: string; name: string } | null
  ticket: string | null
  /** Sentences for the technician and the model: `Client "Datafort" could not be found; events are kept.` At most five are shown. */
  notices: readonly string[]
}

export type MachineFact = Pick<
  RowOf<typeof machine>,
  'hostname' | 'friendly_name' | 'os_type' | 'os_version' | 'default_shell' | 'tools' | 'vpn_profiles' | 'timezone'
>

/**
 * How many there are, where not all were looked up; missing: as many as given. `failures` counts what would be a line: shapes per host, and
 * patterns. `hosts` counts those with a constraint.
 */
export type Totals = Partial<Record<'tasks' | 'failures' | 'hosts' | 'credentials' | 'expiring', number>>

export interface StartFacts extends Place, KnowledgeFacts {
  purpose: 'start' | 'mode'
  /** Open tasks and loose ends. */
  tasks: readonly TaskFact[]
  /** Commands of this client's environment that failed and did not succeed afterwards; runs of one shape on one host become one line. */
  failures: readonly FailedCommand[]
  /** Active failure patterns that hold for this client, its hosts, or everywhere. */
  patterns: readonly PatternFact[]
  /** The client's infrastructure. Hosts without constraints may be included; they are not printed. */
  hosts: readonly HostFact[]
  /** Sessions before this one; the last five are shown. */
  sessions: readonly SessionFact[]
  credentials: readonly CredentialFact[]
  expiring: readonly ExpiringFact[]
  totals?: Totals
}

/** What people and agents wrote down. Only what holds now: nothing that was superseded, rejected or ended. */
export interface KnowledgeFacts {
  /** Where the project stands; null without a project, or before anybody said it. */
  state: StateFact | null
  /** Accepted decisions. */
  decisions: readonly DecisionFact[]
  /** Facts about the client as a whole, a site or a service. Those of a host stand with its constraints. */
  insights: readonly InsightFact[]
  /** Notes of no host or service: what is to be minded wherever one works. */
  snippets: readonly SnippetFact[]
}

/** What changed while this session was closed. Rows older than `since` may be included; they are not printed. */
export interface ResumeFacts extends Place, Omit<KnowledgeFacts, 'state'> {
  purpose: 'resume'
  /** When this session was last active. */
  since: string
  /** Tasks in any status; those whose `updated_at` is later than `since` are shown. */
  tasks: readonly TaskFact[]
  failures: readonly FailedCommand[]
  patterns: readonly PatternFact[]
  /** Sessions of others (not this one). */
  sessions: readonly SessionFact[]
  totals?: Totals
}

/** What this session did before its conversation was compacted. */
export interface CompactFacts extends Place {
  purpose: 'compact'
  session: Pick<RowOf<typeof session>, 'id' | 'started_at'>
  /** The prompts in order. The first says the goal and the last what is being done; those between may be missing. */
  prompts: readonly string[]
  work_items: readonly WorkItemFact[]
  /** The session's commands, oldest first, failed ones included. */
  commands: readonly CommandFact[]
  files: readonly FileFact[]
  tasks: readonly TaskFact[]
  /** Of the whole session, where `commands` holds only its newest. */
  counts?: { commands: number; failures: number }
  totals?: Totals
}

export type TaskFact = Pick<
  RowOf<typeof task>,
  'id' | 'title' | 'priority' | 'status' | 'due_at' | 'created_at' | 'updated_at'
>

/** A row of `commands_run` with the names that it refers to. */
export type CommandFact = Pick<
  RowOf<typeof commandRun>,
  | 'id'
  | 'command'
  | 'command_fingerprint'
  | 'success'
  | 'interrupted'
  | 'exit_code'
  | 'stderr_excerpt'
  | 'error_message'
  | 'failure_category'
  | 'started_at'
  | 'resolved_by_id'
> & {
  /** Host name of `infrastructure_id`; null: on the technician's machine. */
  host: string | null
}

export type FailedCommand = CommandFact & {
  /** The command of `resolved_by_id`, where there is one. */
  alternative: string | null
}

export type PatternFact = Pick<
  RowOf<typeof failurePattern>,
  'id' | 'title' | 'severity' | 'occurrences' | 'last_seen_at' | 'root_cause' | 'recommended_alternative'
> & { host: string | null }

export type HostFact = Pick<
  RowOf<typeof infrastructure>,
  | 'id'
  | 'hostname'
  | 'os_name'
  | 'os_version'
  | 'powershell_version'
  | 'limitations'
  | 'environmental_notes'
  | 'criticality'
  | 'last_verified_at'
  | 'updated_at'
>

export type SessionFact = Pick<
  RowOf<typeof session>,
  'id' | 'title' | 'mode' | 'status' | 'started_at' | 'last_activity_at'
> & {
  technician_name: string
  machine_name: string
  /** The first prompt; shown where there is no title. */
  goal: string | null
  counts: Partial<Record<'commands' | 'failures' | 'unresolved_failures' | 'files' | 'work_items', number>>
}

export interface CredentialFact {
  id: string
  name: string
  type: string
  last_used_at: string
}

export interface ExpiringFact {
  id: string
  /** `certificate`, `domain`, `warranty`, `credential`, … */
  kind: string
  name: string
  expires_at: string
}

export type StateFact = Pick<
  RowOf<typeof projectState>,
  'id' | 'status' | 'focus' | 'progress_pct' | 'next_actions' | 'blockers' | 'key_files' | 'created_at'
>

export type DecisionFact = Pick<RowOf<typeof decision>, 'id' | 'title' | 'decision'> & { decided_at: string }

export type InsightFact = Pick<RowOf<typeof environmentalInsight>, 'id' | 'statement' | 'priority'> & {
  /** When it was last confirmed, else since when it holds. */
  known_at: string
}

export type SnippetFact = Pick<
  RowOf<typeof contextSnippet>,
  'id' | 'kind' | 'text' | 'relevance' | 'use_count' | 'created_at'
>

export type WorkItemFact = Pick<RowOf<typeof workItem>, 'id' | 'title' | 'category' | 'status' | 'outcome' | 'seq'> & {
  is_automatic?: boolean | null
}
export type FileFact = Pick<
  RowOf<typeof fileChange>,
  'path' | 'change' | 'lines_added' | 'lines_removed' | 'changed_at'
>
