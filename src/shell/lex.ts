/**
 * Cuts command lines into tokens, well enough for bash, PowerShell and cmd alike. It never fails: whatever is not understood becomes
 * part of a word. Every character is looked at a bounded number of times. The library `unbash` reads bash only, is about 100 kB
 * minified, and our texts are PowerShell and cmd too, or cut in the middle: so this is our own.
 */

interface Place {
  /** Where it stands in the text, in UTF-16 units; `end` exclusive, quotes included. */
  start: number
  end: number
}

export interface Word extends Place {
  kind: 'word'
  /** Without its quotes; what is escaped keeps its backslash. It is the concatenation of `pieces`. */
  text: string
  quoted: boolean
  pieces: readonly Piece[]
}

/** A stretch of the text that stands in a word as it is. */
export type Piece = readonly [start: number, end: number]

export type Token =
  | ({ kind: 'operator'; text: string } & Place)
  /** The word after it is where it goes to or comes from. */
  | ({ kind: 'redirect'; text: string } & Place)
  | Word

/** The body of a here-document. `redirect` is the number of its `<<` among the tokens. */
export interface Body extends Place {
  redirect: number
}

export interface Lexed {
  tokens: Token[]
  bodies: Body[]
  /** Where the reading ended. */
  end: number
}

interface Cursor {
  text: string
  at: number
  limit: number
  /** Reads the habits of all three shells, also where one contradicts the others; else only what the shapes of commands are made of. */
  isFull: boolean
  /** Ends with the first line break that no quote or here-document holds. */
  isOneCommand: boolean
  /** Here-documents whose bodies begin after the next line break. */
  heredocs: { delimiter: string; redirect: number }[]
  bodies: Body[]
  braces: number
  parentheses: number
}

/**
 * What is a token without being a word: a redirect, an operator. `2>&1` and `>&2` join streams and name no file: they are dropped.
 * All in one, and not tried where a word can only begin: each pattern costs a fresh process its compilation.
 */
