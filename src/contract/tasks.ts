import { z } from 'zod'
import { action, defineEntity, query } from './kernel.ts'
import { EXAMPLE_ID, Instant, line, PRIORITIES, ref, text } from './values.ts'

const TASK_STATUS = ['todo', 'in_progress', 'blocked', 'waiting_client', 'waiting_vendor', 'done', 'cancelled'] as const
/** Statuses in which a task still waits for somebody. */
export const OPEN_TASK_STATUS = ['todo', 'in_progress', 'blocked', 'waiting_client', 'waiting_vendor'] as const

/** Planned work, or (`kind: pending`) a loose end noticed on the way. */
export const task = defineEntity('task', {
  plural: 'tasks',
  belongs: 'client-or-author',
  fixed: {
    client_id: ref('clients').nullable(),
    kind: z.enum(['task', 'pending']).default('task'),
    session_id: ref('sessions').nullable(),
    work_item_id: ref('workItems').nullable(),
  },
  editable: {
    project_id: ref('projects').nullable(),
    parent_task_id: ref('tasks').nullable(),
    infrastructure_id: ref('infrastructure').nullable(),
    title: line(200),
    description: text().nullable(),
    reason: z.enum(['follow_up', 'waiting', 'deferred', 'risk', 'idea']).nullable(),
    priority: z.enum(PRIORITIES).default('p3'),
    assignee_id: ref('users').nullable(),
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
    completed_in_session_id: ref('sessions').nullable(),
    /** The failed command that this loose end stands for, when the end of a session made it. */
    command_id: ref('commandsRun').nullable(),
    /** The planned task that this loose end became. */
    promoted_task_id: ref('tasks').nullable(),
    /** Why this loose end needs nothing. */
    dismissed_reason: line(500).nullable(),
  },
  filter: {
    kind: z.enum(['task', 'pending']),
    status: z.enum(TASK_STATUS),
    project_id: ref('projects'),
    assignee_id: ref('users'),
    parent_task_id: ref('tasks'),
    session_id: ref('sessions'),
  },
  sort: ['created_at', 'due_at', 'priority'],
  dated: 'created_at',
  searched: ['title', 'description'],
  indexed: { title: 'title', body: ['description'] },
  example: { client_id: EXAMPLE_ID, title: 'Renew the certificate of mail.dataforth.com', priority: 'p2' },
})

/** One task waits until another is done. Of the same client, and never in a circle. */
export const taskDependency = defineEntity('task dependency', {
  plural: 'taskDependencies',
  belongs: 'client-or-author',
  clientFrom: 'task_id',
  fixed: {
    task_id: ref('tasks'),
    depends_on_id: ref('tasks'),
    /** `finish_start`: the one may be completed when the other is done or cancelled. */
    kind: z.enum(['finish_start']).default('finish_start'),
  },
  managed: { client_id: ref('clients').nullable() },
  filter: { task_id: ref('tasks'), depends_on_id: ref('tasks') },
  sort: ['created_at'],
  operations: ['list', 'get', 'create', 'archive', 'restore'],
  example: { task_id: EXAMPLE_ID, depends_on_id: EXAMPLE_ID },
})

export const tasks = {
  ...task.offers,
  open: query({
    input: z.strictObject({
      client: line(200).optional(),
      client_id: ref('clients').optional(),
      assignee_id: ref('users').optional(),
      project_id: ref('projects').optional(),
      kind: z.enum(['task', 'pending']).optional(),
      limit: z.int().min(1).max(200).optional(),
      cursor: z.string().max(1_000).optional(),
    }),
    output: z.object({ items: z.array(task.row), next_cursor: z.string().nullable() }),
    rest: { method: 'GET', path: '/tasks/open' },
    summary: 'What is open, most urgent first: by priority, then by due date',
    example: { client_id: EXAMPLE_ID },
    errors: ['NOT_FOUND'],
  }),
  complete: action(task, 'complete', 'Mark a task as done; refused while it waits for another, unless forced', {
    input: { session_id: ref('sessions').optional(), force: z.boolean().optional() },
  }),
  setStatus: action(task, 'setStatus', 'Move a task to another status; a finished task can be opened again', {
    input: { status: z.enum(TASK_STATUS) },
    example: { status: 'waiting_client' },
  }),
  promote: action(task, 'promote', 'Make a planned task of a loose end; again gives the same task', {
    input: {
      title: line(200).optional(),
      project_id: ref('projects').optional(),
      assignee_id: ref('users').optional(),
      priority: z.enum(PRIORITIES).optional(),
      due_at: Instant.optional(),
      estimate_minutes: z.int().nonnegative().optional(),
    },
    example: { priority: 'p2', due_at: '2026-02-01T16:00:00.000Z' },
  }),
  dismiss: action(task, 'dismiss', 'Drop a loose end that needs nothing', {
    input: { reason: line(500) },
    example: { reason: 'The old print server is switched off on Friday' },
  }),
}
