import { expanded } from '../commands/patterns.ts'
import type { Report, Source } from '../finding.ts'
import { isCommon, PARTICIPLE } from './common.ts'
import { pattern, words } from './lazy.ts'
import { isLoose } from './shape.ts'
import { ACCOUNT_NAMES, PLAIN_NAMES, SIGN_IN } from './words.ts'

const { raw } = String

/** A place in which hardly anything but a password stands. All patterns read the text in lower case. */
interface Place {
  /** A text without any of these is not searched. */
  hints: readonly string[]
  pattern: () => RegExp
  /** Whether the name before the value is one that such a value has. */
  accept?: (name: string, value: string) => boolean
}

/** Parts of the patterns. The value is the group `bare`. */
const WORD = '(?<bare>[a-zß-ÿ]{6,24})'
const USER = '[a-z][\\w.-]{1,20}'
const NAMED_USER = raw`(?<user>[a-z][a-z\d._-]{1,20})`
const ENDS_ARGUMENT = raw`(?=["']?(?:[ \t]|$|\r?\n))`
const NO_LETTER_BEFORE = '(?<![\\wß-ÿ])'

/** The hints are parted by commas. */
const place = (hints: string, source: string, accept?: Place['accept']): Place => ({
  hints: hints.split(','),
  pattern: pattern(source, 'dgm', expanded),
  ...(accept && { accept }),
})

/** What asks for a code or a phrase: --maint-code X, /vaultkey:X, --installatiecode X */
const ASKING = pattern(
  '^(?:[a-z]{2,16}-?)?(?:code|phrase|zin|unlock|(?:vault|safe|adm|admin|acct|account|user|join|enrol|access|door|site|repo|device|network|wifi|archive)key|(?:agent|site|door|user|admin|join|open|magic|safe|secret)-?word|lockwith|sleutel|schl(?:ue|ü)ssel|sesame?|handshake|authori[sz]e)$',
)
/** What has codes and keys that are no secrets: --exit-code, --sortkey */
const HAS_CODES = pattern(
  '^(?:to|from|re|http|source|target|country|language|lang|zip|postal|area|exit|error|status|byte|char|op|bar|qr|short|state|region|color|colour|phone|dial|currency|product|response|return|x|v|no|en|de|trans|uni|time|event|reason|key|public|pub|sort|foreign|primary|host|registry|reg|hot|partition|row|index|api|ssh|gpg|sign|signing|trusted)-?(?:code|key)',
)

/** Names of passwords in queries */
const LETTERS = words('p pw ps k w s code pin')

