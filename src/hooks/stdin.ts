import { read } from 'node:fs'
import { errorCode } from '../durable.ts'

/** What came on stdin: one JSON object, nothing at all, or something else. `hangs` says that stdin is still being read from. */
export type Stdin =
  | { kind: 'given'; fields: Readonly<Record<string, unknown>> }
  | { kind: 'empty'; hangs: boolean }
  | { kind: 'broken'; text: string; hangs: boolean }

const CHUNK_BYTES = 256 * 1024
/** A stdin that cannot be read now is asked again after this long. */
const AGAIN_MS = 5

/**
 * Reads what Claude Code sends. Returns as soon as it is complete: on Windows some clients leave stdin open, others send nothing.
 *
 * `fs.read` and not `process.stdin`, which costs a hook a fifth of its start.
 */
export function readStdin(limitMs: number): Promise<Stdin> {
  return new Promise((resolve) => {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES)
    const parts: Buffer[] = []
    const end = (hangs: boolean) => {
      clearTimeout(limit)
      resolve(parse(Buffer.concat(parts).toString('utf8'), hangs))
    }
    const limit = setTimeout(() => end(true), limitMs)
    const next = () =>
      read(0, chunk, 0, CHUNK_BYTES, null, (error, bytes) => {
        if (errorCode(error) === 'EAGAIN') return void setTimeout(next, AGAIN_MS)
        // "EOF" is how Windows ends a pipe. Any other error ends it as well: what came before it decides.
        if (error || bytes === 0) return end(false)
        parts.push(Buffer.from(chunk.subarray(0, bytes)))
        if (looksComplete(parts)) return end(false)
        next()
      })
    next()
  })
}

/** Only a text that ends like an object is worth the try. */
function looksComplete(parts: readonly Buffer[]): boolean {
  const last = parts.at(-1)
  if (!last || !/\}\s*$/.test(last.toString('latin1', Math.max(0, last.length - 4)))) return false
  return parse(Buffer.concat(parts).toString('utf8'), false).kind === 'given'
}

function parse(raw: string, hangs: boolean): Stdin {
  // PowerShell puts a byte order mark before what it pipes.
  const text = raw.replace(/^\uFEFF/, '').trim()
  if (text === '') return { kind: 'empty', hangs }
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { kind: 'given', fields: value as Record<string, unknown> }
    }
  } catch {
    // Reported as broken. The parser's message quotes the text, which may hold a secret, so it is not kept.
  }
  return { kind: 'broken', text, hangs }
}
