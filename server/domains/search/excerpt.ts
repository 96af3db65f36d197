import { oneLine } from '../../../src/recall/clean.ts'
import { termsOf } from '../../search/terms.ts'

const CHARACTERS = 240
/** What stands before the first word that was found. */
const LEAD = 60

/**
 * The part of a text in which most of the words stand, on one line; its beginning when they stand in none that is stored, or when all of it is
 * short. Pure.
 */
export function excerptOf(body: string, words: readonly string[]): string {
  const asked = new Set(words)
  const known = new Map<string, string[]>()
  const askedIn = (word: string) => {
    const terms = known.get(word) ?? termsOf(word).filter((term) => asked.has(term))
    known.set(word, terms)
    return terms
  }
  const found = [...body.matchAll(/\S+/g)].flatMap(({ 0: word, index }) =>
    askedIn(word).map((term) => ({ term, index })),
  )
  const start = found[bestStart(found)]?.index ?? 0
  if (start <= LEAD || body.length <= CHARACTERS) return oneLine(body, CHARACTERS)
  const from = body.indexOf(' ', start - LEAD) + 1
  return oneLine(`… ${body.slice(from > start || from === 0 ? start : from)}`, CHARACTERS)
}

/** With which of the words a part begins that has the most different ones. */
function bestStart(found: readonly { term: string; index: number }[]): number {
  let [best, most] = [0, 0]
  for (const [at, { index }] of found.entries()) {
    const near = new Set<string>()
    for (let next = at; next < found.length; next++) {
      const one = found[next] as { term: string; index: number }
      if (one.index > index + CHARACTERS - LEAD) break
      near.add(one.term)
    }
    if (near.size > most) [best, most] = [at, near.size]
  }
  return best
}
