/** One of the databases checks JSON no deeper than 32 levels, and a column lies one below the input. */
const MAX_DEPTH = 32

/**
 * Why a parsed JSON value could not be given back as it came, or undefined when it could. Without recursion: how deep it is nested
 * is the sender's choice, and the parsers after this one recurse.
 */
export function whyNotWellFormed(value: unknown): string | undefined {
  const left: [value: unknown, depth: number][] = [[value, 0]]
  for (let next = left.pop(); next; next = left.pop()) {
    const [current, depth] = next
    if (typeof current === 'string' && !isKept(current)) return BROKEN_TEXT
    if (isRounded(current))
      return 'A whole number is larger than 2^53, which JSON does not carry exactly. Send it as text.'
    if (typeof current !== 'object' || current === null) continue
    if (depth === MAX_DEPTH) return `It is nested deeper than ${MAX_DEPTH} levels. Send it flatter.`
    for (const [key, inner] of Object.entries(current)) {
      if (key === '__proto__') return 'No field can be named __proto__. Choose another name.'
      if (!isKept(key)) return BROKEN_TEXT
      left.push([inner, depth + 1])
    }
  }
  return undefined
}

/** What was sent may have been the number beside it. */
const isRounded = (value: unknown) => Number.isInteger(value) && !Number.isSafeInteger(value)

const BROKEN_TEXT = 'A text holds half of a surrogate pair or a NUL character. Send well-formed Unicode.'

/** A lone surrogate or a NUL would be stored as something else. */
const isKept = (text: string) => text.isWellFormed() && !text.includes('\0')
