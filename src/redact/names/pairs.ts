import type { Layer, Report } from '../finding.ts'
import type { Span } from '../marks.ts'
import { dictionary, type Key, keysIn } from './keys.ts'
import { endOfLine, nextLine, startOfLine } from './lines.ts'
import { isPlausible, isTelling } from './plausible.ts'
import { CODE, codesBelow, spansFrom } from './spans.ts'
import { bareAt, quotedAt } from './value.ts'
import type { Meaning } from './vocabulary.ts'
import { LETTER, wordSet } from './words.ts'

/**
 * Between a key and its value: the end of quotes or brackets around the key, a remark, words that belong to it (`for ana`), a type, and the sign.
 * `**Password:** x` of Markdown has its asterisks on either side.
 */
const TICK = '`'
const SIGN = new RegExp(
  String.raw`(?<quote>\\{0,8}["'${TICK}”’»])?(?<closing>[\])}]{0,2})[*_]{0,2}[?!]?(?:\.(?=[ \t]?[:=]))?(?:[ \t]{1,4}\([^()\r\n]{1,60}\))?(?<after>(?: {1,2}[${LETTER}#][${LETTER}\d'’@._/\\-]{0,60}(?: {1,2}[${LETTER}\d#][${LETTER}\d'’@._/\\-]{0,60}){0,5})?)(?:[ \t]{1,4}\([^()\r\n]{1,60}\))?(?:[ \t]?["'${TICK}”][^"'${TICK}\r\n]{1,60}["'${TICK}”])?[ \t]{0,60}(?<sign>::(?=[ \t])|:[ \t]{0,4}[A-Za-z_][\w.[\]|?]{0,30}[ \t]{0,4}=(?![=>])|:=|\+=|\?\?=|\?=|\|\|=|={1,3}>?|:|->|→|%3[adAD])[*_]{0,2}(?:&quot;|&#34;)?[ \t]{0,60}`,
  'y',
)

