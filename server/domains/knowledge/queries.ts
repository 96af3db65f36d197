import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { failurePattern } from '../../../src/contract/failures.ts'
import { infrastructure } from '../../../src/contract/infrastructure.ts'
import { session } from '../../../src/contract/sessions.ts'
import { OPEN_TASK_STATUS, task } from '../../../src/contract/tasks.ts'
import { commandRun } from '../../../src/contract/work.ts'
import type { FailedCommand, HostFact, PatternFact, SessionFact, TaskFact } from '../../../src/recall/facts.ts'
import type { Context } from '../../context.ts'
import { visibleRows } from '../../crud/visibility.ts'

/**
 * What a context block is made from: only the columns that it prints, since every session of every technician begins with it. As SQL text,
 * because Kysely's builder would take longer to put these together than the database to answer them.
 */

/** Whose facts: of one client (or one project of it), or, without a client, the caller's own. */
export interface Whose {
  clientId: string | null
  projectId: string | null
}

const FAILURE_DAYS = 90
/** Tasks and sessions: as many as a block ever shows. Of the others several become one line, or none. */
const MOST = { tasks: 12, failures: 60, hosts: 60, patterns: 30, sessions: 6 }
const NOTHING = sql<SqlBool>``

/** The other names by which a client is known. */
export async function readAliases(
  context: Context,
  client: { id: string; code: string | null; primary_domain: string | null },
): Promise<string[]> {
  const { rows } = await sql<{ alias: string }>`
    select alias from client_aliases where client_id = ${client.id} and archived_at is null order by alias limit 20`.execute(
    context.db,
  )
  return [client.code, client.primary_domain, ...rows.map((row) => row.alias)].filter((name) => name !== null)
}

export async function readTasks(
  context: Context,
  { clientId, projectId }: Whose,
  since?: string,
): Promise<{ tasks: TaskFact[]; total: number }> {
  const { caller, clock } = context
  const own = sql`client_id is null and (created_by = ${caller.userId} or assignee_id = ${caller.userId})`
  const from = sql`from tasks
    where archived_at is null and ${visibleRows(task, caller, clock())}
      and ${clientId === null ? own : sql`client_id = ${clientId}`}
      ${projectId === null ? NOTHING : sql`and (project_id = ${projectId} or project_id is null)`}
      and ${since === undefined ? sql`status in (${sql.join(OPEN_TASK_STATUS)})` : sql`updated_at > ${since}`}`
  const { rows: tasks } = await sql<TaskFact>`
    select id, title, priority, status, due_at, created_at, updated_at ${from}
    order by priority, due_at is null, due_at, created_at, id
    limit ${MOST.tasks}`.execute(context.db)
  if (tasks.length < MOST.tasks) return { tasks, total: tasks.length }
  const { rows: counted } = await sql<{ total: number }>`select count(*) as total ${from}`.execute(context.db)
  return { tasks, total: Number(counted[0]?.total) }
}

/** Commands that failed and did not succeed since, newest first. */
export async function readFailures(context: Context, { clientId }: Whose, since?: string): Promise<FailedCommand[]> {
  if (clientId === null) return []
  const from = since ?? new Date(context.clock().getTime() - FAILURE_DAYS * 86_400_000).toISOString()
  const { rows } = await sql<Omit<FailedCommand, keyof typeof UNRESOLVED>>`
    select commands_run.id, command, command_fingerprint, exit_code, stderr_excerpt, error_message, failure_category, started_at,
      infrastructure.hostname as host
    from commands_run left join infrastructure on infrastructure.id = commands_run.infrastructure_id
    where commands_run.client_id = ${clientId} and success = 0 and interrupted = 0 and resolved_by_id is null
      and started_at > ${from} and ${visibleRows(commandRun, context.caller, context.clock())}
    order by started_at desc, commands_run.id desc
    limit ${MOST.failures}`.execute(context.db)
  return rows.map((row) => ({ ...row, ...UNRESOLVED }))
}

