/** More words of one question are not asked for: those that say most are enough, and each costs time. */
const MOST_WORDS = 12

/** The words that say most: names and numbers of things before words, long ones before short ones. Pure. */
export const wordsToAsk = (words: readonly string[]): string[] =>
  [...new Set(words)]
    .map((word, index) => ({ word, index, weight: (/[\d_]/.test(word.replace(/_+$/, '')) ? 100 : 0) + word.length }))
    .sort((a, b) => b.weight - a.weight || a.index - b.index)
    .slice(0, MOST_WORDS)
    .map(({ word }) => word)
