import { type FindOptions, findSecrets } from './find.ts'
import type { Finding } from './finding.ts'
import { type FingerprintKey, replaced } from './redact.ts'

/** How much is gathered before it is looked at, in UTF-16 units. */
const PIECE_CHARS = 64 * 1024
/** So much is held back: a secret, or what names it, may go on in what follows. */
const HELD_CHARS = 16 * 1024
/** So much of what was passed on is looked at again with what follows: it may name what comes. */
const CONTEXT_CHARS = 8 * 1024
/** Of a secret that is longer than all of that, a private key of a thousand lines, so much is kept as its beginning. */
const OPENING_CHARS = 1_024

/** Redacts a text of any length that comes in chunks. */
export interface RedactingStream {
  /** The part that is certain by now. */
  write(chunk: string): string
  /** The rest. Nothing may be written afterwards. */
  end(): string
  /** How many secrets were replaced so far. */
  readonly count: number
}

/**
 * Like `redact`, for a text that does not fit into memory; finds a secret also where it is split over chunks. What is named further away
 * than some 24,000 characters (the header of a table of a thousand lines) is out of sight.
 */
export function redactingStream(key: FingerprintKey, options: Omit<FindOptions, 'depth'> = {}): RedactingStream {
  /** What was passed on last, as it was. */
  let context = ''
  let held = ''
  let count = 0

  function pass(isLast: boolean): string {
    const text = context + held
    const findings = findSecrets(text, options)
    const until = isLast ? text.length : cutOf(text, context.length, findings)
    const inside = findings.filter(({ start, end }) => end > context.length && start < until)
    const cut = inside.map((finding) => ({
      ...finding,
      start: Math.max(finding.start, context.length) - context.length,
      end: Math.min(finding.end, until) - context.length,
    }))
    count += cut.length
    const passed = text.slice(context.length, until)
    held = text.slice(until)
    context = contextOf(text, until, inside.at(-1))
    return cut.length === 0 ? passed : replaced(passed, cut, key())
  }

  return {
    write(chunk) {
      const parts: string[] = []
      // A chunk of many megabytes is read piece by piece.
      for (let at = 0; at < chunk.length; at += PIECE_CHARS) {
        held += chunk.slice(at, at + PIECE_CHARS)
        if (held.length >= PIECE_CHARS + HELD_CHARS) parts.push(pass(false))
      }
      return parts.join('')
    },
    end: () => pass(true),
    get count() {
      return count
    },
  }
}

/** Where a text can be cut: behind a line where there is one, and not within a secret unless it fills all there is. */
function cutOf(text: string, from: number, findings: readonly Finding[]): number {
  const latest = text.length - HELD_CHARS
  const line = text.lastIndexOf('\n', latest) + 1
  let cut = line > from ? line : latest
  if (/[\uDC00-\uDFFF]/.test(text.charAt(cut))) cut -= 1
  const around = findings.find(({ start, end }) => start < cut && cut < end)
  if (around === undefined) return cut
  return around.start > from ? around.start : cut
}

function contextOf(text: string, until: number, last: Finding | undefined): string {
  if (last === undefined || last.end <= until) return text.slice(Math.max(0, until - CONTEXT_CHARS), until)
  const opening = Math.max(0, last.start - OPENING_CHARS)
  return text.slice(opening, Math.min(until, last.start + OPENING_CHARS))
}
