import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DATABASES } from '../support/databases.ts'
import { type Asking, type RecordLibrary, readQuestions, recordLibrary } from './library.ts'

/**
 * What the search finds in a set that was written by somebody who did not know it (test/recall/data). `MSP_TEST_MISSES=1` prints what was not
 * found, `MSP_TEST_QUESTIONS=FILE` asks other questions.
 */

/** What was measured is a few points higher (README of the set). */
const FLOORS = { hitAt3: 84, recallAt10: 82 }

interface Figures {
  asked: number
  hitAt1: number
  hitAt3: number
  recallAt10: number
}

const PLURALS: Record<string, string> = {
  decision: 'decisions',
  workItem: 'workItems',
  solution: 'problemSolutions',
  task: 'tasks',
}

const answer = async (library: RecordLibrary, { client, text, filters = {} }: Asking): Promise<string[]> => {
  const { technician, kind, ...rest } = filters
  const { items } = await library.ana.api.search.query({
    ...{ q: text.slice(0, 500).replace(/\s+/g, ' '), client, limit: 10 },
    ...rest,
    ...(kind === undefined ? {} : { kind: PLURALS[kind] }),
    ...(technician === undefined ? {} : { technician_id: library.technicians.get(technician)?.id as string }),
  } as never)
  return items.map(({ id }) => library.recordOf(id) ?? id)
}

function figuresOf(asked: readonly { question: Asking; found: string[] }[]): Figures {
  const answerable = asked.filter(({ question }) => question.relevant.length > 0)
  const share = (of: (one: (typeof asked)[number]) => number) =>
    Math.round((1_000 * answerable.reduce((sum, one) => sum + of(one), 0)) / Math.max(1, answerable.length)) / 10
  const hits = ({ question, found }: (typeof asked)[number], k: number) =>
    new Set(found.slice(0, k).filter((id) => question.relevant.includes(id))).size
  return {
    asked: answerable.length,
    hitAt1: share((one) => Math.min(1, hits(one, 1))),
    hitAt3: share((one) => Math.min(1, hits(one, 3))),
    recallAt10: share((one) => hits(one, 10) / one.question.relevant.length),
  }
}

for (const database of DATABASES) {
  describe(`the questions of the set, on ${database}`, () => {
    let library: RecordLibrary
    const asked: { question: Asking; found: string[] }[] = []
    beforeAll(async () => {
      library = await recordLibrary(database)
      for (const question of readQuestions(process.env.MSP_TEST_QUESTIONS))
        asked.push({ question, found: await answer(library, question) })
    }, 300_000)
    afterAll(() => library[Symbol.asyncDispose]())

    test('are answered as well as they were', () => {
      for (const split of new Set(asked.map(({ question }) => question.split))) {
        const ofSplit = asked.filter(({ question }) => question.split === split)
        if (process.env.MSP_TEST_MISSES) print(split, ofSplit)
        const all = figuresOf(ofSplit)
        expect(all.hitAt3).toBeGreaterThanOrEqual(FLOORS.hitAt3)
        expect(all.recallAt10).toBeGreaterThanOrEqual(FLOORS.recallAt10)
      }
    })

    test('never show anything of another client', () => {
      for (const { question, found } of asked)
        for (const id of found) if (/^r\d/.test(id)) expect(library.clientOf.get(id)).toBe(question.client)
    })

    test('put what holds before what it took the place of', () => {
      const both = asked.filter(
        ({ question, found }) =>
          question.category === 'superseded' &&
          found.some((id) => question.not?.includes(id)) &&
          found.some((id) => question.relevant.includes(id)),
      )
      const right = both.filter(
        ({ question, found }) =>
          found.findIndex((id) => question.relevant.includes(id)) < found.findIndex((id) => question.not?.includes(id)),
      )
      expect(right.length / Math.max(1, both.length)).toBeGreaterThanOrEqual(0.8)
    })
  })
}

function print(split: string, asked: readonly { question: Asking; found: string[] }[]): void {
  const out = (line: string) => process.stderr.write(`${line}\n`)
  out(`${split}: ${JSON.stringify(figuresOf(asked))}`)
  for (const category of new Set(asked.map(({ question }) => question.category)))
    out(`  ${category}: ${JSON.stringify(figuresOf(asked.filter(({ question }) => question.category === category)))}`)
  for (const { question, found } of asked) {
    const missed = question.relevant.filter((id) => !found.includes(id))
    const outdated = question.not?.filter((id) => found.includes(id)) ?? []
    if (split !== 'aside' && (missed.length > 0 || outdated.length > 0))
      out(
        `  ${question.id} ${question.category} "${question.text.slice(0, 90)}" missed ${missed}; found ${found}; outdated ${outdated}`,
      )
  }
}
