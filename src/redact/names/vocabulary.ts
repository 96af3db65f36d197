import { isAbout, isHashed, isOfOthers } from './about.ts'
import { plain } from './languages.ts'
import { MEANINGS } from './meanings.ts'
import { wordSet } from './words.ts'

/**
 * How much a name says: `strong` names nothing but a secret, whatever its value looks like; the value of a `medium` one must not look like a
 * word; the value of a `weak` one must look random, and that of a `faint` one, which mostly names something else, long and random.
 */
export type Grade = 'strong' | 'medium' | 'weak' | 'faint'

export interface Meaning {
  /** What the mark calls it. */
  kind: string
  grade: Grade
}

/** How a name ends, what may stand before that, and of which meaning it is: the first that fits names it. */
interface Ending {
  letters: string
  heads: string
  rank: number
}

/** The endings by their last two letters. */
let endings: Map<string, Ending[]> | undefined

function endingsByTail(): Map<string, Ending[]> {
  const all = new Map<string, Ending[]>()
  const add = (letters: string, heads: string, rank: number): void => {
    const tail = letters.slice(-2)
    const same = all.get(tail)
    if (same) same.push({ letters, heads, rank })
    else all.set(tail, [{ letters, heads, rank }])
  }
  MEANINGS.forEach(([, ...groups], rank) => {
    for (const [heads, ends] of groups) {
      for (const end of ends.split(' ')) {
        const one = end.endsWith('+') ? end.slice(0, -1) : end
        add(one, heads, rank)
        if (one !== end) add(`${one}s`, heads, rank)
      }
    }
  })
  return all
}

/** Not counted in a name: `code d'accès`, `clé de sécurité`. */
const ARTICLES = wordSet('de du d la l')
const MAX_WORDS = 5

/** `client_secretKey2` → `client`, `secret`, `key`. */
function wordsOf(name: string): string[] {
  return (
    plain(
      name
        .replace(/([a-z])([A-Z])/g, '$1 $2')
        .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
        .toLowerCase(),
    )
      .replace('schluess', 'schluss')
      .match(/[a-z]+/g) ?? []
  )
}

/**
 * What a name says of its value.
 *
 * @param name the key itself, as it is written: `dbPassword`, `client_secret`
 * @param before the words before it on its line, which may belong to it: `client` of `client secret`
 * @param after the words between it and the sign that the value follows: `for ana` of `password for ana:`
 */
export function meaningOf(name: string, before = '', after = ''): Meaning | undefined {
  const left = wordsOf(before)
  const words = [...left, ...wordsOf(`${name} ${after}`)]
  const found = firstIn(words, left.length)
  if (found === undefined) return undefined
  const last = words[found.start - 1] ?? ''
  const tail = words.slice(found.end)
  const meaning = MEANINGS[found.rank]?.[0]
  if (meaning === undefined || isAbout(last, tail)) return undefined
  if ((meaning.grade === 'weak' || meaning.grade === 'faint') && isOfOthers(last, tail)) return undefined
  return isHashed(tail) ? { kind: meaning.kind, grade: 'weak' } : meaning
}

interface Place {
  start: number
  end: number
  rank: number
}

/** The words that name a secret: of the first meaning that any have, the first and the most of them. One must belong to the name itself. */
function firstIn(words: readonly string[], from: number): Place | undefined {
  endings ??= endingsByTail()
  let best: Place | undefined
  for (let end = from + 1; end <= words.length; end++) {
    const candidates = endings.get((words[end - 1] ?? '').slice(-2))
    if (candidates === undefined) continue
    let letters = ''
    for (let start = end - 1; start >= Math.max(0, end - MAX_WORDS); start--) {
      const first = words[start] ?? ''
      if (ARTICLES.has(first)) continue
      letters = first + letters
      for (const ending of candidates) {
        if (best && (ending.rank > best.rank || (ending.rank === best.rank && start > best.start))) continue
        if (fits(ending, letters, first)) best = { start, end, rank: ending.rank }
      }
    }
  }
  return best
}

function fits({ letters, heads }: Ending, name: string, first: string): boolean {
  if (!name.endsWith(letters)) return false
  const head = name.slice(0, name.length - letters.length)
  if (heads === '*') return head.length < first.length
  if (heads === '' || head === '') return heads === head
  const isLoose = heads[0] === '~'
  const words = ` ${isLoose ? heads.slice(1) : heads} `
  return words.includes(` ${head} `) || (isLoose && head.length > first.length && words.includes(` ${first} `))
}
