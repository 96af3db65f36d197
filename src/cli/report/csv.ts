import { decimalOf } from '../money.ts'

/** CSV as RFC 4180 has it: commas, CRLF, quotes where they are needed. */

export const BYTE_ORDER_MARK = '\uFEFF'

/** What a spreadsheet would compute is made text by an apostrophe; so is what begins with a space before it. */
const cell = (text: string): string => {
  const safe = /^\s*[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A figure of ours, which may be negative and stays a figure. */
export interface Figure {
  figure: string
}
export const figure = (value: string | number | null): Figure => ({ figure: value === null ? '' : String(value) })

export const csvLine = (cells: readonly (string | Figure | null)[]): string =>
  `${cells.map((one) => (one === null ? '' : typeof one === 'string' ? cell(one) : one.figure)).join(',')}\r\n`

/** Seconds as minutes with a dot, two digits: `90.50`. Whole arithmetic. */
export const minutesOf = (seconds: number | null): string | null =>
  seconds === null ? null : hundredths(seconds * 100, 60)
/** As hours, four digits, so that 5 minutes come back as 5 minutes: `0.0833`. */
export const hoursOf = (seconds: number | null): string | null =>
  seconds === null ? null : digits(Math.round((seconds * 10_000) / 3_600), 4)

const hundredths = (value: number, by: number) => digits(Math.round(value / by), 2)
const digits = (value: number, behind: number) => {
  const text = String(Math.abs(value)).padStart(behind + 1, '0')
  return `${value < 0 ? '-' : ''}${text.slice(0, -behind)}.${text.slice(-behind)}`
}

export const amountCell = (minor: number | null, currency: string | null): Figure =>
  figure(minor === null || currency === null ? null : decimalOf(minor, currency))
