import { z } from 'zod'
import { CLASSIFICATION } from './agreements.ts'
import { action, defineEntity, mutation, query } from './kernel.ts'
import { Currency, Day, EXAMPLE_ID, Id, Instant, json, line, Minor, ref, TimeZone, text } from './values.ts'

export const TIME_STATUS = ['running', 'draft', 'submitted', 'approved', 'exported', 'invoiced', 'written_off'] as const
/** Why time is not billed. */
const REASON_CODE = [
  'covered_by_agreement',
  'internal',
  'training',
  'rework',
  'goodwill',
  'sales',
  'admin',
  'travel_included',
  'duplicate',
  'below_minimum_waived',
  'agent_overhead',
] as const

const DAY_SECONDS = 86_400
const Seconds = z.int().min(0).max(DAY_SECONDS)

/** What time can be booked on, beside its client. */
const BOOKED_ON = {
  project_id: ref('projects').nullable(),
  session_id: ref('sessions').nullable(),
  work_item_id: ref('workItems').nullable(),
  ticket_link_id: ref('ticketLinks').nullable(),
  agreement_id: ref('agreements').nullable(),
  work_type_id: ref('workTypes').nullable(),
}

/** Time that somebody worked for a client: measured, and later what is billed for it. */
export const billableTime = defineEntity('time entry', {
  plural: 'billableTime',
  belongs: 'client',
  fixed: { client_id: ref('clients') },
  editable: {
    ...BOOKED_ON,
    started_at: Instant.nullable(),
    ended_at: Instant.nullable(),
    /** Worked time without pauses. Follows from start and end when not given; null while a timer runs. */
    raw_seconds: Seconds.nullable(),
    /** Where the work was done by the clock: decides which day it was. The client's, when not given. */
    tz: TimeZone.nullable(),
    /** The local day. Follows from the start. */
    work_date: Day.nullable(),
    classification: z.enum(CLASSIFICATION).default('billable'),
    reason_code: z.enum(REASON_CODE).nullable(),
    /** Stands on the invoice. */
    client_note: text(4_000).nullable(),
    internal_note: text(4_000).nullable(),
  },
  managed: {
    technician_id: ref('users'),
    machine_id: ref('machines').nullable(),
    source: z.enum(['timer', 'session', 'manual', 'import']),
    status: z.enum(TIME_STATUS),
    /** Since when a running timer stands still. */
    paused_at: Instant.nullable(),
    paused_seconds: z.int().nonnegative(),
    /** Of a session: what was recorded of it. Somebody who corrects the time leaves this as it is. */
    measured_seconds: z.int().nonnegative().nullable(),
    rounded_minutes: z.int().nullable(),
    /** Negative in a reversal, as the amount is. */
    billable_minutes: z.int().nullable(),
    /** The rules and rates by which it was computed, as they were then. */
    rule_snapshot: json.nullable(),
    rate_minor: z.int().nullable(),
    currency: Currency.nullable(),
    rate_source: line(200).nullable(),
    modifier_bp: z.int().nullable(),
    amount_minor: z.int().nullable(),
    /** A price that time does not change: of a visit. */
    fixed_amount_minor: z.int().nullable(),
    /** What a lead has set for an hour of this entry alone, whatever the rates say. */
    rate_override_minor: z.int().nonnegative().nullable(),
    rate_override_currency: Currency.nullable(),
    submitted_at: Instant.nullable(),
    approved_by: ref('users').nullable(),
    approved_at: Instant.nullable(),
    /** Why it came back to its technician, was written off or was reversed. */
    status_reason: line(1_000).nullable(),
    /** From then on nothing of it changes; a correction is a reversal and a new entry. */
    locked_at: Instant.nullable(),
    export_batch_id: ref('exportBatches').nullable(),
    reverses_id: ref('billableTime').nullable(),
    external_ref: line(200).nullable(),
    external_billable_minutes: z.int().nullable(),
  },
  initial: { status: 'draft', source: 'manual', paused_seconds: 0 },
  filter: {
    technician_id: ref('users'),
    project_id: ref('projects'),
    session_id: ref('sessions'),
    work_item_id: ref('workItems'),
    agreement_id: ref('agreements'),
    work_type_id: ref('workTypes'),
    export_batch_id: ref('exportBatches'),
    status: z.enum(TIME_STATUS),
    classification: z.enum(CLASSIFICATION),
    work_date: Day,
  },
  sort: ['created_at', 'work_date', 'started_at'],
  dated: 'work_date',
  searched: ['client_note', 'internal_note'],
  example: {
    client_id: EXAMPLE_ID,
    started_at: '2026-01-12T09:00:00.000Z',
    ended_at: '2026-01-12T09:25:00.000Z',
    tz: 'America/Phoenix',
    client_note: 'Restarted the print spooler on SRV-OLD',
  },
})

export const Month = z.string().regex(/^[12]\d{3}-(0[1-9]|1[0-2])$/, 'must be a month like 2026-01')

const Reason = { reason: line(1_000) }
/** A sum in minor units of its currency. */
export const Amount = z.object({ currency: z.string(), amount_minor: z.int() })

const Totals = z.object({ billable_minutes: z.int(), amounts: z.array(Amount) })

const Unbilled = z.object({
  client_id: Id,
  client_name: z.string(),
  month: z.string(),
  entries: z.int(),
  raw_seconds: z.int(),
  billable_minutes: z.int(),
  /** Entries whose billable minutes were not computed yet; they are not among the minutes and amounts. */
  not_computed: z.int(),
  amounts: z.array(Amount),
  oldest: Day,
})

