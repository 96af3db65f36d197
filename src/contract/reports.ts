import { z } from 'zod'
import { Month } from './billing.ts'
import { figures } from './figures.ts'
import { hours, lines, TimeSums } from './hours.ts'
import { query } from './kernel.ts'
import { Day, EXAMPLE_ID, Id, Instant, line, ref } from './values.ts'

const Counted = z.object({ count: z.int() })

/** What was done for a client in a stretch of days. */
const WORK = {
  client: z.object({ id: Id, name: z.string() }),
  /** The time zone whose days these are: the client's. */
  timezone: z.string(),
  from: Instant,
  /** The first instant after it. */
  until: Instant,
  sessions: Counted.extend({ wall_seconds: z.int(), active_seconds: z.int() }),
  work_items: Counted.extend({
    by_category: z.array(z.object({ category: z.string(), count: z.int(), active_seconds: z.int() })),
  }),
  commands: Counted.extend({ failures: z.int() }),
  changes: Counted.extend({ by_category: z.array(z.object({ category: z.string(), count: z.int() })) }),
  deployments: Counted.extend({ successes: z.int() }),
  time: TimeSums.extend({ by_classification: z.array(TimeSums.extend({ classification: z.string() })) }),
}

/** What was done for a client in a month of its own calendar. */
export const ClientMonth = z.object({ ...WORK, month: z.string() })
export type ClientMonth = z.infer<typeof ClientMonth>

/** Most work items of one answer. */
export const MOST_ITEMS = 200
const DoneItem = z.object({
  id: Id,
  /** When it began; when it was entered, where nobody said. */
  at: Instant,
  title: z.string(),
  category: z.string(),
  status: z.string(),
  outcome: z.string(),
  technician: z.string(),
  active_seconds: z.int().nullable(),
  client_visible_summary: z.string().nullable(),
})
export const ClientWork = z.object({
  ...WORK,
  since: Day,
  until_day: Day,
  /** The first work items of these days. */
  items: z.array(DoneItem),
  /** There are more than these; the counts above are of all. */
  more: z.boolean(),
})
export type ClientWork = z.infer<typeof ClientWork>

const WHOSE = { client: line(200).optional(), client_id: ref('clients').optional() }

export const reports = {
  clientMonth: query({
    input: z.strictObject({ ...WHOSE, month: Month }),
    output: ClientMonth,
    rest: { method: 'GET', path: '/reports/client-month' },
    summary: 'What was done for a client in a month: sessions, work, commands, failures, changes and time',
    example: { client_id: EXAMPLE_ID, month: '2026-01' },
    errors: ['NOT_FOUND', 'INVALID_INPUT'],
  }),
  work: query({
    input: z.strictObject({
      ...WHOSE,
      /** Days of the client's calendar, both counted. */
      since: Day,
      until: Day,
      limit: z.int().min(1).max(MOST_ITEMS).optional(),
    }),
    output: ClientWork,
    rest: { method: 'GET', path: '/reports/work' },
    summary:
      'All work for a client in a stretch of days: work items, and sessions, commands, changes and time in figures',
    example: { client_id: EXAMPLE_ID, since: '2026-01-01', until: '2026-01-31' },
    errors: ['NOT_FOUND', 'INVALID_INPUT'],
  }),
  hours,
  lines,
  figures,
}
