import { patternOf } from '../commands/patterns.ts'
import type { Layer, Report, Source } from '../finding.ts'
import { endOfLine, startOfLine } from '../names/lines.ts'
import { isTelling } from '../names/plausible.ts'
import { quotedAt } from '../names/value.ts'
import { afterKinds, isFirstWord, isLonelyWord, isNoSecret, isSecretWord, isTail, KEY_OF } from './grammar.ts'

const { raw } = String

/** Of what the lines of a configuration with a secret have one: a text is searched once for all of them. */
const TRIGGER =
  /(?:passw(?:or)?d|passphrase|secret|communit(?:y|ies)|key|string|psk|pwd|phash|-hash|auth|priv|pass|masterauth|rootpw|bindpw|sha\d{0,3}|md5|encrypted|version|authentication|-value)(?= )/g

/** Configurations of routers, switches, firewalls, access points and services: words, perhaps the kind of hash, the secret. */
export const devices: Layer = ({ text, lower, has }, report) => {
  const search = new RegExp(TRIGGER)
  for (let hit = search.exec(lower); hit; hit = search.exec(lower)) {
    const end = hit.index + hit[0].length
    const word = /[\w-]{1,60}$/.exec(lower.slice(Math.max(0, hit.index - 40), end))?.[0] ?? hit[0]
    const before = lower.slice(startOfLine(text, end), end - word.length)
    if (/[:=/.]$/.test(before) || word.startsWith('-')) continue
    const place = { text, lower, word, before, end }
    const start = valueAfter(place)
    if (start !== undefined) reportWord(place, start, report)
  }
  settings(text, has, report)
}

interface Place {
  text: string
  lower: string
  word: string
  /** Of its line, in lower case. */
  before: string
  end: number
}

/** Where the value begins that follows a word, if the line is one of a configuration. */
function valueAfter({ lower, word, before, end }: Place): number | undefined {
  const isNamed =
    isSecretWord(word) ||
    (/^key$|^string$/.test(word) && (KEY_OF.test(before) || isServerKey(lower, before, end))) ||
    isHashOf(word, before)
  if ((!isNamed && !isLonelyWord(word)) || !isConfiguration(before, word)) return undefined
  return afterKinds(lower, end)
}

/** ` key X` on a line of its own, below the server that it is for. */
const isServerKey = (lower: string, before: string, end: number): boolean =>
  /^[ \t]+(?:key[ \t]+)?$/.test(before) &&
  (SERVER.test(lower.slice(Math.max(0, end - 300), end)) ||
    /^ [5-8] [\da-f]{8,80}\s/.test(`${lower.slice(end, end + 90)}\n`))

const SERVER = /\b(?:radius|tacacs|ldap|isakmp|keyring|aaa-server)\b/

/** `auth sha X`, `priv aes 128 X`, `message-digest-key 1 md5 X`: the kind of the hash stands between. */
const isHashOf = (word: string, before: string): boolean =>
  (/^(?:auth|priv)$/.test(word) && /\b(?:snmp|usm|v3|user)\b/.test(before)) ||
  (/^(?:hmac-)?(?:sha[\d-]*|md5)$/.test(word) && /(?:-key|\bkey) \d{1,5} $/.test(before)) ||
  (word === 'authentication' && /^\s*(?:standby|vrrp|glbp)\b/.test(before)) ||
  (word === 'version' && /\bsnmp[\w-]* (?:host|trap)/.test(before))

