import type { Checkpoint } from '../contract/audit.ts'
import type { Send } from '../spool/batch.ts'
import { SendError, type SendErrorKind } from '../spool/errors.ts'
import type { Api } from './client.ts'
import { ApiError, type ApiErrorCode } from './errors.ts'

export interface SendingOptions {
  api: Api
  /** From `config.json`; absent until this machine was enrolled. */
  machineId: string | undefined
  /** Milliseconds for one batch, asked anew for each. */
  deadlineMs?: () => number
  /** Told the newest signed state of the server's audit. */
  onCheckpoint?: (checkpoint: Checkpoint) => void
}

/** What the spool's `deliver` needs to reach the server: one batch out, one word about each event back. */
export function sendThrough({ api, machineId, deadlineMs, onCheckpoint }: SendingOptions): Send {
  return async (events) => {
    if (machineId === undefined) throw new SendError('unauthorised', 'This machine is not enrolled. Run "msp login".')
    const input = { machine_id: machineId, sent_at: new Date().toISOString(), events }
    const options = deadlineMs === undefined ? {} : { deadlineMs: Math.max(1, deadlineMs()) }
    try {
      const { outcomes, checkpoint } = await api.ingest.events(input, options)
      if (checkpoint) onCheckpoint?.(checkpoint)
      return outcomes
    } catch (error) {
      throw error instanceof ApiError ? asSendError(error) : error
    }
  }
}

const KINDS: Readonly<Record<ApiErrorCode, SendErrorKind>> = {
  INVALID_INPUT: 'refused',
  UNAUTHENTICATED: 'unauthorised',
  FORBIDDEN: 'unauthorised',
  // The server does not know this machine (any more).
  NOT_FOUND: 'unauthorised',
  METHOD_NOT_ALLOWED: 'unreachable',
  CONFLICT: 'busy',
  TOO_LARGE: 'too_large',
  UNSUPPORTED_MEDIA_TYPE: 'unreachable',
  RATE_LIMITED: 'busy',
  INTERNAL: 'busy',
  UNAVAILABLE: 'busy',
  UNREACHABLE: 'unreachable',
}

/** The same failure in the words of the spool: whether to wait, to split the batch or to look for poison. */
export function asSendError(error: ApiError): SendError {
  const pause = error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }
  return new SendError(KINDS[error.code] ?? 'unreachable', error.message, { cause: error, ...pause })
}
