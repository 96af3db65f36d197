import { isPlainSecret } from './common.ts'
import { isHarmless, startsTechnical } from './harmless.ts'
import { atom, gapAfter, gapBefore, type Line } from './line.ts'

/** Of the space of fingerprints: of those that teach nothing one in thirty meets one that does. */
export const FINGERPRINT_BITS = 20
const MASK = (1 << FINGERPRINT_BITS) - 1

const MIN_CHARS = 4
const MAX_CHARS = 30
/** Words of a line beyond these are not read. */
const MAX_WORDS = 40
const WORDS_BEFORE = 4
const WORDS_AFTER = 2
const NAME_CHARS = 14

const SHAPES: readonly [string, RegExp][] = [
  ['word9', /^[a-zß-ÿ]{3,}[-_.!#$%&+*@]?\d{1,4}[!#$?.*]?$/],
  ['Word9', /^[A-ZÀ-Ý][a-zß-ÿ]{2,}[-_.!#$%&+*@]?\d{1,4}[!#$?.*]?$/],
  ['words', /^(?:[A-Za-zß-ÿ][a-zß-ÿ]+[-_.+&*!#%])+(?:[A-Za-zß-ÿ][a-zß-ÿ]+|\d+)[!?#]?$/],
  ['sign', /[A-Za-z].*[!#$%&*+?@^~]|[!#$%&*+?@^~].*[A-Za-z]/],
  ['year', /(?:19|20)\d\d/],
  ['figures', /^\d+$/],
  ['hex', /^(?=.*\d.*\d.*\d)[\da-fA-F-]+$/],
  ['dotted', /^v?\d+(?:\.\d+)+/],
  ['extension', /\.[a-z]{2,4}$/],
  ['option', /^--?[a-z]/i],
  ['mail', /@.+\./],
  ['variable', /^\$|%\w+%/],
  ['capitals', /^(?=.*[A-Z])[A-Z\d-]+$/],
  ['mixed', /\d[A-Za-z]+\d|[a-z]\d[a-z]/],
  ['base64', /^(?=.*[a-z])(?=.*[A-Z])[A-Za-z\d]{12,}$/],
  ['caseChange', /[a-z][A-Z]/],
]

/**
 * What can be said of an atom and its place in the line, each as a fingerprint. Undefined when it is no candidate: too short, too long, or a
 * plain word where a plain word is expected.
 */
export function featuresOf(line: Line, index: number): Set<number> | undefined {
  const value = atom(line, index)
  if (value.length < MIN_CHARS || value.length > MAX_CHARS) return undefined
  const [gap, after] = [gapBefore(line, index), gapAfter(line, index)]
  const bare = value.replace(/[?!]$/, '')
  if (isMixed(bare) ? isNoPassword(bare) : !canBePlain(line, bare, gap, after)) return undefined
  const found = new Set<number>()
  const add = (text: string): void => {
    found.add(fingerprint(text))
  }
  ownFeatures(value, add)
  if (/\D/.test(value)) {
    if (isHarmless(value)) add('harmless')
    if (startsTechnical(value)) add('technical')
  }
  add(`g<${squeezed(gap).slice(-3)}`)
  add(`g>${squeezed(after).slice(0, 2)}`)
  neighbours(line, index, add)
  together(line, index, value, add)
  add(`i${Math.min(index, 4)}`)
  add(`r${Math.min(line.starts.length - 1 - index, 3)}`)
  return found
}

/** What is the same for all candidates of a line: its words, the line before and the first of the text. An atom is no word of its own line: see `wordOf`. */
export function lineFeatures(line: Line, before: Line | undefined, first: Line | undefined): Set<number> {
  const found = new Set<number>()
  for (let at = 0; at < Math.min(line.starts.length, MAX_WORDS); at++) found.add(wordOf(line, at))
  found.add(fingerprint(`n${Math.min(line.starts.length, 8)}`))
  found.add(fingerprint(`0${nameAt(line, 0)}`))
  if (before) {
    const last = before.starts.length - 1
    found.add(fingerprint(`u${nameAt(before, last)}`))
    found.add(fingerprint(`v${gapAfter(before, last).trim().slice(0, 1)}`))
  }
  if (first && first !== line && first !== before)
    for (let at = 0; at < Math.min(first.starts.length, MAX_WORDS); at++)
      found.add(fingerprint(`h${nameAt(first, at)}`))
  return found
}

/** An atom as a word of its line. */
export const wordOf = (line: Line, index: number): number => fingerprint(`b${nameAt(line, index)}`)

/** Versions, addresses, figures with dots, GUIDs, options, variables: never asked about. */
const NO_PASSWORD =
  /^[vV]?\d+(?:[.,]\d+)+$|^[\da-fA-F]{2}(?:[-:][\da-fA-F]{2})+$|^(?:[\da-fA-F]+-){3,}[\da-fA-F]+$|^--|^-[a-z]|^\$|\.(?:exe|dll|sys|txt|log|conf|json|xml|ya?ml|ps1|sh|py|deb|rpm|local|example|com|net|org)$/

/** `Version20` too: what carries numbers in every network */
const isNoPassword = (value: string): boolean =>
  NO_PASSWORD.test(value) || (/^[A-Za-zß-ÿ]+\d+$/.test(value) && startsTechnical(value))

/** A word that is common nowhere, where no name of a value stands. */
const canBePlain = (line: Line, value: string, gap: string, after: string): boolean =>
  standsApart(line, gap) && !/^["'\]]+[ \t]*[:=]|^[ \t]*=|^:[ \t]/.test(after) && isPlainSecret(value)

const isMixed = (value: string): boolean => /\d|[!#$%&*?^+@~]|.[-_.].|[a-zß-ÿ][A-Z]/.test(value)

/** Behind a sign, in a cell or alone on its line, and not a word among words. Behind `--` stands a command. */
const standsApart = ({ starts }: Line, gap: string): boolean =>
  gap.trim() !== '--' && (/[^\s]|\s\s|\t/.test(gap) || starts.length === 1)

/** `Kikker!2024` is `Aa!9`. */
const runsOf = (value: string): string =>
  value
    .replace(/[A-ZÀ-Ý]+/g, 'A')
    .replace(/[a-zß-ÿ]+/g, 'a')
    .replace(/\d+/g, '9')
const classesOf = (value: string): string => runsOf(value).replace(/[^Aa9]/g, '!')

function ownFeatures(value: string, add: (text: string) => void): void {
  const runs = runsOf(value)
  add(`s${runs.slice(0, 12)}`)
  add(`c${classesOf(value).slice(0, 8)}`)
  add(`l${Math.min(value.length, 16)}`)
  add(`d${Math.min(value.replace(/\D/g, '').length, 5)}`)
  const signs = value.match(/[^A-Za-zÀ-ÿ\d]/g) ?? []
  add(`q${Math.min(signs.length, 4)}`)
  for (const sign of signs) add(`#${sign}`)
  for (const [name, shape] of SHAPES) if (shape.test(value)) add(`=${name}${name === 'figures' ? value.length : ''}`)
  for (const [letters] of value.toLowerCase().matchAll(/[a-zß-ÿ]{3,}/g)) {
    const whole = `^${letters.slice(0, NAME_CHARS)}$`
    for (let at = 0; at + 4 <= whole.length; at++) add(`t${whole.slice(at, at + 4)}`)
  }
}

function neighbours(line: Line, index: number, add: (text: string) => void): void {
  add(`1${nameAt(line, index - 1)}`)
  add(`2${nameAt(line, index - 2)}`)
  add(`3${nameAt(line, index - 2)} ${nameAt(line, index - 1)}`)
  add(`4${nameAt(line, index + 1)}`)
  for (let at = index - WORDS_BEFORE; at < index; at++) add(`p${nameAt(line, at)}`)
  for (let at = index + 1; at <= index + WORDS_AFTER; at++) add(`f${nameAt(line, at)}`)
}

/** What says little by itself: a sort of value behind a sign, at a place of the line, beside others of its sort, behind something like a user. */
function together(line: Line, index: number, value: string, add: (text: string) => void): void {
  const sort = firstOf(SORTS, value)
  const sign = squeezed(gapBefore(line, index)).slice(-2)
  const hasDigit = /\d/.test(value)
  let alike = 0
  for (let at = 0; at < Math.min(line.starts.length, MAX_WORDS); at++)
    if (at !== index && /\d/.test(atom(line, at)) === hasDigit) alike += 1
  add(`A${classesOf(value).slice(0, 6)} ${sign}`)
  add(`B${sort} ${sign}`)
  add(`K${sort}${Math.min(index, 4)} ${Math.min(line.starts.length - 1 - index, 3)}`)
  add(`L${sort}${Math.min(alike, 4)}`)
  add(`Q${firstOf(SORTS_OF_NAMES, atom(line, index - 1))}${sort}${sign}`)
}

/** The first that fits. */
const SORTS: readonly [string, RegExp][] = [
  ['figures', /^\d+$/],
  ['word', /^[a-zß-ÿ]+$/],
  ['Word', /^[A-ZÀ-Ýa-zß-ÿ]+$/],
  ['sign', /[!#$%&*+?@^~]/],
  ['-', /^\D*$/],
  ['joined', /[-_.]/],
  ['mixed', /^/],
]
const SORTS_OF_NAMES: readonly [string, RegExp][] = [
  ['user', /^(?:[a-z]{2,}[._-]?[a-z]+|[a-z]{1,12}\d{0,2})$/],
  ['Name', /^[A-Z][a-z]+$/],
  ['figures', /\d/],
  ['-', /^/],
]
const firstOf = (sorts: readonly [string, RegExp][], value: string): string | undefined =>
  sorts.find(([, shape]) => shape.test(value))?.[0]

const squeezed = (gap: string): string => gap.replace(/[ \t]{2,}|\t/g, '\t')

/** Names of the atoms of lines, which are asked for by all candidates of a line. */
const named = new WeakMap<Line, string[]>()

function nameAt(line: Line, index: number): string {
  if (index < 0) return '^'
  if (index >= line.starts.length) return '$'
  const names = named.get(line) ?? []
  named.set(line, names)
  const known = names[index]
  if (known !== undefined) return known
  const name = nameOf(atom(line, index))
  names[index] = name
  return name
}

const nameOf = (value: string): string => value.slice(0, NAME_CHARS).toLowerCase().replace(/\d+/g, '0')

/** FNV-1a, mixed once more, because its lowest bits alone are poor. */
function fingerprint(text: string): number {
  let hash = 2_166_136_261
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619)
  hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_507)
  return ((hash ^ (hash >>> 13)) >>> 0) & MASK
}
