/** The ways in which programs write a text inside other text. Each returns every variant that is in use, the text itself included. */

const UNRESERVED = /[A-Za-z0-9\-._~]/
/** What stays as it is: RFC 3986, encodeURIComponent, HTML forms, encodeURI; and nothing at all. */
const UNTOUCHED = [UNRESERVED, /[A-Za-z0-9\-._~!*'()]/, /[A-Za-z0-9\-._*]/, /[A-Za-z0-9\-._~!*'();/?:@&=+$,#]/, /(?!)/]

/** Percent-encoded, in upper and lower case, with spaces as `%20` and as `+`. */
export function urlEncoded(text: string): string[] {
  const bytes = [...Buffer.from(text)]
  return UNTOUCHED.flatMap((untouched) => {
    const letters = Array.from({ length: 0x80 }, (_, byte) => String.fromCharCode(byte))
    const kept = letters.map((letter) => (untouched.test(letter) ? letter : undefined))
    const lower = bytes.map((byte) => kept[byte] ?? `%${byte.toString(16).padStart(2, '0')}`).join('')
    const upper = bytes.map((byte) => kept[byte] ?? `%${byte.toString(16).padStart(2, '0').toUpperCase()}`).join('')
    return [upper, lower, upper.replaceAll('%20', '+'), lower.replaceAll('%20', '+')]
  })
}

/** As JSON libraries write it: with slashes escaped or not, beyond ASCII escaped or not, and as .NET, Go and PowerShell do for HTML. */
export function jsonEscaped(text: string): string[] {
  const plain = JSON.stringify(text).slice(1, -1)
  const unicode = (characters: RegExp, upper: boolean) => (json: string) =>
    json.replace(characters, (one) => {
      const code = one.charCodeAt(0).toString(16).padStart(4, '0')
      return `\\u${upper ? code.toUpperCase() : code}`
    })
  const slashed = [plain, plain.replaceAll('/', '\\/')]
  const html = slashed.flatMap((json) => [
    json,
    ...bothCases(json, /[<>&']/g, unicode),
    ...bothCases(json, /[<>&'+`]/g, unicode),
  ])
  const quoted = html.map((json) => json.replaceAll('\\"', '\\u0022'))
  const all = [...html, ...quoted]
  return [...all, ...all.flatMap((json) => bothCases(json, /[^\0-\x7e]/g, unicode))]
}

const bothCases = (
  json: string,
  characters: RegExp,
  unicode: (c: RegExp, upper: boolean) => (json: string) => string,
) => [unicode(characters, false)(json), unicode(characters, true)(json)]

/** With the five characters of markup as entities, by name or number; and as numbers beyond ASCII. */
export function htmlEscaped(text: string): string[] {
  const markup = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const all = ['"', '&quot;', '&#34;', '&#x22;'].flatMap((double) =>
    ["'", '&#39;', '&#039;', '&#x27;', '&apos;'].map((single) =>
      markup.replaceAll('"', double).replaceAll("'", single),
    ),
  )
  const numbered = (radix: 10 | 16) => (html: string) =>
    html.replace(/[^\0-\x7f]/gu, (one) => `&#${radix === 16 ? 'x' : ''}${one.codePointAt(0)?.toString(radix)};`)
  return [...all, ...all.map(numbered(10)), ...all.map(numbered(16))]
}

/** As shells show it: inside single or double quotes, with backslashes (bash, `%q`), doubled quotes (PowerShell, SQL) and carets (cmd). */
export function shellQuoted(text: string): string[] {
  return [
    text.replaceAll("'", `'\\''`),
    text.replaceAll("'", `'"'"'`),
    text.replaceAll("'", "''"),
    text.replaceAll('"', '""'),
    text.replace(/["$`\\]/g, '\\$&'),
    text.replace(/["$`\\!]/g, '\\$&'),
    text.replace(/["'\\]/g, '\\$&'),
    text.replace(/['\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t'),
    text.replace(/[^A-Za-z0-9_\-.,:/@%+=\n]/g, '\\$&'),
    text.replace(/[^A-Za-z0-9_\-.,:/@%+\n]/g, '\\$&'),
    text.replace(/["$`]/g, '`$&'),
    text.replace(/[&|<>^()"%!]/g, '^$&'),
  ]
}

/** As hexadecimal digits: in both cases, joined, or apart by spaces or colons. */
export function hexadecimal(bytes: Uint8Array): string[] {
  const pairs = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'))
  const lower = ['', ' ', ':'].map((between) => pairs.join(between))
  return [...lower, ...lower.map((digits) => digits.toUpperCase())]
}

/**
 * In base64 and base64url, at each of the three places where a text can begin in what is encoded. The characters that a neighbour shares
 * are left out, so at most four bits stay at either end.
 */
export function base64(bytes: Uint8Array): string[] {
  const shifted = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
    const first = Math.ceil((offset * 8) / 6)
    const whole = Math.floor(((offset + bytes.length) * 8) / 6)
    return encoded.slice(first, whole)
  })
  return [...shifted, ...shifted.map((digits) => digits.replaceAll('+', '-').replaceAll('/', '_'))]
}
