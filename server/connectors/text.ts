/** Texts of other systems are written by clients and attackers: they are shown as data, without what moves a cursor, hides or turns around. */

const ESC = '\u001b'
const ESCAPES = new RegExp(
  [
    `(?:${ESC}\\[|\u009b)[0-?]*[ -/]*[@-~]`,
    `${ESC}[\\]PX^_][^\u0007${ESC}\u009c]*(?:\u0007|${ESC}\\\\|\u009c)`,
    `${ESC}[ -/]*[0-~]`,
  ].join('|'),
  'g',
)
/** All but line feeds and tabs: control characters, lone surrogates, bidi controls, zero-width characters, tags, private use. */
const INVISIBLE = /(?:(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}])+/gu

/** A text of several lines. */
export function cleanText(text: string, maxChars: number): string {
  const visible = text
    .slice(0, maxChars * 4)
    .replace(/\r\n?|\u0085|\u2028|\u2029/g, '\n')
    .replace(ESCAPES, '')
    .replace(INVISIBLE, '')
    .trim()
  return visible.length <= maxChars
    ? visible
    : `${visible
        .slice(0, maxChars - 1)
        .toWellFormed()
        .trimEnd()}…`
}

/** The same as one line. */
export const cleanLine = (text: string, maxChars: number): string =>
  cleanText(text.replace(/[\s\u0085]+/g, ' '), maxChars)

/** Null for what nobody wrote. */
export const cleanOrNull = (text: string | null, maxChars: number): string | null =>
  text === null ? null : cleanLine(text, maxChars) || null
