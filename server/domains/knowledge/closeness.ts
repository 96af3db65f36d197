import { termsOf } from '../../search/terms.ts'

/**
 * How much of a question something found has, and whether that is enough to be shown. The search puts in order; it does not say that even its first
 * is beside the point. Pure.
 */

/** What every description of an error has, in the search's own form. */
const SAID_OF_EVERY_ERROR: ReadonlySet<string> = new Set(
  termsOf(
    `error errors fail fails failed failing failure fehler foutmelding erreur problem issue trouble broken cannot can't won't doesn't isn't work working
    works start starts started starting stop stops stopped again please help look check see say says said get gets getting try tries tried trying
    show shows message new need want know think use used using run running happen fix solve since today yesterday morning user client customer
    nicht geht funktioniert bitte warum niet werkt waarom pas fonctionne kein keine ist der die das ein eine het een van les des une don't still
    one two three now make let event id exit code status number`,
  ),
)
const WEIGHT = { everyError: 0.2, word: 1, code: 2.5 }
/** What has none of the codes of a question that has some is of another error, however alike the words. */
const WITHOUT_CODE = 0.7

/** An identifier: of an error, an update, a host, a version. */
const isCode = (word: string) => /\d/.test(word) && word.replace(/_+$/, '').length >= 3
/** A piece of a name, like `id`. */
const isPiece = (word: string) => word.replace(/_+$/, '').length < 3
const saysLittle = (word: string) => SAID_OF_EVERY_ERROR.has(word) || isPiece(word)
const weightOf = (word: string) => (saysLittle(word) ? WEIGHT.everyError : isCode(word) ? WEIGHT.code : WEIGHT.word)

/** What a question is measured by. */
export interface Measure {
  /**
   * 0 to 1. Half of it is the search's coverage, which knows how rare each word is, but little while few passages are known; half is the plain
   * share of words, in which codes count more and what is said of every error less.
   */
  of(found: { coverage: number; words: readonly string[] }): number
  /** Words of the question that tell more than that something failed; a code tells as much as two. */
  telling(words: readonly string[]): number
}

/** @param names of hosts and the like in the question: what has only them tells of the host, and not of this error */
export function measureOf(question: string, names: readonly string[] = []): Measure {
  const ofNames = new Set(names.flatMap(termsOf))
  const asked = [...new Set(termsOf(question))].filter((word) => !ofNames.has(word))
  const all = sum(asked.map(weightOf)) || 1
  const hasCode = asked.some(isCode)
  return {
    of: ({ coverage, words: had }) => {
      const words = had.filter((word) => !ofNames.has(word))
      const plain = Math.min(1, sum(words.map(weightOf)) / all)
      // Coverage counts the names too.
      const share = ofNames.size === 0 ? (coverage + plain) / 2 : plain
      return hasCode && !words.some(isCode) ? share * WITHOUT_CODE : share
    },
    telling: (words) => sum(words.map((word) => (saysLittle(word) || ofNames.has(word) ? 0 : isCode(word) ? 2 : 1))),
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
