import type { Layer } from '../finding.ts'
import { FURTHER_NAMES } from '../names/languages.ts'
import { endOfLine, startOfLine } from '../names/lines.ts'
import { stemsIn } from '../names/stems.ts'
import { alignedTable } from './aligned.ts'
import { delimitedTable, namedRow } from './delimited.ts'
import { htmlTables } from './html.ts'

/** A word that the heading of a secret column has: a line without one is not looked at. */
const triggers = stemsIn(
  'pass pwd wachtw kennw alarm ~auth> -auth> psk secret geheim token> tokens> key> keys> code> codes> sleutel schlüssel schluessel <pw>',
  '<ww> <kw> <pin> <puk> <mdp> <cle> <clé> <login> <value> <values> <waarde> <wert> <valeur> <access> <entry> <serial> <licence>',
  FURTHER_NAMES,
  '<license> cred communit inlog zugang toegang acces> accès> anmelde waarmee womit <opens <opent öffne> öffnet> losung <parole> <entrer> <binnenkomen> get~in <magic~word> unlock identifiant phrase',
)

/** Separates cells, wherever it stands. */
const CELLS = /[|│┃\t;,]|\S {2,}\S/

/** Secrets that stand under a heading, and rows that a name begins. */
export const tables: Layer = ({ text, lower, has }, report) => {
  const search = triggers(has)
  if (search === undefined) return
  if (has('<tr')) htmlTables(text, report)
  for (let hit = search.exec(lower); hit; hit = search.exec(lower)) {
    const start = startOfLine(text, hit.index)
    const end = endOfLine(text, start)
    search.lastIndex = Math.max(end, hit.index + 1)
    const line = text.slice(start, end)
    if (!CELLS.test(line) && !/^\r?\n[ \t]*[-=]{2,}[ \t]+[-=]/.test(text.slice(end, end + 60))) continue
    const after = delimitedTable(text, start, report) ?? alignedTable(text, start, report)
    if (after === undefined) namedRow(text, start, report)
    else search.lastIndex = Math.max(search.lastIndex, after)
  }
}
