// What requests are sent to: our server on each database, and its references, each a process of its own.

import Sqlite from 'better-sqlite3'
import { createConnection } from 'mysql2/promise'
import { MS_PER_DAY } from '../seed/calendar.mjs'
import { seed } from '../seed/seed.mjs'
import { freshSchema, sqliteUrl, startMariadb } from './databases.mjs'
import { progress, round } from './figures.mjs'
import { memoryOf } from './processes.mjs'
import { post } from './world.mjs'

const PASSWORD = 'correct horse battery staple'
/** A technician sees the clients with most work, not all: the usual and the more expensive case. */
const SEEN = 15
/** As in `npm run seed`: twenty commands in a session. */
const MSP = { clients: 100, years: 5, technicians: 20, seed: 1 }
const COMMANDS_PER_SESSION = 20

/**
 * A seeded database with our server and the reference "by hand" on it.
 *
 * @returns `{ name, commands, databaseUrl, userId, clients, machines, hosts, session, server, byHand }` with `{ url, token, pid }` each
 */
export async function database(world, name, databaseUrl, commands) {
  const until = (Math.floor(Date.now() / MS_PER_DAY) + 1) * MS_PER_DAY
  const startedAt = performance.now()
  let seeded
  const running = await world.server(databaseUrl, async () => {
    seeded = await seed(databaseUrl, { ...MSP, until, commands, sessions: Math.ceil(commands / COMMANDS_PER_SESSION) })
  })
  progress(`${name}: ${commands} commands in ${round((performance.now() - startedAt) / 1_000, 1)} s`)
  const clients = seeded.clients.slice(0, SEEN)
  const token = await technician(running, clients)
  const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString())
  const hand = await world.fork('by-hand.mjs', { databaseUrl, userId: claims.sub, loginId: claims.sid })
  return {
    ...{
      name,
      commands,
      databaseUrl,
      userId: claims.sub,
      clients,
      machines: seeded.machines,
      ...(await places(databaseUrl, clients[0])),
    },
    server: { url: running.url, token, pid: running.pid, idle: memoryOf(running.pid) },
    byHand: { url: `http://127.0.0.1:${hand.ready.port}`, token: hand.ready.token, pid: hand.pid },
  }
}

/** Hosts and a session of a client, as things to ask for. */
export async function places(databaseUrl, client) {
  const ask = await asker(databaseUrl)
  const hosts = await ask('select id from infrastructure where client_id = ? order by id limit 5', client)
  const [session] = await ask('select id from sessions where client_id = ? order by started_at desc limit 1', client)
  await ask.end()
  return { hosts: hosts.map(({ id }) => id), session: session.id }
}

async function asker(databaseUrl) {
  if (databaseUrl.startsWith('sqlite:')) {
    const file = new Sqlite(databaseUrl.slice('sqlite:'.length), { readonly: true })
    return Object.assign(async (sql, value) => file.prepare(sql).all(value), { end: () => file.close() })
  }
  const connection = await createConnection(databaseUrl.replace('mariadb:', 'mysql:'))
  const ask = async (sql, value) => (await connection.query(sql, [value]))[0]
  return Object.assign(ask, { end: () => connection.end() })
}

async function technician(server, clients) {
  const admin = await server.signIn()
  const user = { email: 'ana@example.com', name: 'Ana', role: 'technician', password: PASSWORD }
  const { id } = await post(`${server.url}/api/v1/users`, user, admin)
  for (const client_id of clients)
    await post(`${server.url}/api/v1/users/${id}/grant`, { client_id, level: 'write' }, admin)
  return server.signIn({ email: user.email, password: PASSWORD })
}

let files = 0

export const sqlite = (world, commands) => database(world, 'sqlite', sqliteUrl(world, `bench-${++files}`), commands)

/** Undefined where there is no MariaDB. */
export async function mariadb(world, commands) {
  const server = await startMariadb(world)
  return server && database(world, 'mariadb', await freshSchema(world, server), commands)
}

/** The two references that do no work. `bodies`: what they answer, by operation. */
export async function constants(world, bodies) {
  const start = async (file) => {
    const { ready, pid } = await world.fork(file, bodies)
    return { url: `http://127.0.0.1:${ready.port}`, pid }
  }
  return { constant: await start('constant.mjs'), kernel: await start('kernel.mjs') }
}