/** The word stands at the start of a line, or after words as devices have them there, with a prompt before or within a script. */
function isConfiguration(before: string, word: string): boolean {
  if (before.trim() === '') return true
  const part = before.slice(
    Math.max(
      before.lastIndexOf(';'),
      /[;'"`{(]\s?[\w-]/.test(before) ? before.search(/[;'"`{(]\s?(?:set|configure|snmp|username|enable)\b/) : -1,
    ) + 1,
  )
  const start = part
    .replace(/^\[[\w.@*~/-]{1,60}\]|^[\w.@()~:-]{1,60}(?: \([\w./ -]{1,40}\))?[ ]?[>#$%]\s?/, '')
    .trimStart()
  const first = /^(?:no |do )?\/?([\w-]+)\s/.exec(start)?.[1] ?? ''
  return isFirstWord(first) || (isLonelyWord(word) && /^(?:no|option)\s/.test(start))
}

const BARE = /[^\s"'`]\S{0,400}/y

function reportWord(place: Place, at: number, report: Report): void {
  const { text, before } = place
  const quoted = quotedAt(text, at)
  if (quoted) {
    const value = text.slice(quoted.start, quoted.end)
    const isWord = value.length > 1 && (isTelling(value) || before.trim() !== '' || !/\s/.test(value))
    if (isWord) report(quoted.start, quoted.end, 'password', { isLiteral: quoted.quote === "'" })
    return
  }
  const value = bareWord(text, at)
  if (value === undefined) return
  const rest = text.slice(at + value.length, endOfLine(text, at))
  const isAlone = isTail(rest)
  const isEnough = isTelling(value) || (isAlone && (before.trim() !== '' || isDirective(place, at, value)))
  const isWhole = isAlone || (before.trim() !== '' && /^[ \t;'"]/.test(rest))
  if (isEnough && isWhole) report(at, at + value.length, 'password')
}

function bareWord(text: string, at: number): string | undefined {
  BARE.lastIndex = at
  const run = BARE.exec(text)?.[0] ?? ''
  let end = run.length
  while (end > 0 && /[;'"`,)]/.test(run.charAt(end - 1))) end -= 1
  const value = run.slice(0, end)
  const isNone = value.length < 2 || isNoSecret(value) || /^(?:[:=<>|&({[]|\$[A-Za-z_{(]|\d{1,3}$)/.test(value)
  return isNone ? undefined : value
}

/** `password x` with nothing before it: the kind of hash or a user stands between, or it is indented as in the part of a configuration. */
const isDirective = ({ text, word, before, end }: Place, at: number, value: string): boolean =>
  isLonelyWord(word) ||
  /-(?:password|secret|passphrase|key)$/.test(word) ||
  /\S/.test(text.slice(end, at)) ||
  (isIndented(before) && /^[a-z]+$/.test(value) && /[a-z] $/.test(text.slice(at - 2, at)))

const isIndented = (before: string): boolean => /^[ \t]/.test(before)

/** Names that mean a secret only in the language of one device: `/snmp community set 0 name=x`, `option key 'x'`. */
const SETTINGS: readonly [hint: string, pattern: string][] = [
  ['/snmp', raw`/snmp[ /]community[^\r\n]{0,60}?\bname="?(?<bare>[^\s"]{2,60})`],
  [
    'option',
    raw`(?<=\n|^)~w{0,20}option~S(?:\w{0,20}_)?(?:key\d?|password|passphrase|psk|secret|auth_secret|acct_secret|private_key|sae_password)~S["']?(?<bare>(?<=')[^'\r\n]{2,200}|(?<=")[^"\r\n]{2,200}|[^\s"']{2,200})`,
  ],
  [
    'uci',
    raw`\buci~w(?:-q~w)?(?:set|add_list)~w[\w.@[\]-]{1,80}\.(?:key\d?|password|passphrase|psk|secret)=["']?(?<bare>(?<=')[^'\r\n]{2,200}|[^\s"']{2,200})`,
  ],
  [
    'secret=',
    raw`(?:(?<=\n|^)(?:\[[^\r\n]{0,60}\]~w>~w)?(?:/|add~w|set~w)[^\r\n]{0,200}?~w)(?:\w+-)?secret="?(?<bare>[^\s"]{2,200})`,
  ],
  ['sink ', raw`(?<=\n|^)~w{0,9}trap[26]?sink~w{1,9}\S{1,60}~w{1,9}(?<bare>[^\s"#]{2,100})`],
  [
    'com2sec',
    raw`(?<=\n|^)~w{0,9}com2sec6?~w{1,9}(?:-Cn~w\S{1,40}~w{1,9})?\S{1,60}~w{1,9}\S{1,60}~w{1,9}(?<bare>[^\s"#]{2,100})`,
  ],
  ['createuser', raw`createUser~S\S{1,60}~S(?:MD5|SHA\S{0,4})~S"?(?<bare>(?<=")[^"\r\n]{4,100}|[^\s"]{4,100})`],
  [
    'createuser',
    raw`createUser~S\S{1,60}~S(?:MD5|SHA\S{0,4})~S(?:"[^"\r\n]{4,100}"|\S{4,100})~S(?:DES|AES\S{0,4})~S"?(?<bare>(?<=")[^"\r\n]{4,100}|[^\s"]{4,100})`,
  ],
  [
    'snmp',
    raw`snmp[\w-]*~w(?:host|trap\S{0,10})~S(?:\S{1,60}~S){1,4}?(?:version~w(?:1|2c?)~S|traps?~S)(?!version|1~w|2c?~w)(?<bare>[^\s"']{2,100})`,
  ],
  [
    'priv',
    raw`\bauth~w(?:md5|sha\S{0,4})~S\S{1,200}~Spriv~w(?:(?:3?des|aes)[ \t-]?(?:\d{3}~w)?)?~s["']?(?<bare>[^\s"']{2,200})`,
  ],
]

function settings(text: string, has: Source['has'], report: Report): void {
  for (const [hint, pattern] of SETTINGS) {
    if (!has(hint)) continue
    for (const match of text.matchAll(patternOf(pattern))) {
      const [start, end] = match.indices?.groups?.bare ?? [0, 0]
      if (!isNoSecret(text.slice(start, end))) report(start, end, 'password')
    }
  }
}
