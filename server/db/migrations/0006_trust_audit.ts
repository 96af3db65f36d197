import { entityTable, type TableDeclaration } from '../define-table.ts'

/** How an entry of an audit log hangs in its chain. */
const chained = {
  chain: 'line(80)!',
  seq: 'integer!',
  prev_hash: 'hash!',
  row_hash: 'hash!',
  mac: 'hash',
  epoch: 'integer!',
}

/** Only ever appended to. */
const frozen = [
  { on: 'update', when: '1 = 1' },
  { on: 'delete', when: '1 = 1' },
] as const

const acting = {
  actor_user_id: 'id',
  actor_kind: 'oneOf(human|agent|api_key|system)!',
  api_key_id: 'id',
  agent_id: 'line(100)',
  agent_type: 'line(200)',
  session_id: 'id',
  machine_id: 'id',
  ip: 'line(45)',
  user_agent: 'line(500)',
  request_id: 'id',
}

/** The tables of 0006 that tell who did what. */
export const tablesOfAudit: Record<string, TableDeclaration> = {
  // No references: what an entry tells of may be gone when it is read.
  credential_audit_log: entityTable({
    columns: {
      ...chained,
      client_id: 'id',
      credential_id: 'id',
      credential_label: 'line(200)',
      version_no: 'integer',
      action:
        'oneOf(create|list|view_metadata|use|reveal|copy|totp_code|update|rotate|share|export|import|archive|purge|grant|revoke|decrypt_failed|denied)!',
      outcome: 'oneOf(intent|success|denied|error)!',
      intent_id: 'id',
      ...acting,
      work_item_id: 'id',
      purpose: 'text',
      ticket_ref: 'line(100)',
      body_hash: 'hash',
      occurred_at: 'instant!',
    },
    unique: [['chain', 'seq']],
    frozen,
    indexes: [
      ['credential_id', 'occurred_at'],
      ['actor_user_id', 'occurred_at'],
      ['client_id', 'occurred_at'],
      ['client_id', 'created_at'],
      ['outcome', 'occurred_at'],
      ['intent_id'],
      ['occurred_at'],
    ],
  }),
  api_audit_log: entityTable({
    columns: {
      ...chained,
      client_id: 'id',
      direction: 'oneOf(in|out)!',
      action: 'oneOf(login|failed_login|add|modify|delete|view|execute)!',
      ...acting,
      integration_id: 'id',
      method: 'line(10)!',
      path_template: 'line(200)!',
      entity_type: 'line(50)',
      entity_id: 'id',
      status_code: 'integer',
      error_code: 'line(50)',
      rate_limited: 'boolean!',
      duration_ms: 'integer',
      request_bytes: 'integer',
      response_bytes: 'integer',
      body_hash: 'hash',
      occurred_at: 'instant!',
    },
    unique: [['chain', 'seq']],
    frozen,
    indexes: [
      ['entity_type', 'entity_id', 'occurred_at'],
      ['actor_user_id', 'occurred_at'],
      ['integration_id', 'occurred_at'],
      ['client_id', 'occurred_at'],
      ['client_id', 'created_at'],
      ['status_code', 'occurred_at'],
      ['occurred_at'],
    ],
  }),
  audit_heads: {
    columns: {
      log: 'oneOf(credential|api)!',
      chain: 'line(80)!',
      seq: 'integer!',
      row_hash: 'hash!',
      epoch: 'integer!',
      updated_at: 'instant!',
    },
    primaryKey: ['log', 'chain'],
  },
  // What an entry holds the hash of; emptied where the law wants it gone.
  audit_bodies: {
    columns: { id: 'id!', body: 'text', created_at: 'instant!', erased_at: 'instant' },
    primaryKey: ['id'],
    indexes: [['created_at']],
  },
  audit_checkpoints: {
    columns: {
      id: 'id!',
      log: 'oneOf(credential|api|all)!',
      chain: 'line(80)!',
      seq: 'integer!',
      entries: 'integer!',
      row_hash: 'hash!',
      mac: 'hash',
      kid: 'line(40)!',
      signature: 'line(200)!',
      created_at: 'instant!',
      // Place → when it was taken there.
      pushed: 'json!',
    },
    primaryKey: ['id'],
    indexes: [['log', 'chain', 'seq'], ['created_at']],
  },
}
