import { z } from 'zod'
import { defineEntity, query } from './kernel.ts'
import { EXAMPLE_ID, Id, Instant, line, ref } from './values.ts'
import { WebAddress } from './web-address.ts'

const RELATION = ['resolves', 'relates', 'blocks', 'blocked_by', 'duplicates', 'parent', 'child', 'caused_by'] as const
const SYNC_STATE = ['linked', 'stale', 'missing', 'conflict'] as const

/** A ticket of an external system, tied to exactly one session, work item, project, task or incident of ours. */
export const ticketLink = defineEntity('ticket link', {
  plural: 'ticketLinks',
  belongs: 'client',
  fixed: {
    client_id: ref('clients'),
    integration_id: ref('externalIntegrations'),
    /** As the system's API knows it; not the number that people say. */
    external_id: line(200),
    session_id: ref('sessions').nullable(),
    work_item_id: ref('workItems').nullable(),
    project_id: ref('projects').nullable(),
    task_id: ref('tasks').nullable(),
    security_incident_id: ref('securityIncidents').nullable(),
  },
  editable: {
    /** As people say it: `12345`. */
    external_number: line(100).nullable(),
    url: WebAddress.nullable(),
    relation: z.enum(RELATION).default('relates'),
  },
  managed: {
    subject_cache: line(500).nullable(),
    status_cache: line(100).nullable(),
    priority_cache: line(100).nullable(),
    customer_external_id: line(200).nullable(),
    last_synced_at: Instant.nullable(),
    external_updated_at: Instant.nullable(),
    note_posted_at: Instant.nullable(),
    time_pushed_at: Instant.nullable(),
    sync_state: z.enum(SYNC_STATE),
  },
  initial: { sync_state: 'linked' },
  filter: {
    integration_id: ref('externalIntegrations'),
    external_id: line(200),
    external_number: line(100),
    session_id: ref('sessions'),
    work_item_id: ref('workItems'),
    project_id: ref('projects'),
    task_id: ref('tasks'),
    security_incident_id: ref('securityIncidents'),
    sync_state: z.enum(SYNC_STATE),
  },
  sort: ['created_at', 'last_synced_at'],
  searched: ['external_number', 'subject_cache'],
  example: {
    client_id: EXAMPLE_ID,
    integration_id: EXAMPLE_ID,
    external_id: '88104231',
    external_number: '12345',
    work_item_id: EXAMPLE_ID,
    relation: 'resolves',
  },
})

const WORK_KINDS = ['session', 'work_item', 'project', 'task', 'security_incident'] as const

const LinkedWork = z.object({
  kind: z.enum(WORK_KINDS),
  id: Id,
  /** Null: a session whose client is not known yet. */
  client_id: Id.nullable(),
  client_name: z.string().nullable(),
  title: z.string().nullable(),
  status: z.string(),
  /** When the work began, or was written down. */
  at: Instant,
  /** Null for a session that was opened with the ticket's number and never linked. */
  ticket_link_id: Id.nullable(),
  relation: z.enum(RELATION).nullable(),
  external_id: z.string().nullable(),
  external_number: z.string().nullable(),
  url: z.string().nullable(),
})
export type LinkedWork = z.output<typeof LinkedWork>

export const tickets = {
  work: query({
    input: z.strictObject({
      /** A number, with or without `#`, or the id in the external system. */
      ticket: line(200),
      integration_id: ref('externalIntegrations').optional(),
      client_id: ref('clients').optional(),
      limit: z.int().min(1).max(200).optional(),
    }),
    output: z.object({
      items: z.array(LinkedWork),
      /** There is more than was asked for. */
      more: z.boolean(),
    }),
    rest: { method: 'GET', path: '/tickets/work' },
    summary: 'All work on one ticket, newest first: sessions, work items, projects, tasks and incidents',
    example: { ticket: '#12345' },
    role: 'technician',
    errors: ['NOT_FOUND'],
  }),
}
