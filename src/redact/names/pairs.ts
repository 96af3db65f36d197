import type { Layer, Report } from '../finding.ts'
import type { Span } from '../marks.ts'
import { codesAfter, namedValue } from './apart.ts'
import { elementValue, isTagAt } from './elements.ts'
import { dictionary, type Key, keysIn } from './keys.ts'
import { endOfLine } from './lines.ts'
import { isElsewhere, isOfNetwork, isOwnLine, isPhrase, isVariableAt, NETWORK_KEY } from './place.ts'
import { isPlausible, isTelling } from './plausible.ts'
import { CODE, spansFrom } from './spans.ts'
import type { Meaning } from './vocabulary.ts'
import { LETTER, lazy, wordSet } from './words.ts'

const TICK = '`'
const QUOTE_AFTER = String.raw`(?<quote>\\{0,8}["'${TICK}”’»])?`
const REMARK = String.raw`(?:[ \t]{1,4}\([^()\r\n]{1,60}\))?`
const WORD = String.raw`[${LETTER}\d'’@._/\\-]{0,60}`
const SIGNS = String.raw`::(?=[ \t])|:[ \t]{0,4}[A-Za-z_][\w.[\]|?]{0,30}[ \t]{0,4}=(?![=>])|:=|\+=|\|\|=|={1,3}>?|:|->|→|%3[ad]|(?:(?<=[ \t])\.[ \t]{1,3}){1,40}(?::|(?=[^\s.:_]))`
const BEHIND = '[*_]{0,2}(?:&quot;|&#34;)?[ \\t]{0,60}'

/** Nothing stands between a key and its sign but the end of quotes: nearly always so, and the pattern for the rest is dear to compile. */
const NEAR = lazy(`${QUOTE_AFTER}[ \\t]{0,60}(?<sign>${SIGNS})${BEHIND}`, 'iy')
/**
 * Between a key and its value: the end of quotes or brackets around the key, a remark, words that belong to it (`for ana`), a type, and the sign.
 * `**Password:** x` of Markdown has its asterisks on either side.
 */
const FAR = lazy(
  String.raw`${QUOTE_AFTER}(?<closing>[\])}]{0,2})[*_]{0,2}[?!]?(?:\.(?=[ \t]?[:=]))?${REMARK}(?<after>(?: {1,2}[${LETTER}#]${WORD}(?: {1,2}[${LETTER}\d#]${WORD}){0,5})?)${REMARK}(?:[ \t]?["'${TICK}”][^"'${TICK}\r\n]{1,60}["'${TICK}”])?[ \t]{0,60}(?<sign>\?\?=|\?=|${SIGNS})${BEHIND}`,
  'iy',
)
/** So far away a sign may be, on the same line. */
const MAX_FAR = 800

/** What stands between a key and its value. */
function signAfter(text: string, { end }: Key): { at: number; groups: Record<string, string | undefined> } | undefined {
  for (const pattern of [NEAR, FAR]) {
    if (pattern === FAR && !/[:=>→%]/.test(text.slice(end, Math.min(endOfLine(text, end), end + MAX_FAR))))
      return undefined
    const sticky = pattern()
    sticky.lastIndex = end
    const groups = sticky.exec(text)?.groups
    if (groups) return { at: sticky.lastIndex, groups }
  }
  return undefined
}

/** The keys of any format with their values: of files, programs, messages and objects, written in another text or not. */
export const pairs: Layer = (source, report) => {
  const { text } = source
  const meaningOf = dictionary(text)
  // `key=key=key`: what stands where a value began is that value.
  let valueAt = -1
  for (const key of keysIn(source)) {
    if (key.start === valueAt) {
      valueAt = /[=:]/.test(text.charAt(key.end)) ? key.end + 1 : -1
      continue
    }
    if (isTagAt(text, key.start) && elementValue(text, key, meaningOf(key, ''), report)) continue
    const at = signedValue(text, key, meaningOf, report)
    if (at === undefined) {
      if (/codes$/i.test(key.name)) codesAfter(text, key, meaningOf(key, ''), report)
      namedValue(text, key, () => meaningOf(key, ''), report)
    } else if (key.name !== 'key') valueAt = at
  }
}

type MeaningOf = (key: Key, after: string) => Meaning | undefined

