import type { IncomingMessage } from 'node:http'
import { AppError } from '../../src/contract/errors.ts'

/**
 * What two readers of one message could understand differently is refused: a proxy in front of us may take the first of two headers and we the
 * last, and so may whoever looks at the log.
 */

/** Of these there is one, or none. Node takes the first and says nothing. */
const SINGLE = new Set(['authorization', 'content-type', 'content-encoding', 'content-length', 'host', 'if-match'])

/** @throws AppError INVALID_INPUT when a header that can be there once is there twice. */
export function refuseDoubledHeaders({ rawHeaders }: IncomingMessage): void {
  const seen = new Set<string>()
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] as string).toLowerCase()
    if (!SINGLE.has(name)) continue
    if (seen.has(name)) throw new AppError('INVALID_INPUT', `The header ${name} is sent twice. Send it once.`)
    seen.add(name)
  }
}

const [QUOTE, BACKSLASH, COLON, COMMA] = [0x22, 0x5c, 0x3a, 0x2c]
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST] = [0x7b, 0x7d, 0x5b, 0x5d]

/**
 * A key that stands twice in one object, of which `JSON.parse` silently takes the last; undefined when there is none.
 *
 * @param text what should be JSON; where it is not, nothing need be found, because it will be refused
 */
export function doubledKey(text: string): string | undefined {
  const open: (Set<string> | null)[] = []
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === OPEN_OBJECT) open.push(new Set())
    else if (code === OPEN_LIST) open.push(null)
    else if (code === CLOSE_OBJECT || code === CLOSE_LIST) open.pop()
    else if (code === QUOTE) {
      const end = endOfString(text, at)
      const keys = open.at(-1)
      if (keys && isKey(text, end)) {
        const key = unquoted(text.slice(at, end))
        if (keys.has(key)) return key
        keys.add(key)
      }
      at = end - 1
    }
  }
  return undefined
}

/** Behind the quote that ends it. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    at = text.indexOf('"', at)
    if (at === -1) return text.length
    let backslashes = 0
    while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes++
    if (backslashes % 2 === 0) return at + 1
  }
}

function unquoted(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1)
  try {
    return JSON.parse(quoted) as string
  } catch {
    return quoted // No JSON: what parses it says so.
  }
}

/** Is the next thing a colon? */
function isKey(text: string, end: number): boolean {
  for (let at = end; ; at++) {
    const code = text.charCodeAt(at)
    if (code === COLON) return true
    if (code === COMMA || code === CLOSE_OBJECT || Number.isNaN(code)) return false
  }
}
