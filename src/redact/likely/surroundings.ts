import type { TextKind } from '../finding.ts'
import { pattern } from './lazy.ts'
import { atom, gapAfter, gapBefore, type Line } from './line.ts'
import { goesOn, isOnSticker, isPrinted, isShort, isTold, lineBefore, nameOf } from './nearby.ts'
import { isAfterUserSetting, linksBefore, userBefore } from './users.ts'
import { WEIGHTS } from './weights.ts'
import {
  ACCOUNT_NAMES,
  LABELS,
  PLAIN_ENDS,
  PLAIN_NAMES,
  SECRET_NAMES,
  SECRET_WORDS,
  SIGN_IN,
  TYPING,
  USER_NAMES,
} from './words.ts'

const BRIEF_CHARS = 160

/** Words and then digits, as people write passwords; no Base64 and no names of packages. */
const WRITTEN = pattern(
  String.raw`^(?:[a-zß-ÿ]{4,20}\d{2,4}|[A-Z][a-zß-ÿ]{3,20}(?:[-_.]?[A-Z]?[a-zß-ÿ]{2,16}){0,2}[-_.]?(?:\d{2,4}|(?<=[a-zß-ÿ]{7})\d))$`,
)
const MIN_BRIEF_SHAPE = 1.5

const isBrief = (line: Line, index: number): boolean =>
  WRITTEN().test(atom(line, index)) && !PLAIN_NAMES().test(nameOf(atom(line, index - 1)))

/** Of a path or a URL no more is read. */
const NEAR_CHARS = 300
/** Of a line no more is read: longer ones are data. */
const LINE_CHARS = 2_000

