import type { Report } from '../finding.ts'
import { lazy } from '../names/words.ts'
import { reportCell, trimmed } from './cells.ts'
import { type SecretColumn, secretColumns } from './headings.ts'

const TAG = lazy(
  String.raw`<(?:tr|(?<end>\/table)|t[dh])\b[^>]{0,200}>(?:\s{0,40}<(?:b|p|code|strong)>)?(?<bare>[^<]{0,400})`,
  'gdi',
)

/** A table of HTML whose first row is headings. */
export function htmlTables(text: string, report: Report): void {
  let heads: string[] | undefined
  let columns: SecretColumn[] | undefined
  let index = 0
  for (const { 0: tag, groups, indices } of text.matchAll(TAG())) {
    if (/^<tr/i.test(tag)) {
      if (heads && index > 0) columns ??= secretColumns(heads, false)
      heads ??= []
      index = 0
    } else if (groups?.end) {
      heads = columns = undefined
    } else {
      const [start, end] = indices?.groups?.bare ?? [0, 0]
      const column = columns?.find((one) => one.index === index)
      index += 1
      if (column) reportCell(text, trimmed(text, { start, end }), column, report, false)
      else if (!columns) heads?.push(text.slice(start, end))
    }
  }
}
