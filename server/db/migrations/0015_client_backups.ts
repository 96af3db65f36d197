import type { Kysely } from 'kysely'
import { createTable, entityTable, type TableDeclaration } from '../define-table.ts'
import type { Dialect } from '../dialect.ts'

const BACKUP_STATUS = 'oneOf(success|overdue|error|running|unknown|interrupted|unexpectedly_closed|warning)!'
const COPIED = {
  files_scanned: 'integer',
  files_to_backup: 'integer',
  files_copied: 'integer',
  files_failed: 'integer',
  bytes_to_backup: 'integer',
  bytes_copied: 'integer',
  bytes_total: 'integer',
}

/** The backups of clients, as another system tells of them. Released: never edited, only followed by another migration. */
const tables: Record<string, TableDeclaration> = {
  backup_plan_status: entityTable({
    columns: {
      integration_id: 'id!',
      client_id: 'id',
      infrastructure_id: 'id',
      plan_key: 'line(64)!',
      plan_id: 'line(100)',
      plan_name: 'line(300)!',
      plan_type: 'line(30)!',
      computer: 'line(255)!',
      hid: 'line(100)',
      company_name: 'line(300)',
      user_name: 'line(300)',
      storage_type: 'line(100)',
      build_version: 'line(50)',
      status: BACKUP_STATUS,
      last_start: 'instant',
      next_start: 'instant',
      last_success_at: 'instant',
      interval_seconds: 'integer',
      duration_seconds: 'integer',
      error: 'text',
      ...COPIED,
      report_url: 'line(2000)',
      first_seen_at: 'instant!',
      last_seen_at: 'instant!',
      first_missing_at: 'instant',
      raw: 'json!',
    },
    references: { integration_id: 'external_integrations', client_id: 'clients' },
    sameClient: { infrastructure_id: 'infrastructure' },
    clientParent: true,
    unique: [['integration_id', 'plan_key']],
    checks: ['interval_seconds is null or interval_seconds > 0', 'infrastructure_id is null or client_id is not null'],
    indexes: [
      ['client_id', 'created_at'],
      ['created_at'],
      ['status', 'client_id'],
      ['last_start'],
      ['infrastructure_id'],
      ['computer'],
    ],
  }),
  backup_runs: entityTable({
    columns: {
      backup_plan_status_id: 'id!',
      client_id: 'id',
      status: BACKUP_STATUS,
      started_at: 'instant!',
      finished_at: 'instant',
      duration_seconds: 'integer',
      error: 'text',
      ...COPIED,
      report_url: 'line(2000)',
      raw: 'json!',
    },
    references: { backup_plan_status_id: 'backup_plan_status', client_id: 'clients' },
    sameClient: { backup_plan_status_id: 'backup_plan_status' },
    unique: [['backup_plan_status_id', 'started_at']],
    indexes: [['client_id', 'started_at'], ['started_at'], ['created_at']],
  }),
  backup_alerts: entityTable({
    columns: {
      integration_id: 'id!',
      backup_plan_status_id: 'id',
      client_id: 'id',
      ticket_link_id: 'id',
      kind: 'line(30)!',
      severity: 'oneOf(low|medium|high|critical)!',
      dedup_id: 'line(200)!',
      title: 'line(300)!',
      message: 'text',
      status: 'oneOf(open|acknowledged|resolved)!',
      occurrences: 'integer!',
      raised_at: 'instant!',
      last_seen_at: 'instant!',
      acknowledged_at: 'instant',
      acknowledged_by: 'id',
      acknowledge_note: 'text',
      resolved_at: 'instant',
    },
    references: {
      integration_id: 'external_integrations',
      backup_plan_status_id: 'backup_plan_status',
      client_id: 'clients',
      ticket_link_id: 'ticket_links',
      acknowledged_by: 'users',
    },
    sameClient: { backup_plan_status_id: 'backup_plan_status', ticket_link_id: 'ticket_links' },
    uniqueWhere: [{ name: 'unresolved', columns: ['integration_id', 'dedup_id'], where: "status <> 'resolved'" }],
    checks: [
      "(status = 'resolved') = (resolved_at is not null)",
      "status <> 'acknowledged' or acknowledged_at is not null",
      'ticket_link_id is null or client_id is not null',
    ],
    indexes: [
      ['client_id', 'raised_at'],
      ['client_id', 'created_at'],
      ['status', 'raised_at'],
      ['raised_at'],
      ['created_at'],
      ['backup_plan_status_id'],
    ],
  }),
}

/** References may point to tables of later migrations: both databases check them when rows are written. */
export async function up(db: Kysely<never>, dialect: Dialect): Promise<void> {
  for (const [name, table] of Object.entries(tables)) await createTable(db, dialect, name, table)
}
