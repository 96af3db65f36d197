import { z } from 'zod'
import { action, defineEntity } from './kernel.ts'
import { commandText, EXAMPLE_ID, Instant, json, line, ref, text } from './values.ts'

const CHANGE_STATUS = ['planned', 'approved', 'implemented', 'verified', 'failed', 'rolled_back'] as const
/** ITIL: a standard change is agreed on beforehand, a normal one is approved, an emergency does not wait. */
const CHANGE_CLASS = ['standard', 'normal', 'emergency'] as const
const CHANGE_CATEGORY = [
  'config',
  'hardware',
  'software_install',
  'software_remove',
  'patch',
  'network',
  'dns',
  'firewall',
  'permission',
  'user_account',
  'certificate',
  'storage',
  'virtualisation',
  'backup',
  'migration',
  'decommission',
  'database',
] as const

/** What was changed at a client, or is planned to be. A change of a database is one too: category `database` and its columns. */
export const infrastructureChange = defineEntity('infrastructure change', {
  plural: 'infrastructureChanges',
  belongs: 'client',
  fixed: {
    client_id: ref('clients'),
    infrastructure_id: ref('infrastructure').nullable(),
    service_id: ref('services').nullable(),
    network_id: ref('networks').nullable(),
    firewall_rule_id: ref('firewallRules').nullable(),
    m365_tenant_id: ref('m365Tenants').nullable(),
    session_id: ref('sessions').nullable(),
    change_class: z.enum(CHANGE_CLASS).default('standard'),
    category: z.enum(CHANGE_CATEGORY),
    /** Of a change of a database only. */
    change_type: z
      .enum([
        'ddl_create',
        'ddl_alter',
        'ddl_drop',
        'dml_insert',
        'dml_update',
        'dml_delete',
        'dcl_grant',
        'migration',
        'index',
        'config',
        'restore',
      ])
      .nullable(),
  },
  editable: {
    work_item_id: ref('workItems').nullable(),
    /** The setting that changed: `MaxUserPort`. */
    field: line(200).nullable(),
    before_state: json.nullable(),
    after_state: json.nullable(),
    reason: line(1_000),
    risk: z.enum(['low', 'medium', 'high']).default('low'),
    planned: z.boolean().default(true),
    downtime_seconds: z.int().nonnegative().nullable(),
    rollback_procedure: text().nullable(),
    engine: z.enum(['postgresql', 'mysql', 'mariadb', 'mssql', 'sqlite', 'oracle', 'mongodb']).nullable(),
    database_name: line(200).nullable(),
    schema_name: line(200).nullable(),
    object_name: line(200).nullable(),
    statement: commandText().nullable(),
    rows_affected: z.int().nonnegative().nullable(),
    migration_id: line(200).nullable(),
    rollback_statement: commandText().nullable(),
    is_reversible: z.boolean().nullable(),
    backup_taken: z.boolean().default(false),
    backup_ref: line(500).nullable(),
    /** Why something destructive was done without a backup. */
    override_reason: line(1_000).nullable(),
  },
  managed: {
    status: z.enum(CHANGE_STATUS),
    approved_by: ref('users').nullable(),
    approved_at: Instant.nullable(),
    implemented_by: ref('users').nullable(),
    /** When it was done, or tried. */
    changed_at: Instant.nullable(),
    verified_at: Instant.nullable(),
    failure_reason: line(1_000).nullable(),
    rolled_back_at: Instant.nullable(),
  },
  initial: { status: 'planned' },
  filter: {
    infrastructure_id: ref('infrastructure'),
    service_id: ref('services'),
    network_id: ref('networks'),
    firewall_rule_id: ref('firewallRules'),
    m365_tenant_id: ref('m365Tenants'),
    work_item_id: ref('workItems'),
    session_id: ref('sessions'),
    category: z.enum(CHANGE_CATEGORY),
    change_class: z.enum(CHANGE_CLASS),
    status: z.enum(CHANGE_STATUS),
  },
  sort: ['created_at', 'changed_at'],
  dated: 'changed_at',
  searched: ['reason', 'field', 'object_name'],
  example: {
    client_id: EXAMPLE_ID,
    infrastructure_id: EXAMPLE_ID,
    category: 'config',
    field: 'MaxUserPort',
    before_state: { MaxUserPort: 5000 },
    after_state: { MaxUserPort: 65534 },
    reason: 'SRV-OLD runs out of ports at month end',
  },
})

const Because = { reason: line(1_000) }

