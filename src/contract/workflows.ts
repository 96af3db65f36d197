import { z } from 'zod'
import { action, defineEntity, mutation } from './kernel.ts'
import { EXAMPLE_ID, IdOrShort, Instant, json, line, ref, text } from './values.ts'
import { WEBHOOK_EVENTS } from './webhooks.ts'

const ACTION_KIND = [
  'note',
  'time_entry',
  'attachment',
  'status',
  'ticket',
  'message',
  'backup_report',
  'other',
] as const
const ACTION_STATUS = ['queued', 'done', 'failed', 'cancelled'] as const

/** One thing that was done in an external system, once. Written by the server only. */
export const integrationAction = defineEntity('integration action', {
  plural: 'integrationActions',
  belongs: 'client-or-author',
  managed: {
    integration_id: ref('externalIntegrations'),
    client_id: ref('clients').nullable(),
    ticket_link_id: ref('ticketLinks').nullable(),
    session_id: ref('sessions').nullable(),
    work_item_id: ref('workItems').nullable(),
    workflow_run_id: ref('integrationWorkflowRuns').nullable(),
    kind: z.enum(ACTION_KIND),
    /** The same thing to do is one action, however often it is asked for. */
    dedup_id: line(200),
    summary: line(500),
    /** Who can see it there; anything but `internal` had a person's yes. */
    audience: z.enum(['internal', 'portal', 'mailed']),
    confirmed_by: ref('users').nullable(),
    status: z.enum(ACTION_STATUS),
    /** What it made over there. */
    external_id: line(200).nullable(),
    external_url: line(2_000).nullable(),
    error: text(4_000).nullable(),
    done_at: Instant.nullable(),
  },
  filter: {
    integration_id: ref('externalIntegrations'),
    ticket_link_id: ref('ticketLinks'),
    session_id: ref('sessions'),
    workflow_run_id: ref('integrationWorkflowRuns'),
    kind: z.enum(ACTION_KIND),
    status: z.enum(ACTION_STATUS),
    dedup_id: line(200),
  },
  sort: ['created_at', 'done_at'],
  dated: 'created_at',
  searched: ['summary'],
  operations: ['list', 'get'],
  readers: 'technician',
  example: {
    integration_id: EXAMPLE_ID,
    client_id: EXAMPLE_ID,
    kind: 'note',
    dedup_id: 'note:syncro:88104231:0195f2c0',
    summary: 'Internal note on ticket 12345: print spooler restarted',
    audience: 'internal',
    status: 'queued',
  },
})

export const integrationActions = {
  ...integrationAction.offers,
  retry: action(
    integrationAction,
    'retry',
    'Try an action again that failed or was cancelled, after a look whether it arrived',
  ),
  cancel: action(integrationAction, 'cancel', 'Give up an action that waits; one that was tried may have arrived'),
}

/**
 * What a step can do. Nothing of it is shown to a customer: that needs a person's yes each time.
 * `task.create`: title, description, kind, priority, due_at. `ticket.note`: ticket_link_id, body (internal). `message.send`: integration_id,
 * title, text (to colleagues). `webhook.post`: subscription_id, data.
 */
export const WORKFLOW_ACTIONS = ['task.create', 'ticket.note', 'message.send', 'webhook.post'] as const

/** Several steps in external systems, started by an event or by hand. */
export const integrationWorkflow = defineEntity('integration workflow', {
  plural: 'integrationWorkflows',
  belongs: 'client-or-everyone',
  fixed: { client_id: ref('clients').nullable() },
  editable: {
    name: line(200),
    description: text(4_000).nullable(),
    /** Null: only by hand. */
    trigger_event: z.enum(WEBHOOK_EVENTS).nullable(),
    /** In order. A step's input may use what the trigger and the steps before it gave. */
    steps: z
      .array(z.strictObject({ action: z.enum(WORKFLOW_ACTIONS), input: json.default({}) }))
      .max(50)
      .default([]),
  },
  managed: { enabled: z.boolean() },
  initial: { enabled: false },
  filter: { trigger_event: z.enum(WEBHOOK_EVENTS), enabled: z.boolean() },
  sort: ['created_at', 'name'],
  searched: ['name', 'description'],
  named: 'name',
  readers: 'technician',
  writers: 'lead',
  example: {
    client_id: EXAMPLE_ID,
    name: 'Failed backup to task',
    trigger_event: 'backup.failed',
    steps: [{ action: 'task.create', input: { title: '{{trigger.title}}', description: '{{trigger.message}}' } }],
  },
})

const workflowActions = {
  ...integrationWorkflow.offers,
  enable: action(integrationWorkflow, 'enable', 'Let a workflow start by its event', { role: 'lead' }),
  disable: action(integrationWorkflow, 'disable', 'Start a workflow no more; runs that have begun go on', {
    role: 'lead',
  }),
}

const RUN_STATUS = ['running', 'waiting', 'done', 'failed', 'cancelled'] as const

/** One run of a workflow: what is done of it stays done when it goes on after a restart. Written by the server only. */
export const integrationWorkflowRun = defineEntity('integration workflow run', {
  plural: 'integrationWorkflowRuns',
  belongs: 'client-or-author',
  managed: {
    workflow_id: ref('integrationWorkflows'),
    client_id: ref('clients').nullable(),
    session_id: ref('sessions').nullable(),
    /** The event, or the request, that it was started by: each starts it once. */
    trigger_id: line(200),
    status: z.enum(RUN_STATUS),
    steps_done: z.int().nonnegative(),
    /** What the trigger and each step gave. */
    results: json,
    error: text(4_000).nullable(),
    started_at: Instant,
    ended_at: Instant.nullable(),
  },
  filter: {
    workflow_id: ref('integrationWorkflows'),
    session_id: ref('sessions'),
    status: z.enum(RUN_STATUS),
  },
  sort: ['started_at', 'created_at'],
  dated: 'started_at',
  operations: ['list', 'get'],
  readers: 'technician',
  example: {
    workflow_id: EXAMPLE_ID,
    client_id: EXAMPLE_ID,
    trigger_id: 'backup.failed:0195f2c0',
    status: 'running',
    steps_done: 0,
    results: {},
    started_at: '2026-01-12T03:00:00.000Z',
  },
})

export const integrationWorkflows = {
  ...workflowActions,
  run: mutation({
    input: z.strictObject({
      id: IdOrShort,
      /** What its steps find under `trigger`. */
      trigger: json.default({}),
      session_id: ref('sessions').optional(),
      /** The same again is the run that there is. */
      trigger_id: line(150).optional(),
    }),
    output: integrationWorkflowRun.row,
    rest: { method: 'POST', path: '/integration-workflows/:id/run' },
    summary: 'Start a workflow by hand; its steps are done in the background, each once',
    example: { id: EXAMPLE_ID, trigger: { title: 'Backup of SRV1 failed' } },
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
}

export const integrationWorkflowRuns = integrationWorkflowRun.offers
