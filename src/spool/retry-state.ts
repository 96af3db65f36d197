import { readFileSync } from 'node:fs'
import { writeFileAtomic } from '../durable.ts'
import { isDiskFull, type SendError, type SendErrorKind } from './errors.ts'
import { statePath } from './folder.ts'

/** What `delivery.json` remembers between runs. Instants are ISO 8601 UTC. */
export type RetryState = {
  /** Failed runs in a row. */
  failures: number
  notBefore?: string
  lastSuccessAt?: string
  lastFailure?: { at: string; kind: SendErrorKind; message: string }
}

const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 5 * 60_000
/** Longest wait that a server may ask for. */
const LONGEST_ASKED_MS = 60 * 60_000

/** The state; a missing or damaged file means that nothing is known, and the next run simply tries. */
export function readRetryState(spoolDir: string): RetryState {
  try {
    const state = JSON.parse(readFileSync(statePath(spoolDir), 'utf8')) as RetryState
    return Number.isSafeInteger(state.failures) ? state : { failures: 0 }
  } catch {
    return { failures: 0 } // nothing is lost with it: it only spares a dead server
  }
}

/** Writes the state. A full disk only means that a dead server is asked again too early. */
export function writeRetryState(spoolDir: string, state: RetryState): void {
  try {
    writeFileAtomic(statePath(spoolDir), `${JSON.stringify(state)}\n`)
  } catch (error) {
    if (!isDiskFull(error)) throw error
  }
}

/** Milliseconds until the next run may try. A date that no wait of ours explains comes from a clock that was wrong, and is ignored. */
export function waitMs(state: RetryState, nowMs: number): number {
  const left = Date.parse(state.notBefore ?? '') - nowMs
  return left > 0 && left <= LONGEST_ASKED_MS ? left : 0
}

export function afterSuccess(nowMs: number): RetryState {
  return { failures: 0, lastSuccessAt: new Date(nowMs).toISOString() }
}

/** Full jitter: anything between nothing and a limit that doubles with each failure, so that many machines do not come back at once. */
export function afterFailure(state: RetryState, error: SendError, nowMs: number, random: () => number): RetryState {
  const failures = state.failures + 1
  const limit = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 20))
  const asked = Math.min(error.retryAfterMs ?? 0, LONGEST_ASKED_MS - LONGEST_WAIT_MS)
  return {
    ...state,
    failures,
    notBefore: new Date(nowMs + asked + random() * limit).toISOString(),
    lastFailure: { at: new Date(nowMs).toISOString(), kind: error.kind, message: error.message },
  }
}
