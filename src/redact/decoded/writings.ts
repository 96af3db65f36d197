import { lazy } from '../names/words.ts'

const { raw } = String

/** How something is written that stands for other characters. */
export interface Writing {
  /** Found in every text that has it: most texts have none. */
  hint: (text: string) => boolean
  /** What stands for something else, with flag `g`. */
  pattern: () => RegExp
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

const isEscaped = lazy(raw`\\(?:[^\sA-Za-z0-9\\_.$-]|[ux][0-9A-Fa-f{]{2}|0?[01][0-7]{2})|[\w:]\\\\\w`)

/** Strings of JSON, C and JavaScript, and what shells escape one by one. */
const BACKSLASHES: Writing = {
  hint: (text) => text.includes('\\'),
  pattern: () =>
    /\\(?:0?(?:0[4-7]|1[0-7])[0-7]|u[0-9A-Fa-f]{4}|u\{[0-9A-Fa-f]{1,6}\}|x[0-9A-Fa-f]{2}|[nrtbfav]|[^\sA-Za-z0-9])/g,
  meaning: (written) => {
    const first = written.charAt(1)
    if (/^[01]/.test(first)) return codePoint(written.slice(1), 8)
    if (written.length > 2) return codePoint(written.replace(/[\\ux{}]/g, ''))
    return CONTROLS[first] ?? first
  },
  isPerLine: true,
  // Paths have backslashes too: an escape is one before a sign or a code, or between quotes, or two within a word.
  inLines: (line) => isEscaped().test(line) || (/["']/.test(line) && /\\[nrt]/.test(line)),
  isDoubtful: true,
}

/** Percent-encoded, as in addresses and forms. Several bytes may be one character. */
const PERCENTS: Writing = {
  hint: (text) => text.includes('%'),
  pattern: () => /(?:%[2-7][0-9A-Fa-f]){1,2000}|%0[9AaDd]|%[89A-Fa-f][0-9A-Fa-f](?:%[89ABab][0-9A-Fa-f]){1,3}/g,
  meaning: (written) => utf8Of(Buffer.from(written.replaceAll('%', ''), 'hex')),
  isPerLine: true,
  separator: '&',
}

/** HTML and XML. */
const REFERENCES: Writing = {
  hint: (text) => text.includes('&') && /&(?:#|amp;|lt;|gt;|quot;|apos;)/.test(text),
  pattern: () => /&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});/g,
  meaning: (written) => {
    const name = written.slice(1, -1)
    if (!name.startsWith('#')) return ENTITIES[name]
    return /^#[xX]/.test(name) ? codePoint(name.slice(2)) : codePoint(name.slice(1), 10)
  },
  isPerLine: true,
}

/** Backspace, NUL, escape, and characters without width. */
const UNSEEN = raw`\0\u00ad\u200b-\u200d\u2060\ufeff`
/** How an escape character is written, also where a log spells it out. */
const ESCAPE = raw`(?:\x1b|\\u001[bB]|\\x1[bB]|\\033|\\e|\^\[)`
const hasInvisible = lazy(raw`[\x08\x1b${UNSEEN}]`)
const hasWritten = lazy(raw`${ESCAPE}\[|\\(?:u0000|x00)`)

/** What nobody sees: colours, NULs of UTF-16, characters without width. */
const INVISIBLE: Writing = {
  hint: (text) => hasInvisible().test(text) || (/\\|\^\[/.test(text) && hasWritten().test(text)),
  pattern: lazy(
    [
      raw`(?:[^\0\r\n\x1b]\0){8,2000}`,
      raw`${ESCAPE}\[[0-9;:?<=>]{0,40}[ -/]{0,4}[@-~]`,
      raw`\x1b\][^\x07\x1b\r\n]{0,200}(?:\x07|\x1b\\)`,
      raw`\x1b[ -/]{0,4}[0-~]`,
      raw`[^\r\n]\x08`,
      raw`[${UNSEEN}]{1,400}|\\u0000|\\x00`,
    ].join('|'),
    'g',
  ),
  meaning: (written) => (written.charAt(1) === '\0' && written.charAt(0) !== '\0' ? written.replaceAll('\0', '') : ''),
  isPerLine: true,
}

/** UTF-16 of which the NULs are shown as spaces: `P a s s w o r d :   x`. */
const SPACES: Writing = {
  hint: (text) => /\S \S \S \S \S \S \S/.test(text),
  pattern: () => /(?<![A-Za-z0-9])(?=\S)(?:[^\r\n] ){7,2000}\S?/g,
  meaning: (written) => written.replace(/([^\r\n]) /g, '$1'),
  isPerLine: true,
}

/** Mail. Only where a header says so: `=3D` stands in many other things. */
const QUOTED_PRINTABLE: Writing = {
  hint: (text) => text.includes('=') && /quoted-printable|=\?[\w-]{1,20}\?[qQ]\?/i.test(text),
  pattern: () => /=(?:[ \t]{0,9}\r?\n|[0-7][0-9A-F]|[89A-F][0-9A-F](?:=[89AB][0-9A-F]){1,3})/g,
  meaning: (written) => (/\n$/.test(written) ? '' : utf8Of(Buffer.from(written.replaceAll('=', ''), 'hex'))),
  isPerLine: false,
}

export const WRITINGS: readonly Writing[] = [INVISIBLE, BACKSLASHES, PERCENTS, REFERENCES, SPACES, QUOTED_PRINTABLE]

/** Bytes as text, or undefined when they are none. */
export function utf8Of(bytes: Buffer): string | undefined {
  const text = bytes.toString('utf8')
  return text.includes('\ufffd') ? undefined : text
}
