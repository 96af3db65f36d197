import { wordSet } from './words.ts'

/**
 * How much a name says: `strong` names nothing but a secret, whatever its value looks like; the value of a `medium` one must not look like a
 * word; the value of a `weak` one must look random, and that of a `faint` one, which mostly names something else, long and random.
 */
export type Grade = 'strong' | 'medium' | 'weak' | 'faint'

export interface Meaning {
  /** What the mark calls it. */
  kind: string
  grade: Grade
}

/** Whole words, or the ends of words that were written together (`dbpassword`, `Benutzerkennwort`). */
const PASSWORD =
  / [a-z]*(?:pass ?words?|passwor|passwd|pas?swrd|pasword|pass ?worte?|pass ?hash|pass ?phrase|pass ?code|kenn ?worte?|kennt ?wort|kenwort|wachtwoord(?:en)?|wachtzin|motdepasse|contrasenas?|parola|(?:kenn|pas|pass|wacht)w|(?:zugangs|losungs|code|schlussel|schluessel)wort|(?:toegangs|sleutel|code|merk)woord|(?:code|magic) ?word|(?:unlock|login|access|secret|security) phrase|sesam|(?:geheim|magi[ec]) ?wort) | (?:mots? de passe|phrase (?:de passe|secrete)|pass ?(?:satz|zin)|mdp|ww|cle d acces|geheim ?zahl) /
const SHORT_PASSWORD =
  / (?:adm(?:in)?|auth|auto|bind|conf|cur|db|default|enable|ftp|host|http|imap|key|ldap|local|login|mail|master|my|mysql|new|old|pg|pop|ppp|proxy|rdp|require|root|sa|server|service|sip|smb|smtp|sql|ssh|store|su|svc|sys|temp|tmp|trust|user|vnc|vpn|web|wifi|wlan|x)?(?:pwd|pass|pw|psw|passwt) /
const SHARED =
  / (?:[a-z]*psk|psk secret|[a-z]*pre ?shared ?(?:keys?|secret)|pre ?shared|(?:wpa|wep|wi ?fi|wlan|wireless|network|netzwerk|hotspot|gast|guest|ssid|radius|tacacs|ipsec|vpn|l tp|ike|tunnel|shared) ?(?:[a-z]+ )?(?:key|secret|code|sleutel|schlu?e?ssel)|key ?content|key ?material|[a-z]*(?:netwerk|wifi|wlan|beveiligings)sleutel|[a-z]*(?:netzwerk|sicherheits|wlan|vpn)schlu?e?ssel|cle (?:(?:de|du|d|de la|de l) )?(?:securite|reseau|wi ?fi|wpa|partagee|wep|prepartagee)|security key|sleutelinhoud|schlu?e?sselinhalt|contenu de la cle|contenido de la clave|contenuto (?:della )?chiave|clave de seguridad|masterauth|bind ?cred[a-z]*|snmp [a-z ]{0,20}community) /
const PIN = / (?:pin ?code|puk ?code|code pin|pin|puk|[a-z]+pin ?code|voicemail pin|user pin|device pin) /
const ACCESS_CODE =
  / (?:[a-z]*(?:toegangs|zugangs|zugriffs|alarm|deur|tur|tuer|kluis|ontgrendel|entsperr|inlog|activatie|aktivierungs|sicherheits|beveiligings|freischalt|vault|installatie|switch|keypad|door|gate|entry|lock)code|(?:access|entry|integration|[a-z]*integration|alarm|door|gate|safe|unlock|disarm|installer|engineer|security|lock|garage|master|duress|admin|remote|enable|activation|backup|recovery|scratch|rescue|auth|verification|otp|mfa) ?codes?|code (?:d )?(?:acces|alarme|secret|porte|de secours|de securite|portail)|zugangscode|codes? de (?:secours|recuperation|secours)|herstelcodes?|noodcodes?|back ?up ?codes?|(?:wiederherstellungs|notfall|einmal)codes?) /
