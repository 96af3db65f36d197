import { wordsIn } from './document.ts'
import type { Statistics } from './statistics.ts'

/**
 * Puts the passages that a database offered in order: the same on both databases, whose own orders differ much (one knows no length of texts).
 * Pure. The numbers were chosen on conversations, questions and bug reports; `npm run bench:retrieval` measures them again.
 *
 * - BM25 says how well a passage answers the question by itself.
 * - `problem`: what is asked for is one solution. A passage counts a little more when others of its session answer too, and the words of the
 *   best answers are added to the question (`expanded`).
 * - `context`: what is asked for is what happened. A passage is worth more when those before and after it answer, most after a question.
 */

export type RankingMode = 'context' | 'problem'

/** How fast repetitions of a word count less, in a passage and in the question; how much long passages count less. */
const K1 = 1.2
const K3 = 8
const B = 0.4
/** How much of a score depends on how much of the question a passage has. */
const COVER = 0.3
const SESSION_BEST = 3
const SESSION_WEIGHT = { problem: 0.6, context: 0.8 }
const NEIGHBOURS: readonly (readonly [distance: number, weight: number])[] = [
  [-2, 0.3],
  [-1, 0.3],
  [1, 0.3],
  [2, 0.2],
]
const AFTER_A_QUESTION = 0.4
const FEEDBACK = { passages: 10, words: 25, weight: 0.15 }
/** What is out of date is found, behind what took its place. */
export const OUTDATED = 0.4
/** Never more than a tenth is lost to age: what is asked for is often old. */
const AGE_FLOOR = 0.9
const HALF_LIFE_DAYS = 30
const DAY_MS = 86_400_000
/** A step of importance (0 to 10, 5 is the middle) counts so much. */
const IMPORTANCE = 0.02

export interface Passage {
  number: number
  session_id: string | null
  /** Which passage of its session it is; null where that was not looked up. */
  ordinal: number | null
  terms: string
  at: string
  /** Holds a question mark. */
  asks: boolean
  is_current: boolean
  importance: number
}

export interface Ranked<P> {
  passage: P
  score: number
  /** The share of the question that it has itself, by what its words say: 0 to 1. */
  coverage: number
  /** The words of the question that it has. */
  words: string[]
}

/** Words to be looked for, each with its weight. */
export interface Question {
  weights: ReadonlyMap<string, number>
  /** Those that were asked for; the others were added. */
  asked: ReadonlySet<string>
}

/** A translation may be meant. */
const TRANSLATED = 0.6

/**
 * @param words as `termsOf` gives them, with repetitions: what is asked for more than once weighs more
 * @param translated what other words of the question may be called
 */
export function questionOf(words: readonly string[], translated: readonly string[] = []): Question {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  const weights = new Map([...counts].map(([word, count]) => [word, (count * (K3 + 1)) / (count + K3)]))
  for (const word of translated) if (!weights.has(word)) weights.set(word, TRANSLATED)
  return { weights, asked: new Set(weights.keys()) }
}

/** So many passages may have the words that candidates are found by, all together. */
const MOST_HAVING = 300
/** Fewer rare words than these say too little by themselves. */
const FEWEST = 3
const MOST_WORDS = 12

/**
 * How candidates are found: a passage must have a word of each group, for at least one of the ways.
 *
 * Rare words choose best and cost least. A question that has hardly any ("backup failed") is looked for by what stands together.
 */
export function waysToFind({ weights }: Question, { documents, having }: Statistics): string[][][] {
  const worth = (word: string) =>
    documents === 0
      ? (/[\d_]/.test(word.replace(/_+$/, '')) ? 100 : 0) + word.length
      : (weights.get(word) as number) * rarity(having.get(word) ?? 1, documents)
  const best = [...weights.keys()].sort((a, b) => worth(b) - worth(a)).slice(0, MOST_WORDS)
  let total = 0
  const rare = best.filter((word) => {
    total += having.get(word) ?? 0
    return total <= MOST_HAVING
  })
  const [first, second, third] = best
  const together = [
    ...(first && second ? [[[first], [second]]] : []),
    ...(first && third ? [[[first], [third]]] : []),
    ...(second && third ? [[[second], [third]]] : []),
    ...(first ? [[[first]]] : []),
  ]
  const isEnough = rare.length >= FEWEST || rare.length === best.length
  return [...(rare.length > 0 ? [[rare]] : []), ...(isEnough ? [] : together)]
}

/**
 * The question with the words in which its best answers talk of the matter. RM3: Lavrenko and Croft 2001; Abdul-Jaleel et al. 2004.
 *
 * @param ranked the answers to the question as it was asked, the best first
 */
export function expanded<P extends Passage>(question: Question, ranked: readonly Ranked<P>[]): Question {
  const best = ranked.slice(0, FEEDBACK.passages)
  const total = sum(best.map(({ score }) => score))
  if (total === 0) return question
  const model = new Map<string, number>()
  for (const { passage, score } of best) {
    const { counts, length } = count(passage, ANY)
    for (const [word, times] of counts) model.set(word, (model.get(word) ?? 0) + ((score / total) * times) / length)
  }
  const words = [...model].sort((a, b) => b[1] - a[1] || compare(a[0], b[0])).slice(0, FEEDBACK.words)
  const [inModel, inQuestion] = [sum(words.map(([, share]) => share)), sum([...question.weights.values()])]
  const weights = new Map([...question.weights].map(([word, weight]) => [word, (1 - FEEDBACK.weight) * weight]))
  for (const [word, share] of words)
    weights.set(word, (weights.get(word) ?? 0) + (FEEDBACK.weight * inQuestion * share) / inModel)
  return { weights, asked: question.asked }
}

