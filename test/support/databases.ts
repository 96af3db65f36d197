import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { inject } from 'vitest'

/** The kinds of database that the server runs on. */
export type DatabaseKind = 'sqlite' | 'mariadb'

/**
 * What to repeat a test on: each kind that is here, fewer with MSP_TEST_DATABASES=sqlite (or mariadb, or both with a
 * comma). The global set-up has already given the reason for a missing one.
 */
export const DATABASES: readonly DatabaseKind[] = kinds(process.env.MSP_TEST_DATABASES)

function kinds(chosen: string | undefined): readonly DatabaseKind[] {
  const here: DatabaseKind[] = inject('mariadbUrl') === undefined ? ['sqlite'] : ['sqlite', 'mariadb']
  const wanted = chosen?.split(',').map((kind) => kind.trim())
  return wanted ? here.filter((kind) => wanted.includes(kind)) : here
}

/** An empty database of one test. `await using` removes it. */
export interface FreshDatabase extends AsyncDisposable {
  /** As in MSP_DATABASE_URL. */
  readonly url: string
}

/** Makes an empty database of its own for one test: a file for SQLite, a schema on the test run's server for MariaDB. */
export async function freshDatabaseUrl(kind: DatabaseKind): Promise<FreshDatabase> {
  return kind === 'sqlite' ? await freshFile() : await freshSchema()
}

async function freshFile(): Promise<FreshDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'msp-sqlite-'))
  return {
    url: `sqlite:${join(folder, 'x.db')}`,
    // Windows keeps a file for a moment after its last handle is closed.
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  }
}

async function freshSchema(): Promise<FreshDatabase> {
  const server = inject('mariadbUrl')
  if (server === undefined) throw new Error('There is no MariaDB server in this test run. Loop over DATABASES instead.')
  const name = `t_${randomBytes(8).toString('hex')}`
  // Byte for byte, trailing spaces included: the same comparisons as SQLite's.
  await execute(server, `CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, [Symbol.asyncDispose]: () => execute(server, `DROP DATABASE IF EXISTS ${name}`) }
}

async function execute(server: string, statement: string): Promise<void> {
  const connection = await createConnection(server.replace('mariadb:', 'mysql:'))
  try {
    await connection.query(statement)
  } finally {
    await connection.end()
  }
}
