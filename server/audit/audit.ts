import type { Kysely } from 'kysely'
import type { Checkpoint } from '../../src/contract/audit.ts'
import type { credentialAuditLog } from '../../src/contract/credentials.ts'
import type { RowOf } from '../../src/contract/kernel.ts'
import type { apiAuditLog } from '../../src/contract/system.ts'
import type { Context } from '../context.ts'
import type { Tables } from '../db/tables.ts'
import type { Acting } from './entries.ts'

type CredentialRow = RowOf<typeof credentialAuditLog>
type CallRow = RowOf<typeof apiAuditLog>

/** What happened to a credential; who did it, and from where, comes from the context. */
export interface CredentialEntry {
  action: CredentialRow['action']
  outcome: CredentialRow['outcome']
  clientId: string | null
  credentialId: string | null
  label?: string | null
  versionNo?: number | null
  /** The entry that announced what this one reports. */
  intentId?: string | null
  workItemId?: string | null
  purpose?: string | null
  ticketRef?: string | null
  /** Further details, without any secret: kept apart, so that they can be erased; the chain holds their hash. */
  details?: Record<string, unknown>
}

/** A call of the API, in or out. */
export type CallEntry = Pick<CallRow, 'action' | 'method' | 'path_template'> &
  Partial<
    Pick<
      CallRow,
      | 'client_id'
      | 'integration_id'
      | 'entity_type'
      | 'entity_id'
      | 'status_code'
      | 'error_code'
      | 'rate_limited'
      | 'duration_ms'
      | 'request_bytes'
      | 'response_bytes'
    >
  > & {
    direction?: 'in' | 'out'
    details?: Record<string, unknown>
    /** Who it was, where the call itself says it (a sign-in). */
    actorUserId?: string
    /** The address that somebody tried to sign in with: told as the user whose it is, and otherwise not at all (people type passwords there). */
    account?: string
  }

/** The two logs of who did what, each entry chained to the one before. */
export interface Audit {
  /**
   * Adds an entry in the transaction of `context.db`. Whoever releases a secret commits it first, and awaits `settled()`.
   *
   * @param context without a request (and with nobody as caller) it is a program of the host that acts
   * @returns the entry's id
   * @throws AppError UNAVAILABLE when it cannot be written: then nothing may happen either
   */
  credential(
    context: Pick<Context, 'caller' | 'origin' | 'db'> & { requestId: string | null },
    entry: CredentialEntry,
  ): Promise<string>
  /** Adds an entry for a call that changes something, in its transaction. @throws AppError UNAVAILABLE */
  call(
    context: Pick<Context, 'caller' | 'origin' | 'db'> & { requestId: string | null },
    entry: CallEntry,
  ): Promise<void>
  /** Takes down a call that changed nothing, to be written with others within moments. Never throws. */
  note(acting: Acting, entry: CallEntry): void
  /** Writes what was taken down. */
  flush(): Promise<void>
  /** @throws AppError UNAVAILABLE when the audit's signed states reached no place outside for a day: no secret may leave the server then */
  mayRelease(): void
  /** Signs where the chains stand, and brings it to the places outside. The server does so by itself every five minutes. */
  checkpoint(): Promise<void>
  /** The newest signed state of all chains, as the database has it: several servers sign. */
  newest(db: Kysely<Tables>): Promise<Checkpoint | undefined>
  /** What signs the states, as `publicKeyOf` of `signing.ts` gives it. */
  publicKey: string
  figures(): AuditFigures
  /**
   * Begins what runs by itself: new epochs, signed states.
   *
   * @param onWentBack told, as a sentence, when the log ends before what was signed of it
   */
  start(onWentBack: (message: string) => Promise<unknown>): void
  /** Flushes and ends what runs by itself. */
  close(): Promise<void>
}

/** For the metrics. */
export interface AuditFigures {
  /** Entries that are not written yet. */
  waiting: number
  /** Entries that could not be written while the database was down. */
  lost: number
  /** How long the oldest signed state waits for a place outside. */
  outsideSeconds: number
}
