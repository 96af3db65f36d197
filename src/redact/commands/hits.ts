import { isProgram } from './grammar.ts'
import { secretName } from './secret-names.ts'

/** A place at which a command line may stand. */
export interface Hit {
  start: number
  end: number
  isFlag: boolean
}

const EXTENSIONS = '.exe.cmd.bat.com.ps1.vbs.py.sh.pl.'
/** What may be a name or a flag. Of names only `7z` begins with a digit: a listing has hundreds of numbers. */
const WORD = /[a-z][a-z0-9_.+-]+|7z[a-z0-9_.+-]*|--?[a-z][a-z0-9_.-]+|\/[a-z][a-z0-9_-]+(?=[:= ])/g
const MAX_NAME_CHARS = 61
/** Behind these a word is the end of another one, or no name of a program: `user@net`, `$net`. */
const JOINS_WORD = '.@$-_+0123456789'
const BEFORE_FLAG = ' \t\n\r"\'`([{,;|=>'
const AFTER_NAME = ' \t,'

/** The next place from an offset on; `lower` is the text in lower case, of the same length. */
export function nextHit(text: string, lower: string, from: number): Hit | undefined {
  WORD.lastIndex = from
  for (let match = WORD.exec(lower); match; match = WORD.exec(lower)) {
    const [word] = match
    const end = match.index + word.length
    if (word.startsWith('-') || word.startsWith('/')) {
      if (isSecretFlag(text, word, match.index)) return { start: match.index, end, isFlag: true }
      // `/usr/bin/mysql` is no flag, and has the name of a program in it.
      if (word.startsWith('/')) WORD.lastIndex = match.index + 1
      continue
    }
    const start = programStart(lower, word, match.index)
    if (start >= 0) return { start, end, isFlag: false }
  }
  return undefined
}

/** Whether a text holds any. */
export const hasHit = (text: string): boolean => nextHit(text, text.toLowerCase(), 0) !== undefined

/** Where in a word the name of a program begins that something follows, or -1. */
function programStart(lower: string, word: string, start: number): number {
  if (word.length > MAX_NAME_CHARS || (start > 0 && JOINS_WORD.includes(lower.charAt(start - 1)))) return -1
  if (!hasArguments(lower, start + word.length) && !isPipedInto(lower, start)) return -1
  if (isNamed(word)) return start
  // `"cd /srv\\nnet user …"`: the line break of a string, and not the beginning of a name.
  return lower[start - 1] === '\\' && /^[nrt]/.test(word) && isNamed(word.slice(1)) ? start + 1 : -1
}

const isNamed = (name: string): boolean => isProgram(name) || (name.includes('.') && isProgram(withoutExtension(name)))

/** `psexec.exe` → `psexec`. */
export function withoutExtension(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 && EXTENSIONS.includes(`${name.slice(dot)}.`) ? name.slice(0, dot) : name
}

/** A quote may end a name, also one that is escaped. */
function hasArguments(lower: string, end: number): boolean {
  let at = end
  if (!AFTER_NAME.includes(lower.charAt(at))) {
    while (lower[at] === '\\' && at < end + 3) at += 1
    if (lower[at] === '"' || lower[at] === "'") at += 1
  }
  const first = at
  while (at < lower.length && at - first < 9 && AFTER_NAME.includes(lower.charAt(at))) at += 1
  return at > first && at < lower.length && !/\s/.test(lower.charAt(at))
}

/** `cat <<END | chpasswd` has no arguments. */
const isPipedInto = (lower: string, start: number): boolean =>
  ' |o'.includes(lower.charAt(start - 1)) && /\|[ \t]?(?:sudo )?$/.test(lower.slice(Math.max(0, start - 8), start))

function isSecretFlag(text: string, flag: string, start: number): boolean {
  if (flag.length < 3 || (start > 0 && !BEFORE_FLAG.includes(text.charAt(start - 1)))) return false
  return secretName(text.slice(start, start + flag.length)) !== undefined
}
