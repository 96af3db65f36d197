import { z } from 'zod'
import { action, defineEntity } from './kernel.ts'
import { EXAMPLE_ID, Instant, json, line, ref, text } from './values.ts'

/** The vendor's words for how the last run ended. */
export const BACKUP_STATUS = [
  'success',
  'overdue',
  'error',
  'running',
  'unknown',
  'interrupted',
  'unexpectedly_closed',
  'warning',
] as const
/** The vendor's kinds of plans; `unknown` for those that it has invented since. */
export const BACKUP_PLAN_TYPE = [
  'na',
  'backup',
  'restore',
  'backup_files',
  'restore_files',
  'vm_backup',
  'vm_restore',
  'sql_backup',
  'sql_restore',
  'exchange_backup',
  'exchange_restore',
  'bmss_backup',
  'bmss_restore',
  'consistency_check',
  'ec2_backup',
  'ec2_restore',
  'hyperv_backup',
  'hyperv_restore',
  'unknown',
] as const

const count = z.int().nonnegative().nullable()
/** What a run copied. Sizes in bytes. */
const COPIED = {
  files_scanned: count,
  files_to_backup: count,
  files_copied: count,
  files_failed: count,
  bytes_to_backup: count,
  bytes_copied: count,
  bytes_total: count,
}

/** A backup plan of a client's computer as it was seen last. Written by the sync only. */
export const backupPlanStatus = defineEntity('backup plan status', {
  plural: 'backupPlanStatus',
  // Which client an unmatched computer belongs to is not known yet: only leads and admins see it until it is.
  belongs: 'client-or-author',
  managed: {
    integration_id: ref('externalIntegrations'),
    client_id: ref('clients').nullable(),
    infrastructure_id: ref('infrastructure').nullable(),
    /** Tells plans of one integration apart: the vendor's id, or the hash of computer and name where it gives none. */
    plan_key: line(64),
    plan_id: line(100).nullable(),
    plan_name: line(300),
    plan_type: z.enum(BACKUP_PLAN_TYPE),
    computer: line(255),
    /** The vendor's id of the computer. */
    hid: line(100).nullable(),
    company_name: line(300).nullable(),
    user_name: line(300).nullable(),
    storage_type: line(100).nullable(),
    build_version: line(50).nullable(),
    status: z.enum(BACKUP_STATUS),
    last_start: Instant.nullable(),
    next_start: Instant.nullable(),
    last_success_at: Instant.nullable(),
    /** Between two starts, from the plan or from what was observed. */
    interval_seconds: z.int().positive().nullable(),
    duration_seconds: count,
    error: text(4_000).nullable(),
    ...COPIED,
    report_url: line(2_000).nullable(),
    first_seen_at: Instant,
    last_seen_at: Instant,
    /** Since when a plan that was seen before is no longer told of. */
    first_missing_at: Instant.nullable(),
    /** The vendor's row, its times without a zone included. */
    raw: json,
  },
  filter: {
    integration_id: ref('externalIntegrations'),
    infrastructure_id: ref('infrastructure'),
    status: z.enum(BACKUP_STATUS),
    plan_type: z.enum(BACKUP_PLAN_TYPE),
    computer: line(255),
  },
  sort: ['created_at', 'last_start', 'computer'],
  dated: 'last_start',
  searched: ['computer', 'plan_name', 'error'],
  operations: ['list', 'get'],
  example: {
    integration_id: EXAMPLE_ID,
    client_id: EXAMPLE_ID,
    plan_key: '6f1c2f7e-8d2b-4a36-9f0e-2d7c1b9a4e10',
    plan_name: 'Nightly image',
    plan_type: 'hyperv_backup',
    computer: 'SRV-OLD',
    status: 'success',
    first_seen_at: '2026-01-01T03:00:00.000Z',
    last_seen_at: '2026-01-12T03:00:00.000Z',
    raw: {},
  },
})

/** One run of a backup plan. Written by the sync only. */
export const backupRun = defineEntity('backup run', {
  plural: 'backupRuns',
  belongs: 'client-or-author',
  clientFrom: 'backup_plan_status_id',
  managed: {
    backup_plan_status_id: ref('backupPlanStatus'),
    client_id: ref('clients').nullable(),
    status: z.enum(BACKUP_STATUS),
    started_at: Instant,
    finished_at: Instant.nullable(),
    duration_seconds: count,
    error: text(4_000).nullable(),
    ...COPIED,
    report_url: line(2_000).nullable(),
    raw: json,
  },
  filter: { backup_plan_status_id: ref('backupPlanStatus'), status: z.enum(BACKUP_STATUS) },
  sort: ['started_at', 'created_at'],
  dated: 'started_at',
  operations: ['list', 'get'],
  example: {
    backup_plan_status_id: EXAMPLE_ID,
    client_id: EXAMPLE_ID,
    status: 'success',
    started_at: '2026-01-12T02:00:00.000Z',
    raw: {},
  },
})

const ALERT_STATUS = ['open', 'acknowledged', 'resolved'] as const
const ALERT_KIND = ['failed', 'warning', 'overdue', 'vanished', 'storage', 'licence', 'other'] as const

/** Something about a backup that a person should look at. Made and resolved by the sync; people acknowledge it. */
export const backupAlert = defineEntity('backup alert', {
  plural: 'backupAlerts',
  belongs: 'client-or-author',
  managed: {
    integration_id: ref('externalIntegrations'),
    backup_plan_status_id: ref('backupPlanStatus').nullable(),
    client_id: ref('clients').nullable(),
    ticket_link_id: ref('ticketLinks').nullable(),
    kind: z.enum(ALERT_KIND),
    severity: z.enum(['low', 'medium', 'high', 'critical']),
    /** The same trouble while it lasts is one alert. */
    dedup_id: line(200),
    title: line(300),
    message: text(4_000).nullable(),
    status: z.enum(ALERT_STATUS),
    occurrences: z.int().positive(),
    raised_at: Instant,
    last_seen_at: Instant,
    acknowledged_at: Instant.nullable(),
    acknowledged_by: ref('users').nullable(),
    acknowledge_note: text(2_000).nullable(),
    resolved_at: Instant.nullable(),
  },
  filter: {
    integration_id: ref('externalIntegrations'),
    backup_plan_status_id: ref('backupPlanStatus'),
    status: z.enum(ALERT_STATUS),
    kind: z.enum(ALERT_KIND),
  },
  sort: ['raised_at', 'created_at'],
  dated: 'raised_at',
  searched: ['title', 'message'],
  operations: ['list', 'get'],
  example: {
    integration_id: EXAMPLE_ID,
    client_id: EXAMPLE_ID,
    kind: 'failed',
    severity: 'high',
    dedup_id: 'failed:6f1c2f7e',
    title: 'Nightly image of SRV-OLD failed',
    status: 'open',
    occurrences: 2,
    raised_at: '2026-01-12T03:00:00.000Z',
    last_seen_at: '2026-01-13T03:00:00.000Z',
  },
})

export const backupAlerts = {
  ...backupAlert.offers,
  acknowledge: action(backupAlert, 'acknowledge', 'Say that somebody looks after a backup alert', {
    input: { note: text(2_000).optional() },
    example: { note: 'The disk is being replaced today.' },
  }),
}
