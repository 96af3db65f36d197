// npm run bench: how fast it is, always next to something that was measured in the same rounds. One JSON line per figure on stdout,
// progress on stderr. Throw-away homes, databases and servers on loopback; nothing of this machine's own installation is touched.
//   npm run bench                              everything (about four minutes)
//   npm run bench -- --only hooks,cli          some of: hooks, cli, api, growth, memory, trust (vault, audit, tokens),
//                                              redaction (what is found in the test sets, what it costs)
//   npm run bench -- --rounds 30 --seconds 5   more starts, longer slices (default 15 and 1.5)
//   npm run bench -- --scale 10000             commands in the databases of api and memory (default 100000)
//   npm run bench -- --large                   growth to a million commands, trust to a million entries (some minutes more)
//   npm run bench -- --no-mariadb              SQLite only
//   npm run bench -- --only search             inside one of a hundred clients, among 100000 passages (--large: a million)
//   npm run bench -- --only reports            of one client with five years and 100000 commands (--large: a million)
//   npm run bench -- --only fastapi            next to a FastAPI server, where Python has one (not among "everything")
import { parseArgs } from 'node:util'
import { measureApi } from './bench/api.mjs'
import { measureFastapi } from './bench/fastapi.mjs'
import { progress } from './bench/figures.mjs'
import { measureGrowth } from './bench/growth.mjs'
import { measureStarts } from './bench/hooks.mjs'
import { printMemory } from './bench/memory.mjs'
import { measureRedaction } from './bench/redaction.mjs'
import { measureReports } from './bench/reports.mjs'
import { measureSearch } from './bench/search.mjs'
import { sqlite } from './bench/targets.mjs'
import { measureTrust } from './bench/trust.mjs'
import { createWorld } from './bench/world.mjs'
import { build, isFresh } from './build.mjs'

const PARTS = ['hooks', 'cli', 'api', 'growth', 'memory', 'trust', 'redaction']
const MORE_PARTS = ['fastapi', 'search', 'reports']
const SLICES = 3
const SMALL = 1_000

async function main() {
  const options = readOptions()
  if (!options) return
  if (!isFresh()) await build(progress)
  const world = createWorld()
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => world.end().finally(() => process.exit(130)))
  try {
    await measure(world, options)
  } finally {
    await world.end()
  }
}

async function measure(world, options) {
  const wants = (...parts) => parts.some((part) => options.only.includes(part))
  if (wants('hooks', 'cli')) {
    const db = await sqlite(world, SMALL)
    await measureStarts(world, db, { rounds: options.rounds, hooks: wants('hooks'), cli: wants('cli') })
  }
  if (wants('redaction')) measureRedaction()
  if (wants('reports')) await measureReports(world, options)
  if (wants('search')) await measureSearch(world, options)
  if (!wants('api', 'growth', 'memory', 'trust', 'fastapi')) return
  const load = await world.fork('load.mjs', { setup: true })
  if (wants('growth')) await measureGrowth(world, load, options)
  if (wants('trust')) await measureTrust(world, load, options)
  if (wants('fastapi')) await measureFastapi(world, load, options)
  if (!wants('api', 'memory')) return
  const measured = await measureApi(world, load, options)
  if (wants('memory')) printMemory(measured)
}

function readOptions() {
  const text = { type: 'string' }
  const flag = { type: 'boolean', default: false }
  const known = { only: text, rounds: text, seconds: text, scale: text, large: flag, 'no-mariadb': flag }
  const { values } = parseArgs({ options: known })
  const only = values.only?.split(',') ?? PARTS
  const [rounds, seconds, scale] = [values.rounds ?? 15, values.seconds ?? 1.5, values.scale ?? 100_000].map(Number)
  const parts = [...PARTS, ...MORE_PARTS]
  const unknown = only.find((part) => !parts.includes(part))
  if (unknown) return usage(`There is no part "${unknown}". Choose from ${parts.join(', ')}.`)
  if (!(rounds >= 1 && seconds > 0 && scale >= 1_000))
    return usage('--rounds and --seconds must be positive numbers, --scale at least 1000.')
  return { only, rounds, seconds, scale, slices: SLICES, large: values.large, withMariadb: !values['no-mariadb'] }
}

function usage(message) {
  progress(message)
  process.exitCode = 2
}

try {
  await main()
} catch (error) {
  progress(error.message)
  process.exitCode = 1
}
