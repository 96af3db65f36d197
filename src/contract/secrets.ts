import { z } from 'zod'
import { EXAMPLE_STEP_UP, StepUp } from './auth.ts'
import { credential } from './credentials.ts'
import { action, mutation, query } from './kernel.ts'
import { EXAMPLE_ID, Id, IdOrShort, Instant, line, text } from './values.ts'

/** The operations that take a secret in or let one out. */

/** What a credential may hold: `password`, `username`, `totp`, `private_key`, `passphrase`, … */
export const SecretField = z
  .string()
  .max(50)
  .regex(/^[a-z][a-z0-9_]*$/, 'must be a word in lower case, like password, totp or private_key')
const MAX_SECRET_CHARS = 20_000
/** Field → value. Neither logged, nor kept in an audit, nor ever answered with but by `use` and `reveal`. */
export const Secrets = z
  .record(SecretField, z.string().min(1).max(MAX_SECRET_CHARS))
  .refine((fields) => Object.keys(fields).length >= 1 && Object.keys(fields).length <= 10, 'must have 1 to 10 fields')

/** Why it is needed, where the credential's policy asks. */
const because = {
  reason: text(2_000).min(1).optional(),
  ticket_ref: line(100).optional(),
  /** A person's yes to exactly this, where the policy asks for one. */
  approval_id: Id.optional(),
}
const released = z.object({
  credential: z.object({
    id: Id,
    name: z.string(),
    type: z.string(),
    username: z.string().nullable(),
    version_no: z.int(),
  }),
  secrets: z.record(z.string(), z.string()),
})
/** They write entries of their own before and after the secret is opened, so they are no single transaction. */
const releasing = {
  scope: 'msp:read',
  role: 'technician',
  transaction: false,
  errors: ['NOT_FOUND', 'CONFLICT', 'UNAVAILABLE'],
} as const

const { secrets: _, ...example } = { secrets: undefined, ...credential.example }

type Row = typeof credential.offers.create.input
type WithSecrets = { secrets?: Record<string, string> | undefined }
/** What creates the row, and with it its secrets. */
type Creating = z.ZodType<z.output<Row> & WithSecrets, z.input<Row> & WithSecrets>

export const secretOperations = {
  create: mutation({
    input: (credential.offers.create.input as unknown as z.ZodObject).extend({
      secrets: Secrets.optional(),
    }) as never as Creating,
    output: credential.row,
    rest: { method: 'POST', path: '/credentials' },
    summary: 'Create a credential, with its secrets',
    example: { ...example, secrets: { password: 'made by a password manager' } },
    errors: ['NOT_FOUND', 'CONFLICT', 'UNAVAILABLE'],
  }),
  rotate: action(
    credential,
    'rotate',
    'Give a credential new secrets; fields that are not named stay, the old ones stay readable as a version',
    {
      input: { secrets: Secrets, reason: text(2_000).min(1).optional() },
      example: { secrets: { password: 'the new one' }, reason: 'Ana has left' },
      errors: ['NOT_FOUND', 'CONFLICT', 'UNAVAILABLE'],
    },
  ),
  use: mutation({
    ...releasing,
    input: z.strictObject({
      id: IdOrShort,
      fields: z.array(SecretField).min(1).max(10),
      /** The command that is given the secret, as it will be run; the secret is not in it. */
      argv: z.array(z.string().max(4_000)).min(1).max(200),
      /** What the program resolves to on that machine. */
      program_path: line(1_000).optional(),
      /** From a person; an agent shows its token instead. */
      step_up: StepUp.optional(),
      ...because,
    }),
    output: released,
    rest: { method: 'POST', path: '/credentials/:id/use' },
    summary: 'Get the secrets for one command, which is judged first and recorded',
    example: {
      id: EXAMPLE_ID,
      fields: ['password'],
      argv: ['mariadb', '-h', 'db1.dataforth.com'],
      reason: 'Nightly job hangs',
      step_up: EXAMPLE_STEP_UP,
    },
  }),
  reveal: mutation({
    ...releasing,
    input: z.strictObject({
      id: IdOrShort,
      /** All of them when not named. */
      fields: z.array(SecretField).min(1).max(10).optional(),
      version_no: z.int().positive().optional(),
      step_up: StepUp,
      ...because,
    }),
    output: released,
    rest: { method: 'POST', path: '/credentials/:id/reveal' },
    summary: 'Read secrets: for a person who has just stepped up, never for an agent or an API key',
    example: { id: EXAMPLE_ID, reason: 'Typed in at the console of the hypervisor', step_up: EXAMPLE_STEP_UP },
  }),
  totp: mutation({
    ...releasing,
    input: z.strictObject({ id: IdOrShort, step_up: StepUp.optional(), ...because }),
    output: z.object({ code: z.string(), valid_for_seconds: z.int() }),
    rest: { method: 'POST', path: '/credentials/:id/totp' },
    summary: 'The one-time code of this moment; the seed stays where it is',
    example: { id: EXAMPLE_ID, reason: 'Sign-in to the tenant', step_up: EXAMPLE_STEP_UP },
  }),
  versions: query({
    input: z.strictObject({ id: IdOrShort }),
    output: z.object({
      items: z.array(
        z.object({
          version_no: z.int(),
          fields: z.array(z.string()),
          created_at: Instant,
          created_by: z.uuid().nullable(),
          superseded_at: Instant.nullable(),
        }),
      ),
      /** Other credentials that the caller may see and that hold one of the same secrets. */
      same_secret: z.array(z.object({ id: Id, name: z.string() })),
    }),
    rest: { method: 'GET', path: '/credentials/:id/versions' },
    summary: 'The versions of a credential, and where else one of its secrets is used',
    example: { id: EXAMPLE_ID },
    role: 'technician',
    errors: ['NOT_FOUND'],
  }),
}
