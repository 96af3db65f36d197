import type { FailureCategory } from './failure-categories.ts'

/** What outputs show about the place where a command ran. Data only; read by `factsOf`. */

export type FactCategory =
  | 'os'
  | 'shell'
  | 'software_version'
  | 'network'
  | 'access'
  | 'policy'
  | 'custom_install'
  | 'quirk'

/** `$1` is what `said` found first; `{host}` is the machine. What is found is made of few kinds of characters: it comes from a program's output. */
export interface FactRule {
  key: string
  value: string
  statement: string
  category: FactCategory
  /** 10 is the highest. */
  priority: number
  /** Percent; from 80 on it was seen, below it is concluded. */
  confidence: number
  when: 'worked' | 'failed' | 'either'
  /** Of the machine on which the program ran (none), or of the one that it wanted something of. */
  at?: 'reached'
  /** The whole command line. */
  asked?: RegExp
  /** A step as it was typed, program first, in lower case. Without it: whatever ran there. */
  typed?: RegExp
  said?: RegExp
  /** Counts only where something failed so on that machine before. */
  after?: FailureCategory
}

type Row = Omit<FactRule, 'category' | 'priority' | 'confidence' | 'when' | 'statement'> & { statement?: string }
/** Rules that have most in common. */
export const rules = (
  given: Pick<FactRule, 'category' | 'priority' | 'confidence' | 'when'>,
  rows: readonly (Row & Partial<FactRule>)[],
): FactRule[] => rows.map((row) => ({ ...given, statement: `{host}: ${row.key} is ${row.value}.`, ...row }))
