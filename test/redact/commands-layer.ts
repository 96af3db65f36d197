import { commands } from '../../src/redact/commands/commands.ts'
import { patternOf } from '../../src/redact/commands/patterns.ts'
import { RULES } from '../../src/redact/commands/rules.ts'
import { SQL_RULES } from '../../src/redact/commands/sql.ts'
import type { Source, TextKind } from '../../src/redact/finding.ts'
import type { Rule } from '../../src/redact/rules.ts'
import { isPlaceholder } from '../../src/redact/values.ts'

/** The patterns of the layer, as other layers have theirs. */
export const COMMAND_RULES: readonly Rule[] = [...RULES, ...SQL_RULES].map(([hints, pattern, kind = 'password']) => ({
  kind,
  hints: hints.split(/[&|]/),
  pattern: patternOf(pattern),
}))

/** The secrets that the layer of commands finds, in order, each place once. */
export function foundInCommands(text: string, as: TextKind = 'text'): string[] {
  const lower = text.toLowerCase()
  const places = new Map<string, { start: number; value: string }>()
  const source: Source = { text, lower, as, depth: 0, has: (hint) => lower.includes(hint), findInside: () => [] }
  commands(source, (start, end, _, proof) => {
    const value = text.slice(start, end)
    if (start < end && (proof?.isShape || !isPlaceholder(value, proof?.isLiteral === true)))
      places.set(`${start}-${end}`, { start, value })
  })
  return [...places.values()].sort((a, b) => a.start - b.start).map(({ value }) => value)
}

/** `command ⇒ secret ⇒ secret`, one a line. */
export function cases(table: string): [command: string, ...secrets: string[]][] {
  return table
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.trim().split(/ ⇒ ?/) as [string, ...string[]])
}
