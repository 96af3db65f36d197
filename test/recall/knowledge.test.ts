import { describe, expect, test } from 'vitest'
import { contextBlock } from '../../src/recall/block.ts'
import type { BlockFacts, SnippetFact } from '../../src/recall/facts.ts'
import { worthOf } from '../../src/recall/knowledge-sections.ts'
import {
  aDecision,
  aFailure,
  anInsight,
  aResume,
  aSnippet,
  aStart,
  aState,
  aTask,
  dataforth,
  hoursAgo,
  NOW,
  richStart,
  words,
} from './world.ts'

/** What people and agents wrote down, in the block: the right few lines, behind tasks and failures. */

const block = (facts: BlockFacts, budget = 1_500) => contextBlock(facts, { budget, countTokens: words, now: NOW }).text
const under = (heading: string, text: string) => text.split(`${heading}:\n`)[1]?.split(/\n(?!- )/)[0]

describe('what is known of a client', () => {
  test('facts come by priority, decisions by date, each with age and id', () => {
    const insights = [anInsight(2), anInsight(3, { priority: 9 }), anInsight(1)]
    const decisions = [aDecision(50), aDecision(4, { decision: 'decision 4.' })]

    const text = block(aStart({ ...dataforth, insights, decisions }))

    expect(under('Facts', text)).toBe(
      '- Statement 3 holds (3 h) [00000003]\n- Statement 1 holds (1 h) [00000001]\n- Statement 2 holds (2 h) [00000002]',
    )
    expect(under('Decided', text)).toBe(
      '- Decision 4 (4 h) [00000004]\n- Decision 50: What decision 50 says (2 d) [00000032]',
    )
  })

  test('a note that says again what a fact or another note says is not repeated', () => {
    const snippets = [aSnippet(1, { text: 'Statement 9 holds.' }), aSnippet(2), aSnippet(3, { text: ' note  2 ' })]

    const text = block(aStart({ ...dataforth, insights: [anInsight(9)], snippets }))

    expect(under('Notes', text)).toBe('- gotcha: Note 2 (2 h) [00000002]')
  })

  test('notes come by relevance, use and age, of which age counts least', () => {
    const old = aSnippet(1, { created_at: hoursAgo(24 * 1_000), relevance: 80 })
    const used = aSnippet(2, { use_count: 3 })
    const better = aSnippet(3, { relevance: 55 })
    const worth = (snippet: SnippetFact) => worthOf(snippet, NOW)

    expect(worth(old)).toBeGreaterThan(worth(used))
    expect(worth(used)).toBeGreaterThan(worth(better))
    expect(worth(better)).toBeGreaterThan(worth(aSnippet(4)))
    expect(worth({ ...old, created_at: hoursAgo(24 * 36_500) })).toBeGreaterThanOrEqual(72_000)
  })

  test('more of a kind than a block has are left to the search, and not counted', () => {
    const snippets = Array.from({ length: 20 }, (_, n) => aSnippet(n + 1))

    const text = block(aStart({ ...dataforth, snippets }))

    expect(under('Notes', text)?.split('\n')).toHaveLength(6)
    expect(text).not.toContain('more note')
  })

  test('the state of a project says what is done, next and in the way', () => {
    const state = aState({ blockers: ['The provider is silent'], next_actions: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] })

    expect(under('Project state', block(aStart({ ...dataforth, state })))).toBe(
      [
        '- Rules are moved, VPN is not, 60 %; focus: Site-to-site tunnel to Tucson (30 h) [00000320]',
        '- Next: a; b; c; d; e; +2 more (30 h) [00000320]',
        '- Blocked by: The provider is silent (30 h) [00000320]',
      ]
        .join('\n')
        .replaceAll('30 h', '1 d'),
    )
  })

  test('tasks and failures stay when the budget is small; what is known goes first', () => {
    const facts = aStart({
      ...dataforth,
      tasks: [1, 2, 3].map((n) => aTask(n)),
      failures: [4, 5].map((n) => aFailure(n, `make step${n}`, { host: `h${n}` })),
      insights: [6, 7, 8].map((n) => anInsight(n)),
      snippets: [9, 10].map((n) => aSnippet(n)),
      decisions: [11, 12].map((n) => aDecision(n)),
    })
    const full = words(block(facts))

    const text = block(facts, full - 30)

    for (const kept of ['Task 3', 'make step4', 'make step5']) expect(text).toContain(kept)
    expect(text).toMatch(/\+\d more facts?: `msp search`/)
  })

  test('on resume only what was decided, learned or noted since', () => {
    const facts = aResume({
      ...dataforth,
      decisions: [aDecision(3), aDecision(30)],
      insights: [anInsight(4), anInsight(40)],
      snippets: [aSnippet(5), aSnippet(50)],
    })

    const text = block(facts)

    for (const recent of ['Decision 3:', 'Statement 4 ', 'Note 5 ']) expect(text).toContain(recent)
    for (const old of ['Decision 30', 'Statement 40', 'Note 50']) expect(text).not.toContain(old)
  })

  test('is a typical block of less than 1,000 tokens with all of it', () => {
    const { tokens } = contextBlock(richStart(), { countTokens: (text) => Math.ceil(text.length / 3.4), now: NOW })

    expect(tokens).toBeLessThanOrEqual(1_000)
  })
})
