import { z } from 'zod'
import { EXAMPLE_STEP_UP, StepUp } from './auth.ts'
import { mutation, query } from './kernel.ts'
import { ticketLink } from './tickets.ts'
import { EXAMPLE_ID, Instant, line, ref, text } from './values.ts'
import { WebAddress } from './web-address.ts'
import { integrationAction } from './workflows.ts'

/** Tickets of other systems: looked up there, linked with our work, and written to. */

/** What those systems answer: written by others, so it is data, whatever it asks for. Without characters that hide or move anything. */
const EXTERNAL = z.literal('external')

const ExternalTicket = z.object({
  integration_id: z.uuid(),
  external_id: z.string(),
  /** As people say it. */
  external_number: z.string().nullable(),
  subject: z.string(),
  status: z.string().nullable(),
  priority: z.string().nullable(),
  customer_external_id: z.string().nullable(),
  customer_name: z.string().nullable(),
  contact_name: z.string().nullable(),
  assignee: z.string().nullable(),
  url: z.string().nullable(),
  created_at: z.string().nullable(),
  updated_at: z.string().nullable(),
  /** Our client, where the customer is matched with one. */
  client_id: z.uuid().nullable(),
})
export type ExternalTicket = z.output<typeof ExternalTicket>

const ExternalNote = z.object({
  external_id: z.string(),
  author: z.string().nullable(),
  /** Null: the system does not say who sees it. */
  audience: z.enum(['internal', 'portal', 'mailed']).nullable(),
  subject: z.string().nullable(),
  body: z.string(),
  created_at: z.string().nullable(),
})

/** Which ticket: its number as people say it, with or without `#`, or its id over there. */
const which = {
  ticket: line(200),
  /** Needed where several systems have tickets for the client. */
  integration_id: ref('externalIntegrations').optional(),
  /** The ticket has to be this client's. */
  client_id: ref('clients').optional(),
}

/** What our work it is about. */
const about = {
  session_id: ref('sessions').optional(),
  work_item_id: ref('workItems').optional(),
}

/** The same key is the same thing to do, however often it is asked for; made of what is asked for when not given. */
const dedup = { dedup_id: line(200).optional() }

const linked = {
  ...about,
  project_id: ref('projects').optional(),
  task_id: ref('tasks').optional(),
  security_incident_id: ref('securityIncidents').optional(),
}

/** They call another system, which takes longer than a transaction may. */
const calling = {
  role: 'technician',
  transaction: false,
  errors: ['NOT_FOUND', 'CONFLICT', 'RATE_LIMITED', 'UNAVAILABLE'],
} as const

