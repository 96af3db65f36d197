import { closeSync, fstatSync, openSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { FILE_MODE } from '../durable.ts'
import type { Redactor } from '../redaction.ts'
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
  const path = persistedPath(response)
  const bytes = count(response.persistedOutputSize)
  if (path === undefined) return { text: given, bytes }
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

/** The file with the whole of a long output. The client names its own folder; nothing else is ever touched. */
function persistedPath(response: Fields): string | undefined {
  const path = text(response.persistedOutputPath)
  return path !== undefined && /[/\\]tool-results[/\\]/.test(path) ? path : undefined
}

const CHUNK_BYTES = 256 * 1024
/** The client waits for the hook. What is not looked through by then is cut off, and the file says so. */
const LIMIT_MS = 6_000

/**
 * Takes the secrets out of the file that the client keeps of a long output, which the model is told to read on in. The file is replaced as a
 * whole, so that nobody reads half of it; memory is bounded.
 *
 * @param reason why nothing of it may be read, where there is one
 * @throws when it cannot be replaced: the output is withheld then
 */
export function redactPersisted(redactor: Redactor, response: Fields, reason: string | undefined): void {
  const path = persistedPath(response)
  if (path === undefined || statSync(path, { throwIfNoEntry: false }) === undefined) return
  const fresh = `${path}.redacted`
  const to = openSync(fresh, 'wx', FILE_MODE)
  try {
    const isChanged = reason === undefined ? copyRedacted(redactor, path, to) : writeSync(to, `${reason}\n`) > 0
    closeSync(to)
    if (isChanged) renameSync(fresh, path)
    else rmSync(fresh)
  } catch (error) {
    rmSync(fresh, { force: true })
    rmSync(path, { force: true })
    throw error
  }
}

/** Was anything replaced? */
function copyRedacted(redactor: Redactor, path: string, to: number): boolean {
  const stream = redactor.stream()
  const decoder = new StringDecoder('utf8')
  const until = Date.now() + LIMIT_MS
  const from = openSync(path, 'r')
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES)
    for (;;) {
      const bytes = readSync(from, chunk, 0, CHUNK_BYTES, null)
      if (bytes === 0) break
      if (Date.now() > until) {
        writeSync(
          to,
          `${stream.end()}\n[ClaudeTools withheld the rest: it is too long to be searched for secrets. Run the command again with less output.]\n`,
        )
        return true
      }
      writeSync(to, stream.write(decoder.write(chunk.subarray(0, bytes))))
    }
    writeSync(to, stream.end())
    return stream.count > 0
  } finally {
    closeSync(from)
  }
}
