import { sql } from 'kysely'
import type { z } from 'zod'
import { AppError } from '../../../src/contract/errors.ts'
import { type EventOutcome, RecordedEvent, type SpooledEvent } from '../../../src/contract/events.ts'
import { machine } from '../../../src/contract/people.ts'
import type { Context, Handlers } from '../../context.ts'
import { changesUntilNow } from '../../crud/changes.ts'
import { rows } from '../../crud/rows.ts'
import { whyNotWellFormed } from '../../crud/well-formed.ts'
import { keepWithheld } from '../../redaction/quarantine.ts'
import { indexSaid, SAID } from '../../search/indexing.ts'
import { createRecorder, type Recorder } from '../work/record.ts'
import { sha256 } from '../work/sha256.ts'
import { clockDifference, corrected } from './rules.ts'

interface Arrived {
  epoch: string
  seq: number
  event: unknown
}

export const ingest = {
  /** One transaction for the batch, one savepoint for each event: one that is refused takes nothing else with it. */
  events: async (context, { machine_id, sent_at, events }) => {
    const source = await rows(context, machine).get(machine_id)
    const receivedAt = context.clock().toISOString()
    const differenceMs = clockDifference(sent_at, receivedAt)
    // First, so that two batches of one machine queue up: the rows below refer to it, and would hold each other up.
    await context.db.updateTable('machines').set({ last_seen_at: receivedAt }).where('id', '=', source.id).execute()
    const recorder = createRecorder(context, source.id)
    const outcomes: EventOutcome[] = []
    for (const arrived of events as Arrived[])
      outcomes.push(await takeIn(context, recorder, { machineId: source.id, receivedAt, differenceMs }, arrived))
    await recorder.finish()
    const checkpoint = await context.audit.newest(context.db)
    return { outcomes, ...(checkpoint ? { checkpoint } : {}) }
  },
} satisfies Handlers['ingest']

interface Batch {
  machineId: string
  receivedAt: string
  differenceMs: number
}

/** Another batch may have made the same session, or brought the same event, in between: then it is looked at again. */
const TRIES = 2

async function takeIn(
  context: Context,
  recorder: Recorder,
  batch: Batch,
  arrived: Arrived,
  tries = 1,
): Promise<EventOutcome> {
  const parsed = RecordedEvent.safeParse(arrived.event)
  const why = whyNotWellFormed(arrived) ?? (parsed.success ? undefined : firstProblem(parsed.error))
  if (!parsed.success || why)
    return { ...nameOf(arrived.event), outcome: 'refused', message: `The event is not well formed: ${why}` }
  const event = parsed.data
  const name = { id: event.id, stream: event.stream }
  const hash = sha256(JSON.stringify(arrived.event))
  const before = await outcomeOfKnown(context, batch.machineId, event, hash)
  if (before) return { ...name, ...before }
  const forgetChanges = changesUntilNow(context)
  await sql`savepoint event`.execute(context.db)
  try {
    await store(context, recorder, batch, { ...arrived, event }, hash)
    await sql`release savepoint event`.execute(context.db)
    return { ...name, outcome: 'accepted' }
  } catch (error) {
    const refusal = context.dialect.refusal(error)
    if (refusal === 'busy' || refusal === 'unreachable') throw error
    await sql`rollback to savepoint event`.execute(context.db)
    forgetChanges()
    if (refusal === 'unique' && tries < TRIES) return takeIn(context, recorder, batch, arrived, tries + 1)
    if (refusal === 'unique')
      return {
        ...name,
        outcome: 'conflict',
        message: 'Another event has its place in the spool. Was the folder of this machine copied or restored?',
      }
    if (!(error instanceof AppError))
      context.log.error({ requestId: context.requestId, error }, 'an event could not be stored')
    return {
      ...name,
      outcome: 'refused',
      message: error instanceof AppError ? error.message : 'The server could not store it. Its log has the reason.',
    }
  }
}

/** An event that is here already: a duplicate, or another one under its name. */
async function outcomeOfKnown(
  context: Context,
  machineId: string,
  event: RecordedEvent,
  hash: string,
): Promise<Pick<EventOutcome, 'outcome' | 'message'> | undefined> {
  const known = await context.db
    .selectFrom('session_events')
    .select(['body_sha256', 'source'])
    .where('machine_id', '=', machineId)
    .where('stream', '=', event.stream)
    .where('event_id', '=', event.id)
    .executeTakeFirst()
  if (!known) return undefined
  // A hook and the transcript tell of the same thing in other words, and a hook that was killed before it noted what it had
  // told tells it again, later: whoever came first is kept.
  const isChangeOfState = event.kind === 'session.opened' || event.kind === 'session.closed'
  if (known.body_sha256 === hash || known.source !== event.source || isChangeOfState) return { outcome: 'duplicate' }
  return { outcome: 'conflict', message: 'An event of this name with another content is here already.' }
}

async function store(
  context: Context,
  recorder: Recorder,
  batch: Batch,
  arrived: SpooledEvent,
  hash: string,
): Promise<void> {
  const { event, epoch, seq } = arrived
  const at = corrected(event.at, batch.differenceMs, batch.receivedAt)
  await recorder.record(event, at, async (kept) => {
    const source = {
      machine_id: batch.machineId,
      stream: event.stream,
      event_id: event.id,
      kind: event.kind,
      source: event.source,
    }
    const times = { at, recorded_at: event.at, received_at: batch.receivedAt }
    const { session, withheld, ...said } = kept
    await context.db
      .insertInto('session_events')
      .values({ ...source, ...times, session_id: session.id, epoch, seq, body_sha256: hash, ...said })
      .execute()
    if (said.text !== null && SAID.includes(event.kind))
      await indexSaid({ db: context.db }, session, { event_id: event.id, at, text: said.text })
    const key = JSON.stringify([batch.machineId, event.stream, event.id])
    await keepWithheld(context, { table: 'session_events' }, key, session.client_id, withheld)
  })
}

const firstProblem = ({ issues: [issue] }: z.ZodError) => `${issue?.path.join('.')} ${issue?.message}`

function nameOf(event: unknown): { id: string; stream: string } {
  const { id, stream } = (typeof event === 'object' && event !== null ? event : {}) as {
    id?: unknown
    stream?: unknown
  }
  return { id: typeof id === 'string' ? id : '', stream: typeof stream === 'string' ? stream : '' }
}
