import { z } from 'zod'
import { BACKUP_PLAN_TYPE, BACKUP_STATUS } from './backups.ts'
import { mutation, query } from './kernel.ts'
import { Day, EXAMPLE_ID, Id, Instant, line, ref } from './values.ts'

/** From worst to best. */
export const BACKUP_HEALTH = ['vanished', 'failed', 'overdue', 'warning', 'ok'] as const
export type BackupHealth = (typeof BACKUP_HEALTH)[number]

const Health = z.enum(BACKUP_HEALTH)
const Counts = z.object(
  Object.fromEntries(BACKUP_HEALTH.map((health) => [health, z.int()])) as Record<
    (typeof BACKUP_HEALTH)[number],
    z.ZodInt
  >,
)
const ofClient = { client: line(200).optional(), client_id: ref('clients').optional() }
/** Null: the computer has not been matched to a client. */
const client = { client_id: Id.nullable(), client_name: z.string().nullable() }

const Board = z.object({
  as_of: Instant,
  counts: Counts,
  clients: z.array(
    z.object({
      ...client,
      counts: Counts,
      /** Worst first. Those where all is well only when `health=ok` asks for them. */
      computers: z.array(
        z.object({
          computer: z.string(),
          infrastructure_id: Id.nullable(),
          health: Health,
          plans: z.array(
            z.object({
              id: Id,
              plan_name: z.string(),
              plan_type: z.enum(BACKUP_PLAN_TYPE),
              status: z.enum(BACKUP_STATUS),
              health: Health,
              last_start: Instant.nullable(),
              next_start: Instant.nullable(),
              error: z.string().nullable(),
              report_url: z.string().nullable(),
            }),
          ),
        }),
      ),
    }),
  ),
})
export type BackupBoard = z.output<typeof Board>

/** A day means all of it. */
const DayOrInstant = z.union([Day, Instant])

const Statistics = z.object({
  date_from: Instant,
  date_to: Instant,
  items: z.array(
    z.object({
      ...client,
      plans: z.int(),
      computers: z.int(),
      /** The sum of what the plans hold, in bytes. */
      protected_bytes: z.int(),
      last_success_at: Instant.nullable(),
      /** Runs that began in the window, and those of them that did not end well. */
      runs: z.int(),
      failures: z.int(),
    }),
  ),
})
export type BackupStatistics = z.output<typeof Statistics>

export const backups = {
  board: query({
    input: z.strictObject({ ...ofClient, health: Health.optional() }),
    output: Board,
    rest: { method: 'GET', path: '/backups/board' },
    summary: 'How the backups are, per client, computer and plan, what needs somebody first',
    example: { client: 'Dataforth' },
    errors: ['NOT_FOUND'],
  }),
  statistics: query({
    input: z.strictObject({ ...ofClient, date_from: DayOrInstant.optional(), date_to: DayOrInstant.optional() }),
    output: Statistics,
    rest: { method: 'GET', path: '/backups/statistics' },
    summary: 'Per client: plans, protected bytes, last success, and failures of a time (the last 30 days)',
    example: { client: 'Dataforth', date_from: '2026-01-01' },
    errors: ['NOT_FOUND'],
  }),
  report: query({
    input: z.strictObject({ ...ofClient, date_from: DayOrInstant.optional(), date_to: DayOrInstant.optional() }),
    output: z.object({
      title: z.string(),
      /** Reads well as plain text too. */
      markdown: z.string(),
      /** Plans that somebody should look at. */
      attention: z.int(),
    }),
    rest: { method: 'GET', path: '/backups/report' },
    summary: 'How the backups of a client are, as a text for a ticket',
    example: { client: 'Dataforth' },
    errors: ['NOT_FOUND'],
  }),
  refresh: mutation({
    input: z.strictObject({ integration_id: ref('externalIntegrations').optional() }),
    output: z.object({
      items: z.array(
        z.object({
          integration_id: Id,
          name: z.string(),
          plans: z.int(),
          /** Runs that were not known. */
          new_runs: z.int(),
          vanished: z.int(),
          /** Of companies that nobody matched with a client. */
          unmatched: z.int(),
          alerts_raised: z.int(),
          alerts_resolved: z.int(),
          /** Why nothing was read; what is known stays as it was. */
          error: z.string().nullable(),
        }),
      ),
    }),
    rest: { method: 'POST', path: '/backups/refresh' },
    summary: 'Read now how the backups are, from every enabled system of backups or from one',
    example: { integration_id: EXAMPLE_ID },
    role: 'technician',
    // It calls another system, which takes longer than a transaction may.
    transaction: false,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
}
