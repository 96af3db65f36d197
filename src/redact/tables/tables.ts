import type { Layer } from '../finding.ts'
import { endOfLine, startOfLine } from '../names/lines.ts'
import { alignedTable } from './aligned.ts'
import { delimitedTable, namedRow } from './delimited.ts'

/** A word that the heading of a secret column has: a line without one is not looked at. */
const TRIGGER =
  /pass|pwd|wachtw|kennw|alarm|[ -]auth(?![a-z])|psk|wachtwoord|kennwort|secret|geheim|tokens?(?![a-z])|keys?(?![a-z])|codes?(?![a-z])|sleutel|schl(?:ü|ue)ssel|(?<![a-z])(?:pw|ww|kw|pin|puk|mdp|cl[eé]|login|values?|waarde|wert|valeur|access|entry|serial|licen[cs]e)(?![a-z])|cred|communit|inlog|zugang|toegang|acc[eè]s(?![a-z])|anmelde|waarmee|womit|open with|unlock|identifiant|phrase/g

/** Separates cells, wherever it stands. */
const CELLS = /[|│┃\t;,]|\S {2,}\S/

/** Secrets that stand under a heading, and rows that a name begins. */
export const tables: Layer = ({ text, lower }, report) => {
  const search = new RegExp(TRIGGER)
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
