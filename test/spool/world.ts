import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EventOutcome, RecordedEvent, SpooledEvent } from '../../src/contract/events.ts'
import { type DeliverOptions, type DeliveryReport, deliver } from '../../src/spool/deliver.ts'
import { SendError } from '../../src/spool/errors.ts'
import { openFiles } from '../../src/spool/folder.ts'

/** A folder that goes with the test. */
export function temporaryFolder(): { path: string; [Symbol.dispose]: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'msp-spool-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

export const STREAM = '0f8c3a52-9a53-4c1e-8a55-6f2b1f5f0b10'

/** A prompt event; `text` makes two events with one id differ. */
export function anEvent(id: string, { stream = STREAM, text = `text of ${id}` } = {}): RecordedEvent {
  return { id, stream, stretch: 0, at: '2026-01-12T09:03:11.000Z', source: 'hook', kind: 'prompt', data: { text } }
}

/**
 * A server as the spool sees it: keeps each (stream, id) once, answers `conflict` to another content under a known id and
 * `refused` to a prompt that says "poison". `script` makes it misbehave, one entry per request.
 */
export type Misbehaviour = 'down' | 'lost' | 'html' | 'partial' | 'busy' | 'unauthorised'

export class Receiver {
  readonly events = new Map<string, string>()
  readonly order = new Map<string, string[]>()
  readonly requests: number[] = []
  script: Misbehaviour[] = []
  /** Largest number of events it takes at once; more is answered 413. */
  takes = 200
  /** Whether a poisoned event makes the whole batch a 400 instead of one `refused`. */
  refusesWholeBatch = false
  heals = false

  readonly send = async (batch: SpooledEvent[]): Promise<readonly EventOutcome[]> => {
    this.requests.push(batch.length)
    const next = this.script.shift()
    if (next === 'down') throw new SendError('unreachable', 'The server is not reachable.')
    if (next === 'busy') throw new SendError('busy', 'The server is busy.', { retryAfterMs: 10_000 })
    if (next === 'unauthorised') throw new SendError('unauthorised', 'Not logged in. Run "msp login".')
    if (next === 'html') return '<html>Welcome to the hotel</html>' as unknown as EventOutcome[]
    if (batch.length > this.takes) throw new SendError('too_large', 'Too much at once.')
    if (this.refusesWholeBatch && batch.some(({ event }) => this.isPoison(event))) {
      throw new SendError('refused', 'The batch is not valid.')
    }
    const answer = batch.map((entry) => this.take(entry))
    if (next === 'lost') throw new SendError('unreachable', 'The connection was lost.')
    return next === 'partial' ? answer.slice(1) : answer
  }

  received(stream = STREAM): string[] {
    return this.order.get(stream) ?? []
  }

  private take({ event }: SpooledEvent): EventOutcome {
    const { id, stream } = event
    const key = JSON.stringify([stream, id])
    const body = JSON.stringify(event)
    const known = this.events.get(key)
    if (known === body) return { id, stream, outcome: 'duplicate' }
    if (known !== undefined) return { id, stream, outcome: 'conflict', message: 'Known with another content.' }
    if (this.isPoison(event)) return { id, stream, outcome: 'refused', message: 'Not valid.' }
    this.events.set(key, body)
    this.order.set(stream, [...this.received(stream), id])
    return { id, stream, outcome: 'accepted' }
  }

  private isPoison(event: RecordedEvent): boolean {
    return !this.heals && event.kind === 'prompt' && event.data.text.includes('poison')
  }
}

export const CLOCK_MS = Date.parse('2026-01-12T10:00:00.000Z')

/** One delivery with fixed clock and chance, without a reserve file. */
export function deliverTo(
  receiver: Receiver,
  spoolDir: string,
  options: Partial<DeliverOptions> = {},
): Promise<DeliveryReport> {
  return deliver({
    spoolDir,
    send: receiver.send,
    now: () => CLOCK_MS,
    random: () => 0.5,
    ballastBytes: 0,
    waitForLockMs: 5_000,
    ...options,
  })
}

/** Adds bytes to the end of the open file of the only stream, as a killed writer or a bad disk would. */
export function scribble(spoolDir: string, bytes: Uint8Array): void {
  const [file] = openFiles(spoolDir)
  if (file) appendFileSync(file.path, bytes)
}

/** A copy of a spool as it is now: what a deliverer killed now would leave. Without its lock, whose holder, this process, lives on. */
export function snapshot(folder: string, to: string): string {
  cpSync(folder, to, { recursive: true, filter: (path) => !path.includes('.lock.') })
  return to
}

/** All file names below a folder, sorted. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort()
}
