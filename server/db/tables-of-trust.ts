type KeyState = 'staged' | 'active' | 'decrypt_only' | 'retired'

/** Tables that only the server itself sees: secrets, keys, the heads of the audit, short-lived rights and limits. */
export interface TrustTables {
  /** Of the keys that wrap all others only what tells whether the right one was given. */
  master_keys: {
    id: string
    state: KeyState
    canary: Buffer
    created_at: string
    promoted_at: string | null
    retired_at: string | null
  }
  vault_keys: {
    kid: string
    purpose: 'client' | 'audit' | 'fingerprint'
    /** A client's vault key; null: the MSP's own. */
    client_id: string | null
    /** An audit key's. */
    epoch: number | null
    state: KeyState | 'destroyed'
    master_key_id: string
    /** Null when it was destroyed. */
    wrapped: Buffer | null
    canary: Buffer | null
    uses: number
    created_at: string
    retired_at: string | null
    destroyed_at: string | null
  }
  /** One key for every version of a credential; its fields are sealed under it. */
  credential_versions: {
    id: string
    credential_id: string
    client_id: string | null
    version_no: number
    alg: 'A256GCM' | 'XC20P'
    kek_id: string
    wrapped_dek: Buffer
    created_at: string
    created_by: string | null
    superseded_at: string | null
  }
  credential_secrets: {
    version_id: string
    field: string
    envelope: Buffer
    fingerprint: string | null
    fingerprint_kid: string | null
  }
  audit_heads: {
    log: 'credential' | 'api'
    chain: string
    seq: number
    row_hash: string
    epoch: number
    updated_at: string
  }
  /** By the id of the entry. */
  audit_bodies: { id: string; body: string | null; created_at: string; erased_at: string | null }
  audit_checkpoints: {
    id: string
    log: 'credential' | 'api' | 'all'
    chain: string
    seq: number
    entries: number
    row_hash: string
    mac: string | null
    kid: string
    signature: string
    created_at: string
    pushed: string
  }
  agent_tokens: {
    jti: string
    login_id: string
    user_id: string
    session_id: string | null
    client_id: string | null
    agent_id: string
    agent_type: string
    scopes: string
    operations: string
    credential_ids: string
    max_uses: number
    uses: number
    created_at: string
    expires_at: string
    revoked_at: string | null
  }
  revoked_tokens: { jti: string; login_id: string | null; revoked_at: string; expires_at: string }
  approvals: {
    id: string
    kind: 'exec' | 'reveal' | 'break_glass' | 'export' | 'keys'
    client_id: string | null
    credential_id: string | null
    session_id: string | null
    requested_by: string
    requested_at: string
    subject: string
    subject_hash: string
    reason: string | null
    ticket_ref: string | null
    status: 'pending' | 'approved' | 'refused' | 'used' | 'expired'
    decided_by: string | null
    decided_at: string | null
    expires_at: string
    used_at: string | null
  }
  user_factors: {
    id: string
    user_id: string
    kind: 'totp' | 'webauthn' | 'recovery'
    name: string | null
    kid: string | null
    sealed: Buffer
    counter: number
    created_at: string
    last_used_at: string | null
    revoked_at: string | null
  }
  rate_limits: { bucket: string; next_at_ms: number; expires_at: string }
  /** Of plain requests, by the hash of the bucket. */
  request_rates: { bucket: string; next_at_ms: number }
  job_leases: { job: string; holder: string; until: string }
  /** The content of files, once each. */
  blobs: { sha256: string; size_bytes: number; content: Buffer; created_at: string }
}
