import type { Report } from '../finding.ts'
import type { Span } from '../marks.ts'
import { endOfLine, nextLine, startOfLine } from '../names/lines.ts'
import { isTelling } from '../names/plausible.ts'
import { LETTER, lazy } from '../names/words.ts'
import { reportCell, reportNamed, trimmed } from './cells.ts'
import { nameAndValue, secretColumns } from './headings.ts'

/** The signs that part cells, the surest first: a comma stands in every sentence. */
const DELIMITERS = ['|', '│', '┃', '\t', ';', ',']
/** A line between the head and the body of a table. */
const RULE = /^[\s|+:=*│┃─━┼╪├┤┬┴┌┐└┘╞╡═╬║-]+$/

/**
 * A table whose cells are parted by a sign, from its head on: CSV, tables with bars of databases and Markdown.
 *
 * @param start of the line that may be the head
 * @returns where the table ends. Nothing when the line is no head.
 */
export function delimitedTable(text: string, start: number, report: Report): number | undefined {
  const end = endOfLine(text, start)
  const line = text.slice(start, end)
  const delimiter = DELIMITERS.find((sign) => line.includes(sign))
  if (delimiter === undefined) return undefined
  const head = cellsOf(text, start, end, delimiter)
  const names = head.map((cell) => text.slice(cell.start, cell.end))
  const next = nextLine(text, end)
  const isRuled = next !== undefined && isRule(text, next)
  if (!isRuled && delimiter !== '|' && isRowBefore(text, start, delimiter, head.length)) return undefined
  const columns = secretColumns(names, isRuled)
  const pair = nameAndValue(names)
  if (columns.length === 0 && pair === undefined) return undefined
  let at = next
  for (; at !== undefined; at = nextLine(text, at)) {
    const rowEnd = endOfLine(text, at)
    if (isRule(text, at)) continue
    const row = cellsOf(text, at, rowEnd, delimiter)
    // A comma within a cell that has no quotes around it moves the cells after it.
    if (row.length < 2 || (row.length !== head.length && delimiter === ',') || row.length > head.length + 3) break
    for (const column of columns) {
      const cell = row[column.index]
      if (cell) reportTrimmed(text, cell, (span, isQuoted) => reportCell(text, span, column, report, isQuoted))
    }
    const [name, value] = pair ? [row[pair.name], row[pair.value]] : []
    if (name && value) reportNamed(text, trimmed(text, name), trimmed(text, value), report)
  }
  return at ?? text.length
}

function isRule(text: string, at: number): boolean {
  const end = endOfLine(text, at)
  return end > at && RULE.test(text.slice(at, end))
}

/** A row of as many cells stands before: the line is one of a list, and no head. */
function isRowBefore(text: string, start: number, delimiter: string, cells: number): boolean {
  if (start < 2) return false
  const end = start - 1
  return cellsOf(text, startOfLine(text, end), end, delimiter).length === cells
}

function reportTrimmed(text: string, cell: Span, use: (span: Span, isQuoted: boolean) => void): void {
  const span = trimmed(text, cell)
  use(span, span.isQuoted)
}

/** A row that stands for itself: `| Password | x |`, or `Password<tab>x`. */
export function namedRow(text: string, start: number, report: Report): void {
  const end = endOfLine(text, start)
  const line = text.slice(start, end)
  const delimiter = line.includes('|') ? '|' : '\t'
  if (!line.includes(delimiter)) {
    posterRow(text, start, end, report)
    return
  }
  const cells = cellsOf(text, start, end, delimiter)
    .map((cell) => trimmed(text, cell))
    .filter((cell) => cell.start < cell.end)
  const next = nextLine(text, start)
  const [name, value] = cells
  if (cells.length !== 2 || !name || !value || (next !== undefined && isRule(text, next))) return
  if (!isWordOrTelling(text.slice(value.start, value.end))) return
  reportNamed(text, withoutColon(text, name), value, report)
}

const POSTER = lazy(String.raw`^[ \t]{0,40}(?<name>[${LETTER}-]{2,20}) {2,20}(?<value>\S{5,63})$`, 'd')
const NETWORK = lazy('ssid|wi-?fi|wlan|netz|netwerk|network|hotspot|réseau', 'i')

/** `PASSWORT  x` below or above `NETZ  Werk-Gast`. */
function posterRow(text: string, start: number, end: number, report: Report): void {
  const groups = POSTER().exec(text.slice(start, end))?.indices?.groups
  const around = text.slice(Math.max(0, start - 80), end + 80)
  if (!groups?.name || !groups.value || !NETWORK().test(around)) return
  const place = ([from, to]: [number, number]): Span => ({ start: start + from, end: start + to })
  reportNamed(text, place(groups.name), place(groups.value), report)
}

/** A word in small letters is a secret when a strong name alone stands before it; the cells say more of other names. */
const isWordOrTelling = (value: string): boolean => isTelling(value) || /^\p{Ll}{6,40}$/u.test(value)

const withoutColon = (text: string, { start, end }: Span): Span => ({
  start,
  end: text[end - 1] === ':' ? end - 1 : end,
})

const MAX_CELLS = 200

/** The cells of a line; a quote at the start of one covers delimiters in it. */
function cellsOf(text: string, start: number, end: number, delimiter: string): Span[] {
  const cells: Span[] = []
  let at = start
  while (at <= end && cells.length < MAX_CELLS) {
    const stop = text[at] === '"' ? afterQuotes(text, at, end) : at
    const next = text.slice(stop, end).indexOf(delimiter)
    const cellEnd = next === -1 ? end : stop + next
    cells.push({ start: at, end: cellEnd })
    at = cellEnd + 1
  }
  return cells
}

function afterQuotes(text: string, at: number, end: number): number {
  for (let close = at + 1; close < end; close++) {
    if (text[close] !== '"') continue
    if (text[close + 1] === '"') close += 1
    else return close + 1
  }
  return at
}
