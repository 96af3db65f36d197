import { z } from 'zod'
import { MODES } from './events.ts'
import { defineEntity, Id, IdOrShort, Instant, line, mutation, query, text } from './kernel.ts'

const ExampleId = '0195f2c0-7a53-7d1e-9c1f-3f2a9c1e0001'
export const SESSION_STATUS = ['active', 'paused', 'ended', 'abandoned'] as const
const PRIORITY = ['p1', 'p2', 'p3', 'p4', 'p5'] as const

/** One stretch of work by one technician on one machine in one Claude Code session. */
export const session = defineEntity('session', {
  plural: 'sessions',
  belongs: 'client-or-author',
  fixed: {
    machine_id: Id,
    client_id: Id.nullable(),
    project_id: Id.nullable(),
    mode: z.enum(MODES),
    claude_session_id: line(100),
    /** A Claude Code session holds several of ours when the mode or client is switched in it; 0 is the implicit first. */
    stretch: z.int().nonnegative().default(0),
    parent_session_id: Id.nullable(),
    model: line(100).nullable(),
    ticket: line(100).nullable(),
    cwd: line(4_000).nullable(),
    git_branch: line(500).nullable(),
    git_head_start: line(64).nullable(),
  },
  editable: {
    title: line(200).nullable(),
    /** Dense Markdown. Made from what was captured when the session ends; a person or the session-summary agent may improve it. */
    summary: text().nullable(),
    is_billable: z.boolean().nullable(),
  },
  managed: {
    technician_id: Id,
    status: z.enum(SESSION_STATUS),
    started_at: Instant,
    last_activity_at: Instant,
    ended_at: Instant.nullable(),
    end_reason: z.enum(['user', 'idle', 'crash', 'compaction', 'switch', 'clear', 'exit']).nullable(),
    wall_seconds: z.int().nonnegative().nullable(),
    /** Gaps between recorded events, each at most 10 minutes. */
    active_seconds: z.int().nonnegative().nullable(),
    git_head_end: line(64).nullable(),
    /** The client as it was typed, when no client could be found for it. */
    unresolved_client: line(200).nullable(),
  },
  filter: {
    technician_id: Id,
    machine_id: Id,
    project_id: Id,
    mode: z.enum(MODES),
    status: z.enum(SESSION_STATUS),
    claude_session_id: line(100),
    stretch: z.int().nonnegative(),
  },
  sort: ['started_at', 'created_at', 'ended_at'],
  dated: 'started_at',
  searched: ['title', 'summary', 'ticket'],
  operations: ['list', 'get', 'create', 'update'],
  example: {
    machine_id: ExampleId,
    client_id: ExampleId,
    mode: 'msp',
    claude_session_id: '4f9d1c60-0b5a-4a55-9f43-2f2a7f1f1a01',
    stretch: 1,
  },
})

const byCategory = z.object({ label: z.string(), active_seconds: z.int() })

/** What the end of a session tells: the stored row and the figures behind its summary. */
export const SessionReport = z.object({
  session: session.row,
  client_name: z.string().nullable(),
  project_name: z.string().nullable(),
  technician_name: z.string(),
  machine_name: z.string(),
  counts: z.object({
    commands: z.int(),
    failures: z.int(),
    unresolved_failures: z.int(),
    files: z.int(),
    work_items: z.int(),
    prompts: z.int(),
    agents: z.int(),
  }),
  time: z.object({ wall_seconds: z.int(), active_seconds: z.int(), by_activity: z.array(byCategory) }),
  open_tasks: z.array(z.object({ id: Id, title: z.string() })),
})
export type SessionReport = z.infer<typeof SessionReport>

export const sessions = {
  ...session.offers,
  end: mutation({
    input: z.strictObject({ id: IdOrShort, reason: z.enum(['user', 'idle', 'crash']).optional() }),
    output: SessionReport,
    rest: { method: 'POST', path: '/sessions/:id/end' },
    summary: 'End a session: summary, time and open ends from what was captured. Ending it again changes nothing.',
    example: { id: ExampleId },
    errors: ['NOT_FOUND'],
  }),
  report: query({
    input: z.strictObject({ id: IdOrShort }),
    output: SessionReport,
    rest: { method: 'GET', path: '/sessions/:id/report' },
    summary: 'What was done in a session so far: figures, time by activity, open tasks',
    example: { id: ExampleId },
    errors: ['NOT_FOUND'],
  }),
  tag: mutation({
    input: z.strictObject({
      id: IdOrShort,
      add: z.array(Id).max(50).optional(),
      remove: z.array(Id).max(50).optional(),
    }),
    output: z.object({ tags: z.array(z.object({ id: Id, slug: z.string() })) }),
    rest: { method: 'POST', path: '/sessions/:id/tag' },
    summary: 'Add tags to a session and take tags off it',
    example: { id: ExampleId, add: [ExampleId] },
    errors: ['NOT_FOUND'],
  }),
}

