import { errorCode } from '../durable.ts'

export type SpoolErrorCode = 'SPOOL_FULL' | 'DISK_FULL' | 'UNWRITABLE' | 'EVENT_TOO_LARGE'

/** An event could not be kept. The message is one line for the user: what is wrong, then what to do. */
export class SpoolError extends Error {
  override readonly name = 'SpoolError'
  readonly code: SpoolErrorCode

  constructor(code: SpoolErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}

/**
 * Why a batch was not taken.
 *
 * - `unreachable` no server, or an answer that is not the server's: stop, keep everything
 * - `unauthorised` sign in first: stop, keep everything
 * - `busy` 429 or 5xx: stop, keep everything, come back after `retryAfterMs`
 * - `too_large` 413: send less at once
 * - `refused` 400 for the whole batch: one of its events is poison, to be found by halving
 */
export type SendErrorKind = 'unreachable' | 'unauthorised' | 'busy' | 'too_large' | 'refused'

/** What `send` throws. Anything else it throws counts as `unreachable`. The message is for people and holds no secret. */
export class SendError extends Error {
  override readonly name = 'SendError'
  readonly kind: SendErrorKind
  readonly retryAfterMs: number | undefined

  constructor(kind: SendErrorKind, message: string, options: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.kind = kind
    this.retryAfterMs = options.retryAfterMs
  }
}

/** The system says that the disk, or this user's share of it, is full. */
export function isDiskFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes(errorCode(systemErrorIn(error)))
}

/** The system's error, or the one that an error of ours was made from. */
function systemErrorIn(error: unknown): unknown {
  return errorCode(error) === '' && error instanceof Error ? error.cause : error
}

/**
 * A system error (or one that carries it as its cause) as one line for the user. Other errors are returned as they are.
 *
 * @param consequence what it means, as the second half of a sentence: "so this step was not recorded"
 */
export function spoolErrorFrom(error: unknown, spoolDir: string, consequence: string): unknown {
  const code = errorCode(systemErrorIn(error))
  if (error instanceof SpoolError || code === '') return error
  if (isDiskFull(error)) {
    const message = `The disk with ${spoolDir} is full, ${consequence}. Free some space on it.`
    return new SpoolError('DISK_FULL', message, { cause: error })
  }
  const message = `${spoolDir} cannot be written (${code}), ${consequence}. Make it writable, or set MSP_HOME to another folder.`
  return new SpoolError('UNWRITABLE', message, { cause: error })
}
