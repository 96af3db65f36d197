import type { Segment } from './shape.ts'

/**
 * Ways of writing that one family of tools reads and another reads as something else, so that no error names them: `sed -i s/a/b/ x` is
 * `sed -i <suffix> <script>` to BSD and macOS. Data only.
 */
const DIALECTS: readonly {
  program: RegExp
  name: string
  /** Is it written so? */
  isIn(words: readonly string[]): boolean
  /** What those say that do not understand it. */
  said: RegExp
}[] = [
  {
    program: /^sed$/,
    name: '-i-without-suffix',
    isIn: (words) => words.some((word, at) => /^-[nErs]{0,3}i$/.test(word) && !SUFFIX.test(words[at + 1] ?? '')),
    said: /sed: (?:\d+: |-i|-I)|sed: .{0,80}: (?:extra characters|undefined label|invalid command code)/,
  },
  {
    program: /^sed$/,
    name: '-i-with-empty-suffix',
    isIn: (words) => words.some((word, at) => word === '-i' && words[at + 1] === ''),
    said: /sed: (?:can't read|cannot access) ?(?:s[/|#]|:|')|sed: no input files|sed: can't read : No such/,
  },
  {
    program: /^g?date$/,
    name: '-d-in-words',
    isIn: (words) =>
      words.some((word, at) =>
        /^(?:-d|--date)$/.test(word)
          ? IN_WORDS.test(words[at + 1] ?? '')
          : IN_WORDS.test(/^--date=(.*)/.exec(word)?.[1] ?? ''),
      ),
    said: /date: invalid date/,
  },
  {
    program: /^stat$/,
    name: '-f-with-a-format',
    isIn: (words) => words.some((word, at) => word === '-f' && /%/.test(words[at + 1] ?? '')),
    said: /stat: (?:cannot read file system|can't (?:read|stat)|cannot stat)[^\n]{0,20}%/,
  },
  {
    program: /^head$/,
    name: '-n-less-than-all',
    isIn: (words) =>
      words.some((word, at) => (/^-n$/.test(word) ? /^-\d/.test(words[at + 1] ?? '') : /^-n-\d|^--lines=-/.test(word))),
    said: /head: (?:illegal line count|invalid number)/,
  },
  {
    program: /^(?:sort|ls|cp|du|df|ps|tar|find|xargs|grep|readlink|mktemp|base64|touch|tail|wc|cut)$/,
    name: 'long-options',
    isIn: (words) => words.some((word) => /^--[a-z]/.test(word)),
    said: /(?:illegal|unrecognized|unknown|invalid) option(?:: | --? ?)-(?:\s|$)/,
  },
]

/** `''`, `.bak`. */
const SUFFIX = /^(?:\.\w{1,8}|bak|orig|old|tmp|…)?$/

/** `2 hours ago`, `yesterday`, `+1 day`; `2026-01-01` is understood everywhere. */
const IN_WORDS =
  /ago\b|yesterday|tomorrow|\b(?:next|last|now|today)\b|[+-]\s?\d+\s?(?:day|week|month|hour|min|sec|year)/i

/** Ways of writing in a step, as options. */
export const dialectsIn = ({ program, words }: Segment): string[] =>
  DIALECTS.filter((dialect) => dialect.program.test(program) && dialect.isIn(words)).map(({ name }) => `:${name}`)

/** The way of writing that a program did not understand. */
export const refusedDialect = ({ program, words }: Segment, said: string): string | undefined =>
  DIALECTS.find((dialect) => dialect.program.test(program) && dialect.isIn(words) && dialect.said.test(said))?.name
