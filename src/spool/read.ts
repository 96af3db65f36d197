import { closeSync, openSync, readSync } from 'node:fs'
import type { RecordedEvent } from '../contract/events.ts'
import { errorCode } from '../durable.ts'
import { unframe } from './frame.ts'

/** One whole record of a file. */
export type SpoolRecord = {
  kind: 'record'
  /** Ordinal of the line in the file, damaged ones included. */
  seq: number
  event: RecordedEvent
  crc: string
  /** Length of the event's JSON. */
  bytes: number
}

/** Neighbouring lines that are no records: bytes `start` to `end` (exclusive) of the file. `seq` is the first one's. */
export type Damage = { kind: 'damage'; seq: number; start: number; end: number }

/**
 * Every whole record of a spool file and every stretch of damage, in order, reading a part at a time. A record that follows a torn
 * copy of itself (the disk was full, space was freed, it was written again) is no damage. A file that does not exist is empty.
 */
export function* readRecords(path: string): Generator<SpoolRecord | Damage> {
  let held: Damage | undefined
  let torn: Buffer | undefined
  let seq = 0
  for (const line of linesOf(path)) {
    const record = parseRecord(line.bytes, seq)
    if (record) {
      if (held && !(torn && startsWith(line.bytes, torn))) yield held
      held = undefined
      yield record
    } else {
      torn = held ? undefined : line.bytes
      held = {
        kind: 'damage',
        seq: held?.seq ?? seq,
        start: held?.start ?? line.start,
        end: line.start + line.bytes.length,
      }
    }
    seq++
  }
  if (held) yield held
}

/** The epoch of a sealed file: the stream and id of its first whole record, and when it was sealed, because an id may come again. */
export function epochOf(first: { stream: string; id: string }, sealedAt: number): string {
  return `${first.stream}/${first.id}/${sealedAt}`
}

/** Records of our own bookkeeping files (delivered ids, dead letters), as JSON values. Damaged lines are left out. */
export function* readFrames(path: string): Generator<unknown> {
  for (const line of linesOf(path)) {
    const framed = unframe(line.bytes)
    if (framed) yield framed.value
  }
}

function startsWith(line: Buffer, part: Buffer): boolean {
  return part.length < line.length && line.subarray(0, part.length).equals(part)
}

function parseRecord(line: Buffer, seq: number): SpoolRecord | undefined {
  const framed = unframe(line)
  if (!framed) return undefined
  // The checksum is right, so this is what was written; only its shape can be foreign.
  const event = framed.value as RecordedEvent | null
  if (typeof event?.id !== 'string' || typeof event.stream !== 'string') return undefined
  return { kind: 'record', seq, event, crc: framed.crc, bytes: framed.bytes }
}

type Line = { start: number; bytes: Buffer }

const CHUNK_BYTES = 256 * 1024
/** Longer than any record: such a line is damage, and need not be kept in memory as one piece. */
const MAX_LINE_BYTES = 1024 * 1024
const NEWLINE = 0x0a

function* linesOf(path: string): Generator<Line> {
  const fd = openIfThere(path)
  if (fd === undefined) return
  try {
    let rest = Buffer.alloc(0)
    let restStart = 0
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES)
      const read = readSync(fd, chunk, 0, CHUNK_BYTES, restStart + rest.length)
      const bytes = Buffer.concat([rest, chunk.subarray(0, read)])
      const isLast = read === 0
      const used = yield* wholeLines(bytes, restStart, isLast)
      if (isLast) return
      rest = bytes.subarray(used)
      restStart += used
    }
  } finally {
    closeSync(fd)
  }
}

/** Yields the lines that are complete (all of them at the end of the file) and returns how many bytes they took. */
function* wholeLines(bytes: Buffer, start: number, isLast: boolean): Generator<Line, number> {
  let from = 0
  for (;;) {
    const newline = bytes.indexOf(NEWLINE, from)
    const to = newline === -1 ? bytes.length : newline
    if (newline === -1 && !isLast && to - from < MAX_LINE_BYTES) return from
    if (to > from) yield { start: start + from, bytes: bytes.subarray(from, to) }
    if (newline === -1) return to
    from = newline + 1
  }
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}
