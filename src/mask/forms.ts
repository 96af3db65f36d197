import { isTransparent } from './bytes.ts'
import { base64, hexadecimal, htmlEscaped, jsonEscaped, shellQuoted, urlEncoded } from './encodings.ts'

/** One way in which a secret may show. `bytes` is without what is transparent. */
export interface Form {
  bytes: Uint8Array
  /** Only where no letter or digit stands beside it: a short secret is part of many words. */
  isBordered: boolean
}

/** Below this many characters a secret is looked for at the borders of tokens only. */
export const SHORT_CHARS = 6
/** A secret longer than this is looked for slice by slice: a key of 3,000 characters in forty forms would fill the memory. */
const SLICE_CHARS = 256
/** A line of a secret is looked for by itself from this length on: `head -3 key` shows lines, not the key. */
const LINE_CHARS = 16

/** Every form of a secret that the masker looks for, each once. */
export function formsOf(secret: string): Form[] {
  const isBordered = [...secret].length < SHORT_CHARS
  const found = new Map<string, Form>()
  const texts = new Set(lineEnds(secret).flatMap(parts))
  for (const text of texts) {
    for (const bytes of isBordered ? shortForms(text) : longForms(text)) {
      const visible = bytes.filter((byte) => !isTransparent(byte))
      if (visible.length > 0) found.set(Buffer.from(visible).toString('latin1'), { bytes: visible, isBordered })
    }
  }
  return [...found.values()]
}

/** The same text with the line ends of Unix and Windows, and without the last one. */
function lineEnds(text: string): string[] {
  const unix = text.replaceAll('\r\n', '\n')
  const windows = unix.replaceAll('\n', '\r\n')
  return [text, unix, windows, unix.replace(/\n+$/, ''), windows.replace(/[\r\n]+$/, '')].filter((one) => one !== '')
}

function parts(text: string): string[] {
  const lines = text.split(/\r?\n/).filter((line) => line.length >= LINE_CHARS && !line.startsWith('-----'))
  return [...slices(text), ...lines.flatMap(slices)]
}

function slices(text: string): string[] {
  const found: string[] = []
  for (let at = 0; at < text.length; ) {
    let end = text.length - at < SLICE_CHARS * 2 ? text.length : at + SLICE_CHARS
    if (/[\uDC00-\uDFFF]/.test(text.charAt(end))) end += 1 // not between the halves of a character
    found.push(text.slice(at, end))
    at = end
  }
  return found
}

function longForms(text: string): Uint8Array[] {
  const encoded = [Buffer.from(text), ...wide(text)]
  return [...written(text), ...encoded.flatMap((bytes) => [...hexadecimal(bytes), ...base64(bytes)]).map(ascii)]
}

/** The base64 of two characters is in every other line: a short secret is looked for only where it was encoded alone. */
function shortForms(text: string): Uint8Array[] {
  const whole = Buffer.from(text).toString('base64')
  const alone = [whole, whole.replace(/=+$/, ''), whole.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')]
  return [...written(text), ...[...alone, ...hexadecimal(Buffer.from(text))].map(ascii)]
}

/** The text itself and as other formats write it, in the encodings of text. */
function written(text: string): Uint8Array[] {
  const variants = new Set([
    text,
    ...urlEncoded(text),
    ...jsonEscaped(text),
    ...htmlEscaped(text),
    ...shellQuoted(text),
  ])
  return [...variants].flatMap((variant) => [
    Buffer.from(variant),
    ...(isAscii(variant) ? [] : wide(variant)),
    ...western(variant),
  ])
}

/** UTF-16, little and big endian. Of ASCII it is the text itself, once the NULs are passed over. */
function wide(text: string): Uint8Array[] {
  const little = Buffer.from(text, 'utf16le')
  return [little, Buffer.from(little).swap16()]
}

/** ISO 8859-1, where the text has it all. */
const western = (text: string): Uint8Array[] =>
  !isAscii(text) && /^[\0-\xff]*$/.test(text) ? [Buffer.from(text, 'latin1')] : []

const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text)
const ascii = (text: string): Uint8Array => Buffer.from(text, 'latin1')
