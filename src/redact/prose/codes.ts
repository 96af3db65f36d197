import type { Report, Source } from '../finding.ts'
import { holdsAny } from '../hints.ts'
import { type Lazy, lazy } from '../names/words.ts'

const { raw } = String

const LETTER = 'a-zß-ÿœ'

/** What a code opens. */
const LOCK =
  '(?:alarm(?:centrale|installatie|anlage|e)?|kluis|(?:voor|achter)?deur|sleutelkast|sleutelkluisje|hek|slagboom|voicemail|toegangspoort|tresor|safe|(?:haus|eingangs|hinter)?tür|schlüsseltresor|schranke|mailbox|anrufbeantworter|coffre(?:-fort)?|porte|portail|barrière|messagerie|digicode|door|gate|lock|keypad|key ?safe|vault|burglar|intruder|garage|serverruimte|serverraum|server ?room|meterkast|sim|(?:installateurs|monteurs|gebruikers|beheer(?:ders)?|meester|master|user|installer|engineer|service|nood|techniker|benutzer|errichter|admin)|unlock|ontgrendelings?|entsperr|déverrouillage|kopieer|printer|toestel|telefoon|phone|tablet|ipad|switch|access|entry|relay|bedien)'
const CODE =
  '(?:code|pin(?:-?code)?|puk(?:-?code)?|cijfercode|combinatie|combination|combinaison|kombination|zahlencode|nummerslot|zahlenschloss|toegangscode|zugangscode)'
const CODE_HINTS = 'code,pin,puk,combina,kombina,slot,schloss'
const LOCKS =
  'kluis,tresor,safe,coffre,hek,slagboom,schranke,schlüsselkasten,alarm,deur,garage,schiebetor,sleutelkast,digicode,tür,voicemail'
const ANY =
  'hek,slagboom,schranke,schlüsselkasten,pin,puk,geheimzahl,code,kluis,tresor,safe,coffre,deur,alarm,voicemail,tür,sleutelkast'
const FIGURES = raw`(?<![a-zß-ÿ\d])(?<bare>[*#]?\d{4,10}(?:[#*]\d{0,4}|[a-f](?![a-zß-ÿ\d]))?|\d{1,3}(?:[-–]\d{1,3}){2,3}|[*#]\d{3,8}[#*]?)(?![\d.,:/-]*\d|[a-z:]|[ \t]?(?:%|euro|eur|stuks|stück|leden|x\b|mb|gb|[kcm]?m\b|kg|meter))`
const IS = raw`[ \t]{0,3}(?:[:=]|\?[ \t]{0,3}\r?\n(?:[^\n:]{1,20}:)?|->|→|\b(?:is|was|wordt|werd|ist|lautet|war|est|sera|to|naar|op|auf|à|with|met|mit|avec)\b(?:[ \t]{1,3}(?:now|nu|jetzt|maintenant|nog steeds|noch|still|le|the))?[ \t]{0,2}:?)?[ \t]{0,3}["'*_${'`'}]{0,2}`

/** Up to so many words, then perhaps a verb or a colon, then the figures. */
const figuresAfter = (words: number): string =>
  raw`(?:[ \t]{1,2}(?:[${LETTER}]|\d(?=[a-z]|\d{1,4}[ \t](?:is|ist|est)[ \t]))[${LETTER}\d'’.-]{0,20}){0,${words}}?${IS}${FIGURES}`

/** What a text must hold, a word for a code, and how many words may stand between it and the figures; all read the text in lower case. */
type Code = readonly [hints: string, label: Lazy, after: Lazy]
const code = (hints: string, words: number, label: string): Code => [
  hints,
  lazy(label, 'g'),
  lazy(figuresAfter(words), 'dy'),
]

