/** The words of sentences that tell a secret, in English, Dutch, German and French, with the misspellings that people make. */

const any = (...parts: string[]): string => `(?:${parts.join('|')})`

/**
 * All patterns here read the text in lower case: neither `i` nor `u` is needed, which makes them several times faster. Words that Dutch and German
 * make longer at the front (`beheerderswachtwoord`, `Initialkennwort`) are found by their end.
 */
export const PASSWORD_LABEL = new RegExp(
  any(
    'pas{1,2}w(?:or|ro|r|oor|ar)[dt](?:e?s|en)?|paßwort',
    'pas{1,2}(?:wd|owrd|wod|wrd|w)',
    'pas{1,2}[ -]?(?:phrase|code|key)s?',
    'pas{1,2}w(?:o|ö)rt(?:er?n?|es|s)?',
    'wa(?:ch|tch|hct|ht)[td]?woo?r?[dt]{1,2}(?:en|je)?|wachtzin|wachtw(?:rd|d)?|toegangswoord',
    'ken{1,2}w(?:o|ö)r[td](?:er|es|s)?|losung(?:swort)?|wachtcode',
    "mots?[ _-]?de?[ _-]?pas{1,2}e|motdepasse|mdp|phrase (?:secrète|de passe)|code d['’ ]acc[eè]s",
    'p(?:wd?|sw)s?|ww|s[eé]same?|sesam|(?:code|tover)woord|(?:code|zauber)wort|(?:code|magic|secret)[ ]?word|mot magique|geheim woord|toegangscode|inlogcode|zugangscode|access code',
    '(?:wi-?fi|wlan|wpa2?|wireless|hotspot|netwerk|netzwerk|network|gasten?|guest|security)[ -]?(?:key|code|sleutel|schlüssel|pass(?![a-z])|psk)',
    '(?:sleutel|code|schlüssel|clé|key)(?: [a-zß-ÿ]{2,5}){1,2} [a-zß-ÿ-]{0,12}(?:wi-?fi|wlan|netwerk|netz|network|réseau|hotspot)',
    "cl(?:é|ef|e) (?:du |de |d['’])?(?:wi-?fi|wpa2?|réseau|wlan|sécurité)",
    '(?:code|clé|clef|key|sleutel)[ -](?:wi-?fi|wlan|wpa2?|réseau)',
    'psk|pre-?shared[ -]key|shared secret|gedeelde? (?:geheim|sleutel)|cl(?:é|ef) partagée|secret partagé',
  ),
  'g',
)

/** Both halves of an account. */
export const LOGIN_LABEL = new RegExp(
  any(
    'cred(?:ential)?s?|combo|log(?:in|on)s?|log(?:ged|ging)? (?:in|on)|sign(?:ed|ing)?[ -]?in',
    'inlog(?:gegevens|gen|naam)?|logt in|aanmeld(?:gegevens|en)|toegang|account',
    'zugang(?:sdaten)?|anmelde?(?:daten|n|ung)|einloggen|logindaten|login-daten|melden sie sich',
    'identifiants?|connexion|connecter|connectez-vous|acc[eè]s',
  ),
  'g',
)

/** Labels that may be the end of a longer word. */
const TAILS = /^(?:pas|wa|ken|inlog|zugang|anmeld)/