const SIGN = /[\d*]?>>?&\d|(&>>?|[\d*]?>>?|<<<|<<-?|<)|(&&|\|\||\|&|;;|\$\(|[;|&(){}]|@\{)/y
const BEGINS_WORD = /[A-Za-z./:=~_%+"'-]/
const SPACE = /[^\S\n]+|[\\`]\n/y
const FULL_SPACE = /[^\S\n]+|[\\`^][ \t]?\r?\n/y
const COMMENT = /#[^\n]*/y
const PLAIN = /[^\s'"\\^${}();|&<>,@]+/y
/** Ends a word that is not quoted. `{` does so at the beginning of a word only: `a{b,c}` is one word. */
const WORD_END = /[\s;|&()<>}]/
/** After a backslash these lose their meaning; elsewhere a backslash belongs to a Windows path. */
const ESCAPABLE = /[\s;|&()<>{}'"`$#\\]/
/** After a caret these lose their meaning in cmd. */
const CARET_ESCAPABLE = /[&|<>^()"%!]/
/** `\\p{L}` is dear to compile. */
export const LETTER = /[A-Za-z\d\xc0-\u1fff]/
const WINDOWS_PATH = /^(?:[A-Za-z]:|\\\\)/
/** `'a','b'`: two values of PowerShell, or of a list in JSON. */
const NEXT_IN_LIST = /,[ \t]{0,9}\r?\n?[ \t]{0,40}(?=["'])/y
const HERE_STRING = /@(["'])[ \t]{0,9}\r?\n/y
/** How far a quote may reach over line breaks where the text is no script and the quote may be an apostrophe. */
const MAX_QUOTED_LINES_CHARS = 2_000

/** The tokens of a command line. Comments and the bodies of here-documents are left out. */
export function lex(command: string): Token[] {
  return read(cursorIn(command, 0, command.length)).tokens
}

/** The tokens of a script of any shell with the bodies of its here-documents, and what stands in comments too. */
export function lexScript(text: string): Lexed {
  return read({ ...cursorIn(text, 0, text.length), isFull: true })
}

/** The tokens of the one command line that begins at `start`, with the lines that it goes on in, and not beyond `limit`. */
export function lexCommand(text: string, start: number, limit: number): Lexed {
  return read({ ...cursorIn(text, start, Math.min(limit, text.length)), isFull: true, isOneCommand: true })
}

/** Where the stretch of a word's text stands in the source, from its first to its last character. */
export function placeIn(word: Word, from: number, to: number = word.text.length): Place {
  let offset = 0
  let start = word.end
  let end = word.end
  for (const [first, last] of word.pieces) {
    const next = offset + last - first
    if (from >= offset && from < next) start = first + from - offset
    if (to > offset && to <= next) end = first + to - offset
    offset = next
  }
  return { start, end }
}

/** Like `indexOf`, and looks no further than the limit: a text without the sign would be searched to its end each time. */
export function indexWithin(text: string, sign: string, from: number, limit: number): number {
  const found = text.slice(from, limit).indexOf(sign)
  return found < 0 ? -1 : from + found
}

function cursorIn(text: string, at: number, limit: number): Cursor {
  return {
    ...{ text, at, limit, isFull: false, isOneCommand: false, heredocs: [], bodies: [] },
    ...{ braces: 0, parentheses: 0 },
  }
}

function read(cursor: Cursor): Lexed {
  const tokens: Token[] = []
  while (cursor.at < cursor.limit) {
    const isLineEnd = cursor.isOneCommand && cursor.text[cursor.at] === '\n'
    if (isLineEnd) {
      if (cursor.heredocs.length > 0) next(cursor)
      break
    }
    const token = next(cursor)
    if (!token) continue
    const last = tokens.at(-1)
    if (token.kind === 'word' && last?.kind === 'redirect' && /^<<-?$/.test(last.text) && isDelimiter(cursor, token))
      cursor.heredocs.push({ delimiter: delimiterOf(cursor, token), redirect: tokens.length - 1 })
    tokens.push(token)
  }
  return { tokens, bodies: cursor.bodies, end: cursor.at }
}

/** `1<<4` is a shift of bits. */
const isDelimiter = (cursor: Cursor, { text, quoted }: Word): boolean =>
  !cursor.isFull || quoted || /^\\?[\w.-]*[A-Za-z_!][\w.!-]*$/.test(text)

const delimiterOf = (cursor: Cursor, { text }: Word): string => (cursor.isFull ? text.replace(/^\\/, '') : text)

function next(cursor: Cursor): Token | null {
  const start = cursor.at
  const token = (kind: 'operator' | 'redirect', text: string): Token => ({ kind, text, start, end: cursor.at })
  if (BEGINS_WORD.test(cursor.text.charAt(start))) return word(cursor)
  if (take(cursor, cursor.isFull ? FULL_SPACE : SPACE)) return null
  if (cursor.text[start] === '\n') {
    cursor.at += 1
    readHeredocs(cursor)
    return token('operator', ';')
  }
  if (cursor.text[start] === '#') {
    if (!cursor.isFull) {
      take(cursor, COMMENT)
      return null
    }
    // A command that is commented out is still read.
    if (/[\s#!]/.test(cursor.text.charAt(start + 1))) {
      cursor.at += 1
      return token('operator', ';')
    }
  }
  SIGN.lastIndex = start
  const [sign, redirect, operator] = SIGN.exec(cursor.text) ?? []
  if (!sign || (sign === '@{' && !cursor.isFull)) return word(cursor)
  cursor.at = Math.min(start + sign.length, cursor.limit)
  if (redirect) return token('redirect', redirect)
  if (!operator) return null
  count(cursor, operator)
  return token('operator', operator === ';;' ? ';' : operator === '|&' ? '|' : operator)
}

function count(cursor: Cursor, operator: string): void {
  if (operator.endsWith('{')) cursor.braces += 1
  else if (operator.endsWith('(')) cursor.parentheses += 1
  else if (operator === '}') cursor.braces = Math.max(0, cursor.braces - 1)
  else if (operator === ')') cursor.parentheses = Math.max(0, cursor.parentheses - 1)
}

function take(cursor: Cursor, pattern: RegExp): string | null {
  pattern.lastIndex = cursor.at
  const found = pattern.exec(cursor.text)?.[0]
  if (!found) return null
  cursor.at = Math.min(cursor.at + found.length, cursor.limit)
  return found
}

function word(cursor: Cursor): Word {
  const start = cursor.at
  const pieces: Piece[] = []
  let quoted = cursor.isFull && hereString(cursor, pieces)
  let end = cursor.at
  while (cursor.at < cursor.limit) {
    if (quoted && cursor.isFull && cursor.text[cursor.at] === ',' && take(cursor, NEXT_IN_LIST)) break
    if (opensQuote(cursor, start)) {
      quotedText(cursor, pieces)
      quoted = true
    } else if (endsWord(cursor, start)) break
    else unquotedText(cursor, start, pieces)
    end = cursor.at
  }
  const text = pieces.map(([from, to]) => cursor.text.slice(from, to)).join('')
  return { kind: 'word', text, quoted, start, end, pieces }
}

/** `@"` to `"@` of PowerShell, each on a line of its own. */
function hereString(cursor: Cursor, pieces: Piece[]): boolean {
  const opening = cursor.text[cursor.at] === '@' && take(cursor, HERE_STRING)
  if (!opening) return false
  const closing = `\n${opening.charAt(1)}@`
  const found = indexWithin(cursor.text, closing, cursor.at - 1, cursor.limit)
  const end = found < 0 || found > cursor.limit ? cursor.limit : Math.max(found, cursor.at)
  pieces.push([cursor.at, end])
  cursor.at = Math.min(end + closing.length, cursor.limit)
  return true
}

/** An apostrophe in a word (`don't`) opens nothing where nothing closes it. */
function opensQuote(cursor: Cursor, start: number): boolean {
  const { text, at } = cursor
  const quote = text[at]
  if (quote !== "'" && quote !== '"') return false
  // A flag is cut where nothing closes it: `-p"Zomer 41`.
  if (!cursor.isFull || at === start || !LETTER.test(text.charAt(at - 1)) || /[-/]/.test(text.charAt(start)))
    return true
  return closing(cursor, at) < cursor.limit
}

/** Where the quote at `at` ends, or the limit where it does not. */
function closing({ text, limit, isFull, isOneCommand }: Cursor, at: number): number {
  const quote = text[at]
  // `$'it\'s'` of bash.
  const isAnsi = isFull && quote === "'" && text[at - 1] === '$'
  let end = at + 1
  while (end < limit && text[end] !== quote) {
    const escapes = isAnsi ? text[end] === '\\' : quote === '"' && (text[end] === '\\' || text[end] === '`')
    end += escapes ? 2 : 1
  }
  end = Math.min(end, limit)
  if (!isFull || !isOneCommand) return end
  const line = indexWithin(text, '\n', at, limit)
  if (line < 0 || end < line) return end
  const isMeant =
    end < limit && end - at < MAX_QUOTED_LINES_CHARS && /^(?:$|[\s;|&)}\]>,])/.test(text.slice(end + 1, end + 2))
  return isMeant ? end : limit
}

/** What is between two quotes; where the second is missing, to the end, or to the end of the line in what is no script. */
function quotedText(cursor: Cursor, pieces: Piece[]): void {
  const { text, at, limit } = cursor
  const quote = text.charAt(at)
  let start = at + 1
  let end = closing(cursor, at)
  if (end === limit && cursor.isOneCommand) {
    const line = indexWithin(text, '\n', at, limit)
    if (line >= 0 && line < limit) end = text[line - 1] === '\r' ? line - 1 : line
    pieces.push([start, end])
    cursor.at = end
    return
  }
  // A doubled quote is one quote in PowerShell and cmd.
  while (cursor.isFull && end > start && end + 1 < limit && text[end + 1] === quote) {
    const further = closing(cursor, end + 1)
    if (further === limit) break
    pieces.push([start, end + 1])
    start = end + 2
    end = further
  }
  pieces.push([start, end])
  cursor.at = Math.min(end + 1, limit)
}

function endsWord(cursor: Cursor, start: number): boolean {
  const char = cursor.text.charAt(cursor.at)
  if (cursor.text.startsWith('$(', cursor.at)) return true
  if (!WORD_END.test(char)) return false
  if (!cursor.isFull || cursor.at === start) return true
  if (char === '}') return cursor.braces > 0
  if (char === ')') return cursor.parentheses > 0
  return true
}

function unquotedText(cursor: Cursor, start: number, pieces: Piece[]): void {
  const { text, at } = cursor
  const following = text.charAt(at + 1)
  PLAIN.lastIndex = at
  let chars = PLAIN.exec(text)?.[0].length ?? 1
  if (text[at] === '\\' && ESCAPABLE.test(following) && !isFolder(cursor, start)) chars = 2
  else if (cursor.isFull && text[at] === '^' && CARET_ESCAPABLE.test(following)) chars = 2
  else if (text.startsWith('${', at)) chars = variableChars(cursor)
  // `$'…'` of bash.
  else if (cursor.isFull && text[at] === '$' && following === "'" && at === start) {
    cursor.at += 1
    return
  }
  cursor.at = Math.min(at + chars, cursor.limit)
  pieces.push([at, cursor.at])
}

/** The backslash at the end of a folder escapes no space: `C:\data\ /user:ana`. */
function isFolder({ text, at, isFull }: Cursor, start: number): boolean {
  return isFull && /\s/.test(text.charAt(at + 1)) && WINDOWS_PATH.test(text.slice(start, start + 2))
}

function variableChars({ text, at, limit }: Cursor): number {
  let end = at + 2
  while (end < limit && !/[\s}]/.test(text.charAt(end))) end += 1
  return end - at + (text[end] === '}' ? 1 : 0)
}

function readHeredocs(cursor: Cursor): void {
  for (const { delimiter, redirect } of cursor.heredocs.splice(0)) {
    const start = cursor.at
    let end = start
    let line = ''
    do {
      end = cursor.at
      const lineEnd = indexWithin(cursor.text, '\n', end, cursor.limit)
      cursor.at = lineEnd < 0 || lineEnd >= cursor.limit ? cursor.limit : lineEnd + 1
      line = cursor.text.slice(end, cursor.at)
    } while (line.trim() !== delimiter && cursor.at < cursor.limit)
    cursor.bodies.push({ start, end: line.trim() === delimiter ? end : cursor.at, redirect })
  }
}
