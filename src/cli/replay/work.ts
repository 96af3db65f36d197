import type { RecordedEvent } from '../../contract/events.ts'
import { eventOf, parseCommon, text } from '../../hooks/input.ts'
import { type Redactor, redactorHere } from '../../redaction.ts'
import { counted, table } from '../layout.ts'
import { createProgress } from '../progress.ts'
import type { World } from '../world.ts'
import { readAccount, type WorkAccount } from './account.ts'
import { type Lines, readLines } from './lines.ts'
import { makePeople, type Seat } from './people.ts'
import { createRecorder, ticketKey } from './record.ts'
import { startThrowAwayServer } from './server.ts'

/**
 * Plays a file of recorded work against a server of its own and prints what became of it: work items, time and sessions.
 *
 * @throws Failure for a file that is not as it should be, and for a server that does not start
 */
export async function replayWork(world: World, file: string): Promise<void> {
  const lines = readLines(file)
  const progress = createProgress(lines.events.length)
  const server = await startThrowAwayServer(world.environment)
  try {
    const people = await makePeople(lines, server, world.transport)
    const shiftMs = shiftOf(lines, world.now())
    await play(lines, people, shiftMs, (done) => progress.at(done))
    const account = await readAccount(people.admin, shiftMs)
    world.output.show(account, described(account))
  } finally {
    progress.end()
    await server.end()
  }
}

/** Work of the future is played whole days earlier, so that what falls on which day stays. */
export function shiftOf({ events }: Lines, now: Date): number {
  const last = events.reduce((latest, { at }) => Math.max(latest, at.getTime()), 0)
  return Math.max(0, Math.ceil((last - now.getTime()) / DAY_MS)) * DAY_MS
}
const DAY_MS = 86_400_000

/** What a batch holds; the server takes 200. */
const BATCH = 150

async function play(
  lines: Lines,
  people: Awaited<ReturnType<typeof makePeople>>,
  shiftMs: number,
  onProgress: (done: number) => void,
): Promise<void> {
  const recorder = createRecorder(ticketsIn(lines), shiftMs)
  const redactors = new Map<string, Redactor>()
  const waiting = new Map<Seat, RecordedEvent[]>()
  const seats = new Map<string, Seat>()
  let batches = 0
  const flush = async (seat: Seat) => {
    const events = waiting.get(seat) ?? []
    waiting.set(seat, [])
    for (let from = 0; from < events.length; from += BATCH)
      await send(seat, ++batches, events.slice(from, from + BATCH))
  }
  for (const [index, event] of lines.events.entries()) {
    const seat = people.seat(event)
    const { paths, machineId } = seat.settings
    const redactor = redactors.get(machineId) ?? redactorHere(paths)
    redactors.set(machineId, redactor)
    for (const one of recorder.record(event, people.clientId(event), redactor)) {
      seats.set(one.stream, seat)
      waiting.set(seat, [...(waiting.get(seat) ?? []), one])
    }
    if ((waiting.get(seat)?.length ?? 0) >= BATCH) await flush(seat)
    onProgress(index + 1)
  }
  for (const one of recorder.end()) {
    const seat = seats.get(one.stream)
    if (seat) waiting.set(seat, [...(waiting.get(seat) ?? []), one])
  }
  for (const seat of waiting.keys()) await flush(seat)
}

async function send({ api, settings }: Seat, batch: number, events: readonly RecordedEvent[]): Promise<void> {
  if (events.length === 0) return
  const { outcomes } = await api.ingest.events({
    machine_id: settings.machineId,
    sent_at: new Date().toISOString(),
    events: events.map((event, seq) => ({ epoch: `replay:${batch}`, seq, event })),
  })
  const refused = outcomes.find(({ outcome }) => outcome === 'refused' || outcome === 'conflict')
  if (refused) throw new Error(`${refused.id} of session ${refused.stream} was ${refused.outcome}: ${refused.message}`)
}

/** The tickets that `/msp CLIENT #N` names, by session and client. */
function ticketsIn({ events }: Lines): Map<string, string> {
  const found = new Map<string, string>()
  for (const { hook, client } of events) {
    if (eventOf(hook) !== 'UserPromptSubmit' || client === null) continue
    const number = /^\s*\/msp\b[^#]*#([\w-]+)/.exec(text(hook.prompt) ?? '')?.[1]
    const session = parseCommon(hook)?.sessionId
    if (number !== undefined && session !== undefined) found.set(ticketKey(session, client), number)
  }
  return found
}

function described({ workItems, time, sessions }: WorkAccount): string {
  const minutes = (rows: readonly { activeMinutes: number }[]) =>
    Math.round(rows.reduce((sum, { activeMinutes }) => sum + activeMinutes, 0))
  const items = table(
    ['client', 'began', 'min', 'category', 'assets', 'title'],
    workItems.map((one) => [
      one.client ?? '-',
      one.startedAt?.slice(0, 16).replace('T', ' ') ?? '',
      one.activeMinutes.toFixed(0),
      one.category,
      one.assets.join(', '),
      one.title,
    ]),
  )
  const hours = table(
    ['client', 'technician', 'date', 'active', 'billable', 'amount'],
    time.map((one) => [
      one.client ?? '-',
      one.technician,
      one.date,
      one.activeMinutes.toFixed(1),
      String(one.billableMinutes ?? ''),
      one.amountMinor === undefined ? '' : `${one.amountMinor} ${one.currency ?? ''}`,
    ]),
  )
  const total = `${counted(sessions.length, 'session')}, ${counted(workItems.length, 'work item')}, ${minutes(time)} min active.`
  return `${items}\n\n${hours}\n\n${total}`
}
