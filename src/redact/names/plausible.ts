import { isPath, looksRandom } from '../values.ts'
import { type Grade, meaningOf } from './vocabulary.ts'
import { isWordChar, LETTER, lazy, wordSet, wordsOf } from './words.ts'

/** What else is known of a value than its text. */
export interface Setting {
  isQuoted?: boolean
  /** An assignment to a name in capitals, as shells and `.env` files have it: nothing else is named like that. */
  isVariable?: boolean
  /** The name asks for several words. */
  isPhrase?: boolean
}

/** Whether a value can be what its name says. Placeholders are left out later, for all layers. */
export function isPlausible(
  value: string,
  grade: Grade,
  { isQuoted = false, isVariable = false, isPhrase = false }: Setting = {},
): boolean {
  const letters = value.trim()
  if (!hasWord(letters) || isNamed(letters) || isReference(letters) || WORDS_OF_STATE.has(letters.toLowerCase()))
    return false
  if (!isQuoted && isCode(letters)) return false
  if (isQuoted && !isVariable && !isPhrase && isSentence(letters)) return false
  if (grade === 'strong')
    return (
      isQuoted || isVariable || !(letters.length < 2 || isPath(letters) || (/^\d/.test(letters) && DATE.test(letters)))
    )
  if (isVariable) return letters.length >= 4 && !isFigure(letters) && !isPath(letters)
  if (grade === 'medium') return isTelling(letters)
  if (!looksRandom(letters) || /[\s(){}]/.test(letters)) return false
  return (
    grade === 'weak' ||
    (letters.length >= 16 &&
      !/^[\w#]+(?:\.[\w#]+)+$/.test(letters) &&
      !/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(letters) &&
      /[a-z]/.test(letters) &&
      (/[A-Z]/.test(letters) || letters.length >= 24))
  )
}

/** Whether a value has what words lack: a digit or a sign between its letters, or digits alone as PIN codes have them. */
export function isTelling(value: string): boolean {
  if (value.length < 4 || isPath(value) || /^(?:https?|file|arn|urn|sha\d+):/i.test(value)) return false
  if (/^\d{4,8}$/.test(value) || /^[A-Z2-7]{12,}$/.test(value)) return true
  if (isFigure(value) || /^[a-z]+(?:[-_. ][a-z]+){1,6}$/i.test(value)) return false
  return HAS_LETTER.test(value) && /[\d!@#$%^&*+=?~|]/.test(value) && !WORD_AND_SIGN().test(value)
}

const HAS_LETTER = new RegExp(`[${LETTER}]`)
const WORD_AND_SIGN = lazy(`^[${LETTER}]+[!?]$`)
const DATE = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/

/** All values but those of signs alone. */
function hasWord(value: string): boolean {
  for (let at = 0; at < value.length; at++) if (isWordChar(value, at)) return true
  return false
}

/** What a form says of a secret without telling it. */
const WORDS_OF_STATE = wordSet(
  'must moet muss doit should shall may can cannot will needs contains specifies clear present absent aanwezig afwezig vorhanden presente value values see zie siehe voir stored saved same unchanged ask vraag opgeslagen gespeichert',
  'available configured configuratie masked concealed custom manual automatic auto generate generated random rotate rotated weak strong short long',
  'login signin logon sign-in log-in open close closed basic digest bearer mandatory verplicht pflichtfeld obligatoire prompt stdin tty ask-pass',
  'argon2id argon2 bcrypt scrypt pbkdf2 ntlm sha-512 sha512 sha256 sha-256 md5 chap mschapv2',
  'string! varchar text! sensitive binary promise public leave keep wpa2 wpa3 wpa-psk wpa2-psk wpa2-personal wpa3-sae wpa3-personal',
)

/** A number, a version, a date, a time, with a unit or not. */
const isFigure = (value: string): boolean =>
  /^\d+\/(?:tcp|udp)$/i.test(value) ||
  /^[-+]?\d[\d.,:/T-]{0,40}(?:[a-z%]{1,3}|\s?(?:ms|days?|hours?|min(?:utes)?|bytes|bits?))?Z?$/i.test(value)

/** The value is a name itself: `password: newPassword`, `"password": "Wachtwoord"`. */
function isNamed(value: string): boolean {
  if (value.length > 60 || /\d/.test(value) || !NAME().test(value)) return false
  const isName = /^[a-z]+[A-Z]|[_.:@%$\s]/.test(value) || NAMES.has(value.toLowerCase())
  return isName && meaningOf(value) !== undefined
}

const NAME = lazy(`^[${LETTER}_$.:@?%-][${LETTER}\\s_$.:?%()-]*$`)
const NAMES = wordSet('pass password wachtwoord passwort kennwort pwd pw secret token')

/** How a value begins that only says where the secret is. */
const REFERENCES = [
  'alt+ ctrl+ strg+ shift+ cmd+ arn:aws ssm: kms: vault: env: file: keyvault: keyring: @microsoft.keyvault enc[ ${ {{ %( sv= sr= se= sp= #{ <%',
  '/run/secrets /var/run data. var. local. module. random_password. secret. secrets. in-vault in_vault see- see_ input. inputs. github. env.',
]

/** What only says where the secret is. */
function isReference(value: string): boolean {
  if (!/[\W_]/.test(value)) return false
  const lower = value.toLowerCase()
  return (
    wordsOf(REFERENCES).some((start) => lower.startsWith(start)) ||
    (/^[*!%:?]/.test(lower) &&
      /^(?:\*[a-z_-]+\d?$|!(?:ref|sub|getatt|secret|env|vault|reference)\b|%[sdv@]$|:[a-z_]+$|\?$)/.test(lower)) ||
    lower.slice(0, 29).includes('-in-vault')
  )
}

const KEYWORDS = wordSet(
  'new await async function return lambda typeof this self None null nil NULL undefined true false True False',
)
const OBJECTS = wordSet(
  'arg args argv obj user users account req request res response param params option options opts config cfg conf setting settings ctx',
  'context data form body input event props state value values row reader model entity dto item cred creds credential credentials env os',
  'sys process app client conn session',
)
const VERBS = wordSet(
  'Get Read New ConvertTo ConvertFrom Convert Import Invoke Test Set Add Select Where Find Unprotect Out Write Join',
)

/** An expression of a program and no literal. */
function isCode(value: string): boolean {
  const first = /^\w*/.exec(value)?.[0] ?? ''
  if (KEYWORDS.has(first)) return true
  const rest = value.slice(first.length)
  if (rest === '') return false
  return (
    (OBJECTS.has(first) && /^(?:\.|->|::|\?\.)[A-Za-z_$][\w$.?>-]*$/.test(rest)) ||
    (VERBS.has(first) && /^-[A-Z][A-Za-z]+$/.test(rest)) ||
    (/[([]/.test(value) && /^[A-Za-z_$@][\w$]*(?:(?:\.|->|::|\?\.)[A-Za-z_$][\w$]*)*[([]/.test(value)) ||
    (/[<!?]/.test(value) && /^[A-Z]\w*(?:<\w|[!?][)}\],])/.test(value)) ||
    /^(?:[{[(<]|\/\/|\/\*|--|=|!=|&&|\|\||\$\(|\+=?$)/.test(value)
  )
}

const FUNCTION_WORDS = wordSet(
  'the a an is are was must should cannot can could may will your you to of for not and or this that with has have please enter',
  'het een de uw je moet niet voor das der die ein eine ihr ist nicht muss bitte und le la les un une votre est doit pas ne et',
)
const NO_SENTENCE = lazy(`[^${LETTER}\u3040-\ud7ff\\d'’.,:;!?()-]`)

/** Words of a sentence, of a label or of a help text. */
export function isSentence(value: string): boolean {
  const words = value.split(/\s+/, 12)
  if (words.length < 3 || words.some((word) => NO_SENTENCE().test(word))) return false
  return words.length > 10 || words.some((word) => FUNCTION_WORDS.has(word.toLowerCase()))
}
