import { sql } from 'kysely'
import { failurePattern } from '../../../src/contract/failures.ts'
import { infrastructure } from '../../../src/contract/infrastructure.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import { session } from '../../../src/contract/sessions.ts'
import { OPEN_TASK_STATUS, task } from '../../../src/contract/tasks.ts'
import { commandRun } from '../../../src/contract/work.ts'

import { isFailureOfKnowledge } from '../../../src/guard/failures.ts'
import type { FailedCommand, HostFact, PatternFact, SessionFact, TaskFact } from '../../../src/recall/facts.ts'
import type { Context } from '../../context.ts'
import { fromStored } from '../../crud/stored.ts'
import { visibleRows } from '../../crud/visibility.ts'

/** Whose facts: of one client (or one project of it), or, without a client, the caller's own. */
export interface Whose {
  clientId: string | null
  projectId: string | null
}

const FAILURE_DAYS = 90
const MOST = { tasks: 40, failures: 60, hosts: 60, patterns: 30, sessions: 6 }

/** The other names by which a client is known. */
export async function readAliases(
  context: Context,
  client: { id: string; code: string | null; primary_domain: string | null },
): Promise<string[]> {
  const found = await context.db
    .selectFrom('client_aliases')
    .select('alias')
    .where('client_id', '=', client.id)
    .where('archived_at', 'is', null)
    .orderBy('alias')
    .limit(20)
    .execute()
  return [client.code, client.primary_domain, ...found.map((row) => row.alias)].filter((name) => name !== null)
}

export async function readTasks(
  context: Context,
  { clientId, projectId }: Whose,
  since?: string,
): Promise<{ tasks: TaskFact[]; total: number }> {
  const base = context.db
    .selectFrom('tasks')
    .where('archived_at', 'is', null)
    .where(visibleRows(task, context.caller, context.clock()))
    .where('client_id', clientId === null ? 'is' : '=', clientId)
    .$if(clientId === null, (query) =>
      query.where((eb) =>
        eb.or([eb('created_by', '=', context.caller.userId), eb('assignee_id', '=', context.caller.userId)]),
      ),
    )
    .$if(projectId !== null, (query) =>
      query.where((eb) => eb.or([eb('project_id', '=', projectId), eb('project_id', 'is', null)])),
    )
    .$if(since === undefined, (query) => query.where('status', 'in', OPEN_TASK_STATUS))
    .$if(since !== undefined, (query) => query.where('updated_at', '>', since as string))
  const found = await base
    .selectAll()
    .orderBy('priority')
    .orderBy(sql`due_at is null`)
    .orderBy('due_at')
    .orderBy('created_at')
    .orderBy('id')
    .limit(MOST.tasks)
    .execute()
  const total =
    found.length < MOST.tasks
      ? found.length
      : Number((await base.select((eb) => eb.fn.countAll<number>().as('rows')).executeTakeFirst())?.rows)
  return { tasks: found.map((row) => fromStored(task, row) as TaskFact), total }
}

/** Commands that failed for a reason worth knowing and did not succeed since, newest first. */
export async function readFailures(context: Context, { clientId }: Whose, since?: string): Promise<FailedCommand[]> {
  if (clientId === null) return []
  const from = since ?? new Date(context.clock().getTime() - FAILURE_DAYS * 86_400_000).toISOString()
  const found = await context.db
    .selectFrom('commands_run')
    .leftJoin('infrastructure', 'infrastructure.id', 'commands_run.infrastructure_id')
    .selectAll('commands_run')
    .select('infrastructure.hostname as host')
    .where('commands_run.client_id', '=', clientId)
    .where('success', '=', 0)
    .where('interrupted', '=', 0)
    .where('resolved_by_id', 'is', null)
    .where('started_at', '>', from)
    .where(visibleRows(commandRun, context.caller, context.clock()))
    .orderBy('started_at', 'desc')
    .orderBy('commands_run.id', 'desc')
    .limit(MOST.failures)
    .execute()
  return found
    .map((row) => ({ ...(fromStored(commandRun, row) as RowOf<typeof commandRun>), host: row.host, alternative: null }))
    .filter(isFailureOfKnowledge)
}

export async function readPatterns(context: Context, { clientId }: Whose): Promise<PatternFact[]> {
  const found = await context.db
    .selectFrom('failure_patterns')
    .leftJoin('infrastructure', 'infrastructure.id', 'failure_patterns.infrastructure_id')
    .selectAll('failure_patterns')
    .select('infrastructure.hostname as host')
    .where('failure_patterns.status', '=', 'active')
    .where((eb) =>
      clientId === null
        ? eb('failure_patterns.client_id', 'is', null)
        : eb.or([eb('failure_patterns.client_id', 'is', null), eb('failure_patterns.client_id', '=', clientId)]),
    )
    .where(visibleRows(failurePattern, context.caller, context.clock()))
    .orderBy('last_seen_at', 'desc')
    .limit(MOST.patterns)
    .execute()
  return found.map((row) => ({ ...(fromStored(failurePattern, row) as RowOf<typeof failurePattern>), host: row.host }))
}

