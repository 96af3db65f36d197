/**
 * Stored text is written by clients, ticket systems, programs and attackers. Before it reaches a model or a terminal it becomes
 * one line of visible characters that can neither move a cursor, nor hide, nor pass for the frame around it.
 */

/** The name of the block's own marker; also what stored text is searched for. */
export const MARKER = 'claudetools-context'

const ESC = '\u001b'
/** Ends a title or another string that a terminal takes in. */
const STRING_END = `\u0007|${ESC}\\\\|\u009c`
// Escape sequences go as a whole, else their visible rest ("[31m") would stay. Unfinished ones lose the control character only.
const ESCAPES = new RegExp(
  [
    `(?:${ESC}\\[|\u009b)[0-?]*[ -/]*[@-~]`,
    `${ESC}[\\]PX^_][^\u0007${ESC}\u009c]*(?:${STRING_END})`,
    `${ESC}[ -/]*[0-~]`,
  ].join('|'),
  'g',
)
/** Line breaks, tabs and wide spaces; the byte order mark, which JavaScript takes for one, is none. */
const SPACES = /(?:(?!\uFEFF)[\s\u0085\u2800])+/gu
/** Control characters, lone surrogates, bidi controls, zero-width characters, variation selectors, U+E0000 tags, private use. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}]+/gu
/** A tag that would end the block, or that looks like one of Claude Code's own. `<system.web>` is not meant. */
const FRAME_LIKE =
  /[<\uFE64\uFF1C](?=\s*[/\uFF0F]?\s*(?:claudetools|system-|antml|(?:system|assistant|user|human|function_calls|function_results|tool_result|tool_use|invoke)[\s>/]))/giu

/**
 * `text` as one line of at most `maxChars` UTF-16 units. A longer one is cut, at a space where there is one near, and ends with `…`.
 * Empty when nothing visible is in it.
 */
export function oneLine(text: string, maxChars: number): string {
  // Nothing after ten times the limit can matter, unless nearly all before it is invisible; so a megabyte costs no more than a page.
  const start = text.length > maxChars * 10 + 1_000 ? text.slice(0, maxChars * 10 + 1_000) : text
  return clip(visible(start), maxChars)
}

/** Single words of ASCII with single spaces between them and no bracket: most text, and nothing to be done about it. */
const PLAIN = /^(?:[!-;=-~]+(?: [!-;=-~]+)*)?$/

/** `text` as one line without what is not visible, whole. */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text
  const bare = text.replace(ESCAPES, '').replace(SPACES, ' ').replace(INVISIBLE, '').replace(SPACES, ' ').trim()
  return bare.replace(FRAME_LIKE, '\u2039')
}

/** Cuts at `maxChars` UTF-16 units and says so with `…`; never inside a character. */
export function clip(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text
  const end = /[\uD800-\uDBFF]/.test(text.charAt(maxChars - 2)) ? maxChars - 2 : maxChars - 1
  const space = text.lastIndexOf(' ', end)
  return `${text.slice(0, space > end - 16 && space > 0 ? space : end).trimEnd()}…`
}

/** A command as code. Fenced twice where it holds a backtick itself, so that it stays whole. */
export function code(text: string, maxChars: number): string {
  const line = oneLine(text, maxChars)
  return line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``
}

/** The line of an error output that says most: the first that names an error, the last of a Python trace, else the first. */
export function errorLine(text: string | null | undefined, maxChars: number): string {
  const lines = (text ?? '')
    .slice(0, 20_000)
    .split(/\r?\n|\r/)
    .map(visible)
    .filter((line) => line !== '' && !/^(?:Exit code:? \d+|At line:\d+.*)$/i.test(line))
  const trace = lines.some((line) => line.startsWith('Traceback (most recent call last)'))
  const telling = lines.slice(0, 40).find((line) => TELLING.test(line))
  return clip((trace ? lines.at(-1) : (telling ?? lines[0])) ?? '', maxChars)
}

const TELLING =
  /\b(?:error|fatal|denied|refused|not found|no such|cannot|can't|could not|unable|failed|failure|invalid|unknown|unsupported|not recognized|timed out|exception|missing|unexpected)\b/i
