import type { Layer, Source } from './finding.ts'

/** One way in which secrets appear, as data. */
export type Rule = {
  /** What the mark calls it: lower case, digits and dashes. */
  kind: string
  /** A text without any of these (lower case) is not searched: most output is clean, and this is many times faster. */
  hints: readonly string[]
  /** Flags `dg`. The secret is the group `quoted` or `bare`, else the whole match; `q` is the quote around it. */
  pattern: RegExp
  /** When given, the pattern is tried only in command lines of this program, each from the program's name to its end. Flag `g`. */
  program?: RegExp
  /** Whether a value is one. */
  accept?: (value: string) => boolean
  /** The shape alone proves it. */
  isShape?: true
}

/** A rule whose pattern is made when a text holds one of its hints: a hook lives for one event, and most patterns never run in it. */
export function lazyRule(rule: Omit<Rule, 'pattern'>, make: () => RegExp): Rule {
  let made: RegExp | undefined
  return {
    ...rule,
    get pattern() {
      made ??= make()
      return made
    },
  }
}

/** A layer that is nothing but rules. */
export const layerOf =
  (rules: readonly Rule[]): Layer =>
  (source, report) => {
    for (const rule of rules) {
      if (!rule.hints.some(source.has)) continue
      for (const [part, offset] of rule.program ? commandLines(source.text, rule.program) : whole(source)) {
        for (const match of part.matchAll(rule.pattern)) {
          const [start, end] = match.indices?.groups?.quoted ??
            match.indices?.groups?.bare ??
            match.indices?.[0] ?? [0, 0]
          if (rule.accept && !rule.accept(part.slice(start, end))) continue
          const proof = { isShape: rule.isShape === true, isLiteral: match.groups?.q === "'" }
          report(offset + start, offset + end, rule.kind, proof)
        }
      }
    }
  }

const whole = ({ text }: Source): [string, number][] => [[text, 0]]

const COMMAND_CHARS = 4_000

/** The command lines that start with a program, each looked at once, with lines that the shell continues (`\`, `` ` ``, `^`). */
function* commandLines(text: string, program: RegExp): Generator<[string, number]> {
  const search = new RegExp(program)
  for (let match = search.exec(text); match; match = search.exec(text)) {
    const end = endOfCommand(text, match.index)
    yield [text.slice(match.index, end), match.index]
    search.lastIndex = Math.max(end, search.lastIndex)
  }
}

function endOfCommand(text: string, start: number): number {
  const limit = Math.min(text.length, start + COMMAND_CHARS)
  let newline = text.indexOf('\n', start)
  while (newline !== -1 && newline < limit && /[\\`^]\r?$/.test(text.slice(Math.max(start, newline - 2), newline))) {
    newline = text.indexOf('\n', newline + 1)
  }
  return newline === -1 || newline > limit ? limit : newline
}
