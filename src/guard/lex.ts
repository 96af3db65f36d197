/**
 * Cuts a command line into tokens, well enough for bash, PowerShell and cmd alike. It never fails: whatever is not
 * understood becomes part of a word. Every character is looked at a bounded number of times.
 */

export type Token =
  | { kind: 'operator'; text: string }
  /** The word after it is where it goes to or comes from. */
  | { kind: 'redirect'; text: string }
  /** `text` is without its quotes. */
  | { kind: 'word'; text: string; quoted: boolean }

interface Cursor {
  text: string
  at: number
  /** Delimiters of here-documents whose bodies begin after the next line break. */
  heredocs: string[]
}

// `2>&1` and `>&2` join streams and name no file: they are dropped.
const JOINED_STREAMS = /[\d*]?>>?&\d/y
const REDIRECT = /&>>?|[\d*]?>>?|<<<|<<-?|</y
const OPERATOR = /&&|\|\||\|&|;;|\$\(|[;|&(){}]/y
const SPACE = /[^\S\n]+|[\\`]\n/y
const COMMENT = /#[^\n]*/y
/** Ends a word that is not quoted. `{` does so at the beginning of a word only: `a{b,c}` is one word. */
const WORD_END = /[\s;|&()<>}]/
/** After a backslash these lose their meaning; elsewhere a backslash belongs to a Windows path. */
const ESCAPABLE = /[\s;|&()<>{}'"`$#\\]/

/** The tokens of a command line. Comments and the bodies of here-documents are left out. */
export function lex(command: string): Token[] {
  const cursor: Cursor = { text: command.replaceAll('\r\n', '\n'), at: 0, heredocs: [] }
  const tokens: Token[] = []
  while (cursor.at < cursor.text.length) {
    const token = next(cursor)
    if (!token) continue
    const last = tokens.at(-1)
    if (token.kind === 'word' && last?.kind === 'redirect' && /^<<-?$/.test(last.text)) cursor.heredocs.push(token.text)
    tokens.push(token)
  }
  return tokens
}

function next(cursor: Cursor): Token | null {
  if (take(cursor, SPACE) || take(cursor, COMMENT)) return null
  if (cursor.text[cursor.at] === '\n') {
    cursor.at += 1
    skipHeredocs(cursor)
    return { kind: 'operator', text: ';' }
  }
  if (take(cursor, JOINED_STREAMS)) return null
  const redirect = take(cursor, REDIRECT)
  if (redirect) return { kind: 'redirect', text: redirect }
  const operator = take(cursor, OPERATOR)
  if (operator) return { kind: 'operator', text: operator === ';;' ? ';' : operator === '|&' ? '|' : operator }
  return word(cursor)
}

function take(cursor: Cursor, pattern: RegExp): string | null {
  pattern.lastIndex = cursor.at
  const found = pattern.exec(cursor.text)?.[0]
  if (!found) return null
  cursor.at += found.length
  return found
}

function word(cursor: Cursor): Token {
  const { text } = cursor
  let value = ''
  let quoted = false
  while (cursor.at < text.length) {
    const char = text.charAt(cursor.at)
    if (char === "'" || char === '"') {
      value += quotedText(cursor, char)
      quoted = true
    } else if (char === '\\' && ESCAPABLE.test(text.charAt(cursor.at + 1))) {
      value += text.slice(cursor.at, cursor.at + 2)
      cursor.at += 2
    } else if (text.startsWith('${', cursor.at)) value += variable(cursor)
    else if (WORD_END.test(char) || text.startsWith('$(', cursor.at)) break
    else {
      value += char
      cursor.at += 1
    }
  }
  return { kind: 'word', text: value, quoted }
}

/** What is between two quotes, or to the end where the second is missing. */
function quotedText(cursor: Cursor, quote: string): string {
  const { text } = cursor
  const start = cursor.at + 1
  let end = start
  while (end < text.length && text[end] !== quote) {
    const escapes = quote === '"' && (text[end] === '\\' || text[end] === '`')
    end += escapes ? 2 : 1
  }
  cursor.at = Math.min(end + 1, text.length)
  return text.slice(start, Math.min(end, text.length))
}

function variable(cursor: Cursor): string {
  const start = cursor.at
  cursor.at += 2
  while (cursor.at < cursor.text.length && !/[\s}]/.test(cursor.text.charAt(cursor.at))) cursor.at += 1
  if (cursor.text[cursor.at] === '}') cursor.at += 1
  return cursor.text.slice(start, cursor.at)
}

function skipHeredocs(cursor: Cursor): void {
  for (const delimiter of cursor.heredocs.splice(0)) {
    let line = ''
    do {
      const end = cursor.text.indexOf('\n', cursor.at)
      line = cursor.text.slice(cursor.at, end < 0 ? undefined : end)
      cursor.at = end < 0 ? cursor.text.length : end + 1
    } while (line.trim() !== delimiter && cursor.at < cursor.text.length)
  }
}
