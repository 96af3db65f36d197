import type { EventData, RecordedEvent } from '../../../src/contract/events.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import { session } from '../../../src/contract/sessions.ts'
import { fileChange } from '../../../src/contract/work.ts'
import { programOf } from '../../../src/guard/shape.ts'
import type { Context } from '../../context.ts'
import { resolveClient } from '../../crud/find-client.ts'
import { mayWriteFor, rows } from '../../crud/rows.ts'
import { foldName } from '../../crud/stored.ts'
import { insertCommand } from './commands.ts'
import { endSession, noteCompaction, renewReport } from './ending.ts'

type Session = RowOf<typeof session>

/** What the log of events keeps beside the rows that an event made: a label for the account of time, and a text. */
export interface Kept {
  sessionId: string
  label: string | null
  text: string | null
}

export interface Recorder {
  /**
   * @param keep stores the event itself, before rows are made of it: the end of a session counts in its own account.
   * @throws AppError when the caller may not write for the client of the session.
   */
  record(event: RecordedEvent, at: string, keep: (kept: Kept) => Promise<void>): Promise<void>
  /** After the last event of a batch: last activity, and a new account of sessions that had ended before. */
  finish(): Promise<void>
}

interface Known {
  row: Session
  commands: number
  lastActivityAt: string
  /** Ended before this batch: what came late must still be counted. */
  wasEnded: boolean
  gotLater: boolean
}

/** Makes rows from events of one machine. One recorder serves one batch, inside its transaction. */
export function createRecorder(context: Context, machineId: string): Recorder {
  const known = new Map<string, Known>()

  async function sessionOf(event: RecordedEvent, at: string): Promise<Known> {
    const key = keyOf(event)
    const cached = known.get(key)
    if (cached) return cached
    const found = await findSession(context, event.stream, event.stretch)
    const row = found ?? (await openSession(context, machineId, event, at))
    const last = await context.db
      .selectFrom('commands_run')
      .select((eb) => eb.fn.max('seq').as('seq'))
      .where('session_id', '=', row.id)
      .executeTakeFirst()
    const state = {
      row,
      commands: Number(last?.seq ?? 0),
      lastActivityAt: row.last_activity_at,
      wasEnded: row.ended_at !== null,
      gotLater: false,
    }
    known.set(key, state)
    return state
  }

  return {
    async record(event, at, keep) {
      const key = keyOf(event)
      const isNew = !known.has(key)
      try {
        const state = await sessionOf(event, at)
        await keep({ sessionId: state.row.id, ...said(event) })
        await apply(context, state, event, at)
        state.gotLater ||= state.wasEnded
        if (at > state.lastActivityAt) state.lastActivityAt = at
      } catch (error) {
        // The caller rolls this event back, and with it the session that it may have opened.
        if (isNew) known.delete(key)
        throw error
      }
    },
    async finish() {
      for (const { row, lastActivityAt, gotLater } of known.values()) {
        await context.db
          .updateTable('sessions')
          .set({ last_activity_at: lastActivityAt })
          .where('id', '=', row.id)
          .where('last_activity_at', '<', lastActivityAt)
          .execute()
        if (gotLater) await renewReport(context, row.id)
      }
    },
  }
}

const keyOf = (event: RecordedEvent) => `${event.stream} ${event.stretch}`

async function findSession(context: Context, stream: string, stretch: number): Promise<Session | undefined> {
  const found = await context.db
    .selectFrom('sessions')
    .select('id')
    .where('claude_session_id', '=', stream)
    .where('stretch', '=', stretch)
    .executeTakeFirst()
  if (!found) return undefined
  const row = await rows(context, session).get(found.id)
  await mayWriteFor(context, session, row)
  return row
}

