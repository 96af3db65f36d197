import { type Category, folded, ORDER } from './kinds-of-work.ts'
import { SIGNS_OF_PLANS } from './signs-of-plans.ts'
import { SIGNS_OF_TROUBLE } from './signs-of-trouble.ts'

const SIGNS = [...SIGNS_OF_TROUBLE, ...SIGNS_OF_PLANS]

/** A prompt with what was done for it. */
export interface Done {
  prompt: string | null
  commands: readonly string[]
  /** Files that were written. */
  writes: number
}

export type Mode = 'msp' | 'dev' | 'normal'

/** A prompt after the first mostly says how it goes, and the first what is wanted. */
const LATER = 0.34
/** A command that is run often says no more. */
const MOST_COMMANDS = 2

/** What speaks for each kind of work in a piece that grows: each prompt and command is looked at once. */
export class Evidence {
  readonly #mode: Mode
  readonly #seen = SIGNS.map(() => ({ prompts: 0, commands: 0 }))
  #isFirst = true
  #commands = 0
  #writes = 0

  constructor(mode: Mode, done: readonly Done[] = []) {
    this.#mode = mode
    for (const one of done) this.add(one)
  }

  add({ prompt, commands, writes }: Done): void {
    const asked = prompt === null ? null : folded(prompt)
    const share = this.#isFirst ? 1 : LATER
    for (const [index, { words, commands: run }] of SIGNS.entries()) {
      const seen = this.#seen[index] as { prompts: number; commands: number }
      if (asked !== null && words?.test(asked)) seen.prompts += share
      if (run && seen.commands < MOST_COMMANDS) seen.commands += commands.filter((command) => run.test(command)).length
    }
    if (asked !== null) this.#isFirst = false
    this.#commands += commands.length
    this.#writes += writes
  }

  /** The kinds for which something speaks, the best first. */
  get kinds(): { category: Category; weight: number }[] {
    const sums = new Map<Category, number>()
    const add = (category: Category, weight: number) => sums.set(category, (sums.get(category) ?? 0) + weight)
    for (const [index, { category, weight }] of SIGNS.entries()) {
      const { prompts, commands } = this.#seen[index] as { prompts: number; commands: number }
      add(category, weight * (prompts + Math.min(MOST_COMMANDS, commands)))
    }
    if (this.#writes > 0 && this.#commands === 0) add('documentation', 1.5)
    if (this.#mode === 'dev') add('development', 8)
    if (this.#mode === 'normal') add('internal', 4)
    return [...sums]
      .map(([category, weight]) => ({ category, weight }))
      .filter(({ weight }) => weight > 0)
      .sort((a, b) => b.weight - a.weight || ORDER.indexOf(a.category) - ORDER.indexOf(b.category))
  }
}
