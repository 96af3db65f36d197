// What trust costs: a secret opened, a token checked, an entry of the audit written, a chain verified, and requests with the audit and without.
import { MS_PER_DAY } from '../seed/calendar.mjs'
import { interleaved, summaryOf } from './api.mjs'
import { freshSchema, sqliteUrl, startMariadb } from './databases.mjs'
import { print, progress, round } from './figures.mjs'
import { places } from './targets.mjs'
import { post } from './world.mjs'

const OPERATIONS = ['list', 'get', 'create']
const CONNECTIONS = 16
const SEEN = 15
const ENTRIES = 100_000
const LARGE = 1_000_000
const COMMANDS = 10_000

const REFERENCES = {
  vault: 'the sealed row read, and not opened',
  token: 'the Ed25519 signature alone, without parsing, claims and the login in the database',
  append: 'a bare row of the same columns in its own transaction, brought to the disk; no chain, no hash',
  verify: 'the same rows read in the same pages, and hashed as they come',
}
const GOALS = { cost: '<= 0.3' }

/** @param options `{ slices, seconds, large, withMariadb }` */
export async function measureTrust(world, load, options) {
  const mariadb = options.withMariadb ? await startMariadb(world) : undefined
  let files = 0
  const databases = [['sqlite', async () => sqliteUrl(world, `trust-${++files}`)]]
  if (mariadb) databases.push(['mariadb', () => freshSchema(world, mariadb)])
  for (const [name, fresh] of databases) {
    await measurePieces(world, name, await fresh(), options.large ? LARGE : ENTRIES)
    await measureCost(world, load, name, fresh, options)
  }
}

async function measurePieces(world, database, databaseUrl, entries) {
  progress(`${database}: vault, tokens, and an audit of ${entries} entries`)
  const { ask } = await world.fork('trust-work.mjs', { databaseUrl, entries })
  const { vault, token, append, note, verify } = await ask({})
  const told = (figure, { value, reference }, more = {}) => {
    const rate = (one) => one.per_second ?? one.entries_per_second
    const beside = reference && { reference: { ...reference, what: REFERENCES[figure.split('.')[1]] } }
    const ratio = reference && { ratio: round(rate(value) / rate(reference), 3) }
    print({ figure, database, ...more, ...value, ...ratio, ...beside })
  }
  told('trust.vault', vault)
  told('trust.token', token)
  told('trust.append', append, { callers: CONNECTIONS })
  told('trust.note', note, { entries })
  told('trust.verify', verify)
}

/** The same requests to two servers on equal databases, one of which takes nothing down. */
async function measureCost(world, load, database, fresh, options) {
  const targets = []
  for (const auditing of [true, false]) {
    const db = await servedDatabase(world, await fresh(), auditing)
    targets.push({ key: auditing ? 'on' : 'off', target: db.server, db })
  }
  for (const operation of OPERATIONS) {
    const results = await interleaved(load, targets, { ...options, operation, connections: CONNECTIONS })
    const [on, off] = ['on', 'off'].map((key) => summaryOf(results.get(key)))
    print({
      figure: `trust.cost.${operation}`,
      ...{ database, connections: CONNECTIONS, ...on },
      cost: round(1 - on.per_second / off.per_second, 3),
      // Of processor time, which other work on the machine disturbs less: how much lower the rate is where that is the limit.
      cost_cpu: round(1 - off.cpu_ms / on.cpu_ms, 3),
      goal: GOALS.cost,
      reference: { ...off, what: 'the same server on an equal database, with auditing: false' },
    })
  }
}

async function servedDatabase(world, databaseUrl, auditing) {
  const until = (Math.floor(Date.now() / MS_PER_DAY) + 1) * MS_PER_DAY
  const seeding = {
    clients: 100,
    years: 5,
    technicians: 20,
    seed: 1,
    until,
    commands: COMMANDS,
    sessions: COMMANDS / 20,
  }
  const { ready, pid } = await world.fork('trust-server.mjs', { databaseUrl, auditing, seeding })
  const { access_token: token } = await post(`${ready.url}/api/v1/auth/login`, {
    email: ready.email,
    password: ready.password,
  })
  const clients = await clientsOf(ready.url, token)
  return { clients, machines: [], ...(await places(databaseUrl, clients[0])), server: { url: ready.url, token, pid } }
}

/** Those with the most work first, as the seed makes them. */
async function clientsOf(url, token) {
  const answer = await fetch(`${url}/api/v1/clients?limit=${SEEN}&sort=created_at`, {
    headers: { authorization: `Bearer ${token}` },
  })
  return (await answer.json()).items.map(({ id }) => id)
}