const SECRET_KEY =
  / (?:(?:api|app|access|account|sip|admin|auth|authentication|authorization|client|consumer|crypt|data|db|decrypt|decryption|deploy|encrypt|encryption|function|functions|hmac|identity|integration|jwt|license|licence|licentie|machine|management|master|mgmt|partner|priv|private|product|recovery|secret|security|secure|serial|server|service|session|shared|shared access|sign|signing|signature|site|storage|subscription|symmetric|unlock|validation|webhook|write|read|admin|registration|join|rescue|herstel|windows|office|volume|activation|enrollment|agent|probe|device|setup|install|installation|uninstall|tamper|bypass) ?keys?|[a-z]*(?:api|access|secret|priv|private|auth|account|master|encryption|signing|shared|session|licen[cs]e|product|crypt)keys?|[a-z]*(?:herstel|licentie|product|activatie|encryptie|versleutelings)sleutel|[a-z]*(?:wiederherstellungs|lizenz|produkt|aktivierungs|verschlusselungs|verschluesselungs|api|zugriffs)schlu?e?ssel|cle (?:api|de (?:recuperation|licence|produit|chiffrement|recouvrement)|privee|secrete|d api|produit|licence)|(?:geheime|prive|persoonlijke|privater?|geheimer) (?:sleutel|schlu?e?ssel)) /
const SECRET =
  / (?:[a-z]*secrets?|[a-z]*geheim(?:nis)?|client ?secret|app ?secret|[a-z]* ?secret ?(?:value|string|text)|cookie secret|seeds?|totp|otp|totp secret|otp seed|seed phrase|recovery phrase|mnemonic|adm pwd|sharedaccesssignature|sas token|sas) /
const TOKEN =
  / (?:[a-z]*(?:access|api|auth|bearer|bot|csrf|deploy|id|job|oauth|personal|refresh|registration|runner|security|session|user|xsrf|webhook|join|enrollment|agent|app|device|client|jwt|verification|invite|access)? ?token|[a-z]*(?:auth|access|api|bot|session|refresh|bearer)token|jwt|jeton|bearer|pat|access[a-z]*jeton|toegangstoken|zugriffstoken|zugangstoken) /
const CREDENTIAL = / (?:[a-z]* ?cred(?:s|ential|entials)?|inloggegevens|zugangsdaten|anmeldedaten|identifiants) /
const COMMUNITY = / (?:[a-z]*community|communaute|r[ow]community) /
const SESSION = / (?:cookies?|session ?id|sess ?id|auth|key|code|sleutel|schlu?e?ssel|cle|sig|signature) /

/** In this order: the first that fits names it. Before each what one of its words holds, which is tried first: patterns that long are dear to compile. */
const MEANINGS: readonly [RegExp, RegExp, Meaning][] = [
  [
    /psk|key|secret|share|code|sleutel|ssel|inhal|inhoud|snmp|cle |clave|chiave|masterauth|bind ?cred/,
    SHARED,
    { kind: 'password', grade: 'strong' },
  ],
  [
    /pas|wor|woord|wach|kennw|sesam|contra|parola|phrase|zin |mdp|ww|geheim|cle /,
    PASSWORD,
    { kind: 'password', grade: 'strong' },
  ],
  [/pwd|pass|pw |psw/, SHORT_PASSWORD, { kind: 'password', grade: 'strong' }],
  [/pin|puk/, PIN, { kind: 'pin', grade: 'medium' }],
  [/code/, ACCESS_CODE, { kind: 'pin', grade: 'medium' }],
  [/key|sleutel|ssel|cle /, SECRET_KEY, { kind: 'api-key', grade: 'medium' }],
  [/secret|geheim|seed|otp|phrase|mnemonic|pwd|sharedaccess|sas /, SECRET, { kind: 'secret', grade: 'medium' }],
  [/token|jwt|jeton|bearer|pat /, TOKEN, { kind: 'token', grade: 'weak' }],
  [/cred|gegevens|daten|identif/, CREDENTIAL, { kind: 'secret', grade: 'weak' }],
  [/commun/, COMMUNITY, { kind: 'password', grade: 'medium' }],
  [/cook|sess|auth|key|code|sleutel|ssel|cle |sig/, SESSION, { kind: 'secret', grade: 'faint' }],
]

