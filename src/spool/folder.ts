import { statSync } from 'node:fs'
import { join } from 'node:path'
import { errorCode, namesIn } from '../durable.ts'
import { crc32, hex } from './frame.ts'

/**
 * What lies where in the spool folder:
 *
 *     <name>.jsonl                 the open file of a stream: hooks append here
 *     <name>.<time>-<pid>.sealed   put aside for delivery; nobody appends any more
 *     delivered/<name>.ids         what the server has confirmed (30 days)
 *     dead-letter/<name>.jsonl     what the server will never take, with its reason
 *     quarantine/                  bytes that could not be read as records
 *     delivery.json  deliver.lock.<n>  ballast  reserve
 */
export type SealedFile = {
  path: string
  /** The stream's file name; the stream id itself stands in each event. */
  name: string
  /** Milliseconds; grows within a name even when the clock is set back. */
  sealedAt: number
}

export type OpenFile = { path: string; name: string }

export const openPath = (spoolDir: string, name: string) => join(spoolDir, `${name}.jsonl`)
export const sealedPath = (spoolDir: string, name: string, sealedAt: number) =>
  join(spoolDir, `${name}.${sealedAt}-${process.pid}.sealed`)
export const deliveredFolder = (spoolDir: string) => join(spoolDir, 'delivered')
export const deliveredPath = (spoolDir: string, name: string) => join(deliveredFolder(spoolDir), `${name}.ids`)
export const deadLetterFolder = (spoolDir: string) => join(spoolDir, 'dead-letter')
export const deadLetterPath = (spoolDir: string, name: string) => join(deadLetterFolder(spoolDir), `${name}.jsonl`)
export const quarantineFolder = (spoolDir: string) => join(spoolDir, 'quarantine')
export const lockPath = (spoolDir: string) => join(spoolDir, 'deliver.lock')
export const ballastPath = (spoolDir: string) => join(spoolDir, 'ballast')
export const reservePath = (spoolDir: string) => join(spoolDir, 'reserve')
export const statePath = (spoolDir: string) => join(spoolDir, 'delivery.json')

/** Claude Code's session ids (UUIDs) are their own file names; capitals are not, because some disks do not tell them apart. */
const PLAIN = /^[a-z0-9][a-z0-9_-]{0,79}$/
/** `nul.jsonl` is the null device on Windows. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/

/**
 * A stream id as a file name: never a path, a device or a name that another disk would fold. Ids come from outside, so anything
 * unusual is replaced by its harmless characters and a checksum. Two streams that met in one name would still be told apart: each
 * record says its stream.
 */
export function streamFileName(stream: string): string {
  if (isPlain(stream)) return stream
  const readable = stream
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
  return `~${readable}~${hex(crc32(Buffer.from(stream)))}`
}

/** The stream of a file without a readable record, when its name tells it. */
export function streamOfName(name: string): string | undefined {
  return isPlain(name) ? name : undefined
}

function isPlain(stream: string): boolean {
  return PLAIN.test(stream) && !DEVICE.test(stream)
}

/** The open files. A folder that does not exist has none. */
export function openFiles(spoolDir: string): OpenFile[] {
  return namesIn(spoolDir)
    .filter((file) => file.endsWith('.jsonl'))
    .map((file) => ({ path: join(spoolDir, file), name: file.slice(0, -'.jsonl'.length) }))
}

/** The sealed files, oldest first; those of one stream are in their order. */
export function sealedFiles(spoolDir: string): SealedFile[] {
  return namesIn(spoolDir)
    .flatMap((file) => {
      const parts = /^(.+)\.(\d{1,16})-\d+\.sealed$/.exec(file)
      if (!parts?.[1] || !parts[2]) return []
      return [{ path: join(spoolDir, file), name: parts[1], sealedAt: Number(parts[2]) }]
    })
    .sort((a, b) => a.sealedAt - b.sealedAt || (a.path < b.path ? -1 : 1))
}

/** Size of a file in bytes; 0 when it has just gone. */
export function sizeOf(path: string): number {
  try {
    return statSync(path).size
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 0
    throw error
  }
}

/** Bytes that count against the limit: events on their way, dead letters and quarantine. */
export function usedBytes(spoolDir: string): number {
  const waiting = [...openFiles(spoolDir), ...sealedFiles(spoolDir)].map((file) => file.path)
  const aside = [deadLetterFolder(spoolDir), quarantineFolder(spoolDir)].flatMap((folder) =>
    namesIn(folder).map((name) => join(folder, name)),
  )
  return [...waiting, ...aside].reduce((sum, path) => sum + sizeOf(path), 0)
}
