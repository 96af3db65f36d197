import { shapeOf } from '../likely/shape.ts'
import { lazy, wordSet } from '../names/words.ts'
import { isPlaceholder } from '../values.ts'

/** A value as a sentence tells it: where it stands, and whether quotes or emphasis set it off. */
export interface Told {
  start: number
  end: number
  isSetOff: boolean
}

const OPENING: Readonly<Record<string, string>> = {
  ...{ '"': '"', "'": "'", '`': '`', '«': '»', '„': '“”"', '“': '”"', '‘': '’', '*': '*', _: '_', '<': '>' },
}
const MAX_CHARS = 100

/** The value that begins at a place of a text; undefined when none does. */
export function toldAt(text: string, at: number): Told | undefined {
  const first = text[at] ?? ''
  const closing = OPENING[first]
  // With a space behind it a straight quote closes: `"Password:" default answer ""`.
  if (closing && first !== '<' && !(first === '"' && text[at + 1] === ' ')) {
    let start = at
    while (text[start] === first && start < at + 3) start += 1
    if (text[start] === ' ') start += 1
    const end = endOfQuoted(text, start, closing)
    if (end > start + 2 && /[\p{L}\p{N}!#$%&*?^@+=]/u.test(text[start] ?? '')) return { start, end, isSetOff: true }
  }
  const start = first === '(' || first === '[' ? at + 1 : at
  let end = start
  if (/^(?:\{|N?'')/.test(text.slice(start, start + 3)) || text.startsWith("N'", start)) return undefined
  while (end < text.length && end < start + MAX_CHARS && !/[\s"«»“”„`<>|;]/.test(text[end] ?? '')) end += 1
  end = start + text.slice(start, end).replace(/(?:[&,][\w.-]{1,40}=|\\[nrt"&(]|\)\([A-Za-z]+=).*/, '').length
  end = withoutSentence(text, start, end)
  return end > start + 2 ? { start, end, isSetOff: false } : undefined
}

function endOfQuoted(text: string, start: number, closing: string): number {
  for (let at = start; at < Math.min(text.length, start + MAX_CHARS); at++) {
    const char = text[at] ?? ''
    if (char === '\n' || char === '\r') return start
    if (closing.includes(char) && !/[\p{L}\p{N}]/u.test(text[at + 1] ?? '')) return text[at - 1] === ' ' ? at - 1 : at
  }
  return start
}

/** Leaves out the signs that end the sentence. "!" and "?" stay where digits stand before: `Zomer2024!`. */
function withoutSentence(text: string, start: number, limit: number): number {
  let end = limit
  while (end > start && /[.,;:)\]}'’*_]/.test(text[end - 1] ?? '')) end -= 1
  const value = text.slice(start, end)
  if (/[!?]$/.test(value) && !/[\d!#$%&*?^+@~-]/.test(value.replace(/[!?]+$/, '')))
    return end - (/[!?]+$/.exec(value)?.[0].length ?? 0)
  return end
}

/** How much the sentence around it leaves open. */
export type Certainty = 'named' | 'said' | 'near'

/**
 * Whether a value is told as a secret. After a label and a colon (`named`) a plain word is one; after a verb (`said`) when it ends the
 * sentence and is neither an adjective nor a participle; else (`near`) it must look like a password.
 */
export function isTold(text: string, { start, end, isSetOff }: Told, certainty: Certainty): boolean {
  const value = text.slice(start, end)
  if (isPlaceholder(value, false) || NO_VALUE().test(value) || /\*{3}/.test(value)) return false
  if (shapeOf(value) > 0) return true
  if (certainty === 'near') return false
  if (looksSecret(value)) return true
  const isPlain = /^\p{L}[\p{L}'’-]{3,30}$/u.test(value) && !/^\p{Lu}+$/u.test(value) && !LABEL.test(value)
  const words = value.split(' ').length
  if (isSetOff)
    return certainty === 'named' || isPlain ? !isSentenceWord(value) : words > 1 && words < 9 && !isSentenceWord(value)
  if (!isPlain || isSentenceWord(value)) return false
  const rest = text.slice(end, end + 30)
  return ENDS_CLAUSE.test(rest) || (certainty === 'said' && goesOn(rest))
    ? certainty === 'named' || !DESCRIBES().test(value)
    : false
}

/** Two to five words up to the end of the clause. */
const WORDS = lazy(
  String.raw`\p{L}[\p{L}'’-]{2,20}(?: (?:[&+] )?\p{L}[\p{L}'’-]{2,20}){1,4}(?=[.!]?[ \t]{0,4}(?:$|[\r\n,;(]))`,
  'uy',
)

/**
 * `lautet Blauer Himmel`, `passphrase is sunflower street`: words that no sentence goes on with. Nobody writes all of them with a capital, and
 * only a phrase is of several small ones.
 */
export function wordsTold(text: string, { start, isSetOff }: Told, isPhrase: boolean): Told | undefined {
  const pattern = WORDS()
  pattern.lastIndex = start
  const [value] = (isSetOff ? null : pattern.exec(text)) ?? []
  if (value === undefined) return undefined
  const words = value.split(/ (?:[&+] )?/)
  const isTitle = words.every((word) => /^\p{Lu}\p{Ll}+$/u.test(word)) && words.length < 4
  const isPlain = isPhrase && words.every((word) => /^\p{Ll}+$/u.test(word) && !DESCRIBES().test(word))
  const isNamed = words.some((word) => isSentenceWord(word) || isPlaceholder(word, false) || LABEL.test(word))
  return (isTitle || isPlain) && !isNamed ? { start, end: start + value.length, isSetOff } : undefined
}

const ENDS_CLAUSE = /^["'’*_)]{0,3}[.!]?[ \t]{0,4}(?:$|[\r\n,;/(])/
/** "… is raspberry and he has to change it", "… auf sonnenblume zurückgesetzt" */
const GOES_ON = wordSet(
  'and by door durch par anmelden einloggen inloggen for until please but so en voor tot maar want und für bis aber bitte et pour mais hier gezet gesetzt zurückgesetzt geändert gestellt umgestellt festgelegt angepasst aangepast gewijzigd ingesteld today vandaag heute now nu jetzt',
)

const isSentenceWord = (value: string): boolean => SENTENCE_WORDS.has(value.toLowerCase())
function goesOn(rest: string): boolean {
  const word = /^["'’*_)]{0,3}[ \t](\p{L}+)/u.exec(rest)?.[1]
  return word !== undefined && GOES_ON.has(word.toLowerCase())
}

/** Paths, addresses, figures, times, calls. */
const NO_VALUE = lazy(
  String.raw`^(?:[A-Za-z]:)?[\\/]|:\/\/|^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$|^[\d.,:/-]{1,3}$|^\d{1,2}[:/-]\d{1,2}(?:[:/-]\d{2,4})?$|^\d{4}-\d{2}-\d{2}|^\d+\.\d|^\d+[-–:][\p{L}\d.]+|^[\w.-]{1,30}=|^1password|^b:[\dA-F]+$|^\+|^(?:argon2\w{0,2}|bcrypt|s?crypt|pbkdf2|sha-?\d+|md5|ntlm(?:v2)?|totp|otp|2fa|mfa)$|^(?:ctrl|alt|shift|cmd|win)[+-]|^\d{1,2}\.\d{1,2}\.\d{2,4}|^(?:bug|issue)?#\d|\(\)?$|^--?[a-z]|^\$|\.(?:md|txt|docx?|pdf|xlsx?|kdbx?|ps1|sh|json|ya?ml|conf|ini|html?)$|^(?:https?|www\.|ftp)`,
  'iu',
)

/** Letters with digits or signs among them, as no word of a sentence has. */
function looksSecret(value: string): boolean {
  if (/\s/.test(value))
    return /^\S{3,20}(?: \S{1,20}){1,6}$/.test(value) && /\d/.test(value) && /[A-Za-z]/.test(value) && value.length < 50
  return (
    value.length > 4 &&
    /\p{L}/u.test(value) &&
    /[\d!#$%&*?^+@=~,;]/.test(value.slice(1)) &&
    !/^[\w-]+\([^)]*\)?$|^\d+(?:st|nd|rd|th|e|[a-z]{1,3})$/i.test(value)
  )
}

const LABEL = /pass|pwd|wacht|kennw|secret|token|credential|mdp|login|user/i

/** Words that go on with the sentence or describe a password. */
const SENTENCE_WORDS = wordSet(`
not now then that this these there here also only already always never still very too just must should will would can cannot could may have has had been being with without from into your yours their our his her its same different other another either what when where which while because before after until unless again please see use using used ask asks check reset change changes login user users account hash hashes policy manager file files field fields prompt protection authentication expiry length history generator vault keeper bitwarden keepass lastpass hudu passbolt 1password wrong right good weak strong short long known unknown safe secure insecure mandatory optional easy hard plain clear public private valid simple complex fine okay correct gone lost new old case-sensitive ditto below above attached unchanged later soon today tomorrow yesterday both none something nothing anything told sent kept set put held shown given taken made done hidden written chosen stolen broken forgotten bad due read left meant found stored
niet geen nog nooit altijd alleen ook wel hier daar deze dit die dat een het van voor door naar bij met zonder onder boven over weer toch maar want omdat zodat hetzelfde anders moet mag kan kun zal zou wordt werd juist fout goed zwak sterk kort lang veilig onveilig bekend onbekend leeg klaar nodig verplicht zie vraag opvragen wijzigen resetten vergeten kwijt nieuw oud volgt onbekende hieronder vanaf zufrieden morgen vandaag
nicht kein keine noch immer auch dort diese dieses eine einen der das dem den von für durch nach bei mit ohne unter über wieder aber weil damit gleich dasselbe muss darf kann soll wird wurde richtig falsch gut schwach stark kurz sicher unsicher bekannt unbekannt leer nötig siehe folgt ändern zurücksetzen vergessen neu alt pflicht notwendig ungültig gültig
pas non encore jamais toujours aussi ici cette celui une des les pour avec sans sous sur mais parce même autre doit peut sera faux bon bonne faible fort court connu inconnu vide requis obligatoire voir changer modifier oublié perdu nouveau ancien expiré invalide valide ci-dessous joint
`)

/** Endings of participles and adjectives; only looked at after a verb, where `is expired` is usual. */
const DESCRIBES = lazy(
  String.raw`(?:ed|ing|ly|able|ible|less|ful|ous|ive|ent|ant|ical|lijk|baar|isch|loos|ig|lich|bar|sam|end|ées?|és?|ique|eux|euse)$|^(?:ge|ver|be|ont|her|aan|af|in|op|uit|ein|aus|ab|an|zurück|er|ent|zer|re|un|on|non)\p{L}{3,}(?:d|t|en)$`,
  'iu',
)