export const infrastructureChanges = {
  ...infrastructureChange.offers,
  approve: action(
    infrastructureChange,
    'approve',
    'Approve a planned change. Who planned a normal change asks somebody else, unless they lead.',
    { errors: ['NOT_FOUND', 'CONFLICT', 'FORBIDDEN'] },
  ),
  implement: action(infrastructureChange, 'implement', 'Say that a change was made, when, and with which result', {
    input: {
      changed_at: Instant.optional(),
      after_state: json.optional(),
      downtime_seconds: z.int().nonnegative().optional(),
      rows_affected: z.int().nonnegative().optional(),
      backup_taken: z.boolean().optional(),
      backup_ref: line(500).optional(),
      override_reason: line(1_000).optional(),
    },
    example: { after_state: { MaxUserPort: 65534 }, downtime_seconds: 120 },
  }),
  verify: action(infrastructureChange, 'verify', 'Confirm that a change does what it was made for'),
  fail: action(infrastructureChange, 'fail', 'Say that a change was tried and did not work', {
    input: Because,
    example: { reason: 'The driver does not support more ports' },
  }),
  rollBack: action(infrastructureChange, 'rollBack', 'Say that a change was taken back'),
}

const DEPLOYMENT_STATUS = ['queued', 'in_progress', 'success', 'failure', 'error', 'inactive', 'rolled_back'] as const
const ENVIRONMENT = ['development', 'test', 'staging', 'production', 'dr'] as const

/** A version that was brought somewhere. Of those that stand in one place, the last successful one is active. */
export const deployment = defineEntity('deployment', {
  plural: 'deployments',
  belongs: 'client',
  fixed: {
    client_id: ref('clients'),
    project_id: ref('projects').nullable(),
    infrastructure_id: ref('infrastructure').nullable(),
    service_id: ref('services').nullable(),
    environment: z.enum(ENVIRONMENT),
    rollback_of_id: ref('deployments').nullable(),
  },
  editable: {
    work_item_id: ref('workItems').nullable(),
    version_from: line(100).nullable(),
    version_to: line(100).nullable(),
    git_commit: line(64).nullable(),
    /** When the change was committed: the lead time counts from here. */
    committed_at: Instant.nullable(),
    artifact_sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits')
      .nullable(),
    strategy: z.enum(['in_place', 'rolling', 'blue_green', 'canary', 'manual']).default('in_place'),
    health_check: json.nullable(),
  },
  managed: {
    status: z.enum(DEPLOYMENT_STATUS),
    started_at: Instant.nullable(),
    finished_at: Instant.nullable(),
    rolled_back_at: Instant.nullable(),
    deployed_by: ref('users').nullable(),
    /** From the commit to the end of a successful deployment (DORA). */
    lead_time_seconds: z.int().nonnegative().nullable(),
  },
  initial: { status: 'queued' },
  filter: {
    project_id: ref('projects'),
    infrastructure_id: ref('infrastructure'),
    service_id: ref('services'),
    work_item_id: ref('workItems'),
    environment: z.enum(ENVIRONMENT),
    status: z.enum(DEPLOYMENT_STATUS),
  },
  sort: ['created_at', 'started_at'],
  dated: 'started_at',
  searched: ['version_to', 'git_commit'],
  example: { client_id: EXAMPLE_ID, environment: 'production', version_from: '2.3.0', version_to: '2.4.0' },
})

export const deployments = {
  ...deployment.offers,
  start: action(deployment, 'start', 'Begin a queued deployment', { input: { started_at: Instant.optional() } }),
  finish: action(deployment, 'finish', 'End a deployment; a success replaces the one that was active there', {
    input: {
      status: z.enum(['success', 'failure', 'error']),
      finished_at: Instant.optional(),
      health_check: json.optional(),
    },
    example: { status: 'success' },
    errors: ['NOT_FOUND', 'CONFLICT', 'INVALID_INPUT'],
  }),
  rollBack: action(deployment, 'rollBack', 'Say that a deployment was taken back'),
}

/** An asset or service that a work item touched; an item often touches several. */
export const workItemAsset = defineEntity('work item asset', {
  plural: 'workItemAssets',
  belongs: 'client',
  fixed: {
    work_item_id: ref('workItems'),
    /** This or a service. */
    infrastructure_id: ref('infrastructure').nullable(),
    service_id: ref('services').nullable(),
  },
  managed: { client_id: ref('clients') },
  clientFrom: 'work_item_id',
  filter: { work_item_id: ref('workItems'), infrastructure_id: ref('infrastructure'), service_id: ref('services') },
  sort: ['created_at'],
  dated: 'created_at',
  operations: ['list', 'get', 'create', 'archive', 'restore'],
  example: { work_item_id: EXAMPLE_ID, infrastructure_id: EXAMPLE_ID },
})
