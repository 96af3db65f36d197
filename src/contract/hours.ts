import { z } from 'zod'
import { CLASSIFICATION } from './agreements.ts'
import { Amount, TIME_STATUS } from './billing.ts'
import { query } from './kernel.ts'
import { Day, EXAMPLE_ID, Id, Instant, line, ref } from './values.ts'

/** What worked time is told apart by. `category` is that of the work item; `classification` whether it is billed. */
export const HOUR_GROUPINGS = [
  ...(['client', 'technician', 'project', 'category', 'classification', 'work_type', 'month'] as const),
] as const
export type HourGrouping = (typeof HOUR_GROUPINGS)[number]

/** Most lines of one answer; what is beyond them is in `others`. */
export const MOST_HOURS = 200
/** Most entries on one page. */
export const MOST_LINES = 200

/** Worked beside billed. */
export const TimeSums = z.object({
  entries: z.int(),
  raw_seconds: z.int(),
  billable_minutes: z.int(),
  /** Billable entries that have no amount yet. They are in the time, and in no amount. */
  not_priced: z.int(),
  /** One for each currency, in minor units; they are never added to each other. */
  amounts: z.array(Amount),
})
export type TimeSums = z.infer<typeof TimeSums>

const WHOSE = {
  client: line(200).optional(),
  client_id: ref('clients').optional(),
  project_id: ref('projects').optional(),
  technician_id: ref('users').optional(),
}
/** Local days of the entries, both counted. */
const DAYS = { since: Day, until: Day }

const HourKey = z.object({ by: z.enum(HOUR_GROUPINGS), key: z.string().nullable(), label: z.string().nullable() })

export const Hours = z.object({
  by: z.array(z.enum(HOUR_GROUPINGS)),
  ...DAYS,
  rows: z.array(TimeSums.extend({ keys: z.array(HourKey) })),
  /** Lines beyond the limit, added up; in the total too. */
  others: TimeSums.extend({ rows: z.int() }),
  total: TimeSums,
  /** That began in these days (UTC), of the same client, project and technician, whether time was booked for them or not. */
  sessions: z.int(),
})
export type Hours = z.infer<typeof Hours>

export const TimeLine = z.object({
  id: Id,
  work_date: Day,
  client: z.string(),
  project: z.string().nullable(),
  technician: z.string(),
  work_type: z.string().nullable(),
  /** Of its ticket link, else of its session. */
  ticket: z.string().nullable(),
  category: z.string().nullable(),
  /** What was worked on, where nobody wrote a note. */
  work_item: z.string().nullable(),
  classification: z.enum(CLASSIFICATION),
  reason_code: z.string().nullable(),
  status: z.enum(TIME_STATUS),
  started_at: Instant.nullable(),
  ended_at: Instant.nullable(),
  raw_seconds: z.int().nullable(),
  billable_minutes: z.int().nullable(),
  rate_minor: z.int().nullable(),
  amount_minor: z.int().nullable(),
  currency: z.string().nullable(),
  client_note: z.string().nullable(),
  /** Another entry of the same technician, which the caller may see, claims some of the same time. */
  overlaps: z.boolean(),
})
export type TimeLine = z.infer<typeof TimeLine>

export const hours = query({
  input: z.strictObject({
    /** Without it, the total alone. */
    by: z.enum(HOUR_GROUPINGS).optional(),
    and_by: z.enum(HOUR_GROUPINGS).optional(),
    ...WHOSE,
    ...DAYS,
    limit: z.int().min(1).max(MOST_HOURS).optional(),
  }),
  output: Hours,
  rest: { method: 'GET', path: '/reports/hours' },
  summary:
    'Worked time beside billed time and amounts, by client, technician, project, category, work type or month; and how many sessions',
  example: { by: 'client', and_by: 'month', since: '2025-10-01', until: '2025-12-31' },
  errors: ['NOT_FOUND', 'INVALID_INPUT'],
})

export const lines = query({
  input: z.strictObject({
    ...WHOSE,
    ...DAYS,
    status: z.enum(TIME_STATUS).optional(),
    /** Only what is still to be billed: drafts, submitted and approved entries that are not unbillable. */
    unbilled: z.boolean().optional(),
    limit: z.int().min(1).max(MOST_LINES).optional(),
    cursor: z.string().max(2_000).optional(),
  }),
  output: z.object({ items: z.array(TimeLine), next_cursor: z.string().nullable() }),
  rest: { method: 'GET', path: '/reports/lines' },
  summary: 'The time entries behind a report, by local day, with names and what overlaps',
  example: { client_id: EXAMPLE_ID, since: '2026-01-01', until: '2026-01-31' },
  errors: ['NOT_FOUND', 'INVALID_INPUT'],
})