const PLACES: readonly Place[] = [
  place(
    'code,phrase,zin,unlock,key,sleutel,schluessel,schlüssel,sesam,handshake,authori,word,lockwith',
    raw`(?<=[ \t"'])(?:--?|\/)(?<name>[a-zü]{3,40}(?:-[a-zü]{3,20}){0,2})(?:~S|[=:])["']?(?<bare>[a-zß-ÿ]{5,24}|\d{4,10})${ENDS_ARGUMENT}`,
    (name) => ASKING().test(name) && !HAS_CODES().test(name),
  ),
  // "-l apc -w X", "/usr:bck /k:X": a user and one letter. Not "-p": after it MySQL has the database.
  place(
    ' -w, -k, /k, /w, --k, --w,tkey,hkey,mkey,rkey,-s,/s,-phrase,/phrase',
    raw`~w(?:-{1,2}|\/)(?:u|l|usr|user|acct|account|login|as|who|id)[ :=]{1,2}["']?[a-z][\w.\\@-]{1,40}["']?~S(?:-{1,2}|\/)(?:w|k|acctkey|authkey|admkey|userkey|say|secret\w{0,8}|word|phrase|waarmee|womit|with)[ :=]{1,2}["']?${WORD}${ENDS_ARGUMENT}`,
  ),
  // A query of a URL and its like: u=admin&p=X, acct=jan&hush=X, usrfld=jan wwfld=X
  place(
    'u=,usr,user,login,account=,acct=,name=,id=,nm=',
    raw`[?&\s](?:(?:u|nm|usr|user|login|account|acct)[a-z]{0,4}=[^&\s"']{1,60}[&\s]|(?:name|id)=[^&\s"']{1,60}&(?=(?:pw?|ps|k|w|s|code|pin)=))(?<name>[a-z]{1,16})=(?<bare>[^&\s"'#<>]{4,60})`,
    (name, value) =>
      LETTERS.has(name) ||
      /^(?:pw|ww|sec$)|(?:wor[dt]|woord|sleutel)$/.test(name) ||
      (/\d\d|[!$*]/.test(value) && isLoose(value) && !PLAIN_NAMES().test(name)),
  ),
  // The session of a program for remote support
  place(
    'teamviewer,anydesk,rustdesk,quicksupport',
    raw`(?:teamviewer|anydesk|rustdesk|quicksupport)[^\n]{0,40}?(?<!\d)(?:\d[ .])?\d{3}[ .]?\d{3}[ .]?\d{3,4}~s[/,:;|-]~s(?:(?:pw|pass\w{0,5}|code|ww|kennwort|wachtwoord|mdp|mot de passe)[ :]{1,2})?(?<bare>(?!pw|pass|code|kennw|wachtw|mot |mdp)[a-zß-ÿ\d!#$%][a-zß-ÿ\d!#$%-]{3,24})(?![\w.])`,
  ),
  // router.access = admin:X@192.0.2.1
  place('@', raw`(?<![\w/@.-])${USER}:(?<bare>[^\s:@/"'<>{}$]{5,40})@(?=\d{1,3}(?:\.\d{1,3}){3}(?![\d.]))`),
  // login jan X service ppp
  place(
    'login ,user ',
    `^~s~s(?:login|user|username)~S${USER}~S${WORD}~S(?:service|privilege|role|class|profile|priv)~w`,
  ),
  // kettle.join=X
  place('.join,.unlock,.say,.sesam', raw`^~s~s[\w.-]{1,30}\.(?:join|unlock|say|sesame?)~s=~s["']?${WORD}["']?~s\r?$`),
  // "use X when it asks"
  place(
    'asks,asked,vraagt,fragt,demande',
    `(?<![a-zß-ÿ])(?:use|type|enter|give it|gebruik|typ|tik|geef|nimm|benutze|gib|utilise|tape|mets)~w(?:dan |then |just |gewoon )?["'«]?${WORD}["'»]?,?~w(?:if|when|whenever|als|wanneer|zodra|wenn|sobald|quand|si)~w(?:[a-zß-ÿ]{1,10} ){0,3}(?:asks|asked|vraagt|fragt|demande)`,
  ),
  // "mkacct jan:X:rw"
  place(':r', raw`(?<=[ \t"'])${USER}:(?<bare>(?!\d+:)[^\s:/"',.]{5,40}):r[wo]?(?![\w:/.=-])`),
  // After a prompt: "logon jan,X", "unlock cpu X7", "link crypt phrase X"
  place(
    'logon ,login ,unlock , phrase ',
    raw`^(?:~s[\w./:~@-]{0,24}(?: \d{1,3})?[>#$%@!*]|ok,)~s(?:log[io]n~S${USER}[, \t]{1,3}|unlock (?:[a-z]{2,10} )?(?=\S{0,30}\d)|(?:[\w-]{1,20} ){1,6}phrase )(?<bare>[a-z\d][^\s:/=,]{4,40})~e`,
  ),
  // What is typed once more below: "confirm : X"
  place(
    'confirm,again,repeat,herhaal,bevestig,wiederhol,bestätig,répét',
    raw`^(?!.*(?:nam|naam|mail)).{0,40}[:=]~s(?<bare>[^\s:=•*]{4,40})[ \t]{0,9}\r?\n[^\n:=]{0,20}(?:confirm|again|repeat|herhaal|bevestig|wiederhol|bestätig|répét)[^\n:=]{0,20}[:=]~s(?<open>\k<bare>)~e`,
  ),
  // IMAP and its like in a log: A02 LOGIN info@x X
  place(' login ', raw`(?<=^|[\s:])[a-z]{0,4}\d{1,4} login "?[^\s"]{2,60}"? "?(?<bare>[^\s"{}]{4,60})"?(?=~e)`),
]

/** Somebody waits for the prompt of a password and sends it. */
const SENDS = place(
  'send,type,write,answer,reply,respond',
  raw`(?:pass(?:wort|wd)?|word|wachtwoord|kennwort|mot de passe|code|pin)[ :?]{0,3}["']~s[;,)}]{0,2}[\s]{0,6}(?:then~w)?[{ \t]{0,3}(?:send\w{0,8}|type\w{0,5}|write\w{0,5}|answer|reply|say|put|respond)[ (\t-]{1,6}["'](?<bare>[^"'\\\r\n$]{4,40})(?=\\[rn]|["'])`,
)
const PROMPTS = ['pass', 'word', 'wachtw', 'kennw', 'code', 'pin']

/** What a guest is to type: a line of its own, a little below the name of the network. */
const GUEST = pattern(
  raw`^[ \t]{0,8}(?:sleutel|code|key|clé|schlüssel|wpa2?|toegang|zugang|accès)[ \t]{0,4}:[ \t]{0,8}["']?(?<bare>[a-zß-ÿ]{5,30})(?=["']?[ \t]{0,4}\r?$)`,
  'dgm',
)
const NETWORK = pattern('wi-?fi|wlan|ssid|netwerk|network|netz|réseau|gast')
const NETWORK_CHARS = 120

