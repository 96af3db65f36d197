/** Whether somebody who signs in stands before a text. */
import { pattern } from './lazy.ts'
import { atom, gapBefore, type Line } from './line.ts'
import { nameOf } from './nearby.ts'
import { WEIGHTS } from './weights.ts'
import { ACCOUNT_NAMES, ADDING, FIRST_NAMES, LINKS, PLAIN_ENDS, PLAIN_NAMES, USER_WORDS } from './words.ts'

/** How many words link the user to the password: "admin und dann X" */
export function linksBefore(line: Line, index: number): number {
  let links = 0
  while (links < MAX_LINKS && index - links > 1 && LINKS.has(nameOf(atom(line, index - links - 1)))) links += 1
  return links
}

const MAX_LINKS = 3

/** What the atom before is worth as a user; `host: X` and its like name no user. */
export function userBefore(line: Line, index: number, isCut: boolean): number {
  const weight = userWeight(line, index, isCut)
  const isNamed =
    weight > 0 && gapBefore(line, index).includes(':') && PLAIN_NAMES().test(nameOf(atom(line, index - 1)))
  return isNamed ? 0 : weight
}

/** Whether the atom before is somebody who signs in. */
function userWeight(line: Line, index: number, isCut: boolean): number {
  const gap = gapBefore(line, index)
  if (gap.length > 6) return 0
  const raw = atom(line, index - 1)
  const person = raw.toLowerCase()
  if (!/^[a-z\d][\w.@-]{0,60}$/.test(person)) return 0
  const isApart = /^["'`]?[ \t]*(?:[,:;|/+&%-]|\/\/|::|->|=>|→|—|–)?[ \t]*["'`]?$/.test(gap)
  if (!isApart) return 0
  if (isCut) return WEIGHTS.afterUser
  const gapOfUser = index > 1 ? gapBefore(line, index - 1) : ''
  if (index > 1 && /[^\\]?\\$/.test(gapOfUser) && !gapOfUser.startsWith('\\\\') && !gap.includes('\\'))
    return WEIGHTS.afterUser
  if (index > 1 && USER_WORDS.has(nameOf(atom(line, index - 2))) && gapOfUser.length < 5)
    return gapOfUser === ' ' && gap === ' ' && /^[a-z]{3}/i.test(atom(line, index - 2))
      ? WEIGHTS.afterWordUser
      : WEIGHTS.afterUser
  if (
    index > 2 &&
    isApartBySpace(gap) &&
    ADDING.has(nameOf(atom(line, index - 2))) &&
    isUserWord(nameOf(atom(line, index - 3)))
  )
    return WEIGHTS.afterWordUser
  if (/^\(["']$/.test(gapOfUser) && gap.includes(',') && SIGNS_IN.test(atom(line, index - 2)))
    return WEIGHTS.afterPersonName
  if (
    ACCOUNT_NAMES.has(person) ||
    /^(?:svc|adm|admin|sa|usr|srv)[-_.][a-z]|^[a-z]{2,12}(?:user|admin|adm|svc)\d?$/.test(person)
  )
    return WEIGHTS.afterAccountName
  if (person.includes('@') && /^[\w.+-]+@[\w-]+(?:\.[\w-]+)*$/.test(person))
    return gap.includes(':') ? 0 : WEIGHTS.afterPersonName
  if (
    person.includes('.') &&
    /^[a-z]{1,12}\.(?!exe|com|sh|ps1|py|bat|cmd|local|nl|be|de|fr|example)[a-z]{2,15}$/.test(person)
  )
    return /[ ,/]/.test(gap) ? WEIGHTS.afterPersonName : 0
  return FIRST_NAMES.has(person) ? WEIGHTS.afterFirstName : 0
}

/** `acct=jan&hush=X`, `(as "jan") (by "X")`, `who = jan` and below it `knock = X`: the setting after the one that names the user. */
export function isAfterUserSetting({ text, starts }: Line, index: number, before: string, previous: string): boolean {
  if (!/^["']?[ \t]*(?:=>?|:|[ \t])[ \t]*["']?$/.test(before) || !/[:="']/.test(before) || isPlainName(previous))
    return false
  const start = starts[index] ?? 0
  return USER_SETTING().test(text.slice(Math.max(0, start - before.length - previous.length - 80), start).toLowerCase())
}

const USER_SETTING = pattern(
  String.raw`(?:^|[\s({&?;,"'])(?:user|usr|username|login|who|as|acct|account|principal|gebruiker|benutzer|wer|wie|qui)["']?[ \t]{0,12}(?:=>?|:|[ \t])[ \t]{0,4}["']?[\w.@-]{2,40}["']?(?:[),;&]|\r?\n)[\s(]{0,12}["']?[\w-]{2,20}["']?[ \t]{0,12}(?:=>?|:|[ \t])[ \t]{0,4}["']?$`,
)

const isPlainName = (name: string): boolean => PLAIN_ENDS().test(name) || PLAIN_NAMES().test(name)

const isApartBySpace = (gap: string): boolean => gap.trim() === '' && gap !== ''
const isUserWord = (word: string): boolean => USER_WORDS.has(word) || ACCOUNT_NAMES.has(word)
/** Functions that take a user and a password. */
const SIGNS_IN = /log_?[io]n|auth|sign|connect|meld/i
