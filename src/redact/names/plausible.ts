import { isPath, looksRandom } from '../values.ts'
import { type Grade, meaningOf } from './vocabulary.ts'
import { LETTER, wordSet } from './words.ts'

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
  if (!HAS_WORD.test(letters) || isNamed(letters) || isReference(letters) || WORDS_OF_STATE.has(letters.toLowerCase()))
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
  return /\p{L}/u.test(value) && /[\d!@#$%^&*+=?~|]/.test(value) && !/^\p{L}+[!?]$/u.test(value)
}

/** All values that are not of signs alone. */
const HAS_WORD = new RegExp(`[${LETTER}\\d]`)
const DATE = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/

/** What a form says of a secret without telling it. */
const WORDS_OF_STATE = wordSet(
  `must moet muss doit should shall may can cannot will needs contains specifies clear present absent aanwezig afwezig vorhanden presente value values see zie siehe voir stored saved same unchanged ask vraag opgeslagen gespeichert
   available configured configuratie masked concealed custom manual automatic auto generate generated random rotate rotated weak strong short long
   login signin logon sign-in log-in open close closed basic digest bearer mandatory verplicht pflichtfeld obligatoire prompt stdin tty ask-pass
   argon2id argon2 bcrypt scrypt pbkdf2 ntlm sha-512 sha512 sha256 sha-256 md5 chap mschapv2
   string! varchar text! sensitive binary promise public leave keep wpa2 wpa3 wpa-psk wpa2-psk wpa2-personal wpa3-sae wpa3-personal`,
)

/** A number, a version, a date, a time, with a unit or not. */
const isFigure = (value: string): boolean =>
  /^\d+\/(?:tcp|udp)$/i.test(value) ||
  /^[-+]?\d[\d.,:/T-]{0,40}(?:[a-z%]{1,3}|\s?(?:ms|days?|hours?|min(?:utes)?|bytes|bits?))?Z?$/i.test(value)

/** The value is a name itself: `password: newPassword`, `"password": "Wachtwoord"`. */
function isNamed(value: string): boolean {
  if (value.length > 60 || !NAME.test(value)) return false
  const isName = /^[a-z]+[A-Z]|[_.:@%$\s]/.test(value) || NAMES.has(value.toLowerCase())
  return isName && meaningOf(value) !== undefined
}

const NAME = new RegExp(`^[${LETTER}_$.:@?%-][${LETTER}\\s_$.:?%()-]*$`)
const NAMES = wordSet('pass password wachtwoord passwort kennwort pwd pw secret token')

/** What only says where the secret is. */
const isReference = (value: string): boolean =>
  /[\W_]/.test(value) &&
  /^(?:\*[a-z_-]+\d?$|(?:alt|ctrl|strg|shift|cmd)\+|arn:aws|ssm:|kms:|vault:|env:|file:|keyvault:|keyring:|@Microsoft\.KeyVault|ENC\[|\$\{|\{\{|%\(|s[vrep]=|#\{|<%|!(?:Ref|Sub|GetAtt|secret|env|vault|reference)\b|%[sdv@]$|:[a-z_]+$|\?$|\/run\/secrets|\/var\/run|data\.|var\.|local\.|module\.|random_password\.|secrets?\.|in[-_]vault|.{0,20}-in-vault|see[-_]|inputs?\.|github\.|env\.)/i.test(
    value,
  )

const KEYWORDS = wordSet(
  'new await async function return lambda typeof this self None null nil NULL undefined true false True False',
)

/** An expression of a program and no literal. */
function isCode(value: string): boolean {
  if (/^\w+$/.test(value)) return KEYWORDS.has(value)
  return (
    /^(?:new|await|async|function|return|lambda|typeof|this|self|None|null|nil|NULL|undefined|true|false|True|False)\b/.test(
      value,
    ) ||
    /^[A-Za-z_$@][\w$]*(?:(?:\.|->|::|\?\.)[A-Za-z_$][\w$]*)*[([]/.test(value) ||
    /^(?:args?|argv|obj|user|users|account|req|request|res|response|params?|options?|opts|config|cfg|conf|settings?|ctx|context|data|form|body|input|event|props|state|values?|row|reader|model|entity|dto|item|creds?|credentials?|env|os|sys|process|app|client|conn|session)(?:\.|->|::|\?\.)[A-Za-z_$][\w$.?>-]*$/.test(
      value,
    ) ||
    /^(?:Get|Read|New|ConvertTo|ConvertFrom|Convert|Import|Invoke|Test|Set|Add|Select|Where|Find|Unprotect|Out|Write|Join)-[A-Z][A-Za-z]+$/.test(
      value,
    ) ||
    /^[A-Z]\w*(?:<\w|[!?][)}\],])/.test(value) ||
    /^(?:[{[(<]|\/\/|\/\*|--|=|!=|&&|\|\||\$\(|\+=?$)/.test(value)
  )
}

const FUNCTION_WORD =
  /(?:^|\s)(?:the|a|an|is|are|was|must|should|cannot|can|could|may|will|your|you|to|of|for|not|and|or|this|that|with|has|have|please|enter|het|een|de|uw|je|is|moet|niet|voor|das|der|die|ein|eine|ihr|ist|nicht|muss|bitte|und|le|la|les|un|une|votre|est|doit|pas|ne|et)(?:\s|$)/i

/** Words of a sentence, of a label or of a help text. */
export function isSentence(value: string): boolean {
  const words = value.split(/\s+/, 12)
  if (words.some((word) => /[^\p{L}\p{N}'’.,:;!?()-]/u.test(word))) return false
  return words.length >= 3 && (words.length > 10 || FUNCTION_WORD.test(value))
}
