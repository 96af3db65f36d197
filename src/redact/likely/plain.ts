import type { Report, Source } from '../finding.ts'
import { COMMON, PARTICIPLE } from './common.ts'
import { ACCOUNT_NAMES } from './words.ts'

/** What else such a text holds: the dear patterns are compiled only then. */
const OPTION = [' -', ' /']
const ANSWER = ['send', 'type', 'write', 'answer', 'reply', 'respond']

/** Plain words that stand where hardly anything but a password stands. All patterns read the text in lower case. */
const PLACES: readonly [hints: readonly string[], pattern: RegExp, others?: readonly string[]][] = [
  // An option that asks for a code or a phrase: --maint-code X, /vaultkey:X, --installatiecode X
  [
    [
      'code',
      'phrase',
      'zin',
      'unlock',
      'key',
      'sleutel',
      'schluessel',
      'schlüssel',
      'sesam',
      'handshake',
      'authori',
      'word',
      'lockwith',
    ],
    /(?<=[ \t"'])(?:--?|\/)(?!(?:to|from|re|http|source|target|country|language|lang|zip|postal|area|exit|error|status|byte|char|op|bar|qr|short|state|region|color|colour|phone|dial|currency|product|response|return|x|v|no|en|de|trans|uni|time|event|reason|key|public|pub|sort|foreign|primary|host|registry|reg|hot|partition|row|index|api|ssh|gpg|sign|signing|trusted)-?(?:code|key))(?:[a-z]{2,16}-?)?(?:code|phrase|zin|unlock|(?:vault|safe|adm|admin|acct|account|user|join|enrol|access|door|site|repo|device|network|wifi|archive)key|(?:agent|site|door|user|admin|join|open|magic|safe|secret)-?word|lockwith|sleutel|schl(?:ue|ü)ssel|sesame?|handshake|authori[sz]e)(?:[ \t]{1,3}|[=:])["']?(?<bare>[a-zß-ÿ]{5,24}|\d{4,10})(?=["']?(?:[ \t]|$|\r?\n))/dgm,
    OPTION,
  ],
  // "-l apc -w X", "/usr:bck /k:X": a user and one letter. Not "-p": after it MySQL has the database.
  [
    [' -w', ' -k', ' /k', ' /w', 'key', 'secret', 'say', 'word', 'phrase'],
    /[ \t](?:-{1,2}|\/)(?:u|l|usr|user|acct|account|login|as|who|id)[ :=]{1,2}["']?[a-z][\w.\\@-]{1,40}["']?[ \t]{1,3}(?:-{1,2}|\/)(?:w|k|acctkey|authkey|admkey|userkey|say|secret\w{0,8}|word|phrase|waarmee|womit|with)[ :=]{1,2}["']?(?<bare>[a-zß-ÿ]{6,24})(?=["']?(?:[ \t]|$|\r?\n))/dgm,
    OPTION,
  ],
  // "-cred monitor:X", "--login viewer:X"
  [
    ['-cred', '-login', '-auth'],
    /[ \t]-{1,2}(?:cred|creds|credential|credentials|login|auth)[ =:]["']?[a-z][\w.-]{1,30}:(?<bare>[a-zß-ÿ]{5,24})(?=["']?(?:[ \t]|$|\r?\n))/dgm,
    OPTION,
  ],
  // A query of a URL: u=admin&p=X
  [
    ['&p', '&k', '&w', '&s', '&code', '&pin'],
    /[?&](?:u|usr|user|username|login|account|name|id)=[^&\s"']{1,60}&(?:p|pw|ps|k|w|s|code|pin)=(?<bare>[^&\s"'#<>]{4,60})/dg,
  ],
  // The session of a program for remote support
  [
    ['teamviewer', 'anydesk', 'rustdesk', 'quicksupport'],
    /(?:teamviewer|anydesk|rustdesk|quicksupport)[^\n]{0,40}?(?<!\d)(?:\d[ .])?\d{3}[ .]?\d{3}[ .]?\d{3,4}[ \t]{0,3}[/,:;|-][ \t]{0,3}(?:(?:pw|pass\w{0,5}|code|ww|kennwort|wachtwoord|mdp|mot de passe)[ :]{1,2})?(?<bare>(?!pw|pass|code|kennw|wachtw|mot |mdp)[a-zß-ÿ\d!#$%][a-zß-ÿ\d!#$%-]{3,24})(?![\w.])/dg,
  ],
  // router.access = admin:X@192.0.2.1
  [['@'], /(?<![\w/@.-])[a-z][\w.-]{1,20}:(?<bare>[^\s:@/"'<>{}$]{5,40})@(?=\d{1,3}(?:\.\d{1,3}){3}(?![\d.]))/dg],
  // login jan X service ppp
  [
    ['login ', 'user '],
    /^[ \t]{0,8}(?:login|user|username)[ \t]{1,2}[a-z][\w.-]{1,20}[ \t]{1,2}(?<bare>[a-zß-ÿ]{6,24})[ \t]{1,2}(?:service|privilege|role|class|profile|priv)[ \t]/dgm,
  ],
  // kettle.join=X
  [
    ['.join', '.unlock', '.say', '.sesam'],
    /^[ \t]{0,8}[\w.-]{1,30}\.(?:join|unlock|say|sesame?)[ \t]{0,2}=[ \t]{0,2}["']?(?<bare>[a-zß-ÿ]{6,24})["']?[ \t]{0,4}\r?$/dgm,
  ],
  // "use X when it asks"
  [
    ['asks', 'asked', 'vraagt', 'fragt', 'demande'],
    /(?<![a-zß-ÿ])(?:use|type|enter|give it|gebruik|typ|tik|geef|nimm|benutze|gib|utilise|tape|mets)[ \t](?:dan |then |just |gewoon )?["'«]?(?<bare>[a-zß-ÿ]{6,24})["'»]?,?[ \t](?:if|when|whenever|als|wanneer|zodra|wenn|sobald|quand|si)[ \t](?:[a-zß-ÿ]{1,10} ){0,3}(?:asks|asked|vraagt|fragt|demande)/dg,
  ],
  // IMAP and its like in a log: A02 LOGIN info@x X
  [
    [' login '],
    /(?<=^|[\s:])[a-z]{0,4}\d{1,4} login "?[^\s"]{2,60}"? "?(?<bare>[^\s"{}]{4,60})"?(?=[ \t]{0,4}(?:$|\r?\n))/dgm,
  ],
  // Somebody waits for the prompt of a password and sends it
  [
    ['pass', 'wachtw', 'kennw', 'code:', 'pin'],
    /(?:pass(?:w(?:or[dt]|d))?|assword|wachtwoord|kennwort|mot de passe|code|pin)[ :?]{0,3}["'][ \t]{0,3}[;,)}]{0,2}[\s]{0,6}(?:then[ \t])?[{ \t]{0,3}(?:send\w{0,8}|type\w{0,5}|write\w{0,5}|answer|reply|say|put|respond)[ (\t-]{1,6}["'](?<bare>[^"'\\\r\n$]{4,40})(?=\\[rn]|["'])/dg,
    ANSWER,
  ],
]

/** "root -> X", "apc / X": an account, a sign with space around it, and one last word. */
const PAIR =
  /(?<=^|[\n,;:(]|[ \t](?:is|for|van|für|pour|ui|web|bios|uefi)?[ \t]?)(?<user>[a-z][a-z\d._-]{1,20})[ \t]{1,3}(?:\/{1,2}|->|→|—|–|-|(?<=(?:supervisor|beheer|admin|sa)[ \t]{1,3})=)[ \t]{1,3}["']?(?<bare>[a-zß-ÿ\d!#$%&*+._-]{6,24})(?=["']?[).,]{0,2}[ \t]{0,4}(?:[;,(]|$|\r?\n|\)))/dg

/** "Console: root, X (to be changed)" */
const COMMA =
  /(?<=:[ \t]{1,2})(?<user>[a-z][a-z\d._-]{1,20}),[ \t](?<bare>[a-zß-ÿ]{6,24})(?=[ \t]?[.(;]|[ \t]{0,4}(?:$|\r?\n))/dg

/** A line that is an account, and a last one that is a word; after a prompt for the user others may follow. */
const LINES =
  /(?:(?<=^|\n)(?<user>[a-z][a-z\d._-]{1,20})\r?\n(?=[a-zß-ÿ]{6,24}\s*$)|(?:user(?:name)?|login)[:>][ \t](?<named>[a-z][a-z\d._-]{1,20})\r?\n)(?<bare>[a-zß-ÿ]{6,24})(?=\s*$|\r?\n)/dg

/** Two settings of a block: `who=jan`, and below it `say=X`. */
const BLOCK =
  /(?<=^|\n)[ \t]{0,8}(?:user|usr|login|who|wie|wer|qui|as|als|account|id|name|benutzerkürzel|kürzel)[ \t]{0,3}[:=][ \t]{0,3}["']?[\w.@\\-]{2,40}["']?[ \t]{0,3}\r?\n[ \t]{0,8}(?:say|go|with|met|mit|avec|enter|what|wat|open|sesame?|word|join|dan|then|answer|antwoord|zeg|dis|sag|in)[ \t]{0,3}[:=][ \t]{0,3}["']?(?<bare>[a-zß-ÿ]{6,30})["']?(?=[ \t]{0,4}(?:$|\r?\n))/dg

/** What a guest is to type: a line of its own, a little below the name of the network. */
const GUEST =
  /^[ \t]{0,8}(?:sleutel|code|key|clé|schlüssel|wpa2?|toegang|zugang|accès)[ \t]{0,4}:[ \t]{0,8}["']?(?<bare>[a-zß-ÿ]{5,30})(?=["']?[ \t]{0,4}\r?$)/dgm
const NETWORK = /wi-?fi|wlan|ssid|netwerk|network|netz|réseau|gast/
const NETWORK_CHARS = 120

/** Somebody tells an account in a short text; in a long one such lines are lists of rights. */
const SHORT_CHARS = 900

/** What says that the word before it is a password, after an account and that word: "beheer X werkt nog" */
const WORKS =
  /(?<![\wß-ÿ])(?<user>[a-z][a-z\d._-]{1,20})[ \t](?<bare>[a-zß-ÿ]{6,24})[ \t](?:works|worked|werkt|werkte|geht|ging|klappt|passt|marche|fonctionne)(?![\wß-ÿ])/dg
/** "admin und dann X", "root puis X" */
const THEN =
  /(?<![\wß-ÿ])(?<user>[a-z][a-z\d._-]{1,20}),?[ \t](?:(?:and|en|und|et)[ \t])?(?:then|dan|dann|daarna|danach|puis|ensuite)[ \t](?<bare>[a-zß-ÿ-]{6,24})(?=[).,;]|[ \t]{0,4}(?:$|\r?\n))/dg

/** What guests read about a network: what they are to type, and a poster that ends with a word of its own. */
const GUESTS: readonly RegExp[] = [
  /(?:gastzugang|gast-?wlan|guest access|accès invités?|gasttoegang)[^\n:]{0,40}:[ \t]{1,3}(?<bare>[a-zß-ÿ-]{6,30})(?=[.!]?[ \t]{0,3}(?:$|\r?\n))/dg,
  /(?<![\wß-ÿ])(?:just type|type|typ|tik|tapez?|taper|saisir|saisissez|eintippen|eingeben|invullen|vul|met|mit|avec|with|enter|clé|clef|key|sleutel|schlüssel|code|zugang|toegang|zauberwort|toverwoord|magic word)[ \t]{1,3}(?:in[ \t])?["'«„“]?[ ]?(?<bare>[a-zß-ÿ-]{8,30})(?=[ ]?["'»”“]?[ \t]{0,3}(?:[.,;!(]|$|\r?\n))/dg,
  /\n[ \t]{0,12}(?<name>[a-z\dß-ÿ_-]{3,24})[ \t]{0,4}\r?\n{1,2}[ \t]{0,12}(?<bare>[a-zß-ÿ\d]{8,30})[ \t]{0,4}(?=\s*$)/dg,
]
/** "die van de nas is X", "bios one is X" */
const ONE =
  /(?<![\wß-ÿ])(?:(?:bios|uefi|nas|router|switch|firewall|wi-?fi|wlan|root|admin|idrac|ilo|vcenter|esxi?|nvr|copier|voicemail|vpn|server) (?:one|key|login)|(?:die|das|dat|celui|the one) (?:van|von|vom|du|de|for|of) (?:de |het |der |la |the )?[\wß-ÿ-]{2,20})[ \t](?:is|ist|est)[ \t](?:now |nu |jetzt |still |nog )?(?<bare>[a-zß-ÿ]{8,24})(?=[).,;]|[ \t](?:on|op|auf|sur|for|voor|für|pour)[ \t]|[ \t]{0,4}(?:$|\r?\n))/dg
const ABOUT_NETWORK = /wi-?fi|wlan|gastzugang|guest access|hotspot|surf|internet|netz\b|réseau/

/** Finds plain words in places where hardly anything but a password stands. */
export function plainWords({ lower, has }: Source, report: Report): void {
  for (const [hints, pattern, others] of PLACES) {
    if (!hints.some(has) || (others && !others.some(has))) continue
    for (const match of lower.matchAll(pattern)) found(match, report)
  }
  for (const match of NETWORK.test(lower) ? lower.matchAll(GUEST) : [])
    if (NETWORK.test(lower.slice(Math.max(0, match.index - NETWORK_CHARS), match.index))) found(match, report)
  if (lower.length > SHORT_CHARS) return
  for (const pattern of [PAIR, COMMA, LINES, WORKS, THEN])
    for (const match of lower.matchAll(pattern))
      if (ACCOUNT_NAMES.has(match.groups?.user ?? match.groups?.named ?? '')) found(match, report)
  for (const match of lower.matchAll(BLOCK)) found(match, report)
  for (const match of lower.matchAll(ONE)) if (!PARTICIPLE.test(match.groups?.bare ?? '')) found(match, report)
  if (!ABOUT_NETWORK.test(lower)) return
  for (const pattern of GUESTS)
    for (const match of lower.matchAll(pattern)) if (!PARTICIPLE.test(match.groups?.bare ?? '')) found(match, report)
}

function found(match: RegExpExecArray, report: Report): void {
  const [start, end] = match.indices?.groups?.bare ?? [0, 0]
  const value = match.groups?.bare ?? ''
  if (!COMMON.has(value) && !ACCOUNT_NAMES.has(value)) report(start, end, 'password', { isGuess: true })
}
