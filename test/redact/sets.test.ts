import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { measureBenign, sumOf } from './benign.ts'
import { type Item, measure, readItems, total } from './measure.ts'

const DATA = join(import.meta.dirname, 'data')

/** What a set is asked for: a little less than what was reached, so that no change makes it worse. See data/README.md. */
const SETS = [
  { file: 'tuned.jsonl', recall: 0.99, hits: 1 },
  { file: 'unseen-tuned.jsonl', recall: 0.95, hits: 0 },
  { file: 'short.jsonl', recall: 0.92, hits: 1 },
  { file: 'fresh-a.jsonl', recall: 0.9, hits: 0 },
  { file: 'fresh-b.jsonl', recall: 0.9, hits: 1 },
  { file: 'aside.jsonl', recall: 0.96, hits: 1 },
  { file: 'aside-unseen.jsonl', recall: 0.9, hits: 1 },
  { file: 'aside-a.jsonl', recall: 0.88, hits: 1 },
  { file: 'aside-b.jsonl', recall: 0.88, hits: 1 },
  { file: 'exam-a.jsonl', recall: 0.92, hits: 0 },
  { file: 'exam-b.jsonl', recall: 0.95, hits: 1 },
  { file: 'exam-c.jsonl', recall: 0.97, hits: 0 },
  { file: 'exam-d.jsonl', recall: 0.98, hits: 0 },
  { file: 'exam4-known.jsonl', recall: 0.99, hits: 0 },
  { file: 'exam4-unseen.jsonl', recall: 0.97, hits: 2 },
  { file: 'exam5-known.jsonl', recall: 0.97, hits: 1 },
  { file: 'exam5-unseen.jsonl', recall: 0.92, hits: 1 },
  { file: 'exam6-everyday.jsonl', recall: 0.98, hits: 1 },
  { file: 'exam6-rare.jsonl', recall: 0.9, hits: 6 },
  { file: 'lists.jsonl', recall: 0.8, hits: 1 },
  { file: 'exam8.jsonl', recall: 0.9, hits: 0 },
  { file: 'exam9.jsonl', recall: 0.87, hits: 7 },
  { file: 'exam7.jsonl', recall: 0.97, hits: 2 },
  { file: 'exam10.jsonl', recall: 0.95, hits: 1 },
  { file: 'codes.jsonl', recall: 0.6, hits: 11 },
  { file: 'week.jsonl', recall: 0.73, hits: 11 },
  { file: 'machines.jsonl', recall: 0.86, hits: 22 },
  { file: 'people.jsonl', recall: 0.79, hits: 8 },
]

describe.each(SETS)('$file', ({ file, recall, hits }) => {
  const items = readItems(join(DATA, file))
  const isNegative = ({ kind }: Item) => kind.startsWith('neg-')

  test(`of the items with a secret at least ${recall * 100} % lose every character of it`, () => {
    const { found, items: all, missed } = total(measure(items.filter((item) => !isNegative(item))))

    expect(found / all, `missed: ${missed.map(({ id }) => id).join(', ')}`).toBeGreaterThanOrEqual(recall)
  })

  test(`of the items without a secret at most ${hits} are touched`, () => {
    const { wrong } = total(measure(items.filter(isNegative)))

    expect(wrong.length, wrong.map(({ item, what }) => `${item.id} ${what}`).join(', ')).toBeLessThanOrEqual(hits)
  })
})

describe('ordinary output', () => {
  const files = measureBenign(join(import.meta.dirname, 'benign'))

  test('is hit at most once in 2,000 lines', () => {
    const hits = files.flatMap(({ file, hits }) => hits.map(({ what }) => `${file} ${what}`))

    expect(hits.length, hits.join('\n')).toBeLessThanOrEqual(sumOf(files, ({ lines }) => lines) / 2000)
  })

  test('keeps more than 99 % of its characters', () => {
    const share = sumOf(files, ({ hitChars }) => hitChars) / sumOf(files, ({ chars }) => chars)

    expect(share).toBeLessThan(0.01)
  })
})
