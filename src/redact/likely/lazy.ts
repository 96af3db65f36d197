/** A hook lives for one event: what costs time to make is made when it is first asked for, and most of it never is. */

export interface Words {
  has: (word: string) => boolean
}

/** A set of words that are parted by white space. */
export function words(text: string): Words {
  let set: Set<string> | undefined
  return {
    has: (word) => {
      set ??= new Set(text.trim().split(/\s+/))
      return set.has(word)
    },
  }
}

/** A pattern as text: a literal would be parsed when the file is loaded, and once more when it is made. */
export function pattern(source: string, flags = '', written = (text: string) => text): () => RegExp {
  let made: RegExp | undefined
  return () => {
    made ??= new RegExp(written(source), flags)
    return made
  }
}

/** A list has words without the `s` of the plural. */
export const singular = (word: string): string => (word.endsWith('s') ? word.slice(0, -1) : word)