/** The client's hosts that have something to mind. */
export async function readHosts(context: Context, { clientId }: Whose): Promise<HostFact[]> {
  if (clientId === null) return []
  const found = await context.db
    .selectFrom('infrastructure')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('archived_at', 'is', null)
    .where('status', 'not in', ['retired', 'lost'])
    .where((eb) =>
      eb.or([
        eb('environmental_notes', 'is not', null),
        eb('limitations', '!=', '[]'),
        eb('powershell_version', 'is not', null),
      ]),
    )
    .where(visibleRows(infrastructure, context.caller, context.clock()))
    .orderBy('hostname')
    .limit(MOST.hosts)
    .execute()
  return found.map((row) => fromStored(infrastructure, row) as HostFact)
}

/** The last sessions of the client or project, without the current one and without those in which nothing happened. */
export async function readSessions(
  context: Context,
  { clientId, projectId }: Whose,
  without: string | null,
  since?: string,
): Promise<SessionFact[]> {
  const found = await context.db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.technician_id')
    .innerJoin('machines', 'machines.id', 'sessions.machine_id')
    .selectAll('sessions')
    .select(['users.name as technician_name', 'machines.hostname', 'machines.friendly_name'])
    .where('sessions.client_id', clientId === null ? 'is' : '=', clientId)
    .$if(clientId === null, (query) => query.where('sessions.technician_id', '=', context.caller.userId))
    .$if(projectId !== null, (query) => query.where('sessions.project_id', '=', projectId))
    .$if(without !== null, (query) => query.where('sessions.id', '!=', without as string))
    .$if(since !== undefined, (query) => query.where('sessions.last_activity_at', '>', since as string))
    .where((eb) =>
      eb.or([
        eb('sessions.summary', 'is not', null),
        eb.exists(
          eb
            .selectFrom('session_events')
            .select('event_id')
            .whereRef('session_id', '=', 'sessions.id')
            .where('kind', 'in', ['prompt', 'command', 'file']),
        ),
      ]),
    )
    .where(visibleRows(session, context.caller, context.clock()))
    .orderBy('sessions.started_at', 'desc')
    .orderBy('sessions.id', 'desc')
    .limit(MOST.sessions)
    .execute()
  const counts = await countsOf(
    context,
    found.map((row) => row.id),
  )
  return found.map((row) => ({
    ...(fromStored(session, row) as RowOf<typeof session>),
    technician_name: row.technician_name,
    machine_name: row.friendly_name ?? row.hostname,
    goal: counts.goals.get(row.id) ?? null,
    counts: counts.of(row.id),
  }))
}

async function countsOf(context: Context, ids: string[]) {
  const none = ids.length === 0
  const commands = none
    ? []
    : await context.db
        .selectFrom('commands_run')
        .select([
          'session_id',
          (eb) => eb.fn.countAll<number>().as('rows'),
          sql<number>`sum(case when success = 0 then 1 else 0 end)`.as('failures'),
        ])
        .where('session_id', 'in', ids)
        .groupBy('session_id')
        .execute()
  const files = none
    ? []
    : await context.db
        .selectFrom('file_changes')
        .select(['session_id', (eb) => eb.fn.countAll<number>().as('rows')])
        .where('session_id', 'in', ids)
        .groupBy('session_id')
        .execute()
  const items = none
    ? []
    : await context.db
        .selectFrom('work_items')
        .select(['session_id', (eb) => eb.fn.countAll<number>().as('rows')])
        .where('session_id', 'in', ids)
        .where('archived_at', 'is', null)
        .groupBy('session_id')
        .execute()
  const prompts = none
    ? []
    : await context.db
        .selectFrom('session_events')
        .select(['session_id', 'text', 'at'])
        .where('session_id', 'in', ids)
        .where('kind', '=', 'prompt')
        .orderBy('at', 'desc')
        .limit(500)
        .execute()
  const rowsOf = (list: { session_id: string; rows: number }[], id: string) =>
    Number(list.find((row) => row.session_id === id)?.rows ?? 0)
  return {
    // Newest first, so the oldest of each session is written last.
    goals: new Map(prompts.map((row) => [row.session_id, row.text])),
    of: (id: string) => ({
      commands: rowsOf(commands, id),
      failures: Number(commands.find((row) => row.session_id === id)?.failures ?? 0),
      files: rowsOf(files, id),
      work_items: rowsOf(items, id),
    }),
  }
}
