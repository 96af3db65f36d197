import type { CATEGORIES } from '../../../../src/contract/work.ts'

/**
 * What tells the kind of a piece of work: words that people ask with (English, German, Dutch, French), and commands that are run. Data; the
 * numbers are weights, of which those of a kind add up.
 */

export type Category = (typeof CATEGORIES)[number]

export interface Sign {
  category: Category
  weight: number
  /** Looked for in what was asked, as `folded` gives it. */
  words?: RegExp
  /** Looked for in a command. */
  commands?: RegExp
}

/** Where two kinds weigh the same, the one that stands first is taken. */
export const ORDER: readonly Category[] = [
  'problem',
  'incident',
  'project',
  'security',
  'service_request',
  'change',
  'maintenance',
  'documentation',
  'development',
  'internal',
]

/** Without accents: `\b` knows no word that begins with one, and who is in a hurry leaves them out. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '')

/** As words are looked for in it. */
export const folded = (text: string): string => plain(text.toLowerCase())

/** Alternatives, over as many lines as are good to read. */
const anyOf = (alternatives: string, flags = ''): RegExp => new RegExp(alternatives.replace(/\s*\n\s*/g, ''), flags)

export const said = (category: Category, weight: number, words: string): Sign => ({
  ...{ category, weight },
  words: anyOf(plain(words)),
})
export const ran = (category: Category, weight: number, commands: string): Sign => ({
  ...{ category, weight },
  commands: anyOf(commands, 'i'),
})
