import { MARK_CHARS, marksIn } from './marks.ts'

const HEAD_SHARE = 0.6
/** Below this there is no room for head, notice and tail. */
const SMALLEST_WITH_TAIL = 100

/**
 * Head and tail of a text that is too long, with a notice of what is missing between them. Redact first: a cut could leave half a
 * secret that nobody recognises. Never cuts inside a mark or a surrogate pair.
 *
 * @param maxChars UTF-16 units that the result has at most, the notice included
 */
export function clip(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text
  if (maxChars < SMALLEST_WITH_TAIL) return text.slice(0, cutBefore(text, maxChars))
  const room = maxChars - notice(text.length).length
  const headEnd = cutBefore(text, Math.ceil(room * HEAD_SHARE))
  const tailStart = cutAfter(text, text.length - Math.floor(room * (1 - HEAD_SHARE)))
  return text.slice(0, headEnd) + notice(tailStart - headEnd) + text.slice(tailStart)
}

function notice(chars: number): string {
  return `\n[… ${chars} characters left out …]\n`
}

/** The last place at or before `at` where a cut breaks nothing. */
function cutBefore(text: string, at: number): number {
  const mark = markAround(text, at)
  if (mark) return mark.start
  return isInsidePair(text, at) ? at - 1 : at
}

/** The first place at or after `at` where a cut breaks nothing. */
function cutAfter(text: string, at: number): number {
  const mark = markAround(text, at)
  if (mark) return mark.end
  return isInsidePair(text, at) ? at + 1 : at
}

function markAround(text: string, at: number): { start: number; end: number } | undefined {
  const offset = Math.max(0, at - MARK_CHARS)
  const mark = marksIn(text.slice(offset, at + MARK_CHARS)).find(
    ({ start, end }) => offset + start < at && at < offset + end,
  )
  return mark && { start: offset + mark.start, end: offset + mark.end }
}

function isInsidePair(text: string, at: number): boolean {
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(Math.max(0, at - 1), at + 1))
}
