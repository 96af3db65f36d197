import { clip } from '../redact/clip.ts'
import type { Redactor } from '../redaction.ts'
import { EXCERPT_CHARS } from './limits.ts'

/** What an event keeps of a long text. */
export type Excerpt = {
  text: string
  redactions: number
  /** Only when the text is shorter than what it stands for. */
  whole?: { bytes: number; sha256?: string }
}

/** Longer texts are cut before they are redacted: a hook has no time for more. Their hash cannot be told then. */
const MAX_REDACTED_CHARS = 2_000_000

/**
 * A text as it is recorded: redacted first, because a cut could leave half a secret that nobody recognises, then cut to head and tail.
 *
 * @param maxChars UTF-16 units that are kept of it
 */
export function excerpt({ redact }: Redactor, text: string, maxChars = EXCERPT_CHARS): Excerpt {
  const isHuge = text.length > MAX_REDACTED_CHARS
  const redacted = redact(isHuge ? wholeLinesOf(text) : text)
  if (!isHuge && redacted.text.length <= maxChars)
    return { text: wellFormed(redacted.text), redactions: redacted.count }
  const whole = isHuge
    ? { bytes: Buffer.byteLength(text) }
    : { bytes: Buffer.byteLength(redacted.text), sha256: sha256(redacted.text) }
  return { text: wellFormed(clip(redacted.text, maxChars)), redactions: redacted.count, whole }
}

/** Head and tail of a huge text without the lines that the cut would break: half a secret looks like none. */
function wholeLinesOf(text: string): string {
  const half = MAX_REDACTED_CHARS / 2
  const head = text.slice(0, half)
  const tail = text.slice(text.length - half)
  const end = head.lastIndexOf('\n') + 1
  const start = tail.indexOf('\n')
  return `${head.slice(0, end)}\n${start === -1 ? '' : tail.slice(start)}`
}

/** Half a character (a model may write one) becomes U+FFFD: it could be neither sent nor stored. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString()
}

/** Hex SHA-256. Loaded when it is needed: `node:crypto` costs a hook up to a quarter of its start. */
export function sha256(text: string): string {
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(text).digest('hex')
}
