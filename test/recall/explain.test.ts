import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadTokenizer } from '../../server/search/tokenizer.ts'
import { contextBlock } from '../../src/recall/block.ts'
import { explainedBlock } from '../../src/recall/explain.ts'
import { anyFacts } from './facts-arbitrary.ts'
import { aCompact, aFailure, aSession, aStart, aTask, dataforth, hoursAgo, NOW, richStart, words } from './world.ts'

/** The explain view: it tells of the same block, of every line that could be in it, and what became of each. */

const options = { countTokens: words, now: NOW }

describe('the explanation of a block', () => {
  test('names why a section is there, what it costs, and each line that was kept or had no room', () => {
    const { text, explanation } = explainedBlock(richStart(), { ...options, budget: 200 })
    const tasks = explanation.sections.find(({ heading }) => heading === 'Open tasks')

    expect(tasks?.why).toMatch(/by priority/)
    expect(tasks?.lines).toHaveLength(6)
    expect(new Set(tasks?.lines.map(({ outcome }) => outcome))).toEqual(new Set(['kept', 'budget']))
    for (const { lines } of explanation.sections)
      for (const line of lines) expect(text.includes(line.text)).toBe(line.outcome === 'kept')
  })

  test('tells what the block has no place for, whatever the budget', () => {
    const sessions = [1, 2, 3, 4, 5, 6].map((n) => aSession(n))
    const { explanation } = explainedBlock(aStart({ ...dataforth, sessions }), options)

    expect(explanation.sections.at(-1)?.lines.map(({ outcome }) => outcome)).toEqual([
      ...Array(5).fill('kept'),
      'limit',
    ])
    expect(explanation).toMatchObject({ lines_kept: 5, lines_possible: 6, budget: 1_000 })
  })

  test('has the tokens of all that was read beside what was kept', () => {
    const { tokens, explanation } = explainedBlock(richStart(), options)

    expect(explanation.source_tokens).toBeGreaterThan(tokens)
    expect(explanation.lines_kept).toBeLessThanOrEqual(explanation.lines_possible)
    expect(explanation.lines_kept).toBeGreaterThan(10)
  })

  test('is of the same block for any facts and any budget', () => {
    fc.assert(
      fc.property(anyFacts, fc.integer({ min: 50, max: 1_500 }), (facts, budget) => {
        const { explanation, ...block } = explainedBlock(facts, { ...options, budget })
        expect(block).toEqual(contextBlock(facts, { ...options, budget }))
        const printed = explanation.sections.reduce((sum, section) => sum + section.tokens, 0)
        expect(printed).toBeLessThanOrEqual(block.tokens)
        const facts_kept = block.text.split('\n').filter((line) => line.startsWith('- ')).length
        expect(explanation.lines_kept).toBe(facts_kept)
      }),
      { numRuns: 100 },
    )
  })
})

describe('the block after a compaction', () => {
  test('of a long session stays within its 1,000 real tokens, and keeps the goal, what was asked last and what is unsolved', async () => {
    const countTokens = await loadTokenizer()
    const facts = aCompact({
      ...dataforth,
      prompts: Array.from(
        { length: 90 },
        (_, n) => `Prompt ${n}: ${'why does the spooler stop every night '.repeat(40)}`,
      ),
      commands: Array.from({ length: 400 }, (_, n) =>
        aFailure(n + 1, `program${n % 60} --option value${n}`, {
          success: n % 60 !== 7,
          exit_code: n % 60 === 7 ? 1 : 0,
        }),
      ),
      files: Array.from({ length: 120 }, (_, n) => {
        return {
          path: `/srv/app/module${n}/index.ts`,
          change: 'M',
          lines_added: n,
          lines_removed: 1,
          changed_at: hoursAgo(1),
        }
      }),
      tasks: Array.from({ length: 12 }, (_, n) => aTask(n + 500)),
    })

    const { text, tokens, explanation } = explainedBlock(facts, { countTokens, now: NOW })

    expect(tokens).toBeLessThanOrEqual(1_000)
    for (const kept of ['Goal: Prompt 0:', 'Latest: Prompt 89:', 'program7 ', 'Files changed'])
      expect(text).toContain(kept)
    expect(explanation.source_tokens).toBeGreaterThan(20 * tokens)
  })
})
