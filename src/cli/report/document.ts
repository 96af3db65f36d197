import { oneLine } from '../../recall/clean.ts'
import { table } from '../layout.ts'

/** A report as it is shown: facts and tables. Made once, written as text, Markdown or HTML. */
export interface Report {
  title: string
  facts: readonly (readonly [label: string, value: string])[]
  sections: readonly Section[]
  /** What has to be known to read the figures. */
  notes: readonly string[]
}
export interface Section {
  title: string
  heads: readonly string[]
  rows: readonly (readonly string[])[]
  /** The last line, set apart. */
  total?: readonly string[]
  /** From this column on cells are figures, set right. */
  figuresFrom: number
  /** Instead of a table without rows. */
  empty: string
}

const LONGEST_CELL = 200

/** For a terminal. */
export function asText({ title, facts, sections, notes }: Report): string {
  const parts = sections.map(({ title: of, heads, rows, total, empty }) =>
    rows.length === 0
      ? `${of}: ${empty}`
      : `${of}\n${table(
          heads,
          [...rows, ...(total ? [total] : [])].map((row) => row.map((cell) => oneLine(cell, 80))),
        )}`,
  )
  const told = facts.map(([label, value]) => `${label}: ${value}`).join('\n')
  return [title, told, ...parts, ...notes].filter((part) => part !== '').join('\n\n')
}

/** Words of others must not become links, headings, pictures or HTML. */
const markdown = (text: string): string => oneLine(text, LONGEST_CELL).replace(/[\\`*_[\]<>!|~&]/g, (one) => `\\${one}`)

export function asMarkdown({ title, facts, sections, notes }: Report): string {
  const row = (cells: readonly string[]) => `| ${cells.map(markdown).join(' | ')} |`
  const parts = sections.map(({ title: of, heads, rows, total, figuresFrom, empty }) => {
    if (rows.length === 0) return `## ${markdown(of)}\n\n${markdown(empty)}`
    const rule = `|${heads.map((_, at) => (at >= figuresFrom ? ' ---: ' : ' --- ')).join('|')}|`
    return [`## ${markdown(of)}\n`, row(heads), rule, ...rows.map(row), ...(total ? [row(total)] : [])].join('\n')
  })
  const told = facts.map(([label, value]) => `- ${markdown(label)}: ${markdown(value)}`).join('\n')
  return `${[`# ${markdown(title)}`, told, ...parts, ...notes.map(markdown)].filter((part) => part !== '').join('\n\n')}\n`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const html = (text: string): string => oneLine(text, LONGEST_CELL).replace(/[&<>"']/g, (one) => ENTITIES[one] ?? '')

const STYLE = `@page{size:A4;margin:18mm}
body{font:14px/1.45 system-ui,sans-serif;color:#1a1a1a;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;margin:0 0 1rem}h2{font-size:1.1rem;margin:1.8rem 0 .5rem;break-after:avoid}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:0}dt{color:#555}dd{margin:0}
table{border-collapse:collapse;width:100%}thead{display:table-header-group}tr{break-inside:avoid}
th,td{padding:.3rem .5rem;border-bottom:1px solid #ddd;text-align:left;vertical-align:top;overflow-wrap:anywhere}
.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}tfoot td{font-weight:600;border-top:2px solid #1a1a1a}
p.note{color:#555}
@media print{body{margin:0;padding:0;max-width:none;font-size:10.5pt}}`

/** One file that needs nothing else, to be opened, or printed to PDF. The policy forbids whatever an escape would have missed. */
export function asHtml({ title, facts, sections, notes }: Report): string {
  const parts = sections.map(({ title: of, heads, rows, total, figuresFrom, empty }) => {
    if (rows.length === 0) return `<h2>${html(of)}</h2>\n<p>${html(empty)}</p>`
    const cells = (tag: 'th' | 'td', row: readonly string[]) =>
      row
        .map(
          (cell, at) =>
            `<${tag}${tag === 'th' ? ' scope="col"' : ''}${at >= figuresFrom ? ' class="n"' : ''}>${html(cell)}</${tag}>`,
        )
        .join('')
    const foot = total ? `\n<tfoot><tr>${cells('td', total)}</tr></tfoot>` : ''
    const body = rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('\n')
    return `<h2>${html(of)}</h2>\n<table>\n<thead><tr>${cells('th', heads)}</tr></thead>\n<tbody>\n${body}\n</tbody>${foot}\n</table>`
  })
  const told = facts.map(([label, value]) => `<dt>${html(label)}</dt><dd>${html(value)}</dd>`).join('\n')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html(title)}</title>
<style>
${STYLE}
</style>
</head>
<body>
<h1>${html(title)}</h1>
<dl>
${told}
</dl>
${parts.join('\n')}
${notes.map((note) => `<p class="note">${html(note)}</p>`).join('\n')}
</body>
</html>
`
}
