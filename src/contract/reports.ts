import { z } from 'zod'
import { Month } from './billing.ts'
import { figures } from './figures.ts'
import { query } from './kernel.ts'
import { EXAMPLE_ID, Id, Instant, line, ref } from './values.ts'

const Counted = z.object({ count: z.int() })

/** What was done for a client in a month of its own calendar. */
export const ClientMonth = z.object({
  client: z.object({ id: Id, name: z.string() }),
  month: z.string(),
  /** The time zone whose months these are. */
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
  time: z.object({
    entries: z.int(),
    raw_seconds: z.int(),
    billable_minutes: z.int(),
    amounts: z.array(z.object({ currency: z.string(), amount_minor: z.int() })),
    by_classification: z.array(
      z.object({ classification: z.string(), entries: z.int(), raw_seconds: z.int(), billable_minutes: z.int() }),
    ),
  }),
})
export type ClientMonth = z.infer<typeof ClientMonth>

export const reports = {
  clientMonth: query({
    input: z.strictObject({
      client: line(200).optional(),
      client_id: ref('clients').optional(),
      month: Month,
    }),
    output: ClientMonth,
    rest: { method: 'GET', path: '/reports/client-month' },
    summary: 'What was done for a client in a month: sessions, work, commands, failures, changes and time',
    example: { client_id: EXAMPLE_ID, month: '2026-01' },
    errors: ['NOT_FOUND', 'INVALID_INPUT'],
  }),
  figures,
}
