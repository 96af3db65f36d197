import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { AppError } from '../src/contract/errors.ts'
import type { Contract } from '../src/contract/index.ts'
import type { Operation } from '../src/contract/kernel.ts'
import type { Role, Scope } from '../src/contract/rights.ts'
import type { Audit } from './audit/audit.ts'
import type { Outside } from './connectors/connect.ts'
import type { Passwords } from './crypto/passwords.ts'
import type { Dialect } from './db/dialect.ts'
import type { KeyRing } from './db/key-ring.ts'
import type { Tables } from './db/tables.ts'
import type { Limits } from './limits/limits.ts'
import type { Redaction, TextRedactor } from './redaction/redaction.ts'
import type { Embeddings } from './search/embeddings.ts'
import type { Vault } from './vault/vault.ts'

/** What handlers stand on, made once in `main.ts`. */
export interface Deps {
  db: Kysely<Tables>
  dialect: Dialect
  /** Resolves when all that was committed until now survives a power cut; awaited before anything is answered. */
  settled: () => Promise<void>
  clock: () => Date
  newId: () => string
  keys: KeyRing
  passwords: Passwords
  vault: Vault
  redaction: Redaction
  audit: Audit
  limits: Limits
  /** Undefined where none is configured. */
  embeddings: Embeddings | undefined
  outside: Outside
  /** Where people reach this server. */
  publicUrl: string
  /** `iss` and `aud` of the tokens. */
  issuer: string
  log: Logger
}

/** Who calls, as the database had it when the request came. */
export interface Caller {
  userId: string
  loginId: string
  email: string
  name: string
  role: Role
  scopes: readonly Scope[]
  /** Sees every client; else only those in `user_client_access`. */
  allClients: boolean
  /** True where a row of `user_client_access` takes a client from somebody who sees all others. */
  someDenied?: boolean
  /** The API key that was shown instead of a login's token, and the only client that it opens. */
  apiKeyId?: string
  onlyClient?: string
  /** An agent of a session that acts with what its user may do, narrowed by its token. */
  agent?: CallingAgent
  /** The id of the access or agent token that was shown. */
  tokenId?: string
  /** The machine that the login belongs to. */
  machineId?: string
  loginExpiresAt: string
}

/** What an agent's token says of it. */
export interface CallingAgent {
  id: string
  type: string
  sessionId: string
  /** `credentials.use`: nothing else may be called. */
  operations: readonly string[]
  /** Empty: any of the client's. */
  credentialIds: readonly string[]
}

/** Where a call came from. */
export interface Origin {
  /** The peer's address, or what a trusted proxy says it is. */
  ip: string | null
  userAgent: string | null
}

/** What one call works with. For a mutation `db` is its transaction. */
export interface Context extends Deps {
  caller: Caller
  origin: Origin
  requestId: string
  /** What `rows()` changed so far in this call, for the audit. */
  changes?: Changes
  /** The redactors that this call made, by client. */
  redactors?: Map<string | null, Promise<TextRedactor>>
  /** Done by a step of a workflow. */
  fromWorkflow?: boolean
  /** Texts of this call that went through the redactor already. */
  cleaned?: ReadonlySet<string>
}

export interface Changes {
  /** The first of them. */
  told: Change[]
  count: number
}

/** A row that was made (all of it) or changed (the fields that differ). */
export interface Change {
  entity: string
  id: string
  before?: Record<string, unknown>
  after: Record<string, unknown>
}

type InputOf<O> = O extends Operation<infer I, infer _O> ? I['_zod']['output'] : never
type OutputOf<O> = O extends Operation<infer _I, infer R> ? R['_zod']['input'] : never

/** One handler for every operation of the contract; a missing one does not compile. */
export type Handlers = {
  [D in keyof Contract]: {
    [N in keyof Contract[D]]: (context: Context, input: InputOf<Contract[D][N]>) => Promise<OutputOf<Contract[D][N]>>
  }
}
/** Refuses the call and keeps what its transaction wrote: an attack was noticed, and what ends it must stand. */
export class CommittedError extends AppError {}

/** Answers the call and keeps nothing of what its transaction wrote: a dry run. */
export class RolledBack extends Error {
  readonly answer: unknown

  constructor(answer: unknown) {
    super('A dry run keeps nothing.')
    this.answer = answer
  }
}

/** A UUIDv7 (RFC 9562): ids sort by the time they were made. */
export function uuidv7(now: Date): string {
  const time = now.getTime().toString(16).padStart(12, '0')
  // The random bits and the variant of a version 4, which Node makes from a store of random bytes.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}
