import type { Layer } from '../finding.ts'
import { after, lazy } from './words.ts'

/** What stands before every line of a text that a program shows, and how it begins: numbers, the signs of a comparison or of a mail, times. */
const GUTTERS = [
  [/[ \t\d]/, lazy(String.raw`[ \t]{0,9}\d{1,6}(?:→|\t|[ ]?[|│][ ]?|:(?!\d)|[ ]{2})`, 'y')],
  [/[ \t>]/, lazy('[ \\t]{0,9}(?:>[ ]?){1,6}', 'y')],
  // A listing of files (`-rw-r--r--`) is no comparison.
  [/[-+ @di]/, lazy(String.raw`[+-](?![+-]{2} |[r-][w-][-xsS])| (?=\S| )|(?=@@|diff |index )`, 'y')],
  [
    /[[\d]/,
    lazy(
      String.raw`\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?\]?[ \t]{1,4}(?:\[?(?:DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|TRACE)\]?:?[ \t]{1,4})?`,
      'y',
    ),
  ],
  [/[A-Z]/, lazy(String.raw`[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d [\w.-]{1,60} [\w./-]{1,60}(?:\[\d{1,9}\])?: `, 'y')],
] as const
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
  const starts = firstLines(text)
  const isMost = (count: number): boolean => count > 0 && count >= starts.length * 0.8
  const gutter = GUTTERS.find(
    ([sign, pattern]) =>
      // Cheap to ask: most texts have no gutter, and the patterns are dear.
      isMost(starts.filter((start) => sign.test(text.charAt(start))).length) &&
      isMost(starts.filter((start) => after(pattern(), text, start) !== undefined).length) &&
      starts.some((start) => !BLANK.includes(text.charAt(start)) || (after(pattern(), text, start) ?? 0) > start + 1),
  )?.[1]()
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

const BLANK = ' \t'

/** Where the first lines begin that are not empty. */
function firstLines(text: string): number[] {
  const starts: number[] = []
  for (let start = 0; start < text.length && starts.length < SAMPLE; ) {
    const newline = text.indexOf('\n', start)
    const end = newline === -1 ? text.length : newline
    if (end > start) starts.push(start)
    start = end + 1
  }
  return starts
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
