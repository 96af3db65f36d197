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

/** How something is written that stands for other characters. */
interface Writing {
  /** Found in every text that has it: most texts have none. */
  hint: (text: string) => boolean
  /** What stands for something else, with flag `g`. */
  pattern: RegExp
  /** What it stands for; undefined leaves it as it is. */
  meaning: (written: string) => string | undefined
  /** Lines without it are left out of the view. */
  isPerLine: boolean
  /** Of lines without it nothing is decoded. */
  inLines?: (line: string) => boolean
  isDoubtful?: true
  separator?: string
}

const codePoint = (hexadecimal: string, radix = 16): string | undefined => {
  const code = Number.parseInt(hexadecimal, radix)
  return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : undefined
}

const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '', f: '', a: '', v: '', '0': '' }
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

const ESCAPED = /\\(?:[^\sA-Za-z0-9\\_.$-]|[ux][0-9A-Fa-f{]{2}|0?[01][0-7]{2})|[\w:]\\\\\w/

/** Strings of JSON, C and JavaScript, and what shells escape one by one. */
const BACKSLASHES: Writing = {
  hint: (text) => text.includes('\\'),
  pattern:
    /\\(?:0?(?:0[4-7]|1[0-7])[0-7]|u[0-9A-Fa-f]{4}|u\{[0-9A-Fa-f]{1,6}\}|x[0-9A-Fa-f]{2}|[nrtbfav]|[^\sA-Za-z0-9])/g,
  meaning: (written) => {
    const first = written.charAt(1)
    if (/^[01]/.test(first)) return codePoint(written.slice(1), 8)
    if (written.length > 2) return codePoint(written.replace(/[\\ux{}]/g, ''))
    return CONTROLS[first] ?? first
  },
  isPerLine: true,
  // Paths have backslashes too: an escape is one before a sign or a code, or between quotes, or two within a word.
  inLines: (line) => ESCAPED.test(line) || (/["']/.test(line) && /\\[nrt]/.test(line)),
  isDoubtful: true,
}

/** Percent-encoded, as in addresses and forms. Several bytes may be one character. */
const PERCENTS: Writing = {
  hint: (text) => text.includes('%'),
  pattern: /(?:%[2-7][0-9A-Fa-f]){1,2000}|%0[9AaDd]|%[89A-Fa-f][0-9A-Fa-f](?:%[89ABab][0-9A-Fa-f]){1,3}/g,
  meaning: (written) => utf8Of(Buffer.from(written.replaceAll('%', ''), 'hex')),
  isPerLine: true,
  separator: '&',
}

/** HTML and XML. */
const REFERENCES: Writing = {
  hint: (text) => text.includes('&') && /&(?:#|amp;|lt;|gt;|quot;|apos;)/.test(text),
  pattern: /&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});/g,
  meaning: (written) => {
    const name = written.slice(1, -1)
    if (!name.startsWith('#')) return ENTITIES[name]
    return /^#[xX]/.test(name) ? codePoint(name.slice(2)) : codePoint(name.slice(1), 10)
  },
  isPerLine: true,
}

/** Backspace, NUL, escape, and characters without width. */
const UNSEEN = String.raw`\0\u00ad\u200b-\u200d\u2060\ufeff`
/** How an escape character is written, also where a log spells it out. */
const ESCAPE = String.raw`(?:\x1b|\\u001[bB]|\\x1[bB]|\\033|\\e|\^\[)`
const HAS_INVISIBLE = new RegExp(String.raw`[\x08\x1b${UNSEEN}]|${ESCAPE}\[|\\(?:u0000|x00)`)

/** What nobody sees: colours, NULs of UTF-16, characters without width. */
const INVISIBLE: Writing = {
  hint: (text) => HAS_INVISIBLE.test(text),
  pattern: new RegExp(
    [
      String.raw`(?:[^\0\r\n\x1b]\0){8,2000}`,
      String.raw`${ESCAPE}\[[0-9;:?<=>]{0,40}[ -/]{0,4}[@-~]`,
      String.raw`\x1b\][^\x07\x1b\r\n]{0,200}(?:\x07|\x1b\\)`,
      String.raw`\x1b[ -/]{0,4}[0-~]`,
      String.raw`[^\r\n]\x08`,
      String.raw`[${UNSEEN}]{1,400}|\\u0000|\\x00`,
    ].join('|'),
    'g',
  ),
  meaning: (written) => (written.charAt(1) === '\0' && written.charAt(0) !== '\0' ? written.replaceAll('\0', '') : ''),
  isPerLine: true,
}

/** Decoded stretches of so many characters are made by nothing else. */
const SPACED_CHARS = 7

/** UTF-16 of which the NULs are shown as spaces: `P a s s w o r d :   x`. */
const SPACES: Writing = {
  hint: (text) => /\S \S \S \S \S \S \S/.test(text),
  pattern: /(?<![A-Za-z0-9])(?=\S)(?:[^\r\n] ){7,2000}\S?/g,
  meaning: (written) => written.replace(/([^\r\n]) /g, '$1'),
  isPerLine: true,
}

/** Mail. Only where a header says so: `=3D` stands in many other things. */
const QUOTED_PRINTABLE: Writing = {
  hint: (text) => /quoted-printable|=\?[\w-]{1,20}\?[qQ]\?/i.test(text),
  pattern: /=(?:[ \t]{0,9}\r?\n|[0-7][0-9A-F]|[89A-F][0-9A-F](?:=[89AB][0-9A-F]){1,3})/g,
  meaning: (written) => (/\n$/.test(written) ? '' : utf8Of(Buffer.from(written.replaceAll('=', ''), 'hex'))),
  isPerLine: false,
}

const WRITINGS: readonly Writing[] = [INVISIBLE, BACKSLASHES, PERCENTS, REFERENCES, SPACES, QUOTED_PRINTABLE]

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

/** Bytes as text, or undefined when they are none. */
export function utf8Of(bytes: Buffer): string | undefined {
  const text = bytes.toString('utf8')
  return text.includes('\ufffd') ? undefined : text
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
  for (const match of text.matchAll(pattern)) {
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
