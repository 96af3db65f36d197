import type { Kysely } from 'kysely'
import { addColumns, createTable, entityTable, type TableDeclaration } from '../define-table.ts'
import type { Dialect } from '../dialect.ts'

/**
 * External systems: connections, what our rows are called there, tickets. Vocabularies that grow with the vendors are lines: only the
 * contract closes them. Released: never edited, only followed by another migration.
 */
const tables: Record<string, TableDeclaration> = {
  external_integrations: entityTable({
    columns: {
      client_id: 'id',
      type: 'line(30)!',
      name: 'line(200)!',
      name_key: 'line(200)!',
      base_url: 'line(2000)',
      config: 'json!',
      direction: 'oneOf(in|out|both)!',
      enabled: 'boolean!',
      status: 'oneOf(ok|degraded|auth_failed|rate_limited|disabled)!',
      last_ok_at: 'instant',
      last_error: 'text',
      last_error_at: 'instant',
      consecutive_failures: 'integer!',
      circuit_open_until: 'instant',
      rate_limit: 'json',
      cursor: 'json',
      capabilities: 'json!',
    },
    references: { client_id: 'clients' },
    clientParent: true,
    uniqueAmongActive: [['type', 'name_key']],
    checks: ["(enabled = 0) = (status = 'disabled')"],
    indexes: [['client_id', 'created_at'], ['created_at']],
  }),
  integration_credentials: entityTable({
    columns: {
      integration_id: 'id!',
      client_id: 'id',
      kind: 'oneOf(api_key|basic|oauth2_password|oauth2_client|bearer|webhook_url|hmac_secret)!',
      credential_id: 'id!',
      scopes: 'json!',
      token_expires_at: 'instant',
      rotated_at: 'instant',
      // The token that was got with the credential, sealed.
      token_ciphertext: 'bytes',
      token_nonce: 'bytes',
      token_key_id: 'line(64)',
    },
    references: { integration_id: 'external_integrations', client_id: 'clients', credential_id: 'credentials' },
    sameClient: { integration_id: 'external_integrations', credential_id: 'credentials' },
    uniqueAmongActive: [['integration_id', 'kind']],
    indexes: [['client_id', 'created_at'], ['created_at'], ['token_expires_at'], ['credential_id']],
  }),
  external_refs: entityTable({
    columns: {
      integration_id: 'id!',
      client_id: 'id',
      entity_type: 'line(30)!',
      entity_id: 'id!',
      external_id: 'line(200)!',
      external_name: 'line(300)',
      external_url: 'line(2000)',
      status: 'oneOf(suggested|confirmed)!',
      confirmed_by: 'id',
      confirmed_at: 'instant',
      raw_hash: 'hash',
      synced_at: 'instant',
    },
    references: { integration_id: 'external_integrations', client_id: 'clients', confirmed_by: 'users' },
    uniqueAmongActive: [
      ['integration_id', 'entity_type', 'external_id'],
      ['integration_id', 'entity_type', 'entity_id'],
    ],
    indexes: [['client_id', 'created_at'], ['created_at'], ['entity_id'], ['integration_id', 'status', 'created_at']],
  }),
  ticket_links: entityTable({
    columns: {
      client_id: 'id!',
      integration_id: 'id!',
      external_id: 'line(200)!',
      session_id: 'id',
      work_item_id: 'id',
      project_id: 'id',
      task_id: 'id',
      security_incident_id: 'id',
      external_number: 'line(100)',
      url: 'line(2000)',
      relation: 'oneOf(resolves|relates|blocks|blocked_by|duplicates|parent|child|caused_by)!',
      subject_cache: 'line(500)',
      status_cache: 'line(100)',
      priority_cache: 'line(100)',
      customer_external_id: 'line(200)',
      last_synced_at: 'instant',
      external_updated_at: 'instant',
      note_posted_at: 'instant',
      time_pushed_at: 'instant',
      sync_state: 'oneOf(linked|stale|missing|conflict)!',
    },
    references: { client_id: 'clients', integration_id: 'external_integrations' },
    sameClient: {
      session_id: 'sessions',
      work_item_id: 'work_items',
      project_id: 'projects',
      task_id: 'tasks',
      security_incident_id: 'security_incidents',
    },
    clientParent: true,
    checks: [
      '(session_id is not null) + (work_item_id is not null) + (project_id is not null) + (task_id is not null) + (security_incident_id is not null) = 1',
    ],
    uniqueAmongActive: ['session_id', 'work_item_id', 'project_id', 'task_id', 'security_incident_id'].map((column) => [
      column,
      'integration_id',
      'external_id',
    ]),
    indexes: [
      ['client_id', 'created_at'],
      ['created_at'],
      ['integration_id', 'external_id'],
      ['external_id'],
      ['external_number'],
      ['sync_state', 'last_synced_at'],
    ],
  }),
}

/** References may point to tables of later migrations: both databases check them when rows are written. */
export async function up(db: Kysely<never>, dialect: Dialect): Promise<void> {
  for (const [name, table] of Object.entries(tables)) await createTable(db, dialect, name, table)
  // Work on a ticket that nobody has linked.
  await addColumns(db, dialect, 'sessions', { columns: {}, indexes: [['ticket']] })
}
