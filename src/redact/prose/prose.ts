import type { Layer, Report, Source } from '../finding.ts'
import { lazy } from '../names/words.ts'
import { codes } from './codes.ts'
import { labelsIn, PASSWORD_LABELS } from './labels.ts'
import { ANSWERED, CHANGED_AFTER, CHANGED_BEFORE, FILLER, GOES_TO, LINK, MEANWHILE } from './links.ts'
import { logins } from './logins.ts'
import { type Certainty, isTold, type Told, toldAt, wordsTold } from './told.ts'

/** Sentences that tell a secret: a word for it, what links them, and the value, in four languages. */
export const prose: Layer = (source, report) => {
  passwords(source, report)
  logins(source, report)
  codes(source, report)
}

const MAX_FILLERS = 7

function passwords(source: Source, report: Report): void {
  for (const label of labelsIn(source, PASSWORD_LABELS)) {
    const told =
      linked(source, label.start, label.end) ?? direct(source, label.start, label.end) ?? given(source, label.start)
    if (told) report(told.start, told.end, 'password')
  }
}

/** The value after a colon or a verb, which up to seven words may keep from the label. */
function linked({ text, lower }: Source, start: number, end: number): Told | undefined {
  const places = [end]
  const isPhrase = /phrase|zin$|satz/.test(lower.slice(start, end))
  for (let at = end; places.length <= MAX_FILLERS; places.push(at)) {
    const link = matchAt(LINK(), lower, at)
    if (link && !(at > end && link[0].startsWith('='))) {
      const told = accepted(text, at + link[0].length, link.groups?.points === undefined ? 'said' : 'named', isPhrase)
      if (told) return told
    }
    const filler = matchAt(FILLER(), lower, at)
    // The label of one sentence names nothing in the next one.
    if (!filler || (filler[0].length > 6 && filler[0].endsWith('.'))) break
    at += filler[0].length
  }
  for (const at of places) {
    const link = matchAt(GOES_TO(), lower, at)
    const told = link && toldAt(text, at + link[0].length)
    if (!told) continue
    const isChange =
      !/^\s*(?:in|into|as|en|par)\s/.test(link[0]) &&
      (CHANGED_BEFORE().test(lower.slice(Math.max(0, start - 60), start)) ||
        CHANGED_AFTER().test(lower.slice(told.end, told.end + 20)))
    if (isTold(text, told, isChange ? 'said' : 'near')) return told
  }
  return undefined
}

/** "with user beheer and password": the next word is the password, whatever it looks like. */
const BOTH = lazy(
  String.raw`(?:user|admin|logged on|netzwerk|netwerk|zugangsdaten|gebruiker|benutzer|utilisateur|login|account|log[ -]?in|logon|inloggen|anmelden|connecter|compte|identifiant)[^.\n]{1,60}(?: (?:en|and|und|et|met|with|mit|avec)|[,:/])[ \t](?:(?:het|the|das|dem|le) )?$`,
)

/** The value directly after the label, or in the line after it. */
function direct({ text, lower }: Source, start: number, end: number): Told | undefined {
  const answered = matchAt(ANSWERED(), lower, end)
  // `host,user,password` is the head of a table.
  if (answered)
    return /[,;|\t]/.test(lower[start - 1] ?? '') ? undefined : accepted(text, end + answered[0].length, 'near')
  if (isRemark(lower, start)) {
    const noted = accepted(text, lower[end] === ' ' ? end + 1 : end, 'said')
    if (noted && /^[ \t]*(?:$|[\r\n])/.test(text.slice(noted.end, noted.end + 20))) return noted
  }
  if (lower[end] !== ' ') return undefined
  const meanwhile = matchAt(MEANWHILE(), lower, end)
  if (meanwhile) return accepted(text, end + meanwhile[0].length, 'said')
  const at = lower[end + 1] === ' ' ? end + 2 : end + 1
  return (
    accepted(
      text,
      at,
      /["']/.test(text[at] ?? '') &&
        /^["'][^\s"']{0,30}[\d!#$%&*?^+@=~,;][^\s"']{0,30}["']/.test(text.slice(at, at + 64))
        ? 'said'
        : 'near',
    ) ?? (BOTH().test(lower.slice(Math.max(0, start - 90), start)) ? accepted(text, at, 'said') : undefined)
  )
}

/** `# pw X` and `ssh a@b  # ww X`: a remark that has only the short name and, up to the end of its line, the value. */
const isRemark = (lower: string, start: number): boolean =>
  /(?:^|[\s;])(?:#{1,2}|\/\/|--|rem|;)[ \t]{0,2}$/.test(lower.slice(Math.max(0, start - 8), start)) &&
  /^(?:pwd?|psw|ww|mdp|kw)(?![\p{L}\d])/u.test(lower.slice(start, start + 5))

/** "X as the admin password", "« X » comme mot de passe": the value stands before the label. */
const GIVEN = lazy(
  String.raw`(?<=[ \t])(?:["'«„“][ \u00a0]?)?(?<bare>[^\s"'«»„“”]{5,40})[ \u00a0]?["'»“”]? (?:as|als|comme)(?: [a-zß-ÿ-]{2,15}){0,2}(?: [a-zß-ÿ-]{0,15})$`,
  'd',
)

function given({ text, lower }: Source, start: number): Told | undefined {
  const from = Math.max(0, start - GIVEN_CHARS)
  const [begin, end] = GIVEN().exec(lower.slice(from, start))?.indices?.groups?.bare ?? [0, 0]
  if (end === 0) return undefined
  const told = {
    start: from + begin,
    end: from + end,
    isSetOff: /["'«„“]\s?$/.test(lower.slice(0, from + begin).slice(-2)),
  }
  const isJoined = /^\p{L}{3,}(?:[-_&.]\p{Lu}\p{L}{2,})+$/u.test(text.slice(told.start, told.end))
  return isJoined || isTold(text, told, told.isSetOff ? 'named' : 'near') ? told : undefined
}

/** No sentence has more between a value and its label. */
const GIVEN_CHARS = 80

function accepted(text: string, at: number, certainty: Certainty, isPhrase = false): Told | undefined {
  const told = toldAt(text, at)
  if (!told || isTold(text, told, certainty)) return told
  return certainty === 'near' ? undefined : wordsTold(text, told, isPhrase)
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
