import { placeIn, type Word } from '../../shell/lex.ts'
import type { Proof } from '../finding.ts'
import type { Part } from './grammar.ts'
import type { Script } from './script.ts'
import { looksTyped } from './secret-names.ts'
import { proofOf } from './values.ts'
import { variableName } from './variables.ts'

/** Where a command line stands: in the middle of a sentence, at the beginning of a line, or where nothing else can be. */
export type Standing = 'sentence' | 'line' | 'command'

export interface Reader {
  script: Script
  standing: Standing
  depth: number
  report: (start: number, end: number, kind: string, proof?: Proof) => void
  /** Takes the name of a variable that was used where a secret is expected. */
  variable: (name: string) => void
}

/** Reports the secret in a word from an offset of its text on; one that is a variable is followed. */
export function reportWord(
  reader: Reader,
  word: Word,
  from: number,
  kind: string,
  part: Part = '',
  standing: Standing = 'command',
): void {
  const stretch = partIn(word.text.slice(from), part)
  if (!stretch) return
  reportStretch(reader, word, from + stretch[0], from + stretch[1], kind, standing)
}

/** The same for any stretch of a word. */
export function reportStretch(
  reader: Reader,
  word: Word,
  from: number,
  to: number,
  kind: string,
  standing: Standing = 'command',
): void {
  // Quotes in quotes: `psk '"secret"'`.
  const inner = word.quoted ? quoteChars(word.text.slice(from, to)) : 0
  if (inner > 0) {
    reportStretch(reader, word, from + inner, to - inner, kind, standing)
    return
  }
  let end = to
  if (reader.standing === 'sentence') while (end > from && /[.,;:)\]]/.test(word.text.charAt(end - 1))) end -= 1
  const value = word.text.slice(from, end)
  if (value === '' || (standing === 'sentence' && !looksTyped(value) && !value.startsWith('$'))) return
  const name = variableName(value)
  if (name) reader.variable(name)
  if ((value.startsWith('%') && isParameter(value)) || (name && /^\d|\[/.test(name))) return
  const fallback = value.startsWith('${') ? /^\$\{\w{1,60}:?[-=]([^}]+)\}$/d.exec(value)?.indices?.[1] : undefined
  const place = placeIn(word, from + (fallback?.[0] ?? 0), fallback ? from + fallback[1] : end)
  const [first, last] = reader.script.place(place.start, place.end)
  reader.report(first, last, kind, proofOf(value, reader.script.text.charAt(place.start - 1)))
}

/** How long a quote is that stands around a value, if any. */
const quoteChars = (value: string): number =>
  /["']$/.test(value) ? (/^(\\?["'])[^"']+\1$/.exec(value)?.[1]?.length ?? 0) : 0

/** What a batch file calls its arguments and the variable of a loop: `%1`, `%~2`, `%*`, `%%a`. */
const isParameter = (value: string): boolean => /^%(?:~?[a-z]{0,9}\d|\*|%~?[a-z]{1,9})$/i.test(value)

/** Where in a value the secret is. */
export function partIn(value: string, part: Part): [start: number, end: number] | null {
  if (part === '') return [0, value.length]
  if (value.includes('://') && /^(?:https?|ftp|ldaps?|file):/i.test(value)) return null
  const folder = part === ':' && /^[A-Za-z]:[\\/]/.test(value) ? 2 : 0
  const at = value.indexOf(part === '@' ? ':' : part, folder)
  if (at < 0) return null
  const last = part === '@' || part === '/' ? value.lastIndexOf('@') : value.length
  if (part === '@' && last <= at) return null
  return [at + 1, last > at ? last : value.length]
}
