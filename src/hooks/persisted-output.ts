import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { count, type Fields, text } from './input.ts'

/** A file up to this size is read whole. */
const WHOLE_BYTES = 2 * 1024 * 1024

/** Standard output as the tool gave it; `bytes` is the size of all of it where the text is only a part. */
export type Output = { text: string; bytes?: number | undefined }

/**
 * The output of a command. Of a long one the client gives a hook only the beginning; the rest is in a file of the session's
 * `tool-results` folder. Where that file cannot be read the beginning has to do.
 */
export function outputOf(response: Fields): Output {
  const given = text(response.stdout) ?? ''
  const path = text(response.persistedOutputPath)
  const bytes = count(response.persistedOutputSize)
  if (path === undefined || !/[/\\]tool-results[/\\]/.test(path)) return { text: given, bytes }
  try {
    return readEnds(path)
  } catch {
    return { text: given, bytes } // removed meanwhile, or not ours to read
  }
}

function readEnds(path: string): Output {
  const fd = openSync(path, 'r')
  try {
    const { size } = fstatSync(fd)
    if (size <= WHOLE_BYTES) return { text: readPart(fd, 0, size) }
    const half = WHOLE_BYTES / 2
    const head = readPart(fd, 0, half)
    const tail = readPart(fd, size - half, half)
    // Whole lines only: half a secret looks like none.
    const whole = `${head.slice(0, head.lastIndexOf('\n') + 1)}${tail.slice(tail.indexOf('\n') + 1)}`
    return { text: whole, bytes: size }
  } finally {
    closeSync(fd)
  }
}

function readPart(fd: number, start: number, bytes: number): string {
  const buffer = Buffer.alloc(bytes)
  let filled = 0
  while (filled < bytes) {
    const read = readSync(fd, buffer, filled, bytes - filled, start + filled)
    if (read === 0) break
    filled += read
  }
  return buffer.toString('utf8', 0, filled)
}
