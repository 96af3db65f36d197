import type { Limit } from '../../limits/limits.ts'
import type { Account, Integration } from '../account.ts'
import type { VendorError } from '../errors.ts'

/** What the transport has to know of a vendor. */
export interface VendorRules {
  /** Hosts that may get this vendor's secrets; undefined where a customer runs it on any host. This machine is always allowed, for tests. */
  hosts?: RegExp
  /** Added to the base URL where that has no path: `/api/v1`. */
  basePath: string
  /** Where it is when the integration says no address. */
  baseUrl?(integration: Integration): string | undefined
  /** How often it may be called, and by whom that is counted. */
  limits(account: Account): readonly VendorLimit[]
  /** Requests with the same text are not sent side by side; without it any are. Of one server: where several share an account, each has a turn. */
  lane?(request: VendorRequest): string
  /** The headers that sign a request in. */
  signIn(account: Account): Promise<Record<string, string>>
  /** True where `signIn` gets a token that can end before its time: after a 401 it is got anew, once. */
  renewsToken?: boolean
  /** What an answer means that is no success, where it is not what HTTP says. Undefined: as HTTP says. */
  errorOf?(answer: VendorAnswer, account: Account): VendorError | undefined
  /** Seconds to wait after a 429 that does not say how long. */
  pauseSeconds?: number
}

export interface VendorLimit {
  limit: Limit
  /** Accounts that share a limit have the same text: an account, or all that leave from this address. */
  who: string
  /** What one call takes of it; 1 when not said. At most what may come at once. */
  cost?: number
}

/** A file as a part of `multipart/form-data`. */
export interface SentFile {
  /** Of the part: `file`. */
  part: string
  name: string
  mediaType: string
  bytes: Uint8Array
}

export interface VendorRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below the base, with names for what changes: `/tickets/{id}/comment`. Only this form is written down. */
  path: string
  params?: Record<string, string>
  query?: Record<string, string | number | boolean | undefined>
  headers?: Record<string, string>
  /** Sent as JSON. */
  json?: unknown
  /** Sent as `application/x-www-form-urlencoded`. */
  form?: Record<string, string>
  /** Sent as multipart: fields by name, and a file. */
  multipart?: { fields: Record<string, string>; file: SentFile }
  /** True for a POST or PUT that only reads. A GET always does. Reads are repeated when the way fails, writes never. */
  reads?: boolean
  /** Beside those of the vendor's rules, for this call. */
  limits?: readonly VendorLimit[]
  /** Without signing in: what gets a token does. */
  anonymous?: boolean
  /** Elsewhere than under the base URL; its host must be allowed too. */
  url?: string
}

/** An answer that arrived whole. */
export interface VendorAnswer {
  status: number
  /** Names in lower case. */
  headers: Record<string, string>
  /** Parsed where it is JSON, else undefined. */
  json: unknown
  text: string
}

/**
 * So many in a time, in whatever window the vendor counts: a third may come at once, the rest flows. Counters of the database, so all
 * servers share them.
 */
export const vendorLimit = (name: string, count: number, perMs: number): Limit => ({
  name: `vendor-${name}`,
  count: Math.floor((count * 2) / 3),
  burst: Math.floor(count / 3),
  perMs,
  lasting: true,
})
