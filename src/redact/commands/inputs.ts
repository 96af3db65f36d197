import type { Word } from '../../shell/lex.ts'
import type { Grammar } from './grammar.ts'
import { type Reader, reportStretch } from './report.ts'
import type { Command } from './script.ts'

const READS_SECRET =
  /^--?(?:[a-z-]*stdin|with-token|[a-z-]*(?:password|passphrase|token)-(?:fd|stdin)|passwd-on-stdin|pw-stdin)(?:=|$)/i
const PRINTS = /^(?:.*[\\/])?(?:echo|printf|yes|write-output|write-host|print)(?:\.exe)?$/i
const TEMPLATE = /%[sb]/
const MAX_LINES = 4

/** What is piped or fed into a program that reads a secret from its standard input. */
export function readInputs(
  reader: Reader,
  grammar: Grammar | undefined,
  words: readonly Word[],
  command: Command,
): void {
  if (!command.from && command.inputs.length === 0 && command.bodies.length === 0) return
  const input = grammar?.inputs.find(({ needs }) =>
    needs.every((need) => words.some(({ text }) => text === need || text.startsWith(`${need}=`))),
  )
  if (!input && !words.some(({ text }) => READS_SECRET.test(text))) return
  const isPairs = input?.isPairs === true
  for (const word of command.inputs) readLines(reader, word, isPairs)
  const given = printed(command.from)
  const template = isFormatted(command.from) ? given.find(({ text }) => TEMPLATE.test(text)) : undefined
  const hasTemplate = template !== undefined
  // `printf 'ana:%s' secret`: the template is no secret, and names the user already. `'%s:%s'` takes the users from the words.
  const perLine = isPairs && template ? template.text.split(TEMPLATE).length - 1 : 1
  const rest = given.filter((word) => word !== template)
  for (const [at, word] of rest.entries())
    if ((at + 1) % perLine === 0) readLines(reader, word, isPairs && !hasTemplate)
  // `cat <<END | chpasswd`
  for (const { start, end } of [...command.bodies, ...(command.from?.bodies ?? [])]) {
    const text = reader.script.text.slice(start, end)
    readLines(reader, { kind: 'word', text, quoted: true, start, end, pieces: [[start, end]] }, isPairs, true)
  }
}

const isFormatted = (from: Command | undefined): boolean => from?.words.some(({ text }) => text === 'printf') === true

/** The words that a command prints: those of `echo`, of `(echo a; echo b)`, or a text alone, as PowerShell has it. */
function printed(from: Command | undefined): Word[] {
  if (!from) return []
  const isAssigned = from.words[1]?.text === '='
  const [first, ...others] = isAssigned ? from.words.slice(2) : from.words
  if (!first) return from.inner.flatMap(printed)
  if (others.length === 0 && (first.quoted || first.text.startsWith('$'))) return [first]
  const program = from.words.findIndex(({ text }) => PRINTS.test(text))
  if (program < 0) return []
  return from.words
    .slice(program + 1)
    .filter(({ text, quoted }) => quoted || !/^-[neE]{1,3}$|^-(?:NoNewline|n)$/.test(text))
}

function readLines(reader: Reader, word: Word, isPairs: boolean, isBody = false): void {
  let from = 0
  let lines = 0
  const read = (to: number) => {
    const line = word.text.slice(from, to)
    const at = isPairs ? line.indexOf(':') + 1 : 0
    const isSecret = isPairs ? at > 0 : !(isBody && /\s/.test(line))
    if (line === '' || !isSecret || (!isPairs && ++lines > MAX_LINES)) return
    reportStretch(reader, word, from + at, to, 'password')
  }
  for (const { index, 0: sign } of word.text.matchAll(/\\[nr]|\r?\n/g)) {
    read(index)
    from = index + sign.length
  }
  read(word.text.length)
}
