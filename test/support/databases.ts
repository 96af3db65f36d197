import { randomBytes } from 'node:crypto'
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ResultSetHeader } from 'mysql2/promise'
import { inject } from 'vitest'
import { FILES, NAME, onServer } from './templates.ts'

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

/** A migrated database without a row but those of the migrations. `await using` gives it back. */
export async function migratedDatabase(kind: DatabaseKind): Promise<FreshDatabase> {
  if (kind === 'mariadb') return lentSchema()
  const file = await freshDatabaseUrl('sqlite')
  await copyFile(join(inject('templates'), FILES.sqlite), file.url.slice('sqlite:'.length))
  return file
}

async function lentSchema(): Promise<FreshDatabase> {
  const free = await takeFree()
  const database = free ? { url: free } : await freshDatabaseUrl('mariadb')
  if (!free) await runScript(database.url, FILES.making)
  return {
    url: database.url,
    [Symbol.asyncDispose]: async () => {
      await runScript(database.url, FILES.emptying)
      await onServer(mariadb(), (query) => query(`insert into ${NAME}.free values (?)`, [database.url]))
    },
  }
}

/** One that was given back; nobody else gets the same. */
const takeFree = () =>
  onServer(mariadb(), async (query) => {
    for (const { url } of await query(`select url from ${NAME}.free`)) {
      const { affectedRows } = (await query(`delete from ${NAME}.free where url = ?`, [
        url,
      ])) as unknown as ResultSetHeader
      if (affectedRows === 1) return url as string
    }
    return undefined
  })

const runScript = async (url: string, file: string) =>
  onServer(url, async (query) => query(await readFile(join(inject('templates'), file), 'utf8')))

const mariadb = () => inject('mariadbUrl') as string

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
  await onServer(server, (query) => query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin`))
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    url: url.href,
    [Symbol.asyncDispose]: async () =>
      void (await onServer(server, (query) => query(`DROP DATABASE IF EXISTS ${name}`))),
  }
}
