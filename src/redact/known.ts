import { encodedIn } from './decoded/encoded.ts'
import { viewsOf } from './decoded/views.ts'
import type { Finding } from './finding.ts'
import { lazy } from './names/words.ts'

/** Values that are known to be secret, of which only keyed fingerprints are kept. */
export interface KnownValues {
  /** The kind of a value that is known, undefined for every other text. Compares fingerprints, so it is asked only where nothing cheaper says no. */
  kindOf: (candidate: string) => string | undefined
  /** Finds the values wherever they stand, also inside a word. Without it, only between borders: white space, quotes, separators. */
  sieve?: Sieve | undefined
}

/**
 * What is known of values beside their fingerprints: how long they are, and for each length which of 65,536 numbers they have. So few
 * bits help nobody to guess a value, and let a text be searched without a fingerprint of each place.
 */
export interface Sieve {
  seed: number
  /** Length in UTF-16 units → numbers (`sieveNumber`) of the values of that length. */
  numbers: ReadonlyMap<number, ReadonlySet<number>>
}

/** Shorter ones stand in every text by chance. */
export const SHORTEST_KNOWN = 4
/** Up to this length a value counts only where it stands alone. */
const SHORT_CHARS = 7
/** Longer ones (private keys) are found by their shape. */
const LONGEST = 512
const MAX_LENGTHS = 24
/** Encoded once, and once more: a JSON string in an encoded command. */
const MAX_DEPTH = 2
/** A text of so many different candidates is no text that people read. */
const MAX_CANDIDATES = 40_000

/**
 * The places of a text where a known value stands: as it is, and encoded: in base64 and hexadecimal digits (the whole encoded stretch is
 * the finding, also when it says more, as `user:password` does), percent-encoded, escaped for JSON, HTML and shells, in UTF-16, and with
 * colours inside. Pure, and linear in the length of the text. They may overlap.
 *
 * On the client the sieve of what was handed out is given; a server that has fingerprints alone leaves it out.
 */
export function knownIn(text: string, known: KnownValues): Finding[] {
  const { kindOf } = known
  const asked = new Map<string, string | undefined>()
  const remembered = (candidate: string): string | undefined => {
    if (asked.has(candidate)) return asked.get(candidate)
    if (asked.size >= MAX_CANDIDATES) return undefined
    const kind = kindOf(candidate)
    asked.set(candidate, kind)
    return kind
  }
  return search(text, { ...known, kindOf: remembered }, 0, { chars: 2 * text.length + 1_000 })
}

/** The number that a value has in a sieve of that seed. */
export function sieveNumber(value: string, seed: number): number {
  let hash = 0
  for (let at = 0; at < value.length; at++) hash = (Math.imul(hash, BASE) + value.charCodeAt(at)) | 0
  return sifted(hash, seed)
}

const BASE = 0x01_00_01_93
const sifted = (hash: number, seed: number): number => Math.imul(hash ^ seed, 0x9e_37_79_b1) >>> 16

/** @param budget characters that may still be decoded, so that layers of escapes do not multiply the work */
function search(text: string, known: KnownValues, depth: number, budget: { chars: number }): Finding[] {
  const found = known.sieve ? sievedIn(text, known, known.sieve) : borderedIn(text, known)
  if (depth === MAX_DEPTH) return found
  for (const view of viewsOf(text)) {
    if (view.text.length > budget.chars) continue
    budget.chars -= view.text.length
    for (const { start, end, kind } of search(view.text, known, depth + 1, budget))
      found.push({ start: view.startOf(start), end: view.endOf(end), kind })
  }
  for (const encoded of encodedIn(text, SHORTEST_KNOWN)) {
    if (encoded.text.length > budget.chars) continue
    budget.chars -= encoded.text.length
    const [inside] = search(encoded.text, known, depth + 1, budget)
    if (inside) found.push({ start: encoded.start, end: encoded.end, kind: inside.kind })
  }
  return found
}

/** One pass for each length (Rabin and Karp, 1987): the fingerprint is asked only for what passes the sieve. */
function sievedIn(text: string, { kindOf }: KnownValues, { seed, numbers }: Sieve): Finding[] {
  const found: Finding[] = []
  for (const [length, wanted] of [...numbers].slice(-MAX_LENGTHS)) {
    if (length < SHORTEST_KNOWN || length > text.length) continue
    for (const start of placesOf(text, length, seed, wanted)) {
      const end = start + length
      if (length <= SHORT_CHARS && !standsAlone(text, start, end)) continue
      const kind = kindOf(text.slice(start, end))
      if (kind !== undefined) found.push({ start, end, kind })
    }
  }
  return found
}

