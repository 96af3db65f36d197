import type { Generated } from 'kysely'
import type { Entities } from '../../src/contract/index.ts'
import type { RowOf } from '../../src/contract/kernel.ts'
import type { IntegrationColumns, IntegrationTables } from './tables-of-integrations.ts'
import type { TrustTables } from './tables-of-trust.ts'

/** How a value of the contract is stored: booleans as 0/1, objects and lists as JSON text, the rest as it is. */
type Stored<T> = [T] extends [never]
  ? never
  : T extends boolean
    ? number
    : T extends string | number | null
      ? T
      : string
type StoredRow<R> = { [K in keyof R]: Stored<R[K]> }

/** `workItems` → `work_items`. */
type Snake<S extends string> = S extends `${infer Head}${infer Tail}`
  ? Head extends Lowercase<Head>
    ? `${Head}${Snake<Tail>}`
    : `_${Lowercase<Head>}${Snake<Tail>}`
  : S

/** Where the table of an entity is called otherwise. */
interface OtherNames {
  decisions: 'decision_logs'
}
/** Columns that find a row by its folded name, and what stays on the server. */
interface FurtherColumns extends IntegrationColumns {
  apiKeys: { key_hash: string | null }
  machines: { public_key: string | null }
  users: { email_key: string; password_hash: string; epoch: number; some_denied: number | null }
  clients: { name_key: string }
  clientAliases: { alias_key: string }
  projects: { name_key: string }
  sites: { name_key: string }
  infrastructure: { hostname_key: string }
  workTypes: { name_key: string }
  /** What was made of it, to tell what a person has changed since. */
  workItems: { made_hash: string | null }
  agreements: { name_key: string }
  tags: { slug_key: string }
  /** Whose the row is that it names, null for a general one. */
  contextLinks: { named_client_id: string | null }
  contextRecalls: { named_client_id: string | null }
  solutionApplications: { named_client_id: string | null }
  workCategories: { slug_key: string }
}

/** Table of each entity: its columns follow from the contract. */
type EntityTables = {
  [D in keyof Entities as D extends keyof OtherNames ? OtherNames[D] : Snake<D>]: StoredRow<RowOf<Entities[D]>> &
    (D extends keyof FurtherColumns ? FurtherColumns[D] : unknown)
}

/** Tables that are no entities of the contract. */
interface OtherTables extends TrustTables, IntegrationTables {
  /** Which clients a user may work for, unless `users.all_clients`. */
  user_client_access: {
    user_id: string
    client_id: string
    level: 'read' | 'write'
    /** Null allows. */
    effect: 'allow' | 'deny' | null
    expires_at: string | null
    granted_by: string | null
    created_at: string
  }
  /** A login: one sign-in and the family of refresh tokens that came from it. `id` is the `sid` of its access tokens. */
  logins: {
    id: string
    user_id: string
    label: string | null
    created_at: string
    expires_at: string
    last_used_at: string
    revoked_at: string | null
    revoke_reason: 'logout' | 'password' | 'reuse' | 'disabled' | null
    machine_id: string | null
    stepped_up_at: string | null
    /** Ed25519, raw, base64url: the machine's. Null: the login is bound to none. */
    public_key: string | null
    step_up_hash: string | null
    /** SHA-256 of the user and the network that they signed in from. */
    network_hash: string | null
  }
  refresh_tokens: {
    token_hash: string
    login_id: string
    created_at: string
    used_at: string | null
    rotation_id: string | null
    /** The successor, sealed under a key that only the holder of this token can derive. */
    successor: Buffer | null
    successor_hash: string | null
  }
  /** Keys of the server, wrapped by the master key. */
  encryption_keys: {
    kid: string
    purpose: 'signing' | 'pepper' | 'checkpoint'
    state: 'active' | 'retired'
    wrapped: Buffer
    created_at: string
    master_key_id: string | null
  }
  /** Every event that was accepted, once. What is kept of it beside the rows it made. */
  session_events: {
    machine_id: string
    stream: string
    event_id: string
    session_id: string | null
    kind: string
    source: string
    /** When it happened, by the server's clock. */
    at: string
    /** The same instant as the machine's clock had it. */
    recorded_at: string
    received_at: string
    epoch: string
    seq: number
    body_sha256: string
    label: string | null
    text: string | null
    /** Of the text; null in rows from before. */
    redaction_count: number | null
    redactor_version: number | null
  }
  /** Texts that the redactor failed at, sealed. */
  quarantined_texts: {
    id: string
    in_table: string
    /** The row's id, or JSON of a key of several columns. */
    row_key: string
    in_column: string
    client_id: string | null
    kid: string
    sealed: Buffer
    created_at: string
  }
  /** How far a table has been looked through by a version of the redactor. */
  redaction_progress: {
    in_table: string
    version: number
    last_key: string | null
    rows_done: number
    rows_changed: number
    secrets_found: number
    rows_locked: number
    finished_at: string | null
  }
  /** What the full-text search finds, in the words of `server/search/terms.ts`. */
  search_documents: {
    /** Given by the database. */
    number: Generated<number>
    entity: string
    entity_id: string
    /** Empty for the row itself; the event's id for what was said in a session. */
    part: string
    client_id: string | null
    created_by: string | null
    project_id: string | null
    session_id: string | null
    infrastructure_id: string | null
    at: string
    title: string
    /** The beginning of its texts, from which an excerpt is cut. */
    body: string
    /** Separated by spaces: the client's mark, then the words of the title, several times, then those of the texts. */
    terms: string
    /** 0 where something newer has taken its place. */
    is_current: number
    /** 0 to 10. */
    importance: number
  }
  search_vectors: { number: number; of_text: string; vector: Uint8Array }
  search_terms: { client_id: string; term: string; documents: number }
  search_counts: { client_id: string; documents: number; words: number; last_number: number; counted_at: string }
  search_progress: { entity: string; version: number; last_id: string | null; finished_at: string | null }
  /** A row for each client whose time was computed, for one transaction at a time to hold. */
  billing_locks: { client_id: string }
  /** The addresses in `sites.public_ips`, as ranges. */
  site_public_ranges: { site_id: string; client_id: string; range_start: string; range_end: string }
  work_item_tags: { work_item_id: string; tag_id: string; source: 'manual' | 'auto'; created_at: string }
  session_tags: { session_id: string; tag_id: string; source: 'manual' | 'auto'; created_at: string }
}

export type Tables = EntityTables & OtherTables