/**
 * The best first; of equally good ones the newest.
 *
 * @param candidates found by words of the question, and for `context` their neighbours
 * @param now for the age
 */
export function rank<P extends Passage>(
  question: Question,
  candidates: readonly P[],
  statistics: Statistics,
  mode: RankingMode,
  now: Date,
): Ranked<P>[] {
  const counted = candidates.map((passage) => count(passage, question.weights))
  const rareness = raritiesOf(question.weights.keys(), counted, statistics)
  const worth = (word: string) => (question.weights.get(word) as number) * (rareness.get(word) as number)
  const meanLength = statistics.meanWords || sum(counted.map(({ length }) => length)) / Math.max(1, counted.length)
  const all = sum([...question.asked].map(worth)) || 1
  const scored = counted.map((one): Scored<P> => {
    const words = [...one.counts.keys()].filter((word) => question.asked.has(word))
    const coverage = sum(words.map(worth)) / all
    const own = bm25(one, question.weights, rareness, meanLength)
    return { ...one, words, coverage, score: mode === 'context' ? own * (1 - COVER + COVER * coverage) : own }
  })
  const placed = mode === 'context' ? withNeighbours(scored) : withSessions(scored, SESSION_WEIGHT.problem)
  return placed
    .map(({ passage, score, coverage, words }) => ({
      ...{ passage, coverage, words },
      // Rounded, so that sums in another order are the same score.
      score: Math.round(score * prior(passage, now) * 10_000) / 10_000,
    }))
    .sort((a, b) => b.score - a.score || compare(b.passage.at, a.passage.at) || b.passage.number - a.passage.number)
}

interface Counted<P> {
  passage: P
  /** Of the words that are looked for. */
  counts: ReadonlyMap<string, number>
  length: number
}
type Scored<P> = Counted<P> & { score: number; coverage: number; words: string[] }

/** Splitting is the dearest part of the ranking, and a question ranks its candidates twice. */
const split = new WeakMap<Passage, readonly string[]>()
function wordsOf(passage: Passage): readonly string[] {
  const known = split.get(passage)
  if (known) return known
  const words = wordsIn(passage.terms)
  split.set(passage, words)
  return words
}

function count<P extends Passage>(passage: P, wanted: { has(word: string): boolean }): Counted<P> {
  const words = wordsOf(passage)
  const counts = new Map<string, number>()
  for (const word of words) if (wanted.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return { passage, counts, length: words.length }
}

const ANY = { has: () => true }

function raritiesOf<P>(
  words: Iterable<string>,
  counted: readonly Counted<P>[],
  statistics: Statistics,
): Map<string, number> {
  const documents = Math.max(statistics.documents, counted.length)
  const seen = new Map<string, number>()
  for (const { counts } of counted) for (const word of counts.keys()) seen.set(word, (seen.get(word) ?? 0) + 1)
  return new Map(
    [...words].map((word) => [
      word,
      rarity(Math.max(seen.get(word) ?? 0, statistics.having.get(word) ?? 0), documents),
    ]),
  )
}

const rarity = (having: number, all: number) => Math.log(1 + Math.max(0, all - having + 0.5) / (having + 0.5))

function bm25<P>(
  { counts, length }: Counted<P>,
  weights: ReadonlyMap<string, number>,
  rareness: ReadonlyMap<string, number>,
  meanLength: number,
): number {
  const norm = K1 * (1 - B + (B * length) / Math.max(1, meanLength))
  let score = 0
  for (const [word, times] of counts)
    score += ((weights.get(word) as number) * (rareness.get(word) as number) * times * (K1 + 1)) / (times + norm)
  return score
}

/** What the best passages of a session have on average, as if there were at least three. */
function sessionScores<P extends Passage>(scored: readonly Scored<P>[]): Map<string, number> {
  const each = Map.groupBy(
    scored.filter(({ passage }) => passage.session_id !== null),
    ({ passage }) => passage.session_id as string,
  )
  return new Map(
    [...each].map(([id, all]) => {
      const best = all.map(({ score }) => score).sort((a, b) => b - a)
      return [id, sum(best.slice(0, SESSION_BEST)) / SESSION_BEST]
    }),
  )
}

function withSessions<P extends Passage>(scored: readonly Scored<P>[], weight: number): Scored<P>[] {
  const sessions = sessionScores(scored)
  const of = (one: Scored<P>) =>
    one.passage.session_id === null ? one.score / SESSION_BEST : (sessions.get(one.passage.session_id) as number)
  return scored.map((one) => ({ ...one, score: one.score + weight * of(one) }))
}

function withNeighbours<P extends Passage>(scored: readonly Scored<P>[]): Scored<P>[] {
  const placeOf = ({ passage }: Scored<P>, distance = 0) =>
    passage.ordinal === null ? '' : `${passage.session_id} ${passage.ordinal + distance}`
  const at = new Map(scored.map((one) => [placeOf(one), one]))
  at.delete('')
  const added = scored.map((one) => {
    const near = NEIGHBOURS.map(([distance, weight]) => weight * (at.get(placeOf(one, distance))?.score ?? 0))
    const before = at.get(placeOf(one, -1))
    return sum(near) + (before?.passage.asks ? AFTER_A_QUESTION * before.score : 0)
  })
  return withSessions(scored, SESSION_WEIGHT.context).map((one, index) => ({
    ...one,
    score: one.score + (added[index] as number),
  }))
}

function prior({ at, is_current, importance }: Passage, now: Date): number {
  const days = Math.max(0, (now.getTime() - Date.parse(at)) / DAY_MS)
  const age = AGE_FLOOR + (1 - AGE_FLOOR) * 0.5 ** (days / HALF_LIFE_DAYS)
  return age * (is_current ? 1 : OUTDATED) * (1 + (importance - 5) * IMPORTANCE)
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
