/** Below this a search for each hint costs less than the preparation. */
const SHORT_CHARS = 1_024

/**
 * Answers whether a text holds a hint. Hundreds are asked for, and most texts hold few of them: three letters in a row that are nowhere
 * in the text say no at once, without a search of the whole.
 */
export function hintsIn(lower: string): (hint: string) => boolean {
  if (lower.length < SHORT_CHARS) return (hint) => lower.includes(hint)
  let seen: Uint8Array | undefined
  const answers = new Map<string, boolean>()
  return (hint) => {
    seen ??= triplesOf(lower)
    const known = answers.get(hint)
    if (known !== undefined) return known
    const answer = mayHold(seen, hint) && lower.includes(hint)
    answers.set(hint, answer)
    return answer
  }
}

/** Which of 65,536 numbers the triples of letters of a text have. */
function triplesOf(text: string): Uint8Array {
  const seen = new Uint8Array(65_536)
  let triple = 0
  for (let at = 0; at < text.length; at++) {
    triple = following(triple, text.charCodeAt(at))
    seen[triple] = 1
  }
  return seen
}

function mayHold(seen: Uint8Array, hint: string): boolean {
  let triple = 0
  for (let at = 0; at < hint.length; at++) {
    triple = following(triple, hint.charCodeAt(at))
    if (at >= 2 && seen[triple] === 0) return false
  }
  return true
}

/** What came three letters ago has left the 16 bits: each moves them by six. */
const following = (triple: number, code: number): number =>
  ((triple << 6) ^ (code & 0x3f) ^ ((code >> 6) * 0x1f)) & 0xffff

const lists = new Map<string, string[]>()

/** Whether a text holds one of the hints of a list; each list is taken apart once. */
export function holdsAny(list: string, sign: string, has: (hint: string) => boolean): boolean {
  let hints = lists.get(list)
  if (!hints) {
    hints = list.split(sign)
    lists.set(list, hints)
  }
  return hints.some(has)
}
