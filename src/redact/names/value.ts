import type { Span } from '../marks.ts'
import { endOfLine } from './lines.ts'
import { after, lazy } from './words.ts'

/** A value as it is written in a text; offsets without the quotes. */
export interface Value extends Span {
  /** The quote around it, if any. */
  quote: string
}

/** Before a quote: the letters that some languages put there (`r"…"`, `N'…'`, `@"…"`), and what makes a string secure. */
const OPENING = lazy(
  String.raw`(?:[rbfuNLE@$]{1,2}(?=["'])|SecureString[ \t]+|\()?(?<quote>"""|'''|\\{0,8}["'${'`'}“„«»‘])`,
  'y',
)
const MAY_OPEN = `rbfuNLE@$S("'\`“„«»‘\\`
const CLOSING: Record<string, string> = { '“': '”', '„': '“', '«': '»', '»': '«', '‘': '’' }

/** The quoted value at an offset. A quote that never closes, because the text was cut, ends with the line. */
export function quotedAt(text: string, at: number): Value | undefined {
  if (!MAY_OPEN.includes(text.charAt(at))) return undefined
  const opening = OPENING()
  opening.lastIndex = at
  const quote = opening.exec(text)?.groups?.quote
  if (quote === undefined) return undefined
  const start = opening.lastIndex
  const mark = quote.at(-1) ?? ''
  const closing = quote.slice(0, -1) + (CLOSING[mark] ?? mark)
  const end =
    quote.length === 3 && !quote.startsWith('\\') ? endOfBlock(text, start, quote) : endOf(text, start, closing)
  return { start, end, quote }
}

/** No text in three quotes is longer. */
const MAX_BLOCK = 8_000

function endOfBlock(text: string, start: number, quote: string): number {
  const end = text.slice(start, start + MAX_BLOCK).indexOf(quote)
  return end === -1 ? endOfLine(text, start) : start + end
}

function endOf(text: string, start: number, closing: string): number {
  // Typographic quotes enclose words; nothing long is written between them.
  const line = /[”“«»’]/.test(closing)
    ? (/^[^\r\n]{0,200}/.exec(text.slice(start, start + 200))?.[0] ?? '')
    : text.slice(start, endOfLine(text, start))
  for (let at = line.indexOf(closing); at !== -1; at = line.indexOf(closing, at + 1)) {
    if (isDoubled(line, at, closing)) at += 1
    else if (!isEscaped(line, at, closing)) return start + at
  }
  // Cut off, or JSON within JSON whose end is escaped otherwise.
  return start + line.length
}

/** `'it''s'`: SQL, YAML and CSV write a quote within quotes twice. */
const isDoubled = (line: string, at: number, closing: string): boolean =>
  at > 0 && line[at + 1] === closing && /[^\s,;:)\]}]/.test(line.charAt(at + 2))

function isEscaped(line: string, at: number, closing: string): boolean {
  let backslashes = 0
  while (line[at - 1 - backslashes] === '\\') backslashes += 1
  if (closing.length > 1) return backslashes > 0
  // `'C:\temp\'`: in a path it was no escape.
  return backslashes % 2 === 1 && !(/^(?:[A-Za-z]:)?\\/.test(line) && !/\S/.test(line.charAt(at + 1)))
}

/** Where a value without quotes ends within its run of characters without white space. */
const ENDS = lazy(
  [
    String.raw`;(?=$|["'&]|[A-Za-z_][\w.-]{0,40}(?:=|$))`, // the next pair of a connection string
    String.raw`&(?=&|amp;|$|[\w.%[\]-]{1,60}=)`, // the next field of a form
    String.raw`,(?=$|["'\]}]|[\w.-]{1,40}[=:])`, // the next one of a list
    String.raw`~(?=[A-Za-z_][\w.-]{0,40}=)`, // the next pair where somebody chose a sign of his own
    String.raw`["'${'`'}](?=$|[;,)\]}>|&])`, // the end of quotes around all of it
    String.raw`\\+(?:["']|[nr](?=$|[^a-z])|[nr]\b|r\\+n|u00(?:22|27|0a|0d))`, // escaped quotes and ends of lines
    String.raw`<(?=\/|br\b|!|[a-z]{1,20}>)|&(?:lt|quot|#\d{1,4});`, // the next tag
    String.raw`\|(?:\||(?=[A-Za-z_][\w.-]{0,40}=))|\u001b`,
  ].join('|'),
)
/** What every end of a value has one of. */
const MAY_END = new RegExp(String.raw`[;&,~"'${'`'}\\<|\u001b]`)
const RUN = /[^\s]{1,300}/y
const LONG_TOKEN = lazy('[A-Za-z0-9+/_.~%-]{1,8000}={0,2}', 'y')
const PAIRS: Record<string, string> = { ')': '(', ']': '[', '}': '{', '>': '<' }

/** The value without quotes at an offset: up to the white space, or what separates it from the next one before that. */
export function bareAt(text: string, at: number): Value | undefined {
  const run = runAt(text, at)
  if (run === undefined) return undefined
  const bracket = unopened(run)
  const cut = Math.min(
    MAY_END.test(run) ? positive(run.search(ENDS())) : run.length,
    bracket < run.length && isInBrackets(text, at) ? bracket : run.length,
  )
  const value = withoutTail(run.slice(0, cut))
  return value === '' ? undefined : { start: at, end: at + value.length, quote: '' }
}

/** Characters up to white space. Only tokens are longer than a line. */
function runAt(text: string, at: number): string | undefined {
  RUN.lastIndex = at
  const run = RUN.exec(text)?.[0]
  if (run === undefined || run.length < 300) return run
  const end = at + run.length
  return run + text.slice(end, after(LONG_TOKEN(), text, end) ?? end)
}

const positive = (index: number): number => (index === -1 ? Number.POSITIVE_INFINITY : index)

/** Whether a bracket before the value is still open: `connect(user=x, password=y)`. */
function isInBrackets(text: string, at: number): boolean {
  const left = text.slice(Math.max(0, at - 100), at)
  return left.lastIndexOf('(') > left.lastIndexOf(')')
}

/** Where the bracket closes that was opened before the value. */
function unopened(run: string): number {
  let depth = 0
  for (let at = 0; at < run.length; at++) {
    if (run[at] === '(') depth += 1
    else if (run[at] === ')' && depth-- === 0) return at
  }
  return run.length
}

/** Signs of the sentence or of brackets around it are no part of it. */
function withoutTail(value: string): string {
  let end = value.length
  for (; end > 0; end--) {
    const last = value.charAt(end - 1)
    const opening = PAIRS[last]
    if (opening === undefined ? !/[,;:.]/.test(last) : value.indexOf(opening) !== -1) break
  }
  return value.slice(0, end)
}
