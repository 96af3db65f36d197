/** Cells of CSV: what a spreadsheet would run as a formula goes out with an apostrophe before it, and comes in without. */

// OWASP, CSV injection: these begin a formula; the wide forms do too where East Asian input is usual.
const FORMULA = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/
const NEUTRALISED = /^'+[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/

/** A value as the text of a cell; JSON as JSON text, null as nothing. */
export function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return FORMULA.test(value) ? `'${value}` : value
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** The text that a cell stands for: the inverse, whatever the text is. */
export const textOf = (cell: string): string => (NEUTRALISED.test(cell) ? cell.slice(1) : cell)
