import type { EventData } from '../../../src/contract/events.ts'
import { conversationContext } from '../../../src/contract/knowledge.ts'
import { type SessionReport, session as sessionEntity } from '../../../src/contract/sessions.ts'
import { task } from '../../../src/contract/tasks.ts'
import type { FreeText } from '../../../src/contract/values.ts'
import { clip, oneLine } from '../../../src/recall/clean.ts'
import type { Context } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import { announce } from '../../outbox/announce.ts'
import { textWithoutSecrets } from '../../redaction/call.ts'
import { indexRows } from '../../search/indexing.ts'
import { countTokens } from '../../search/tokenizer.ts'
import { keepSessionTime } from '../billing/session-time.ts'
import { keepPieces } from './pieces/keep.ts'
import { type Piece, piecesOf } from './pieces/pieces.ts'
import { keepProjectState } from './project-state.ts'
import { activity, timeByActivity, timeByPresence, unresolvedFailures } from './rules.ts'
import { commitsOf, ticketNote } from './session-ends.ts'
import { type Command, readSessionFacts, readTimeEntries, type SessionFacts } from './session-facts.ts'
import { sha256 } from './sha256.ts'
import { type Summary, summarise } from './summary.ts'

type CloseReason = EventData<'session.closed'>['reason']

/** At most this many loose ends are made of a session's failures: the rest is in its summary. */
const MOST_LOOSE_ENDS = 3