/** Places of a text where one of the labels stands as a word of its own, at most `MAX_LABELS`. */
export function* labelsIn(lower: string, label: RegExp): Generator<{ start: number; end: number }> {
  let count = 0
  for (const match of lower.matchAll(label)) {
    const start = match.index
    const end = start + match[0].length
    if (WORD.test(lower[end] ?? '') || /[\\(]/.test(lower[end] ?? '')) continue
    const before = lower[start - 1] ?? ''
    if (/[\d_$.%/\\]/.test(before) || (LETTER.test(before) && !(match[0].length > 7 && TAILS.test(match[0])))) continue
    if (before === '-' && !(match[0].length > 7 && TAILS.test(match[0]))) continue
    if (lower.startsWith('--as ', start - 5)) continue
    count += 1
    if (count > MAX_LABELS) return
    yield { start, end }
  }
}

/** More sentences about passwords than this are no sentences: the time would no longer be linear. */
const MAX_LABELS = 500

const LETTER = /[a-zß-ÿœ]/
const WORD = /[a-zß-ÿœ\d_]/

/** Verbs that say what something is or becomes, with what may stand around them. */
const ADVERB = any(
  ...[
    'now',
    'currently',
    'still',
    'again',
    'just',
    'simply',
    'temporarily',
    'set',
    'reset',
    'changed',
    'updated',
    'back',
    'for now',
    'from now on',
    'today',
  ],
  ...[
    'nu',
    'nog',
    'steeds',
    'nog steeds',
    'weer',
    'gewoon',
    'voorlopig',
    'tijdelijk',
    'gezet',
    'gereset',
    'gewijzigd',
    'veranderd',
    'aangepast',
    'ingesteld',
    'geworden',
    'voortaan',
    'vanaf nu',
    'per direct',
  ],
  ...[
    'jetzt',
    'nun',
    'noch',
    'immer noch',
    'wieder',
    'einfach',
    'vorläufig',
    'gesetzt',
    'geändert',
    'zurückgesetzt',
    'ab sofort',
    'ab jetzt',
    'ab heute',
    'erstmal',
  ],
  ...[
    'maintenant',
    'désormais',
    'dès maintenant',
    'toujours',
    'encore',
    'simplement',
    'provisoirement',
    'mis',
    'remis',
    'changé',
    'modifié',
    'réinitialisé',
  ],
)
const IS = any(
  ...['is', 'was', 'are', "'s", 'has been', 'should be', 'will be', 'becomes', 'became', 'reads', 'equals'],
  ...['blijft', 'wordt', 'werd', 'luidt', 'heet'],
  ...['ist', 'isch', 'war', 'lautet', 'lauten', 'wird', 'wurde', 'bleibt', 'heißt'],
  ...["c['’]est", 'est', 'sont', 'était', 'devient', 'sera', 'reste'],
)
const TO = any('to', 'into', 'as', 'naar', 'op', 'in', 'auf', 'zu', 'à', 'en', 'par')
const CHANGED =
  '[a-z]{0,12}(?:set|changed?|changing|updated?|rotated?|gezet|gewijzigd|wijzig|veranderd?|aangepast|ingesteld|zet|geändert|gesetzt|setze|ändere|remis|mis|changé|modifié|initialisé)'
const AFTER_VERB = String.raw`(?:[ \t]{0,3}[:=])?[ \t\r\n]{1,6}`

/** "is", "was changed to", "lautet jetzt:" */
const SAYS = String.raw`[ \t]{1,3}${IS}(?:[ \t]{1,3}${ADVERB}){0,3}(?:[ \t]{1,3}${TO})?${AFTER_VERB}`
/** "changed to", "reset to", "gewijzigd naar" */
const CHANGES = String.raw`[ \t]{1,3}${CHANGED}(?:[ \t]{1,3}${ADVERB}){0,2}[ \t]{1,3}${TO}${AFTER_VERB}`
/** `:`, `=`, an arrow or a dash, also with the value in the next line. */
const POINTS = String.raw`["'*_)\]]{0,4}[ \t\u00a0]{0,8}(?::|={1,2}>?|:=|-{1,2}>|→|⇒|(?<=[ \u00a0])[-–—](?=[ \t]))[*_]{0,3}[ \t\u00a0]{0,8}(?:\r?\n[ \t>]{0,8})?`

/** "pw erstmal X" */
export const MEANWHILE =
  /[ \t]{1,2}(?:erstmal|vorerst|vorläufig|jetzt|voorlopig|tijdelijk|nu|for now|currently|temporarily|now|provisoirement|pour l['’]instant|maintenant)[ \t]{1,2}/y

/** What links a label to its value; the group tells that it is no verb. */
export const LINK = new RegExp(`(?<points>${POINTS})|${SAYS}|${CHANGES}`, 'y')
/** "to", "naar": after a verb that stood before the label. */
export const GOES_TO = new RegExp(String.raw`[ \t]{1,3}${TO}${AFTER_VERB}`, 'y')
/** A verb of changing before the label, so that "to" goes to the new value. */
export const CHANGED_BEFORE =
  /(?:reset|set|chang|updat|wijzig|verander|zet|aangepast|änder|setz|\bhabe|remis|mis|modifi|initialis)[^.\n]{0,50}$/
/** The same after the value, as Dutch and German have it. */
export const CHANGED_AFTER =
  /^["'’*_)]{0,3}[ \t](?:gezet|gereset|gesetzt|zurückgesetzt|geändert|gestellt|umgestellt|festgelegt|angepasst|gewijzigd|veranderd|aangepast|ingesteld)/

/** A question that the next line answers. */
export const ANSWERED = /[ ]?[?]?[ \t>]{0,4}\r?\n[ \t>]{0,8}/y
/** A word between the label and the link: "for ana@x.nl", "van de router", "des WLAN-Gastnetzes". */
export const FILLER = /[ \t]{1,3}\(?[a-zß-ÿœ\d][a-zß-ÿœ\d.'’@_/&-]{0,40}[),]?/y