/** The session row: from `session.opened`, or implicit when what opened it was lost. */
async function openSession(context: Context, machineId: string, event: RecordedEvent, at: string): Promise<Session> {
  const opened: EventData<'session.opened'> =
    event.kind === 'session.opened' ? event.data : { mode: 'normal', trigger: 'implicit' }
  const place = await placeOf(context, opened)
  const parent =
    opened.parent_stream === undefined
      ? undefined
      : await findSession(context, opened.parent_stream, opened.parent_stretch ?? 0)
  return rows(context, session).insert({
    ...place,
    machine_id: machineId,
    mode: opened.mode,
    claude_session_id: event.stream,
    stretch: event.stretch,
    parent_session_id: parent?.id ?? null,
    model: opened.model ?? null,
    ticket: opened.ticket ?? null,
    cwd: opened.cwd ?? null,
    git_branch: opened.git_branch ?? null,
    git_head_start: opened.git_head ?? null,
    technician_id: context.caller.userId,
    status: 'active',
    is_billable: opened.mode === 'msp',
    started_at: at,
    last_activity_at: at,
  })
}

async function placeOf(
  context: Context,
  opened: EventData<'session.opened'>,
): Promise<Pick<Session, 'client_id' | 'project_id' | 'unresolved_client'>> {
  const typed = opened.client_id ?? opened.client_name
  if (typed === undefined) return { client_id: null, project_id: null, unresolved_client: null }
  const { client } = await resolveClient(context, typed)
  if (!client) return { client_id: null, project_id: null, unresolved_client: opened.client_name ?? typed }
  return { client_id: client.id, project_id: await projectOf(context, client.id, opened), unresolved_client: null }
}

async function projectOf(
  context: Context,
  clientId: string,
  opened: EventData<'session.opened'>,
): Promise<string | null> {
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

async function apply(context: Context, state: Known, event: RecordedEvent, at: string): Promise<void> {
  if (event.kind === 'command') await insertCommand(context, state.row, ++state.commands, event.data, at)
  if (event.kind === 'file') await insertFile(context, state.row, event.data, at)
  if (event.kind === 'session.closed')
    await endSession(context, state.row.id, event.data.reason, at, event.data.git_head ?? null)
  if (event.kind === 'compaction') await noteCompaction(context, state.row.id, event.id)
}

/** The label that the time before an event is accounted under, and its text. Pure. */
function said(event: RecordedEvent): Omit<Kept, 'sessionId'> {
  switch (event.kind) {
    case 'command':
      return { label: labelOf(event.data), text: null }
    case 'file':
      return { label: 'editing files', text: null }
    case 'prompt':
      return { label: 'conversation', text: event.data.text }
    case 'turn':
      return { label: 'conversation', text: event.data.text ?? null }
    case 'agent.started':
    case 'agent.stopped':
      return { label: `agent ${event.data.agent_type}`.slice(0, 200), text: event.data.report ?? null }
    case 'compaction':
      return { label: null, text: event.data.instructions ?? null }
    case 'gap':
      return { label: null, text: event.data.note }
    default:
      return { label: null, text: null }
  }
}

/** What the time of a command is accounted under. */
const labelOf = (data: EventData<'command'>) => (programOf(data.command) || 'commands').slice(0, 200)

const CONFIGURATION =
  /\.(conf|cfg|cnf|ini|ya?ml|toml|json|xml|env|reg|service|rules)$|(^|[/\\])(etc|\.ssh|\.config)[/\\]/i

async function insertFile(context: Context, row: Session, data: EventData<'file'>, at: string): Promise<void> {
  await rows(context, fileChange).insert({
    session_id: row.id,
    client_id: row.client_id,
    machine_id: row.machine_id,
    path: data.path,
    change: data.change,
    before_sha256: data.before_sha256 ?? null,
    after_sha256: data.after_sha256 ?? null,
    lines_added: data.lines_added ?? null,
    lines_removed: data.lines_removed ?? null,
    git_branch: row.git_branch,
    is_config: CONFIGURATION.test(data.path),
    sensitive: false,
    agent_id: data.agent_id ?? null,
    agent_type: data.agent_type ?? null,
    changed_at: at,
  })
}
