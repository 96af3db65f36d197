import type { Layer } from '../finding.ts'

const MAX_CHARS = 24_000
/** Private keys between their markers; where one marker was cut off, as far as the lines look like a key's. */
export const pem: Layer = ({ text, lower }, report) => {
  if (!lower.includes('private key') && !lower.includes('openvpn static key')) return
  // `-----BEGIN … PRIVATE KEY-----`, `---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----`, `-----BEGIN PGP PRIVATE KEY BLOCK-----`,
  // `-----BEGIN OpenVPN Static key V1-----`.
  const marker = /-{4,5} ?(BEGIN|END) (?:[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?|OpenVPN Static key V1) ?-{4,5}/g
  // The bytes themselves: a row of digits, letters and signs that no sentence has, nor a path.
  const row =
    /(?=[+/]{0,9}[A-Za-z0-9+/]{0,60}?\d)(?=[A-Za-z0-9+/]{0,60}?[a-z])(?=[A-Za-z0-9+/]{0,60}?[A-Z])[A-Za-z0-9+/]{16}/
  const markers = [...text.matchAll(marker)]
  for (const [index, { 0: written, 1: side, index: at }] of markers.entries()) {
    const behind = at + written.length
    const other = markers[index + (side === 'BEGIN' ? 1 : -1)]
    if (side === 'BEGIN') {
      const limit = Math.min(other?.index ?? text.length, behind + MAX_CHARS)
      const isWhole = other?.[1] === 'END' && other.index === limit
      if (isWhole) tell(behind, limit, /[A-Za-z0-9+/]{8}/)
      else tell(behind, behind + bodyChars(text.slice(behind, limit)), row)
    } else if (other?.[1] !== 'BEGIN') {
      const from = Math.max(other ? other.index + other[0].length : 0, at - MAX_CHARS)
      tell(at - tailChars(text.slice(from, at)), at, row)
    }
  }

  function tell(from: number, to: number, bytes: RegExp): void {
    const body = text.slice(from, to)
    if (!bytes.test(body)) return
    const front = /^(?:\s|\\[rn]|["'`,]|[+>|]\s){0,200}/.exec(body)?.[0].length ?? 0
    const rest = /(?:(?:\s|\\[rn]|["'`,]|(?<=\s)[+>|]){1,60})?$/.exec(body.slice(-60))?.[0].length ?? 0
    report(from + front, to - rest, 'private-key', { isShape: true })
  }
}

let bodyLine: RegExp | undefined

/** A line of a key, with what a log or a listing puts before it: its number, a quote, a diff's sign. */
function isBodyLine(line: string): boolean {
  const front = String.raw`[ \t]{0,40}(?:\d{1,5}[:|\t ][ \t]{0,8}|[>|+*#-][ \t]{1,8})?["']?`
  const body = String.raw`(?:[A-Za-z0-9+/]{1,800}={0,2}|[A-Z][A-Za-z-]{2,30}: [^\r\n]{0,200}|=[A-Za-z0-9+/]{4})?`
  bodyLine ??= new RegExp(String.raw`^${front}${body}["']?[,;\\]{0,2}[ \t]{0,20}$`)
  return bodyLine.test(line)
}

/** How much from its beginning on looks like the lines of a key. */
function bodyChars(text: string): number {
  let end = 0
  for (const line of linesOf(text)) {
    if (!isBodyLine(line.text)) {
      // The last line goes on with something else: `…AB", "next": 1`.
      const row = /^[A-Za-z0-9+/]{16,}={0,2}/.exec(line.text)?.[0].length ?? 0
      return row === 0 ? end : line.start + row
    }
    if (line.text.trim() !== '') end = line.end
  }
  return end
}

/** How much before its end looks like the lines of a key. */
function tailChars(text: string): number {
  let start = text.length
  for (const line of linesOf(text).reverse()) {
    if (!isBodyLine(line.text)) break
    if (line.text.trim() !== '') start = line.start
  }
  return text.length - start
}

interface Line {
  text: string
  start: number
  end: number
}

/** Line breaks, also as JSON and code write them, part them. */
function linesOf(text: string): Line[] {
  const lines: Line[] = []
  let start = 0
  for (const { 0: written, index } of text.matchAll(/\r?\n|(?:\\r)?\\n/g)) {
    lines.push({ text: text.slice(start, index), start, end: index })
    start = index + written.length
  }
  lines.push({ text: text.slice(start), start, end: text.length })
  return lines
}
