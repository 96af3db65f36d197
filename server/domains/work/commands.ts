import type { EventData } from '../../../src/contract/events.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import { session } from '../../../src/contract/sessions.ts'
import { commandRun } from '../../../src/contract/work.ts'
import { answers, failureCategory, isDestructive } from '../../../src/guard/failures.ts'
import { commandFingerprint } from '../../../src/guard/shape.ts'
import { targetOf } from '../../../src/guard/target.ts'
import type { Context, Handlers } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { announce } from '../../outbox/announce.ts'
import { keepWithheld } from '../../redaction/quarantine.ts'
import { learnFailure } from '../failures/failing.ts'
import { findAsset } from '../failures/places.ts'
import { learnSuccess } from '../failures/succeeding.ts'
import { learnInsights } from '../insights/learn.ts'
import { type CleanedEvent, cleanEvent } from './event-texts.ts'
import { keepChanges } from './keep-changes.ts'
import { nextSeq } from './numbering.ts'
import { sha256 } from './sha256.ts'

type Session = RowOf<typeof session>
type Command = RowOf<typeof commandRun>
interface Failed {
  id: string
  command: string
  command_fingerprint: string
  /** Within its session. */
  seq: number
}

/** How far back a success of another session answers a failure. */
const FAILURE_DAYS = 90
const MOST_FAILURES = 200

export const commandsRun = {
  ...standardHandlers(commandRun),
  create: async (context, { session_id, started_at, ...told }) => {
    const of = await rows(context, session).get(session_id)
    const at = started_at ?? context.clock().toISOString()
    const ended = new Date(Date.parse(at) + (told.duration_ms ?? 0)).toISOString()
    const event = await cleanEvent(context, 'command', told, of.client_id)
    return insertCommand(context, of, await nextSeq(context, 'commands_run', of.id), event, ended)
  },
} satisfies Handlers['commandsRun']

/** Stores a captured command, linked to the failure that it repeats and to those that it answers. */
export async function insertCommand(
  context: Context,
  session: Session,
  seq: number,
  event: CleanedEvent<EventData<'command'>>,
  at: string,
): Promise<Command> {
  const { data, texts, withheld } = event
  const fingerprint = commandFingerprint(data.command, sha256)
  const failed = await failedInSession(context, session.id)
  const inserted = await rows({ ...context, cleaned: texts }, commandRun).insert({
    ...columnsOf(data, at),
    redaction_count: (data.redaction_count ?? 0) + event.count,
    redactor_version: withheld.length > 0 ? 0 : context.redaction.version,
    session_id: session.id,
    client_id: session.client_id,
    infrastructure_id: await assetOf(context, session.client_id, data.command),
    machine_id: session.machine_id,
    seq,
    command_fingerprint: fingerprint,
    retry_of_id: failed.find((earlier) => earlier.command_fingerprint === fingerprint)?.id ?? null,
  })
  const sealed = withheld.map(({ column, raw }) => ({ column: COLUMNS[column] ?? column, raw }))
  await keepWithheld(context, commandRun, inserted.id, session.client_id, sealed)
  await learnInsights(context, session, inserted)
  if (!data.success) {
    await learnFailure(context, session, inserted)
    return inserted
  }
  const elsewhere = await failedForClient(context, session, fingerprint, at)
  const otherWays = await learnSuccess(context, session, inserted, failed)
  const doneSo = failed.filter(({ id }) => otherWays.includes(id))
  await resolve(context, session, inserted.id, [...answeredBy(data.command, [...failed, ...elsewhere]), ...doneSo], at)
  await keepChanges(context, session, inserted, at)
  return inserted
}

/** The failures that a success answers. Equal command lines are compared once: reading them is most of the work of taking events in. */
function answeredBy(succeeded: string, failed: Failed[]): Failed[] {
  const lines = new Set(failed.map((earlier) => earlier.command))
  const answered = new Set([...lines].filter((line) => answers(line, succeeded)))
  return failed.filter((earlier) => answered.has(earlier.command))
}

/** Where the row calls a text of the event otherwise. */
const COLUMNS: Readonly<Record<string, string>> = {
  stdout: 'stdout_excerpt',
  stderr: 'stderr_excerpt',
  error: 'error_message',
}

const columnsOf = (data: EventData<'command'>, at: string) => ({
  tool: data.tool,
  cwd: data.cwd ?? null,
  command: data.command,
  agent_id: data.agent_id ?? null,
  agent_type: data.agent_type ?? null,
  stdout_excerpt: data.stdout ?? null,
  stderr_excerpt: data.stderr ?? null,
  error_message: data.error ?? null,
  output_bytes: data.output_bytes ?? null,
  output_sha256: data.output_sha256 ?? null,
  // A duration of millennia is a mistake of somebody's clock: no instant lies before 1970.
  started_at: new Date(Math.max(0, Date.parse(at) - (data.duration_ms ?? 0))).toISOString(),
  duration_ms: data.duration_ms ?? null,
  exit_code: data.exit_code,
  success: data.success,
  interrupted: data.interrupted ?? false,
  failure_category: data.success
    ? null
    : failureCategory({ exitCode: data.exit_code, stderr: data.stderr ?? null, error: data.error ?? null }),
  is_destructive: isDestructive(data.command),
})

/** The session's failures that nothing answered yet, newest first. */
function failedInSession(context: Context, sessionId: string): Promise<Failed[]> {
  return openFailures(context).where('session_id', '=', sessionId).orderBy('seq', 'desc').execute()
}

/** The same failure in earlier sessions for the client, by whomever. */
async function failedForClient(context: Context, session: Session, fingerprint: string, at: string): Promise<Failed[]> {
  if (session.client_id === null) return []
  const since = new Date(Date.parse(at) - FAILURE_DAYS * 86_400_000).toISOString()
  return openFailures(context)
    .where('command_fingerprint', '=', fingerprint)
    .where('client_id', '=', session.client_id)
    .where('session_id', '!=', session.id)
    .where('started_at', '>', since)
    .where('started_at', '<=', at)
    .execute()
}

const openFailures = (context: Context) =>
  context.db
    .selectFrom('commands_run')
    .select(['id', 'command', 'command_fingerprint', 'seq'])
    .where('success', '=', 0)
    .where('resolved_by_id', 'is', null)
    .limit(MOST_FAILURES)

/** Marks failures as answered, and closes the loose ends that they left. */
async function resolve(
  context: Context,
  session: Session,
  commandId: string,
  answered: Failed[],
  at: string,
): Promise<void> {
  if (answered.length === 0) return
  const ids = answered.map((failed) => failed.id)
  await context.db.updateTable('commands_run').set({ resolved_by_id: commandId }).where('id', 'in', ids).execute()
  const done = await context.db
    .selectFrom('tasks')
    .selectAll()
    .where('kind', '=', 'pending')
    .where('status', '=', 'todo')
    .where('command_id', 'in', ids)
    .execute()
  for (const { id, ...task } of done) {
    const change = { status: 'done' as const, completed_at: at, completed_in_session_id: session.id }
    await context.db
      .updateTable('tasks')
      .set((eb) => ({
        ...change,
        updated_at: context.clock().toISOString(),
        row_version: eb('row_version', '+', 1),
      }))
      .where('id', '=', id)
      .execute()
    await announce(context, 'task.completed', { id, ...task, ...change })
  }
}

/** The client's asset that the command ran on, when its target is one. */
async function assetOf(context: Context, clientId: string | null, command: string): Promise<string | null> {
  const target = clientId === null ? null : targetOf(command)
  return target === null ? null : findAsset(context, clientId, target)
}