const Overlapping = z.object({
  id: Id,
  client_id: Id,
  started_at: Instant,
  /** Null while its timer runs. */
  ended_at: Instant.nullable(),
})

export const billableTimes = {
  ...billableTime.offers,
  start: mutation({
    input: z.strictObject({
      client_id: ref('clients'),
      /** Where the timer runs: one per technician and machine. */
      machine_id: ref('machines'),
      project_id: ref('projects').optional(),
      session_id: ref('sessions').optional(),
      work_item_id: ref('workItems').optional(),
      ticket_link_id: ref('ticketLinks').optional(),
      work_type_id: ref('workTypes').optional(),
      tz: TimeZone.optional(),
      client_note: text(4_000).optional(),
    }),
    output: billableTime.row,
    rest: { method: 'POST', path: '/billable-time/start' },
    summary: 'Start a timer for a client. One that runs already on this machine has to be stopped first',
    example: { client_id: EXAMPLE_ID, machine_id: EXAMPLE_ID },
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  pause: action(billableTime, 'pause', 'Let a running timer stand still'),
  resume: action(billableTime, 'resume', 'Let a paused timer run on'),
  stop: action(billableTime, 'stop', 'Stop a running timer; its time is a draft then', {
    input: {
      /** When the work ended, for a timer that was forgotten. */
      ended_at: Instant.optional(),
    },
    errors: ['NOT_FOUND', 'CONFLICT', 'INVALID_INPUT'],
  }),
  submit: action(billableTime, 'submit', 'Hand in a draft for approval'),
  approve: action(billableTime, 'approve', "Approve submitted time; one's own needs somebody else", {
    role: 'lead',
    errors: ['NOT_FOUND', 'CONFLICT', 'FORBIDDEN'],
  }),
  reject: action(billableTime, 'reject', 'Give submitted or approved time back to its technician as a draft', {
    input: Reason,
    example: { reason: 'Which ticket was this?' },
    role: 'lead',
  }),
  writeOff: action(billableTime, 'writeOff', 'Give time away that will not be billed', {
    input: Reason,
    example: { reason: 'Goodwill after the outage' },
    role: 'lead',
  }),
  reverse: action(billableTime, 'reverse', 'Take back exported time by an entry against it. Answers with that entry', {
    input: Reason,
    example: { reason: 'Booked on the wrong client' },
    role: 'lead',
  }),
  overrideRate: action(
    billableTime,
    'overrideRate',
    'Set what an hour of this entry costs, whatever the rates say; null for the rates again',
    {
      input: { amount_minor: Minor.nullable(), currency: Currency.optional() },
      example: { amount_minor: 9_000, currency: 'USD' },
      role: 'lead',
      errors: ['NOT_FOUND', 'CONFLICT', 'INVALID_INPUT'],
    },
  ),
  reprice: mutation({
    input: z.strictObject({ client_id: ref('clients'), month: Month }),
    output: z.object({
      /** Entries that were looked at: not locked, and of this month. */
      entries: z.int(),
      changed: z.int(),
      before: Totals,
      after: Totals,
    }),
    rest: { method: 'POST', path: '/billable-time/reprice' },
    summary: 'Compute what the time of a client and month costs by the rules and rates of now. What is exported stays',
    example: { client_id: EXAMPLE_ID, month: '2026-01' },
    role: 'lead',
    errors: ['NOT_FOUND'],
  }),
  unbilled: query({
    input: z.strictObject({
      client_id: ref('clients').optional(),
      client: line(200).optional(),
      /** Only work done before this day. */
      before: Day.optional(),
    }),
    output: z.object({ items: z.array(Unbilled) }),
    rest: { method: 'GET', path: '/billable-time/unbilled' },
    summary: 'What was worked and not exported yet, per client and month',
    example: { before: '2026-02-01' },
    errors: ['NOT_FOUND'],
  }),
  overlaps: query({
    input: z.strictObject({
      date_from: Day,
      date_to: Day,
      technician_id: ref('users').optional(),
      client_id: ref('clients').optional(),
      limit: z.int().min(1).max(200).optional(),
    }),
    output: z.object({
      items: z.array(
        z.object({
          technician_id: Id,
          first: Overlapping,
          second: Overlapping,
          overlap_seconds: z.int(),
        }),
      ),
      /** There are more than were asked for. */
      more: z.boolean(),
    }),
    rest: { method: 'GET', path: '/billable-time/overlaps' },
    summary: 'Pairs of entries of one technician that claim the same time',
    example: { date_from: '2026-01-01', date_to: '2026-01-31' },
    errors: ['NOT_FOUND'],
  }),
}

/** The approved time of a client and month that was locked together to be billed. */
export const exportBatch = defineEntity('export batch', {
  plural: 'exportBatches',
  belongs: 'client',
  fixed: {
    client_id: ref('clients'),
    month: Month,
    /** What the batch is for. */
    target: z.enum(['csv', 'json', 'syncro', 'autotask', 'connectwise']).default('csv'),
  },
  editable: { note: text(2_000).nullable() },
  managed: {
    entries: z.int().nonnegative(),
    raw_seconds: z.int().nonnegative(),
    billable_minutes: z.int(),
    /** Currency → sum in minor units. */
    amounts: json,
  },
  initial: { entries: 0, raw_seconds: 0, billable_minutes: 0, amounts: {} },
  filter: { month: Month },
  sort: ['created_at', 'month'],
  dated: 'created_at',
  operations: ['list', 'get', 'create', 'update'],
  writers: 'lead',
  example: { client_id: EXAMPLE_ID, month: '2026-01' },
})