/** `password: x`, `PASSWORD=x`, `"password" => 'x'`. Returns where the value would begin. */
function signedValue(text: string, key: Key, meaningOf: MeaningOf, report: Report): number | undefined {
  const found = signAfter(text, key)
  if (!found) return undefined
  const { at } = found
  const { quote: isClosed, after = '', sign = '', closing = '' } = found.groups
  if (sign.includes('=') && after.trim().includes(' ')) return undefined
  // `name="password" type="text"`: the sign belongs to what follows the quotes.
  if (isClosed && after !== '') return undefined
  if (isElsewhere(text, key, closing)) return at
  const meaning = isOfNetwork(text, key) ? NETWORK_KEY : meaningOf(key, after)
  if (meaning === undefined) return at
  const setting = {
    // `TOKEN = next` is a line of a program.
    isVariable: isVariableAt(text, key, sign) && (/["']/.test(text.charAt(at)) || !/\s/.test(text.charAt(at - 1))),
    isPhrase: isPhrase(key),
  }
  for (const { start, end, quote } of spansFrom(text, at, { key, sign, meaning })) {
    const value = text.slice(start, end)
    if (quote === '' && SAYING.has(/^[a-zà-ÿ]*/i.exec(value)?.[0].toLowerCase() ?? '') && / |^[a-zà-ÿ]+$/i.test(value))
      continue
    // Of a comparison only what was written out.
    if (/^={2,3}$/.test(sign) && quote === '') continue
    const isCode = /codes$/i.test(key.name) && value.length >= 6 && CODE.test(value)
    if (!isCode && !isPlausible(value, meaning.grade, { ...setting, isQuoted: quote !== '' })) continue
    if (text[end] === ' ' && /^ (?:bytes|characters|chars|tekens|zeichen)\b/i.test(text.slice(end, end + 12))) continue
    if (quote === '' && sign === '=' && /^(?: ?={1,2} |, [a-z_]{1,30}\s*$)/m.test(text.slice(end, end + 40))) continue
    if (key.name === 'pass' && sign === ':' && /^\d{1,4}$/.test(value)) continue
    if (
      key.name.endsWith('passwd') &&
      sign === ':' &&
      !isTelling(value) &&
      (/\s/.test(value) || !isOwnLine(text, key.start, end))
    )
      continue
    // A label of a form whose field is empty: the next one follows on its line.
    if (
      sign.startsWith('.') &&
      (!/[\dA-Z]/.test(value) || / \.(?: |$)/.test(text.slice(end, Math.min(end + 40, endOfLine(text, end)))))
    )
      continue
    if (quote === '' && sign !== ':' && isDeclared(text, value)) continue
    const part =
      /* `/PASSWORD=x/NOPWDEXPIRED` */ text[key.start - 1] === '/'
        ? { start: 0, end: value.search(/\/[A-Z]{3}|$/) }
        : partOf(key.name, value)
    report(start + part.start, start + part.end, meaning.kind, { isLiteral: quote === "'" })
  }
  return at
}

/** A name of the same program: `Password => Link_Word`, where it is `Link_Word : constant String := …`. */
const isDeclared = (text: string, value: string): boolean =>
  /^[A-Za-z]+_[A-Za-z]\w*$/.test(value) && /^\s*:/.test(text.slice(text.indexOf(value) + value.length))

/** Of `creds=ana:x@default`, `auth=ana/x`, `cookie="sid=x; path=/"` and `psk=ana:0123…` what is secret. */
function partOf(name: string, value: string): Span {
  // A line of an `.rdp` file: the letter is a type.
  const whole = { start: /^[sb]:(?=.{4})/.test(value) && name.endsWith('password') ? 2 : 0, end: value.length }
  if (!/[:/,=]/.test(value)) return whole
  const before = /cookie/i.test(name)
    ? /^[\w.-]{1,60}=/
    : /cred|auth|login|zugang|inlog|anmelde|identif/i.test(name)
      ? /^[A-Za-z][\w.@\\-]{1,60}[:/,](?=[^\s/]{3})/
      : /^[\w.@-]{1,60}:(?=[\da-f]{16,}$)/i
  const start = before.exec(value)?.[0].length ?? 0
  const tail = start > 0 ? value.slice(start).search(/;|@(?=[A-Za-z][\w.-]{2,60}$)/) : -1
  return tail > 0 ? { start, end: start + tail } : { ...whole, start }
}

/** With one of these a sentence begins that says where the secret is, or what happens to it. */
const SAYING = wordSet(
  'zelfde dezelfde same gleiches dasselbe idem wird werd wurde wordt will in bij im bei via per leave keep blijft bleibt reste stored saved',
  'op on auf sur nog noch sticker to see zie siehe voir ask vraag frag demander when wenn als if',
)