/** In `scott/X@orcl` and `jan:X@dc01` what follows the last "@" is a host. */
export function endOfValue(line: Line, index: number): number {
  const value = atom(line, index)
  const cut = value.lastIndexOf('@')
  const isPair =
    cut > 3 &&
    index > 0 &&
    /^[/:]$/.test(gapBefore(line, index)) &&
    /^(?:(?!v\d)[A-Za-z][\w.-]*|\d{1,3}(?:\.\d{1,3}){3})?$/.test(value.slice(cut + 1)) &&
    /[\d!#$%&*?^+]/.test(value.slice(0, cut))
  return (line.starts[index] ?? 0) + (isPair ? cut : value.length)
}

/** In `-U adm%X` the user stands before the sign, and `\\n` is no letter. */
export function startOfValue(line: Line, index: number): number {
  const start = line.starts[index] ?? 0
  const value = atom(line, index)
  if (line.text[start - 1] === '\\' && /^[nrt][A-Z\d]/.test(value)) return start + 1
  const user = value.includes('%') && /^([A-Za-z][\w.-]{1,20})%(?=.{4})/.exec(value)
  if (!user) return start
  const name = user[1]?.toLowerCase() ?? ''
  const isUser =
    /[\\/]$/.test(gapBefore(line, index)) || /^-{1,2}U/i.test(atom(line, index - 1)) || ACCOUNT_NAMES.has(name)
  return isUser ? start + user[0].length : start
}

const isCut = (line: Line, index: number): boolean => endOfValue(line, index) < (line.ends[index] ?? 0)

/** The most that the atoms before and the line as a whole add. */
const MOST_BEFORE = WEIGHTS.afterUser
const MOST_OF_LINE = WEIGHTS.label + WEIGHTS.command

/** What the surroundings of an atom say about it: added to what its shape says. Below `enough` in all it is not worked out. */
export function surroundingsOf(line: Line, index: number, as: TextKind, shape: number, enough: number): number {
  const before = gapBefore(line, index)
  const after = gapAfter(line, index)
  let sum =
    (isCut(line, index) ? 0 : placeInWord(line, index, before, after)) +
    (QUOTES.includes(before.at(-1) ?? ' ') && CLOSING_QUOTES.includes(after[0] ?? ' ') ? WEIGHTS.quoted : 0) +
    (isShort(line) ? WEIGHTS.shortText : 0) +
    (shape >= MIN_BRIEF_SHAPE && line.text.length < BRIEF_CHARS && index > 0 && isBrief(line, index)
      ? WEIGHTS.briefText
      : 0)
  if (shape + sum + MOST_BEFORE + MOST_OF_LINE < enough) return sum
  sum += precededBy(line, index, before)
  if (shape + sum + MOST_OF_LINE < enough) return sum
  return sum + lineSays(line, index, as) + goesOn(line, index)
}

const QUOTES = '"\'«„“‘`'
const CLOSING_QUOTES = '"\'»”“’`'

/** The strongest of what may stand directly before a password. */
function precededBy(line: Line, index: number, before: string): number {
  if (index === 0) {
    if (line.starts.length === 1) return Math.max(WEIGHTS.wholeLine, lineBefore(line))
    return isTold(line, index, before) && isShort(line) ? WEIGHTS.told : 0
  }
  if ('({<'.includes(before.at(-1) ?? ' ') && !/["'\s]/.test(before)) return 0
  const previous = nameOf(atom(line, index - 1))
  if (USER_NAMES.has(previous) && /^:?[ \t]+$/.test(before) && /^[a-z][a-z.]*\d{0,6}$/.test(atom(line, index)))
    return WEIGHTS.userName
  const at = index - linksBefore(line, index)
  const user = userBefore(line, at, isCut(line, at))
  const isApart = before[0] === ' ' || before[0] === '\t'
  return Math.max(
    user,
    nameBefore(line, index, before, previous),
    isAfterUserSetting(line, index, before, previous) ? WEIGHTS.secretName : 0,
    isApart && isSecretWord(previous) && /^[ \t]+["']?$/.test(before) ? WEIGHTS.secretWord : 0,
    (TYPING.has(previous) && !isPrinted(line, index, previous)) ||
      before.includes('<<<') ||
      atom(line, index - 1) === '%s'
      ? WEIGHTS.typed
      : 0,
    isTold(line, index, before) ? (isShort(line) ? WEIGHTS.told : WEIGHTS.toldInLongText) : 0,
    before.length > 2 && /^["'”“»]? (?:\/{1,2}|\|) ["'“„«]?$/.test(before) ? WEIGHTS.parted : 0,
    isOnSticker(line, index, before, previous) ? WEIGHTS.sticker : 0,
    isApart && before.trim() === '' && /^\d{1,3}(?:\.\d{1,3}){3}$|^[a-z][\w-]*\.[\w-]+\.[a-z]{2,10}$/.test(previous)
      ? WEIGHTS.afterHost
      : 0,
  )
}

const isSecretWord = (name: string): boolean =>
  SECRET_WORDS.has(name) || /.[_-](?:auth|geheim|secret|pass|pw|key|psk|kennwort|wachtwoord|losung)$/.test(name)

/** What the name of an option or a key says about its value. */
function nameBefore(line: Line, index: number, before: string, previous: string): number {
  const raw = atom(line, index - 1)
  const isKey = /[:=]/.test(before) && /^["'`]?\]?[ \t]*(?::=?|=>?)[ \t]*\\?["'`]?$/.test(before)
  const isFlag =
    (raw[0] === '-' && /^-{1,2}[A-Za-z]/.test(raw)) ||
    ((isKey || /^[ \t]/.test(before)) && /(?:^|[ \t])\/$/.test(gapBefore(line, index - 1)))
  if (!isKey && !(isFlag && /^[ \t]+["'`]?$/.test(before))) return 0
  if (isFlag && /^(?:u|l|user|username|login)$/.test(previous)) return WEIGHTS.plainName
  if (/^[pwksax]$/.test(previous)) return isKey || isFlag ? WEIGHTS.secretLetter : 0
  if (previous.length === 1) return isFlag ? WEIGHTS.otherLetter : 0
  if (PLAIN_ENDS().test(previous)) return WEIGHTS.plainName
  if (SECRET_NAMES().test(previous)) return WEIGHTS.secretName
  if (PLAIN_NAMES().test(previous)) return WEIGHTS.plainName
  if (ACCOUNT_NAMES.has(previous)) return WEIGHTS.afterAccountName
  return isFlag ? WEIGHTS.otherFlag : 0
}

/** Paths, URLs and code hold the shapes of passwords. */
function placeInWord(line: Line, index: number, before: string, after: string): number {
  if (after.startsWith('(') || /[\w)]\($/.test(before)) return WEIGHTS.call
  if (/[<[{$]$|\s\\$/.test(before)) return WEIGHTS.bracketed
  const value = atom(line, index)
  if (/[?&]/.test(value) && after.startsWith('=')) return WEIGHTS.inUrl
  const { hasScheme, slashes } = runBefore(line, index)
  if (hasScheme) {
    const isFragment =
      before === '=' && /#(?:[\w-]*[-_])?(?:key|pw|code|pin|secret|pass\w*)$/.test(atom(line, index - 1))
    return isFragment || (value.includes('@') && before.endsWith(':')) ? 0 : WEIGHTS.inUrl
  }
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
  const label = LABELS().exec(lower)
  return {
    labelAt: label ? start + label.index : end,
    isAboutSigningIn: SIGN_IN().test(lower),
    isCommand: /(?:^|[ \t])(?:--?[a-z]|\/[a-z]{1,20}[: ])|^\s*(?:[$#>]|ps [a-z]:)/.test(lower),
  }
}