const ITEM_STATUS = ['in_progress', 'completed', 'failed', 'blocked', 'rolled_back', 'cancelled'] as const
export const CATEGORIES = [
  'incident',
  'service_request',
  'problem',
  'change',
  'maintenance',
  'project',
  'security',
  'documentation',
  'development',
  'internal',
] as const

export const workItem = defineEntity('work item', {
  plural: 'workItems',
  belongs: 'client',
  fixed: { session_id: Id, client_id: Id },
  editable: {
    project_id: Id.nullable(),
    task_id: Id.nullable(),
    parent_id: Id.nullable(),
    title: line(120),
    description: text().nullable(),
    category: z.enum(CATEGORIES).default('service_request'),
    problem_type: line(100).nullable(),
    status: z.enum(ITEM_STATUS).default('completed'),
    outcome: z.enum(['success', 'partial', 'failure', 'unknown']).default('unknown'),
    priority: z.enum(PRIORITY).default('p3'),
    impact: z.int().min(1).max(3).nullable(),
    urgency: z.int().min(1).max(3).nullable(),
    is_billable: z.boolean().nullable(),
    started_at: Instant.nullable(),
    ended_at: Instant.nullable(),
    active_seconds: z.int().nonnegative().nullable(),
    client_visible_summary: text().nullable(),
    internal_notes: text().nullable(),
    verification: text().nullable(),
    rollback_plan: text().nullable(),
  },
  managed: { seq: z.int().positive() },
  filter: { session_id: Id, project_id: Id, category: z.enum(CATEGORIES), status: z.enum(ITEM_STATUS) },
  sort: ['created_at', 'started_at', 'seq'],
  dated: 'created_at',
  searched: ['title', 'description'],
  example: {
    session_id: ExampleId,
    client_id: ExampleId,
    title: 'Restart the print spooler on SRV-OLD',
    category: 'incident',
    outcome: 'success',
  },
})

export const workItems = {
  ...workItem.offers,
  tag: mutation({
    input: z.strictObject({
      id: IdOrShort,
      add: z.array(Id).max(50).optional(),
      remove: z.array(Id).max(50).optional(),
    }),
    output: z.object({ tags: z.array(z.object({ id: Id, slug: z.string() })) }),
    rest: { method: 'POST', path: '/work-items/:id/tag' },
    summary: 'Add tags to a work item and take tags off it',
    example: { id: ExampleId, add: [ExampleId] },
    errors: ['NOT_FOUND'],
  }),
}

export const commandRun = defineEntity('command', {
  plural: 'commandsRun',
  belongs: 'client-or-author',
  fixed: {},
  editable: {},
  managed: {
    session_id: Id,
    work_item_id: Id.nullable(),
    client_id: Id.nullable(),
    infrastructure_id: Id.nullable(),
    machine_id: Id,
    seq: z.int().positive(),
    tool: z.enum(['bash', 'powershell', 'cmd', 'ssh', 'winrm', 'sql', 'api', 'mcp']),
    shell_version: line(50).nullable(),
    cwd: z.string().nullable(),
    command: z.string(),
    /** SHA-256 of the command with its literals replaced: equal for commands that differ in names and numbers only. */
    command_fingerprint: z.string(),
    agent_id: z.string().nullable(),
    agent_type: z.string().nullable(),
    run_as: line(200).nullable(),
    elevated: z.boolean().nullable(),
    started_at: Instant,
    duration_ms: z.int().nonnegative().nullable(),
    exit_code: z.int().nullable(),
    signal: z.string().nullable(),
    success: z.boolean(),
    interrupted: z.boolean(),
    stdout_excerpt: z.string().nullable(),
    stderr_excerpt: z.string().nullable(),
    output_bytes: z.int().nonnegative().nullable(),
    output_sha256: z.string().nullable(),
    error_message: z.string().nullable(),
    failure_category: z.string().nullable(),
    error_code: line(50).nullable(),
    is_destructive: z.boolean(),
    retry_of_id: Id.nullable(),
    /** The command that finally worked. */
    resolved_by_id: Id.nullable(),
    redaction_count: z.int().nonnegative(),
    redactor_version: z.int().nonnegative(),
  },
  filter: {
    session_id: Id,
    work_item_id: Id,
    infrastructure_id: Id,
    machine_id: Id,
    success: z.boolean(),
    command_fingerprint: z.string().max(64),
    failure_category: z.string().max(50),
  },
  sort: ['started_at', 'created_at', 'seq'],
  dated: 'started_at',
  searched: ['command', 'error_message'],
  operations: ['list', 'get'],
  example: {},
})

