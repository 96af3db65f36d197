/** Why a vendor did not do it, in words that are the same for all of them. */
export type VendorErrorKind =
  /** There is no such row over there. */
  | 'not_found'
  /** The account may not do this. */
  | 'forbidden'
  /** It does not take us for anybody: the secret is wrong, ended or not there. */
  | 'auth_failed'
  /** Too often; nothing was done. `retryAfterMs` says when. */
  | 'rate_limited'
  /** A write was sent, and whether it was done is not known: look before trying again. */
  | 'uncertain'
  /** It answered something that cannot be understood. Of a write it is not known whether it was done. */
  | 'malformed'
  /** It could not be reached, or is out of order; nothing was done. */
  | 'unavailable'
  /** It understood and will not: a rule of theirs, or of ours, says no. */
  | 'refused'

export interface VendorErrorOptions {
  status?: number | undefined
  retryAfterMs?: number | undefined
  cause?: unknown
}

/** The one error of connectors. `message` can be shown to people and holds no secret. */
export class VendorError extends Error {
  override readonly name = 'VendorError'
  readonly kind: VendorErrorKind
  readonly status: number | undefined
  readonly retryAfterMs: number | undefined

  constructor(kind: VendorErrorKind, message: string, { status, retryAfterMs, cause }: VendorErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause })
    this.kind = kind
    this.status = status
    this.retryAfterMs = retryAfterMs
  }
}

/** The same for something that is missing in the settings of a connection: a person has to mend it. */
export const misconfigured = (message: string): VendorError => new VendorError('refused', message)

/** After these nothing helps but a person, or another request. */
const FINAL: ReadonlySet<VendorErrorKind> = new Set(['not_found', 'forbidden', 'refused'])

/** Could the same request do better later? */
export const isPassing = ({ kind }: VendorError): boolean => !FINAL.has(kind)
