import type { TableDeclaration } from '../define-table.ts'

/** The tables of 0006 that only the server itself sees: secrets, keys, short-lived rights and limits. */
export const tablesOfKeys: Record<string, TableDeclaration> = {
  // The keys that wrap all others are not here: of them only what tells whether the right one was given.
  master_keys: {
    columns: {
      id: 'line(40)!',
      state: 'oneOf(staged|active|decrypt_only|retired)!',
      canary: 'bytes!',
      created_at: 'instant!',
      promoted_at: 'instant',
      retired_at: 'instant',
    },
    primaryKey: ['id'],
  },
  vault_keys: {
    columns: {
      kid: 'line(40)!',
      purpose: 'oneOf(client|audit|fingerprint)!',
      // A client's vault key; null: the MSP's own.
      client_id: 'id',
      // An audit key's.
      epoch: 'integer',
      state: 'oneOf(staged|active|decrypt_only|retired|destroyed)!',
      master_key_id: 'line(40)!',
      // Null when it was destroyed: nothing that it sealed can be opened any more.
      wrapped: 'bytes',
      canary: 'bytes',
      // How often it was used, counted in blocks that are reserved beforehand.
      uses: 'integer!',
      created_at: 'instant!',
      retired_at: 'instant',
      destroyed_at: 'instant',
    },
    primaryKey: ['kid'],
    references: { client_id: 'clients', master_key_id: 'master_keys' },
    indexes: [
      ['purpose', 'client_id', 'state'],
      ['master_key_id', 'kid'],
    ],
  },
  credential_versions: {
    columns: {
      id: 'id!',
      credential_id: 'id!',
      client_id: 'id',
      version_no: 'integer!',
      alg: 'oneOf(A256GCM|XC20P)!',
      kek_id: 'line(40)!',
      wrapped_dek: 'bytes!',
      created_at: 'instant!',
      created_by: 'id',
      superseded_at: 'instant',
    },
    primaryKey: ['id'],
    references: { credential_id: 'credentials', client_id: 'clients' },
    sameClient: { credential_id: 'credentials' },
    unique: [['credential_id', 'version_no']],
    indexes: [['kek_id', 'id']],
  },
  // `password`, `username`, `totp`, …: each sealed by itself under the key of its version.
  credential_secrets: {
    columns: {
      version_id: 'id!',
      field: 'line(50)!',
      envelope: 'bytes!',
      // HMAC of the value: finds the same secret elsewhere without opening any.
      fingerprint: 'hash',
      fingerprint_kid: 'line(40)',
    },
    primaryKey: ['version_id', 'field'],
    references: { version_id: 'credential_versions' },
    cascade: ['version_id'],
    indexes: [['fingerprint']],
  },
  agent_tokens: {
    columns: {
      jti: 'id!',
      login_id: 'id!',
      user_id: 'id!',
      session_id: 'id',
      client_id: 'id',
      agent_id: 'line(100)!',
      agent_type: 'line(200)!',
      scopes: 'json!',
      operations: 'json!',
      credential_ids: 'json!',
      max_uses: 'integer!',
      uses: 'integer!',
      created_at: 'instant!',
      expires_at: 'instant!',
      revoked_at: 'instant',
    },
    primaryKey: ['jti'],
    references: { login_id: 'logins', user_id: 'users', session_id: 'sessions', client_id: 'clients' },
    checks: ['uses >= 0 and uses <= max_uses'],
    indexes: [['login_id'], ['session_id', 'agent_id'], ['expires_at']],
  },
  revoked_tokens: {
    columns: { jti: 'id!', login_id: 'id', revoked_at: 'instant!', expires_at: 'instant!' },
    primaryKey: ['jti'],
    indexes: [['expires_at']],
  },
  // What a second person has to agree to, once: the hash says to what exactly.
  approvals: {
    columns: {
      id: 'id!',
      kind: 'oneOf(exec|reveal|break_glass|export|keys)!',
      client_id: 'id',
      credential_id: 'id',
      session_id: 'id',
      requested_by: 'id!',
      requested_at: 'instant!',
      subject: 'text!',
      subject_hash: 'hash!',
      reason: 'text',
      ticket_ref: 'line(100)',
      status: 'oneOf(pending|approved|refused|used|expired)!',
      decided_by: 'id',
      decided_at: 'instant',
      expires_at: 'instant!',
      used_at: 'instant',
    },
    primaryKey: ['id'],
    references: {
      client_id: 'clients',
      credential_id: 'credentials',
      session_id: 'sessions',
      requested_by: 'users',
      decided_by: 'users',
    },
    indexes: [
      ['status', 'expires_at'],
      ['credential_id', 'requested_at'],
      ['requested_by', 'requested_at'],
    ],
  },
  user_factors: {
    columns: {
      id: 'id!',
      user_id: 'id!',
      kind: 'oneOf(totp|webauthn|recovery)!',
      name: 'line(100)',
      kid: 'line(40)',
      sealed: 'bytes!',
      // The last step or signature counter that was taken: none is taken twice.
      counter: 'integer!',
      created_at: 'instant!',
      last_used_at: 'instant',
      revoked_at: 'instant',
    },
    primaryKey: ['id'],
    references: { user_id: 'users' },
    indexes: [['user_id']],
  },
  // When the next request would be in time, in milliseconds since 1970.
  rate_limits: {
    columns: { bucket: 'line(200)!', next_at_ms: 'integer!', expires_at: 'instant!' },
    primaryKey: ['bucket'],
    indexes: [['expires_at']],
  },
  job_leases: {
    columns: { job: 'line(100)!', holder: 'line(200)!', until: 'instant!' },
    primaryKey: ['job'],
  },
}
