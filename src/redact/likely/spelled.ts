import type { Report, Source } from '../finding.ts'
import { holdsAny } from '../hints.ts'
import { isPlainSecret } from './common.ts'
import { pattern } from './lazy.ts'
import { isHost } from './roles.ts'
import { isLoose } from './shape.ts'

const { raw } = String

/** In longer texts the same words are said of anything. */
const MAX_CHARS = 2_000

const VALUE = raw`(?<![\w/\\.-])(?<bare>[^\s"'“”«»,;:()<>/\\]{5,40}?)`
const SIGNS =
  'hoofdletter|kapitaal|grosse[nmr]?|große[nmr]?|capital|upper ?case|majuscule|minuscule|nul(?:len)?|null(?:en)?|zeros?|zéros?|uitroepteken|ausrufezeichen|exclamation|streepje|bindestrich|dash|hyphen|tiret|underscore|unterstrich|tiret bas'
const IN_CASE =
  'kleine letters|klein(?:geschrieben|buchstaben)?|lower ?case|small letters|hoofdletters|grossbuchstaben|großbuchstaben|upper ?case|caps|capitals|minuscules|majuscules|aan elkaar'

/** What is said of how to write a password, and of nothing else; all read the text in lower case. */
const PLACES: readonly (readonly [hints: string, pattern: () => RegExp])[] = [
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
  // sed -i 's/OudeHond1/NieuweKat2/' wp-config.php: both are passwords, where they look so.
  [
    'sed',
    pattern(
      raw`\bsed[ \t][^\n]{0,60}?s(?<sign>[/|#,@])(?<bare>[^/|#,@\s]{5,40})\k<sign>(?<other>[^/|#,@\s]{5,40})\k<sign>[^\n]{0,120}(?:config|\.env|\.cnf|\.ini|settings|credential|secret|pass|db\.)`,
      'dg',
    ),
  ],
]

/** Passwords of which somebody says how they are written, typed or replaced. */
export function spelled({ text, lower, has }: Source, report: Report): void {
  if (text.length > MAX_CHARS) return
  for (const [hints, place] of PLACES) {
    if (!holdsAny(hints, ',', has)) continue
    for (const { indices } of lower.matchAll(place())) {
      const stretches = [indices?.groups?.bare, indices?.groups?.other].filter((stretch) => stretch !== undefined)
      if (stretches.every(([start, end]) => isPassword(text.slice(start, end))))
        for (const [start, end] of stretches) report(start, end, 'password', { isGuess: true })
    }
  }
}

const isPassword = (value: string): boolean =>
  (isLoose(value) || (isPlainSecret(value) && value.length > 6)) && !isHost(value)
