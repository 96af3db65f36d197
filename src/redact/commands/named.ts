import { placeIn, type Word } from '../../shell/lex.ts'
import { type Reader, reportStretch, reportWord } from './report.ts'
import { looksTyped, type NameStrength, secretName } from './secret-names.ts'
import { fitsName, isMetavariable, isValue } from './values.ts'

const FLAG = /^((?:--?|\/)(?:\[[^\]]{0,80}\]\.?)?)([A-Za-z_][\w.-]{0,79})(?:[=:](.*))?$/s
const MAX_NAME_CHARS = 80

/** A flag that says itself what it is: `--admin-password x`, `-AdminPassword:x`, `/pass:x`. True when its value stands in the same word. */
export function readNamedFlag(reader: Reader, word: Word, next: Word | undefined): boolean {
  if (word.text.length < 3) return false
  const [, dash = '', name = '', inline] = FLAG.exec(word.text) ?? []
  const strength = secretName(name)
  if (!strength || (dash.startsWith('-') && !dash.startsWith('--') && /^(?:ww|kw|pair|u|auth)$/i.test(name)))
    return false
  if (inline !== undefined && inline !== '') {
    readValue(reader, word, dash.length + name.length + 1, name, strength)
    return true
  }
  const isNext = next && isValue(next.text, next.quoted) && (dash !== '/' || strength === 'strong')
  // Two spaces or more: a manual explains the flag.
  if (
    isNext &&
    (reader.standing === 'command' ||
      next.start - word.end < 2 ||
      /[\\`^]\r?\n/.test(reader.script.text.slice(word.end, next.start)))
  )
    readValue(reader, next, 0, name, strength)
  return false
}

function readValue(reader: Reader, word: Word, from: number, name: string, strength: NameStrength): void {
  const value = word.text.slice(from)
  if (strength === 'pair') {
    const secret = /^[^:%/]{1,100}[:%/]([^/]+)$/s.exec(value)?.[1] ?? ''
    if (looksTyped(secret) && !/^\d/.test(secret))
      reportWord(reader, word, value.length - secret.length + from, 'password')
    return
  }
  const prefix = /^pass(?:word)?:/.exec(value)?.[0].length ?? 0
  // In a manual a line has nothing but the flag, and the explanation is indented below it.
  const after = reader.script.text.slice(word.end, word.end + 40)
  if (reader.standing === 'line' && /^[a-z-]+$/.test(value) && /^[ \t]*\r?\n[ \t]{8}/.test(after)) return
  if (!fitsName(value.slice(prefix), strength) || isMetavariable(value, name)) return
  // A list of the shell: `'secret','other'`.
  const end =
    word.text.length -
    (/["'],?$/.test(value) ? 0 : (/[\])}]+$/.exec(value)?.[0].length ?? 0) * Number(isInUsage(reader, word)))
  reportStretch(reader, word, from + prefix, end, kindOf(name, strength))
}

/** In `[--password PASSWORD]` the bracket is no part of the value. */
function isInUsage({ script: { text } }: Reader, { start }: Word): boolean {
  const before = text.slice(Math.max(0, start - 200), start)
  return before.lastIndexOf('[') > before.lastIndexOf(']')
}

/** `NAME=value` as a word or in one: of the environment, of `-o user=x,password=y`, of an installer. `password= x` of sc has a space. */
export function readPairs(reader: Reader, word: Word, next: Word | undefined): void {
  const { text } = word
  for (let sign = text.indexOf('='); sign > 0; sign = text.indexOf('=', sign + 1)) {
    const name = /[A-Za-z_][\w.-]*$/.exec(text.slice(Math.max(0, sign - MAX_NAME_CHARS), sign))?.[0]
    const strength = name && secretName(name)
    if (!name || !strength || strength === 'pair') continue
    const isWhole = sign === name.length && /["']/.test(reader.script.text.charAt(placeIn(word, sign + 1).start - 1))
    const end = isWhole ? text.length - Number(endsInTag(word)) : endOfPair(text, sign + 1)
    const value = text.slice(sign + 1, end)
    if (/^(?:old)?pwd$/i.test(name) && /^[/\\]|^[A-Za-z]:/.test(value)) continue
    if (value === '' && next && sign === text.length - 1 && /^\w+=$/.test(text) && isValue(next.text, next.quoted)) {
      if (fitsName(next.text, strength)) reportWord(reader, next, 0, kindOf(name, strength))
    } else if (value !== '' && fitsName(value, strength)) {
      const inner = /^(\\?["'])(.*?)(?:\1|$)/s.exec(value)
      const first = sign + 1 + (inner?.[1]?.length ?? 0)
      reportStretch(reader, word, first, inner ? first + (inner[2]?.length ?? 0) : end, kindOf(name, strength))
    }
  }
}

/** `<ftp pwd="secret"/>` */
const endsInTag = ({ text, pieces }: Word): boolean =>
  pieces.length > 1 && text.endsWith('/') && lengthOf(pieces.at(-1)) === 1

const lengthOf = ([start, end]: readonly [number, number] = [0, 0]): number => end - start

/** `,name=` and `;` end a value in a list, ` name=` one in a quoted word. */
function endOfPair(text: string, from: number): number {
  const rest = text.slice(from, from + 4_000)
  const ends = /,(?=[A-Za-z_][\w.-]{0,40}=)|;|\s(?=[\w.-]{1,40}=|-{1,2}\w)|&(?=[\w.-]{1,40}=)/.exec(rest)
  return ends ? from + ends.index : Math.min(text.length, from + 4_000)
}

function kindOf(name: string, strength: NameStrength): string {
  if (strength !== 'weak') return 'password'
  if (/key/i.test(name)) return 'api-key'
  return /token/i.test(name) ? 'token' : /pin|puk/i.test(name) ? 'pin' : 'secret'
}
