// npm run seed: fills a database with the records of an imagined MSP, for benches and demos. Equal arguments give equal rows.
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { parseDatabaseUrl } from '../server/config.ts'
import { migrate } from '../server/db/migrate.ts'
import { openDatabase } from '../server/db/open.ts'
import { MS_PER_DAY } from './seed/calendar.mjs'
import { seed } from './seed/seed.mjs'

const HELP = `npm run seed -- --clients 100 --years 5 --commands 1000000
  --clients N         (100)
  --years N           of work (5)
  --commands N        (10000)
  --sessions N        of work (one for twenty commands)
  --technicians N     who does it (20)
  --database URL      sqlite:PATH or mariadb://… (MSP_DATABASE_URL, else the database of this installation)
  --seed N            another number, another MSP (1)
  --until YYYY-MM-DD  the last day of work (today)
  --append            also into a database that has clients
Progress on stderr, one JSON line with the numbers of rows on stdout.
`
const COMMANDS_PER_SESSION = 20
const REDRAW_MS = 500

async function main() {
  const options = readOptions()
  if (!options) return
  const { database: url, ...what } = options
  // The schema is the server's own: its migrations make it.
  const database = await openDatabase(parseDatabaseUrl(url))
  await migrate(database).finally(() => database.db.destroy())
  const startedAt = performance.now()
  const { counts } = await seed(url, what, progressBar(what.commands))
  const seconds = Number(((performance.now() - startedAt) / 1_000).toFixed(1))
  process.stderr.write('\n')
  const { until, append: _append, ...asked } = what
  process.stdout.write(`${JSON.stringify({ ...asked, until: dayBefore(until), seconds, rows: counts })}\n`)
}

const dayBefore = (midnight) => new Date(midnight - MS_PER_DAY).toISOString().slice(0, 10)

function readOptions() {
  const text = { type: 'string' }
  const known = { clients: text, years: text, commands: text, sessions: text, technicians: text, seed: text }
  const { values } = parseArgs({
    options: {
      ...known,
      database: text,
      until: text,
      append: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) {
    process.stdout.write(HELP)
    return undefined
  }
  const number = (name, otherwise) => Number(values[name] ?? otherwise)
  const commands = number('commands', 10_000)
  const options = {
    ...{ clients: number('clients', 100), years: number('years', 5), commands },
    ...{ sessions: number('sessions', Math.ceil(commands / COMMANDS_PER_SESSION)), seed: number('seed', 1) },
    ...{ technicians: number('technicians', 20), until: untilOf(values.until), append: values.append },
    database: values.database ?? process.env.MSP_DATABASE_URL ?? installed(),
  }
  const wrong = ['clients', 'years', 'commands', 'sessions', 'technicians'].find((name) => !(options[name] >= 1))
  if (wrong) return usage(`--${wrong} must be a number, at least 1.`)
  if (!Number.isSafeInteger(options.seed)) return usage('--seed must be a whole number.')
  if (Number.isNaN(options.until)) return usage('--until must be a day like 2026-01-31.')
  return options
}

const installed = () =>
  `sqlite:${join(process.env.MSP_HOME ?? join(homedir(), '.claudetools'), 'server', 'claudetools.db')}`

/** Midnight after that day. */
function untilOf(day) {
  const midnight = day === undefined ? Math.floor(Date.now() / MS_PER_DAY) * MS_PER_DAY : Date.parse(`${day}T00:00:00Z`)
  return midnight + MS_PER_DAY
}

/** `seed: [#####     ] 48 %, 25,311 rows/s, 31 s left` */
function progressBar(all) {
  const startedAt = performance.now()
  let drawnAt = 0
  // In a log it would be a thousand lines.
  if (!process.stderr.isTTY) return () => undefined
  return ({ commands, rows }) => {
    const now = performance.now()
    if (now - drawnAt < REDRAW_MS && commands < all) return
    drawnAt = now
    const share = commands / all
    const seconds = (now - startedAt) / 1_000
    const bar = '#'.repeat(Math.round(share * 30)).padEnd(30)
    const speed = Math.round(rows / seconds).toLocaleString('en')
    const left = share < 1 ? `${Math.ceil(seconds / share - seconds)} s left` : 'now the indexes'
    process.stderr.write(`\rseed: [${bar}] ${Math.floor(share * 100)} %, ${speed} rows/s, ${left}   `)
  }
}

function usage(message) {
  process.stderr.write(`seed: ${message}\n`)
  process.exitCode = 2
}

try {
  await main()
} catch (error) {
  process.stderr.write(`seed: ${error.message}\n`)
  process.exitCode = 1
}
