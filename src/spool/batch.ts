import type { EventOutcome, SpooledEvent } from '../contract/events.ts'
import { SendError } from './errors.ts'
import { type DeadLetterReason, recordDeadLetter, recordDelivered, settledKey } from './settled.ts'

/** Sends one batch and returns the server's answer about each event. @throws SendError */
export type Send = (batch: SpooledEvent[]) => Promise<readonly EventOutcome[]>

/** An event on its way, with the file name of its stream. */
export type Item = { name: string; crc: string; bytes: number; entry: SpooledEvent }

/** As in the contract, which the hooks' bundle must not load. A test keeps the two equal. */
export const BATCH_EVENTS = 200
const BATCH_BYTES = 1_000_000
/** Epoch, ordinal and JSON punctuation around an event. */
const ENTRY_BYTES = 400

/** Events that travel together. No id stands in it twice, because the answer names events by id. */
export type Batch = { items: Item[]; bytes: number; ids: Map<string, string> }

export function emptyBatch(): Batch {
  return { items: [], bytes: 0, ids: new Map() }
}

/** Whether the same event with the same content is in the batch already (it was written twice). */
export function holds(batch: Batch, item: Item): boolean {
  return batch.ids.get(idKey(item)) === item.crc
}

export function hasRoomFor(batch: Batch, item: Item): boolean {
  const isFirst = batch.items.length === 0
  const fits = batch.items.length < BATCH_EVENTS && batch.bytes + item.bytes + ENTRY_BYTES <= BATCH_BYTES
  return isFirst || (fits && !batch.ids.has(idKey(item)))
}

export function put(batch: Batch, item: Item): void {
  batch.items.push(item)
  batch.bytes += item.bytes + ENTRY_BYTES
  batch.ids.set(idKey(item), item.crc)
}

export type Settling = {
  spoolDir: string
  send: Send
  now: () => number
  /** Told after each answer is on the disk. */
  onSettled: (outcome: EventOutcome['outcome'], item: Item) => void
}

/**
 * Sends the events in order and puts the answer on the disk. A batch that is too large or refused as a whole is halved until
 * the event at fault stands alone; that one becomes a dead letter.
 *
 * @throws SendError for everything that a later run may do better; what is settled by then stays settled
 */
export async function sendAndSettle(settling: Settling, items: Item[]): Promise<void> {
  if (items.length === 0) return
  let outcomes: EventOutcome[]
  try {
    outcomes = answerFor(items, await settling.send(items.map((item) => item.entry)))
  } catch (error) {
    const problem = asSendError(error)
    if (problem.kind !== 'too_large' && problem.kind !== 'refused') throw problem
    return isolate(settling, items, problem)
  }
  settle(settling, items, outcomes)
}

async function isolate(settling: Settling, items: Item[], problem: SendError): Promise<void> {
  const [only] = items
  if (items.length === 1 && only) {
    giveUp(settling, only, problem.kind === 'too_large' ? 'too_large' : 'refused', problem.message)
    settling.onSettled('refused', only)
    return
  }
  const middle = Math.ceil(items.length / 2)
  await sendAndSettle(settling, items.slice(0, middle))
  await sendAndSettle(settling, items.slice(middle))
}

// Dead letters must be on the disk before the spool file goes. The delivered ids only spare a second sending.
function settle(settling: Settling, items: Item[], outcomes: EventOutcome[]): void {
  const delivered: Item[] = []
  for (const [at, item] of items.entries()) {
    const answer = outcomes[at] as EventOutcome
    if (answer.outcome === 'accepted' || answer.outcome === 'duplicate') delivered.push(item)
    else giveUp(settling, item, answer.outcome, answer.message ?? 'The server gave no reason.')
  }
  for (const [name, stream] of streamsOf(delivered)) {
    const ids = delivered.filter((item) => item.name === name && item.entry.event.stream === stream)
    recordDelivered(settling.spoolDir, name, { stream, ids: ids.map((item) => [item.entry.event.id, item.crc]) })
  }
  for (const [at, item] of items.entries()) settling.onSettled((outcomes[at] as EventOutcome).outcome, item)
}

function giveUp(settling: Settling, item: Item, reason: DeadLetterReason, message: string): void {
  const at = new Date(settling.now()).toISOString()
  recordDeadLetter(settling.spoolDir, item.name, { at, reason, message, crc: item.crc, ...item.entry })
}

function streamsOf(items: Item[]): [name: string, stream: string][] {
  const streams = new Map(items.map((item) => [settledKey(item.name, item.entry.event.stream, ''), item]))
  return [...streams.values()].map((item) => [item.name, item.entry.event.stream])
}

const OUTCOMES: readonly unknown[] = [
  'accepted',
  'duplicate',
  'conflict',
  'refused',
] satisfies EventOutcome['outcome'][]

/** The answer in the order of the items. Anything but a word about each of them (a captive portal's page) is no answer. */
function answerFor(items: Item[], answer: unknown): EventOutcome[] {
  const named = Array.isArray(answer) ? answer.filter(isOutcome) : []
  const byId = new Map(named.map((outcome) => [JSON.stringify([outcome.stream, outcome.id]), outcome]))
  return items.map((item) => {
    const outcome = byId.get(idKey(item))
    if (!outcome)
      throw new SendError(
        'unreachable',
        'The answer did not come from a ClaudeTools server. Check the network and the API URL.',
      )
    return outcome
  })
}

function isOutcome(value: unknown): value is EventOutcome {
  if (typeof value !== 'object' || value === null) return false
  const { id, stream, outcome } = value as Partial<EventOutcome>
  return typeof id === 'string' && typeof stream === 'string' && OUTCOMES.includes(outcome)
}

function idKey(item: Item): string {
  return JSON.stringify([item.entry.event.stream, item.entry.event.id])
}

function asSendError(error: unknown): SendError {
  if (error instanceof SendError) return error
  const reason = error instanceof Error ? error.message : String(error)
  return new SendError('unreachable', `The server did not answer as expected: ${reason}`, { cause: error })
}
