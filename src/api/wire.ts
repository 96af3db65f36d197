import type { ErrorCode } from '../contract/errors.ts'
import { ApiError } from './errors.ts'
import type { HttpAnswer } from './transport.ts'

/** One operation to be called. `path` is `<domain>.<operation>`. */
export interface Call {
  path: string
  input: unknown
}

/** What became of one call of a request. */
export type WireAnswer = { value: unknown } | { error: ApiError }

/**
 * Reads the answer of a batch: a list in the order of the calls, or one error for all of them (a refused token, a full server).
 *
 * @throws ApiError `UNREACHABLE` when something else than our server answered
 */
export function answersOf(url: string, answer: HttpAnswer, calls: number): WireAnswer[] {
  const parsed = parse(answer.body)
  const retryAfterMs = Number(answer.retryAfter) * 1_000 || undefined
  if (Array.isArray(parsed)) {
    const answers = parsed.map((one) => readOne(one, retryAfterMs))
    if (answers.every((one) => one !== null)) return answers
  }
  const single = readOne(parsed, retryAfterMs)
  if (single !== null && 'error' in single) return Array.from({ length: calls }, () => single)
  throw new ApiError(
    'UNREACHABLE',
    `What answers at ${url} is not a ClaudeTools server (HTTP ${answer.status}). Check the address with "msp config show".`,
  )
}

/** No answer came. The message says what the user can do about it; the system's own words are the cause. */
export function unreachable(url: string, cause: unknown, deadlineMs: number | null): ApiError {
  const code = systemCode(cause)
  if (deadlineMs !== null) {
    const seconds = deadlineMs / 1_000
    return new ApiError(
      'UNREACHABLE',
      `The server at ${url} did not answer within ${seconds} s. Try again, or see how it is doing with "msp doctor".`,
      { cause },
    )
  }
  const why = REASONS[code] ?? `does not answer${code ? ` (${code})` : ''}`
  const start = isThisMachine(url)
    ? 'Start it with "npm start" in the ClaudeTools folder.'
    : 'Check the network and VPN, and the address with "msp config show".'
  return new ApiError('UNREACHABLE', `The server at ${url} ${why}. ${start}`, { cause })
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'has a name that cannot be resolved',
  EAI_AGAIN: 'has a name that cannot be resolved now',
  ECONNRESET: 'broke the connection off',
  EHOSTUNREACH: 'cannot be reached from this network',
  ENETUNREACH: 'cannot be reached from this network',
  CERT_HAS_EXPIRED: 'has a TLS certificate that has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'has a TLS certificate that this machine does not trust',
  SELF_SIGNED_CERT_IN_CHAIN: 'has a TLS certificate that this machine does not trust',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'has a TLS certificate that this machine does not trust',
  ERR_TLS_CERT_ALTNAME_INVALID: 'has a TLS certificate for another name',
}

/** The system's error code, which Node keeps one or two causes down. */
function systemCode(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code
    if (at instanceof AggregateError && at.errors[0] !== undefined) return systemCode(at.errors[0])
  }
  return ''
}

function isThisMachine(url: string): boolean {
  return /^https?:\/\/(127\.|localhost|\[::1\])/.test(url)
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null // An HTML page of a proxy, say: the caller reports that it is not our server.
  }
}

/** One element of a tRPC answer, or the REST error shape that a refusal before the router has; null when it is neither. */
function readOne(value: unknown, retryAfterMs: number | undefined): WireAnswer | null {
  if (!isObject(value)) return null
  if (isObject(value.result)) return { value: value.result.data }
  if (!isObject(value.error)) return null
  const { message, code, requestId, details } = {
    ...value.error,
    ...(isObject(value.error.data) ? value.error.data : {}),
  }
  if (typeof message !== 'string' || typeof code !== 'string') return null
  const id = typeof requestId === 'string' ? requestId : undefined
  return { error: new ApiError(code as ErrorCode, message, { requestId: id, details, retryAfterMs }) }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
