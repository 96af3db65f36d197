import { z } from 'zod'
import { query } from './kernel.ts'
import { Instant } from './values.ts'

/** What the audit stood at, signed: whoever keeps it can tell when the server goes back behind it. */
export const Checkpoint = z.object({
  log: z.enum(['credential', 'api', 'all']),
  chain: z.string(),
  seq: z.int(),
  entries: z.int(),
  row_hash: z.string(),
  kid: z.string(),
  /** Ed25519 over the canonical JSON (RFC 8785) of the other fields. */
  signature: z.string(),
  created_at: Instant,
})
export type Checkpoint = z.infer<typeof Checkpoint>

export const audit = {
  checkpoint: query({
    input: z.strictObject({}),
    output: z.object({ checkpoint: Checkpoint.nullable(), public_key: z.string() }),
    rest: { method: 'GET', path: '/audit/checkpoint' },
    summary: 'The newest signed state of the audit, to be kept elsewhere',
    example: {},
  }),
}
