// The databases that are measured: files in the run's folder, and schemas of a throw-away MariaDB server where one can be started.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { progress } from './figures.mjs'

export const sqliteUrl = (world, name) => `sqlite:${join(world.dir, `${name}.db`)}`

/** The address of an account that may create databases, or undefined where there is no MariaDB (said on stderr). */
export async function startMariadb(world) {
  // The test run's own way of starting one; where tests are not installed there is none.
  const found = await import('../../test/support/mariadb.ts').catch((error) => ({ problem: error.message }))
  if (!found.setup) return void progress(`no MariaDB: ${found.problem}`)
  let url
  const stop = await found.setup({ provide: (_name, value) => (url = value) })
  world.keep(stop)
  return url
}

/** A new database on that server. */
export async function freshSchema(world, server) {
  const name = `bench_${randomBytes(6).toString('hex')}`
  await execute(server, `create database ${name} character set utf8mb4 collate utf8mb4_nopad_bin`)
  world.keep(() => execute(server, `drop database if exists ${name}`))
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

async function execute(server, statement) {
  const connection = await createConnection(server.replace('mariadb:', 'mysql:'))
  await connection.query(statement)
  await connection.end()
}
