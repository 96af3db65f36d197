/** Tables of the integrations that are no entities: what waits to be sent, and what came in. */
export interface IntegrationTables {
  outbox_messages: {
    id: string
    created_at: string
    client_id: string | null
    integration_id: string | null
    subscription_id: string | null
    kind: 'webhook' | 'note' | 'time_entry' | 'attachment' | 'status' | 'ticket' | 'message' | 'other'
    ordering_key: string
    seq: number
    dedup_id: string
    /** JSON. */
    payload: string
    status: 'pending' | 'sending' | 'sent' | 'dead_lettered' | 'cancelled'
    attempts: number
    next_attempt_at: string | null
    claimed_by: string | null
    claimed_until: string | null
    last_error: string | null
    sent_at: string | null
    external_id: string | null
    /** JSON. */
    answer: string | null
  }
  inbound_events: {
    id: string
    integration_id: string
    external_event_id: string
    event: string
    received_at: string
    client_id: string | null
    verified: number
    /** JSON. */
    payload: string
    payload_sha256: string
    status: 'received' | 'processed' | 'ignored' | 'failed'
    attempts: number
    next_attempt_at: string | null
    processed_at: string | null
    error: string | null
  }
}

/** Beside the columns of entities: folded names, and what stays on the server. */
export interface IntegrationColumns {
  externalIntegrations: { name_key: string }
  integrationCredentials: {
    token_ciphertext: Buffer | null
    token_nonce: Buffer | null
    token_key_id: string | null
  }
  webhookSubscriptions: {
    secret_ciphertext: Buffer | null
    secret_nonce: Buffer | null
    secret_key_id: string | null
    last_seq: number | null
    due_at: string | null
    claimed_by: string | null
    claimed_until: string | null
  }
  webhookDeliveries: { outbox_message_id: string | null }
  integrationWorkflows: { name_key: string }
  integrationWorkflowRuns: { due_at: string | null; claimed_by: string | null; claimed_until: string | null }
  integrationActions: { outbox_message_id: string | null }
}
