import type { Finding, Report, Source, TextKind } from './finding.ts'
import { hintsIn } from './hints.ts'
import { LAYERS } from './layers.ts'
import { likely } from './likely/likely.ts'
import { marksIn, type Span } from './marks.ts'
import { privateSpans } from './private.ts'
import { spread } from './spread.ts'
import { isPlaceholder } from './values.ts'

export interface FindOptions {
  as?: TextKind | undefined
  /** Finds the values that are known to be secret, in any of their forms. */
  known?: ((text: string) => Finding[]) | undefined
  /** Leaves out what only looks like a secret, and saves the time of guessing. */
  isSureOnly?: boolean | undefined
  depth?: number | undefined
}

/**
 * The secrets of a text, in order and without overlap. Pure, and linear in the length of the text.
 * Where two layers overlap, the stretch that both cover is one secret with the name of the one that starts first.
 */
export function findSecrets(
  text: string,
  { as = 'text', known, isSureOnly = false, depth = 0 }: FindOptions = {},
): Finding[] {
  const marks = marksIn(text)
  const source = sourceOf(text, marks, as, depth)
  const found: Finding[] = [...privateSpans(source), ...(known?.(source.text) ?? [])]
  const report: Report = (start, end, kind, proof = {}) => {
    if (start >= end) return
    if (!proof.isShape && isPlaceholder(source.text.slice(start, end), proof.isLiteral === true)) return
    found.push(proof.isGuess ? { start, end, kind, isGuess: true } : { start, end, kind })
  }
  for (const layer of LAYERS) if (!isSureOnly || layer !== likely) layer(source, report)
  const all = merged(isSureOnly ? found.filter(({ isGuess }) => !isGuess) : found)
  return outside(marks, merged([...all, ...spread(source, all)]))
}

function sourceOf(original: string, marks: readonly Span[], as: TextKind, depth: number): Source {
  const text = filled(original, marks)
  const lowered = text.toLowerCase()
  // "İ" becomes two characters: every offset after it would be wrong.
  const lower = lowered.length === text.length ? lowered : asciiLower(text)
  const findInside: Source['findInside'] = (decoded, kind) => findSecrets(decoded, { as: kind, depth: depth + 1 })
  return { text, lower, as, depth, has: hintsIn(lower), findInside }
}

const asciiLower = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())

/** A mark looks like a masked value to every layer: it is never taken for a name, nor for a secret. */
function filled(text: string, marks: readonly Span[]): string {
  if (marks.length === 0) return text
  const parts: string[] = []
  let at = 0
  for (const { start, end } of marks) {
    parts.push(text.slice(at, start), '*'.repeat(end - start))
    at = end
  }
  return parts.join('') + text.slice(at)
}

/** Findings in order and without overlap. What was only guessed gives way to what is sure. */
function merged(found: readonly Finding[]): Finding[] {
  const sure = joined(found.filter(({ isGuess }) => !isGuess))
  const guessed = joined(found.filter(({ isGuess }) => isGuess))
  if (guessed.length === 0) return sure
  const rest: Finding[] = []
  let next = 0
  for (const guess of guessed) {
    while (next < sure.length && (sure[next] as Finding).end <= guess.start) next += 1
    const overlapping = sure[next]
    if (!overlapping || overlapping.start >= guess.end) rest.push(guess)
  }
  return joined([...sure, ...rest])
}

function joined(found: readonly Finding[]): Finding[] {
  // The sort is stable: among equals the first layer stays first.
  const sorted = [...found].sort((a, b) => a.start - b.start)
  const result: Finding[] = []
  for (const finding of sorted) {
    const last = result.at(-1)
    if (last && finding.start < last.end) last.end = Math.max(last.end, finding.end)
    else result.push({ ...finding })
  }
  return result
}

/** What no mark covers. */
function outside(marks: readonly Span[], found: readonly Finding[]): Finding[] {
  if (marks.length === 0) return [...found]
  const parts: Finding[] = []
  let next = 0
  for (const finding of found) {
    while (next < marks.length && (marks[next] as Span).end <= finding.start) next += 1
    let start = finding.start
    for (let at = next; at < marks.length && (marks[at] as Span).start < finding.end; at += 1) {
      const mark = marks[at] as Span
      if (start < mark.start) parts.push({ ...finding, start, end: mark.start })
      start = Math.max(start, mark.end)
    }
    if (start < finding.end) parts.push({ ...finding, start })
  }
  return parts
}
