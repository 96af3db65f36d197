import { appendFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { FILE_MODE, makeFolder } from '../durable.ts'
import type { Paths } from '../settings.ts'

const MAX_BYTES = 1024 * 1024

/** Notes a failure in `logs/hooks.log`, for `msp doctor`. The message must hold no text that came from outside. Never throws. */
export function logFailure(paths: Paths | undefined, at: string, where: string, error: unknown): void {
  if (!paths) return
  const path = join(paths.logs, 'hooks.log')
  try {
    makeFolder(paths.logs)
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
    if (size > MAX_BYTES) renameSync(path, `${path}.1`)
    appendFileSync(path, `${JSON.stringify({ at, where, ...described(error) })}\n`, { mode: FILE_MODE })
  } catch {
    // The log cannot be written: the failure itself is told to the user by the caller.
  }
}

function described(error: unknown): { name: string; message: string; stack?: string } {
  if (!(error instanceof Error)) return { name: 'unknown', message: 'something else than an error was thrown' }
  // Only the places: the first line of a stack repeats the message, and a parser's message quotes its input.
  const places = error.stack?.split('\n').filter((line) => /^\s+at /.test(line))
  const message = error instanceof SyntaxError ? 'not valid JSON' : error.message
  return { name: error.name, message, ...(places ? { stack: places.slice(0, 6).join('\n') } : {}) }
}
