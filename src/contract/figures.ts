import { z } from 'zod'
import { query } from './kernel.ts'
import { Day, EXAMPLE_ID, line, ref, TimeZone } from './values.ts'

/** What can be added up. A list, not a language: nobody, and no agent, writes a query of their own. */
export const MEASURES = [
  'sessions',
  'active_minutes',
  'commands',
  'failed_commands',
  'work_items',
  'work_minutes',
  'time_entries',
  'worked_minutes',
  'billable_minutes',
] as const
export type Measure = (typeof MEASURES)[number]

/** By what it can be told apart. */
export const GROUPINGS = ['client', 'technician', 'project', 'host', 'category', 'mode', 'month', 'week'] as const
export type Grouping = (typeof GROUPINGS)[number]

export const MOST_FIGURES = 200

const Key = z.object({
  by: z.enum(GROUPINGS),
  /** An id, a category, a mode, `2026-01`, or the Monday of a week; null where the rows have none. */
  key: z.string().nullable(),
  /** For people: the name behind an id. */
  label: z.string().nullable(),
})

export const Figures = z.object({
  measure: z.enum(MEASURES),
  unit: z.enum(['count', 'minutes']),
  by: z.array(z.enum(GROUPINGS)),
  since: Day,
  /** The last day that counts. */
  until: Day,
  timezone: z.string(),
  rows: z.array(z.object({ keys: z.array(Key), value: z.int() })),
  /** Lines beyond the limit, and what they add up to: they are in the total too. */
  others: z.object({ rows: z.int(), value: z.int() }),
  /** Of all lines: the sum of what is shown and of the others. */
  total: z.int(),
})
export type Figures = z.infer<typeof Figures>

export const figures = query({
  input: z.strictObject({
    measure: z.enum(MEASURES),
    /** Without it, the total alone. */
    by: z.enum(GROUPINGS).optional(),
    and_by: z.enum(GROUPINGS).optional(),
    client: line(200).optional(),
    client_id: ref('clients').optional(),
    project_id: ref('projects').optional(),
    technician_id: ref('users').optional(),
    /** The first day that counts; the first of this month when not given. */
    since: Day.optional(),
    /** The last day that counts; today when not given. */
    until: Day.optional(),
    /** Whose days, weeks and months: an IANA name. UTC without it. */
    timezone: TimeZone.optional(),
    limit: z.int().min(1).max(MOST_FIGURES).optional(),
  }),
  output: Figures,
  rest: { method: 'GET', path: '/reports/figures' },
  summary:
    'Add up sessions, commands, failures, work or time, by client, technician, project, host, category, mode, month or week',
  example: { measure: 'commands', by: 'month', client_id: EXAMPLE_ID, since: '2026-01-01', until: '2026-03-31' },
  errors: ['NOT_FOUND', 'INVALID_INPUT'],
})
