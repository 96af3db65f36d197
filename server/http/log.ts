import { randomBytes } from 'node:crypto'
import { type Logger, pino } from 'pino'
import { lineOf } from '../audit/text.ts'

/**
 * JSON lines on stdout. Nothing is logged but fields named here or at the call: no bodies, no headers, no query strings.
 * Errors go in as name, code and message, never with the values of a statement.
 */
export function createLog(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { error: describeError } })
}

const MAX_MESSAGE_CHARS = 1_000
/** Marks in a log are of this process: the log goes to places that no key reaches. */
const MARK_KEY = randomBytes(32)

/** Messages repeat what could not be understood: a parser quotes its input. */
const said = (message: string) => lineOf(message, MAX_MESSAGE_CHARS, () => MARK_KEY)

/** What may be said of an error. SQL text and parameters are left out: they hold people's data. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: said(String(error)) }
  const { code, errno } = error as { code?: unknown; errno?: unknown }
  const fromDatabase = 'sql' in error || 'sqlMessage' in error
  return {
    name: error.name,
    ...(code === undefined ? {} : { code }),
    ...(errno === undefined ? {} : { errno }),
    message: fromDatabase ? 'refused by the database' : said(error.message),
    stack: error.stack
      ?.split('\n')
      .filter((line) => line.trimStart().startsWith('at '))
      .slice(0, 8)
      .join('\n'),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  }
}
