import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expanded, type Passage, questionOf, rank, waysToFind } from '../../../server/search/ranking.ts'
import { NOTHING_COUNTED } from '../../../server/search/statistics.ts'

const NOW = new Date('2026-06-30T12:00:00Z')
let numbers = 0
const aPassage = (words: string, more: Partial<Passage> = {}): Passage => ({
  number: ++numbers,
  ...{ session_id: null, ordinal: null, at: '2026-06-01T09:00:00.000Z', asks: false, is_current: true, importance: 5 },
  terms: `client__y ${words}`,
  ...more,
})
const orderOf = (words: string, passages: Passage[], mode: 'context' | 'problem' = 'context') =>
  rank(questionOf(words.split(' ')), passages, NOTHING_COUNTED, mode, NOW).map(({ passage }) =>
    passages.indexOf(passage),
  )

describe('the order of passages', () => {
  test('of a conversation puts the answer before a passage of another session that has one word too', () => {
    const question = aPassage('firewall replaced when', { session_id: 'a', ordinal: 0, asks: true })
    const answer = aPassage('monday fortigate', { session_id: 'a', ordinal: 1 })
    const stranger = aPassage('monday backup tape', { session_id: 'b', ordinal: 0 })

    expect(orderOf('firewall replaced monday', [stranger, answer, question])).toEqual([2, 1, 0])
  })

  test('puts what took the place of something before it', () => {
    const old = aPassage('firewall sonicwall', { is_current: false })
    const current = aPassage('firewall fortigate')

    expect(orderOf('firewall', [old, current], 'problem')).toEqual([1, 0])
  })

  test('lets age decide between equals, and not more', () => {
    const old = aPassage('spooler driver 1053', { at: '2020-01-01T00:00:00.000Z' })
    const recent = aPassage('spooler lunch', { at: '2026-06-29T00:00:00.000Z' })
    const oldTwin = aPassage('spooler lunch', { at: '2020-01-01T00:00:00.000Z' })

    expect(orderOf('spooler 1053', [recent, oldTwin, old])).toEqual([2, 0, 1])
  })

  test('says how much of the question a passage has', () => {
    const [found] = rank(questionOf(['spooler', 'lunch']), [aPassage('spooler lunch')], NOTHING_COUNTED, 'problem', NOW)

    expect(found).toMatchObject({ coverage: 1, words: ['spooler', 'lunch'] })
  })

  test('does not depend on the order in which a database gives them', () => {
    const words = fc.constantFrom('spooler', 'driver', 'backup', 'veeam', 'vpn', 'mfa', 'dns')
    const passage = fc.record({
      words: fc.array(words, { minLength: 1, maxLength: 12 }),
      session: fc.constantFrom('a', 'b', null),
      asks: fc.boolean(),
    })
    fc.assert(
      fc.property(
        fc.array(passage, { minLength: 1, maxLength: 20 }),
        fc.array(words, { minLength: 1 }),
        (made, asked) => {
          const passages = made.map(({ words: all, session, asks }, index) =>
            aPassage(all.join(' '), { number: index, session_id: session, ordinal: session && index, asks }),
          )
          for (const mode of ['context', 'problem'] as const) {
            const ranked = rank(questionOf(asked), passages, NOTHING_COUNTED, mode, NOW)
            const reversed = rank(questionOf(asked), passages.toReversed(), NOTHING_COUNTED, mode, NOW)
            expect(reversed.map(({ passage: { number } }) => number)).toEqual(
              ranked.map(({ passage: { number } }) => number),
            )
            for (const { score, coverage } of ranked) {
              expect(score).toBeGreaterThanOrEqual(0)
              expect(coverage).toBeGreaterThanOrEqual(0)
              expect(coverage).toBeLessThanOrEqual(1.000001)
            }
          }
        },
      ),
    )
  })
})

describe('the words that are looked for', () => {
  const counted = {
    ...{ documents: 9_000, meanWords: 20 },
    having: new Map(Object.entries({ server: 6_000, backup: 5_000, fail: 4_000, spooler: 3 })),
  }

  test('are the rare ones, where there are some', () => {
    expect(waysToFind(questionOf(['server', 'spooler', 'zebra', '1053']), counted)).toEqual([
      [['zebra', '1053', 'spooler']],
    ])
  })

  test('are those that stand together, where all are frequent', () => {
    expect(waysToFind(questionOf(['backup', 'fail']), counted)).toEqual([[['fail'], ['backup']], [['fail']]])
  })

  test('get those of the best answers beside them', () => {
    const asked = questionOf(['spooler'])
    const ranked = rank(asked, [aPassage('spooler driver driver'), aPassage('lunch')], NOTHING_COUNTED, 'problem', NOW)

    const wider = expanded(asked, ranked)

    expect([...wider.weights.keys()]).toContain('driver')
    expect([...wider.asked]).toEqual(['spooler'])
  })
})
