import type { Layer, Report } from '../finding.ts'
import { looksRandom } from '../values.ts'
import { endOfLine, nextLine } from './lines.ts'
import { wordSet } from './words.ts'

/** Secrets that neither a name nor a sign stands next to: the columns of `chap-secrets`, and the values of cookies. */
export const files: Layer = ({ text, lower, has }, report) => {
  if (has('cookie')) cookies(text, report)
  if (has('client') && has('secret')) columns(text, lower, report)
  if (has('auth-user-pass') || has('openvpn')) twoLines(text, report)
}

/** A line that names the file or shows it: a remark, a heading, a command. Not the option itself, below which other options stand. */
const TWO_LINES =
  /(?<=^|\n)(?![ \t]{0,9}auth-user-pass)[^\r\n]{0,120}(?:auth-user-pass|openvpn[^\r\n]{0,60}(?:auth|pass|login|cred)\w{0,12}(?:\.\w{2,4})?)[^\r\n]{0,80}\r?\n(?<user>[^\s#;<-]\S{1,63})[ \t]{0,4}\r?\n(?<bare>[^\s#;<]\S{2,63})[ \t]{0,4}(?=\r?\n[ \t]{0,9}(?:\r?\n|\S{1,40}[ \t]|[$#>]|<\/|EOF|END|$)|$|\r?\n$)/dg
/** Options of OpenVPN that are one word. */
const OPTION = /^(?:client|nobind|persist-\w+|tls-\w+|auth-\w+|float|mute-\w+|comp-lzo|fast-io|pull)$/

/** The file that `auth-user-pass` reads: the user in one line, the password in the next. */
function twoLines(text: string, report: Report): void {
  for (const { indices, groups } of text.matchAll(TWO_LINES)) {
    const [start, end] = indices?.groups?.bare ?? [0, 0]
    if (!OPTION.test(groups?.user ?? '') && !OPTION.test(groups?.bare ?? '')) report(start, end, 'password')
  }
}

const HEADER = /cookie2?(?:\\{0,8}["'])?[ \t]?:[ \t]{0,9}(?:\\{0,8}["'])?(?=[^\r\n"'=]{1,80}=)([^"'\r\n\\]{4,8000})/gi
const COOKIE = /([^\s=;]{1,100})=([^;\s]{1,8000})/g
const ATTRIBUTES = wordSet(
  'path domain expires max-age samesite version priority comment lang language locale theme tz timezone',
)
const SESSION = /sess|sid|auth|token|jwt|remember|csrf|xsrf|login|key|ticket/i

/** Of a header the value of each cookie that may open a session. */
function cookies(text: string, report: Report): void {
  for (const header of text.matchAll(HEADER)) {
    const list = header[1] ?? ''
    const from = header.index + header[0].length - list.length
    for (const { 0: pair, 1: name = '', 2: value = '', index } of list.matchAll(COOKIE)) {
      if (ATTRIBUTES.has(name.toLowerCase())) continue
      const end = from + index + pair.length
      if (SESSION.test(name) || looksRandom(value) || value.length >= 16) report(end - value.length, end, 'cookie')
    }
  }
}

const HEAD = /(?<=^|\n)#[ \t]{0,9}client[ \t]{1,40}server[ \t]{1,40}secret/g
const FIELD = /"[^"\r\n]{0,200}"|[^\s"]{1,200}/g

/** `ana * "x" *` below the head of a file of pppd: user, server, secret, addresses. */
function columns(text: string, lower: string, report: Report): void {
  // A head below a head belongs to the first: no line is read twice.
  let read = 0
  for (const { index } of lower.matchAll(HEAD)) {
    if (index < read) continue
    for (let at = nextLine(text, index); at !== undefined; at = nextLine(text, at)) {
      const line = text.slice(at, endOfLine(text, at))
      read = at + 1
      if (line.trim() === '') break
      const secret = line.startsWith('#') ? undefined : [...line.matchAll(FIELD)][2]
      if (secret === undefined) continue
      const quote = secret[0].startsWith('"') ? 1 : 0
      report(at + secret.index + quote, at + secret.index + secret[0].length - quote, 'password')
    }
  }
}
