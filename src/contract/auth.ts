import { z } from 'zod'
import { mutation, query } from './kernel.ts'
import { ROLES } from './rights.ts'
import { EXAMPLE_ID, Id, Instant, line, ref } from './values.ts'

/** Signing in and what proves who somebody is: logins, factors, stepping up, tokens for agents. */

export const EXAMPLE_STEP_UP = 'su_'.padEnd(46, 'x')
const EXAMPLE_PASSWORD = 'correct horse battery staple'

const Tokens = z.object({
  token_type: z.literal('Bearer'),
  access_token: z.string(),
  /** Seconds until the access token ends. */
  expires_in: z.int(),
  refresh_token: z.string(),
  refresh_expires_at: Instant,
  user: z.object({ id: Id, email: z.string(), name: z.string(), role: z.enum(ROLES) }),
})
export type Tokens = z.infer<typeof Tokens>

/** Six digits of an authenticator, or a recovery code. */
const Code = z.string().trim().min(6).max(20)
/** A raw Ed25519 public key: 32 bytes, base64url. */
const PublicKey = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be a raw Ed25519 public key in base64url')
/** An Ed25519 signature: 64 bytes, base64url. */
const Signature = z.string().regex(/^[A-Za-z0-9_-]{86}$/, 'must be an Ed25519 signature in base64url')

/** What `stepUp` gave: held in the memory of the process that asked for the password, never written down. */
export const StepUp = z.string().min(20).max(100)
const Nothing = z.strictObject({})
const self = { scope: 'msp:read', role: 'viewer' } as const

const signingIn = {
  login: mutation({
    input: z.strictObject({
      email: z.email().max(254),
      password: z.string().min(1).max(256),
      label: line(200).optional(),
      /** Where the user has an authenticator: without it the answer says `details.needs: "code"`. */
      code: Code.optional(),
      /** The machine's key: refreshing this login needs its private half from then on. */
      public_key: PublicKey.optional(),
    }),
    output: Tokens,
    rest: { method: 'POST', path: '/auth/login' },
    summary: 'Sign in with e-mail and password',
    example: { email: 'ana@example.com', password: EXAMPLE_PASSWORD },
    scope: null,
    role: 'viewer',
    transaction: false,
    errors: ['UNAUTHENTICATED'],
  }),
  refresh: mutation({
    input: z.strictObject({
      refresh_token: z.string().min(20).max(200),
      /** Chosen and stored by the client before the call: the same one again, after a lost answer, gives the same successor. */
      rotation_id: z.uuid(),
      /** Where the login is bound to a machine: its signature over token and rotation id (`refreshMessage` in `src/contract/proof.ts`). */
      proof: Signature.optional(),
    }),
    output: Tokens,
    rest: { method: 'POST', path: '/auth/refresh' },
    summary: 'Exchange a refresh token for its successor and a new access token',
    example: { refresh_token: 'rt_'.padEnd(46, 'x'), rotation_id: 'b0f3c1de-2f0a-4c61-8f6e-0d6a5f9f5a10' },
    scope: null,
    role: 'viewer',
    errors: ['UNAUTHENTICATED'],
  }),
  logout: mutation({
    input: z.strictObject({
      everywhere: z.boolean().optional(),
      /** Ends only the access token that was sent; the login goes on. */
      token_only: z.boolean().optional(),
    }),
    output: z.object({ logins_ended: z.int() }),
    rest: { method: 'POST', path: '/auth/logout' },
    summary: 'End this login, every login of the caller, or only the access token that was sent',
    example: {},
    ...self,
  }),
  me: query({
    input: Nothing,
    output: z.object({
      id: Id,
      email: z.string(),
      name: z.string(),
      role: z.enum(ROLES),
      scopes: z.array(z.string()),
      all_clients: z.boolean(),
      login_expires_at: Instant,
      /** Has an authenticator. */
      has_factor: z.boolean(),
    }),
    rest: { method: 'GET', path: '/auth/me' },
    summary: 'Who is signed in, and what they may do',
    example: {},
  }),
  logins: query({
    input: Nothing,
    output: z.object({
      items: z.array(
        z.object({
          id: Id,
          label: z.string().nullable(),
          machine_id: z.uuid().nullable(),
          /** Bound to a machine's key. */
          is_bound: z.boolean(),
          is_current: z.boolean(),
          created_at: Instant,
          last_used_at: Instant,
          expires_at: Instant,
        }),
      ),
    }),
    rest: { method: 'GET', path: '/auth/logins' },
    summary: 'The logins of the caller that stand',
    example: {},
  }),
  endLogin: mutation({
    input: z.strictObject({ id: Id }),
    output: z.object({ logins_ended: z.int() }),
    rest: { method: 'POST', path: '/auth/logins/:id/end' },
    summary: 'End one login of the caller, wherever it is',
    example: { id: EXAMPLE_ID },
    errors: ['NOT_FOUND'],
    ...self,
  }),
}

