// What requests are sent to: our server on each database, and its references, each a process of its own.

import { freshSchema, sqliteUrl, startMariadb } from './databases.mjs'
import { progress, round } from './figures.mjs'
import { memoryOf } from './processes.mjs'
import { seed } from './seed.mjs'
import { clientId, MACHINES, machineId } from './story.mjs'
import { post } from './world.mjs'

const PASSWORD = 'correct horse battery staple'
/** A technician sees most clients, not all: the usual and the more expensive case. */
const SEEN = 15

/**
 * A seeded database with our server and the reference "by hand" on it.
 *
 * @returns `{ name, commands, clients, machines, server, byHand }` with `{ url, token, pid }` each
 */
export async function database(world, name, databaseUrl, commands) {
  const base = Date.now()
  const startedAt = performance.now()
  const running = await world.server(databaseUrl, () => seed(databaseUrl, base, commands))
  progress(`${name}: ${commands} commands in ${round((performance.now() - startedAt) / 1_000, 1)} s`)
  const clients = Array.from({ length: SEEN }, (_, number) => clientId(base, number))
  const token = await technician(running, clients)
  const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString())
  const hand = await world.fork('by-hand.mjs', { databaseUrl, userId: claims.sub, loginId: claims.sid })
  return {
    ...{ name, commands, clients, machines: Array.from({ length: MACHINES }, (_, number) => machineId(base, number)) },
    server: { url: running.url, token, pid: running.pid, idle: memoryOf(running.pid) },
    byHand: { url: `http://127.0.0.1:${hand.ready.port}`, token: hand.ready.token, pid: hand.pid },
  }
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
