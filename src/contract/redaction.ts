import { z } from 'zod'
import { mutation, query } from './kernel.ts'
import { Instant } from './values.ts'

const Status = z.object({
  /** Of the rules that this server has. */
  version: z.int(),
  /** Every row was looked through by them. Until then what is read is redacted on its way out. */
  finished: z.boolean(),
  finished_at: Instant.nullable(),
  tables: z.array(
    z.object({
      table: z.string(),
      version: z.int(),
      rows_done: z.int(),
      rows_changed: z.int(),
      secrets_found: z.int(),
      /** Rows with a secret that nothing may change: locked ones, and entries of the audit. */
      rows_locked: z.int(),
      finished_at: Instant.nullable(),
    }),
  ),
  /** Texts that wait, sealed, for a redactor that works. */
  withheld: z.int(),
})
export type RedactionStatus = z.infer<typeof Status>

/** The job that takes secrets out of what was stored before the rules that find them. */
export const redaction = {
  status: query({
    input: z.strictObject({}),
    output: Status,
    rest: { method: 'GET', path: '/redaction' },
    summary: 'How far old rows have been looked through by the newest rules of the redactor, and what was found',
    example: {},
    scope: 'msp:admin',
    role: 'admin',
  }),
  rerun: mutation({
    input: z.strictObject({}),
    output: Status,
    rest: { method: 'POST', path: '/redaction/rerun' },
    summary: 'Look through all rows again, in the background',
    example: {},
    scope: 'msp:admin',
    role: 'admin',
    transaction: false,
  }),
}
