import type { Source } from '../finding.ts'
import { holdsAny } from '../hints.ts'
import { FURTHER_NAMES } from '../names/languages.ts'

/**
 * Words of sentences that tell a secret, in English, Dutch, German and French, with the misspellings that people make: what a text must hold to be
 * searched for them, and what they look like. The words of one list are one pattern, made of the parts that a text may hold.
 *
 * All patterns here read the text in lower case: neither `i` nor `u` is needed, which makes them several times faster. Words that Dutch and German
 * make longer at the front (`beheerderswachtwoord`, `Initialkennwort`) are found by their end.
 */
export type Labels = readonly (readonly [hints: string, pattern: string])[]

export const PASSWORD_LABELS: Labels = [
  [
    `passord,${FURTHER_NAMES.replaceAll(' ', ',')}`,
    `(?:passord|l[öo]senord|kodeord)et|passord|palavra-passe|${FURTHER_NAMES.replaceAll(' ', '|')}`,
  ],
  [
    'pas,paß',
    'pas{1,2}(?:w(?:or|ro|r|oor|ar)[dt](?:e?s|en)?|wd|owrd|wod|wrd|w(?!(?:o|ö)rt)|[ -]?(?:phrase|code|key)s?|w(?:o|ö)rt(?:er?n?|es|s)?)|paßwort',
  ],
  [
    'wach,watc,wahc,waht,toegangsw,kenw,kennw,losung',
    'wa(?:ch|tch|hct|ht)[td]?woo?r?[dt]{1,2}(?:en|je)?|wachtzin|wachtw(?:rd|d)?(?:\\.(?=[ :]))?|toegangswoord|ken{1,2}w(?:o|ö)r[td](?:er|es|s)?|losung(?:swort)?|wachtcode',
  ],
  [
    'mot,mdp,phrase ,code d,pw,psw,ww,sesam,sésam,codewo,code wo,toverwo,zauberwo,magi,secret,geheim w,gscode,inlogcode,access code',
    "mots?[ _-]?de?[ _-]?pas{1,2}e|motdepasse|mdp|phrase (?:secrète|de passe)|code d['’ ]acc[eè]s|p(?:wd?|sw)s?|ww|s[eé]same?|(?:code|tover)woord|(?:code|zauber)wort|(?:code|magic|secret) ?word|mot magique|geheim woord|toegangscode|inlogcode|zugangscode|access code",
  ],
  [
    'wifi,wi-fi,wlan,wpa,wireless,hotspot,netwerk,netz,network,gast,guest,security,réseau,sécurité,psk,shared,gedeeld,partag',
    "(?:wi-?fi|wlan|wpa2?|wireless|hotspot|netwerk|netzwerk|network|gasten?|guest|security)[ -]?(?:key|code|sleutel|schlüssel|pass(?![a-z])|psk)|(?:sleutel|code|schlüssel|clé|key)(?: [a-zß-ÿ]{2,5}){1,2} [a-zß-ÿ-]{0,12}(?:wi-?fi|wlan|netwerk|netz|network|réseau|hotspot)|cl(?:é|ef|e) (?:du |de |d['’])?(?:wi-?fi|wpa2?|réseau|wlan|sécurité)|(?:code|clé|clef|key|sleutel)[ -](?:wi-?fi|wlan|wpa2?|réseau)|psk|pre-?shared[ -]key|shared secret|gedeelde? (?:geheim|sleutel)|cl(?:é|ef) partagée|secret partagé",
  ],
]

/** Both halves of an account. */
export const LOGIN_LABELS: Labels = [
  [
    'cred,combo,login,logon,log in,log on,logged ,logging ,logt in,inlog,signin,sign in,sign-in,signed,signing,aanmeld,toegang,account,zugang,anmeld,einlog,melden sie,identifiant,connexion,connect,acces,accès',
    'cred(?:ential)?s?|combo|log(?:in|on)s?|log(?:ged|ging)? (?:in|on)|sign(?:ed|ing)?[ -]?in|inlog(?:gegevens|gen|naam)?|logt in|aanmeld(?:gegevens|en)|toegang|account|zugang(?:sdaten)?|anmelde?(?:daten|n|ung)|einloggen|logindaten|login-daten|melden sie sich|identifiants?|connexion|connecter|connectez-vous|acc[eè]s',
  ],
]

/** Labels that may be the end of a longer word. */
const TAILS = /^(?:pas|wa|ken|inlog|zugang|anmeld)/

/** Places of a text where one of the labels stands as a word of its own, at most `MAX_LABELS`. */
export function* labelsIn({ lower, has }: Source, labels: Labels): Generator<{ start: number; end: number }> {
  const parts = labels.filter(([hints]) => holdsAny(hints, ',', has)).map(([, pattern]) => pattern)
  if (parts.length === 0) return
  let count = 0
  for (const match of lower.matchAll(patternOf(parts.join('|')))) {
    const start = match.index
    const end = start + match[0].length
    if (/[a-zß-ÿœ\d_\\(]/.test(lower[end] ?? '')) continue
    const before = lower[start - 1] ?? ''
    if (/[\d_$.%/\\]/.test(before)) continue
    if (/[a-zß-ÿœ-]/.test(before) && !(match[0].length > 7 && TAILS.test(match[0]))) continue
    if (lower.startsWith('--as ', start - 5)) continue
    count += 1
    if (count > MAX_LABELS) return
    yield { start, end }
  }
}

/** There are as many as there are sets of parts. */
const patterns = new Map<string, RegExp>()

function patternOf(parts: string): RegExp {
  const known = patterns.get(parts)
  if (known) return known
  const made = new RegExp(parts, 'g')
  patterns.set(parts, made)
  return made
}

/** More sentences about passwords than this are no sentences: the time would no longer be linear. */
const MAX_LABELS = 500
