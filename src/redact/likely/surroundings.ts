import type { TextKind } from '../finding.ts'
import { atom, gapAfter, gapBefore, type Line } from './line.ts'
import { goesOn, isOnSticker, isPrinted, isShort, isTold, lineBefore, nameOf } from './nearby.ts'
import { WEIGHTS } from './weights.ts'
import {
  ACCOUNT_NAMES,
  FIRST_NAMES,
  LABELS,
  LINKS,
  PLAIN_ENDS,
  PLAIN_NAMES,
  SECRET_NAMES,
  SECRET_WORDS,
  SIGN_IN,
  TYPING,
  USER_NAMES,
  USER_WORDS,
} from './words.ts'

const BRIEF_CHARS = 160

/** Words and then digits, as people write passwords; no Base64 and no names of packages. */
const WRITTEN =
  /^(?:[a-zß-ÿ]{4,20}\d{2,4}|[A-Z][a-zß-ÿ]{3,20}(?:[-_.]?[A-Z]?[a-zß-ÿ]{2,16}){0,2}[-_.]?(?:\d{2,4}|(?<=[a-zß-ÿ]{7})\d))$/
const MIN_BRIEF_SHAPE = 1.5

const isBrief = (line: Line, index: number): boolean =>
  line.text.length < BRIEF_CHARS &&
  index > 0 &&
  WRITTEN.test(atom(line, index)) &&
  !PLAIN_NAMES.test(nameOf(atom(line, index - 1)))

/** Of a path or a URL no more is read. */
const NEAR_CHARS = 300
/** Of a line no more is read: longer ones are data. */
const LINE_CHARS = 2_000

