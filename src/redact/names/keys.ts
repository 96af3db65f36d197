import { type Meaning, meaningOf } from './vocabulary.ts'
import { LETTER } from './words.ts'

/** A word of the vocabulary in a text, with the whole key that it is a part of. */
export interface Key {
  /** Of the key as it is written: letters, digits, `_`, `-` and `.`. */
  start: number
  end: number
  name: string
}

/** The stems of the vocabulary, in one pattern: a text is searched once for all of them. */
const STEM =
  /pass|p(?:wd|sk|w(?![a-z])|sw(?![a-z])|uk(?![a-z]))|(?<![a-z])pin(?:code)?(?![a-z])|(?:[a-z]pincode|(?:alarm|user|device|sim|card|admin|voicemail|door|lock|unlock|screen|safe)pin)(?![a-z])|wachtw|wachtzin|(?:zugangs|losungs|code|schlüssel|schluessel)wort|(?:toegangs|sleutel|code|merk)woord|(?:code|magic)word|sesam(?![a-z])|(?<![a-z])(?:ww|kw|mdp|cl[eé]|sas|pat|sid|sig)(?![a-z])|kenn?[ -]?t?wort|kennw(?![a-z])|geheim|secret|tokens?(?![a-z])|keys?(?![a-z])|key(?=content|material)|sleutel|schl(?:ü|ue)ssel|codes?(?![a-z])|cred(?:s|entials?)?(?![a-z])|seed(?![a-z])|auth(?![a-z])|communi?t[yé]|cookie|totp|otp(?![a-z])|jwt|bearer|phrase|parola|contrase[nñ]a|clave(?![a-z])|chiave|inloggegevens|zugangsdaten|anmeldedaten|identifiants|admpwd|mnemonic|signature|jeton/g

const WORD_CHAR = new RegExp(`[${LETTER}\\d]`)
const isKeyChar = (sign: string): boolean => sign === '_' || sign === '.' || sign === '-' || WORD_CHAR.test(sign)
const WORDS_BEFORE = new RegExp(`(?:[${LETTER}\\d]+[ '’-]){1,4}$`)
const MAX_SIDE = 60

/** The keys of a text that have to do with a secret, each once. */
export function* keysIn(text: string, lower: string): Generator<Key> {
  const search = new RegExp(STEM)
  for (let hit = search.exec(lower); hit; hit = search.exec(lower)) {
    const start = startOf(text, hit.index)
    const end = endOf(text, hit.index + hit[0].length)
    search.lastIndex = Math.max(end, hit.index + 1)
    yield { start, end, name: text.slice(start, end) }
  }
}

function startOf(text: string, at: number): number {
  let start = at
  while (start > 0 && at - start < MAX_SIDE && isKeyChar(text.charAt(start - 1))) start -= 1
  // `--password`, `- password`, `C:\..\password`: signs before a key are no part of it.
  while (start < at && !WORD_CHAR.test(text.charAt(start))) start += 1
  return start
}

function endOf(text: string, at: number): number {
  let end = at
  while (end < text.length && end - at < MAX_SIDE && isKeyChar(text.charAt(end))) end += 1
  while (end > at && /[.-]/.test(text.charAt(end - 1))) end -= 1
  return end
}

/** Up to three words on the same line: `mot de` of `mot de passe`, `client` of `Client secret`. */
function wordsBefore(text: string, start: number): string {
  if (start === 0 || !" \t'’-".includes(text.charAt(start - 1))) return ''
  return WORDS_BEFORE.exec(text.slice(Math.max(0, start - 40), start))?.[0] ?? ''
}

/** Says what keys mean, and looks each name up once. */
export function dictionary(text: string): (key: Key, after: string) => Meaning | undefined {
  const known = new Map<string, Meaning | undefined>()
  return ({ start, name }, after) => {
    const before = wordsBefore(text, start)
    const entry = `${before}|${name}|${after}`
    if (!known.has(entry)) known.set(entry, meaningOf(name, before, after))
    return known.get(entry)
  }
}
