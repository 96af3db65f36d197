import type { Report, Source } from '../finding.ts'
import { places } from '../spread.ts'
import { fromBase64 } from './encoded.ts'

const TOKEN = '[A-Za-z0-9+/]{6,8000}={0,2}'
const DECODER = String.raw`(?:openssl[ \t]{1,4}(?:enc[ \t]{1,4})?-?)?(?:base64|b64)[ \t]{1,4}(?:-A[ \t]{1,4})?(?:-d|-D|-di|--decode)(?![\w-])`

/** Commands that decode what stands in them, also when it is only a password: what a text must hold, the pattern, its flags. */
const DECODE: readonly (readonly [hint: string, pattern: string, flags: string])[] = [
  [
    '|',
    String.raw`\b(?:echo|printf)[ \t]{1,4}(?:-[ne]{1,2}[ \t]{1,4}|["']?%s["']?[ \t]{1,4})?["']?(${TOKEN})["']?[ \t]{0,4}\|[ \t]{0,4}${DECODER}`,
    'dg',
  ],
  ['<<<', String.raw`\b${DECODER}[ \t]{0,4}<<<[ \t]{0,4}["']?(${TOKEN})`, 'dg'],
  ['(', String.raw`\b(?:FromBase64String|b64decode|base64_decode|atob|decode64)\([ \t]{0,4}b?["'](${TOKEN})`, 'dgi'],
]

/** One value of a Kubernetes secret, and what it prints: encoded, or decoded at once. */
const SHOW = String.raw`\.data\.[^\s}"']{1,80}[^\r\n]{0,12}`
const SHOWN: readonly string[] = [
  String.raw`${SHOW}\r?\n([A-Za-z0-9+/]{4,8000}={0,2})(?=[\s%$#]|$)`,
  String.raw`${SHOW}\|[ \t]{0,4}${DECODER}[^\r\n]{0,20}\r?\n([^\s]{4,200})(?=\s|$)`,
]

/** What a command decodes, and the same where it is printed. */
export function decodeCommands({ text, has }: Source, report: Report): void {
  if (has('b64') || has('base64') || has('decode64') || has('atob')) {
    for (const [hint, pattern, flags] of DECODE) {
      if (!has(hint)) continue
      for (const match of text.matchAll(new RegExp(pattern, flags))) {
        const said = fromBase64(match[1] as string)?.trim()
        if (said === undefined || !isWord(said)) continue
        const [start, end] = match.indices?.[1] ?? [0, 0]
        report(start, end, 'password', { isShape: true, isGuess: true })
        for (const at of firstPlaces(text, said)) report(at, at + said.length, 'password', { isGuess: true })
      }
    }
  }
  if (!has('.data.') || !has('secret')) return
  for (const pattern of SHOWN) {
    for (const match of text.matchAll(new RegExp(pattern, 'dg'))) {
      const [start, end] = match.indices?.[1] ?? [0, 0]
      report(start, end, 'secret')
    }
  }
}

/** A text that decodes thousands of values is no session: then only what is encoded is told. */
const MANY_CHARS = 20_000
const firstPlaces = (text: string, value: string): number[] => (text.length > MANY_CHARS ? [] : places(text, value))

/** One word that is no path, no address and no number. */
const isWord = (text: string): boolean =>
  /^[^\s]{6,64}$/.test(text) && !/^(?:[A-Za-z]:)?[\\/.~]|:\/\/|^[\d.]+$/.test(text)
