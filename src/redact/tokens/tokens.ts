import type { Finding, Layer } from '../finding.ts'
import { hintsIn } from '../hints.ts'
import { layerOf } from '../rules.ts'
import { pem } from './pem.ts'
import { prefixed } from './prefixed.ts'
import { TOKEN_RULES } from './rules.ts'

const shaped = layerOf(TOKEN_RULES)

/** Secrets that are known by their own shape, whatever stands around them. */
export const tokens: Layer = (source, report) => {
  prefixed(source, report)
  pem(source, report)
  shaped(source, report)
}

/** The secrets of a text that their shape alone gives away, each where it stands. They may overlap. */
export function tokensIn(text: string): Finding[] {
  const found: Finding[] = []
  // Where lower case is longer than the text, offsets differ: here it only tells what is worth a search.
  const lower = text.toLowerCase()
  const source = { text, lower, as: 'text', depth: 0, has: hintsIn(lower), findInside: () => [] } as const
  tokens(source, (start, end, kind) => {
    if (start < end) found.push({ start, end, kind })
  })
  return found
}
