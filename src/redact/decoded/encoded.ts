import { utf8Of } from './writings.ts'

/** A stretch of a text that is text itself, in base64 or hexadecimal digits. */
export interface Encoded {
  start: number
  end: number
  /** What it says. */
  text: string
}

const MAX_CHARS = 8_000

/** The stretches of a text that decode to text of at least `minChars` characters, each with what it says. Linear in the text. */
export function encodedIn(text: string, minChars = 6): Encoded[] {
  const found: Encoded[] = []
  // Both alphabets. The dash is a separator as often as a letter of base64url: parts of what does not decode as a whole are tried too.
  const base64 = /(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{8,8000}(?:\r?\n[A-Za-z0-9+/]{1,76}){0,200}={0,2}(?![A-Za-z0-9])/g
  for (const { 0: written, index } of text.matchAll(base64))
    for (const encoded of base64In(written, index)) if (encoded.text.length >= minChars) found.push(encoded)
  const hexadecimal = /(?<![A-Za-z0-9])(?:0x)?(?:[0-9A-Fa-f]{2}){6,4000}(?![A-Za-z0-9])/g
  // Bytes apart: `4b 69`, `4b:69`, `0x4b, 0x69`, and `hex:4b,00,\` of the registry, which goes on in the next line.
  const bytes =
    /(?<![0-9A-Fa-f:.-])(?:0x)?[0-9A-Fa-f]{2}(?:(?:[ :-]|, ?(?:\\\r?\n[ \t]{1,8})?)(?:0x)?[0-9A-Fa-f]{2}){7,4000}(?![0-9A-Fa-f])/g
  for (const pattern of [hexadecimal, bytes]) {
    for (const { 0: written, index } of text.matchAll(pattern)) {
      const digits = written.replace(/0x|[^0-9A-Fa-f]+/g, '')
      const decoded = mayBeHexadecimal(digits) ? textOf(Buffer.from(digits, 'hex')) : undefined
      if (decoded !== undefined && decoded.length >= minChars)
        found.push({ start: index, end: index + written.length, text: decoded })
    }
  }
  return found
}

/** What base64 says, or undefined when it is no text. */
export function fromBase64(token: string): string | undefined {
  return mayBeBase64(token) ? textOf(Buffer.from(token, 'base64')) : undefined
}

function base64In(written: string, offset: number): Encoded[] {
  if (!written.includes('\n')) return pieceIn(written, offset)
  return [...blocksOf(written)].flatMap(({ start, text }) => pieceIn(text, offset + start))
}

function pieceIn(piece: string, start: number): Encoded[] {
  const end = start + piece.length
  const whole = fromBase64(piece)
  if (whole !== undefined) return [{ start, end, text: whole }]
  // "path/d2VsY29tZQ==", "name_d2VsY29tZQ": what stands before a separator spoiled the rest.
  const last = Math.max(piece.lastIndexOf('/'), piece.lastIndexOf('-'), piece.lastIndexOf('_'))
  const rest = last > 0 && piece.length - last > 12 ? fromBase64(piece.slice(last + 1)) : undefined
  return rest === undefined ? [] : [{ start: start + last + 1, end, text: rest }]
}

/** Shorter lines are no wrapped text, but words below each other. */
const WRAPPED_CHARS = 48

/** Lines below each other: those of one length are one text, with a last one that is shorter and ends it; every other line is one of its own. */
function* blocksOf(written: string): Generator<{ start: number; text: string }> {
  const lines = [...written.matchAll(/[^\r\n]+/g)].map(({ 0: { length }, index }) => ({ start: index, length }))
  for (let at = 0; at < lines.length; ) {
    const first = lines[at] as (typeof lines)[number]
    let next = at + 1
    if (first.length >= WRAPPED_CHARS) while (lines[next]?.length === first.length) next += 1
    const until = (line: number) => written.slice(first.start, (lines[line]?.start ?? 0) + (lines[line]?.length ?? 0))
    // The next line may be the end of this text, or a word that follows it.
    const shorter = lines[next]
    const joined = first.length >= WRAPPED_CHARS && shorter && shorter.length < first.length ? until(next) : undefined
    const isJoined = joined !== undefined && joined.length <= MAX_CHARS && fromBase64(joined) !== undefined
    yield { start: first.start, text: isJoined ? joined : until(next - 1) }
    at = isJoined ? next + 1 : next
  }
}

/**
 * A cheap test before anything is decoded: each fourth digit of base64 holds the upper bits of a byte, which of ASCII are those of few
 * digits. Two of the first three are enough, for texts with other letters.
 */
function mayBeBase64(token: string): boolean {
  let good = 0
  for (let at = 0; at < 12 && at < token.length; at += 4) if (isFirstDigit(token.charCodeAt(at))) good += 1
  if (good < Math.min(2, Math.ceil(token.length / 4))) return false
  return token.replace(/[=\s]+/g, '').length % 4 !== 1
}

/** A, C, D (UTF-16, tab, line break), I–Z, a–f. */
const isFirstDigit = (code: number): boolean =>
  (code >= 73 && code <= 90) || (code >= 97 && code <= 102) || code === 65 || code === 67 || code === 68

/** Two of the first three bytes are letters, digits or signs, or NULs of UTF-16. Dates and numbers are no text. */
function mayBeHexadecimal(digits: string): boolean {
  if (digits.length % 2 === 1 || !/^(?:[2-7][0-9a-fA-F]|0[09adAD]){3}/.test(digits)) return false
  return !/^\d+$/.test(digits) || /^(?:[4-7]\d){3}/.test(digits)
}

/** Bytes as text: UTF-8, or UTF-16 when every other byte is NUL, with no control characters in it. */
function textOf(bytes: Buffer): string | undefined {
  const text = isWide(bytes) ? bytes.toString('utf16le') : utf8Of(bytes)?.replace(/^\0|(?<=[^\0])\0/g, '\n')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what has them is no text
  return text === undefined || /[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]/.test(text) ? undefined : text
}

function isWide(bytes: Buffer): boolean {
  if (bytes.length < 4 || bytes.length % 2 === 1) return false
  let wide = 0
  for (let at = 1; at < bytes.length; at += 2) if (bytes[at] === 0) wide += 1
  return wide * 4 >= bytes.length
}
