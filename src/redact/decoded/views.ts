import { WRITINGS, type Writing } from './writings.ts'

/** A text as it reads once something was decoded in it, and where each stretch of it came from. */
export interface View {
  readonly text: string
  /** What was decoded may have stood for itself: a path has backslashes too. */
  readonly isDoubtful: boolean
  /** What separates values here when it is not encoded itself. */
  readonly separator: string | undefined
  /** Offset in the source of the character at `at` of the view. */
  startOf(at: number): number
  /** Offset in the source behind the last character before `at` of the view. */
  endOf(at: number): number
}

/**
 * The views in which a text reads otherwise, one for each way of writing that it uses. Where lines can be told apart, only those that
 * use it are in the view.
 */
export function* viewsOf(text: string): Generator<View> {
  for (const writing of WRITINGS) {
    if (!writing.hint(text)) continue
    const view = viewOf(text, writing)
    if (view) yield view
  }
}

/** The stretches of a view in order: where each begins there and in the source, and how long it is here and there. */
interface Stretches {
  here: number[]
  there: number[]
  chars: number[]
  sourceChars: number[]
}

function viewOf(
  text: string,
  { pattern, meaning, isPerLine, inLines, isDoubtful, separator }: Writing,
): View | undefined {
  const parts: string[] = []
  const stretches: Stretches = { here: [], there: [], chars: [], sourceChars: [] }
  let length = 0
  const add = (part: string, from: number, sourceChars: number) => {
    parts.push(part)
    stretches.here.push(length)
    stretches.there.push(from)
    stretches.chars.push(part.length)
    stretches.sourceChars.push(sourceChars)
    length += part.length
  }
  const addPlain = (from: number, to: number) => {
    if (from < to) add(text.slice(from, to), from, to - from)
  }
  /** Up to here the source is in the view, or was left out. */
  let at = 0
  /** Behind the line that is in the view: looked for once for each line. */
  let end = isPerLine ? 0 : text.length
  /** Up to here nothing is decoded. */
  let skipped = 0
  for (const match of text.matchAll(pattern())) {
    if (match.index < skipped) continue
    if (inLines && match.index >= end) {
      const begin = text.lastIndexOf('\n', match.index) + 1
      const behind = behindLine(text, match.index)
      if (!inLines(text.slice(begin, behind))) {
        skipped = behind
        continue
      }
    }
    const decoded = meaning(match[0])
    if (decoded === undefined || decoded === match[0]) continue
    if (match.index >= end) {
      addPlain(at, end)
      at = Math.max(end, text.lastIndexOf('\n', match.index) + 1)
      end = behindLine(text, match.index)
    }
    addPlain(at, match.index)
    add(decoded, match.index, match[0].length)
    at = match.index + match[0].length
    // A line break that means nothing: two lines are one.
    if (at > end) end = behindLine(text, at)
  }
  if (parts.length === 0) return undefined
  addPlain(at, end)
  return {
    text: parts.join(''),
    isDoubtful: isDoubtful === true,
    separator,
    startOf: (place) => startOf(stretches, place),
    endOf: (place) => endOf(stretches, place),
  }
}

function behindLine(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end + 1
}

function startOf({ here, there, chars, sourceChars }: Stretches, place: number): number {
  // Of stretches that begin at the same place the last one holds the character: the others are empty.
  let index = lastAtOrBefore(here, place)
  while (index > 0 && chars[index] === 0 && here[index] === place && index + 1 < here.length) index += 1
  const inside = place - (here[index] ?? 0)
  return (there[index] ?? 0) + inside * strideOf(chars[index] ?? 0, sourceChars[index] ?? 0)
}

function endOf(stretches: Stretches, place: number): number {
  const { here, there, chars, sourceChars } = stretches
  if (place === 0) return there[0] ?? 0
  let index = lastAtOrBefore(here, place - 1)
  while (index > 0 && chars[index] === 0) index -= 1
  const inside = place - (here[index] ?? 0)
  const all = sourceChars[index] ?? 0
  const stride = strideOf(chars[index] ?? 0, all)
  if (stride === 0) return (there[index] ?? 0) + all
  // Behind the last character itself, not behind the space that follows it.
  const after = stride === SPACED ? inside * stride - 1 : inside * stride
  return (there[index] ?? 0) + Math.min(all, after)
}

/** Decoded stretches of so many characters are made by nothing else. */
const SPACED_CHARS = 7

/** So many characters of the source stand for each one of a stretch; 0 where that is not regular. */
function strideOf(chars: number, sourceChars: number): number {
  if (chars === sourceChars) return PLAIN
  if (3 * chars === sourceChars) return PERCENT
  return chars >= SPACED_CHARS && Math.ceil(sourceChars / 2) === chars ? SPACED : 0
}

const [PLAIN, SPACED, PERCENT] = [1, 2, 3]

/** Index of the last number that is not greater. */
function lastAtOrBefore(sorted: readonly number[], place: number): number {
  let [low, high] = [0, sorted.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((sorted[middle] as number) <= place) low = middle
    else high = middle - 1
  }
  return low
}
