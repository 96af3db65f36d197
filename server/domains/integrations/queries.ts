import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { BackupStatistics } from '../../../src/contract/backup-health.ts'
import { backupPlanStatus, backupRun } from '../../../src/contract/backups.ts'
import { session } from '../../../src/contract/sessions.ts'
import { type LinkedWork, ticketLink } from '../../../src/contract/tickets.ts'
import type { Context } from '../../context.ts'
import { visibleRows } from '../../crud/visibility.ts'
import type { BoardPlan } from './board.ts'

/** Restores are run by hand: nobody waits for the next one. */
const IS_BACKUP = sql<SqlBool>`backup_plan_status.plan_type not in ('restore', 'restore_files', 'vm_restore', 'sql_restore', 'exchange_restore', 'bmss_restore', 'ec2_restore', 'hyperv_restore')`

/** The backup plans that the caller may see, of one client or all, in the order of client, computer and plan. */
export async function readBoardPlans(context: Context, clientId: string | undefined): Promise<BoardPlan[]> {
  const found = await sql<BoardPlan>`
    select backup_plan_status.id, backup_plan_status.client_id, clients.name as client_name, integration_id, infrastructure_id, computer,
      plan_name, plan_type, backup_plan_status.status, last_start, next_start, interval_seconds, files_failed, first_seen_at, first_missing_at,
      error, report_url
    from backup_plan_status left join clients on clients.id = backup_plan_status.client_id
    where ${sql.join(plansOf(context, clientId), sql` and `)}
    order by clients.name, computer, plan_name, backup_plan_status.id`.execute(context.db)
  return found.rows
}

const plansOf = (context: Context, clientId: string | undefined): RawBuilder<SqlBool>[] => [
  sql<SqlBool>`backup_plan_status.archived_at is null`,
  IS_BACKUP,
  visibleRows(backupPlanStatus, context.caller, context.clock()),
  ...(clientId === undefined ? [] : [sql<SqlBool>`backup_plan_status.client_id = ${clientId}`]),
]

/** Per client what its plans hold, and how the runs of a time ended. */
export async function readBackupStatistics(
  context: Context,
  clientId: string | undefined,
  [from, to]: [string, string],
): Promise<BackupStatistics['items']> {
  const plans = await sql<Omit<BackupStatistics['items'][number], 'runs' | 'failures'>>`
    select backup_plan_status.client_id, max(clients.name) as client_name, count(*) as plans,
      count(distinct concat(integration_id, ' ', computer)) as computers,
      coalesce(sum(bytes_total), 0) as protected_bytes, max(last_success_at) as last_success_at
    from backup_plan_status left join clients on clients.id = backup_plan_status.client_id
    where ${sql.join(plansOf(context, clientId), sql` and `)}
    group by backup_plan_status.client_id order by client_name`.execute(context.db)
  const runs = await sql<{ client_id: string | null; runs: number; failures: number }>`
    select backup_runs.client_id, count(*) as runs,
      sum(case when backup_runs.status in ('error', 'interrupted', 'unexpectedly_closed') then 1 else 0 end) as failures
    from backup_runs join backup_plan_status on backup_plan_status.id = backup_runs.backup_plan_status_id
    where backup_runs.started_at >= ${from} and backup_runs.started_at <= ${to}
      and ${visibleRows(backupRun, context.caller, context.clock())} and ${sql.join(plansOf(context, clientId), sql` and `)}
    group by backup_runs.client_id`.execute(context.db)
  const runsOf = new Map(runs.rows.map((row) => [row.client_id, row]))
  return plans.rows.map((row) => ({
    ...row,
    plans: Number(row.plans),
    computers: Number(row.computers),
    protected_bytes: Number(row.protected_bytes),
    runs: Number(runsOf.get(row.client_id)?.runs ?? 0),
    failures: Number(runsOf.get(row.client_id)?.failures ?? 0),
  }))
}

