/**
 * A line cut into atoms: stretches without white space, quotes, brackets and what parts names from values (`=`, `:`, `/`, `,` …). An atom keeps
 * the signs that passwords have inside. Offsets are those of the text.
 */
export interface Line {
  text: string
  start: number
  end: number
  /** Start and end of each atom. */
  starts: number[]
  ends: number[]
  /** Which atoms have letters and a digit or a sign of passwords. */
  candidates: number[]
}

const [SPACE, NEWLINE, SEPARATOR, LETTER, DIGIT, SIGN, JOINT] = [0, 1, 2, 3, 4, 5, 6]

const CLASSES = classes()

function classes(): Uint8Array {
  const table = new Uint8Array(0x300).fill(SEPARATOR)
  const set = (chars: string, value: number): void => {
    for (const char of chars) table[char.charCodeAt(0)] = value
  }
  set(' \t\u00a0', SPACE)
  set('\n\r', NEWLINE)
  set('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', LETTER)
  for (let code = 0xc0; code < 0x300; code++) if (code !== 0xd7 && code !== 0xf7) table[code] = LETTER
  set('0123456789', DIGIT)
  set('!#$%&*?^+@~', SIGN)
  set('-_.', JOINT)
  return table
}

const HAS_LETTER = 1
const HAS_OTHER = 2
const HAS_DIGIT = 4

/** The lines of a text that hold an atom. */
export function* linesOf(text: string): Generator<Line> {
  let line = emptyLine(text, 0)
  let start = -1
  let has = 0
  for (let at = 0; at <= text.length; at++) {
    const kind = at === text.length ? NEWLINE : (CLASSES[text.charCodeAt(at)] ?? SEPARATOR)
    if (kind >= LETTER) {
      if (start === -1) start = at
      if (kind === LETTER) has |= HAS_LETTER
      else if (kind !== JOINT) has |= kind === DIGIT ? HAS_OTHER | HAS_DIGIT : HAS_OTHER
      continue
    }
    if (start !== -1) {
      if ((has & HAS_LETTER) !== 0 && (has & HAS_OTHER) !== 0) line.candidates.push(line.starts.length)
      // A dash or an arrow parts two atoms, it is none.
      if ((has & (HAS_LETTER | HAS_DIGIT)) !== 0) {
        line.starts.push(start)
        line.ends.push(endOf(text, start, at))
      }
      start = -1
      has = 0
    }
    if (kind !== NEWLINE) continue
    line.end = at
    // Lines that hold nothing are used again.
    if (line.starts.length > 0) {
      yield line
      line = emptyLine(text, at + 1)
    } else line.start = at + 1
  }
}

/** The end of a sentence is none of its last word's. */
function endOf(text: string, start: number, end: number): number {
  let last = end
  while (last > start + 1 && text[last - 1] === '.') last -= 1
  return last
}

const emptyLine = (text: string, start: number): Line => ({
  ...{ text, start, end: start },
  ...{ starts: [], ends: [], candidates: [] },
})

/** The atom at a place of the line, '' beyond its ends. */
export const atom = (line: Line, index: number): string =>
  line.text.slice(line.starts[index] ?? 0, line.ends[index] ?? 0)

/** What stands between an atom and the one before it; before the first one, what begins the line. */
export const gapBefore = (line: Line, index: number): string =>
  line.text.slice(line.ends[index - 1] ?? line.start, line.starts[index] ?? line.end)

/** What stands between an atom and the next one; after the last one, what ends the line. */
export const gapAfter = (line: Line, index: number): string =>
  line.text.slice(line.ends[index] ?? line.start, line.starts[index + 1] ?? line.end)
