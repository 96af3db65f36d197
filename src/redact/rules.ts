import { COMMAND_RULES } from './command-rules.ts'
import { NAME_RULES } from './name-rules.ts'
import { TOKEN_RULES } from './token-rules.ts'

/** Goes up with every change of the rules, so that old rows can be redacted again. */
export const REDACTOR_VERSION = 1

/** One way in which secrets appear. */
export type Rule = {
  /** What the mark calls it: lower case, digits and dashes. */
  kind: string
  /** A text without any of these (lower case) is not searched: most output is clean, and this is many times faster. */
  hints: readonly string[]
  /** Flags `dg`. The secret is the group `quoted` or `bare`, else the whole match. */
  pattern: RegExp
  /** When given, the pattern is tried only in command lines of this program, each from the program's name to its end. Flag `g`. */
  program?: RegExp
  /** Whether a value is one. Placeholders are left out before unless `isShape` says that the form alone proves it. */
  accept?: (value: string) => boolean
  isShape?: true
}

/** Where two rules find the same text, the first one names it. */
export const RULES: readonly Rule[] = [...TOKEN_RULES, ...COMMAND_RULES, ...NAME_RULES]
