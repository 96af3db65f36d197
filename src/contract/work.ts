import { z } from 'zod'
import { action, defineEntity, mutation } from './kernel.ts'
import { tagging } from './tags.ts'
import { commandText, EXAMPLE_ID, Hash, Instant, line, PRIORITIES, recorded, ref, SLUG, text } from './values.ts'

export const ITEM_STATUS = ['in_progress', 'completed', 'failed', 'blocked', 'rolled_back', 'cancelled'] as const
const OUTCOME = ['success', 'partial', 'failure', 'unknown'] as const
/** The practices of ITIL that an MSP works by, and two of its own. */
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

/** The MSP's own kinds of work, each of one category. */
export const workCategory = defineEntity('work category', {
  plural: 'workCategories',
  belongs: 'everyone',
  fixed: { slug: SLUG.max(50) },
  editable: {
    name: line(100),
    category: z.enum(CATEGORIES),
    description: text(2_000).nullable(),
    /** Whether such work is billed when nobody says otherwise. */
    is_billable: z.boolean().default(true),
  },
  filter: { slug: line(50), category: z.enum(CATEGORIES), is_billable: z.boolean() },
  sort: ['created_at', 'slug', 'name'],
  searched: ['slug', 'name'],
  named: 'slug',
  writers: 'lead',
  example: { slug: 'printer-support', name: 'Printer support', category: 'incident', is_billable: true },
})

export const workItem = defineEntity('work item', {
  plural: 'workItems',
  belongs: 'client',
  fixed: {
    session_id: ref('sessions'),
    client_id: ref('clients'),
    // What it starts with; from then on only `categorize`, `complete` and `setStatus` change it.
    category: z.enum(CATEGORIES).default('service_request'),
    status: z.enum(ITEM_STATUS).default('completed'),
    outcome: z.enum(OUTCOME).default('unknown'),
    ended_at: Instant.nullable(),
  },
  editable: {
    project_id: ref('projects').nullable(),
    task_id: ref('tasks').nullable(),
    parent_id: ref('workItems').nullable(),
    title: line(120),
    description: text().nullable(),
    problem_type: line(100).nullable(),
    priority: z.enum(PRIORITIES).default('p3'),
    impact: z.int().min(1).max(3).nullable(),
    urgency: z.int().min(1).max(3).nullable(),
    is_billable: z.boolean().nullable(),
    work_type_id: ref('workTypes').nullable(),
    started_at: Instant.nullable(),
    active_seconds: z.int().nonnegative().nullable(),
    client_visible_summary: text().nullable(),
    internal_notes: text().nullable(),
    verification: text().nullable(),
    rollback_plan: text().nullable(),
  },
  managed: {
    seq: z.int().positive(),
    work_category_id: ref('workCategories').nullable(),
    /** Made of what was recorded. What a person changes of it stays as they left it. */
    is_automatic: z.boolean().nullable(),
    /** Who chose the category: a person, whose choice stays, or a rule or an agent. */
    categorized_by: z.enum(['manual', 'auto']).nullable(),
  },
  filter: {
    session_id: ref('sessions'),
    project_id: ref('projects'),
    category: z.enum(CATEGORIES),
    work_category_id: ref('workCategories'),
    status: z.enum(ITEM_STATUS),
    /** The slug of a tag that it has. */
    tag: line(80),
  },
  sort: ['created_at', 'started_at', 'seq'],
  dated: 'created_at',
  searched: ['title', 'description'],
  indexed: { title: 'title', body: ['description', 'verification', 'internal_notes'] },
  example: {
    session_id: EXAMPLE_ID,
    client_id: EXAMPLE_ID,
    title: 'Restart the print spooler on SRV-OLD',
    category: 'incident',
    outcome: 'success',
  },
})

export const workItems = {
  ...workItem.offers,
  complete: action(workItem, 'complete', 'Mark a work item as done, with what came of it', {
    input: {
      outcome: z.enum(['success', 'partial', 'unknown']).default('success'),
      ended_at: Instant.optional(),
      /** How it was checked. */
      verification: text().optional(),
    },
    example: { outcome: 'success', verification: 'A test page came out' },
  }),
  setStatus: action(
    workItem,
    'setStatus',
    'Move a work item to another status; one that has ended can be taken up again',
    {
      input: {
        status: z.enum(ITEM_STATUS),
        outcome: z.enum(OUTCOME).optional(),
        ended_at: Instant.optional(),
      },
      example: { status: 'blocked' },
    },
  ),
  categorize: action(workItem, 'categorize', 'Give a work item its category, tags and description in one call', {
    input: {
      category: z.enum(CATEGORIES).optional(),
      /** The MSP's own kind of work; it says the category too. */
      work_category_id: ref('workCategories').optional(),
      tags: z.array(ref('tags')).max(50).optional(),
      title: line(120).optional(),
      description: text().optional(),
      problem_type: line(100).optional(),
      /** What was chosen automatically changes nothing that a person has chosen. What an agent chooses is always that. */
      source: z.enum(['manual', 'auto']).default('manual'),
    },
    example: {
      category: 'incident',
      tags: [EXAMPLE_ID],
      description: 'Spooler on SRV-OLD hung on a stale driver; driver removed, service restarted.',
    },
  }),
  tag: tagging('/work-items', 'work item'),
}

const TOOLS = ['bash', 'powershell', 'cmd', 'ssh', 'winrm', 'sql', 'api', 'mcp'] as const

