/**
 * Counts tokens for budgets. Claude's own tokenizer is not public, so another real one is used (o200k) and its count is raised.
 * Loading it costs 0.2 s and 73 MB of memory once (measured, 2 cores), hence it is loaded with the first block and not with the server.
 */

/**
 * What Claude's tokenizer counts more. Measured on blocks of this program with the tokenizer that Anthropic published for its older models:
 * 0.98 to 1.05 times o200k; newer ones count more. At this factor a block of "1,000 tokens" has about 870 by o200k.
 */
export const SAFETY_FACTOR = 1.15

export type CountTokens = (text: string) => number

let loading: Promise<CountTokens> | undefined

/** The counter, loaded once per process. What it counts is never less than o200k's count times `SAFETY_FACTOR`. */
export function loadTokenizer(): Promise<CountTokens> {
  loading ??= load()
  return loading
}

/** Tokens of one text, as budgets count them. For many texts use `loadTokenizer` once. */
export async function countTokens(text: string): Promise<number> {
  return (await loadTokenizer())(text)
}

const MOST_LINES = 5_000
const MOST_CHARACTERS = 500

async function load(): Promise<CountTokens> {
  const { countTokens: count } = await import('gpt-tokenizer/encoding/o200k_base')
  // Stored text may hold what this tokenizer takes for its own commands ("<|endoftext|>") and would refuse: here it is text.
  const asText = { disallowedSpecial: new Set<string>() }
  const byLine = remembered((line) => count(line, asText))
  return (text) => {
    let tokens = 0
    for (const line of linesOf(text)) tokens += byLine(line)
    return Math.ceil(tokens * SAFETY_FACTOR)
  }
}

/**
 * The lines with their breaks. No token goes on after a line break, unless with more breaks, spaces or slashes: the sum over lines is the
 * count of the whole, or there a little more. So a block is packed by counting each of its lines once.
 */
const linesOf = (text: string) => text.match(/[^\n]*\n|[^\n]+$/g) ?? []

/** The same lines come again with every try to pack a block, and with the next block of the same client. The oldest go first. */
function remembered(count: CountTokens): CountTokens {
  const known = new Map<string, number>()
  return (line) => {
    if (line.length > MOST_CHARACTERS) return count(line)
    const tokens = known.get(line) ?? count(line)
    if (known.size >= MOST_LINES && !known.has(line)) known.delete(known.keys().next().value as string)
    known.set(line, tokens)
    return tokens
  }
}
