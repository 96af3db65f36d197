import type { Finding, Report, Source, TextKind } from './finding.ts'
import { LAYERS } from './layers.ts'
import { marksIn, type Span } from './marks.ts'
import { privateSpans } from './private.ts'
import { spread } from './spread.ts'
import { isPlaceholder } from './values.ts'

export interface FindOptions {
  as?: TextKind | undefined
  /** Finds the values that are known to be secret, in any of their forms. */
  known?: ((text: string) => Finding[]) | undefined
  depth?: number | undefined
}

/**
 * The secrets of a text, in order and without overlap. Pure, and linear in the length of the text.
 * Where two layers overlap, the stretch that both cover is one secret with the name of the one that starts first.
 */
export function findSecrets(text: string, { as = 'text', known, depth = 0 }: FindOptions = {}): Finding[] {
  const marks = marksIn(text)
  const source = sourceOf(text, marks, as, depth)
  const found: Finding[] = [...privateSpans(source), ...(known?.(source.text) ?? [])]
  const report: Report = (start, end, kind, proof = {}) => {
    if (start >= end) return
    if (!proof.isShape && isPlaceholder(source.text.slice(start, end), proof.isLiteral === true)) return
    found.push(proof.isGuess ? { start, end, kind, isGuess: true } : { start, end, kind })
  }
  for (const layer of LAYERS) layer(source, report)
  const all = merged(found)
  return outside(marks, merged([...all, ...spread(source, all)]))
}

function sourceOf(original: string, marks: readonly Span[], as: TextKind, depth: number): Source {
  const text = filled(original, marks)
  const lower = text.toLowerCase()
  // "İ" becomes two characters: every offset after it would be wrong.
  return { text, lower: lower.length === text.length ? lower : asciiLower(text), as, depth }
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

function merged(found: Finding[]): Finding[] {
  // The sort is stable: among equals the first layer stays first.
  const sorted = [...found].sort((a, b) => a.start - b.start)
  const result: Finding[] = []
  for (const finding of sorted) {
    const last = result.at(-1)
    if (last && finding.start < last.end) {
      last.end = Math.max(last.end, finding.end)
      // One that was only guessed takes name and certainty of one that is sure.
      if (last.isGuess && !finding.isGuess) {
        last.kind = finding.kind
        delete last.isGuess
      }
    } else result.push({ ...finding })
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