const CODES: readonly Code[] = [
  // "PIN 4821", "pincode van de voicemail is 4821", "SIM PUK 48120077"
  code(
    'pin,puk,geheimzahl, code',
    6,
    'pin(?:[ -]?(?:code|nummer)|[12])?|puk(?:[ -]?code|[12])?|geheimzahl|(?:nieuwe|new|neuer|nouveau|oude|old|alter|ancien) code',
  ),
  // "alarmcode 4821#", "code voor de alarmcentrale is 4821#", "door code: 2290"
  code(CODE_HINTS, 4, `${LOCK}(?:[ -]|: )?${CODE}`),
  code(CODE_HINTS, 4, raw`${CODE}(?:[ \t]{1,2}[${LETTER}'’-]{1,20}){0,3}?[ \t]{1,2}(?:[dl]['’])?${LOCK}`),
  // "Kluis meterkast 48-12-77, achterdeur 2290"
  code(
    LOCKS,
    2,
    'kluis|tresor|safe|coffre|hek|slagboom|schranke|schlüsselkasten|alarm(?:centrale|anlage|installatie)|achterdeur|voordeur|garagentor|garage|schiebetor|sleutelkluisje|sleutelkast(?:je)?|digicode|hintertür|haustür|alarm|voicemail',
  ),
]

/** More codes than this stand in no sentences. */
const MAX_CODES = 400

/** Codes of doors, safes, alarms and telephones; recovery phrases and recovery codes. */
export function codes(source: Source, report: Report): void {
  const holds = (hints: string) => holdsAny(hints, ',', source.has)
  if (holds(ANY))
    for (const [hints, label, after] of CODES) if (holds(hints)) figures(source.lower, label(), after(), report)
  phrases(source, report)
  recoveryCodes(source, report)
}

function figures(lower: string, label: RegExp, after: RegExp, report: Report): void {
  let count = 0
  for (const match of lower.matchAll(label)) {
    const end = match.index + match[0].length
    const before = lower.slice(Math.max(0, match.index - 2), match.index)
    if ((/[a-zß-ÿœ\d_.-]$/.test(before) && !/[a-z]-$/.test(before)) || /[a-zß-ÿœ_.]/.test(lower[end] ?? '')) continue
    count += 1
    if (count > MAX_CODES) return
    after.lastIndex = end
    const [from, to] = after.exec(lower)?.indices?.groups?.bare ?? [0, 0]
    report(from, to, 'pin')
  }
}

