import { ApiError, type ApiErrorCode } from '../api/errors.ts'
import { LockError } from '../lock.ts'
import { SettingsError } from '../settings.ts'
import { SpoolError } from '../spool/errors.ts'

/** The exit codes of `msp`, for scripts. */
export const EXIT = { done: 0, failed: 1, usage: 2, unreachable: 3, notAllowed: 4, notFound: 5, conflict: 6 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

const EXIT_OF: Readonly<Record<ApiErrorCode, ExitCode>> = {
  INVALID_INPUT: EXIT.usage,
  UNAUTHENTICATED: EXIT.notAllowed,
  FORBIDDEN: EXIT.notAllowed,
  NOT_FOUND: EXIT.notFound,
  METHOD_NOT_ALLOWED: EXIT.failed,
  CONFLICT: EXIT.conflict,
  TOO_LARGE: EXIT.usage,
  UNSUPPORTED_MEDIA_TYPE: EXIT.failed,
  RATE_LIMITED: EXIT.failed,
  INTERNAL: EXIT.failed,
  UNAVAILABLE: EXIT.unreachable,
  UNREACHABLE: EXIT.unreachable,
}

/** A verb that cannot do what was asked. The message says what is wrong, then what to do. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly exit: ExitCode
  readonly details: unknown

  constructor(exit: ExitCode, message: string, details?: unknown) {
    super(message)
    this.exit = exit
    this.details = details
  }
}

export const usage = (message: string): Failure => new Failure(EXIT.usage, message)

/** Where a verb's words go. Data goes to stdout, once; everything else to stderr. */
export interface Output {
  readonly isJson: boolean
  /** The result of the verb: `data` as one JSON document with `--json`, else the text. */
  show(data: unknown, text: string): void
  /** A warning or a word about progress. */
  note(text: string): void
}

interface Stream {
  write(text: string): unknown
}

export function createOutput(
  isJson: boolean,
  stdout: Stream = process.stdout,
  stderr: Stream = process.stderr,
): Output {
  return {
    isJson,
    show: (data, text) => {
      const words = isJson ? escaped(JSON.stringify(data, null, 2)) : printable(text)
      if (words !== '') stdout.write(words.endsWith('\n') ? words : `${words}\n`)
    },
    note: (text) => {
      stderr.write(`${printable(text)}\n`)
    },
  }
}

/**
 * Says why a verb failed and returns the exit code. With `--json` the one document on stdout is the error.
 * Errors of ours are sentences for people; anything else is a mistake in ClaudeTools and says so, without a stack trace.
 */
export function reportFailure(output: Output, error: unknown): ExitCode {
  const { exit, code, message, details, requestId } = describe(error)
  output.note(message)
  if (output.isJson) output.show({ error: { code, message, details, requestId } }, '')
  return exit
}

/** The sentence that tells a person why something failed. */
export const sentenceOf = (error: unknown): string => describe(error).message

interface Described {
  exit: ExitCode
  code: string
  message: string
  details?: unknown
  requestId?: string | undefined
}

function describe(error: unknown): Described {
  if (error instanceof Failure)
    return { exit: error.exit, code: NAMES[error.exit], message: error.message, details: error.details }
  if (error instanceof ApiError) {
    const { code, message, details, requestId } = error
    const trace = code === 'INTERNAL' && requestId ? ` (request ${requestId})` : ''
    return { exit: EXIT_OF[code] ?? EXIT.failed, code, message: `${message}${trace}`, details, requestId }
  }
  const message = error instanceof Error ? error.message : String(error)
  const ours = error instanceof SettingsError || error instanceof LockError || error instanceof SpoolError
  if (ours) return { exit: EXIT.failed, code: 'FAILED', message }
  return {
    exit: EXIT.failed,
    code: 'FAILED',
    message: `This should not have happened: ${message}. Please report it, with the command you typed.`,
  }
}

const NAMES: Readonly<Record<ExitCode, string>> = {
  0: 'DONE',
  1: 'FAILED',
  2: 'INVALID_INPUT',
  3: 'UNREACHABLE',
  4: 'FORBIDDEN',
  5: 'NOT_FOUND',
  6: 'CONFLICT',
}

/** Names and summaries come from others: no escape sequence of theirs may reach the terminal. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '').replace(HIDDEN, '')
}

/** What turns text around, or is not seen at all but read by a model: bidi controls, zero-width characters and U+E0000 tags. Joiners stay. */
const HIDDEN =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}]/gu

/** JSON keeps every character, as an escape where it would not be seen. JSON itself escapes those below U+0020. */
function escaped(json: string): string {
  const escape16 = (one: string) =>
    Array.from({ length: one.length }, (_, at) => `\\u${one.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')
  return json.replace(HIDDEN, escape16).replace(/[\u007f-\u009f]/g, escape16)
}
