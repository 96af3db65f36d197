import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { namesIn } from '../durable.ts'
import { SPOOL_LIMIT_BYTES } from './append.ts'
import { deadLetterCount } from './dead-letter.ts'
import { ballastPath, openFiles, quarantineFolder, sealedFiles, sizeOf, usedBytes } from './folder.ts'
import { readRecords } from './read.ts'
import { type RetryState, readRetryState, waitMs } from './retry-state.ts'

export type StreamStatus = { stream: string; events: number; bytes: number; oldestAt: string }

/** What `msp spool status` shows. Instants are ISO 8601 UTC. */
export type SpoolStatus = {
  events: number
  usedBytes: number
  limitBytes: number
  /** At 80 % of the limit: time to tell the user. */
  isNearlyFull: boolean
  /** Instant of the oldest waiting event. */
  oldestAt?: string
  streams: StreamStatus[]
  deadLetters: number
  quarantine: { files: number; bytes: number }
  lastSuccessAt?: string
  lastFailure?: NonNullable<RetryState['lastFailure']>
  /** When the next unforced delivery may try, while a pause after failures runs. */
  retryAt?: string
  hasBallast: boolean
}

/** Reads the whole spool; for people and `msp doctor`, not for hooks. A folder that does not exist is an empty spool. */
export function spoolStatus(spoolDir: string, nowMs: number = Date.now()): SpoolStatus {
  const streams = streamStatuses(spoolDir)
  const used = usedBytes(spoolDir)
  const oldest = streams.map((stream) => stream.oldestAt).sort()[0]
  return {
    events: streams.reduce((sum, stream) => sum + stream.events, 0),
    usedBytes: used,
    limitBytes: SPOOL_LIMIT_BYTES,
    isNearlyFull: used > 0.8 * SPOOL_LIMIT_BYTES,
    ...(oldest === undefined ? {} : { oldestAt: oldest }),
    streams,
    deadLetters: deadLetterCount(spoolDir),
    quarantine: quarantineStatus(spoolDir),
    ...deliveryStatus(readRetryState(spoolDir), nowMs),
    hasBallast: existsSync(ballastPath(spoolDir)),
  }
}

function streamStatuses(spoolDir: string): StreamStatus[] {
  const streams = new Map<string, StreamStatus>()
  for (const file of [...sealedFiles(spoolDir), ...openFiles(spoolDir)]) {
    for (const part of readRecords(file.path)) {
      if (part.kind !== 'record') continue
      const { stream, at } = part.event
      const known = streams.get(stream) ?? { stream, events: 0, bytes: 0, oldestAt: at }
      // Not the first one read: the machine's clock may have been set back in between.
      if (at < known.oldestAt) known.oldestAt = at
      streams.set(stream, { ...known, events: known.events + 1, bytes: known.bytes + part.bytes })
    }
  }
  return [...streams.values()]
}

function quarantineStatus(spoolDir: string): SpoolStatus['quarantine'] {
  const folder = quarantineFolder(spoolDir)
  const sizes = namesIn(folder).map((name) => sizeOf(join(folder, name)))
  return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) }
}

function deliveryStatus(
  state: RetryState,
  nowMs: number,
): Pick<SpoolStatus, 'lastSuccessAt' | 'lastFailure' | 'retryAt'> {
  const { lastSuccessAt, lastFailure, notBefore } = state
  return {
    ...(lastSuccessAt === undefined ? {} : { lastSuccessAt }),
    ...(lastFailure === undefined ? {} : { lastFailure }),
    ...(notBefore === undefined || waitMs(state, nowMs) === 0 ? {} : { retryAt: notBefore }),
  }
}
