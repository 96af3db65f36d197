import { indexWithin, lexCommand, placeIn, type Word } from '../../shell/lex.ts'
import type { Report, Source } from '../finding.ts'
import { carriedTo } from './carried.ts'
import { isValue, proofOf } from './values.ts'

/** Each name costs a search of the whole text. */
const MAX_NAMES = 12
const MAX_ASSIGNMENTS = 20
const MAX_VALUE_CHARS = 2_000

const VARIABLE =
  /^(?:\$\{?(?:(?:env|script|global|local|private|using|my):)?([A-Za-z_]\w{0,60}(?:\[["']?\w{1,40}["']?\])?|\d)\}?|%([A-Za-z_]\w{0,60})%|!([A-Za-z_]\w{0,60})!)$/i

/** The name of the variable that a value is: `$P`, `${P}`, `%P%`, `!P!`, `$env:P`. */
export function variableName(value: string): string | undefined {
  // Most values are none, and the pattern is dear to compile.
  const found = /^[$%!]/.test(value) ? VARIABLE.exec(value) : null
  return found ? (found[1] ?? found[2] ?? found[3]) : undefined
}

/** A variable that another language gives to what it calls: `password=pw)`, `auth=('ana', pw)`, `expect "word:"; send "$pw`. */
const IN_CALL =
  /\b(?:pass(?:word|wd|phrase)?|pwd|passwort)[ \t]?=[ \t]?([a-z_]\w{0,40})(?=[ \t]?[,)])|\bauth[ \t]?=[ \t]?\([^,()\r\n]{1,60},[ \t]?([a-z_]\w{0,40})\)|(?<![a-z])connect\([^()\r\n]{1,80},[ \t]?\$(\w{1,40})\)|(?:word|phrase|wort):?[ *]{0,3}["')}][^\r\n]{0,20}?\s{1,9}send[ \t]{1,3}(?:--[ \t]{1,3})?"\$\{?(\w{1,40})/gi

/** The names of the variables that calls take their passwords from. */
export function variablesInCalls({ text, has }: Source): string[] {
  if (!has('word') && !has('auth') && !has('pass') && !has('pwd') && !has('connect(') && !has('phrase') && !has('wort'))
    return []
  const names = new Set<string>()
  for (const { 1: password, 2: login, 3: last, 4: answer } of text.matchAll(IN_CALL)) {
    const name = password ?? login ?? last ?? answer ?? ''
    if (names.size < MAX_NAMES && !/^(?:none|null|true|false)$/i.test(name)) names.add(name)
  }
  return [...names]
}

/** What was assigned to variables that are used as secrets is secret, wherever in the text, also through one more variable. */
export function readVariables(source: Source, names: ReadonlySet<string>, report: Report): void {
  const waiting = [...names]
  const seen = new Set<string>()
  while (waiting.length > 0 && seen.size < MAX_NAMES) {
    const name = waiting.shift() ?? ''
    if (seen.has(name.toLowerCase()) || /^(?:true|false|null|args|input|_)$/i.test(name)) continue
    seen.add(name.toLowerCase())
    const words = /^\w*[A-Za-z_]\w*$/.test(name) ? [...assigned(source.text, name), ...readInto(source.text, name)] : []
    for (const { start, end } of [...words.map((word) => placeIn(word, 0)), ...carriedTo(source.text, name)]) {
      const further = variableName(source.text.slice(start, end))
      if (further) waiting.push(further)
      if (further && /^\d/.test(further)) continue
      report(start, end, 'password', proofOf(source.text.slice(start, end), source.text.charAt(start - 1)))
    }
  }
}

/** `read -r U P <<< "ana secret"`: the words of the line in order. */
function* readInto(text: string, name: string): Generator<Word> {
  let found = 0
  for (const match of text.matchAll(/\bread((?:[ \t]{1,3}[-\w]{1,40}){1,6})[ \t]{0,3}<<<[ \t]{0,3}/g)) {
    const start = match.index + match[0].length
    if (++found > MAX_ASSIGNMENTS) return
    const names = (match[1] ?? '')
      .trim()
      .split(/\s+/)
      .filter((word) => !word.startsWith('-'))
    const [word] = lexCommand(text, start, start + MAX_VALUE_CHARS).tokens
    if (!names.includes(name) || word?.kind !== 'word') continue
    const values = [...word.text.matchAll(/\S+/g)]
    const value = names.length === 1 ? undefined : values[names.indexOf(name)]
    const { start: first, end } = value ? placeIn(word, value.index, value.index + value[0].length) : placeIn(word, 0)
    yield { ...word, text: value?.[0] ?? word.text, pieces: [[first, end]] }
  }
}

/** The values of `P=x`, `$p = 'x'`, `set "P=x"`, `-Name P -Value x`. */
function* assigned(text: string, name: string): Generator<Word> {
  const pattern = new RegExp(
    String.raw`(?<![\w%!.-])(["']?)\$?(?:\{?(?:env|script|global|local|private|my):)?${name}\}?(?:[ \t]{0,3}:?=[ \t]{0,3}|[ \t]{1,3}-value[ \t]{1,3})(?![=~])`,
    'gi',
  )
  let found = 0
  for (const match of text.matchAll(pattern)) {
    if (++found > MAX_ASSIGNMENTS) return
    // `$u, $p = 'ana', 'secret'` is read as a list.
    if (/,[ \t]{0,3}$/.test(text.slice(Math.max(0, match.index - 4), match.index)) && match[0].includes('$')) continue
    const start = match.index + match[0].length
    const limit = start + MAX_VALUE_CHARS
    const quote = match[1]
    const [word] = lexCommand(text, start, quote ? quoteEnd(text, start, quote) : limit).tokens
    // `$p = Get-Secret`: in PowerShell a literal has quotes.
    const mayBeBare = !/\$\{?[\w:]{1,80}\}?[ \t]*=|[ \t]=|=[ \t]/.test(match[0])
    if (
      word?.kind === 'word' &&
      word.start === start &&
      (mayBeBare || word.quoted || word.text.startsWith('$')) &&
      isValue(word.text, word.quoted) &&
      !/^(?:[/~][\w/.-]+|[A-Za-z]:\\.*)$/.test(word.text)
    )
      yield quote
        ? {
            ...word,
            text: text.slice(start, quoteEnd(text, start, quote)),
            pieces: [[start, quoteEnd(text, start, quote)]],
          }
        : word
  }
}

function quoteEnd(text: string, start: number, quote: string): number {
  const limit = Math.min(text.length, start + MAX_VALUE_CHARS)
  const [end = limit] = ['\n', quote]
    .map((sign) => indexWithin(text, sign, start, limit))
    .filter((at) => at >= 0)
    .sort((a, b) => a - b)
  return end
}