/** The name of a pair whose value follows under another name: `name: DB_PASSWORD`, then `value: …`. */
const NAMING =
  /(?:\b(?:name|key|field|id|label|variable|var|title|setting|option|parameter|param|property|attribute|naam|bezeichnung|feld|veld|nom|champ)\\{0,8}["']?[ \t]{0,9}[:=]?[ \t]{0,40}(?:\\{0,8}["'])?|<(?:name|key|label|string|td|dt|th|b|strong|span|li|p|[\w:-]{1,20}name)(?:[ \t][^<>]{0,100})?>\s{0,40})[\w/.:-]{0,60}$/i
const NAMED_VALUE = new RegExp(
  [
    // <key>Password</key><string>x, <td>Password:</td><td>x, <setting name="p"><value>x
    String.raw`[^<>"'\r\n]{0,60}(?:<\/[\w:.-]{1,40}>|["'][^<>]{0,120}>)\s{0,80}<(?!th\b|\/)[\w:.-]{1,40}(?:[ \t][^<>]{0,200})?>(?<element>\s{0,80}(?:<(?:value|b|code|span|strong)>)?)`,
    // <property name="password">x</property>
    String.raw`\\{0,8}["'][^<>]{0,100}>(?=[^<\s])(?<text>)`,
    // name="password" value="x"
    String.raw`\\{0,8}["'](?:[ \t]{1,9}[\w:.-]{1,40}=\\{0,8}["'][^"'<>\\]{0,100}\\{0,8}["']){0,3}\s{1,80}(?:value|default|content|waarde)=`,
    // name: DB_PASSWORD, type: x, value: y
    String.raw`\\{0,8}["']?[ \t]{0,9}[,;{]?[ \t]{0,9}\{?\s{0,80}(?:\\{0,8}["']?(?!value)[a-z_]{2,20}\\{0,8}["']?[ \t]{0,20}[:=][^,;{}\r\n]{0,100}[,;\r\n]\s{0,80}){0,3}\\{0,8}["']?(?:value|val|waarde|wert|valeur|default|defaultvalue|default_value|secret|string|text|content|data)\\{0,8}["']?[ \t]{0,40}[:=][ \t]{0,40}`,
  ].join('|'),
  'iy',
)

/** `define('DB_PASSWORD', 'x')`, `Set("p", "x")`, `setPassword("x")`, `PASSWORD 'x'`. */
const CALLED = /\\{0,8}["']\)?[ \t]{0,9},\s{0,20}(?=\\{0,8}["'@$N])/y
const CALLING =
  /(?:define|set\w*|put\w*|add\w*|config\w*|setx?|env|export|assign|\w*Variable|insert|append|Add)\(\s{0,20}(?:["'][^"'\r\n]{0,40}["'],\s?)?\\{0,8}["']$/i
const SETTER = /\([ \t]{0,4}(?=["'])/y
const SETTER_NAME = /(?:^|[.>:])(?:set|with|add|new|change|update|use)?_?(?:\w{0,20}_)?pass(?:word|phrase|wd)?$/i
const APART = /[ \t]{1,4}(?=["'“„«»`])/y

/** The keys of any format with their values: of files, programs, messages and objects, written in another text or not. */
export const pairs: Layer = ({ text, lower }, report) => {
  const meaningOf = dictionary(text)
  // `key=key=key`: what stands where a value began is that value.
  let valueAt = -1
  for (const key of keysIn(text, lower)) {
    if (key.start === valueAt) {
      valueAt = /[=:]/.test(text.charAt(key.end)) ? key.end + 1 : -1
      continue
    }
    const isTag = isTagAt(text, key.start)
    if (isTag && elementValue(text, key, meaningOf, report)) continue
    const at = signedValue(text, key, meaningOf, report)
    if (at === undefined) {
      if (/codes$/i.test(key.name)) codesAfter(text, key, meaningOf, report)
      namedValue(text, key, meaningOf, report)
    } else if (key.name !== 'key') valueAt = at
  }
}

type MeaningOf = (key: Key, after: string) => Meaning | undefined

const isTagAt = (text: string, start: number): boolean =>
  text[start - 1] === '<' ||
  (text[start - 1] === ':' && /<[\w.-]{1,40}:$/.test(text.slice(Math.max(0, start - 42), start)))

const TAG_END =
  /(?:[ \t\r\n][^<>]{0,300})?>\s{0,80}(?:<(?:[\w.-]{1,20}:)?(?:value|text|string|plaintext)>\s{0,80})?(?:<!\[CDATA\[)?/iy

const TAG_VALUE = /[ \t][^<>]{0,100}?\b(?:value|val|content)=(?=["'])/iy

/** `<Password>x</Password>`, `<password value="x"/>`. */
function elementValue(text: string, key: Key, meaningOf: MeaningOf, report: Report): boolean {
  TAG_VALUE.lastIndex = key.end
  if (TAG_VALUE.test(text)) {
    reportValue(text, TAG_VALUE.lastIndex, key, meaningOf(key, ''), report)
    return true
  }
  TAG_END.lastIndex = key.end
  if (!TAG_END.test(text)) return false
  reportElement(text, TAG_END.lastIndex, meaningOf(key, ''), report)
  return true
}

function reportElement(text: string, start: number, meaning: Meaning | undefined, report: Report): void {
  if (meaning === undefined) return
  const part = text.slice(start, start + 8_000)
  const next = part.search(text.startsWith('<![CDATA[', start - 9) ? /\]\]>/ : /</)
  const value = (next === -1 ? part : part.slice(0, next)).trimEnd()
  // `<password>` may be a placeholder: an element is closed, or the text was cut within it.
  const isClosed =
    next === -1
      ? !/[\r\n]/.test(value) && !/\s/.test(text.charAt(start - 1))
      : /^(?:<\/|<!\[|\]\]>)/.test(part.slice(next))
  if (!isClosed) return
  if (isPlausible(value, meaning.grade, { isQuoted: true })) report(start, start + value.length, meaning.kind)
}

/** `password: x`, `PASSWORD=x`, `"password" => 'x'`. Returns where the value would begin. */
function signedValue(text: string, key: Key, meaningOf: MeaningOf, report: Report): number | undefined {
  SIGN.lastIndex = key.end
  const match = SIGN.exec(text)
  if (!match) return undefined
  const at = SIGN.lastIndex
  const { quote: isClosed, after = '', sign = '', closing = '' } = match.groups ?? {}
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
    if (key.name.endsWith('passwd') && sign === ':' && !isTelling(value) && !isOwnLine(text, key.start, end)) continue
    const part = partOf(key.name, value)
    report(start + part.start, start + part.end, meaning.kind, { isLiteral: quote === "'" })
  }
  return at
}

/** Of `creds=ana:x@default`, `auth=ana/x`, `cookie="sid=x; path=/"` and `psk=ana:0123…` what is secret. */
function partOf(name: string, value: string): Span {
  const whole = { start: 0, end: value.length }
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
  `zelfde dezelfde same gleiches dasselbe idem wird werd wurde wordt will in bij im bei via per leave keep blijft bleibt reste stored saved
   op on auf sur nog noch sticker to see zie siehe voir ask vraag frag demander when wenn als if`,
)

const NETWORK_KEY: Meaning = { kind: 'password', grade: 'strong' }

const NETWORK_KEYS = wordSet('key code sleutel schlüssel schluessel clé cle clave')

/** `SSID: x  Key: y`: beside the name of a wireless network a key or a code opens it. */
const isOfNetwork = (text: string, { start, name }: Key): boolean =>
  NETWORK_KEYS.has(name.toLowerCase()) &&
  /(?:\bSSID|wi-?fi|wlan|netwerk|netz(?:werk)?|network|hotspot|réseau)\b[^\r\n]{0,60}(?:\r?\n[^\r\n]{0,40})?$/i.test(
    text.slice(Math.max(0, start - 100), start),
  )

const isPhrase = ({ name }: Key): boolean => /phrase|zin$|satz$/i.test(name)

/** `passwd: x` and nothing else: no line of a log, nor of `nsswitch.conf`. */
const isOwnLine = (text: string, start: number, end: number): boolean =>
  /^[ \t-]*$/.test(text.slice(startOfLine(text, start), start)) &&
  /^(?:[ \t]+#|[ \t]*$)/.test(text.slice(end, endOfLine(text, end))) &&
  !/files|compat|systemd|sss|ldap/.test(text.slice(start, end))

/** A line of a file of settings: `ipsecSecret=x`. */
function isWholeLine(text: string, start: number): boolean {
  const line = text.slice(startOfLine(text, start), endOfLine(text, start))
  return /^[\w.-]{1,60}=\S{1,100}$/.test(line)
}

/** `DB_PASSWORD=`, and `secret=` alone on a line of a file: nobody writes words behind that. */
const isVariableAt = (text: string, { start, name }: Key, sign: string): boolean =>
  sign === '=' &&
  ((/^[A-Z][A-Z0-9_]*$/.test(name) && /[A-Z]{3}/.test(name)) ||
    (/(?:secret|community|geheim)$/i.test(name) && isWholeLine(text, start)))

const FILES = wordSet(
  `c h js mjs ts tsx vue py go rb php java cs sh ps1 psm1 bat txt md conf cfg ini yaml yml json xml html htm css dll exe log so master
   jsp asp aspx svg png`,
)

const isFile = (name: string): boolean =>
  name.includes('.') && FILES.has(name.slice(name.lastIndexOf('.') + 1).toLowerCase())

/** The name of a file, of what `msp cred exec` is told, or brackets that were opened before the key. */
function isElsewhere(text: string, { start, name }: Key, closing: string): boolean {
  const left = text.slice(Math.max(0, start - 10), start)
  if ((/[\\/]$/.test(left) && /[.-]|^passwd$/.test(name)) || isFile(name)) return true
  if (/^(?:OLD)?PWD$/.test(name))
    return (
      /^[=:][ ]?["']?[~/\\A-Z]/.test(text.slice(start + name.length, start + name.length + 4)) &&
      /[\\/]/.test(text.slice(start, start + 12))
    )
  if (/--(?:as|env)[ =]$|\$\{$/.test(left)) return true
  return (closing.includes(')') && !/\(["']?$/.test(left)) || (closing.includes('}') && !/\{[$"']?$/.test(left))
}

/** `Backup codes for ana`, and the codes on the lines below. */
function codesAfter(text: string, key: Key, meaningOf: MeaningOf, report: Report): void {
  const next = nextLine(text, key.end)
  if (next === undefined || next - key.end > 80 || meaningOf(key, '')?.kind !== 'pin') return
  for (const { start, end } of codesBelow(text, next)) report(start, end, 'pin')
}

/** The value stands elsewhere than behind a sign: in the next element, attribute or pair, or as the next argument. */
function namedValue(text: string, key: Key, meaningOf: MeaningOf, report: Report): void {
  const next = text.charAt(key.end)
  if (/[^"'<\\\s,)(`]/.test(next) || (next === ' ' && !/["'“„«»`]/.test(text.charAt(key.end + 1)))) return
  const left = text.slice(Math.max(0, key.start - 90), key.start)
  NAMED_VALUE.lastIndex = key.end
  CALLED.lastIndex = key.end
  SETTER.lastIndex = key.end
  APART.lastIndex = key.end
  const named = NAMING.test(left) ? NAMED_VALUE.exec(text)?.groups : undefined
  if (named && (named.element ?? named.text) !== undefined) {
    reportElement(text, NAMED_VALUE.lastIndex, meaningOf(key, ''), report)
  } else if (named) reportValue(text, NAMED_VALUE.lastIndex, key, meaningOf(key, ''), report)
  else if (left.includes('(') && CALLING.test(left) && CALLED.test(text)) {
    reportValue(text, CALLED.lastIndex, key, meaningOf(key, ''), report)
  } else if (SETTER_NAME.test(key.name) && SETTER.test(text)) {
    const isSet = /(?:^|[.>:_])set/i.test(key.name)
    const isSecret = (value: string) => isTelling(value) || (isSet && isPlausible(value, 'strong', { isQuoted: true }))
    reportWord(text, SETTER.lastIndex, { kind: 'password', grade: 'strong' }, report, isSecret)
  } else if (APART.test(text)) {
    const isNetwork = isOfNetwork(text, key)
    const isSecret = isNetwork ? (value: string) => value.length > 3 : isTelling
    reportWord(text, APART.lastIndex, isNetwork ? NETWORK_KEY : meaningOf(key, ''), report, isSecret)
  }
}

function reportValue(text: string, at: number, key: Key, meaning: Meaning | undefined, report: Report): void {
  const value = quotedAt(text, at) ?? bareAt(text, at)
  if (meaning === undefined || value === undefined) return
  const setting = { isQuoted: value.quote !== '', isVariable: /^[A-Z][A-Z0-9_]+$/.test(key.name) }
  if (isPlausible(text.slice(value.start, value.end), meaning.grade, setting)) {
    report(value.start, value.end, meaning.kind, { isLiteral: value.quote === "'" })
  }
}

/** In quotes after a strong name without any sign between: one word that looks like a secret. */
function reportWord(
  text: string,
  at: number,
  meaning: Meaning | undefined,
  report: Report,
  isSecret: (value: string) => boolean = isTelling,
): void {
  const quoted = quotedAt(text, at)
  if (quoted === undefined || meaning?.grade !== 'strong') return
  const value = text.slice(quoted.start, quoted.end)
  if (!/\s/.test(value) && isSecret(value))
    report(quoted.start, quoted.end, meaning.kind, { isLiteral: quoted.quote === "'" })
}
