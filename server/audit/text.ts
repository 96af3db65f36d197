import { hash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { clip } from '../../src/redact/clip.ts'
import { type FingerprintKey, redact } from '../../src/redact/redact.ts'

/** What a body has at most, in bytes. */
const MAX_BODY_BYTES = 65_536
/** Of a longer text its beginning and end are kept. */
const MAX_VALUE_CHARS = 2_000
const MAX_LOOKED_AT = 20_000
const KEPT_CHARS = 500

// Control characters, line and paragraph separators, what turns the direction of text, tags and zero-width characters: nothing that could
// end a line of a log or show another text than there is.
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/gu

/** A text of somebody else as an entry may hold it: one line, no secret, at most `maxChars` UTF-16 units. */
export function lineOf(text: string, maxChars: number, key: FingerprintKey): string {
  // What is cut off is not looked at: a megabyte of user agent is no reason to think for long. Half a word may be half a secret.
  const most = maxChars * 4
  const start = text.length <= most ? text : text.slice(0, most).replace(/\S*$/, '')
  const line = redact(start.toWellFormed().replace(INVISIBLE, ' '), key).text
  return clip(line, maxChars).replace(INVISIBLE, ' ').toWellFormed()
}

/**
 * Further details as they are kept: canonical JSON (RFC 8785) without secrets, at most 64 KiB. Long texts are told by their beginning, end
 * and length.
 */
export function bodyOf(details: Record<string, unknown>, key: FingerprintKey): string {
  const text = canonicalOf(details, key)
  const redacted = redact(text, key)
  const kept = redacted.count === 0 ? text : (parsedAgain(redacted.text) ?? redactedLeaves(details, key))
  if (Buffer.byteLength(kept) <= MAX_BODY_BYTES) return kept
  return canonicalize({ too_long: { bytes: Buffer.byteLength(kept), sha256: hash('sha256', kept) } }) as string
}

/** Most details are short, and need not be looked through text by text. */
function canonicalOf(details: Record<string, unknown>, key: FingerprintKey): string {
  try {
    const text = canonicalize(details) as string
    if (text.length <= MAX_VALUE_CHARS) return text
  } catch {
    // A text with half a character in it, which is mended below.
  }
  return canonicalize(shortened(details, key)) as string
}

export const bodyHash = (body: string): string => hash('sha256', body)

/** A mark in the place of a secret may break the JSON around it. */
function parsedAgain(text: string): string | undefined {
  try {
    return canonicalize(JSON.parse(text))
  } catch {
    return undefined
  }
}

const redactedLeaves = (details: unknown, key: FingerprintKey): string =>
  canonicalize(mapTexts(shortened(details, key), (text, name) => redactedLeaf(text, name, key))) as string

/** `password: hunter2` is a secret where `hunter2` alone cannot be told from a word. */
function redactedLeaf(text: string, name: string, key: FingerprintKey): string {
  const named = redact(`${name}: ${text}`, key)
  return named.count > 0 ? named.text : text
}

const shortened = (value: unknown, key: FingerprintKey) => mapTexts(value, (text) => shortText(text, key))

/** Redacted before it is cut: half a secret nobody recognises. Of what is very long the rest is not looked at, and not kept. */
function shortText(text: string, key: FingerprintKey): string {
  const whole = text.toWellFormed()
  if (whole.length <= MAX_VALUE_CHARS) return whole
  const redacted = redact(whole.slice(0, MAX_LOOKED_AT).replace(/\S*$/, ''), key).text
  return `${clip(redacted, KEPT_CHARS)} [${whole.length} characters]`
}

function mapTexts(value: unknown, change: (text: string, name: string) => string, name = ''): unknown {
  if (typeof value === 'string') return change(value, name)
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, change, name))
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key.toWellFormed(), mapTexts(one, change, key)]))
}
