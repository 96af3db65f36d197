import type { Kysely } from 'kysely'
import type { Tables } from '../db/tables.ts'

/** A credential, as far as the vault has to know it. */
export interface Owner {
  credentialId: string
  /** Null: the MSP's own. */
  clientId: string | null
}

/** A place in the database that a sealed value belongs to: it opens nowhere else. */
export interface Place {
  table: string
  column: string
  id: string
  /** Whose it is; the MSP's own when not given. */
  clientId?: string | null
}

/** Asks whether something is a secret that the vault keeps, knowing only fingerprints. */
export interface KnownSecrets {
  /** The name of the field that it is kept in, as a word for marks; undefined for what is none. */
  kindOf(value: string): string | undefined
}

/** Field → value. */
export type SecretValues = Readonly<Record<string, string>>

/**
 * Keeps secrets sealed: the master key wraps a key per client, that wraps a key per version of a credential, that seals its fields.
 * Every function takes the database of its caller, so that a version stands or falls with the transaction that makes it.
 */
export interface Vault {
  /**
   * Seals secrets as the next version of a credential; the version before is superseded.
   *
   * @returns `digest`: SHA-256 over the sealed values, for the audit
   * @throws AppError UNAVAILABLE when the key is not at hand; CONFLICT when the client's keys were destroyed
   */
  store(
    db: Kysely<Tables>,
    owner: Owner,
    secrets: SecretValues,
    by: string | null,
  ): Promise<{ versionId: string; versionNo: number; digest: string }>
  /**
   * Opens fields of a version.
   *
   * @throws CannotOpenSecret when anything about it is not as it was sealed, or the client's key was destroyed; always the same.
   *   AppError UNAVAILABLE when its master key is not at hand
   */
  open(db: Kysely<Tables>, owner: Owner, versionId: string, fields: readonly string[]): Promise<Record<string, string>>
  /** Ids of the other credentials that hold one of the same secrets, found without opening any. */
  sameSecret(db: Kysely<Tables>, versionId: string): Promise<string[]>
  /** The fingerprints of all that is kept for a client, and of the MSP's own, by which a text can be searched without opening anything. */
  knownSecrets(db: Kysely<Tables>, clientId: string | null): Promise<KnownSecrets | undefined>
  /**
   * The key of the redaction marks of a client (or of what belongs to none), as 64 hexadecimal digits: under it the same secret has the same mark
   * on the server and on every machine that works for the client. Whoever holds it can try guesses against marks that they see, and nothing else.
   *
   * @throws AppError CONFLICT when the client's keys were destroyed; UNAVAILABLE when the master key is not at hand
   */
  markKey(db: Kysely<Tables>, clientId: string | null): Promise<string>
  /** Seals a single value: of the MSP's own (an authenticator's seed, say), or of the place's client. */
  sealOwn(db: Kysely<Tables>, place: Place, value: string): Promise<{ kid: string; sealed: Buffer }>
  /** @throws CannotOpenSecret */
  openOwn(db: Kysely<Tables>, place: Place, sealed: Uint8Array): Promise<string>
}
