import { closeSync, fstatSync, fsyncSync, openSync, statSync, writeSync } from 'node:fs'
import type { RecordedEvent } from '../contract/events.ts'
import { errorCode, FILE_MODE, makeFolder, syncFolder } from '../durable.ts'
import { release } from './ballast.ts'
import { isDiskFull, SpoolError, spoolErrorFrom } from './errors.ts'
import { ballastPath, openPath, streamFileName, usedBytes } from './folder.ts'
import { frame } from './frame.ts'

/** Bytes in the spool folder at which nothing more is taken. We refuse and say so instead of dropping the oldest. */
export const SPOOL_LIMIT_BYTES = 500 * 1024 * 1024
/** Largest record. Callers cut long texts, so a larger event is a mistake of theirs. */
export const MAX_EVENT_BYTES = 256 * 1024

const NOT_RECORDED = 'so this step was not recorded'

/**
 * Writes one event to its stream's file and returns when it is on the disk. Synchronous and without crypto: this is the hot path of
 * the hooks. The event must be redacted and cut already.
 *
 * @throws SpoolError; the event is then not kept, and the message is the line to show to the user
 */
export function append(spoolDir: string, event: RecordedEvent, limitBytes = SPOOL_LIMIT_BYTES): void {
  const record = frame(wellFormed(JSON.stringify(event))).bytes
  if (record.length > MAX_EVENT_BYTES) throw tooLarge(record.length)
  const path = openPath(spoolDir, streamFileName(event.stream))
  try {
    write(spoolDir, path, record, limitBytes)
  } catch (error) {
    if (!isDiskFull(error) || !release(ballastPath(spoolDir))) throw spoolErrorFrom(error, spoolDir, NOT_RECORDED)
    writeInFreedSpace(spoolDir, path, record, limitBytes)
  }
}

/**
 * The event as the server takes it. A command may print NUL characters or half of a surrogate pair; they become replacement characters
 * here, because the server would refuse the whole event for one of them.
 */
function wellFormed(json: string): string {
  // JSON has both as escapes, so this finds them in every text of the event, and hardly ever one too many.
  if (!/\\u(?:0000|d[89a-f])/.test(json)) return json
  const mended = (_: string, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\ufffd') : value
  return JSON.stringify(JSON.parse(json, mended))
}

function writeInFreedSpace(spoolDir: string, path: string, record: Buffer, limitBytes: number): void {
  try {
    write(spoolDir, path, record, limitBytes)
  } catch (error) {
    throw spoolErrorFrom(error, spoolDir, NOT_RECORDED)
  }
}

/** A deliverer seals a file once per run, so meeting it this often in a row does not happen. */
const MAX_SEALED_UNDER_US = 20

function write(spoolDir: string, path: string, record: Buffer, limitBytes: number): void {
  for (let tries = 0; tries < MAX_SEALED_UNDER_US; tries++) {
    if (writeOnce(spoolDir, path, record, limitBytes)) return
  }
  throw new SpoolError('UNWRITABLE', `${path} is replaced all the time. Run "msp doctor".`)
}

/**
 * @returns whether the record is in the file that the path names. If not, a deliverer put the file aside in between and may have
 *   read it before our record came: it is written again to the new file. Its id makes twice harmless.
 */
function writeOnce(spoolDir: string, path: string, record: Buffer, limitBytes: number): boolean {
  const fd = openForAppend(spoolDir, path)
  try {
    const before = fstatSync(fd, { bigint: true })
    checkRoom(spoolDir, Number(before.size), record.length, limitBytes)
    const written = writeSync(fd, record)
    // The disk took only a part. The newline that starts the next record cuts that part off.
    if (written < record.length) throw Object.assign(new Error('short write'), { code: 'ENOSPC' })
    fsyncSync(fd)
    if (before.size === 0n) syncFolder(spoolDir)
    return isNamedBy(path, before)
  } finally {
    closeSync(fd)
  }
}

function openForAppend(spoolDir: string, path: string): number {
  try {
    return openSync(path, 'a', FILE_MODE)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
    makeFolder(spoolDir)
    return openSync(path, 'a', FILE_MODE)
  }
}

function isNamedBy(path: string, file: { dev: bigint; ino: bigint }): boolean {
  const named = statSync(path, { bigint: true, throwIfNoEntry: false })
  return named !== undefined && named.ino === file.ino && named.dev === file.dev
}

const ROOM_STEP_BYTES = 1024 * 1024

/**
 * Looking through the folder for each event would make each event dearer the fuller the spool is. It is done for the first record
 * of a file and whenever a file passes another megabyte: one look per megabyte, no counter that could be wrong, and the limit
 * is overrun by at most one megabyte per stream.
 */
function checkRoom(spoolDir: string, size: number, added: number, limitBytes: number): void {
  const stepBytes = Math.min(ROOM_STEP_BYTES, limitBytes)
  if (size > 0 && Math.floor(size / stepBytes) === Math.floor((size + added) / stepBytes)) return
  if (usedBytes(spoolDir) + added > limitBytes) throw full(limitBytes)
}

function full(limitBytes: number): SpoolError {
  const megabytes = Math.round(limitBytes / 1024 / 1024)
  return new SpoolError(
    'SPOOL_FULL',
    `${megabytes} MB of work are waiting for the server, ${NOT_RECORDED}. Run "msp spool flush"; "msp spool status" shows what is held.`,
  )
}

function tooLarge(bytes: number): SpoolError {
  return new SpoolError(
    'EVENT_TOO_LARGE',
    `A step of ${Math.ceil(bytes / 1024)} KB is too large to record (at most ${MAX_EVENT_BYTES / 1024} KB). Please report this as a mistake of ClaudeTools.`,
  )
}