/** Somebody tells an account in a short text; in a long one such lines are lists of rights. */
const SHORT_CHARS = 900

const told = (hints: string, source: string): Place => ({
  hints: hints.split(','),
  pattern: pattern(source, 'dg', expanded),
})

/** After the name of an account */
const ACCOUNT_PLACES: readonly Place[] = [
  // "root -> X", "apc / X": an account, a sign with space around it, and one last word.
  told(
    '/,>,→,—,–,-,=',
    raw`(?<=^|[\n,;:(]|\.{3}~w|\d{1,3}\.\d{1,3}~w{1,4}|~w(?:is|for|van|für|pour|ui|web|bios|uefi)?~w?)${NAMED_USER}~S(?:\/{1,2}|->|→|—|–|-|(?<=(?:supervisor|beheer|admin|sa)~S)=)~S["']?(?<bare>[a-zß-ÿ\d!#$%&*+._§=-]{6,24})(?=["']?[).,]{0,2}~s(?:[;,(]|$|\r?\n|\)))`,
  ),
  // "Console: root, X (to be changed)"
  told(',', `(?<=(?:[:→]|->)~S)${NAMED_USER},~w${WORD}(?=~w?[.(;]|~e)`),
  // A line that is an account, and a last one that is a word; after a prompt for the user others may follow.
  told(
    '\n',
    raw`(?:(?<=^|\n)${NAMED_USER}\r?\n(?=[a-zß-ÿ]{6,24}\s*$)|(?:user(?:name)?|login)[:>]~w(?<named>[a-z][a-z\d._-]{1,20})\r?\n)${WORD}(?=\s*$|\r?\n)`,
  ),
  // What says that the word before it is a password, after an account and that word: "beheer X werkt nog"
  told(
    'work,werkt,geht,ging,klappt,passt,marche,fonctionne',
    raw`${NO_LETTER_BEFORE}${NAMED_USER}~w${WORD}~w(?:works|worked|werkt|werkte|geht|ging|klappt|passt|marche|fonctionne)(?![\wß-ÿ])`,
  ),
  // "admin und dann X", "root puis X"
  told(
    'then,dan,daarna,puis,ensuite',
    `${NO_LETTER_BEFORE}${NAMED_USER},?~w(?:(?:and|en|und|et)~w)?(?:then|dan|dann|daarna|danach|puis|ensuite)~w(?<bare>[a-zß-ÿ-]{6,24})(?=[).,;]|~e)`,
  ),
]

/** Two settings of a block: `who=jan`, and below it `say=X` or `"pwrd" => "X"`. */
const BLOCK: Place = {
  ...told(
    '\n',
    raw`(?<=^|\n)~s~s["']?(?:user|usr|login|who|wie|wer|qui|as|als|account|id|name|benutzerkürzel|kürzel)["']?~s(?:[:=]|=>)~s["']?[\w.@\\-]{2,40}["']?[,;]?~s\r?\n~s~s["']?(?<name>[a-z_-]{2,16})["']?~s(?:[:=]|=>)~s(?:["'](?<bare>[a-zß-ÿ]{2,30}(?: [a-zß-ÿ]{1,20}){0,5})["']|(?<open>[a-zß-ÿ]{6,30}))[,;]?(?=~e)`,
  ),
  accept: (name) => SAYS.has(name) || /(?:pass|pwr?d|phrase|secret|geheim|losung|mdp)$/.test(name),
}
const SAYS = words(
  'say go with met mit avec enter what wat open sesam sesame word join dan then answer antwoord zeg dis sag in knock proof by',
)

/** "die van de nas is X", "bios one is X" */
const ONE = told(
  'is,est',
  raw`${NO_LETTER_BEFORE}(?:(?:bios|uefi|nas|router|switch|firewall|wi-?fi|wlan|root|admin|idrac|ilo|vcenter|esxi?|nvr|copier|voicemail|vpn|server) (?:one|key|login)|(?:die|das|dat|celui|the one) (?:van|von|vom|du|de|for|of) (?:de |het |der |la |the )?[\wß-ÿ-]{2,20}|(?:het|the|das|le) (?:code)?(?:woord|word|wort|mot))~w(?:is|ist|est)~w(?:now |nu |jetzt |still |noch |toujours |nog (?:steeds |altijd )?)?(?<bare>[a-zß-ÿ]{8,24})(?=[).,;]|~w(?:on|op|auf|sur|for|voor|für|pour)~w|~e)`,
)

