import { z } from 'zod'
import { defineEntity, mutation } from './kernel.ts'
import { EXAMPLE_ID, IdOrShort, Instant, line, PRIORITIES, ref, text } from './values.ts'

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
  example: { client_id: EXAMPLE_ID, title: 'Renew the certificate of mail.dataforth.com', priority: 'p2' },
})

export const tasks = {
  ...task.offers,
  complete: mutation({
    input: z.strictObject({ id: IdOrShort, session_id: ref('sessions').optional() }),
    output: task.row,
    rest: { method: 'POST', path: '/tasks/:id/complete' },
    summary: 'Mark a task as done. Doing it again changes nothing.',
    example: { id: EXAMPLE_ID },
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  setStatus: mutation({
    input: z.strictObject({ id: IdOrShort, status: z.enum(TASK_STATUS) }),
    output: task.row,
    rest: { method: 'POST', path: '/tasks/:id/set-status' },
    summary: 'Move a task to another status; a finished task can be opened again',
    example: { id: EXAMPLE_ID, status: 'waiting_client' },
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
}
