/** How like two short texts are, word by word, in English, Dutch, German and French. */

/** Words that say nothing of the task. */
const EMPTY = new Set(
  `a an the of on in for to with my this that is are it which what who how do i all please and or at from its by so does not
  de het een van op voor met mijn dit dat welke wat wie hoe ik alle en of er
  der die das den dem des ein eine einer eines im am auf für mit mein dieser diese wie ich alle und oder zur zum wer
  le la les un une des du d l au aux sur pour avec mon ma mes ce cette quel quels quelle comment je tous toutes et ou qui est`.split(
    /\s+/,
  ),
)

/** Words that say what to do with it. Where both texts have one, they must be of the same kind; alone they count less. */
const VERBS: readonly (readonly string[])[] = [
  'show list display print view get see tonen toon lijst bekijken anzeigen auflisten liste lister afficher zeigen status state'.split(
    ' ',
  ),
  'add create new make set toevoegen aanmaken maken hinzufügen erstellen anlegen ajouter créer'.split(' '),
  'remove delete uninstall verwijderen wissen entfernen löschen deinstallieren supprimer désinstaller'.split(' '),
  'find search locate zoeken suchen finden chercher trouver'.split(' '),
  'start starten démarrer lancer'.split(' '),
  'stop end kill stoppen beëindigen beenden anhalten arrêter'.split(' '),
  'restart herstarten neustarten redémarrer reboot'.split(' '),
  'enable activate inschakelen aktivieren activer'.split(' '),
  'disable deactivate uitschakelen deaktivieren désactiver'.split(' '),
  'update upgrade bijwerken aktualisieren'.split(' '),
].map((words) => words.map(folded))

const KIND_OF_VERB = new Map(VERBS.flatMap((words, kind) => words.map((word) => [word, kind] as const)))
const LISTING = 0

/** A word that counts. */
export interface Token {
  word: string
  /** Without the endings of plurals. */
  stem: string
  /** The number of the kind of a verb. */
  kind: number | undefined
  weight: number
}

/** Without accents and case. */
export function folded(text: string): string {
  return text.toLowerCase().replaceAll('ß', 'ss').normalize('NFD').replaceAll(/\p{M}/gu, '')
}

/** The words that count; all of them where none does. */
export function tokensOf(text: string): Token[] {
  const words = folded(text)
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== '')
    .slice(0, MAX_WORDS)
  const telling = words.filter((word) => !EMPTY.has(word))
  return (telling.length > 0 ? telling : words).map(tokenOf)
}

/** What comes behind them makes no task clearer, and each is compared with every word of the table. */
const MAX_WORDS = 10

function tokenOf(word: string): Token {
  const kind = KIND_OF_VERB.get(word)
  // To show something is what is mostly meant, and says little.
  const weight = kind === LISTING ? 0.3 : kind === undefined ? 1 : 0.9
  return { word, stem: word.replace(/(?:sen|ses|en|es|er|s|e|n)$/, ''), kind, weight }
}

/** From 0 (nothing in common) to 1 (the same words). */
export function likeness(asked: readonly Token[], phrase: readonly Token[]): number {
  if (asked.length === 0 || phrase.length === 0) return 0
  return (2 * covered(asked, phrase) + covered(phrase, asked)) / 3
}

/** How much of the words is found among the others, by weight. */
function covered(tokens: readonly Token[], others: readonly Token[]): number {
  let all = 0
  let found = 0
  for (const token of tokens) {
    all += token.weight
    found += token.weight * nearest(token, others)
  }
  return found / all
}

function nearest(token: Token, others: readonly Token[]): number {
  let best = 0
  for (const other of others) {
    best = Math.max(best, nearness(token, other))
    if (best === 1) break
  }
  return best
}

function nearness(one: Token, other: Token): number {
  if (one.word === other.word) return 1
  if (one.kind !== undefined && one.kind === other.kind) return 0.95
  const [short, long] = one.word.length < other.word.length ? [one.word, other.word] : [other.word, one.word]
  if (short.length < 3) return 0
  // Words are written together, "gebruikerslijst", "Festplattenzustand", and rarely mistyped in their first letter.
  if (short[0] !== long[0]) return short.length >= 5 && long.includes(short) ? 0.7 : 0
  if (one.stem === other.stem) return 0.95
  if (short.length >= 4 && long.startsWith(short)) return 0.8
  if (short.length < 5) return 0
  return long.includes(short) ? 0.7 : isOneOff(short, long) ? 0.8 : 0
}

/** One letter more, less or other, or two that changed places. */
function isOneOff(short: string, long: string): boolean {
  if (long.length - short.length > 1) return false
  let start = 0
  while (start < short.length && short[start] === long[start]) start += 1
  const [rest, longRest] = [short.slice(start), long.slice(start)]
  if (short.length < long.length) return rest === longRest.slice(1)
  const swapped = `${rest[1] ?? ''}${rest[0] ?? ''}${rest.slice(2)}`
  return rest.slice(1) === longRest.slice(1) || swapped === longRest
}
