import { isPlaceholder } from '../values.ts'
import type { Key } from './keys.ts'
import { endOfLine, indentOf, nextLine, startOfLine } from './lines.ts'
import { isSentence, isTelling } from './plausible.ts'
import { bareAt, quotedAt, type Value } from './value.ts'
import { type Meaning, meaningOf } from './vocabulary.ts'
import { after, LETTER, lazy } from './words.ts'

/** What is known of the place of a value. */
export interface Place {
  key: Key
  sign: string
  meaning: Meaning
}

const TYPE = lazy(
  String.raw`(?:REG_(?:SZ|EXPAND_SZ|MULTI_SZ)|!!(?:str|binary)|\(?SecureString\)?|string\(|hex(?:\(\d\))?:|&\w{1,40})[ \t]{1,40}`,
  'y',
)
const BLOCK = lazy(String.raw`[|>][-+]?\d?[ \t]*\r?\n`, 'y')
const LINE_END = lazy(String.raw`[ \t]*(?:#[^\r\n]{0,100})?\r?\n`, 'y')
const ITEM = lazy(String.raw`[ \t]{0,60}(?:[-*•]|\d{1,2}[.)])[ \t]{1,9}(?=\S)`, 'y')
const MAX_LINES = 40

/** The values at an offset behind a sign: mostly one; those of a list or of the lines of a block are several. */
export function spansFrom(text: string, from: number, place: Place): Value[] {
  const at = ('R!(Ssh&'.includes(text.charAt(from)) ? after(TYPE(), text, from) : undefined) ?? from
  const around = quotesAround(text, at, place)
  if (around) return around
  if (text[at] === '[') return itemsOf(text, at + 1)
  if (text[at] === '{' || text[at] === '<') return []
  const quoted = quotedAt(text, at)
  if (quoted) return quoted.start < quoted.end ? [quoted] : []
  const first = text.charAt(at)
  const block = first === '|' || first === '>' ? after(BLOCK(), text, at) : undefined
  if (block !== undefined) return linesOfBlock(text, block, place)
  const next = /[\s#]/.test(first) ? after(LINE_END(), text, at) : undefined
  if (next !== undefined) return valuesBelow(text, next, place)
  if (/codes$/i.test(place.key.name)) {
    const codes = codesOf(text, at)
    if (codes.length > 1) return codes
  }
  const bare = bareAt(text, at)
  return bare ? [wholeLine(text, bare, place)] : []
}

/** Quotes that were opened before the key: `'pwd=two words'`. Where they close at once, nothing is said: `prompt("Password: ")`. */
function quotesAround(text: string, at: number, { key, sign }: Place): Value[] | undefined {
  const behind = text.charAt(at)
  const isQuoteBehind = QUOTE.test(behind)
  if (!isQuoteBehind && !QUOTE.test(text.charAt(key.start - 1))) return undefined
  const left = text.slice(startOfLine(text, key.start), key.start)
  const closing = text.charAt(key.end)
  if (isQuoteBehind && closing !== behind && closing !== '\\' && isOpen(left, behind)) return []
  const opening = /(\\{0,8}["'])$/.exec(left)?.[1]
  if (isQuoteBehind || opening === undefined || !sign.endsWith('=') || /["'\\]/.test(closing + behind)) return undefined
  const end = text.slice(at, endOfLine(text, at)).indexOf(opening)
  return end <= 0 || /[&;]/.test(text.slice(at, at + end)) ? undefined : [{ start: at, end: at + end, quote: opening }]
}

const QUOTE = /["']/

const isOpen = (left: string, quote: string): boolean => left.replace(/\w'\w/g, '').split(quote).length % 2 === 0

const SEPARATOR = /\s{0,80},?\s{0,80}/y

/** The strings of a list: `["abcd-efgh", "ijkl-mnop"]`. */
function itemsOf(text: string, from: number): Value[] {
  const items: Value[] = []
  for (let at = from; items.length < MAX_LINES; ) {
    const item = quotedAt(text, after(SEPARATOR, text, at) ?? at)
    if (item === undefined || item.quote === '(') break
    items.push(item)
    at = item.end + item.quote.length
  }
  return items
}

/** The lines under `key: |`, which are indented deeper than the key. */
function linesOfBlock(text: string, from: number, { key }: Place): Value[] {
  const depth = indentOf(text, startOfLine(text, key.start))
  const lines: Value[] = []
  for (let at: number | undefined = from; at !== undefined && lines.length < MAX_LINES; at = nextLine(text, at)) {
    const end = endOfLine(text, at)
    const indent = indentOf(text, at)
    if (at + indent < end) {
      if (indent <= depth) break
      lines.push({ start: at + indent, end, quote: '|' })
    }
  }
  return lines
}

/** Nothing stands behind the sign: the items of a list below it, or a line that is one word. */
function valuesBelow(text: string, from: number, { key, sign, meaning }: Place): Value[] {
  const items: Value[] = []
  let at = from
  for (
    let item = after(ITEM(), text, at);
    item !== undefined && items.length < MAX_LINES;
    item = after(ITEM(), text, at)
  ) {
    const value = quotedAt(text, item) ?? bareAt(text, item)
    // `- name: x` is an object, `- name` alone a value.
    if (value === undefined || /^[\w.-]+:(?:\s|$)/.test(text.slice(value.start, value.end + 2))) return []
    items.push(value)
    at = nextLine(text, value.end) ?? text.length
  }
  if (items.length === 0 && /(?:words|woorden|wörter|woerter|secrets|phrases)$/i.test(key.name))
    return mapBelow(text, from, key)
  if (items.length > 0 || meaning.grade === 'weak' || sign !== ':') return items
  if (/codes$/i.test(key.name)) return codesBelow(text, from)
  const word = /^[ \t]{0,60}(\S{3,200})[ \t]*(?:\r?\n|$)/.exec(text.slice(from, from + 300))?.[1]
  if (word === undefined || /[:;{},(>\]]$|^[-#/<[({"'@\\~|*]|^[A-Z][a-z]*$|:\/\/|^\w+=|^\.+$/.test(word)) return []
  const start = text.indexOf(word, from)
  const isIndented = indentOf(text, from) > indentOf(text, startOfLine(text, key.start))
  // A word of letters alone may be anything that comes after a prompt.
  if (!isIndented && !/[\d!@#$%^&*+=?_-]/.test(word)) return []
  return [{ start, end: start + word.length, quote: '' }]
}

const ENTRY = lazy(String.raw`[ \t]{1,60}["']?[\w.@-]{1,60}["']?:[ \t]{1,9}(?=[^\s{[|>&*!])`, 'y')

/** The values of the names that are indented below: `passwords:`, then `ops: x`. */
function mapBelow(text: string, from: number, key: Key): Value[] {
  const depth = indentOf(text, startOfLine(text, key.start))
  const values: Value[] = []
  for (let at: number | undefined = from; at !== undefined && values.length < MAX_LINES; at = nextLine(text, at)) {
    const entry = indentOf(text, at) > depth ? after(ENTRY(), text, at) : undefined
    const value = entry === undefined ? undefined : (quotedAt(text, entry) ?? bareAt(text, entry))
    if (value === undefined) break
    // `min_length: 12` below `passwords:` is no secret.
    const name = text.slice(at, value.start).trim()
    if (meaningOf(`password ${name}`) !== undefined) values.push(value)
  }
  return values
}

/** One of the codes that are good for one sign-in each: figures and letters, in groups or not. */
export const CODE = /^(?=\S{0,60}\d)[A-Za-z\d]{3,12}(?:-[A-Za-z\d]{3,12}){0,4}$/

function codesOf(text: string, from: number): Value[] {
  const codes: Value[] = []
  for (const { 0: word, index } of text
    .slice(from, Math.min(endOfLine(text, from), from + 400))
    .matchAll(/[^\s,;]+/g)) {
    if (word.length >= 6 && CODE.test(word))
      codes.push({ start: from + index, end: from + index + word.length, quote: '' })
    else if (!/^(?:and|en|und|et|or|[-–|/])$/.test(word)) break
  }
  return codes
}

/** Codes that are good for one sign-in each, several on a line or one. */
export function codesBelow(text: string, from: number): Value[] {
  const codes: Value[] = []
  for (let at: number | undefined = from; at !== undefined && codes.length < MAX_LINES; at = nextLine(text, at)) {
    const line = text.slice(at, endOfLine(text, at))
    const words = [...line.matchAll(/\S+(?: \d{3,6}(?=\s{2}|$))?/g)].filter(
      ([word]) => !/^[[\]x.)*•\d-]{1,3}$/.test(word),
    )
    if (words.length === 0 && codes.length === 0) continue
    if (words.length === 0 || !words.every(([word]) => isTelling(word) || /^\d{3,6}-\d{3,6}$/.test(word))) break
    for (const { 0: word, index } of words) codes.push({ start: at + index, end: at + index + word.length, quote: '' })
  }
  return codes
}

const GROUPS = lazy(
  String.raw`^(?:(?:[A-Z2-7]{4} ){2,15}[A-Z2-7]{1,8}|(?:[a-z]{4} ){3}[a-z]{4}|(?:\d{3,6}[ -]){2,9}\d{3,6})(?=$|[\s.,])`,
)
const ONLY_WORDS = lazy(String.raw`^[\s\d_${LETTER}.*>-]*$`)
const WORD = lazy(`^[${LETTER}]+$`)

/** A pass phrase has white space; so has the rest of the sentence. */
function wholeLine(text: string, first: Value, { key, sign, meaning }: Place): Value {
  const line = text.slice(first.start, Math.min(endOfLine(text, first.start), first.start + 200))
  const rest = line.slice(first.end - first.start)
  // `…;Password=two words;` of a connection string
  const field =
    sign === '=' && /;[ \t]?$/.test(text.slice(Math.max(0, key.start - 2), key.start)) ? FIELD.exec(line) : null
  if (field) return { ...first, end: first.start + field[0].length }
  if (!/^[ \t]\S/.test(rest) || sign.length > 1 || /["'`|<>;(){}[\]\\]|\s[#/-]|\s{2}/.test(line)) return first
  const words = line.trimEnd()
  // `- NAME=two words`: an item of a list goes on to the end of its line.
  if (sign === '=' && ITEM_NAME.test(text.slice(startOfLine(text, key.start), key.end)))
    return { ...first, end: first.start + words.length }
  // `JBSW Y3DP EHPK 3PXP`: groups of the same length.
  const groups = GROUPS().exec(words)?.[0]
  if (groups) return { ...first, end: first.start + groups.length }
  const isPhrase = /phrase|zin|satz/i.test(key.name)
  const lineStart = startOfLine(text, key.start)
  const isWhole = ONLY_WORDS().test(text.slice(lineStart, key.start))
  if (/[:=,]/.test(rest)) return first
  if (isPhrase && words.split(/\s+/).length <= 10 && !isPrompt(words))
    return { ...first, end: first.start + words.length }
  if (!isWhole || meaning.grade !== 'strong') return first
  const isWord = WORD().test(text.slice(first.start, first.end))
  const parts = words.split(/\s+/)
  if (!isWord || isSentence(words) || (sign !== '=' && parts.length > 6)) return first
  // `Zomer 41`, `correct horse battery staple`, `password = two words`.
  if (parts.length < 5 && isNounPhrase(parts)) return { ...first, end: first.start + words.length }
  const last = parts.findIndex((part) => /[\d!@#$%^&*]/.test(part))
  if (last > 0 && last < 4)
    return { ...first, end: first.start + line.indexOf(parts[last] ?? '') + (parts[last]?.length ?? 0) }
  const isLower =
    parts.length >= 2 && !isPlaceholder(parts[0] ?? '', false) && parts.every((part) => /^\p{Ll}{2,}$/u.test(part))
  return isLower ? { ...first, end: first.start + words.length } : first
}

const FIELD = /^[^\s;="'{}][^;="'{}\r\n]{0,60}(?=;)/
const ITEM_NAME = /^[ \t]*-[ \t]+[A-Z][A-Z\d_]*$/

/** `Fahrrad & Kette`, `roter Apfel`: words of which the last has a capital, as no sentence ends. */
const isNounPhrase = (parts: readonly string[]): boolean =>
  parts.every((part) => /^(?:\p{L}{3,}|[&+])$/u.test(part) && !isPlaceholder(part, false)) &&
  /^\p{Lu}\p{Ll}/u.test(parts.at(-1) ?? '')

const isPrompt = (words: string): boolean =>
  /\b(?:must|should|does|do|is|not|match|required|again|incorrect|wrong|empty|cannot)\b/i.test(words)
