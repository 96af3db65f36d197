import type { Layer } from '../finding.ts'

/** What stands before every line of a text that a program shows: numbers, the signs of a comparison or of a mail, times. */
const GUTTERS: readonly RegExp[] = [
  /[ \t]{0,9}\d{1,6}(?:→|\t|[ ]?[|│][ ]?|:(?!\d)|[ ]{2})/y,
  /[ \t]{0,9}(?:>[ ]?){1,6}/y,
  /[+-](?![+-]{2} )| (?=\S| )|(?=@@|diff |index )/y,
  /\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?\]?[ \t]{1,4}(?:\[?(?:DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|TRACE)\]?:?[ \t]{1,4})?/y,
  /[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d [\w.-]{1,60} [\w./-]{1,60}(?:\[\d{1,9}\])?: /y,
]
/** So many lines say whether all have a gutter. */
const SAMPLE = 40

/** A text read differently: pieces of the original, one behind the other. */
interface View {
  text: string
  /** Where a piece begins: in the view, and in the original. In order. */
  pieces: { at: number; from: number }[]
}

/** Finds what the lines say behind their gutter, and what strings of JSON say when their escapes are undone: everything is looked for there again. */
export const views: Layer = (source, report) => {
  if (source.depth > 0) return
  const isJson = source.has('\\n') && /[[{]/.test(source.text)
  for (const view of [behindGutter(source.text), isJson ? unescaped(source.text) : undefined]) {
    if (view === undefined) continue
    for (const { start, end, kind, isGuess } of source.findInside(view.text, source.as)) {
      const to = placeOf(view, end - 1) + 1
      report(placeOf(view, start), to, kind, isGuess ? { isGuess } : {})
    }
  }
}

function behindGutter(text: string): View | undefined {
  const gutter = GUTTERS.find((pattern) => isGutter(text, pattern))
  if (gutter === undefined) return undefined
  const view = new Pieces(text)
  let start = 0
  while (start < text.length) {
    gutter.lastIndex = start
    const from = gutter.test(text) ? gutter.lastIndex : start
    const newline = text.indexOf('\n', from)
    const next = newline === -1 ? text.length : newline + 1
    view.add(from, next)
    start = next
  }
  return view.done()
}

/** Nearly all of the first lines have it; a sign alone (`+`, `-`) must be on one of them at least. */
function isGutter(text: string, pattern: RegExp): boolean {
  let lines = 0
  let hits = 0
  let signs = 0
  for (let start = 0; start < text.length && lines < SAMPLE; ) {
    const newline = text.indexOf('\n', start)
    const end = newline === -1 ? text.length : newline
    if (end > start) {
      lines += 1
      pattern.lastIndex = start
      if (pattern.test(text)) hits += 1
      if (/[^ \t]/.test(text.charAt(start)) || pattern.lastIndex > start + 1) signs += 1
    }
    start = end + 1
  }
  return lines > 0 && hits >= lines * 0.8 && signs > 0
}

const ESCAPED = /\\(?:[nrt"\\/]|u00[0-7][\da-f])/gi
const MEANING: Record<string, string> = { n: '\n', r: '\r', t: '\t' }

/** The strings of JSON that hold several lines, each on lines of its own. */
function unescaped(text: string): View | undefined {
  const view = new Pieces(text)
  let hasLines = false
  for (const { start, end } of strings(text)) {
    if (!text.slice(start, end).includes('\\n')) continue
    hasLines = true
    addUnescaped(view, text, start, end)
    view.put('\n', end)
  }
  return hasLines ? view.done() : undefined
}

function addUnescaped(view: Pieces, text: string, start: number, end: number): void {
  let at = start
  for (const { 0: sequence, index } of text.slice(start, end).matchAll(ESCAPED)) {
    view.add(at, start + index)
    const code = sequence.charAt(1)
    const meaning = code === 'u' ? String.fromCharCode(Number.parseInt(sequence.slice(2), 16)) : (MEANING[code] ?? code)
    view.put(meaning, start + index)
    at = start + index + sequence.length
  }
  view.add(at, end)
}

/** What stands between double quotes on one line; in one pass, however many quotes there are. */
function* strings(text: string): Generator<{ start: number; end: number }> {
  let open = -1
  for (const { 0: sign, index } of text.matchAll(/["\n]|\\./g)) {
    if (sign === '\n') open = -1
    else if (sign === '"' && open === -1) open = index + 1
    else if (sign === '"') {
      yield { start: open, end: index }
      open = -1
    }
  }
}

class Pieces {
  readonly #text: string
  readonly #parts: string[] = []
  readonly #pieces: { at: number; from: number }[] = []
  #length = 0

  constructor(text: string) {
    this.#text = text
  }

  add(from: number, to: number): void {
    this.put(this.#text.slice(from, to), from)
  }

  /** What stands for the original from an offset on. */
  put(part: string, from: number): void {
    if (part === '') return
    this.#pieces.push({ at: this.#length, from })
    this.#parts.push(part)
    this.#length += part.length
  }

  done(): View {
    return { text: this.#parts.join(''), pieces: this.#pieces }
  }
}

/** Where in the original a character of a view stands. */
function placeOf({ pieces }: View, at: number): number {
  let low = 0
  let high = pieces.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((pieces[middle]?.at ?? 0) <= at) low = middle
    else high = middle - 1
  }
  const piece = pieces[low]
  return piece ? piece.from + at - piece.at : at
}
