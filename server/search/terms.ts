import { stemmer } from 'stemmer'

/**
 * The words that text is found by: the same for what is stored and for what is asked, and on both databases, whose own word breaking
 * is never used. Words are of `a-z`, `0-9` and `_`, and have 4 to 60 characters.
 */

/** Changes with what `termsOf` makes of a text: what is stored is made again at the next start. */
export const TERMS_VERSION = 2

const SHORTEST = 4
const LONGEST = 60
/** More of one text is not looked at. */
const MOST_CHARACTERS = 20_000
/** Something of more parts than this is a sentence without spaces, or a dump. */
const MOST_PARTS = 12

/**
 * Lower-case and stemmed words, without those that stand everywhere, in the order of the text. Names of things (`0x80070005`,
 * `KB5034441`, `srv-web01.dataforth.local`, `10.0.19045`, `/etc/hosts`, `Get-LocalUser`) come whole and in their parts.
 */
export function termsOf(text: string): string[] {
  return (text.slice(0, MOST_CHARACTERS).normalize('NFKC').match(CHUNK) ?? []).flatMap(termsOfChunk)
}

/** Letters and digits, and what joins them to a name. */
const CHUNK = /[\p{L}\p{N}\p{M}]+(?:[._\-/\\:@+#$]+[\p{L}\p{N}\p{M}]+)*/gu
const PLAIN = /^[A-Z]?[a-z]+$/
const JOINT = /[^\p{L}\p{N}\p{M}]+/u
/** Inside `GetLocalUser2`: between small and capital letters, and between letters and digits. */
const SEAM = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/u

function termsOfChunk(chunk: string): string[] {
  // Most of a text: nothing to split, nothing to fold.
  if (PLAIN.test(chunk)) return wordOf(chunk.toLowerCase())
  const parts = chunk.split(JOINT)
  if (parts.length === 1) return termsOfPart(chunk)
  const words = parts.slice(0, MOST_PARTS).filter(saysMuch).flatMap(termsOfPart)
  return parts.length <= MOST_PARTS ? [fitted(plain(parts.join('_'))), ...words] : words
}

function termsOfPart(part: string): string[] {
  const pieces = part.split(SEAM)
  return pieces.length > 1 ? [...wordsOf(part), ...pieces.filter(saysMuch).flatMap(wordsOf)] : wordsOf(part)
}

/** One letter or digit out of a name is in too many names. */
const saysMuch = (piece: string) => piece.length > 1

function wordsOf(text: string): string[] {
  if (UNSPACED.test(text)) return pairsOf(text)
  return wordOf(plain(text))
}

function wordOf(word: string): string[] {
  if (STOP_WORDS.has(word)) return []
  return [fitted(/^[a-z]+$/.test(word) ? stemmer(word) : word)]
}

/** Scripts that put no spaces between words: each two characters stand for one. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u

function pairsOf(text: string): string[] {
  const characters = [...text]
  if (characters.length === 1) return [fitted(plain(text))]
  return characters.slice(1).map((character, index) => fitted(plain(`${characters[index]}${character}`)))
}

/** In small letters without accents; what is not Latin then is spelled in numbers. */
const plain = (text: string) =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('ß', 'ss')
    .replace(/[^a-z0-9_]/gu, (character) => `x${(character.codePointAt(0) as number).toString(36)}`)

/** One of the databases drops words of two characters and some of three. */
const fitted = (word: string) => word.slice(0, LONGEST).padEnd(SHORTEST, '_')

/** Words that stand in every text. Those of four and more letters that one of the databases drops are among them. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about above after again all also am an and any are as at be because been before being below between both but by can could did do does
  doing down during each few for from further had has have having he her here hers him his how i if in into is it its itself just me more
  most my no nor not now of off on once only or other our ours out over own same she should so some such than that the their theirs them
  then there these they this those through to too under until up very was we were what when where which while who whom why will with would
  you your yours
  aber alle als am auch auf aus bei bin bis da damit dann das dass dem den der des die dies diese dieser doch du ein eine einem einen einer er es
  euch euer fuer gibt haben habe hat hatte hier ich ihr im ist ja kann kein keine mal mehr mein mich mir mit nach nicht noch nur ob oder ohne
  schon sehr sein seine seit sich sie sind so ueber um und uns unser vom von vor war waren warum wenn wer werden wie wieder wir wird wo zu zum zur
  aan alles als ben bij dan dat de deze dit een en er geen haar had heb hebben heeft hem het hij hoe hun ik je jij kan maar meer met mij mijn
  naar niet nog nu om onze ook op over te toch uit van veel voor waar waarom wat we wel werd wie wij wordt zal ze zich zij zijn zo
  au aux avec avons ce ces cette chez comme dans de des donc du elle elles en est et etait ete il ils je la le les leur lui mais meme mes moi mon
  ne nos notre nous ou pas pour pourquoi qu quand que qui son sont sur ta te tes toi tu un une vos votre vous`.split(
    /\s+/,
  ),
)
