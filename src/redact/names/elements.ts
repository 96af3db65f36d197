import type { Report } from '../finding.ts'
import type { Key } from './keys.ts'
import { isPlausible } from './plausible.ts'
import { bareAt, quotedAt } from './value.ts'
import type { Meaning } from './vocabulary.ts'
import { after, lazy } from './words.ts'

export const isTagAt = (text: string, start: number): boolean =>
  text[start - 1] === '<' ||
  (text[start - 1] === ':' && /<[\w.-]{1,40}:$/.test(text.slice(Math.max(0, start - 42), start)))

const TAG_END = lazy(
  String.raw`(?:[ \t\r\n][^<>]{0,300})?>\s{0,80}(?:<plaintext>(?:true|false)</plaintext>\s{0,80})?(?:<(?:[\w.-]{1,20}:)?(?:value|text|string|plaintext)>\s{0,80})?(?:<!\[CDATA\[)?`,
  'iy',
)
const TAG_VALUE = lazy(String.raw`[ \t][^<>]{0,100}?\b(?:value|val|content)=(?=["'])`, 'iy')

/** `<Password>x</Password>`, `<password value="x"/>`. */
export function elementValue(text: string, key: Key, meaning: Meaning | undefined, report: Report): boolean {
  const value = after(TAG_VALUE(), text, key.end)
  if (value !== undefined) {
    reportValue(text, value, key, meaning, report)
    return true
  }
  const content = after(TAG_END(), text, key.end)
  if (content !== undefined) reportElement(text, content, meaning, report)
  return content !== undefined
}

export function reportElement(text: string, start: number, meaning: Meaning | undefined, report: Report): void {
  if (meaning === undefined) return
  const part = text.slice(start, start + 8_000)
  const next = part.search(text.startsWith('<![CDATA[', start - 9) ? /\]\]>/ : /</)
  const value = (next === -1 ? part : part.slice(0, next)).trimEnd()
  // `<password>` may be a placeholder: an element is closed, or the text was cut within it.
  const isClosed =
    next === -1
      ? !/[\r\n]/.test(value) && !/\s/.test(text.charAt(start - 1))
      : /^(?:<\/|<!\[|\]\]>)/.test(part.slice(next))
  if (!isClosed) return
  if (isPlausible(value, meaning.grade, { isQuoted: true })) report(start, start + value.length, meaning.kind)
}

/** The value at an offset, whatever sign stands before it. */
export function reportValue(text: string, at: number, key: Key, meaning: Meaning | undefined, report: Report): void {
  const value = quotedAt(text, at) ?? bareAt(text, at)
  if (meaning === undefined || value === undefined) return
  const setting = { isQuoted: value.quote !== '', isVariable: /^[A-Z][A-Z0-9_]+$/.test(key.name) }
  if (isPlausible(text.slice(value.start, value.end), meaning.grade, setting)) {
    report(value.start, value.end, meaning.kind, { isLiteral: value.quote === "'" })
  }
}
