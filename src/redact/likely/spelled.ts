import type { Report, Source } from '../finding.ts'
import { holdsAny } from '../hints.ts'
import { isPlainSecret } from './common.ts'
import { isHost } from './host.ts'
import { pattern } from './lazy.ts'
import { isLoose } from './shape.ts'

const { raw } = String

/** In longer texts the same words are said of anything. */
const MAX_CHARS = 2_000

const VALUE = raw`(?<![\w/\\.-])(?<bare>[^\s"'“”«»,;:()<>/\\]{5,40}?)`
const SIGNS =
  'hoofdletter|kapitaal|grosse[nmr]?|große[nmr]?|capital|upper ?case|majuscule|minuscule|nul(?:len)?|null(?:en)?|zeros?|zéros?|uitroepteken|ausrufezeichen|exclamation|streepje|bindestrich|dash|hyphen|tiret|underscore|unterstrich|tiret bas'
const IN_CASE =
  'kleine letters|klein(?:geschrieben|buchstaben)?|lower ?case|small letters|hoofdletters|grossbuchstaben|großbuchstaben|upper ?case|caps|capitals|minuscules|majuscules|aan elkaar'

/** What is said where a password is spelled, handed over, typed or beside a keypad, and of nothing else; all read the text in lower case. */
const PLACES: readonly (readonly [hints: string, pattern: () => RegExp, accept?: (value: string) => boolean])[] = [
  // "zonnebril2025, all lower case", "Kn0f-L00k, met nullen"
  [
    'letters,klein,case,caps,capital,minuscul,majuscul,aan elkaar,zusammen,one word,spa,leer,nul,zero,zéro,uitroep,ausruf,exclam,streep,strich,dash,hyphen,tiret,underscore',
    pattern(
      raw`${VALUE}["'”»]?[,.]?[ \t]{1,2}(?:in |en |and |und )?(?:(?:alles|allemaal|all|tout)(?: in| en)? (?:${IN_CASE})|(?:zusammen|klein) ?geschrieben|aan elkaar|in einem wort|en un mot|tout attaché|(?:all )?one word|(?:no|zonder|ohne|sans) (?:spaces?|spaties?|leerzeichen|espaces?)|(?:met|mit|with|avec)(?: een?| einer?| einem| a| an| une?| \d| two| twee| zwei| deux| de)? (?:${SIGNS}))(?![a-zß-ÿ])`,
      'dg',
    ),
  ],
  // "vraagt 2x, tik 2x Egel.Poort"
  [
    'tik,typ,tap,enter',
    pattern(
      raw`(?:tik|typ|tippe|tapez?|type|enter)[ \t](?:dan |in |then |puis )?(?:\d ?x|twice|two times|zwei ?mal|twee ?maal|deux fois)[ \t]{1,2}${VALUE}(?=["'”»]?[.,]?(?:\s|$))`,
      'dg',
    ),
  ],
  // "here it is: X", "deze was het volgens mij: X", "just give it X", "je lui ai mis X en attendant"
  [
    'here,hier,deze,dit,das,give,geef,voici,voilà,ai mis,apart,separat,séparément',
    pattern(
      raw`(?:(?:here|there) (?:it|you|we) (?:is|go|are)|(?:deze|dit) (?:was|is) (?:het|'m|hem)|das (?:war|ist) es|hier ist es|(?:le |la )?voi(?:ci|là)|give it|geef (?:hem|het)|gib ihm|(?:lui|leur) ai mis|separately|apart|separat|séparément)(?: (?:volgens mij|i think|glaube? ich|ik denk|je crois))?[ \t]?[:,–-]?\s{1,4}(?:[^\n]{0,24}[\]>:] )?${VALUE}(?=["'”»]?[.,;)]?(?:\s|$))`,
      'dg',
    ),
    isLoose,
  ],
  // send "X\r" of expect, AutoHotkey's Send, page.fill('#b', 'X'): what a script types
  [
    'send,fill,type,write',
    pattern(
      raw`(?:^|[\s.;(&])(?:send(?:keys|raw|input|line|text)?|fill|type(?:text)?|write(?:line)?)(?:[ \t]{0,3}[,(]|[ \t]{1,3}(?:-s |--\s)?)[ \t]{0,3}(?:["'][^"'\n]{1,40}["'], ?)?["']?(?:[^"'\s,{}]{1,40}\{tab\})?(?<bare>(?:[^\s"',;(){}\\]|\{[!+^#]\}){6,40}?)(?:\\[rn]|\{(?:enter|tab|return)\})?["']?\)?;?[ \t]{0,3}(?=\r?\n|$)`,
      'dgm',
    ),
    isLoose,
  ],
  // "keypad takes 2580", "Tresor geht auf mit 40-17-82", "it now opens with 4471"
  [
    'keypad,panel,tresor,safe,kluis,coffre,kastje,mailbox,voicemail,door,deur,tür,porte,alarm,sim',
    pattern(
      raw`(?:keypad|panel|tresor|safe|kluis|coffre|kastje|mailbox|voicemail|door|deur|tür|porte|alarm|sim)(?![a-zß-ÿ])[^\n]{0,90}?(?:takes|wants|opens with|open with|auf mit|öffnet mit|opent met|ouvre avec|tournez sur|inside:|meterkast,|will[^\n\d]{0,30})[ \t]{1,2}(?<bare>\d{4,8}|\d{1,2}(?:-\d{1,2}){2,3})(?![\d:%-]|\.\d)`,
      'dg',
    ),
    () => true,
  ],
  // sed -i 's/OudeHond1/NieuweKat2/' wp-config.php: both are passwords, where they look so.
  [
    'sed',
    pattern(
      raw`\bsed[ \t][^\n]{0,60}?s(?<sign>[/|#,@])(?<bare>[^/|#,@\s]{5,40})\k<sign>(?<other>[^/|#,@\s]{5,40})\k<sign>[^\n]{0,120}(?:config|\.env|\.cnf|\.ini|settings|credential|secret|pass|db\.)`,
      'dg',
    ),
  ],
]

/** Passwords of which somebody says how they are written, typed, replaced or handed over. */
export function spelled({ text, lower, has }: Source, report: Report): void {
  if (text.length > MAX_CHARS) return
  for (const [hints, place, accept = isPassword] of PLACES) {
    if (!holdsAny(hints, ',', has)) continue
    for (const { indices } of lower.matchAll(place())) {
      const stretches = [indices?.groups?.bare, indices?.groups?.other].filter((stretch) => stretch !== undefined)
      if (stretches.every(([start, end]) => accept(text.slice(start, end))))
        for (const [start, end] of stretches) report(start, end, 'password', { isGuess: true })
    }
  }
}

const isPassword = (value: string): boolean =>
  (isLoose(value) || (isPlainSecret(value) && value.length > 6)) && !isHost(value)
