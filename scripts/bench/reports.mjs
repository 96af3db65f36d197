// How long the reports of one client take that has five years of work and all the commands, beside reading every command of the client once
// in the same run.
import { sql } from 'kysely'
import { parseDatabaseUrl } from '../../server/config.ts'
import { migrate } from '../../server/db/migrate.ts'
import { openDatabase } from '../../server/db/open.ts'
import { reports } from '../../server/domains/reports/handlers.ts'
import { MS_PER_DAY } from '../seed/calendar.mjs'
import { seed } from '../seed/seed.mjs'
import { freshSchema, sqliteUrl, startMariadb } from './databases.mjs'
import { median, print, progress, round } from './figures.mjs'

const YEARS = 5
const SMALL = 100_000
const LARGE = 1_000_000
const COMMANDS_PER_SESSION = 20
const ROUNDS = 5
const GOAL_MS = 1_000

/** @param options `{ large, withMariadb }`: a million commands instead of 100,000; MariaDB too */
export async function measureReports(world, { large, withMariadb }) {
  const size = large ? LARGE : SMALL
  await measureOn(world, sqliteUrl(world, 'reports'), size)
  const server = withMariadb ? await startMariadb(world) : undefined
  if (server) await measureOn(world, await freshSchema(world, server), size)
}

async function measureOn(world, url, commands) {
  const made = await openDatabase(parseDatabaseUrl(url))
  const { kind } = made.dialect
  // Closed before it is filled: whoever fills it needs the lock.
  await migrate(made).finally(() => made.db.destroy())
  const until = (Math.floor(Date.now() / MS_PER_DAY) + 1) * MS_PER_DAY
  progress(`reports: ${commands} commands on ${kind}`)
  const sessions = Math.ceil(commands / COMMANDS_PER_SESSION)
  const firm = { clients: 1, years: YEARS, technicians: 20, seed: 1, until, commands, sessions }
  const [client_id] = (await seed(url, firm)).clients
  const database = await openDatabase(parseDatabaseUrl(url))
  const end = world.keep(() => database.db.destroy())
  const caller = { role: 'admin', allClients: true, scopes: [], userId: client_id }
  const context = { ...database, clock: () => new Date(), caller }
  const last = new Date(until).toISOString().slice(0, 10)
  const days = { since: `${Number(last.slice(0, 4)) - YEARS}${last.slice(4).replace('02-29', '02-28')}`, until: last }
  const asked = {
    work: () => reports.work(context, { client_id, ...days }),
    hours: () => reports.hours(context, { client_id, by: 'technician', and_by: 'month', ...days }),
    lines: () => reports.lines(context, { client_id, ...days }),
  }
  const times = Object.fromEntries(['scan', ...Object.keys(asked)].map((name) => [name, []]))
  const scan = () =>
    sql`select count(*), sum(length(command)) from commands_run where client_id = ${client_id}`.execute(database.db)
  for (let round = 0; round < ROUNDS; round++)
    for (const [name, ask] of Object.entries({ scan, ...asked })) {
      const from = performance.now()
      await ask()
      times[name].push(performance.now() - from)
    }
  const shares = (name) => ({ p50_ms: round(median(times[name])), worst_ms: round(Math.max(...times[name])) })
  for (const name of Object.keys(asked))
    print({
      ...{ figure: `reports.${name}`, database: kind, commands, years: YEARS, clients: 1 },
      ...{ ...shares(name), goal_ms: GOAL_MS, ratio_p50: round(median(times[name]) / median(times.scan)) },
      reference: { ...shares('scan'), what: "every command of the client is read once, by the database's own index" },
    })
  await end?.()
}
