import type { ErrorCode } from '../contract/errors.ts'

/** What a call can fail with: the server's codes, and `UNREACHABLE` when no answer of a ClaudeTools server came. */
export type ApiErrorCode = ErrorCode | 'UNREACHABLE'

/** A call that failed. The message is meant for people: what is wrong, then what to do. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ApiErrorCode
  /** Finds the call in the server's log; absent when the server never saw it. */
  readonly requestId: string | undefined
  /** As the server sent it, e.g. the candidates of an ambiguous name. */
  readonly details: unknown
  /** Milliseconds after which the server wants to be asked again, where it said so. */
  readonly retryAfterMs: number | undefined

  constructor(
    code: ApiErrorCode,
    message: string,
    options: {
      requestId?: string | undefined
      details?: unknown
      cause?: unknown
      retryAfterMs?: number | undefined
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.requestId = options.requestId
    this.details = options.details
    this.retryAfterMs = options.retryAfterMs
  }
}

/** Nobody is logged in on this machine, or the login has ended. */
export const notLoggedIn = (why: string): ApiError => new ApiError('UNAUTHENTICATED', `${why} Run "msp login".`)

/** Is it worth to go on without the server and come back later? Not so for what the caller asked wrongly or may not do. */
export function isOutage(error: unknown): error is ApiError {
  return error instanceof ApiError && OUTAGES.has(error.code)
}

const OUTAGES: ReadonlySet<ApiErrorCode> = new Set([
  'UNREACHABLE',
  'UNAVAILABLE',
  'UNAUTHENTICATED',
  'RATE_LIMITED',
  'INTERNAL',
])
