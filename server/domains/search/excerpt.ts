import { oneLine } from '../../../src/recall/clean.ts'
import { termsOf } from '../../search/terms.ts'

const CHARACTERS = 240
/** What stands before the first word that was found. */
const LEAD = 60

/** The part of a text in which the words stand, on one line; its beginning when they stand in none that is stored. Pure. */
export function excerptOf(body: string, words: readonly string[]): string {
  const asked = new Set(words)
  const found = [...body.matchAll(/\S+/g)].find(({ 0: word }) => termsOf(word).some((term) => asked.has(term)))
  if (!found || found.index <= LEAD) return oneLine(body, CHARACTERS)
  const from = body.indexOf(' ', found.index - LEAD) + 1
  return oneLine(`… ${body.slice(from > found.index || from === 0 ? found.index : from)}`, CHARACTERS)
}
