import type { Report } from '../finding.ts'
import type { Span } from '../marks.ts'
import { isPlausible } from '../names/plausible.ts'
import { meaningOf } from '../names/vocabulary.ts'
import { LETTER, lazy } from '../names/words.ts'
import type { SecretColumn } from './headings.ts'

const TYPE = lazy(
  String.raw`^(?:(?:n?var)?char(?:acter)?(?: varying)?|text|string|int(?:eger)?|bool(?:ean)?|datetime|timestamp|uuid|blob)\b[ (\d)]*$`,
  'i',
)
const PAIR = lazy(String.raw`^[^\s/:|]{1,60} ?(?:[/|:]|\s-\s|, | ) ?(?<password>\S.*)$`, 'd')

/** How a person or a form names a secret; no file, no package and no code. */
const NAME = lazy(`^(?!.*passwd$)[${LETTER}_][${LETTER}\\d _'’()#/-]{0,60}$`)

const ACCOUNT = /^[a-z]{2,12}[-_.]?\d{1,2}$/

/** `zie kluis` */
const ELSEWHERE = /^(?:zie|see|siehe|voir) /i

/** Reports a cell of a secret column, when it can be a secret. */
export function reportCell(text: string, cell: Span, column: SecretColumn, report: Report, isQuoted: boolean): void {
  const value = text.slice(cell.start, cell.end)
  const [from, to] = (column.isPair ? PAIR().exec(value)?.indices?.groups?.password : undefined) ?? [0, value.length]
  const secret = value.slice(from, to)
  if (
    secret === '' ||
    // Under `inlog` alone it is the name of an account: `balie1`.
    (column.isPair && from === 0 && ACCOUNT.test(secret)) ||
    ELSEWHERE.test(secret) ||
    /^\d{1,3}$/.test(secret) ||
    TYPE().test(secret) ||
    !isPlausible(secret, from > 0 ? 'strong' : column.grade, { isQuoted })
  )
    return
  report(cell.start + from, cell.start + to, column.kind)
}

/** The value of a row whose first cell names a secret, in a table that stands on its side. */
export function reportNamed(text: string, name: Span, value: Span, report: Report): void {
  const words = text.slice(name.start, name.end)
  const meaning = NAME().test(words) ? meaningOf(words) : undefined
  if (meaning) reportCell(text, value, { ...meaning, index: 0, isPair: false }, report, false)
}

/** A span without the white space and the quotes around it, and whether there were quotes. */
export function trimmed(text: string, { start, end }: Span): Span & { isQuoted: boolean } {
  let from = start
  let to = end
  while (from < to && /\s/.test(text.charAt(from))) from += 1
  while (to > from && /\s/.test(text.charAt(to - 1))) to -= 1
  const quote = text.charAt(from)
  const isQuoted = to - from >= 2 && /["'`]/.test(quote) && text[to - 1] === quote
  return isQuoted ? { start: from + 1, end: to - 1, isQuoted } : { start: from, end: to, isQuoted }
}