/** What a name has that tells something about a secret, and not the secret: `PasswordLastSet`, `key_size`, `secretName`. */
const ABOUT_AFTER = wordSet(
  `lastset verlauf speichert set age ages length len size bit bits min max minimum maximum required requirement requirements change changed changeable
   changing date time timestamp at complexity count counter attempt attempts tries retries never hint hints prompt field label type
   types name names id ids identifier file filename path dir directory folder url uri ref refs reference vault use uses usage lifetime
   ttl validity valid status state enabled disabled provider manager managers generator method mode rule rules strength strategy
   format encoding column columns index algorithm alg version scope scopes endpoint issuer audience filter locked lockout quality day
   days hour hours minute minutes seconds interval schema validator validation visible placeholder autocomplete needed properties pair
   pairs ring rings chain store stores board word words code codes frame press down up event events map space spec source selector
   mount mounts class env arn region reset resets request requested issued created creation rotation rotate rotated rotates update
   updated updates modified verloopt laatst gewijzigd geandert modifie match mismatch incorrect wrong invalid failed failure feedback
   level separator delimiter limit limits usages figures blacklist fingerprint thumbprint identity nr number constraint order lookup
   prefix suffix exchange agreement fob elevation group auth authentication cache handler error errors result screen dialog form page
   button reader writer factory builder callback option options config settings support info details list bag sync writeback less free
   spray guess recovery rejected accepted verification verified managed owner scheme cost rate ratio mgmt lauft verloopdatum vervalt
   command cmd program script helper plugin container only hashed salted fields`,
)
const ABOUT_STEMS = / (?:expir|polic|histor|protect|warn|crack|ablauf)/
/** What says before a name that the secret itself is not there: `hasPassword`, `max tokens`. */
const ABOUT_BEFORE = wordSet(
  `has is no not without min max minimum maximum use uses using need needs require requires required allow allows allowed show hide
   check verify validate must force blank null empty forgot forgotten lost total num number count ask asks prompt prompts remember
   enforce reversible public pub partial prompted enter type confirm incorrect wrong invalid bad missing unexpected expected failed`,
)
/** Of what else there is a key, a code or a token. */
const OTHER_KEY = wordSet(
  `primary foreign sort sorted partition unique cache caching object hot shortcut composite candidate lookup dictionary hash map row
   cell group routing arrow function home host known trusted cancellation next previous prev page continuation continue pagination
   sync delta error status exit return response http zip postal country language lang area source item article color colour qr bar vs
   stop event reason result state html byte machine op dead escape shift ctrl control alt super menu left right registry reg message
   msg translation idempotency dedup publickey after before current first last each every per which any git config json xml yaml
   property this ssh gpg pgp rsa ecdsa ed dsa in`,
)

const isAbout = (tail: string): boolean =>
  tail.trim() !== '' && (tail.split(' ').some((word) => ABOUT_AFTER.has(word)) || ABOUT_STEMS.test(tail))

const lastOf = (words: string): string => words.trimEnd().split(' ').at(-1) ?? ''

/** After a name that often means something else nothing may follow but whose or what for it is. */
const OF_SOMEBODY = /^ (?:(?:for|voor|fur|pour|of|van|von|de|du|is|ist|est|value|string|v|base) .*)?$/

/** `client_secretKey2` → ` client secret key `: what the patterns read. */
export function wordsOf(name: string): string {
  const plain = /[^\0-\x7f]/.test(name) ? name.normalize('NFD').replace(/\p{M}/gu, '') : name
  const words = plain
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ')
  return ` ${words.trim()} `
}

/**
 * What a name says of its value.
 *
 * @param name the key itself, as it is written: `dbPassword`, `client_secret`
 * @param before the words before it on its line, which may belong to it: `client` of `client secret`
 * @param after the words between it and the sign that the value follows: `for ana` of `password for ana:`
 */
export function meaningOf(name: string, before = '', after = ''): Meaning | undefined {
  const left = wordsOf(before).trimEnd()
  const words = `${left}${wordsOf(`${name} ${after}`)}`
  for (const [hint, pattern, meaning] of MEANINGS) {
    const match = hint.test(words) ? pattern.exec(words) : null
    // Found only in what stands before: the name itself says nothing.
    if (!match || match.index + match[0].length < left.length + 2) continue
    const head = words.slice(0, match.index + 1)
    const tail = words.slice(match.index + match[0].length - 1)
    const last = lastOf(head)
    if (isAbout(tail) || ABOUT_BEFORE.has(last)) return undefined
    const isOften = meaning.grade === 'weak' || meaning.grade === 'faint'
    if (isOften && (OTHER_KEY.has(last) || !OF_SOMEBODY.test(tail))) return undefined
    return / (?:hash|digest|salt|enc|encrypted) /.test(tail) ? { kind: meaning.kind, grade: 'weak' } : meaning
  }
  return undefined
}