/** "could not log in, changed it to X" */
const CHANGED = told(
  'changed,reset,veranderd,gewijzigd,gezet,geändert,gesetzt,changé,modifié',
  raw`(?:changed|reset|veranderd|gewijzigd|gezet|geändert|gesetzt|changé|modifié)(?: it)? (?:to|naar|op|auf|zu|en|à) ["'„“«]?(?<bare>[a-zß-ÿ][^\s"'”“»,;:/]{4,30}?)(?=["'”“».,;]{0,2}(?:\s|$))`,
)

/** "codewoord X" */
const CODE_WORD = told(
  'codewo,zauberwort,toverwoord,mot de code',
  raw`(?:codewo(?:ord|rd|rt)|zauberwort|toverwoord|mot de code)[ \t:]{1,3}(?:is |ist |est )?["'„“«]?(?<bare>[a-zß-ÿ]{5,24})(?=["'”“»]?(?:[).,;]|~e))`,
)
/** "the code of the alarm is now X" */
const CODE_NUMBER = told(
  'voicemail,alarm,kluis,tresor,safe,coffre,deur,door,tür,porte',
  raw`(?<!(?:error|exit|return|status|fout|post|zip|fehler)[ -]?)(?:code|pin)~w(?:is|ist|est)~w(?:now |nu |jetzt |weer |wieder |still |nog )?(?<bare>\d{4,8})(?![\d.:%])`,
)

const ABOUT_NETWORK = pattern('wi-?fi|ssid|wlan|gastzugang|guest access|hotspot|surf|internet|netz\\b|réseau')
/** What guests read about a network: what they are to type, and a poster that ends with a word of its own. */
const GUEST_PLACES: readonly Place[] = [
  told(
    ' ,\t',
    raw`${NO_LETTER_BEFORE}(?:just type|type|typ|tik|tapez?|taper|saisir|saisissez|eintippen|eingeben|invullen|vul|met|mit|avec|with|enter|clé|clef|key|sleutel|schlüssel|code|zugang|toegang|zauberwort|toverwoord|magic word)~S(?:in~w)?["'«„“]?[ ]?(?<bare>[a-zß-ÿ-]{8,30})(?=[ ]?["'»”“]?~s(?:[.,;!(]|$|\r?\n))`,
  ),
  told('\n', raw`\n[ \t]{0,12}(?<name>[a-z\dß-ÿ_-]{3,24})~s\r?\n{1,2}[ \t]{0,12}(?<bare>[a-zß-ÿ\d]{8,30})~s(?=\s*$)`),
]

/** Finds plain words in places where hardly anything but a password stands. */
export function plainWords(source: Source, report: Report): void {
  const { lower, has } = source
  for (const { match, accept } of PLACES.flatMap((one) => matchesOf(one, source)))
    if (!accept || accept(match.groups?.name ?? '', match.groups?.bare ?? '')) found(match, report)
  if (PROMPTS.some(has)) for (const { match } of matchesOf(SENDS, source)) found(match, report)
  for (const match of NETWORK().test(lower) ? lower.matchAll(GUEST()) : [])
    if (NETWORK().test(lower.slice(Math.max(0, match.index - NETWORK_CHARS), match.index))) found(match, report)
  if (lower.length <= SHORT_CHARS) toldWords(source, report)
}

function toldWords(source: Source, report: Report): void {
  for (const { match } of ACCOUNT_PLACES.flatMap((one) => matchesOf(one, source)))
    if (ACCOUNT_NAMES.has(match.groups?.user ?? match.groups?.named ?? '')) found(match, report)
  for (const { match, accept } of matchesOf(BLOCK, source))
    if (accept?.(match.groups?.name ?? '', '')) found(match, report)
  for (const { match } of SIGN_IN().test(source.lower) ? matchesOf(CHANGED, source) : []) {
    const [start = 0, end = 0] = match.indices?.groups?.bare ?? []
    const value = source.text.slice(start, end)
    if (isLoose(value) || /^[A-ZÀ-Þ][a-zß-ÿ]+(?:[-_][A-Za-zß-ÿ]+)+$/.test(value)) found(match, report)
  }
  const guests = ABOUT_NETWORK().test(source.lower) ? GUEST_PLACES : []
  for (const { match } of [ONE, CODE_WORD, CODE_NUMBER, ...guests].flatMap((one) => matchesOf(one, source)))
    if (!PARTICIPLE().test(match.groups?.bare ?? '')) found(match, report)
}

const matchesOf = ({ hints, pattern, accept }: Place, { lower, has }: Source) =>
  hints.some(has) ? Array.from(lower.matchAll(pattern()), (match) => ({ match, accept })) : []

function found(match: RegExpExecArray, report: Report): void {
  const { bare, open } = match.indices?.groups ?? {}
  for (const [start, end] of [bare, open].filter((place) => place !== undefined))
    if (!isCommon(match[0].slice(start - match.index, end - match.index)))
      report(start, end, 'password', { isGuess: true })
}
