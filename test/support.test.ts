import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { describe, expect, test, vi } from 'vitest'
import { DATABASES, freshDatabaseUrl } from './support/databases.ts'
import { skipReason } from './support/skips.ts'

describe('a fresh database', () => {
  test('on SQLite is a file that does not exist yet, in a folder that is removed afterwards', async () => {
    const database = await freshDatabaseUrl('sqlite')
    const file = database.url.slice('sqlite:'.length)

    expect([existsSync(join(file, '..')), existsSync(file)]).toEqual([true, false])
    await database[Symbol.asyncDispose]()
    expect(existsSync(join(file, '..'))).toBe(false)
  })

  test.runIf(DATABASES.includes('mariadb'))('on MariaDB is empty and compares text byte for byte', async () => {
    await using database = await freshDatabaseUrl('mariadb')
    const connection = await createConnection(database.url.replace('mariadb:', 'mysql:'))

    const [tables] = await connection.query('SHOW TABLES')
    const [collation] = await connection.query('SELECT @@collation_database AS name')
    await connection.end()

    expect([tables, collation]).toEqual([[], [{ name: 'utf8mb4_nopad_bin' }]])
  })

  test.runIf(DATABASES.includes('mariadb'))('on MariaDB is gone after its test', async () => {
    const database = await freshDatabaseUrl('mariadb')
    await database[Symbol.asyncDispose]()

    const connecting = createConnection(database.url.replace('mariadb:', 'mysql:'))

    await expect(connecting).rejects.toThrow('Unknown database')
  })
})

test('a reason for skipping is one JSON line in the file of the test run', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'msp-skips-'))
  vi.stubEnv('MSP_TEST_SKIPS', join(folder, 'skips'))

  skipReason('tests with a network namespace', 'unshare is not allowed here')

  const lines = await readFile(join(folder, 'skips'), 'utf8')
  expect(JSON.parse(lines)).toEqual({ name: 'tests with a network namespace', why: 'unshare is not allowed here' })
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})
