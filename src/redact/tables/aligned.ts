import type { Report } from '../finding.ts'
import type { Span } from '../marks.ts'
import { endOfLine, nextLine, startOfLine } from '../names/lines.ts'
import { reportCell, reportNamed, trimmed } from './cells.ts'
import { nameAndValue, secretColumns } from './headings.ts'

const DASHES = /^[ \t]*(?:[-=─━]{2,}(?:[ \t]+|$))+$/

/**
 * A table whose cells stand under their headings: what PowerShell and most command-line programs print.
 *
 * @param start of the line that may be the head
 * @returns where the table ends. Nothing when the line is no head.
 */
export function alignedTable(text: string, start: number, report: Report): number | undefined {
  const end = endOfLine(text, start)
  const next = nextLine(text, start)
  if (next === undefined) return undefined
  const ruler = text.slice(next, endOfLine(text, next))
  const isRuled = DASHES.test(ruler)
  const head = text.slice(start, end)
  const starts = isRuled ? startsOf(ruler, /[-=─━]+/g) : startsOf(head, /\S+(?: \S+)*/g)
  if (starts.length < 2) return undefined
  if (!isRuled && isRowBefore(text, start, starts.length)) return undefined
  const names = starts.map((from, index) => head.slice(from, starts[index + 1]))
  const columns = secretColumns(names, isRuled)
  const pair = nameAndValue(names)
  if (columns.length === 0 && pair === undefined) return undefined
  let at = isRuled ? nextLine(text, next) : next
  for (; at !== undefined; at = nextLine(text, at)) {
    const row = { start: at, end: endOfLine(text, at) }
    if (text.slice(row.start, row.end).trim() === '') break
    const cells = starts.map((from, index) => cellAt(text, row, from, starts[index + 1], isRuled))
    // Not aligned: the table has ended, or there never was one.
    if (!isRuled && cells.filter((cell) => cell === undefined).length > starts.length / 2) break
    for (const column of columns) {
      const cell = cells[column.index]
      if (cell) reportCell(text, cell, column, report, false)
    }
    const [name, value] = pair ? [cells[pair.name], cells[pair.value]] : []
    if (name && value) reportNamed(text, name, value, report)
  }
  return at ?? text.length
}

/** A line of as many cells stands before: it is a list, and no head. */
function isRowBefore(text: string, start: number, cells: number): boolean {
  if (start < 2) return false
  const before = text.slice(startOfLine(text, start - 1), start - 1)
  return before.trim().split(/ {2,}/).length >= cells
}

const startsOf = (line: string, pattern: RegExp): number[] => [...line.matchAll(pattern)].map(({ index }) => index)

/** What stands under a heading. A cell that is wider than its heading, or that is moved to the right, is taken whole. */
function cellAt(text: string, row: Span, from: number, until: number | undefined, isRuled: boolean): Span | undefined {
  let start = row.start + from
  let end = until === undefined ? row.end : Math.min(row.end, row.start + until)
  if (start >= row.end) return undefined
  const isCut = start > row.start && /\S/.test(text.charAt(start - 1)) && /\S/.test(text.charAt(start))
  if (isCut && !isRuled) return undefined
  while (isCut && start > row.start && /\S/.test(text.charAt(start - 1))) start -= 1
  // The next cell begins before its heading, or this one is wider than its own.
  const gap = isCut ? -1 : text.slice(start, end).search(/(?<=\S) {2,}\S{1,20}$/)
  if (gap > 0) end = start + gap
  else while (end < row.end && /\S/.test(text.charAt(end - 1)) && /\S/.test(text.charAt(end))) end += 1
  const { start: first, end: last } = trimmed(text, { start, end })
  return first < last ? { start: first, end: last } : undefined
}
