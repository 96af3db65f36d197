import type { Word } from '../../shell/lex.ts'
import { type Flag, flagKey, type Grammar, type Part, type Position } from './grammar.ts'
import { readInputs } from './inputs.ts'
import { partIn, type Reader, reportWord, type Standing } from './report.ts'
import type { Command } from './script.ts'
import { secretName } from './secret-names.ts'
import { isSentenceWord, isValue } from './values.ts'

/** The words of a command, sorted by a grammar. */
interface Sorted {
  reader: Reader
  grammar: Grammar
  standing: Standing
  words: readonly Word[]
  /** Those that are neither flags nor the values of flags. */
  loose: Word[]
}

/** Finds the secrets that a grammar tells of among the words behind the program's name. */
export function readGrammar(
  reader: Reader,
  grammar: Grammar,
  words: readonly Word[],
  command: Command,
  standing: Standing,
): void {
  readInputs(reader, grammar, words, command)
  const sorted: Sorted = { reader, grammar, standing, words, loose: [] }
  const found: { word: Word; from: number; flag: Flag }[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as Word
    const given = flagIn(grammar, word, words[at + 1])
    if (given?.in) found.push({ word: given.in, from: given.from, flag: given.flag })
    if (given?.in && given.in !== word) at += 1
    else if (!given && !isFlag(word)) sorted.loose.push(word)
  }
  for (const { word, from, flag } of found)
    if (flag.isSecret && meets(sorted, flag.needs)) value(sorted, word, from, flag.part)
  for (const position of grammar.positions) readPosition(sorted, position)
  readPrefixes(sorted)
  readNamed(sorted)
}

/** The flag that a word is, and the word and offset at which its value begins. */
function flagIn(
  grammar: Grammar,
  word: Word,
  next: Word | undefined,
): { flag: Flag; in?: Word; from: number } | undefined {
  const { text } = word
  if (!/^[-/+]/.test(text)) return undefined
  const exact = grammar.flags.get(flagKey(text))
  if (exact)
    return exact.value !== 'attached' && next && isValue(next.text, next.quoted)
      ? { flag: exact, in: next, from: 0 }
      : { flag: exact, from: 0 }
  const sign = /[=:]/.exec(text)?.index ?? -1
  const before = sign > 0 ? grammar.flags.get(flagKey(text.slice(0, sign))) : undefined
  if (before && sign + 1 < text.length) return { flag: before, in: word, from: sign + 1 }
  return attached(grammar, word) ?? cluster(grammar, word, next)
}

function attached(grammar: Grammar, word: Word): { flag: Flag; in: Word; from: number } | undefined {
  const { text } = word
  if (text.startsWith('--') || text.startsWith('/')) return undefined
  for (const chars of [3, 2]) {
    const flag = grammar.flags.get(flagKey(text.slice(0, chars)))
    const rest = text.slice(chars)
    if (!flag || flag.value === 'next' || rest === '' || !flag.isSecret) continue
    const mayBe =
      flag.value !== 'careful' || (flag.part === '' ? /[^a-z_-]/.test(rest) : partIn(rest, flag.part) !== null)
    if (mayBe && !(flag.value === 'careful' && secretName(text.slice(1)))) return { flag, in: word, from: chars }
  }
  return undefined
}

/** `-sku ana:secret`: the last of several flags in one word. */
function cluster(
  grammar: Grammar,
  word: Word,
  next: Word | undefined,
): { flag: Flag; in: Word; from: number } | undefined {
  if (!next || !/^-[A-Za-z]{2,8}$/.test(word.text)) return undefined
  const flag = grammar.flags.get(`-${word.text.at(-1)}`)
  return flag?.isSecret && flag.part !== '' && partIn(next.text, flag.part) ? { flag, in: next, from: 0 } : undefined
}

/** `--x='y'` is one, `'--x'` none. */
const isFlag = ({ text, start, pieces }: Word): boolean =>
  (pieces[0]?.[0] ?? start) === start && (/^-[-\w]/.test(text) || /^\/[A-Za-z?][\w-]*(?:[:=].*)?$/s.test(text))

