import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beginning, itemChange } from '../../../server/domains/work/item-rules.ts'
import { checkPattern } from '../../../server/domains/work/patterns.ts'
import { AppError } from '../../../src/contract/errors.ts'
import { ITEM_STATUS } from '../../../src/contract/work.ts'

const anInstant = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString())
const anOutcome = fc.constantFrom('success', 'partial', 'failure', 'unknown')
const aStep = fc.record(
  { status: fc.constantFrom(...ITEM_STATUS), outcome: anOutcome, ended_at: anInstant },
  { requiredKeys: ['status'] },
)

/** What an act gives, or nothing where it is refused. */
function unlessRefused<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch (error) {
    if (error instanceof AppError) return undefined
    throw error
  }
}

test('whatever is asked of it, a work item has ended when its status says so, and not before it started', () => {
  const given = fc.record({
    status: fc.constantFrom(...ITEM_STATUS),
    outcome: anOutcome,
    started_at: fc.option(anInstant),
  })
  const property = (start: never, steps: { status: never }[], now: string) => {
    let item = unlessRefused(() => beginning(start, now))
    if (!item) return
    for (const step of steps) item = unlessRefused(() => itemChange(item as never, step, now)) ?? item
    const isUnderWay = item.status === 'in_progress' || item.status === 'blocked'
    expect(item.ended_at === null).toBe(isUnderWay)
    expect((item.started_at ?? '') <= (item.ended_at ?? '9')).toBe(true)
    expect([item.status, item.outcome]).not.toEqual(['failed', 'success'])
  }

  fc.assert(fc.property(given as never, fc.array(aStep) as never, anInstant, property))
})

test.each([
  '(a+)+',
  '((a)+)+',
  '(a|aa)*b',
  '(a?a)+$',
  '(?:x{1,5}y){3}',
  '(?<n>a+)+',
  '.*.*.*',
  '(a)\\1',
  '(?=a)b',
  '(',
  '[b-a]',
])('%s is refused as a pattern', (pattern) => {
  expect(() => checkPattern(pattern)).toThrow(AppError)
})

test.each([
  'spooler',
  '^net (start|stop) \\S+$',
  'srv-[a-z0-9+*]+',
  '(?:get|set)-mailbox',
  'v\\d{1,3}\\(x\\)',
  'größe',
])('%s is a pattern', (pattern) => {
  expect(() => checkPattern(pattern)).not.toThrow()
})
