import type { Layer } from '../finding.ts'
import { isRandom } from './mixture.ts'
import { type Prefix, patternOf, prefixesAt } from './prefixes.ts'
import { type WordShape, wordShapes } from './words.ts'

const BEGINNING_CHARS = 16
/** Where something long begins. Separators may be part of a token; behind a dot or a dash no token begins. */
const LONG_WORD = /(?<![A-Za-z0-9_.~-])[A-Za-z0-9][A-Za-z0-9_.~+/:-]{15}/g

/** Tokens that begin with what their makers publish, and those that are recognised by how their digits and letters are grouped. */
export const prefixed: Layer = ({ text }, report) => {
  const hasPadding = text.includes('==')
  for (let match = next(text, 0); match; match = next(text, match.index + 1)) {
    const at = match.index
    const beginning = match[0]
    const several = prefixesAt(beginning.slice(0, 2))
    const known = several.length > 0 ? several : prefixesAt(`${beginning.charAt(0)} `)
    const chars = runChars(beginning)
    const found = prefixedAt(text, at, known, chars) ?? shapedAt(text, at, wordShapes(chars, beginning, hasPadding))
    if (found) report(found.start, found.end, found.kind, { isShape: true })
  }
}

function next(text: string, from: number): RegExpExecArray | null {
  LONG_WORD.lastIndex = from
  return LONG_WORD.exec(text)
}

type Found = { start: number; end: number; kind: string } | undefined

/** The longest: what begins alike may be two things. */
function prefixedAt(text: string, at: number, known: readonly Prefix[], chars: number): Found {
  let longest: Found
  for (const prefix of known) {
    if (!text.startsWith(prefix.beginning, at) || chars < leastRun(prefix)) continue
    const token = matchAt(patternOf(prefix), text, at)
    if (token === undefined || !isRandom(token.slice(prefix.beginning.length))) continue
    const end = at + token.length
    if (longest === undefined || end > longest.end) longest = { start: at, end, kind: prefix.kind }
  }
  return longest
}

function shapedAt(text: string, at: number, shapes: readonly WordShape[]): Found {
  for (const { kind, pattern, accept, empty } of shapes) {
    const token = matchAt(pattern, text, at)
    if (token === undefined || !accept(token)) continue
    const start = empty !== '' && token.toLowerCase().startsWith(empty) ? at + empty.length : at
    return { start, end: at + token.length, kind }
  }
  return undefined
}

/** So many letters and digits must follow each other where only they follow the beginning, as far as they were counted. */
function leastRun({ beginning, rest }: Prefix): number {
  const least = beginning.length === 1 ? /^[WHLCX]\{(\d+)/.exec(rest)?.[1] : undefined
  return Math.min(BEGINNING_CHARS, Number(least ?? 0))
}

/** How many letters and digits stand at the beginning of the first characters of a word. */
function runChars(beginning: string): number {
  const chars = beginning.search(/[^A-Za-z0-9]/)
  return chars === -1 ? beginning.length : chars
}

/** @param pattern with the flag `y` */
function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}
