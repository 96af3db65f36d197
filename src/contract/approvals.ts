import { z } from 'zod'
import { EXAMPLE_STEP_UP, StepUp } from './auth.ts'
import { mutation, query } from './kernel.ts'
import { EXAMPLE_ID, Id, Instant, line, ref, text } from './values.ts'

/** What a person has to agree to before it happens, once, outside the channel of the model. */

const KINDS = ['exec', 'reveal', 'break_glass'] as const
const STATUS = ['pending', 'approved', 'refused', 'used', 'expired'] as const

const Approval = z.object({
  id: Id,
  kind: z.enum(KINDS),
  client_id: z.uuid().nullable(),
  credential_id: z.uuid().nullable(),
  credential_name: z.string().nullable(),
  requested_by: z.uuid(),
  requested_by_name: z.string(),
  requested_at: Instant,
  /** What exactly is asked for: the command as it would run. */
  subject: z.string(),
  reason: z.string().nullable(),
  ticket_ref: z.string().nullable(),
  status: z.enum(STATUS),
  decided_by: z.uuid().nullable(),
  decided_at: Instant.nullable(),
  expires_at: Instant,
})
export type Approval = z.infer<typeof Approval>

const byId = z.strictObject({ id: Id })
const example = { id: EXAMPLE_ID }

export const approvals = {
  list: query({
    input: z.strictObject({ status: z.enum(STATUS).optional(), limit: z.int().min(1).max(200).optional() }),
    output: z.object({ items: z.array(Approval) }),
    rest: { method: 'GET', path: '/approvals' },
    summary: 'What waits for a decision of the caller, or was asked for by them; the newest first',
    example: { status: 'pending' },
    role: 'technician',
  }),
  get: query({
    input: byId,
    output: Approval,
    rest: { method: 'GET', path: '/approvals/:id' },
    summary: 'Get one approval',
    example,
    role: 'technician',
    errors: ['NOT_FOUND'],
  }),
  request: mutation({
    input: z.strictObject({
      kind: z.enum(KINDS),
      credential_id: ref('credentials'),
      /** The command, for `exec`. */
      argv: z.array(z.string().max(4_000)).min(1).max(200).optional(),
      reason: text(2_000).min(1),
      ticket_ref: line(100).optional(),
    }),
    output: Approval,
    rest: { method: 'POST', path: '/approvals' },
    summary: 'Ask a person to agree to one use of a credential',
    example: {
      kind: 'exec',
      credential_id: EXAMPLE_ID,
      argv: ['mariadb', '-h', 'db1.dataforth.com'],
      reason: 'Nightly job hangs',
    },
    errors: ['NOT_FOUND'],
  }),
  approve: mutation({
    input: z.strictObject({ id: Id, step_up: StepUp }),
    output: Approval,
    rest: { method: 'POST', path: '/approvals/:id/approve' },
    summary: 'Agree to what is asked for: by a person who has just stepped up',
    example: { ...example, step_up: EXAMPLE_STEP_UP },
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  refuse: mutation({
    input: byId,
    output: Approval,
    rest: { method: 'POST', path: '/approvals/:id/refuse' },
    summary: 'Refuse what is asked for',
    example,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
}
