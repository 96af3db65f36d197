import { type BlockOptions, builtBlock, itemsOf, type PrintedBlock } from './block.ts'
import type { BlockFacts } from './facts.ts'
import type { Section } from './pack.ts'

/** How a block came about: what was chosen, why, what it costs, and what was left out. */
export interface Explanation {
  budget: number
  sections: ExplainedSection[]
  /** Lines of facts that are in the block, of those that could be. Neither counts the head, nor the frame. */
  lines_kept: number
  lines_possible: number
  /** Tokens of everything that was read to make it, as JSON: what somebody would have to read instead. */
  source_tokens: number
}

export interface ExplainedSection {
  heading: string
  why: string
  /** Of what is printed of it, its heading included. */
  tokens: number
  lines: ExplainedLine[]
}

export interface ExplainedLine {
  text: string
  tokens: number
  /** Its place in the order in which lines of all sections are let in: the smaller goes first. */
  rank: number
  /** Left out for want of tokens, or because no block has so many lines of the kind. */
  outcome: 'kept' | 'budget' | 'limit'
}

/** The block of `facts` with its explanation. Pure, like the block. */
export function explainedBlock(facts: BlockFacts, options: BlockOptions): PrintedBlock & { explanation: Explanation } {
  const built = builtBlock(facts, options)
  const { text, tokens, budget, sections, kept } = built
  const told = sections.map((section, index) => explained(section, kept[index] ?? 0, options.countTokens))
  const lines = told.filter((_, index) => sections[index]?.heading !== null).flatMap((section) => section.lines)
  return {
    text,
    tokens,
    items: itemsOf(built, options),
    explanation: {
      budget,
      sections: told.filter((section) => section.lines.length > 0),
      lines_kept: lines.filter(({ outcome }) => outcome === 'kept').length,
      lines_possible: lines.length,
      source_tokens: options.countTokens(JSON.stringify(facts, null, 1)),
    },
  }
}

function explained(section: Section, kept: number, countTokens: BlockOptions['countTokens']): ExplainedSection {
  const { heading, lines, beyond = [], rank, step, why = '' } = section
  const mark = heading === null ? '' : '- '
  const all = [...lines, ...beyond].map((line, index): ExplainedLine => {
    const outcome = index >= lines.length ? 'limit' : index < kept ? 'kept' : 'budget'
    const place = Math.round(100 * (rank + index * step)) / 100
    return { text: line, tokens: countTokens(`${mark}${line}\n`), rank: place, outcome }
  })
  const printed = all.filter(({ outcome }) => outcome === 'kept').reduce((sum, { tokens }) => sum + tokens, 0)
  const headed = heading === null || kept === 0 ? 0 : countTokens(`${heading}:\n`)
  return { heading: heading ?? (rank < -5 ? 'Head' : 'Notes for you'), why, tokens: printed + headed, lines: all }
}
