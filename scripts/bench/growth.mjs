// What the size of the database does to an answer: the same requests, one at a time, to a small one and to a large one.
import { interleaved, sampleAnswers, summaryOf } from './api.mjs'
import { print, round } from './figures.mjs'
import { constants, sqlite } from './targets.mjs'

const OPERATIONS = ['list', 'timeline', 'context', 'create', 'item']
const SMALL = 10_000
const MIDDLE = 100_000
const LARGE = 1_000_000

/** @param options `{ slices, seconds, large }` */
export async function measureGrowth(world, load, options) {
  const sizes = [SMALL, options.large ? LARGE : MIDDLE]
  const found = []
  for (const size of sizes) found.push(await sqlite(world, size))
  const references = await constants(world, await sampleAnswers(load, found[0], OPERATIONS))
  const targets = found.map((db) => ({ key: String(db.commands), target: db.server, db }))
  targets.push({ key: 'constant', target: references.constant, db: found[0] })
  for (const operation of OPERATIONS) {
    const results = await interleaved(load, targets, { ...options, operation, connections: 1 })
    const [small, large] = sizes.map((size) => summaryOf(results.get(String(size))))
    print({
      figure: `growth.${operation}`,
      database: 'sqlite',
      commands: sizes,
      p50_ms: [small.p50_ms, large.p50_ms],
      p99_ms: [small.p99_ms, large.p99_ms],
      cpu_ms: [small.cpu_ms, large.cpu_ms],
      ratio_p50: round(large.p50_ms / small.p50_ms),
      goal: '<= 2',
      reference: {
        constant: { ...summaryOf(results.get('constant')), what: 'bare node:http handler, constant of the same size' },
      },
    })
  }
}