export const fileChange = defineEntity('file change', {
  plural: 'fileChanges',
  belongs: 'client-or-author',
  fixed: {},
  editable: {},
  managed: {
    session_id: Id,
    work_item_id: Id.nullable(),
    client_id: Id.nullable(),
    infrastructure_id: Id.nullable(),
    machine_id: Id,
    path: z.string(),
    old_path: z.string().nullable(),
    change: z.enum(['A', 'M', 'D', 'R', 'C', 'T']),
    before_sha256: z.string().nullable(),
    after_sha256: z.string().nullable(),
    lines_added: z.int().nonnegative().nullable(),
    lines_removed: z.int().nonnegative().nullable(),
    git_commit: z.string().nullable(),
    git_branch: z.string().nullable(),
    is_config: z.boolean(),
    sensitive: z.boolean(),
    agent_id: z.string().nullable(),
    agent_type: z.string().nullable(),
    changed_at: Instant,
  },
  filter: { session_id: Id, work_item_id: Id, infrastructure_id: Id, machine_id: Id, after_sha256: z.string().max(64) },
  sort: ['changed_at', 'created_at'],
  dated: 'changed_at',
  searched: ['path'],
  operations: ['list', 'get'],
  example: {},
})

const TASK_STATUS = ['todo', 'in_progress', 'blocked', 'waiting_client', 'waiting_vendor', 'done', 'cancelled'] as const
/** Statuses in which a task still waits for somebody. */
export const OPEN_TASK_STATUS = ['todo', 'in_progress', 'blocked', 'waiting_client', 'waiting_vendor'] as const

/** Planned work, or (`kind: pending`) a loose end noticed on the way. */
export const task = defineEntity('task', {
  plural: 'tasks',
  belongs: 'client-or-author',
  fixed: {
    client_id: Id.nullable(),
    kind: z.enum(['task', 'pending']).default('task'),
    session_id: Id.nullable(),
    work_item_id: Id.nullable(),
  },
  editable: {
    project_id: Id.nullable(),
    parent_task_id: Id.nullable(),
    infrastructure_id: Id.nullable(),
    title: line(200),
    description: text().nullable(),
    reason: z.enum(['follow_up', 'waiting', 'deferred', 'risk', 'idea']).nullable(),
    priority: z.enum(PRIORITY).default('p3'),
    assignee_id: Id.nullable(),
    estimate_minutes: z.int().nonnegative().nullable(),
    due_at: Instant.nullable(),
    remind_at: Instant.nullable(),
    sort_key: line(100).nullable(),
    recurrence: line(500).nullable(),
  },
  managed: {
    status: z.enum(TASK_STATUS),
    started_at: Instant.nullable(),
    completed_at: Instant.nullable(),
    completed_in_session_id: Id.nullable(),
    /** The failed command that this loose end stands for, when the end of a session made it. */
    command_id: Id.nullable(),
  },
  filter: {
    kind: z.enum(['task', 'pending']),
    status: z.enum(TASK_STATUS),
    project_id: Id,
    assignee_id: Id,
    parent_task_id: Id,
    session_id: Id,
  },
  sort: ['created_at', 'due_at', 'priority'],
  dated: 'created_at',
  searched: ['title', 'description'],
  example: { client_id: ExampleId, title: 'Renew the certificate of mail.dataforth.com', priority: 'p2' },
})

export const tasks = {
  ...task.offers,
  complete: mutation({
    input: z.strictObject({ id: IdOrShort, session_id: Id.optional() }),
    output: task.row,
    rest: { method: 'POST', path: '/tasks/:id/complete' },
    summary: 'Mark a task as done. Doing it again changes nothing.',
    example: { id: ExampleId },
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  setStatus: mutation({
    input: z.strictObject({ id: IdOrShort, status: z.enum(TASK_STATUS) }),
    output: task.row,
    rest: { method: 'POST', path: '/tasks/:id/set-status' },
    summary: 'Move a task to another status; a finished task can be opened again',
    example: { id: ExampleId, status: 'waiting_client' },
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
}

export const tag = defineEntity('tag', {
  plural: 'tags',
  belongs: 'everyone',
  fixed: {
    slug: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens')
      .max(80),
  },
  editable: {
    name: line(100),
    category: z.enum(['technology', 'product', 'client_facing', 'process', 'severity', 'custom']).default('custom'),
    colour: z
      .string()
      .regex(/^#[0-9a-f]{6}$/i, 'must be a colour like #1f77b4')
      .nullable(),
    description: text(2_000).nullable(),
    parent_id: Id.nullable(),
  },
  managed: { merged_into_id: Id.nullable() },
  filter: {
    category: z.enum(['technology', 'product', 'client_facing', 'process', 'severity', 'custom']),
    slug: line(80),
  },
  sort: ['created_at', 'slug', 'name'],
  searched: ['slug', 'name'],
  named: 'slug',
  example: { slug: 'exchange-online', name: 'Exchange Online', category: 'product' },
})
