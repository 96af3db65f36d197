import { wordsIn } from './document.ts'

/**
 * BM25 over the candidates that a database found: the same on both, whose own orders differ much (one knows no length of texts).
 * How rare a word is, is counted among the candidates. Pure.
 */

/** Measured on bug reports and questions: how fast repetitions count less, and how much long texts do. */
const K1 = 1.4
const B = 0.5

export interface Candidate {
  terms: string
  at: string
  id: string
}

/** The best first; of equally good ones the newest. */
export function rank<C extends Candidate>(
  query: readonly string[],
  candidates: readonly C[],
): (C & { score: number })[] {
  const asked = new Set(query)
  const counted = candidates.map((candidate) => ({ candidate, ...countsOf(candidate.terms, asked) }))
  const meanLength = counted.reduce((sum, { length }) => sum + length, 0) / Math.max(1, counted.length)
  const weights = new Map(
    [...asked].map((word) => [word, rarity(counted.filter(({ counts }) => counts.has(word)).length, counted.length)]),
  )
  return counted
    .map(({ candidate, counts, length }) => {
      const norm = K1 * (1 - B + (B * length) / meanLength)
      const of = ([word, count]: [string, number]) =>
        ((weights.get(word) as number) * count * (K1 + 1)) / (count + norm)
      const score = [...counts].map(of).reduce((sum, part) => sum + part, 0)
      // Rounded, so that sums in another order are the same score.
      return { ...candidate, score: Math.round(score * 10_000) / 10_000 }
    })
    .sort((a, b) => b.score - a.score || compare(b.at, a.at) || compare(b.id, a.id))
}

function countsOf(terms: string, asked: ReadonlySet<string>): { counts: Map<string, number>; length: number } {
  const words = wordsIn(terms)
  const counts = new Map<string, number>()
  for (const word of words) if (asked.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return { counts, length: words.length }
}

const rarity = (having: number, all: number) => Math.log(1 + (all - having + 0.5) / (having + 0.5))
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
