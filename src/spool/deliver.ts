import { rmSync } from 'node:fs'
import type { EventOutcome } from '../contract/events.ts'
import { withLock } from '../lock.ts'
import { BALLAST_BYTES, keepBallast, release } from './ballast.ts'
import { type Batch, emptyBatch, hasRoomFor, holds, type Item, put, type Send, sendAndSettle } from './batch.ts'
import { isDiskFull, SendError, type SendErrorKind, spoolErrorFrom } from './errors.ts'
import { lockPath, openFiles, reservePath, type SealedFile, sealedFiles, sizeOf } from './folder.ts'
import { afterFailure, afterSuccess, readRetryState, waitMs, writeRetryState } from './retry-state.ts'
import { itemsOf, sealOpenFiles } from './sealed.ts'
import { pruneDelivered, readSettled, settledKey } from './settled.ts'

export type DeliverOptions = {
  spoolDir: string
  send: Send
  /** Somebody asked for it now: do not wait out the pause after failures. */
  force?: boolean
  /** How long to wait for another deliverer of this machine, in milliseconds. 0 by default: it does the same work. */
  waitForLockMs?: number
  /** Milliseconds since 1970. */
  now?: () => number
  /** Between 0 and 1, for the pause after a failure. */
  random?: () => number
  ballastBytes?: number
  /** Called after each answer with the number of events settled so far. */
  onProgress?: (settled: number) => void
}

export type DeliveryReport = {
  /** `delivered` nothing is left · `stopped` the server could not take it · `waiting` a pause after a failure runs · `busy` another process delivers. */
  ended: 'delivered' | 'stopped' | 'waiting' | 'busy'
  accepted: number
  duplicates: number
  deadLettered: number
  quarantinedBytes: number
  /** Why it stopped or waits, and when the next run may try. */
  problem?: { kind: SendErrorKind; message: string; retryAt: string }
}

/** More rounds than hooks can refill the spool in while one delivery runs. */
const MAX_ROUNDS = 50

/**
 * Delivers what is spooled, in order per stream. Kill it at any point: an event leaves the disk only after the server's word about
 * it is on the disk, so the worst is that it is sent again, and its id makes that harmless.
 *
 * @throws SpoolError when the spool folder itself cannot be read or written; nothing is removed then
 */
export async function deliver(options: DeliverOptions): Promise<DeliveryReport> {
  const run = startRun(options)
  try {
    return await deliverInRounds(run, options.waitForLockMs ?? 0)
  } catch (error) {
    if (!isDiskFull(error) || !release(reservePath(run.spoolDir)))
      throw spoolErrorFrom(error, run.spoolDir, NOTHING_REMOVED)
  }
  try {
    return await deliverInRounds(run, options.waitForLockMs ?? 0)
  } catch (error) {
    throw spoolErrorFrom(error, run.spoolDir, NOTHING_REMOVED)
  }
}

const NOTHING_REMOVED = 'so delivery stopped and nothing was removed'

async function deliverInRounds(run: Run, waitForLockMs: number): Promise<DeliveryReport> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const turn = await withLock(lockPath(run.spoolDir), { waitMs: waitForLockMs }, () => deliverLocked(run))
    if (!turn.held) return { ...run.report, ended: round === 0 ? 'busy' : 'delivered' }
    // An event that came between our last look and the end of our lock found us "busy": look once more without the lock.
    if (run.report.ended !== 'delivered' || !hasWork(run.spoolDir)) break
  }
  return run.report
}

type Run = Required<Pick<DeliverOptions, 'spoolDir' | 'send' | 'now' | 'random' | 'force'>> & {
  ballastBytes: number
  report: DeliveryReport
  settled: Map<string, Set<string>>
  onSettled: (outcome: EventOutcome['outcome'], item: Item) => void
}

function startRun(options: DeliverOptions): Run {
  const report: DeliveryReport = {
    ended: 'delivered',
    accepted: 0,
    duplicates: 0,
    deadLettered: 0,
    quarantinedBytes: 0,
  }
  let count = 0
  const onSettled = (outcome: EventOutcome['outcome']) => {
    if (outcome === 'accepted') report.accepted++
    else if (outcome === 'duplicate') report.duplicates++
    else report.deadLettered++
    options.onProgress?.(++count)
  }
  const { spoolDir, send, force = false, now = Date.now, random = Math.random, ballastBytes = BALLAST_BYTES } = options
  return { spoolDir, send, force, now, random, ballastBytes, report, settled: new Map(), onSettled }
}

async function deliverLocked(run: Run): Promise<void> {
  const state = readRetryState(run.spoolDir)
  const isPaused = !run.force && waitMs(state, run.now()) > 0
  if (isPaused && hasWork(run.spoolDir)) {
    run.report.ended = 'waiting'
    if (state.lastFailure && state.notBefore) run.report.problem = { ...state.lastFailure, retryAt: state.notBefore }
    return
  }
  const before = settledCount(run)
  try {
    await deliverAll(run)
    if (settledCount(run) > before) writeRetryState(run.spoolDir, afterSuccess(run.now()))
  } catch (error) {
    if (!(error instanceof SendError)) throw error
    // A server that took something is not dead: the pause starts small again.
    const known = settledCount(run) > before ? afterSuccess(run.now()) : state
    const failed = afterFailure(known, error, run.now(), run.random)
    writeRetryState(run.spoolDir, failed)
    run.report.ended = 'stopped'
    run.report.problem = { kind: error.kind, message: error.message, retryAt: failed.notBefore ?? '' }
  }
  pruneDelivered(run.spoolDir, run.now())
  keepBallast(run.spoolDir, run.ballastBytes)
}

// What an earlier run put aside goes first. New files are put aside only when nothing is left of it, so that a server that is away
// for weeks meets one sealed file per stream and not one per attempt.
async function deliverAll(run: Run): Promise<void> {
  await deliverSealed(run)
  for (let round = 0; round < MAX_ROUNDS; round++) {
    if (!(await sealOpenFiles(run.spoolDir, run.now()))) return
    await deliverSealed(run)
  }
}

async function deliverSealed(run: Run): Promise<void> {
  let batch = emptyBatch()
  let finished: SealedFile[] = []
  const flush = async () => {
    await sendAndSettle(run, batch.items)
    remember(run, batch)
    for (const file of finished) rmSync(file.path, { force: true })
    batch = emptyBatch()
    finished = []
  }
  for (const file of sealedFiles(run.spoolDir)) {
    for (const item of itemsOf(run.spoolDir, file, (bytes) => countQuarantined(run, bytes))) {
      if (isSettled(run, item) || holds(batch, item)) continue
      if (!hasRoomFor(batch, item)) await flush()
      put(batch, item)
    }
    finished.push(file)
  }
  await flush()
}

function isSettled(run: Run, item: Item): boolean {
  let keys = run.settled.get(item.name)
  if (!keys) {
    keys = readSettled(run.spoolDir, item.name)
    run.settled.set(item.name, keys)
  }
  return keys.has(keyOf(item))
}

function remember(run: Run, batch: Batch): void {
  for (const item of batch.items) run.settled.get(item.name)?.add(keyOf(item))
}

function keyOf({ entry, crc }: Item): string {
  return settledKey(entry.event.stream, entry.event.id, crc)
}

function countQuarantined(run: Run, bytes: number): void {
  run.report.quarantinedBytes += bytes
}

function settledCount({ report }: Run): number {
  return report.accepted + report.duplicates + report.deadLettered
}

function hasWork(spoolDir: string): boolean {
  return sealedFiles(spoolDir).length > 0 || openFiles(spoolDir).some((file) => sizeOf(file.path) > 0)
}
