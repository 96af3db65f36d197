// Operations per second, their times and the processor time of each: on our server and on its references, slice by slice in random order.
import { median, percentile, print, progress, round, shuffled } from './figures.mjs'
import { cpuMsOf } from './processes.mjs'
import { constants, mariadb, sqlite } from './targets.mjs'

const CONNECTIONS = 16
const WARM_UP_SECONDS = 0.5
const EVENTS_PER_BATCH = 20
/** More would take minutes to fill in. */
const MARIADB_SCALE = 100_000
const OPERATIONS = ['list', 'timeline', 'context', 'create', 'item', 'ingest']
/** What the reference "by hand" answers. */
const BY_HAND = new Set(['list', 'context', 'ingest'])
/** What the goal of a ratio of requests per second is. */
const GOAL = '>= 0.7'

const REFERENCES = {
  constant:
    'bare node:http handler that reads the request and answers a constant of the same size (no sign-in, no JSON, no database): an upper limit of the client and the machine, not of the work',
  kernel:
    'our own HTTP layer around an operation that returns a constant of the same size (routing, request id, body, JSON, metrics, log; no sign-in, schema, database)',
  by_hand:
    'node:http handler written for this operation alone: token verified by jose, login looked up, plain SQL by prepared statements (better-sqlite3 or mysql2), for context the same block, JSON.stringify; no framework, no schemas',
}

/** @param options `{ slices, seconds, scale, withMariadb }` @returns what later figures use: the SQLite database and the references */
export async function measureApi(world, load, options) {
  const databases = [await sqlite(world, options.scale)]
  if (options.withMariadb) databases.push((await mariadb(world, Math.min(options.scale, MARIADB_SCALE))) ?? [])
  const found = databases.flat()
  const bodies = await sampleAnswers(load, found[0], OPERATIONS)
  const references = await constants(world, bodies)
  const targets = [
    ...found.map((db) => ({ key: `${db.name} server`, target: db.server, db })),
    ...found.map((db) => ({ key: `${db.name} by_hand`, target: db.byHand, db })),
    ...Object.entries(references).map(([key, target]) => ({ key, target, db: found[0] })),
  ]
  for (const operation of OPERATIONS) {
    const asked = targets.filter(({ key }) => BY_HAND.has(operation) || !key.endsWith('by_hand'))
    const results = await interleaved(load, asked, { operation, connections: CONNECTIONS, ...options })
    for (const db of found) printOperation(operation, db, results, bodies[operation])
  }
  return { database: found[0], databases: found, references, bodies }
}

/** The answers that the constants have to be as long as. */
export async function sampleAnswers(load, db, operations) {
  const bodies = {}
  for (const operation of operations) {
    const { sample, problem } = await load.ask(order(db.server, db, { operation, seconds: 0.2, connections: 1 }))
    if (problem) throw new Error(`The server refused ${operation}: ${problem}`)
    bodies[operation] = sample
  }
  return bodies
}

const order = (target, { clients, machines, hosts, session }, what) => ({
  ...{ target, clients, machines, hosts, session },
  ...what,
})

/** Sends to every target in turn, a new order in each round. @returns by key: `{ latencies, rates, cpuMs }` of all rounds */
export async function interleaved(load, targets, { operation, slices, seconds, connections }) {
  progress(`${operation}, ${connections} at once: ${slices} rounds of ${targets.length} targets, ${seconds} s each`)
  const results = new Map(targets.map(({ key }) => [key, { latencies: [], rates: [], cpuMs: [] }]))
  for (const { target, db } of targets)
    await load.ask(order(target, db, { operation, seconds: WARM_UP_SECONDS, connections }))
  for (let slice = 0; slice < slices; slice++)
    for (const { key, target, db } of shuffled(targets)) {
      const cpuBefore = cpuMsOf(target.pid)
      const done = await load.ask(order(target, db, { operation, seconds, connections }))
      if (done.failed > 0) progress(`${key}: ${done.failed} requests failed, the first with ${done.problem}`)
      const result = results.get(key)
      result.latencies.push(...done.latencies)
      result.rates.push(done.latencies.length / done.seconds)
      result.cpuMs.push((cpuMsOf(target.pid) - cpuBefore) / done.latencies.length)
    }
  return results
}

/** The median of the slices: one that was disturbed does not count. */
export const summaryOf = ({ latencies, rates, cpuMs }) => ({
  per_second: round(median(rates), 0),
  cpu_ms: round(median(cpuMs), 3),
  p50_ms: round(percentile(latencies, 0.5), 3),
  p99_ms: round(percentile(latencies, 0.99), 3),
})

function printOperation(operation, db, results, body) {
  const value = summaryOf(results.get(`${db.name} server`))
  const references = Object.entries(REFERENCES).flatMap(([name, what]) => {
    const result = results.get(name === 'by_hand' ? `${db.name} by_hand` : name)
    if (!result) return []
    const summary = summaryOf(result)
    return [[name, { ...summary, ratio: round(value.per_second / summary.per_second), what }]]
  })
  print({
    figure: `api.${operation}`,
    database: db.name,
    commands: db.commands,
    connections: CONNECTIONS,
    answer_bytes: Buffer.byteLength(body),
    ...value,
    ...(operation === 'ingest' ? { events_per_second: round(value.per_second * EVENTS_PER_BATCH, 0) } : {}),
    goal: GOAL,
    reference: Object.fromEntries(references),
  })
}