/** Which work: on a ticket, as people or its system call it. */
export interface OnTicket {
  ticket: string
  integrationId: string | undefined
  clientId: string | undefined
}

/** Work on a ticket that the caller may see, newest first. */
export async function readWorkOnTicket(context: Context, on: OnTicket, limit: number): Promise<LinkedWork[]> {
  const branches = on.integrationId === undefined ? [linked(context, on), unlinked(context, on)] : [linked(context, on)]
  const found = await sql<LinkedWork>`
    select work.*, clients.name as client_name
    from (${sql.join(branches, sql` union all `)}) as work left join clients on clients.id = work.client_id
    order by at desc, id desc limit ${limit}`.execute(context.db)
  return found.rows
}

function linked(context: Context, { ticket, integrationId, clientId }: OnTicket): RawBuilder<unknown> {
  const conditions = [
    sql`(ticket_links.external_id = ${ticket} or ticket_links.external_number in (${sql.join(asWritten(ticket))}))`,
    sql`ticket_links.archived_at is null`,
    sql`coalesce(${anyOf('archived_at')}) is null`,
    visibleRows(ticketLink, context.caller, context.clock()),
    ...(integrationId === undefined ? [] : [sql`ticket_links.integration_id = ${integrationId}`]),
    ...(clientId === undefined ? [] : [sql`ticket_links.client_id = ${clientId}`]),
  ]
  return sql`
    select case when ticket_links.session_id is not null then 'session' when ticket_links.work_item_id is not null then 'work_item'
        when ticket_links.project_id is not null then 'project' when ticket_links.task_id is not null then 'task' else 'security_incident' end as kind,
      coalesce(${anyOf('id')}) as id, ticket_links.client_id as client_id,
      coalesce(linked_session.title, linked_work_item.title, linked_project.name, linked_task.title, linked_incident.title) as title,
      coalesce(${anyOf('status')}) as status,
      coalesce(linked_session.started_at, linked_work_item.started_at, linked_task.started_at, linked_incident.detected_at, ${anyOf('created_at')}) as at,
      ticket_links.id as ticket_link_id, ticket_links.relation as relation, ticket_links.external_id as external_id,
      ticket_links.external_number as external_number, ticket_links.url as url
    from ticket_links
      left join sessions linked_session on linked_session.id = ticket_links.session_id
      left join work_items linked_work_item on linked_work_item.id = ticket_links.work_item_id
      left join projects linked_project on linked_project.id = ticket_links.project_id
      left join tasks linked_task on linked_task.id = ticket_links.task_id
      left join security_incidents linked_incident on linked_incident.id = ticket_links.security_incident_id
    where ${sql.join(conditions, sql` and `)}`
}

const LINKED = ['linked_session', 'linked_work_item', 'linked_project', 'linked_task', 'linked_incident']
const anyOf = (column: string) => sql.join(LINKED.map((table) => sql.ref(`${table}.${column}`)))

/** Sessions that were opened with the ticket's number, and that nobody linked. */
const unlinked = (context: Context, { ticket, clientId }: OnTicket): RawBuilder<unknown> => sql`
    select 'session' as kind, sessions.id as id, sessions.client_id as client_id, sessions.title as title, sessions.status as status,
      sessions.started_at as at, null as ticket_link_id, null as relation, null as external_id, sessions.ticket as external_number, null as url
    from sessions
    where sessions.ticket in (${sql.join(asWritten(ticket))}) and sessions.archived_at is null
      and ${visibleRows(session, context.caller, context.clock())}
      and not exists (select 1 from ticket_links where ticket_links.session_id = sessions.id and ticket_links.archived_at is null)
      ${clientId === undefined ? sql`` : sql`and sessions.client_id = ${clientId}`}`

/** People write `12345` and `#12345`. */
const asWritten = (ticket: string) => [...new Set([ticket, ticket.replace(/^#/, ''), `#${ticket.replace(/^#/, '')}`])]
