import { marksIn, type Span } from './marks.ts'
import { RULES, type Rule } from './rules.ts'
import { isPlaceholder } from './values.ts'

/** A secret in a text; offsets in UTF-16 units, `end` exclusive. */
export type Secret = { start: number; end: number; kind: string }

/** What stands between `<private>` and `</private>`, tags included. */
export const PRIVATE_KIND = 'private'

/**
 * The secrets of a text, in order and without overlap. Pure, and linear in the length of the text.
 * Where two rules overlap, the longer stretch that both cover is one secret with the name of the rule that starts first.
 */
export function findSecrets(text: string): Secret[] {
  const marks = marksIn(text)
  const lower = text.toLowerCase()
  const found: Secret[] = privateSpans(text, lower)
  for (const rule of RULES) {
    if (!rule.hints.some((hint) => lower.includes(hint))) continue
    for (const match of matchesOf(rule, text)) found.push(...outside(marks, match, rule.kind))
  }
  return merged(found)
}

/** A found value, and where the match began: with the flag or the name in front of it. */
type Match = Span & { from: number }

function* matchesOf(rule: Rule, text: string): Generator<Match> {
  for (const [part, offset] of rule.program ? commandLines(text, rule.program) : WHOLE(text)) {
    for (const match of part.matchAll(rule.pattern)) {
      const [start, end] = match.indices?.groups?.quoted ?? match.indices?.groups?.bare ?? match.indices?.[0] ?? [0, 0]
      const value = part.slice(start, end)
      if (!rule.isShape && isPlaceholder(value, match.groups?.q ?? '')) continue
      if (rule.accept && !rule.accept(value)) continue
      yield { start: offset + start, end: offset + end, from: offset + match.index }
    }
  }
}

const WHOLE = (text: string): [string, number][] => [[text, 0]]

const COMMAND_CHARS = 4_000

/** The command lines that start with a program, each looked at once, with lines that the shell continues (`\`, `` ` ``, `^`). */
function* commandLines(text: string, program: RegExp): Generator<[string, number]> {
  const search = new RegExp(program)
  for (let match = search.exec(text); match; match = search.exec(text)) {
    const end = endOfCommand(text, match.index)
    yield [text.slice(match.index, end), match.index]
    search.lastIndex = Math.max(end, search.lastIndex)
  }
}

function endOfCommand(text: string, start: number): number {
  const limit = Math.min(text.length, start + COMMAND_CHARS)
  let newline = text.indexOf('\n', start)
  while (newline !== -1 && newline < limit && /[\\`^]\r?$/.test(text.slice(Math.max(start, newline - 2), newline))) {
    newline = text.indexOf('\n', newline + 1)
  }
  return newline === -1 || newline > limit ? limit : newline
}

/** The parts of a value that no mark covers. A match that begins inside a mark took the mark's own words for a name. */
function outside(marks: Span[], match: Match, kind: string): Secret[] {
  const inside = marksWithin(marks, match)
  if (inside.some((mark) => mark.start <= match.from)) return []
  const parts: Secret[] = []
  let start = match.start
  for (const mark of inside) {
    parts.push({ start, end: mark.start, kind })
    start = Math.max(start, mark.end)
  }
  parts.push({ start, end: match.end, kind })
  return parts.filter((part) => part.start < part.end)
}

/** The marks that a match touches. Found by halving: a text may be full of marks. */
function marksWithin(marks: Span[], match: Match): Span[] {
  let low = 0
  let high = marks.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((marks[middle] as Span).end <= match.from) low = middle + 1
    else high = middle
  }
  const inside: Span[] = []
  for (let mark = marks[low]; mark && mark.start < match.end; mark = marks[++low]) inside.push(mark)
  return inside
}

function privateSpans(text: string, lower: string): Secret[] {
  if (!lower.includes('<private>')) return []
  const spans: Secret[] = []
  let depth = 0
  let start = 0
  for (const tag of text.matchAll(/<(\/?)private>/gi)) {
    const isEnd = tag[1] === '/'
    if (!isEnd && depth++ === 0) start = tag.index
    if (isEnd && depth > 0 && --depth === 0) spans.push({ start, end: tag.index + tag[0].length, kind: PRIVATE_KIND })
  }
  // Never closed: what follows was meant to be private too.
  if (depth > 0) spans.push({ start, end: text.length, kind: PRIVATE_KIND })
  return spans
}

function merged(found: Secret[]): Secret[] {
  // The sort is stable: among equals the first rule stays first.
  const sorted = found.sort((a, b) => a.start - b.start)
  const result: Secret[] = []
  for (const secret of sorted) {
    const last = result.at(-1)
    if (last && secret.start < last.end) last.end = Math.max(last.end, secret.end)
    else result.push({ ...secret })
  }
  return result
}
