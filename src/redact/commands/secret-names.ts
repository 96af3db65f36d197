import { FURTHER_NAMES } from '../names/languages.ts'

/**
 * How surely a name (of a flag, a variable, a property) says that its value is a secret. `strong`: any value is one. `weak`: the word names
 * other things too, so the value must not look like one of those. `pair`: the value is `user:secret`.
 */
export type NameStrength = 'strong' | 'weak' | 'pair'

/** A list is searched as it stands: to make sets of them costs a fresh process more than the few questions it has. */
const isIn = (list: string, word: string): boolean => list.includes(` ${word} `)

const STRONG =
  ' pass passw pw pwrd pswd psw phrase passwoord wachtzin ww kw losung mdp passe paswoord wachtwoorden passwords pwds masterauth passord parole ' +
  `${FURTHER_NAMES} `
const STRONG_END =
  /(?:password|passwd|passwort|passphrase|passcode|kennwort|wachtwoord|motdepasse|pwd|psk)$|^(?!(?:by|com|sur|tres|encom|over|under|multi|single|two|band|low|high|tur)pass$)[a-z]{2,16}pass$|^(?!(?:http|unique|min|max|mpp|zp|up)pw$)[a-z]{1,9}pw$/
const WEAK =
  ' otp totp pin puk community geheim jeton sopin userpin licenskey customerkey tokenkey unlockword openword magicword accessword secretword' +
  ' opensesame sesame magicphrase authcode toegangssleutel '
const WEAK_END =
  /(?:secret|token|uninstallcode|(?:api|auth|secret|access|private|licen[sc]e|product|master|shared|account|pass)key)$/
/** Words before `key` that make it a secret: a sort key is none. */
const KINDS_OF_KEY =
  ' api access auth private secret account shared master license licence join enrol enroll enrollment enrolment registration preshared psk storage' +
  ' signing encryption encrypt function functions host subscription installation install setup uninstall agent ingest integration integrator' +
  ' recovery unlock product serial security vault site activation provisioning rmm service wifi wep wpa webhook session tsig' +
  ' toegangs zugangs manager operator admin administrator root supervisor engineer maintenance '
const PAIR = ' cred user userpass userpwd auth creds credentials credential login basicauth usrpwd userpasswd logon '
/** They make of a name something that is said about a secret. */
const ABOUT =
  ' no not ask prompt without require required requires show hide print generate gen random min max allow disable enable skip check verify' +
  ' remember use using noask public expire expires expired expiry never last store count is has can must with read list get send copy' +
  ' minimum create put delete update describe rotate revoke import export renew remove manage view maximum complexity lifetime toggle number' +
  ' next continuation sync cancellation csrf xsrf page '
/** `-SecretValue`, `--secret-string`: what the name ends with may be left out. */
const VALUES = ' value string text plain plaintext content data new old current '

/** How surely a name says that its value is a secret, or undefined where it does not. Knows camel case, and four languages. */
export function secretName(name: string): NameStrength | undefined {
  const lower = name.toLowerCase()
  if (!SECRET_STEMS.test(lower) && (lower.length < 5 || !FURTHER_NAMES.includes(lower.slice(-5)))) return undefined
  const parts = partsOf(name)
  while (parts.length > 1 && isIn(VALUES, parts.at(-1) ?? '')) parts.pop()
  const last = parts.at(-1)
  if (last === undefined) return undefined
  const before = parts.slice(0, -1)
  if (before.some((part) => isIn(ABOUT, part))) return undefined
  if (isIn(STRONG, last) || STRONG_END.test(last)) return 'strong'
  const joined = before.at(-1) ?? ''
  if (last === 'word' && joined === 'pass') return 'strong'
  if (last === 'key' && (isIn(KINDS_OF_KEY, joined) || (joined === 'shared' && before.includes('pre')))) return 'weak'
  if (isIn(WEAK, last) || WEAK_END.test(last) || isNameOfKey(last)) return 'weak'
  return isIn(PAIR, last) ? 'pair' : undefined
}

/** `installkey`; a host key is a fingerprint. */
const isNameOfKey = (word: string): boolean =>
  word.endsWith('key') && word !== 'hostkey' && isIn(KINDS_OF_KEY, word.slice(0, -3))

function partsOf(name: string): string[] {
  return name
    .slice(-80)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d\x80-\uffff]+/)
    .map((part) => part.replace(/\d{1,3}$/, ''))
    .filter((part) => part !== '')
}

/** A quick search that no name of a secret gets past: a text without any of these has none. Lower case. */
export const SECRET_STEMS =
  /pass|word|sesame|paswo|pw|psk|phrase|wacht|ww|kenn|kw|losung|mdp|token|secret|otp|pin|puk|community|key|geheim|jeton|auth|code|sleutel|user|cred|log[io]n/

/** Digits and signs between letters, as typed passwords have them and words of a sentence do not. */
export function looksTyped(value: string): boolean {
  return (
    value.toLowerCase() !== value.toUpperCase() &&
    /[\d!#$%&*+?@^~]/.test(value) &&
    !/^(?:https?:|[A-Za-z]:\\|[\\/~.])/.test(value)
  )
}
