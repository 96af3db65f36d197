import type { OutputOf } from '../api/client.ts'
import type { Contract } from '../contract/index.ts'

type Block = OutputOf<Contract['context']['get']>
type Explanation = NonNullable<Block['explanation']>

const OUTCOMES = { kept: '+', budget: '-', limit: '.' } as const

/** How a block came about, for people: sections with their reasons and tokens, each line with what became of it, then what it comes to. */
export function explainedText(block: Pick<Block, 'text' | 'tokens'>, explanation: Explanation): string {
  if (block.text === '') return 'Nothing is known yet: the block is empty.'
  const { sections, budget, lines_kept, lines_possible, source_tokens } = explanation
  const lines = sections.flatMap((section) => section.lines)
  const left = (outcome: 'budget' | 'limit') => lines.filter((line) => line.outcome === outcome).length
  const share = source_tokens === 0 ? 0 : Math.round((1_000 * block.tokens) / source_tokens) / 10
  return [
    '+ kept, - left out for want of tokens, . more than a block has of the kind. [rank: the smaller is let in first]',
    ...sections.flatMap(({ heading, why, tokens, lines: all }) => [
      '',
      `${heading}: ${tokens} tokens; ${why}`,
      ...all.map((line) => `  ${OUTCOMES[line.outcome]} ${line.text}  [${line.rank}; ${line.tokens} tokens]`),
    ]),
    '',
    `Kept ${lines_kept} of ${lines_possible} lines; left out: ${left('budget')} for want of tokens, ${left('limit')} beyond the most of their kind.`,
    `${block.tokens} tokens of at most ${budget}; what was read to make it has ${source_tokens} (${share} %).`,
  ].join('\n')
}
