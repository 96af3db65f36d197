import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { certainty, verdict } from '../../src/guard/certainty.ts'
import { FAILURE_CATEGORIES } from '../../src/guard/failure-categories.ts'

const once = { isAnswered: false, occurrences: 1, sessions: 1 }
const known = { percent: 80, isSamePlace: true, places: 1, isVerified: false, ageDays: 1 }

describe('how certain a failure is to come again', () => {
  test('never falls with more failures, nor with a known answer, and stays a percentage', () => {
    const counts = fc.record({
      occurrences: fc.integer({ min: 1, max: 1_000 }),
      sessions: fc.integer({ min: 1, max: 1_000 }),
    })
    fc.assert(
      fc.property(fc.constantFrom(...FAILURE_CATEGORIES), counts, (category, counted) => {
        const experience = { category, isAnswered: false, ...counted }
        const percent = certainty(experience)
        expect(percent).toBeGreaterThanOrEqual(0)
        expect(percent).toBeLessThanOrEqual(100)
        expect(certainty({ ...experience, isAnswered: true })).toBeGreaterThanOrEqual(percent)
        expect(
          certainty({ ...experience, sessions: counted.sessions + 1, occurrences: counted.occurrences + 1 }),
        ).toBeGreaterThanOrEqual(percent)
      }),
    )
  })

  test('is enough after one time for what a machine lacks, and never for what is busy', () => {
    expect(verdict({ ...known, percent: certainty({ category: 'NotInstalled', ...once }) })).toBe('deny')
    const busy = certainty({ category: 'ResourceBusy', isAnswered: true, occurrences: 100, sessions: 100 })
    expect(verdict({ ...known, percent: busy })).toBe('note')
  })
})

describe('what is done about it', () => {
  test.each([
    ['is stopped where it was learned', {}, 'deny'],
    ['is only said of a machine like it', { isSamePlace: false }, 'note'],
    ['is stopped where three machines agree', { isSamePlace: false, places: 3 }, 'deny'],
    ['is stopped where a person has confirmed it', { isSamePlace: false, isVerified: true, percent: 10 }, 'deny'],
    ['is only said when it was long ago', { ageDays: 200 }, 'note'],
    ['is forgotten after a year', { ageDays: 400 }, 'allow'],
    ['is not said when it is hardly likely', { percent: 30 }, 'allow'],
  ])('%s', (_, own, expected) => {
    expect(verdict({ ...known, ...own })).toBe(expected)
  })
})
