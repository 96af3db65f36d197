import { type Category, folded, ORDER } from './kinds-of-work.ts'
import { SIGNS_OF_PLANS } from './signs-of-plans.ts'
import { SIGNS_OF_TROUBLE } from './signs-of-trouble.ts'

const SIGNS = [...SIGNS_OF_TROUBLE, ...SIGNS_OF_PLANS]

/** What a piece of work is judged by. */
export interface Judged {
  /** What was asked, the first first. */
  prompts: readonly string[]
  commands: readonly string[]
  mode: 'msp' | 'dev' | 'normal'
  /** Is nothing commanded anywhere, but files written here? */
  onlyWrites: boolean
}

/** The first prompt says what is wanted; those after it mostly say how it goes. */
const FIRST = 1
const LATER = 0.34
/** A command that is run often says no more. */
const MOST_COMMANDS = 2

/** How much speaks for each kind, none of it below zero. Pure. */
export function weights({ prompts, commands, mode, onlyWrites }: Judged): Map<Category, number> {
  const sums = new Map<Category, number>()
  const add = (category: Category, weight: number) => sums.set(category, (sums.get(category) ?? 0) + weight)
  const asked = prompts.map(folded)
  for (const { category, weight, words, commands: run } of SIGNS) {
    if (words)
      for (const [index, prompt] of asked.entries())
        if (words.test(prompt)) add(category, weight * (index === 0 ? FIRST : LATER))
    if (run) add(category, weight * Math.min(MOST_COMMANDS, commands.filter((command) => run.test(command)).length))
  }
  if (onlyWrites) add('documentation', 1.5)
  if (mode === 'dev') add('development', 8)
  if (mode === 'normal') add('internal', 4)
  return sums
}

/** The kind of a piece of work; where nothing tells, what somebody asked for. */
export function categoryOf(judged: Judged): Category {
  const sums = weights(judged)
  const [best] = [...sums]
    .filter(([, weight]) => weight > 0)
    .sort((a, b) => b[1] - a[1] || ORDER.indexOf(a[0]) - ORDER.indexOf(b[0]))
  if (best) return best[0]
  return judged.mode === 'dev' ? 'development' : judged.mode === 'normal' ? 'internal' : 'service_request'
}