/** For whom and on what something was done, from which machine. */
const WHERE = {
  session_id: ref('sessions'),
  work_item_id: ref('workItems').nullable(),
  client_id: ref('clients').nullable(),
  infrastructure_id: ref('infrastructure').nullable(),
  machine_id: ref('machines'),
}

export const commandRun = defineEntity('command', {
  plural: 'commandsRun',
  belongs: 'client-or-author',
  managed: {
    ...WHERE,
    seq: z.int().positive(),
    tool: z.enum(TOOLS),
    shell_version: line(50).nullable(),
    cwd: recorded('line').nullable(),
    command: recorded('command'),
    /** SHA-256 of the command with its literals replaced: equal for commands that differ in names and numbers only. */
    command_fingerprint: z.string(),
    agent_id: recorded('line').nullable(),
    agent_type: recorded('line').nullable(),
    run_as: line(200).nullable(),
    elevated: z.boolean().nullable(),
    started_at: Instant,
    duration_ms: z.int().nonnegative().nullable(),
    exit_code: z.int().nullable(),
    signal: z.string().nullable(),
    success: z.boolean(),
    interrupted: z.boolean(),
    stdout_excerpt: recorded('text').nullable(),
    stderr_excerpt: recorded('text').nullable(),
    output_bytes: z.int().nonnegative().nullable(),
    output_sha256: z.string().nullable(),
    error_message: recorded('text').nullable(),
    failure_category: z.string().nullable(),
    error_code: line(50).nullable(),
    is_destructive: z.boolean(),
    retry_of_id: ref('commandsRun').nullable(),
    /** The command that finally worked. */
    resolved_by_id: ref('commandsRun').nullable(),
    redaction_count: z.int().nonnegative(),
    redactor_version: z.int().nonnegative(),
  },
  filter: {
    session_id: ref('sessions'),
    work_item_id: ref('workItems'),
    infrastructure_id: ref('infrastructure'),
    machine_id: ref('machines'),
    success: z.boolean(),
    command_fingerprint: Hash,
    failure_category: z.string().max(50),
  },
  sort: ['started_at', 'created_at', 'seq'],
  dated: 'started_at',
  searched: ['command', 'error_message'],
  operations: ['list', 'get'],
  example: {
    session_id: EXAMPLE_ID,
    client_id: EXAMPLE_ID,
    infrastructure_id: EXAMPLE_ID,
    machine_id: EXAMPLE_ID,
    seq: 4,
    tool: 'ssh',
    command: 'ssh srv-web systemctl restart nginx',
    command_fingerprint: '0'.repeat(64),
    started_at: '2026-01-12T09:00:00.000Z',
    duration_ms: 840,
    exit_code: 0,
    success: true,
    interrupted: false,
    is_destructive: false,
    redaction_count: 0,
    redactor_version: 1,
  },
})

export const commandsRun = {
  ...commandRun.offers,
  /** For those who work without the hooks; what these record comes as events. */
  create: mutation({
    input: z.strictObject({
      session_id: ref('sessions'),
      tool: z.enum(TOOLS).default('bash'),
      command: commandText().min(1),
      cwd: line(4_000).optional(),
      exit_code: z.int().nullable().default(null),
      success: z.boolean(),
      started_at: Instant.optional(),
      duration_ms: z.int().nonnegative().optional(),
      stdout: text().optional(),
      stderr: text().optional(),
      error: text().optional(),
    }),
    output: commandRun.row,
    rest: { method: 'POST', path: '/commands-run' },
    summary: 'Write down a command of a session by hand; secrets in it are replaced by marks',
    example: {
      session_id: EXAMPLE_ID,
      tool: 'ssh',
      command: 'ssh srv-web systemctl restart nginx',
      exit_code: 0,
      success: true,
    },
    errors: ['NOT_FOUND'],
  }),
}

export const fileChange = defineEntity('file change', {
  plural: 'fileChanges',
  belongs: 'client-or-author',
  managed: {
    ...WHERE,
    path: recorded('line'),
    old_path: recorded('line').nullable(),
    change: z.enum(['A', 'M', 'D', 'R', 'C', 'T']),
    before_sha256: z.string().nullable(),
    after_sha256: z.string().nullable(),
    lines_added: z.int().nonnegative().nullable(),
    lines_removed: z.int().nonnegative().nullable(),
    git_commit: z.string().nullable(),
    git_branch: recorded('line').nullable(),
    is_config: z.boolean(),
    sensitive: z.boolean(),
    agent_id: recorded('line').nullable(),
    agent_type: recorded('line').nullable(),
    changed_at: Instant,
  },
  filter: {
    session_id: ref('sessions'),
    work_item_id: ref('workItems'),
    infrastructure_id: ref('infrastructure'),
    machine_id: ref('machines'),
    after_sha256: Hash,
  },
  sort: ['changed_at', 'created_at'],
  dated: 'changed_at',
  searched: ['path'],
  operations: ['list', 'get'],
  example: {
    session_id: EXAMPLE_ID,
    client_id: EXAMPLE_ID,
    infrastructure_id: EXAMPLE_ID,
    machine_id: EXAMPLE_ID,
    path: '/etc/nginx/conf.d/site.conf',
    change: 'M',
    lines_added: 3,
    lines_removed: 1,
    is_config: true,
    sensitive: false,
    changed_at: '2026-01-12T09:00:00.000Z',
  },
})
