import type { Proof } from '../finding.ts'
import { isPlaceholder } from '../values.ts'
import type { NameStrength } from './secret-names.ts'

const FLAG = /^--?[A-Za-z][\w-]*(?:$|[=:])/
const WINDOWS_FLAG = /^\/[A-Za-z?][\w-]*(?:$|:)/
/** Words that go on a sentence, or say in a manual what a value is. */
const SENTENCE =
  ' but to for is was are be and or the a an of if when with without option options flag flags parameter parameters argument arguments switch' +
  ' string str val arg name file path phrase text value from on in by as via per through than will must can should may that this which it not only instead specify' +
  ' specifies using use used wordt werd voor met de het een en of und der die das ist wird mit für oder le la les et ou pour avec est '
/** Where a secret is to be found, and not itself. */
const REFERENCE =
  /^(?:env|file|fd|stdin|prompt|keyring|keychain|arn|op|vault|secretref|ref):|^(?:-|@[\w./\\~-]{2,}|<\(.*|id=.*|source=.*|src=.*|valueFrom.*)$/i
const PATH = /^(?:[A-Za-z]:[\\/]|~\/|\.{1,2}[\\/]|\/[\w.@-]+(?:\/[\w.@/-]*)?$|\\\\[\w.-]+\\)/

/** A word that goes on a sentence. */
export const isSentenceWord = (text: string): boolean => SENTENCE.includes(` ${text.toLowerCase()} `)

/** Whether the word after a flag may be its value at all. */
export function isValue(text: string, quoted: boolean): boolean {
  if (text === '' || text === '-' || text === '--') return false
  return quoted || !(FLAG.test(text) || WINDOWS_FLAG.test(text) || /^[=;|&<>[\]]/.test(text))
}

/** Whether a value is the secret that a name announced, and not where it is found, a setting, or the next word of a sentence. */
export function fitsName(value: string, strength: NameStrength): boolean {
  if (REFERENCE.test(value) || isSentenceWord(value)) return false
  if (PATH.test(value)) return false
  if (strength === 'strong') return !/^(?:\d{1,3}|pass:|https?:\/\/\S*)$/.test(value)
  if (value.length < 2 || /^(?:\d{1,3}|https?:.*|[\w.-]+=[^=].*)$/.test(value)) return false
  return !/^(?:public|basic|bearer|digest|ntlm|negotiate|kerberos|saml|oauth2?|plain|always|prompt|sms|email|totp|code)$/i.test(
    value,
  )
}

/** `NAME`, `<name>`, `[NAME`: what usage texts put in the place of a value. */
export function isMetavariable(value: string, name: string): boolean {
  const bare = value.replace(/[^\p{L}\d]+/gu, '').toLowerCase()
  return (
    value === value.toUpperCase() &&
    bare.length > 1 &&
    name
      .toLowerCase()
      .replace(/[^\p{L}\d]+/gu, '')
      .includes(bare)
  )
}

/** What stands in quotes is no call of a function: `'Kik(ker'`. */
export function proofOf(value: string, quote: string): Proof {
  const isLiteral = quote === "'"
  const isCall = /^["']$/.test(quote) && value.includes('(') && (isLiteral || !value.includes('$'))
  return isCall && !isPlaceholder(value.replaceAll('(', '_'), isLiteral) ? { isShape: true } : { isLiteral }
}