const steppingUp = {
  stepUp: mutation({
    input: z.strictObject({ password: z.string().min(1).max(256), code: Code.optional() }),
    output: z.object({ step_up: z.string(), expires_at: Instant }),
    rest: { method: 'POST', path: '/auth/step-up' },
    summary:
      'Prove again who is there: what it answers with opens, for five minutes, what only a present person may do',
    example: { password: EXAMPLE_PASSWORD },
    transaction: false,
    ...self,
  }),
  startTotp: mutation({
    input: z.strictObject({ step_up: StepUp }),
    output: z.object({
      /** Base32, to be typed in where a picture cannot be read. */
      secret: z.string(),
      /** `otpauth://totp/…`, to be shown as a QR code. */
      uri: z.string(),
    }),
    rest: { method: 'POST', path: '/auth/totp/start' },
    summary: 'Begin to set up an authenticator',
    example: { step_up: EXAMPLE_STEP_UP },
    errors: ['CONFLICT'],
    ...self,
  }),
  confirmTotp: mutation({
    input: z.strictObject({ code: Code }),
    /** Each can be used once in place of a code; shown this once. */
    output: z.object({ recovery_codes: z.array(z.string()) }),
    rest: { method: 'POST', path: '/auth/totp/confirm' },
    summary: 'Finish setting up an authenticator with a code of it: from then on signing in asks for one',
    example: { code: '287082' },
    transaction: false,
    errors: ['CONFLICT'],
    ...self,
  }),
  removeTotp: mutation({
    input: z.strictObject({ code: Code }),
    output: z.object({ removed: z.boolean() }),
    rest: { method: 'POST', path: '/auth/totp/remove' },
    summary: 'Do without the authenticator again',
    example: { code: '287082' },
    transaction: false,
    ...self,
  }),
}

const forAgents = {
  agentTokens: mutation({
    input: z.strictObject({
      claude_session_id: line(100),
      /** As Claude Code's hook told it; `main` is the conversation itself. */
      agent_id: line(100),
      agent_type: line(200),
      /** Only these credentials; any of the session's client when it is not given. */
      credential_ids: z.array(ref('credentials')).min(1).max(20).optional(),
    }),
    output: z.object({
      token: z.string(),
      jti: Id,
      /** Null: of a session for no client. */
      client_id: z.uuid().nullable(),
      operations: z.array(z.string()),
      max_uses: z.int(),
      expires_at: Instant,
    }),
    rest: { method: 'POST', path: '/auth/agent-tokens' },
    summary:
      'A token for one agent of a running session: for its client only, with the least rights of its kind, for at most 15 minutes',
    example: { claude_session_id: '4f9d1c60-0b5a-4a55-9f43-2f2a7f1f1a01', agent_id: 'main', agent_type: 'main' },
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  endAgentTokens: mutation({
    input: z.strictObject({ claude_session_id: line(100), agent_id: line(100).optional() }),
    output: z.object({ tokens_ended: z.int() }),
    rest: { method: 'POST', path: '/auth/agent-tokens/end' },
    summary: 'End the tokens of an agent, or of every agent of a session',
    example: { claude_session_id: '4f9d1c60-0b5a-4a55-9f43-2f2a7f1f1a01' },
  }),
  resumeAgents: mutation({
    input: z.strictObject({ claude_session_id: line(100), step_up: StepUp }),
    output: z.object({ resumed: z.boolean() }),
    rest: { method: 'POST', path: '/auth/agent-tokens/resume' },
    summary: 'Let the agents of a session go on that was stopped because they used too many secrets',
    example: { claude_session_id: '4f9d1c60-0b5a-4a55-9f43-2f2a7f1f1a01', step_up: EXAMPLE_STEP_UP },
    transaction: false,
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
}

export const auth = { ...signingIn, ...steppingUp, ...forAgents }
