import type { RowOf } from '../../../src/contract/kernel.ts'
import { type SessionReport, type session, session as sessionEntity } from '../../../src/contract/sessions.ts'
import { OPEN_TASK_STATUS } from '../../../src/contract/tasks.ts'
import {
  commandRun as commandEntity,
  type commandRun,
  type fileChange,
  fileChange as fileEntity,
  workItem as itemEntity,
  type workItem,
} from '../../../src/contract/work.ts'
import type { Context } from '../../context.ts'
import { fromStored } from '../../crud/stored.ts'

export type Session = RowOf<typeof session>
export type Command = RowOf<typeof commandRun> & { host: string | null }
export type FileChange = RowOf<typeof fileChange>
export type WorkItem = RowOf<typeof workItem>

/** All that one session left behind. The caller's right to the session has been checked. */
export interface SessionFacts {
  session: Session
  clientName: string | null
  projectName: string | null
  technicianName: string
  machineName: string
  events: { kind: string; at: string; label: string | null; text: string | null }[]
  commands: Command[]
  files: FileChange[]
  workItems: WorkItem[]
  /** Open tasks that were made in it. */
  openTasks: { id: string; title: string }[]
  timeEntries: SessionReport['time_entries']
}

/** More than this many rows of one kind are not read for a summary. */
const MOST = 5_000

export async function readSessionFacts(context: Context, sessionId: string): Promise<SessionFacts> {
  const { db } = context
  const named = await db
    .selectFrom('sessions')
    .leftJoin('clients', 'clients.id', 'sessions.client_id')
    .leftJoin('projects', 'projects.id', 'sessions.project_id')
    .innerJoin('users', 'users.id', 'sessions.technician_id')
    .innerJoin('machines', 'machines.id', 'sessions.machine_id')
    .selectAll('sessions')
    .select([
      'clients.name as client_name',
      'projects.name as project_name',
      'users.name as technician_name',
      'machines.hostname',
      'machines.friendly_name',
    ])
    .where('sessions.id', '=', sessionId)
    .executeTakeFirstOrThrow()
  const events = await db
    .selectFrom('session_events')
    .select(['kind', 'at', 'label', 'text'])
    .where('session_id', '=', sessionId)
    .orderBy('at')
    .orderBy('seq')
    .limit(MOST)
    .execute()
  const commands = await db
    .selectFrom('commands_run')
    .leftJoin('infrastructure', 'infrastructure.id', 'commands_run.infrastructure_id')
    .selectAll('commands_run')
    .select('infrastructure.hostname as host')
    .where('session_id', '=', sessionId)
    .orderBy('seq')
    .limit(MOST)
    .execute()
  const files = await db
    .selectFrom('file_changes')
    .selectAll()
    .where('session_id', '=', sessionId)
    .orderBy('changed_at')
    .orderBy('id')
    .limit(MOST)
    .execute()
  const items = await db
    .selectFrom('work_items')
    .selectAll()
    .where('session_id', '=', sessionId)
    .where('archived_at', 'is', null)
    .orderBy('seq')
    .limit(MOST)
    .execute()
  const openTasks = await db
    .selectFrom('tasks')
    .select(['id', 'title'])
    .where('session_id', '=', sessionId)
    .where('status', 'in', OPEN_TASK_STATUS)
    .where('archived_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .limit(50)
    .execute()
  const timeEntries = await readTimeEntries(context, sessionId)
  return {
    timeEntries,
    session: fromStored(sessionEntity, named) as Session,
    clientName: named.client_name,
    projectName: named.project_name,
    technicianName: named.technician_name,
    machineName: named.friendly_name ?? named.hostname,
    events,
    commands: commands.map((row) => ({
      ...(fromStored(commandEntity, row) as RowOf<typeof commandRun>),
      host: row.host,
    })),
    files: files.map((row) => fromStored(fileEntity, row) as FileChange),
    workItems: items.map((row) => fromStored(itemEntity, row) as WorkItem),
    openTasks,
  }
}

/** The time that was made of a session; what took it back again is none of it. */
export async function readTimeEntries({ db }: Context, sessionId: string): Promise<SessionReport['time_entries']> {
  const found = await db
    .selectFrom('billable_time')
    .select(['id', 'work_date', 'classification', 'raw_seconds', 'billable_minutes', 'amount_minor', 'currency'])
    .where('session_id', '=', sessionId)
    .where('archived_at', 'is', null)
    .where('reverses_id', 'is', null)
    .orderBy('work_date')
    .orderBy('id')
    .limit(100)
    .execute()
  const whole = (value: number | null) => (value === null ? null : Number(value))
  return found.map((row) => ({
    ...row,
    work_date: row.work_date ?? '',
    raw_seconds: Number(row.raw_seconds ?? 0),
    billable_minutes: whole(row.billable_minutes),
    amount_minor: whole(row.amount_minor),
  }))
}