const PHRASES: readonly [hints: string, pattern: string, kind: string][] = [
  // The words of a wallet or a vault.
  [
    'seed,recovery,backup,mnemonic,herstel,wiederherstellung,récupération,secret phrase',
    raw`(?<![a-zß-ÿ])(?:(?:seed|recovery|backup|secret|mnemonic|herstel|wiederherstellungs?)[ -]?(?:phrase|zin|words|woorden|wörter|satz)|(?:phrase|mots) de récupération)[^\n:]{0,40}:[ \t]{0,4}(?:\r?\n[ \t]{0,8})?["']?(?<bare>(?!(?:not|see|kept|stored|ask|written|zie|staat|siehe|voir)(?![a-z]))[a-z]{3,10}(?: [a-z]{3,10}){3,23})(?![\w-])`,
    'recovery-phrase',
  ],
  // phrase "groene kikker"
  [
    'phrase,wachtzin,sesam,losung',
    raw`(?<![a-zß-ÿ\d])(?:phrase|wachtzin|sesame?|losung)[ \t]{0,2}[=:]?[ \t]{0,2}(?<q>["'])(?<bare>[a-zß-ÿ\d]{2,15}(?: [a-zß-ÿ\d]{1,15}){1,8})\k<q>(?![ \t]{0,2}(?:not|is|was|in))`,
    'password',
  ],
  // "tresor: links 3x, 28-14-67"
  [
    'kluis,tresor,safe,coffre',
    raw`(?:kluis|tresor|safe|coffre)[^\n]{1,50}[ \t:](?<bare>\d{2}-\d{2}-\d{2}(?:-\d{2})?)(?![\d-])`,
    'pin',
  ],
  // "enter 771530 when asked"
  [
    'when asked,when prompted,then hash,hekje,dièse,raute',
    raw`(?:enter|dial|type|press|toets|tik|tapez|composez|wähle|code)[ \t](?<bare>\d{4,10})[ \t]?,?[ \t](?:when asked|when prompted|then hash|and hash|en (?:een )?hekje|hekje|puis dièse|dièse|und raute|raute)`,
    'pin',
  ],
  // "he asks for your pin, that is 8823", "the code 75319, that gets you in", "unlock with 135790"
  [
    'pin,code',
    raw`(?<![a-zß-ÿ])(?:pin|code)[^\n.]{0,30}[ \t](?:dat is|that is|that's|das ist|c'est)[ \t](?<bare>\d{4,8})(?![\d.,:/-]*\d)`,
    'pin',
  ],
  [
    'code,pin',
    raw`(?<![a-zß-ÿ])(?:code|pin)[ \t](?<bare>\d{4,10})[ ,]{1,2}(?:that|which|dat|das|die|qui)[ \t](?:gets|lets|unlocks|opens|opent|öffnet|geeft|gibt|ouvre)`,
    'pin',
  ],
  [
    'unlock,ontgrendel,entsperr,déverrouill',
    raw`(?:unlock|ontgrendel|entsperr|déverrouill)[a-zß-ÿ]{0,6}(?:[ \t][a-zß-ÿ]{1,12}){0,2}[ \t](?:with|met|mit|avec)[ \t](?<bare>\d{4,10})(?![\d.,:/-]*\d)`,
    'pin',
  ],
  // "has a keypad now. Code is C2580Y"
  [
    'keypad,door,gate,lock,deur,tür,porte,schloss,slot,alarm,safe,kluis,tresor,rack',
    raw`(?:keypad|door|gate|lock|deur|tür|porte|schloss|slot|alarm|safe|kluis|tresor|rack)[^\n]{0,80}(?<![a-zß-ÿ])(?<!(?:error|exit|status|return|event|reason|fout|fehler|erreur) )code[ \t]?(?:is|=|:|ist|lautet|est)[ \t]{1,2}(?<bare>(?=[a-z]{0,7}\d)[a-z\d]{4,8})(?![\w-])`,
    'pin',
  ],
  // Q: first pet?  A: Minoes
  [
    'security question,secret question,geheime vraag,beveiligingsvra,sicherheitsfrage,question de sécurité,questions secrètes,question secrète',
    raw`\?[ \t]{1,4}(?:a|answer|antwoord|antwort|réponse|r)[ \t]?:[ \t]{0,3}(?<bare>[^\s;,][^\n;,]{1,38}[^\s;,.])`,
    'password',
  ],
  // Worksheets("Tarieven").Unprotect "Blauw12"
  ['protect', raw`\.(?:un)?protect(?:\(|[ \t]{1,2})(?:password[ \t]?:=[ \t]?)?"(?<bare>[^"\n]{3,40})"`, 'password'],
  // HashiCorp Vault's `operator init`: "Unseal Key 1: …"
  ['unseal key', raw`unseal key \d{1,2}[ \t]?:[ \t]{1,4}(?<bare>[a-z\d+/]{43,88}={0,2})`, 'unseal-key'],
  // Asterisk's dial plan: Authenticate(33417)
  ['authenticate(', raw`(?<![a-z])(?:vm)?authenticate\((?<bare>\d{3,10})[,)]`, 'pin'],
  // hashcat and john: the hash and what it was made of
  [
    'cracked,hashcat,recovered',
    raw`(?:^|\n)(?:[^\s:]{1,80}:)?[a-f\d]{32,128}:(?<bare>[^\s:]{4,40})(?=[ \t]{0,4}(?:$|\r?\n))`,
    'password',
  ],
  // cat /etc/zabbix/agent.psk
  [
    '.psk',
    raw`(?:cat|type|get-content|gc)[ \t]{1,2}[^\n]{0,80}\.psk["']?[ \t]{0,2}\r?\n(?<bare>[a-f\d]{32,512})(?![\w-])`,
    'psk',
  ],
  // "she has to dial 6157", "6157 intoetsen"
  [
    'intoets,eintippen,intikken',
    raw`(?<![a-zß-ÿ\d./-])(?<bare>[*#]?\d{4,8}#?)[ \t](?:in te toetsen|intoetsen|eintippen|intikken)`,
    'pin',
  ],
  // An option whose name asks for a phrase.
  [
    'phrase,zin,pass,word,woord,wort,unlock,secret,code',
    raw`(?<=[ \t])--?[a-z-]{0,20}(?:phrase|zin|pass|wor[dt]|woord|unlock|secret|code)[ =:][ \t]{0,3}(?<q>["'])(?<bare>[a-zß-ÿ\d]{2,15}(?: [a-zß-ÿ\d]{1,15}){1,8})\k<q>`,
    'password',
  ],
  // "unlock phrase for the container: zilveren maan boven zee"
  [
    'phrase,wachtzin,satz',
    raw`(?:pass ?phrase|(?:unlock|secret) phrase|wachtzin|phrase (?:secrète|de passe)|passsatz)[^\n:]{0,40}:[ \t]{1,4}(?!(?:[a-z]{1,12} ){0,7}(?:for|the|no|is|empty|must|not|please|again|enter|password|passphrase|key|bad|wrong|incorrect|set)(?![a-z]))(?<bare>[a-zß-ÿ]{2,14}(?: [a-zß-ÿ]{2,14}){2,8})(?=["']?[ \t]{0,4}(?:$|\r?\n))`,
    'password',
  ],
  // The text of a QR code for a wireless network.
  ['wifi:', raw`wifi:(?:[tshe]:[^;\n]{0,40};){0,4}p:(?<bare>[^;\n]{4,80});`, 'password'],
]

