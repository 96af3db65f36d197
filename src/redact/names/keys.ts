import type { Source } from '../finding.ts'
import { FURTHER_NAMES } from './languages.ts'
import { stemsIn } from './stems.ts'
import { type Meaning, meaningOf } from './vocabulary.ts'
import { isWordChar } from './words.ts'

/** A word of the vocabulary in a text, with the whole key that it is a part of. */
export interface Key {
  /** Of the key as it is written: letters, digits, `_`, `-` and `.`. */
  start: number
  end: number
  name: string
}

const stems = stemsIn(
  'pass pwd psk pw> psw> puk> <pin> pincode> alarmpin> userpin> devicepin> simpin> cardpin> adminpin> voicemailpin> doorpin> lockpin>',
  'screenpin> safepin> wachtw wachtzin zugangswort losungswort codewort toegangswoord codewoord merkwoord codeword magicword sesam> <ww>',
  '<kw> <mdp> <cle> <clé> <sas> <pat> <sid> <sig> kennwort kenwort kenntwort kentwort kenn~wort kenn-wort kennw> geheim secret token>',
  'tokens> key> keys> keycontent keymaterial sleutel schlüssel schluessel code> codes> cred> creds> credential> credentials> seed> auth>',
  'community cookie totp otp> jwt bearer phrase clave> chiave inloggegevens zugangsdaten anmeldedaten',
  'identifiants mnemonic signature jeton word> palavra palabra parole>',
  FURTHER_NAMES,
)
const MAX_SIDE = 60

const isKeyChar = (text: string, at: number): boolean => '_.-'.includes(text.charAt(at)) || isWordChar(text, at)

/** The keys of a text that have to do with a secret, each once. */
export function* keysIn({ text, lower, has }: Source): Generator<Key> {
  const search = stems(has)
  if (search === undefined) return
  for (let hit = search.exec(lower); hit; hit = search.exec(lower)) {
    const start = startOf(text, hit.index)
    const end = endOf(text, hit.index + hit[0].length)
    search.lastIndex = Math.max(end, hit.index + 1)
    yield { start, end, name: text.slice(start, end) }
  }
}

function startOf(text: string, at: number): number {
  let start = at
  while (start > 0 && at - start < MAX_SIDE && isKeyChar(text, start - 1)) start -= 1
  // `--password`, `- password`, `C:\..\password`: signs before a key are no part of it.
  while (start < at && !isWordChar(text, start)) start += 1
  return start
}

function endOf(text: string, at: number): number {
  let end = at
  while (end < text.length && end - at < MAX_SIDE && isKeyChar(text, end)) end += 1
  while (end > at && '.-'.includes(text.charAt(end - 1))) end -= 1
  return end
}

/** Up to four words on the same line: `mot de` of `mot de passe`, `client` of `Client secret`. */
function wordsBefore(text: string, start: number): string {
  const first = Math.max(0, start - 40)
  let from = start
  for (let count = 0; count < 4 && from > first && " '’-".includes(text.charAt(from - 1)); count++) {
    let at = from - 1
    while (at > first && isWordChar(text, at - 1)) at -= 1
    if (at === from - 1) break
    from = at
  }
  return text.slice(from, start)
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
