/** What the words around a text tell about it in a sentence, on a note or in the line above. */
import { pattern, words } from './lazy.ts'
import { atom, gapBefore, type Line } from './line.ts'
import { WEIGHTS } from './weights.ts'
import { ACCOUNT_NAMES, FIRST_NAMES, PLAIN_NAMES, SIGN_IN, TELLING, TELLING_FILLERS } from './words.ts'

const SHORT_CHARS = 600

/** Whether a text is what somebody types or tells, and no output. */
export const isShort = (line: Line): boolean => line.text.length < SHORT_CHARS

/** `echo X` alone prints a text; what it pipes on is typed into a program. */
export const isPrinted = (line: Line, index: number, previous: string): boolean =>
  PRINTS.has(previous) &&
  !line.text.slice(line.ends[index], Math.min(line.end, (line.ends[index] ?? 0) + 30)).includes('|')

const PRINTS = words('echo print printf write-host write-output')

/** A name with one digit and a sentence after it: "admin Rechten2 tabblad opent niet" */
export function goesOn(line: Line, index: number): number {
  if (line.text[line.ends[index] ?? 0] !== ' ' || !/^[A-Z]?[a-z]+\d$/.test(atom(line, index))) return 0
  const rest = line.text.slice(line.ends[index], Math.min(line.end, (line.ends[index] ?? 0) + 60))
  const next = /^ ([a-zß-ÿ]{3,})(?: [a-zß-ÿ]{2,}|\s*$)/.exec(rest)?.[1]
  return next && !NEW_CLAUSE.has(next) && !isTold(line, index, gapBefore(line, index)) ? WEIGHTS.goesOn : 0
}

const NEW_CLAUSE = words('now jetzt works werkt maar aber mais but and und eens mal voor for für pour auf sur')

/** What says of the text before it that it works, or that it was set. */
const WORKS = pattern(
  String.raw`^["'”]? (?:←|<-|now\b|nu\b|jetzt\b|works?\b|worked\b|werkte?\b|do(?:es|et) (?:het|the trick|it\b)|did it|geht\b|ging\b|passt\b|pakt\b|klappt|zieht\b|marche|fonctionne|passe\b|klopt|opens\b|lets |is[.,]?$|zijn[.,]|gesetzt|gezet\b|ingesteld|eingestellt|eingetragen|hinterlegt|ingevuld|in en |ein und |eintippen|eingeben|invullen|intikken)`,
)

/** "try X", "probeer anders even X", "-> X", "X works" */
export function isTold(line: Line, index: number, before: string): boolean {
  if (/(?:[-=]>|→|➜|➔|⇒|—)\s*$/.test(before)) return true
  const after = line.text.slice(line.ends[index], Math.min(line.end, (line.ends[index] ?? 0) + 16))
  if (/^["'”]? [a-z←<]/.test(after) && WORKS().test(after)) return true
  for (let at = index - 1; at >= 0 && at >= index - 3; at--) {
    const word = nameOf(atom(line, at))
    if (TELLING.has(word)) return true
    if (!TELLING_FILLERS.has(word)) return false
  }
  return false
}

/** A sticker or a note under a keyboard tells passwords, and what a device is called. */
export function isOnSticker(line: Line, index: number, before: string, previous: string): boolean {
  if (index < 1 || !isShort(line) || PLAIN_NAMES().test(previous) || previous.length < 2 || /[#\\/]/.test(before))
    return false
  return STICKER().test(line.text.slice(line.start, line.end).toLowerCase())
}

const STICKER = pattern(
  String.raw`sticker|label\b|etiket|aufkleber|étiquette|keytag|key tag|sleutelhanger|anhänger|briefje|post-?it|zettel|typenschild|rückseite|achterop|on the back|unterseite`,
)

/** A line that is nothing but a password often follows one that is nothing but the user, or one that announces it. */
export function lineBefore({ text, start }: Line): number {
  const above = text
    .slice(Math.max(0, start - ABOVE_CHARS), start)
    .trimEnd()
    .toLowerCase()
  const last = above.slice(above.lastIndexOf('\n') + 1).trim()
  if (
    ACCOUNT_NAMES.has(last) ||
    /^[\w.+-]+@[\w.-]+$/.test(last) ||
    FIRST_NAMES.has(last) ||
    /[>#] ?en(?:able)?$/.test(last)
  )
    return WEIGHTS.afterAccountName
  return text.length < SHORT_CHARS && ANNOUNCES.test(last) && SIGN_IN().test(last) ? WEIGHTS.told : 0
}

const ABOVE_CHARS = 100
const ANNOUNCES = /(?:[:,]|(?:^| )(?:en|and|und|et|with|met|mit|avec|is|ist|est))$/

/** An atom as a name: without the signs of options and variables, in lower case. */
export const nameOf = (raw: string): string => raw.replace(/^[-$%.]+|[-.]+$/g, '').toLowerCase()
