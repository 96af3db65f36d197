import { closeSync, openSync, readSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { RecordedEvent } from '../contract/events.ts'
import { errorCode, namesIn, writeFileAtomic } from '../durable.ts'
import type { Item } from './batch.ts'
import {
  openFiles,
  quarantineFolder,
  type SealedFile,
  sealedFiles,
  sealedPath,
  sizeOf,
  streamOfName,
} from './folder.ts'
import { frame } from './frame.ts'
import { type Damage, epochOf, readRecords } from './read.ts'

const SETTLE_MS = 100

/**
 * Puts every open file with something in it aside for delivery. A hook that has such a file open notices and writes again to the
 * new one. Must run under the lock.
 *
 * @returns whether there was anything to put aside
 */
export async function sealOpenFiles(spoolDir: string, nowMs: number): Promise<boolean> {
  const newest = lastSealed(spoolDir)
  let isTorn = false
  let any = false
  for (const file of openFiles(spoolDir)) {
    if (sizeOf(file.path) === 0) continue
    const to = sealedPath(spoolDir, file.name, Math.max(nowMs, (newest.get(file.name) ?? 0) + 1))
    if (!renameIfThere(file.path, to)) continue
    any = true
    isTorn ||= !endsWithNewline(to)
  }
  // A record without its end may be one that is being written at this moment, and no damage.
  if (isTorn) await new Promise((done) => setTimeout(done, SETTLE_MS))
  return any
}

/**
 * When a file of each name was last sealed: the next one is later, whatever the clock says. Files that were delivered are gone, and leave a trace
 * where they were damaged: it is there that a second one of the same moment would tell of its damage under the same name.
 */
function lastSealed(spoolDir: string): Map<string, number> {
  const last = new Map<string, number>()
  for (const { name, sealedAt } of [...quarantined(spoolDir), ...sealedFiles(spoolDir)])
    last.set(name, Math.max(sealedAt, last.get(name) ?? 0))
  return last
}

/**
 * The events of a sealed file in order. Damaged bytes are copied into the quarantine and a `gap` event takes their place, so
 * that the server knows where something may be missing. Everything derives from the file's content and name: a second
 * run makes the same events with the same ids.
 */
export function* itemsOf(spoolDir: string, file: SealedFile, onQuarantined: (bytes: number) => void): Generator<Item> {
  const first = firstEvent(file)
  const epoch = first && epochOf(first, file.sealedAt)
  let before: Pick<RecordedEvent, 'stream' | 'stretch' | 'at'> | undefined = first && { ...first, at: atOf(file) }
  for (const part of readRecords(file.path)) {
    if (part.kind === 'record') {
      before = part.event
      yield {
        name: file.name,
        crc: part.crc,
        bytes: part.bytes,
        entry: { epoch: epoch ?? '', seq: part.seq, event: part.event },
      }
    } else {
      quarantine(spoolDir, file, part)
      onQuarantined(part.end - part.start)
      if (before && epoch) yield gapItem(file, epoch, part, before)
    }
  }
}

type First = { stream: string; id: string; stretch: number }

function firstEvent(file: SealedFile): First | undefined {
  for (const part of readRecords(file.path)) if (part.kind === 'record') return part.event
  const stream = streamOfName(file.name)
  return stream === undefined ? undefined : { stream, id: '-', stretch: 0 }
}

function gapItem(
  file: SealedFile,
  epoch: string,
  damage: Damage,
  before: Pick<RecordedEvent, 'stream' | 'stretch' | 'at'>,
): Item {
  const { stream, stretch, at } = before
  const note = `${damage.end - damage.start} bytes of this machine's queue could not be read. They are kept in quarantine/${quarantineName(file, damage)}.`
  // Two files can be sealed in one millisecond: what was first in this one tells them apart.
  const id = `gap:${file.sealedAt}-${frame(epoch).crc}:${damage.seq}`
  const event: RecordedEvent = { id, stream, stretch, at, source: 'cli', kind: 'gap', data: { note } }
  const { crc, bytes } = frame(JSON.stringify(event))
  return { name: file.name, crc, bytes: bytes.length, entry: { epoch, seq: damage.seq, event } }
}

function atOf(file: SealedFile): string {
  return new Date(file.sealedAt).toISOString()
}

function quarantineName(file: SealedFile, damage: Damage): string {
  return `${file.name}.${file.sealedAt}.${damage.start}.bin`
}

const quarantined = (spoolDir: string) =>
  namesIn(quarantineFolder(spoolDir)).flatMap((file) => {
    const [, name, sealedAt] = /^(.+)\.(\d{1,16})\.\d+\.bin$/.exec(file) ?? []
    return name && sealedAt ? [{ name, sealedAt: Number(sealedAt) }] : []
  })

/** Damage larger than this is kept by its first bytes: it is no event any more, only a trace for a person to look at. */
const QUARANTINE_BYTES = 8 * 1024 * 1024

function quarantine(spoolDir: string, file: SealedFile, damage: Damage): void {
  const to = join(quarantineFolder(spoolDir), quarantineName(file, damage))
  const bytes = Buffer.alloc(Math.min(damage.end - damage.start, QUARANTINE_BYTES))
  if (sizeOf(to) === bytes.length) return
  const fd = openSync(file.path, 'r')
  try {
    readSync(fd, bytes, 0, bytes.length, damage.start)
  } finally {
    closeSync(fd)
  }
  writeFileAtomic(to, bytes)
}

function renameIfThere(from: string, to: string): boolean {
  try {
    renameSync(from, to)
    return true
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false
    throw error
  }
}

function endsWithNewline(path: string): boolean {
  const last = Buffer.alloc(1)
  const fd = openSync(path, 'r')
  try {
    readSync(fd, last, 0, 1, Math.max(0, sizeOf(path) - 1))
  } finally {
    closeSync(fd)
  }
  return last[0] === 0x0a
}