function phrases({ lower, has }: Source, report: Report): void {
  for (const [hints, pattern, kind] of PHRASES) {
    if (!holdsAny(hints, ',', has)) continue
    for (const match of lower.matchAll(phraseOf(pattern))) {
      const [start, end] = match.indices?.groups?.bare ?? [0, 0]
      report(start, end, kind)
    }
  }
}

const made = new Map<string, RegExp>()

function phraseOf(pattern: string): RegExp {
  const known = made.get(pattern) ?? new RegExp(pattern, 'dg')
  made.set(pattern, known)
  return known
}

const RECOVERY_LABEL = lazy(
  raw`(?:(?:recovery|backup|reserve|herstel|back-?up|scratch|emergency|nood|wiederherstellungs?|notfall|secours|récupération)[ -]?codes?|codes? de (?:secours|récupération|sauvegarde)|(?:single[ -]use|one[ -]time|einmal|eenmalige)[ -]?codes)[^\n:]{0,60}(?::|\n)`,
  'g',
)
const RECOVERY_CODE = lazy(
  raw`[\s,;•*\d.)-]{0,12}?(?<![a-z\d])(?<bare>[a-z\d]{4,8}(?:[- ][a-z\d]{4,8}){0,3}(?:-[a-z\d]{2,3})?)(?![\w-])`,
  'dy',
)

/** The codes of a list: up to sixteen that follow each other. */
function recoveryCodes({ lower, has }: Source, report: Report): void {
  if (!has('code')) return
  let lists = 0
  const next = RECOVERY_CODE()
  for (const label of lower.matchAll(RECOVERY_LABEL())) {
    lists += 1
    if (lists > MAX_LISTS) return
    next.lastIndex = label.index + label[0].length
    for (let count = 0; count < 16; count++) {
      const [start, end] = next.exec(lower)?.indices?.groups?.bare ?? [0, 0]
      if (end === 0 || !/\d/.test(lower.slice(start, end))) break
      report(start, end, 'recovery-code')
      next.lastIndex = end
    }
  }
}

const MAX_LISTS = 50