const UNRESOLVED = { success: false, interrupted: false, resolved_by_id: null, alternative: null }

export async function readPatterns(context: Context, { clientId }: Whose): Promise<PatternFact[]> {
  const ofClient = clientId === null ? NOTHING : sql`or failure_patterns.client_id = ${clientId}`
  const { rows } = await sql<PatternFact>`
    select failure_patterns.id, title, severity, occurrences, last_seen_at, root_cause, recommended_alternative,
      infrastructure.hostname as host
    from failure_patterns left join infrastructure on infrastructure.id = failure_patterns.infrastructure_id
    where failure_patterns.status = 'active' and (failure_patterns.client_id is null ${ofClient})
      and ${visibleRows(failurePattern, context.caller, context.clock())}
    order by last_seen_at desc
    limit ${MOST.patterns}`.execute(context.db)
  return rows
}

/** The client's hosts that have something to mind. */
export async function readHosts(context: Context, { clientId }: Whose): Promise<HostFact[]> {
  if (clientId === null) return []
  const { rows } = await sql<Omit<HostFact, 'limitations'> & { limitations: string }>`
    select id, hostname, os_name, os_version, powershell_version, limitations, environmental_notes, criticality, last_verified_at,
      updated_at
    from infrastructure
    where client_id = ${clientId} and archived_at is null and status not in ('retired', 'lost')
      and (environmental_notes is not null or limitations != '[]' or powershell_version is not null)
      and ${visibleRows(infrastructure, context.caller, context.clock())}
    order by hostname
    limit ${MOST.hosts}`.execute(context.db)
  return rows.map((row) => ({ ...row, limitations: JSON.parse(row.limitations) as string[] }))
}

type FoundSession = Omit<SessionFact, 'counts'> & Record<'commands' | 'failures' | 'files' | 'work_items', number>

/** The last sessions of the client or project, without the current one and without those in which nothing happened. */
export async function readSessions(
  context: Context,
  { clientId, projectId }: Whose,
  without: string | null,
  since?: string,
): Promise<SessionFact[]> {
  const whose: RawBuilder<unknown>[] = [
    clientId === null
      ? sql`client_id is null and technician_id = ${context.caller.userId}`
      : sql`client_id = ${clientId}`,
    ...(projectId === null ? [] : [sql`project_id = ${projectId}`]),
    ...(without === null ? [] : [sql`id != ${without}`]),
    ...(since === undefined ? [] : [sql`last_activity_at > ${since}`]),
    visibleRows(session, context.caller, context.clock()),
  ]
  const { rows } = await sql<FoundSession>`
    with latest as (
      select id, title, mode, status, started_at, last_activity_at, technician_id, machine_id
      from sessions
      where ${sql.join(whose, sql` and `)} and (summary is not null or exists (
        select 1 from session_events where session_id = sessions.id and kind in ('prompt', 'command', 'file')))
      order by started_at desc, id desc
      limit ${MOST.sessions}
    )
    select latest.id, title, mode, status, started_at, last_activity_at, users.name as technician_name,
      coalesce(machines.friendly_name, machines.hostname) as machine_name,
      case when title is null then (
        select text from session_events where session_id = latest.id and kind = 'prompt' order by at limit 1) end as goal,
      (select count(*) from commands_run where session_id = latest.id) as commands,
      (select count(*) from commands_run where session_id = latest.id and success = 0) as failures,
      (select count(*) from file_changes where session_id = latest.id) as files,
      (select count(*) from work_items where session_id = latest.id and archived_at is null) as work_items
    from latest join users on users.id = latest.technician_id join machines on machines.id = latest.machine_id`.execute(
    context.db,
  )
  return rows.map(({ commands, failures, files, work_items, ...found }) => ({
    ...found,
    counts: {
      commands: Number(commands),
      failures: Number(failures),
      files: Number(files),
      work_items: Number(work_items),
    },
  }))
}