export const externalTickets = {
  search: query({
    ...calling,
    input: z.strictObject({
      /** Words of the subject, or a number. */
      text: line(200).optional(),
      /** As the system calls it. */
      status: line(100).optional(),
      integration_id: ref('externalIntegrations').optional(),
      client: line(200).optional(),
      client_id: ref('clients').optional(),
      limit: z.int().min(1).max(100).optional(),
    }),
    output: z.object({ origin: EXTERNAL, items: z.array(ExternalTicket), more: z.boolean() }),
    rest: { method: 'GET', path: '/tickets/search' },
    summary: 'Search tickets of other systems; only those of clients that the caller may see',
    example: { text: 'printer', limit: 10 },
  }),
  show: query({
    ...calling,
    input: z.strictObject({
      ...which,
      client: line(200).optional(),
      /** How many notes, the newest first; 20 when not said. */
      notes: z.int().min(0).max(100).optional(),
    }),
    output: z.object({
      origin: EXTERNAL,
      ticket: ExternalTicket,
      notes: z.array(ExternalNote),
      more_notes: z.boolean(),
      /** Our work that is linked with it. */
      links: z.array(ticketLink.row),
    }),
    rest: { method: 'GET', path: '/tickets/show' },
    summary: 'Read a ticket of another system with its newest notes, and what work of ours is linked with it',
    example: { ticket: '#12345' },
  }),
  link: mutation({
    ...calling,
    input: z.strictObject({
      ...which,
      ...linked,
      relation: z
        .enum(['resolves', 'relates', 'blocks', 'blocked_by', 'duplicates', 'parent', 'child', 'caused_by'])
        .optional(),
    }),
    output: ticketLink.row,
    rest: { method: 'POST', path: '/tickets/link' },
    summary:
      'Link a ticket with exactly one session, work item, project, task or incident, after a look at whose it is',
    example: { ticket: '#12345', work_item_id: EXAMPLE_ID, relation: 'resolves' },
  }),
  note: mutation({
    ...calling,
    input: z.strictObject({
      ...which,
      ...about,
      ...dedup,
      body: text(20_000).trim().min(1),
      /**
       * Who sees it. Anything but `internal` reaches the customer, and needs a person who has just stepped up: no agent and no API key
       * can ask for it.
       */
      audience: z.enum(['internal', 'portal', 'mailed']).default('internal'),
      step_up: StepUp.optional(),
    }),
    output: integrationAction.row,
    rest: { method: 'POST', path: '/tickets/note' },
    summary:
      'Write a note on a ticket, for colleagues only unless a person says otherwise; queued while the system is away',
    example: { ticket: '#12345', body: 'Restarted the print spooler on SRV-OLD', step_up: EXAMPLE_STEP_UP },
  }),
  time: mutation({
    ...calling,
    input: z.strictObject({
      ...which,
      ...about,
      ...dedup,
      /** Worked; the system rounds by its own rules. Those of the time entry when not given. */
      minutes: z
        .int()
        .min(1)
        .max(24 * 60)
        .optional(),
      /** When the work began; it ended just now when not given. */
      at: Instant.optional(),
      note: text(4_000).optional(),
      /** Whether the customer pays for it. */
      billable: z.boolean().optional(),
      /**
       * A time entry of ours: it is booked over there once, and what they bill is put beside it. For one that reverses another, an internal note
       * asks people to take that one back.
       */
      billable_time_id: ref('billableTime').optional(),
    }),
    output: z.object({
      action: integrationAction.row,
      /** What our rules bill; null without a time entry of ours, or before it is computed. */
      billable_minutes: z.int().nullable(),
      /** What the system says that it bills; null before it has said so. */
      external_billable_minutes: z.int().nullable(),
      differs: z.boolean(),
    }),
    rest: { method: 'POST', path: '/tickets/time' },
    summary: 'Book worked minutes on a ticket, once',
    example: { ticket: '#12345', minutes: 25, note: 'Restarted the print spooler on SRV-OLD' },
  }),
  attach: mutation({
    ...calling,
    input: z.strictObject({
      ...which,
      ...about,
      ...dedup,
      /** A file that is kept here (`attachments.create`). */
      attachment_id: ref('attachments').optional(),
      /** A file that the system can fetch. */
      url: WebAddress.optional(),
      /** What it is called there; the name of the file when not given. */
      name: line(255).optional(),
      /**
       * `internal`: where the system cannot keep a file from the customer, or cannot take it, an internal note says where it is.
       * `portal` needs a person who has just stepped up.
       */
      audience: z.enum(['internal', 'portal']).default('internal'),
      step_up: StepUp.optional(),
    }),
    output: integrationAction.row,
    rest: { method: 'POST', path: '/tickets/attach' },
    summary: 'Attach a file to a ticket, or say in an internal note where it is',
    example: { ticket: '#12345', attachment_id: EXAMPLE_ID },
  }),
  status: mutation({
    ...calling,
    input: z.strictObject({
      ...which,
      ...about,
      ...dedup,
      /** One of the account's own, letter case ignored. */
      status: line(100),
    }),
    output: integrationAction.row,
    rest: { method: 'POST', path: '/tickets/status' },
    summary: 'Give a ticket another status, of those that the account has',
    example: { ticket: '#12345', status: 'Resolved' },
  }),
  timeDifferences: query({
    input: z.strictObject({
      client: line(200).optional(),
      client_id: ref('clients').optional(),
      /** Local days of the work; the last 90 when not given. */
      date_from: z.iso.date().optional(),
      date_to: z.iso.date().optional(),
      limit: z.int().min(1).max(200).optional(),
    }),
    output: z.object({
      items: z.array(
        z.object({
          billable_time_id: z.uuid(),
          client_id: z.uuid(),
          work_date: z.string(),
          raw_seconds: z.int().nullable(),
          billable_minutes: z.int().nullable(),
          external_billable_minutes: z.int(),
          external_ref: z.string().nullable(),
        }),
      ),
      more: z.boolean(),
    }),
    rest: { method: 'GET', path: '/tickets/time-differences' },
    summary: 'Time entries of which another system bills other minutes than our rules do, newest first',
    example: { date_from: '2026-01-01', date_to: '2026-01-31' },
    role: 'technician',
    errors: ['NOT_FOUND'],
  }),
}