/** In `scott/X@orcl` and `jan:X@dc01` what follows the last "@" is a host. */
export function endOfValue(line: Line, index: number): number {
  const value = atom(line, index)
  const cut = value.lastIndexOf('@')
  const isPair =
    /^[/:]$/.test(gapBefore(line, index)) &&
    index > 0 &&
    cut > 3 &&
    /^(?:(?!v\d)[A-Za-z][\w.-]*|\d{1,3}(?:\.\d{1,3}){3})?$/.test(value.slice(cut + 1)) &&
    /[\d!#$%&*?^+]/.test(value.slice(0, cut))
  return (line.starts[index] ?? 0) + (isPair ? cut : value.length)
}

/** In `-U adm%X` the user stands before the sign, and `\\n` is no letter. */
export function startOfValue(line: Line, index: number): number {
  const start = line.starts[index] ?? 0
  const value = atom(line, index)
  if (line.text[start - 1] === '\\' && /^[nrt][A-Z\d]/.test(value)) return start + 1
  const user = /^([a-z][\w.-]{1,20})%(?=.{4})/i.exec(value)
  if (!user) return start
  const name = user[1]?.toLowerCase() ?? ''
  const isUser =
    /[\\/]$/.test(gapBefore(line, index)) || /^-{1,2}U/i.test(atom(line, index - 1)) || ACCOUNT_NAMES.has(name)
  return isUser ? start + user[0].length : start
}

const isCut = (line: Line, index: number): boolean => endOfValue(line, index) < (line.ends[index] ?? 0)

/** What the surroundings of an atom say about it: added to what its shape says. */
export function surroundingsOf(line: Line, index: number, as: TextKind, shape: number): number {
  const before = gapBefore(line, index)
  const after = gapAfter(line, index)
  return (
    precededBy(line, index, before) +
    (isCut(line, index) ? 0 : placeInWord(line, index, before, after)) +
    lineSays(line, index, as) +
    goesOn(line, index) +
    (/["'«„“‘`]$/.test(before) && /^["'»”“’`]/.test(after) ? WEIGHTS.quoted : 0) +
    (isShort(line) ? WEIGHTS.shortText : 0) +
    (shape >= MIN_BRIEF_SHAPE && isBrief(line, index) ? WEIGHTS.briefText : 0)
  )
}

/** The strongest of what may stand directly before a password. */
function precededBy(line: Line, index: number, before: string): number {
  if (index === 0) {
    if (line.starts.length === 1) return Math.max(WEIGHTS.wholeLine, lineBefore(line))
    return isTold(line, index, before) && isShort(line) ? WEIGHTS.told : 0
  }
  if (/[({<]\s*$/.test(before) && !/["'\s]/.test(before)) return 0
  const previous = nameOf(atom(line, index - 1))
  if (USER_NAMES.has(previous) && /^:?[ \t]+$/.test(before) && /^[a-z][a-z.]*\d{0,6}$/.test(atom(line, index)))
    return WEIGHTS.userName
  const user = userBefore(line, index - linksBefore(line, index))
  return Math.max(
    user,
    nameBefore(line, index, before, previous),
    (SECRET_WORDS.has(previous) ||
      /.[_-](?:auth|geheim|secret|pass|pw|key|psk|kennwort|wachtwoord|losung)$/.test(previous)) &&
      /^[ \t]+["']?$/.test(before)
      ? WEIGHTS.secretWord
      : 0,
    (TYPING.has(previous) && !isPrinted(line, index, previous)) ||
      before.includes('<<<') ||
      atom(line, index - 1) === '%s'
      ? WEIGHTS.typed
      : 0,
    isTold(line, index, before) ? (isShort(line) ? WEIGHTS.told : WEIGHTS.toldInLongText) : 0,
    /^["'”“»]? (?:\/{1,2}|\|) ["'“„«]?$/.test(before) ? WEIGHTS.parted : 0,
    isOnSticker(line, index, before, previous) ? WEIGHTS.sticker : 0,
    /^\d{1,3}(?:\.\d{1,3}){3}$|^[a-z][\w-]*\.[\w-]+\.[a-z]{2,10}$/.test(previous) && /^[ \t]+$/.test(before)
      ? WEIGHTS.afterHost
      : 0,
  )
}

/** How many words link the user to the password: "admin und dann X" */
function linksBefore(line: Line, index: number): number {
  let links = 0
  while (links < MAX_LINKS && index - links > 1 && LINKS.has(nameOf(atom(line, index - links - 1)))) links += 1
  return links
}

const MAX_LINKS = 3

/** What the atom before is worth as a user; `host: X` and its like name no user. */
function userBefore(line: Line, index: number): number {
  const weight = userWeight(line, index)
  const isNamed = weight > 0 && gapBefore(line, index).includes(':') && PLAIN_NAMES.test(nameOf(atom(line, index - 1)))
  return isNamed ? 0 : weight
}

/** Whether the atom before is somebody who signs in. */
function userWeight(line: Line, index: number): number {
  const gap = gapBefore(line, index)
  if (gap.length > 6 || /[()[\]{}]|\\\\/.test(gap)) return 0
  const raw = atom(line, index - 1)
  const person = raw.toLowerCase()
  if (!/^[a-z\d][\w.@-]{0,60}$/.test(person)) return 0
  const isApart = /^["'`]?[ \t]*(?:[,:;|/+&%-]|\/\/|::|->|=>|→|—|–)?[ \t]*["'`]?$/.test(gap)
  if (!isApart) return 0
  if (isCut(line, index)) return WEIGHTS.afterUser
  const gapOfUser = index > 1 ? gapBefore(line, index - 1) : ''
  if (index > 1 && /[^\\]?\\$/.test(gapOfUser) && !gapOfUser.startsWith('\\\\') && !gap.includes('\\'))
    return WEIGHTS.afterUser
  if (index > 1 && USER_WORDS.has(nameOf(atom(line, index - 2))) && gapOfUser.length < 5)
    return gapOfUser === ' ' && gap === ' ' && /^[a-z]{3}/i.test(atom(line, index - 2))
      ? WEIGHTS.afterWordUser
      : WEIGHTS.afterUser
  if (
    ACCOUNT_NAMES.has(person) ||
    /^(?:svc|adm|admin|sa|usr|srv)[-_.][a-z]|^[a-z]{2,12}(?:user|admin|adm|svc)\d?$/.test(person)
  )
    return WEIGHTS.afterAccountName
  if (/^[\w.+-]+@[\w-]+(?:\.[\w-]+)*$/.test(person)) return gap.includes(':') ? 0 : WEIGHTS.afterPersonName
  if (/^[a-z]{1,12}\.(?!exe|com|sh|ps1|py|bat|cmd|local|nl|be|de|fr|example)[a-z]{2,15}$/.test(person))
    return /[ ,/]/.test(gap) ? WEIGHTS.afterPersonName : 0
  return FIRST_NAMES.has(person) ? WEIGHTS.afterFirstName : 0
}

/** What the name of an option or a key says about its value. */
function nameBefore(line: Line, index: number, before: string, previous: string): number {
  const raw = atom(line, index - 1)
  const isKey = /^["'`]?\]?[ \t]*(?::=?|=>?)[ \t]*\\?["'`]?$/.test(before)
  const isFlag =
    /^-{1,2}[A-Za-z]/.test(raw) ||
    (/(?:^|[ \t])\/$/.test(gapBefore(line, index - 1)) && (isKey || /^[ \t]/.test(before)))
  if (!isKey && !(isFlag && /^[ \t]+["'`]?$/.test(before))) return 0
  if (isFlag && /^(?:u|l|user|username|login)$/.test(previous)) return WEIGHTS.plainName
  if (/^[pwksax]$/.test(previous)) return isKey || isFlag ? WEIGHTS.secretLetter : 0
  if (previous.length === 1) return isFlag ? (hasUserFlag(line, index) ? WEIGHTS.secretLetter : WEIGHTS.otherLetter) : 0
  if (PLAIN_ENDS.test(previous)) return WEIGHTS.plainName
  if (SECRET_NAMES.test(previous)) return WEIGHTS.secretName
  if (PLAIN_NAMES.test(previous)) return WEIGHTS.plainName
  if (ACCOUNT_NAMES.has(previous)) return WEIGHTS.afterAccountName
  return isFlag ? WEIGHTS.otherFlag : 0
}

/** `-u scan … -c X`: an option before names a user. */
const hasUserFlag = (line: Line, index: number): boolean =>
  /[ \t][-/]{1,2}(?:u|l|usr|user|login|as|who|acct|account)[ :=]{1,2}["']?[\w.\\@-]{2,40}["']?[ \t]/.test(
    line.text.slice(Math.max(line.start, (line.starts[index] ?? 0) - NEAR_CHARS), line.starts[index]),
  )

/** Paths, URLs and code hold the shapes of passwords. */
function placeInWord(line: Line, index: number, before: string, after: string): number {
  if (after.startsWith('(') || /[\w)]\($/.test(before)) return WEIGHTS.call
  if (/[<[{$]$|\s\\$/.test(before)) return WEIGHTS.bracketed
  const value = atom(line, index)
  if (/[?&]/.test(value) && after.startsWith('=')) return WEIGHTS.inUrl
  const { hasScheme, slashes } = runBefore(line, index)
  if (hasScheme) return value.includes('@') && before.endsWith(':') ? 0 : WEIGHTS.inUrl
  return slashes > 1 || /^[\\/]/.test(after) ? WEIGHTS.path : 0
}

/** What stands before an atom without white space, quotes, commas or brackets between them, as in a path or a URL. */
function runBefore({ text, start, starts }: Line, index: number): { hasScheme: boolean; slashes: number } {
  const end = starts[index] ?? 0
  const limit = Math.max(start, end - NEAR_CHARS)
  let at = end
  let slashes = 0
  while (at > limit && !RUN_ENDS.has(text[at - 1] ?? '')) {
    at -= 1
    if (text[at] === '/' || text[at] === '\\') slashes += 1
  }
  return { hasScheme: slashes > 1 && text.slice(at, end).includes('://'), slashes }
}

const RUN_ENDS = new Set(' \t"\'`,;<>()[]{}|«»“”')

/** What a line says as a whole. */
interface Said {
  /** Where its first word for a password stands; behind the line when there is none. */
  labelAt: number
  isAboutSigningIn: boolean
  isCommand: boolean
}

/** Lines are asked for once for each of their candidates. */
const said = new WeakMap<Line, Said>()

function lineSays(line: Line, index: number, as: TextKind): number {
  const known = said.get(line) ?? read(line)
  said.set(line, known)
  const isNamed = known.labelAt < (line.starts[index] ?? 0)
  return (
    (isNamed ? WEIGHTS.label : known.isAboutSigningIn ? WEIGHTS.signIn : 0) +
    (as === 'command' || known.isCommand ? WEIGHTS.command : 0)
  )
}

function read({ text, start, end }: Line): Said {
  const lower = text.slice(start, Math.min(end, start + LINE_CHARS)).toLowerCase()
  const label = LABELS.exec(lower)
  return {
    labelAt: label ? start + label.index : end,
    isAboutSigningIn: SIGN_IN.test(lower),
    isCommand: /(?:^|[ \t])(?:--?[a-z]|\/[a-z]{1,20}[: ])|^\s*(?:[$#>]|ps [a-z]:)/.test(lower),
  }
}
