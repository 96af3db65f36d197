/** What makes two printed errors the same one. */

/** Only so much of an error is looked at: what comes after it is the program's output. */
const MOST = 20_000

/** Error codes say which error it is, so they stay: `0x80070005`, `Error 1053`, `HTTP/1.1 403`. */
const CODE = String.raw`\b0x[0-9a-f]{4,8}\b|\b(?:error|err|errno|code|status|hresult|event id|http(?:\/\d(?:\.\d)?)?)[\s:#=(]{1,3}-?\d{1,10}\b`
/** What differs from one time to the next: addresses, ids, hashes, paths, dates and other numbers, and what was redacted. */
const VARIABLE = [
  String.raw`\[redacted:[^\]]{0,100}\]`,
  String.raw`\b[a-z][a-z0-9+.-]{1,10}:\/\/[^\s"'<>)]{1,500}`,
  String.raw`\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b`,
  String.raw`\b[0-9a-f]{12,64}\b`,
  String.raw`\b[a-z]:\\[^\s"'<>|:*?]{0,260}`,
  String.raw`\\\\[^\s"'<>|]{1,260}`,
  String.raw`(?<![\w.])~?\/[^\s"'\x60:;,()<>]{1,300}`,
  String.raw`\b\d{1,40}(?:[-/.:,t]\d{1,40}){0,20}z?\b`,
].join('|')
const CODE_OR_VARIABLE = new RegExp(`(${CODE})|${VARIABLE}`, 'gi')

/**
 * An error as it was printed, with what differs from one time to the next replaced by `?`: numbers, ids, addresses, paths and dates.
 * Letter case and spaces do not count; error codes stay. Total on any text, linear.
 *
 * @example errorShape('Error 1053: C:\\Spool\\a.spl was not printed (pid 4711)')   // error 1053: ? was not printed (pid ?)
 */
export function errorShape(error: string): string {
  return error
    .slice(0, MOST)
    .replace(CODE_OR_VARIABLE, (_, code: string | undefined) => code ?? '?')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
}

/** The hash under which solutions of the same error are found. `sha256` gives lower-case hex. */
export function errorSignature(error: string, sha256: (text: string) => string): string {
  return sha256(errorShape(error))
}
