import { sql } from 'kysely'
import { AppError } from '../../../src/contract/errors.ts'
import type { EventData, RecordedEvent } from '../../../src/contract/events.ts'
import type { AnyEntity, RowOf } from '../../../src/contract/kernel.ts'
import { conversationContext } from '../../../src/contract/knowledge.ts'
import { session } from '../../../src/contract/sessions.ts'
import { task } from '../../../src/contract/tasks.ts'
import type { Context } from '../../context.ts'
import { resolveClient } from '../../crud/find-client.ts'
import { mayWriteFor, rows } from '../../crud/rows.ts'
import { foldName } from '../../crud/stored.ts'
import { indexRows, indexSaidIn } from '../../search/indexing.ts'

type Session = RowOf<typeof session>
type Opened = EventData<'session.opened'>

/**
 * The session of a stretch, held until the transaction ends: two batches of one session come one after the other.
 *
 * @throws AppError FORBIDDEN when the caller may not write for it. Its id and client are not told.
 */
export async function findSession(context: Context, stream: string, stretch: number): Promise<Session | undefined> {
  const held = await context.db
    .updateTable('sessions')
    .set((eb) => ({ stretch: eb.ref('stretch') }))
    .where('claude_session_id', '=', stream)
    .where('stretch', '=', stretch)
    .executeTakeFirst()
  if (Number(held.numUpdatedRows) === 0) return undefined
  const { items } = await rows(context, session).list({ claude_session_id: stream, stretch, archived: true, limit: 1 })
  const [row] = items
  if (!row)
    throw new AppError(
      'FORBIDDEN',
      'The session of this event is of a client that you have no access to, or of somebody else. Ask an admin for access; the event is kept in "msp spool dead-letter".',
    )
  await mayWriteFor(context, session, row)
  return row
}

/** The session row: from `session.opened`, or implicit when what opened it was lost. */
export async function openSession(
  context: Context,
  machineId: string,
  event: RecordedEvent,
  at: string,
): Promise<Session> {
  const opened: Opened = event.kind === 'session.opened' ? event.data : { mode: 'normal', trigger: 'implicit' }
  const described = await describe(context, opened)
  return rows(context, session).insert({
    ...described,
    machine_id: machineId,
    claude_session_id: event.stream,
    stretch: event.stretch,
    technician_id: context.caller.userId,
    status: 'active',
    started_at: at,
    last_activity_at: at,
  })
}

/**
 * What opened a session came after events of it (it was refused at first, or lost and found in the transcript): the session that was
 * only there to keep them, and what it has, become the client's.
 */
export async function nameSession(context: Context, row: Session, opened: Opened, at: string): Promise<Session> {
  if (row.client_id !== null || row.mode !== 'normal') return row
  const described = await describe(context, opened)
  await mayWriteFor(context, session, described)
  const started_at = at < row.started_at ? at : row.started_at
  const named = await rows(context, session).update(row.id, { ...described, started_at })
  for (const table of ['commands_run', 'file_changes', 'conversation_contexts', 'tasks'] as const)
    await context.db
      .updateTable(table)
      .set({ client_id: named.client_id })
      .where('session_id', '=', row.id)
      .where('client_id', 'is', null)
      .execute()
  for (const entity of [conversationContext, task])
    await indexRows(context, entity, await idsOf(context, entity, row.id))
  await indexSaidIn(context, row.id)
  return named
}

async function idsOf(context: Context, { table }: AnyEntity, sessionId: string): Promise<string[]> {
  const found = await sql<{ id: string }>`select id from ${sql.table(table)} where session_id = ${sessionId}`.execute(
    context.db,
  )
  return found.rows.map(({ id }) => id)
}

async function describe(context: Context, opened: Opened): Promise<Partial<Session>> {
  const place = await placeOf(context, opened)
  return {
    ...place,
    mode: opened.mode,
    parent_session_id: await parentOf(context, opened, place.client_id),
    model: opened.model ?? null,
    ticket: opened.ticket ?? null,
    cwd: opened.cwd ?? null,
    git_branch: opened.git_branch ?? null,
    git_head_start: opened.git_head ?? null,
    is_billable: opened.mode === 'msp',
  }
}

/** The stretch that it goes on from, when that was for the same client: a row never points to another client's. */
async function parentOf(context: Context, opened: Opened, clientId: string | null): Promise<string | null> {
  if (opened.parent_stream === undefined) return null
  const stretch = opened.parent_stretch ?? 0
  const { items } = await rows(context, session).list({ claude_session_id: opened.parent_stream, stretch, limit: 1 })
  return items[0]?.client_id === clientId ? items[0].id : null
}

async function placeOf(
  context: Context,
  opened: Opened,
): Promise<Pick<Session, 'client_id' | 'project_id' | 'unresolved_client'>> {
  const typed = opened.client_id ?? opened.client_name
  if (typed === undefined) return { client_id: null, project_id: null, unresolved_client: null }
  const { client } = await resolveClient(context, typed)
  if (!client) return { client_id: null, project_id: null, unresolved_client: opened.client_name ?? typed }
  return { client_id: client.id, project_id: await projectOf(context, client.id, opened), unresolved_client: null }
}

async function projectOf(context: Context, clientId: string, opened: Opened): Promise<string | null> {
  const projects = context.db
    .selectFrom('projects')
    .select('id')
    .where('client_id', '=', clientId)
    .where('archived_at', 'is', null)
  if (opened.project_id) return (await projects.where('id', '=', opened.project_id).executeTakeFirst())?.id ?? null
  if (opened.project_name)
    return (await projects.where('name_key', '=', foldName(opened.project_name)).executeTakeFirst())?.id ?? null
  return null
}