function meets({ words, loose }: Sorted, needs: readonly string[]): boolean {
  return needs.every((need) =>
    /^[-/]/.test(need)
      ? words.some(
          ({ text }) =>
            text === need || (/^-[a-z]$/i.test(need) && /^-[A-Za-z]{2,6}$/.test(text) && text.includes(need.charAt(1))),
        )
      : loose.some(({ text }) => isWord(text, need)),
  )
}

const isWord = (text: string, wanted: string): boolean =>
  wanted
    .split('|')
    .some((one) => (one.endsWith('*') ? text.toLowerCase().startsWith(one.slice(0, -1)) : text.toLowerCase() === one))

/** A part that is missing stands in the next word: `-u 'ana', 'secret'`. */
function value({ reader, grammar, standing }: Sorted, word: Word, from: number, part: Part): void {
  if (standing !== 'command' && /^\d{1,5}(?::\d+)?$/.test(word.text.slice(from))) return
  if (isNoSecret(word.text.slice(from), part)) return
  reportWord(reader, word, from, grammar.kind, part, standing)
}

/** `[PASSWORD]`, `-U USER[%PASSWORD]]`, `key=clear`, `user=noreply`. */
const isNoSecret = (text: string, part: Part): boolean =>
  /^(?:<|\[|\.\.\.)|^[A-Z_]{2,}\W{1,3}[A-Z_]{2,}\W{0,3}$|^clear$/.test(text) ||
  (part === '=' &&
    /^(?:user(?:name)?|host(?:name)?|port|ur[li]|name|e?mail|id|db|database|server|path|region|env)=/i.test(text))

function readPosition(sorted: Sorted, position: Position): void {
  if (!meets(sorted, position.flags)) return
  const { loose } = sorted
  const last = position.isAnywhere ? loose.length - position.words.length : 0
  for (let start = 0; start <= last; start++) {
    const fits = position.words.every((wanted, at) => {
      const word = loose[start + at]
      if (!word) return false
      // The first word is what is done: `passwd ana` names no secret.
      if (wanted === '@')
        return (
          (start + at > 0 || !position.isAnywhere) &&
          /^(?:strong|weak)$/.test(secretName(word.text.replace(/[=:]$/, '')) ?? '')
        )
      return wanted === '_' || wanted === '$' || isWord(word.text, wanted)
    })
    const at = start + position.words.length - 1
    const word = loose[at]
    if (fits && word && isMeant(sorted, word, loose[at + 1])) value(sorted, word, 0, position.part)
  }
}

/** A line may begin with the name of a program and be a sentence: "net user accounts were changed". */
function isMeant({ standing, words }: Sorted, word: Word, next: Word | undefined): boolean {
  if (!isValue(word.text, word.quoted) || isSentenceWord(word.text)) return false
  if (standing === 'command' || word.quoted || !/^\p{L}+[.,:;]?$/u.test(word.text)) return true
  return (
    standing === 'line' && (next === undefined || words[words.indexOf(word) + 1] !== next) && !/[.,:;]$/.test(word.text)
  )
}

function readPrefixes(sorted: Sorted): void {
  const { words, grammar } = sorted
  for (const [prefix, part] of grammar.prefixes)
    words.forEach((word, at) => {
      if (!word.text.toLowerCase().startsWith(prefix)) return
      const next = words[at + 1]
      if (word.text.length > prefix.length) value(sorted, word, prefix.length, part)
      else if (next && isValue(next.text, next.quoted)) value(sorted, next, 0, part)
    })
}

/** `reg add … /v DefaultPassword /d secret` */
function readNamed(sorted: Sorted): void {
  const { words, grammar, loose } = sorted
  const after = (flag: string) => words[words.findIndex(({ text }) => text.toLowerCase() === flag.toLowerCase()) + 1]
  const has = (flag: string) => words.some(({ text }) => text.toLowerCase() === flag.toLowerCase())
  for (const [name, given] of grammar.named) {
    if (!has(name) || !/^(?:strong|weak)$/.test(secretName(after(name)?.text ?? '') ?? '')) continue
    const word = given === '$' ? loose.at(-1) : has(given) ? after(given) : undefined
    if (word && word !== after(name)) value(sorted, word, 0, '')
  }
}
