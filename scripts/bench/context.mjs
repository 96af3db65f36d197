// The time of a context block against the size of the database: one request at a time.
import { interleaved, summaryOf } from './api.mjs'
import { print, round } from './figures.mjs'
import { sqlite } from './targets.mjs'

const SMALL = 1_000
const LARGE = 1_000_000

/** @param measured what `measureApi` returned */
export async function measureContext(world, load, { databases, references }, options) {
  const all = [await sqlite(world, SMALL), ...databases, ...(options.large ? [await sqlite(world, LARGE)] : [])]
  const keyed = all.map((db) => ({ db, key: `${db.name} ${db.commands}` }))
  const targets = keyed.flatMap(({ db, key }) => [
    { key: `${key} server`, target: db.server, db },
    { key: `${key} by_hand`, target: db.byHand, db },
  ])
  targets.push({ key: 'constant', target: references.constant, db: all[0] })
  const what = { operation: 'context', slices: options.slices, seconds: options.seconds / 2, connections: 1 }
  const results = await interleaved(load, targets, what)
  for (const { db, key } of keyed) {
    const value = summaryOf(results.get(`${key} server`))
    const byHand = summaryOf(results.get(`${key} by_hand`))
    print({
      figure: 'context.block',
      database: db.name,
      commands: db.commands,
      p50_ms: value.p50_ms,
      p99_ms: value.p99_ms,
      reference: {
        by_hand: {
          ...byHand,
          ratio_p50: round(value.p50_ms / byHand.p50_ms),
          what: 'the same SQL and block without our server around it',
        },
        constant: { ...summaryOf(results.get('constant')), what: 'bare node:http handler, constant of the same size' },
      },
    })
  }
}
