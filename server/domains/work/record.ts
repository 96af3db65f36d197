import type { EventData, RecordedEvent } from '../../../src/contract/events.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { session } from '../../../src/contract/sessions.ts'
import { fileChange } from '../../../src/contract/work.ts'
import { programOf } from '../../../src/guard/shape.ts'
import type { Context } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import type { WithheldText } from '../../redaction/columns.ts'
import { keepWithheld } from '../../redaction/quarantine.ts'
import { endTokens } from '../people/agent-tokens.ts'
import { takeUpAgain } from './abandoned.ts'
import { insertCommand } from './commands.ts'
import { endSession, noteCompaction, renewReport } from './ending.ts'
import { type CleanedEvent, cleanEvent } from './event-texts.ts'
import { findSession, nameSession, openSession } from './opening.ts'

type Session = RowOf<typeof session>

/** What the log of events keeps beside the rows that an event made: a label for the account of time, and a text. */
export interface Kept {
  session: Session
  label: string | null
  text: string | null
  redaction_count: number
  redactor_version: number
  /** The text, where it could not be looked through. */
  withheld: WithheldText[]
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
  /** The event that made the session's row, in this batch. */
  openedBy: string | null
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
      openedBy: found ? null : event.id,
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
        const { client_id } = state.row
        const cleaned = await cleanEvent(context, event.kind, event.data, client_id)
        const told = { ...event, data: cleaned.data } as RecordedEvent
        if (state.wasEnded && (await takeUpAgain(context, state.row.id, at))) state.wasEnded = false
        await keep({
          session: state.row,
          ...said(told),
          ...redactionOf(context, told, cleaned),
        })
        await apply(context, state, told, cleaned, at)
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

/** What was found in the text that the log keeps. Of commands and files their own rows tell. */
function redactionOf(
  { redaction }: Context,
  event: RecordedEvent,
  { count, withheld }: CleanedEvent<unknown>,
): Pick<Kept, 'redaction_count' | 'redactor_version' | 'withheld'> {
  if (event.kind === 'command' || event.kind === 'file')
    return { redaction_count: 0, redactor_version: redaction.version, withheld: [] }
  const ofText = withheld.filter(({ column }) => TEXT_FIELDS.has(column))
  const redactor_version = ofText.length > 0 ? 0 : redaction.version
  return { redaction_count: count, redactor_version, withheld: ofText.map(({ raw }) => ({ column: 'text', raw })) }
}

/** Fields of events that the log keeps as its text. */
const TEXT_FIELDS: ReadonlySet<string> = new Set(['text', 'report', 'instructions', 'note'])

async function apply(
  context: Context,
  state: Known,
  event: RecordedEvent,
  cleaned: CleanedEvent<unknown>,
  at: string,
): Promise<void> {
  if (event.kind === 'session.opened' && state.openedBy !== event.id)
    state.row = await nameSession(context, state.row, event.data, at)
  if (event.kind === 'command')
    await insertCommand(context, state.row, ++state.commands, { ...cleaned, data: event.data }, at)
  if (event.kind === 'file') await insertFile(context, state.row, { ...cleaned, data: event.data }, at)
  if (event.kind === 'session.closed')
    await endSession(context, state.row.id, event.data.reason, at, event.data.git_head ?? null)
  if (event.kind === 'agent.stopped') await endTokens(context, [state.row.id], event.data.agent_id)
  if (event.kind === 'compaction') await noteCompaction(context, state.row.id)
}

/** The label that the time before an event is accounted under, and its text. Pure. */
function said(event: RecordedEvent): Pick<Kept, 'label' | 'text'> {
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

async function insertFile(
  context: Context,
  row: Session,
  { data, texts, withheld }: CleanedEvent<EventData<'file'>>,
  at: string,
): Promise<void> {
  const inserted = await rows({ ...context, cleaned: texts }, fileChange).insert({
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
  await keepWithheld(context, fileChange, inserted.id, row.client_id, withheld)
}