/** Ends a session with its summary, time and loose ends. One that has ended stays as it is. */
export async function endSession(
  context: Context,
  sessionId: string,
  reason: CloseReason,
  at: string,
  gitHead: string | null,
): Promise<void> {
  const row = await context.db
    .selectFrom('sessions')
    .select(['started_at', 'ended_at'])
    .where('id', '=', sessionId)
    .executeTakeFirstOrThrow()
  if (row.ended_at !== null) return
  const status = reason === 'crash' || reason === 'idle' ? 'abandoned' : 'ended'
  const endedAt = at > row.started_at ? at : row.started_at
  const ended = await context.db
    .updateTable('sessions')
    .set({ status, ended_at: endedAt, end_reason: reason, git_head_end: gitHead })
    .where('id', '=', sessionId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  // Of two who end it at once, one does.
  if (Number(ended.numUpdatedRows) === 0) return
  await renewReport(context, sessionId)
  await announce(context, 'session.ended', async () =>
    context.db.selectFrom('sessions').selectAll().where('id', '=', sessionId).executeTakeFirstOrThrow(),
  )
}

/**
 * Makes the account of an ended session from all that was recorded of it: after its end, and again when events come late.
 * A summary that a person or an agent improved stays.
 */
export async function renewReport(context: Context, sessionId: string): Promise<void> {
  const facts = await readSessionFacts(context, sessionId)
  const report = reportOf(facts)
  const { wall_seconds, active_seconds } = report.time
  await context.db
    .updateTable('sessions')
    .set({ wall_seconds, active_seconds, updated_at: context.clock().toISOString() })
    .where('id', '=', sessionId)
    .execute()
  if (facts.commands.length + facts.files.length + facts.workItems.length + report.counts.prompts === 0) return
  await keepLooseEnds(context, facts)
  facts.workItems = await keepPieces(context, facts)
  const instants = facts.events.map(({ at }) => at)
  await keepSessionTime(context, facts.session, instants, workDone(facts.workItems))
  facts.timeEntries = await readTimeEntries(context, sessionId)
  const summary = await summaryOf(context, facts)
  const before = await keepContext(context, facts, 'session_end', sha256(`session_end ${sessionId}`), summary)
  await keepProjectState(context, facts, summary)
  const { session } = facts
  const isOurs = session.summary === null || session.summary === before?.dense_summary
  const change = {
    ...(isOurs ? { summary: summary.markdown } : {}),
    ...(session.title === null || session.title === before?.title ? { title: summary.title } : {}),
  }
  if (Object.keys(change).length === 0) return
  await context.db.updateTable('sessions').set(change).where('id', '=', sessionId).execute()
  await indexRows(context, sessionEntity, [sessionId])
}

const NOTE_CHARS = 1_000

/** What stands on a bill until somebody writes something better: the titles of the pieces of work. */
const workDone = (items: SessionFacts['workItems']): string | null =>
  items.length === 0 ? null : clip(items.map(({ title }) => oneLine(title, 120)).join('; '), NOTE_CHARS)

/**
 * What was done before the conversation was compacted. Kept under what it was made from: a second compaction with nothing done in between
 * keeps no second one.
 */
export async function noteCompaction(context: Context, sessionId: string): Promise<void> {
  const facts = await readSessionFacts(context, sessionId)
  const source = workOf(facts)
  if (source.length === 0) return
  facts.workItems = await keepPieces(context, facts)
  const hash = sha256(JSON.stringify(['pre_compact', sessionId, source]))
  await keepContext(context, facts, 'pre_compact', hash, await summaryOf(context, facts))
}

/** What a session did, as what its summary is made from; the passing of time alone is no work. */
const workOf = ({ events, commands, files, workItems, openTasks }: SessionFacts): string[] => [
  ...events.filter(({ kind }) => kind === 'prompt' || kind === 'agent.stopped').map(({ kind, at }) => `${kind} ${at}`),
  ...commands.map(({ id, resolved_by_id }) => `${id} ${resolved_by_id}`),
  ...files.map(({ id }) => id),
  // Those that are made of the rest say nothing more.
  ...workItems.filter(({ is_automatic }) => !is_automatic).map(({ id, row_version }) => `${id} ${row_version}`),
  ...openTasks.map(({ id }) => id),
]

/** What is put together of clean parts may show what none of them did. */
async function summaryOf(context: Context, facts: SessionFacts): Promise<Summary> {
  const summary = summarise({ ...facts, commits: commitsOf(facts.commands) })
  const { client_id } = facts.session
  const { title, dense_summary } = conversationContext.freeTexts
  return {
    ...summary,
    title: await textWithoutSecrets(context, summary.title, title as FreeText, client_id),
    markdown: await textWithoutSecrets(context, summary.markdown, dense_summary as FreeText, client_id),
  }
}

/** The figures of a session: what was done, how long it took, what is open. */
export function reportOf(facts: SessionFacts): SessionReport {
  const { session, commands, events } = facts
  const end = session.ended_at ?? session.last_activity_at
  const kinds = (kind: string) => events.filter((event) => event.kind === kind).length
  return {
    session,
    client_name: facts.clientName,
    project_name: facts.projectName,
    technician_name: facts.technicianName,
    machine_name: facts.machineName,
    counts: {
      commands: commands.length,
      failures: commands.filter((command) => !command.success).length,
      unresolved_failures: unresolvedFailures(commands).length,
      files: new Set(facts.files.map((file) => file.path)).size,
      work_items: facts.workItems.length,
      prompts: kinds('prompt'),
      agents: kinds('agent.started'),
    },
    time: {
      wall_seconds: Math.max(0, Math.floor((Date.parse(end) - Date.parse(session.started_at)) / 1_000)),
      active_seconds: activity(events.map((event) => event.at)),
      ...timeByPresence(events, commands),
      by_activity: timeByActivity(events),
    },
    open_tasks: facts.openTasks,
    commits: commitsOf(commands),
    ticket_note: ticketNote(facts),
    time_entries: facts.timeEntries,
    pieces: piecesOf(facts, []).map(shownPiece),
  }
}

const shownPiece = ({ title, category, topics, startedAt, endedAt, activeSeconds }: Piece) => ({
  ...{ title, category, tags: topics.map(({ slug }) => slug) },
  ...{ started_at: startedAt, ended_at: endedAt, active_seconds: activeSeconds },
})

async function keepContext(
  context: Context,
  facts: SessionFacts,
  kind: 'session_end' | 'pre_compact',
  sourceHash: string,
  summary: Summary,
) {
  const { session } = facts
  const values = {
    title: summary.title,
    dense_summary: summary.markdown,
    key_points: summary.keyPoints,
    open_questions: summary.openQuestions,
    token_estimate: await countTokens(summary.markdown),
  }
  const before = await context.db
    .selectFrom('conversation_contexts')
    .select(['id', 'title', 'dense_summary'])
    .where('source_hash', '=', sourceHash)
    .executeTakeFirst()
  if (before) await rows(context, conversationContext).update(before.id, values)
  else {
    const place = {
      session_id: session.id,
      client_id: session.client_id,
      project_id: session.project_id,
      machine_id: session.machine_id,
    }
    await rows(context, conversationContext).insert({
      ...values,
      ...place,
      kind,
      importance: 5,
      source_hash: sourceHash,
    })
  }
  return before
}

/** Failures that nothing answered become tasks of kind `pending`; a later success of the same command closes them. */
async function keepLooseEnds(context: Context, facts: SessionFacts): Promise<void> {
  const { session } = facts
  const open = latestOfEachShape(unresolvedFailures(facts.commands)).slice(-MOST_LOOSE_ENDS)
  if (session.client_id === null || open.length === 0) return
  const [ids, fingerprints] = [open.map(({ id }) => id), open.map((command) => command.command_fingerprint)]
  const known = await context.db
    .selectFrom('tasks')
    .innerJoin('commands_run', 'commands_run.id', 'tasks.command_id')
    .select('commands_run.command_fingerprint')
    .where('tasks.client_id', '=', session.client_id)
    // What somebody finished or dismissed does not come back with late news of the same failure.
    .where((eb) => eb.or([eb('tasks.status', '=', 'todo'), eb('tasks.command_id', 'in', ids)]))
    .where('commands_run.command_fingerprint', 'in', fingerprints)
    .execute()
  const waiting = new Set(known.map((row) => row.command_fingerprint))
  for (const command of open.filter((candidate) => !waiting.has(candidate.command_fingerprint))) {
    const place = {
      client_id: session.client_id,
      project_id: session.project_id,
      session_id: session.id,
      infrastructure_id: command.infrastructure_id,
    }
    const values = {
      kind: 'pending' as const,
      reason: 'follow_up' as const,
      title: looseEnd(command),
      priority: 'p3' as const,
      status: 'todo' as const,
      command_id: command.id,
    }
    const made = await rows(context, task).insert({ ...values, ...place })
    facts.openTasks.push({ id: made.id, title: made.title })
  }
}

const latestOfEachShape = (commands: Command[]): Command[] => [
  ...new Map(commands.map((command) => [command.command_fingerprint, command])).values(),
]

/** At most 200 characters, as a title has: an exit code may have ten digits. */
const looseEnd = (command: Command) =>
  `Unresolved: ${oneLine(command.command, 110)} failed${command.host ? ` on ${oneLine(command.host, 40)}` : ''}${command.exit_code === null ? '' : ` (exit ${command.exit_code})`}`
