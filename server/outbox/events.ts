import type { WEBHOOK_EVENTS } from '../../src/contract/webhooks.ts'

/** Which events follow from a changed row, and what of the row is told. Pure. */

export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number]
export type Values = Readonly<Record<string, unknown>>

const CLIENT = ['id', 'client_id'] as const
const SESSION = [...CLIENT, 'mode', 'status', 'title', 'ticket', 'project_id', 'technician_id', 'started_at']
const WORK_ITEM = [...CLIENT, 'session_id', 'title', 'category', 'status', 'is_billable', 'started_at', 'ended_at']
const TASK = [...CLIENT, 'title', 'kind', 'priority', 'status', 'due_at', 'assignee_id', 'project_id', 'completed_at']
const INCIDENT = [...CLIENT, 'title', 'category', 'severity', 'status', 'detected_at', 'closed_at']
const ALERT = [
  ...CLIENT,
  'integration_id',
  'kind',
  'severity',
  'title',
  'message',
  'backup_plan_status_id',
  'raised_at',
]
const INTEGRATION = [...CLIENT, 'type', 'name', 'status', 'error']
const CREDENTIAL = [...CLIENT, 'name', 'type', 'expires_at', 'last_rotated_at']

/** Whose row each event is about, by the entity's plural, and the columns that leave. Nothing else of a row does, secrets least of all. */
export const TOLD: Readonly<Record<WebhookEvent, { entity: string; fields: readonly string[] }>> = {
  'session.started': { entity: 'sessions', fields: SESSION },
  'session.ended': { entity: 'sessions', fields: [...SESSION, 'ended_at', 'end_reason', 'active_seconds', 'summary'] },
  'work_item.created': { entity: 'workItems', fields: WORK_ITEM },
  'work_item.completed': { entity: 'workItems', fields: WORK_ITEM },
  'work_item.failed': { entity: 'workItems', fields: WORK_ITEM },
  'task.created': { entity: 'tasks', fields: TASK },
  'task.completed': { entity: 'tasks', fields: TASK },
  'task.due': { entity: 'tasks', fields: TASK },
  'infrastructure.changed': {
    entity: 'infrastructureChanges',
    fields: [
      ...CLIENT,
      'category',
      'change_class',
      'change_type',
      'field',
      'reason',
      'status',
      'infrastructure_id',
      'changed_at',
    ],
  },
  'deployment.finished': {
    entity: 'deployments',
    fields: [
      ...CLIENT,
      'environment',
      'status',
      'version_from',
      'version_to',
      'project_id',
      'infrastructure_id',
      'finished_at',
    ],
  },
  'security_incident.reported': { entity: 'securityIncidents', fields: INCIDENT },
  'security_incident.closed': { entity: 'securityIncidents', fields: INCIDENT },
  'failure_pattern.activated': {
    entity: 'failurePatterns',
    fields: [...CLIENT, 'title', 'category', 'severity', 'infrastructure_id', 'occurrences', 'last_seen_at'],
  },
  'credential.rotated': { entity: 'credentials', fields: CREDENTIAL },
  'credential.expiring': { entity: 'credentials', fields: CREDENTIAL },
  'billable_time.approved': {
    entity: 'billableTime',
    fields: [...CLIENT, 'technician_id', 'session_id', 'started_at', 'ended_at', 'billable_minutes', 'status'],
  },
  'ticket.linked': {
    entity: 'ticketLinks',
    fields: [...CLIENT, 'integration_id', 'external_id', 'external_number', 'url', 'relation', 'session_id'],
  },
  'backup.failed': { entity: 'backupAlerts', fields: ALERT },
  'backup.overdue': { entity: 'backupAlerts', fields: ALERT },
  'backup.vanished': { entity: 'backupAlerts', fields: ALERT },
  'backup.recovered': { entity: 'backupAlerts', fields: ALERT },
  'integration.failed': { entity: 'externalIntegrations', fields: INTEGRATION },
  'integration.recovered': { entity: 'externalIntegrations', fields: INTEGRATION },
}

/** Statuses that a row comes to, or begins with: once in each of its lives. */
const REACHED: Readonly<Record<string, Readonly<Record<string, WebhookEvent>>>> = {
  workItems: { completed: 'work_item.completed', failed: 'work_item.failed' },
  tasks: { done: 'task.completed' },
  infrastructureChanges: {
    implemented: 'infrastructure.changed',
    rolled_back: 'infrastructure.changed',
  },
  deployments: { success: 'deployment.finished', failure: 'deployment.finished', error: 'deployment.finished' },
  securityIncidents: { closed: 'security_incident.closed' },
  failurePatterns: { active: 'failure_pattern.activated' },
  billableTime: { approved: 'billable_time.approved' },
}

const BEGUN: Readonly<Record<string, WebhookEvent>> = {
  sessions: 'session.started',
  workItems: 'work_item.created',
  tasks: 'task.created',
  securityIncidents: 'security_incident.reported',
  ticketLinks: 'ticket.linked',
}

/** What happened by a row being made (`before` undefined) or changed. */
export function eventsOf(plural: string, before: Values | undefined, after: Values): WebhookEvent[] {
  const found: WebhookEvent[] = []
  const begun = before === undefined ? BEGUN[plural] : undefined
  if (begun) found.push(begun)
  const reached = before?.status === after.status ? undefined : REACHED[plural]?.[String(after.status)]
  if (reached) found.push(reached)
  if (plural === 'credentials' && isRotated(before, after)) found.push('credential.rotated')
  return found
}

/** The first secret of a credential is no rotation. */
const isRotated = (before: Values | undefined, after: Values) =>
  (before?.current_version_id ?? null) !== null && before?.current_version_id !== after.current_version_id

/** What of a row is told. Columns that it has not are null, so that the shape of an event is always the same. */
export const toldOf = (event: WebhookEvent, row: Values): Record<string, unknown> =>
  Object.fromEntries(TOLD[event].fields.map((field) => [field, row[field] ?? null]))

/** What is sent: the same whether it is pushed or asked for. */
export interface Announcement {
  /** The receiver's key against doubles. */
  id: string
  event: WebhookEvent
  occurred_at: string
  client_id: string | null
  data: Record<string, unknown>
}
