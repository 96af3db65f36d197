import type { Kysely } from 'kysely'
import { addColumns, createTable, entityTable, type TableDeclaration } from '../define-table.ts'
import type { Dialect } from '../dialect.ts'
import { tablesOfAudit } from './0006_trust_audit.ts'
import { tablesOfKeys } from './0006_trust_keys.ts'

/**
 * What trust rests on: credentials and who may use them, the audit, incidents, API keys, files and the server's own records.
 * Released: never edited, only followed by another migration.
 */

const CREDENTIAL_TYPES =
  'password|api_key|oauth2_client|bearer_token|ssh_key|certificate|totp|connection_string|snmp_community|wifi_psk|recovery_key|licence_key|webhook_secret|pin'

const exactlyOne = (...columns: string[]) => `${sumOf(columns)} = 1`
const atMostOne = (...columns: string[]) => `${sumOf(columns)} <= 1`
const sumOf = (columns: string[]) => columns.map((column) => `(${column} is not null)`).join(' + ')

const tables: Record<string, TableDeclaration> = {
  credentials: entityTable({
    columns: {
      client_id: 'id',
      type: `oneOf(${CREDENTIAL_TYPES})!`,
      sensitivity: 'oneOf(normal|high|break_glass)!',
      access_policy: 'oneOf(open|reason_required|approval_required)!',
      name: 'line(200)!',
      username: 'line(200)',
      url: 'text',
      site_id: 'id',
      infrastructure_id: 'id',
      service_id: 'id',
      m365_tenant_id: 'id',
      owner_user_id: 'id',
      expires_at: 'instant',
      rotate_every_days: 'integer',
      scope: 'oneOf(client|site|infrastructure|service|tenant|integration|user)!',
      allowed_programs: 'json!',
      allowed_hosts: 'json!',
      current_version_id: 'id',
      has_totp: 'boolean!',
      last_rotated_at: 'instant',
      last_used_at: 'instant',
      compromised_at: 'instant',
      compromised_reason: 'text',
    },
    references: { client_id: 'clients', owner_user_id: 'users', current_version_id: 'credential_versions' },
    sameClient: {
      site_id: 'sites',
      infrastructure_id: 'infrastructure',
      service_id: 'services',
      m365_tenant_id: 'm365_tenants',
    },
    clientParent: true,
    checks: [
      atMostOne('site_id', 'infrastructure_id', 'service_id', 'm365_tenant_id'),
      'client_id is not null or (site_id is null and infrastructure_id is null and service_id is null and m365_tenant_id is null)',
    ],
    indexes: [
      ['client_id', 'type'],
      ['client_id', 'created_at'],
      ['site_id'],
      ['infrastructure_id'],
      ['service_id'],
      ['m365_tenant_id'],
      ['owner_user_id'],
      ['client_id', 'expires_at'],
      ['expires_at'],
      ['last_rotated_at'],
      ['created_at'],
    ],
  }),
  credential_permissions: entityTable({
    columns: {
      client_id: 'id',
      credential_id: 'id',
      type: `oneOf(any|${CREDENTIAL_TYPES})`,
      principal_type: 'oneOf(user|role|api_key|agent)!',
      principal_id: 'line(100)!',
      level: 'oneOf(metadata|use|reveal|edit|manage)!',
      effect: 'oneOf(allow|deny)!',
      expires_at: 'instant',
      reason: 'text',
      granted_by: 'id',
    },
    references: { client_id: 'clients', credential_id: 'credentials', granted_by: 'users' },
    sameClient: { credential_id: 'credentials' },
    checks: [exactlyOne('credential_id', 'type')],
    uniqueWhere: [
      {
        name: 'of_credential',
        columns: ['credential_id', 'principal_type', 'principal_id'],
        where: 'archived_at is null and credential_id is not null',
      },
      {
        name: 'of_type',
        columns: ['client_id', 'type', 'principal_type', 'principal_id'],
        where: 'archived_at is null and type is not null',
      },
      {
        name: 'of_own_type',
        columns: ['type', 'principal_type', 'principal_id'],
        where: 'archived_at is null and client_id is null',
      },
    ],
    indexes: [
      ['principal_type', 'principal_id'],
      ['credential_id'],
      ['client_id', 'created_at'],
      ['expires_at'],
      ['created_at'],
    ],
  }),
  security_incidents: entityTable({
    columns: {
      client_id: 'id!',
      number: 'line(20)!',
      title: 'line(200)!',
      description: 'text',
      category: 'oneOf(malware|hacking|social|misuse|physical|error|environmental)!',
      subtype: 'oneOf(phishing|bec|ransomware|account_compromise|data_exposure|lost_device)',
      attack_techniques: 'json!',
      severity: 'oneOf(critical|high|medium|low|info)!',
      confidentiality_impact: 'oneOf(none|low|high)!',
      integrity_impact: 'oneOf(none|low|high)!',
      availability_impact: 'oneOf(none|low|high)!',
      detected_at: 'instant!',
      occurred_at: 'instant',
      reporter: 'line(200)',
      lead_id: 'id',
      root_cause: 'text',
      lessons: 'text',
      data_subjects_affected: 'integer',
      notification_waiver: 'text',
      tlp: 'oneOf(RED|AMBER+STRICT|AMBER|GREEN|CLEAR)!',
      status: 'oneOf(reported|triaged|contained|eradicated|recovered|closed|false_positive)!',
      triaged_at: 'instant',
      contained_at: 'instant',
      eradicated_at: 'instant',
      resolved_at: 'instant',
      closed_at: 'instant',
      notification_due_at: 'instant',
      notified_at: 'instant',
    },
    references: { client_id: 'clients', lead_id: 'users' },
    clientParent: true,
    unique: [['client_id', 'number']],
    indexes: [
      ['client_id', 'status', 'severity'],
      ['client_id', 'created_at'],
      ['notification_due_at'],
      ['created_at'],
    ],
  }),
  incident_entities: entityTable({
    columns: {
      client_id: 'id!',
      incident_id: 'id!',
      infrastructure_id: 'id',
      service_id: 'id',
      credential_id: 'id',
      m365_tenant_id: 'id',
      session_id: 'id',
      machine_id: 'id',
      user_id: 'id',
      relation: 'oneOf(affected|source|evidence)!',
      note: 'text',
    },
    references: { client_id: 'clients', machine_id: 'machines', user_id: 'users' },
    sameClient: {
      incident_id: 'security_incidents',
      infrastructure_id: 'infrastructure',
      service_id: 'services',
      credential_id: 'credentials',
      m365_tenant_id: 'm365_tenants',
      session_id: 'sessions',
    },
    checks: [
      exactlyOne(
        'infrastructure_id',
        'service_id',
        'credential_id',
        'm365_tenant_id',
        'session_id',
        'machine_id',
        'user_id',
      ),
    ],
    indexes: [
      ['incident_id'],
      ['infrastructure_id'],
      ['service_id'],
      ['credential_id'],
      ['m365_tenant_id'],
      ['client_id', 'created_at'],
      ['created_at'],
    ],
  }),
  api_keys: entityTable({
    columns: {
      user_id: 'id!',
      name: 'line(100)!',
      scopes: 'json!',
      only_client_id: 'id',
      expires_at: 'instant!',
      prefix: 'line(20)!',
      key_hash: 'hash',
      last_used_at: 'instant',
      revoked_at: 'instant',
    },
    references: { user_id: 'users', only_client_id: 'clients' },
    unique: [['key_hash']],
    indexes: [['user_id', 'created_at'], ['expires_at'], ['created_at']],
  }),
  blobs: {
    columns: { sha256: 'hash!', size_bytes: 'integer!', content: 'content!', created_at: 'instant!' },
    primaryKey: ['sha256'],
  },
  attachments: entityTable({
    columns: {
      client_id: 'id',
      session_id: 'id',
      work_item_id: 'id',
      infrastructure_id: 'id',
      task_id: 'id',
      security_incident_id: 'id',
      name: 'line(255)!',
      description: 'text',
      media_type: 'line(100)!',
      size_bytes: 'integer!',
      sha256: 'hash!',
      scan_state: 'oneOf(unscanned|clean|infected)!',
    },
    references: { client_id: 'clients', session_id: 'sessions', task_id: 'tasks' },
    sameClient: {
      session_id: 'sessions',
      work_item_id: 'work_items',
      infrastructure_id: 'infrastructure',
      task_id: 'tasks',
      security_incident_id: 'security_incidents',
    },
    checks: [
      exactlyOne('session_id', 'work_item_id', 'infrastructure_id', 'task_id', 'security_incident_id'),
      'client_id is not null or (work_item_id is null and infrastructure_id is null and security_incident_id is null)',
    ],
    indexes: [
      ['session_id'],
      ['work_item_id'],
      ['infrastructure_id'],
      ['task_id'],
      ['security_incident_id'],
      ['sha256'],
      ['scan_state', 'created_at'],
      ['client_id', 'created_at'],
      ['created_at'],
    ],
  }),
  settings: entityTable({
    columns: { name: 'line(100)!', value: 'json!', description: 'text' },
    uniqueAmongActive: [['name']],
    indexes: [['created_at']],
  }),
  job_runs: entityTable({
    columns: {
      job: 'line(100)!',
      status: 'oneOf(running|success|failed)!',
      started_at: 'instant!',
      finished_at: 'instant',
      server: 'line(200)',
      result: 'json!',
      error: 'text',
    },
    indexes: [['job', 'started_at'], ['status', 'started_at'], ['started_at'], ['created_at']],
  }),
  backup_log: entityTable({
    columns: {
      kind: 'oneOf(full|incremental|schema|keys)!',
      trigger: 'oneOf(scheduled|manual|migration)!',
      status: 'oneOf(running|success|failed|verified|expired)!',
      started_at: 'instant!',
      finished_at: 'instant',
      size_bytes: 'integer',
      sha256: 'hash',
      location: 'text',
      encrypted: 'boolean!',
      key_id: 'line(100)',
      tool_version: 'line(50)',
      schema_version: 'line(100)',
      rows: 'json!',
      verified_at: 'instant',
      restore_test_at: 'instant',
      restore_test_result: 'oneOf(passed|failed)',
      error: 'text',
      retention_until: 'instant',
    },
    indexes: [['status', 'started_at'], ['started_at'], ['created_at']],
  }),
  ...tablesOfAudit,
  ...tablesOfKeys,
}

/** References may point to tables of later migrations: both databases check them when rows are written. */
export async function up(db: Kysely<never>, dialect: Dialect): Promise<void> {
  for (const [name, table] of Object.entries(tables)) await createTable(db, dialect, name, table)
  // Null allows: a row that denies outweighs `users.all_clients`. Beside the user stands whether there is such a row.
  await addColumns(db, dialect, 'user_client_access', { columns: { effect: 'oneOf(allow|deny)' } })
  await addColumns(db, dialect, 'users', { columns: { some_denied: 'boolean' } })
  await addColumns(db, dialect, 'encryption_keys', { columns: { master_key_id: 'line(40)' } })
  await addColumns(db, dialect, 'machines', { columns: { public_key: 'line(200)' } })
  await addColumns(db, dialect, 'logins', {
    columns: { machine_id: 'id', stepped_up_at: 'instant' },
    references: { machine_id: 'machines' },
  })
}
