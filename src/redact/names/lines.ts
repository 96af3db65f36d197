/** No line is looked at further, in UTF-16 units: the time stays linear in a text that is one line. */
const MAX_CHARS = 4_000

/** The end of the line that holds an offset, without its carriage return. */
export function endOfLine(text: string, at: number): number {
  const part = text.slice(at, at + MAX_CHARS)
  const newline = part.indexOf('\n')
  const end = newline === -1 ? part.length : newline
  return at + (part[end - 1] === '\r' ? end - 1 : end)
}

/** The start of the line that holds an offset; of a long line an offset within it. */
export function startOfLine(text: string, at: number): number {
  const from = Math.max(0, at - 200)
  const newline = text.slice(from, at).lastIndexOf('\n')
  return newline === -1 ? from : from + newline + 1
}

/** The start of the line after the one that holds an offset. Nothing at the end of the text. */
export function nextLine(text: string, at: number): number | undefined {
  const end = endOfLine(text, at)
  const next = text[end] === '\r' ? end + 2 : end + 1
  return next < text.length ? next : undefined
}

/** How many spaces and tabs a line begins with. */
export const indentOf = (text: string, at: number): number => /^[ \t]*/.exec(text.slice(at, at + 80))?.[0].length ?? 0