function placesOf(text: string, length: number, seed: number, wanted: ReadonlySet<number>): number[] {
  const isWanted = new Uint8Array(65_536)
  for (const number of wanted) isWanted[number] = 1
  let first = 1
  for (let power = 1; power < length; power++) first = Math.imul(first, BASE)
  const places: number[] = []
  let hash = 0
  for (let at = 0; at < text.length; at++) {
    if (at >= length) hash = (hash - Math.imul(text.charCodeAt(at - length), first)) | 0
    hash = (Math.imul(hash, BASE) + text.charCodeAt(at)) | 0
    if (at >= length - 1 && isWanted[sifted(hash, seed)] === 1) places.push(at - length + 1)
  }
  return places
}

const isWord = (text: string, at: number): boolean => /[\p{L}\p{N}]/u.test(text.charAt(at))
const standsAlone = (text: string, start: number, end: number): boolean =>
  !(isWord(text, start - 1) && isWord(text, start)) && !(isWord(text, end - 1) && isWord(text, end))

/** A value that people and programs write: up to the next white space, or all between two quotes, or all behind a separator. */
const CHUNK = lazy('\\S{1,512}', 'g')
const QUOTED = lazy('(["\'`])((?:(?!\\1)[^\\r\\n]){4,200})\\1', 'g')
const REST_OF_LINE = lazy('[:=>][ \\t]{1,4}(?=\\S)([^\\r\\n]{4,200})', 'g')
/** Where a value may begin or end inside a chunk. Passwords hold such signs too, so every pair of borders is tried. */
const BORDER = /["'`=:,;|&?/\\@<>()[\]{}#!.$%*+~^-]/
const MAX_BORDERS = 12

/** What stands between borders. */
function borderedIn(text: string, { kindOf }: KnownValues): Finding[] {
  const found: Finding[] = []
  const ask = (start: number, end: number): boolean => {
    if (end - start < SHORTEST_KNOWN || end - start > LONGEST) return false
    const kind = kindOf(text.slice(start, end))
    if (kind !== undefined) found.push({ start, end, kind })
    return kind !== undefined
  }
  for (const { 0: chunk, index } of text.matchAll(CHUNK())) {
    if (chunk.length < SHORTEST_KNOWN || ask(index, index + chunk.length)) continue
    askInside(chunk, index, ask)
  }
  // Values with spaces in them.
  for (const match of text.matchAll(QUOTED()))
    if (/\s/.test(match[2] ?? '')) ask(match.index + 1, match.index + match[0].length - 1)
  for (const match of text.matchAll(REST_OF_LINE())) {
    const rest = (match[1] ?? '').trimEnd()
    const start = match.index + match[0].length - (match[1] ?? '').length
    if (/\s/.test(rest)) ask(start, start + rest.length)
  }
  return found
}

/** All stretches of a chunk from border to border: the longest first, so that what it holds is not asked for again. */
function askInside(chunk: string, offset: number, ask: (start: number, end: number) => boolean): void {
  // "-pvalue", "/pvalue"
  const starts = /^[-/][A-Za-z]/.test(chunk) ? [0, 2] : [0]
  const ends: number[] = []
  for (let at = 0; at < chunk.length; at++) {
    if (!BORDER.test(chunk.charAt(at))) continue
    // A sign of the value's own may be its first or its last character.
    starts.push(at, at + 1)
    ends.push(at, at + 1)
  }
  ends.push(chunk.length)
  if (ends.length === 1) return
  const firsts = limited(starts)
  const lasts = limited(ends)
  for (const start of firsts) {
    for (const end of lasts.toReversed()) {
      if (end - start < SHORTEST_KNOWN || (start === 0 && end === chunk.length)) continue
      if (ask(offset + start, offset + end)) return
    }
  }
}

/** The first and the last borders: in between there is a path, or nothing that is written by hand. */
function limited(places: readonly number[]): number[] {
  const apart = [...new Set(places)]
  return apart.length <= 2 * MAX_BORDERS ? apart : [...apart.slice(0, MAX_BORDERS), ...apart.slice(-MAX_BORDERS)]
}
