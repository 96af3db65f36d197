import { wordsOf } from './words.ts'

/** A stem as it is searched for, and the letters that a text must hold for it. */
type Stem = readonly [letters: string, pattern: string]

/**
 * Finds the places of stems in a text of small letters. Only those that the text holds become a pattern: one of all of them is dear to
 * compile, and most texts hold none. `<` and `>` say that no letter stands before or after one, `~` is a space.
 */
export function stemsIn(...stems: readonly string[]): (has: (stem: string) => boolean) => RegExp | undefined {
  let list: readonly Stem[] | undefined
  return (has) => {
    list ??= wordsOf(stems).map(stemOf)
    const found = list.filter(([letters]) => has(letters)).map(([, pattern]) => pattern)
    return found.length === 0 ? undefined : new RegExp(found.join('|'), 'g')
  }
}

function stemOf(stem: string): Stem {
  const isStart = stem[0] === '<'
  const isEnd = stem.endsWith('>')
  const letters = stem.slice(isStart ? 1 : 0, isEnd ? -1 : undefined).replace('~', ' ')
  return [letters, (isStart ? '(?<![a-z])' : '') + letters + (isEnd ? '(?![a-z])' : '')]
}
