import type { Report } from '../finding.ts'
import { reportElement, reportValue } from './elements.ts'
import type { Key } from './keys.ts'
import { nextLine } from './lines.ts'
import { isOfNetwork, NETWORK_KEY } from './place.ts'
import { isPlausible, isTelling } from './plausible.ts'
import { codesBelow } from './spans.ts'
import { quotedAt } from './value.ts'
import type { Meaning } from './vocabulary.ts'
import { after, lazy } from './words.ts'

/** The name of a pair whose value follows under another name: `name: DB_PASSWORD`, then `value: …`. */
const NAMING = lazy(
  String.raw`(?:\b(?:name|key|field|id|label|variable|var|title|setting|option|parameter|param|property|attribute|naam|bezeichnung|feld|veld|nom|champ)\\{0,8}["']?[ \t]{0,9}[:=]?[ \t]{0,40}(?:\\{0,8}["'])?|<(?:name|key|label|string|td|dt|th|b|strong|span|li|p|[\w:-]{1,20}name)(?:[ \t][^<>]{0,100})?>\s{0,40})[\w/.:-]{0,60}$`,
  'i',
)
const NAMED_VALUE = lazy(
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
const CALLED = lazy(String.raw`\\{0,8}["']\)?[ \t]{0,9},\s{0,20}(?=\\{0,8}["'@$N])`, 'y')
const CALLING = lazy(
  String.raw`(?:define|set\w*|put\w*|add\w*|config\w*|setx?|env|export|assign|\w*Variable|insert|append)\(\s{0,20}(?:["'][^"'\r\n]{0,40}["'],\s?)?\\{0,8}["']$`,
  'i',
)
const SETTER = lazy(String.raw`\([ \t]{0,4}(?=["'])`, 'y')
const SETTER_NAME = /(?:^|[.>:])(?:set|with|add|new|change|update|use)?_?(?:\w{0,20}_)?pass(?:word|phrase|wd)?$/i
const APART = lazy(`[ \\t]{1,4}(?=["'“„«»\`])`, 'y')

/** `Backup codes for ana`, and the codes on the lines below. */
export function codesAfter(text: string, key: Key, meaning: Meaning | undefined, report: Report): void {
  const next = nextLine(text, key.end)
  if (next === undefined || next - key.end > 80 || meaning?.kind !== 'pin') return
  for (const { start, end } of codesBelow(text, next)) report(start, end, 'pin')
}

/** The value stands elsewhere than behind a sign: in the next element, attribute or pair, or as the next argument. */
export function namedValue(text: string, key: Key, meaning: () => Meaning | undefined, report: Report): void {
  const next = text.charAt(key.end)
  if (/[^"'<\\\s,)(`]/.test(next) || (next === ' ' && !/["'“„«»`]/.test(text.charAt(key.end + 1)))) return
  const left = text.slice(Math.max(0, key.start - 90), key.start)
  const named = NAMING().test(left) ? NAMED_VALUE() : undefined
  if (named) named.lastIndex = key.end
  const groups = named?.exec(text)?.groups
  if (named && groups) {
    if ((groups.element ?? groups.text) === undefined) reportValue(text, named.lastIndex, key, meaning(), report)
    else reportElement(text, named.lastIndex, meaning(), report)
    return
  }
  const argument = left.includes('(') && CALLING().test(left) ? after(CALLED(), text, key.end) : undefined
  const set = next === '(' && SETTER_NAME.test(key.name) ? after(SETTER(), text, key.end) : undefined
  const word = after(APART(), text, key.end)
  if (argument !== undefined) reportValue(text, argument, key, meaning(), report)
  else if (set !== undefined) {
    const isSet = /(?:^|[.>:_])set/i.test(key.name)
    const isSecret = (value: string) => isTelling(value) || (isSet && isPlausible(value, 'strong', { isQuoted: true }))
    reportWord(text, set, { kind: 'password', grade: 'strong' }, report, isSecret)
  } else if (word !== undefined) {
    const isNetwork = isOfNetwork(text, key)
    const isSecret = isNetwork ? (value: string) => value.length > 3 : isTelling
    reportWord(text, word, isNetwork ? NETWORK_KEY : meaning(), report, isSecret)
  }
}

/** In quotes after a strong name without any sign between: one word that looks like a secret. */
function reportWord(
  text: string,
  at: number,
  meaning: Meaning | undefined,
  report: Report,
  isSecret: (value: string) => boolean,
): void {
  const quoted = quotedAt(text, at)
  if (quoted === undefined || meaning?.grade !== 'strong') return
  const value = text.slice(quoted.start, quoted.end)
  if (!/\s/.test(value) && isSecret(value))
    report(quoted.start, quoted.end, meaning.kind, { isLiteral: quoted.quote === "'" })
}
