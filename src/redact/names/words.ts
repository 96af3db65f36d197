/** Words that are looked up, not searched for: a pattern of so many costs a fresh process a millisecond to compile, and most are never asked for. */
export interface Words {
  has: (word: string) => boolean
}

export function wordSet(...lines: readonly string[]): Words {
  let set: Set<string> | undefined
  return {
    has: (word) => {
      set ??= new Set(wordsOf(lines))
      return set.has(word)
    },
  }
}

/** The words of lines. To split at one sign is many times faster than at a pattern. */
export function wordsOf(lines: readonly string[]): string[] {
  const words = lines.join(' ')
  return words.split(words.includes('\n') ? /\s+/ : ' ')
}

/** A pattern that is made at the first call. */
export type Lazy = () => RegExp

/** Makes a pattern when it is first needed. From a string: a literal is parsed when the file is, also in a function that never runs. */
export function lazy(source: string, flags = ''): Lazy {
  let made: RegExp | undefined
  return () => {
    made ??= new RegExp(source, flags)
    return made
  }
}

/** Where a pattern ends that begins at an offset; its flag is `y`. */
export function after(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : undefined
}

/** The letters of European languages, for a class of a pattern: `\\p{L}` and its flag are dear to compile too. */
export const LETTER = 'A-Za-z\xaa\xb5\xba\xc0-\u1fff'

/** Whether a character is such a letter, or a figure. */
export function isWordChar(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code < 0x80) return (code >= 0x30 && code <= 0x39) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a)
  return (code >= 0xc0 && code < 0x20_00) || code === 0xaa || code === 0xb5 || code === 0xba
}
