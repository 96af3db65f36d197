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
  // The tests' server is as small as can be: a database of a hundred megabytes would be measured through its disk.
  if (url) for (const statement of ROOMY) await execute(url, statement)
  return url
}

const ROOMY = ['set global innodb_buffer_pool_size = 536870912', 'set global innodb_log_file_size = 268435456']

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
  try {
    await connection.query(statement)
  } finally {
    await connection.end()
  }
}
