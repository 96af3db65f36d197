import type { z } from 'zod'
import { VendorError, type VendorErrorKind } from '../errors.ts'
import { cleanLine } from '../text.ts'
import type { VendorAnswer } from './rules.ts'

/** What answers say, in every shape that vendors use. Pure. */

const MOST_TEXTS = 5
const MESSAGE_CHARS = 500
/** Keys under which vendors put what went wrong, the more telling first. */
const KEYS = ['error_description', 'message', 'Message', 'error', 'errors', 'detail', 'title', 'instructions']

/**
 * The texts of an answer that is no success: `{error: "…"}`, `{message: ["…"]}`, `{errors: {field: ["…"]}}`, `{errors: [{title, detail}]}`,
 * `{Message: "…"}`, `{error: {code, message}}`.
 */
export function messagesIn(body: unknown): string[] {
  const found = textsIn(body, 0).map((text) => cleanLine(text, MESSAGE_CHARS))
  return [...new Set(found)].filter(Boolean).slice(0, MOST_TEXTS)
}

function textsIn(value: unknown, depth: number): string[] {
  if (depth > 4 || value === null || value === undefined) return []
  if (typeof value === 'string') return depth === 0 ? [] : [value]
  if (Array.isArray(value)) return value.slice(0, MOST_TEXTS * 2).flatMap((one) => textsIn(one, depth + 1))
  if (typeof value !== 'object') return []
  const entries = Object.entries(value)
  const known = entries.filter(([key]) => KEYS.includes(key))
  if (known.length > 0) return known.flatMap(([, inner]) => textsIn(inner, depth + 1))
  // A map of fields, below "errors".
  return depth === 0
    ? []
    : entries.flatMap(([field, inner]) => textsIn(inner, depth + 1).map((text) => `${field}: ${text}`))
}

/** `Retry-After` in milliseconds: seconds, or a date (RFC 9110). Undefined where there is none; at most an hour. */
export function retryAfterMs(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined
  const seconds = /^\d{1,9}$/.test(header.trim()) ? Number(header) : (Date.parse(header) - now.getTime()) / 1_000
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(0, Math.ceil(seconds * 1_000)), 3_600_000)
}

/** What HTTP says that it means; of a write that may have been done, that this is not known. */
export function kindOf(status: number, reads: boolean): VendorErrorKind {
  if (status === 401) return 'auth_failed'
  if (status === 403) return 'forbidden'
  if (status === 404 || status === 410) return 'not_found'
  if (status === 429) return 'rate_limited'
  if (status >= 500) return reads ? 'unavailable' : 'uncertain'
  if (status >= 300 && status < 400) return 'malformed'
  return 'refused'
}

/** Unknown fields pass, what is missing or of another kind does not. @throws VendorError `malformed` */
export function parsed<T>(schema: z.ZodType<T>, { status, json }: VendorAnswer, what: string): T {
  const result = schema.safeParse(json)
  if (result.success) return result.data
  const where = result.error.issues[0]?.path.join('.') ?? ''
  throw new VendorError(
    'malformed',
    `The answer to ${what} is not as expected${where ? ` (at ${cleanLine(where, 100)})` : ''}.`,
    { status },
  )
}
