import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { loadKeyRing } from '../../server/db/key-ring.ts'
import { migrate } from '../../server/db/migrate.ts'
import { DATABASES, freshDatabaseUrl } from '../support/databases.ts'
import { opened, schemaOf } from './schema.ts'
import { aMasterKey, serverProcess } from './server-process.ts'

/** Starting: schema and keys made once whatever happens, and messages that say what to do when it cannot be. */

async function freshSchema(kind: (typeof DATABASES)[number]): Promise<string[]> {
  await using fresh = await freshDatabaseUrl(kind)
  await using database = await opened(fresh.url)
  await migrate(database)
  return await schemaOf(database)
}

/** A message for people: no line of a stack, no secret. */
const STACK = /^\s+at |node:internal|\.[jt]s:\d+/m

for (const kind of DATABASES) {
  describe(`the schema, on ${kind}`, () => {
    test('is made once by servers that start at the same moment, and so are the keys', {
      timeout: 60_000,
    }, async () => {
      await using fresh = await freshDatabaseUrl(kind)
      const environment = { MSP_DATABASE_URL: fresh.url, MSP_MASTER_KEY: aMasterKey() }

      const servers = [1, 2, 3].map(() => serverProcess(environment))
      const ports = await Promise.all(servers.map((server) => server.listening()))
      const ready = await Promise.all(
        ports.map(async (port) => (await fetch(`http://127.0.0.1:${port}/readyz`)).status),
      )
      for (const server of servers) await server[Symbol.asyncDispose]()

      expect(ready).toEqual([200, 200, 200])
      await using database = await opened(fresh.url)
      const keys = await database.db.selectFrom('encryption_keys').select('purpose').orderBy('purpose').execute()
      expect(keys.map((key) => key.purpose)).toEqual(['checkpoint', 'pepper', 'signing'])
      expect(await schemaOf(database)).toEqual(await freshSchema(kind))
    })

    test('is whole after kills at any moment', { timeout: 180_000 }, async () => {
      await using fresh = await freshDatabaseUrl(kind)
      const environment = { MSP_DATABASE_URL: fresh.url, MSP_MASTER_KEY: aMasterKey() }

      for (const afterMs of [250, 350, 450, 600, 800]) {
        await using server = serverProcess(environment)
        await sleep(afterMs)
        server.kill('SIGKILL')
      }
      await using server = serverProcess(environment)
      await server.listening()

      await using database = await opened(fresh.url)
      expect(await schemaOf(database)).toEqual(await freshSchema(kind))
    })

    test('keys are the same at the next start', async () => {
      await using fresh = await freshDatabaseUrl(kind)
      await using database = await opened(fresh.url)
      await migrate(database)
      const masterKey = randomBytes(32)

      const first = await loadKeyRing(database, { masterKey }, new Date())
      const second = await loadKeyRing(database, { masterKey }, new Date())

      expect([second.signing.kid, Buffer.from(second.pepper)]).toEqual([first.signing.kid, Buffer.from(first.pepper)])
    })
  })

  describe(`a server that cannot start says why, on ${kind}`, () => {
    const fails = async (environment: Record<string, string>, words?: readonly string[]) => {
      await using server = serverProcess(environment, words)
      const { code, stdout, stderr } = await server.ended()
      expect(stdout + stderr).not.toMatch(STACK)
      expect([code, stdout]).toEqual([1, ''])
      return stderr
    }

    test('when the database is newer than the program', async () => {
      await using fresh = await freshDatabaseUrl(kind)
      await using database = await opened(fresh.url)
      await migrate(database)
      await sql`insert into kysely_migration (name, timestamp) values ('9999_future', '2030')`.execute(database.db)

      const message = await fails({ MSP_DATABASE_URL: fresh.url })

      expect(message).toContain('newer version of ClaudeTools (it has 9999_future). Update this installation')
    })

    test('when the master key is not that of the database', async () => {
      await using fresh = await freshDatabaseUrl(kind)
      await using database = await opened(fresh.url)
      await migrate(database)
      await loadKeyRing(database, { masterKey: randomBytes(32) }, new Date())
      const wrong = aMasterKey()

      const message = await fails({ MSP_DATABASE_URL: fresh.url, MSP_MASTER_KEY: wrong })

      expect(message).toContain('MSP_MASTER_KEY')
      expect(message).toContain('Restore the key file')
      expect(message).not.toContain(wrong)
    })

    test('when the port is taken', async () => {
      await using fresh = await freshDatabaseUrl(kind)
      const other = createServer()
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
      const { port } = other.address() as { port: number }

      const message = await fails({ MSP_DATABASE_URL: fresh.url, MSP_PORT: String(port) })
      other.close()

      expect(message).toContain(`MSP_PORT: 127.0.0.1:${port} is in use by another program.`)
    })

    if (kind === 'mariadb')
      test.each([
        ['a wrong password', (url: URL) => Object.assign(url, { password: 'wrong-password' })],
        ['a database that does not exist', (url: URL) => Object.assign(url, { pathname: '/nowhere' })],
        ['a port where nobody listens', (url: URL) => Object.assign(url, { port: '1' })],
        ['a host that does not exist', (url: URL) => Object.assign(url, { hostname: 'nowhere.invalid' })],
      ])('when the address has %s', async (_, change) => {
        await using fresh = await freshDatabaseUrl(kind)
        const url = change(new URL(fresh.url))

        const message = await fails({ MSP_DATABASE_URL: url.href })

        expect(message).toContain('MSP_DATABASE_URL: ')
        expect(message).toContain('Check the address')
        expect(message).not.toContain(url.password)
      })
  })
}

describe('a setting that cannot be used is named', () => {
  const folder = mkdtempSync(join(tmpdir(), 'msp-settings-'))
  const file = (name: string, content: string, mode = 0o600) => {
    writeFileSync(join(folder, name), content, { mode })
    return join(folder, name)
  }

  test.each([
    ['MSP_DATABASE_URL', 'postgres://x/y', 'must start with sqlite: or mariadb:'],
    ['MSP_DATABASE_URL', 'mariadb:nonsense', 'must look like'],
    ['MSP_DATABASE_URL', 'mariadb://u:50%@db/x', 'must look like'],
    ['MSP_DATABASE_URL', 'mariadb://u:p@db/', 'must look like'],
    ['MSP_DATABASE_URL', 'sqlite:', 'must look like'],
    ['MSP_DATABASE_URL', `sqlite:${folder}`, 'cannot be opened'],
    ['MSP_DATABASE_URL', `sqlite:${file('text.db', 'This is not a database. '.repeat(50))}`, 'cannot be opened'],
    ['MSP_DATABASE_URL', `sqlite:${file('file', 'x')}/below/it.db`, 'cannot be opened'],
    ['MSP_PORT', 'http', 'must be a port number'],
    ['MSP_PORT', '70000', 'must be a port number'],
    ['MSP_HOST', '203.0.113.1', 'Choose an address of this machine'],
    ['MSP_MASTER_KEY', 'c2hvcnQ=', 'must be 32 bytes in base64'],
    ['MSP_MASTER_KEY', '!', 'must be base64'],
    ['MSP_MASTER_KEY_FILE', join(folder, 'missing.key'), 'cannot be read (ENOENT)'],
    ['MSP_MASTER_KEY_FILE', file('short.key', 'c2hvcnQ='), 'must be 32 bytes in base64'],
    ['MSP_MASTER_KEY_FILE', file('open.key', aMasterKey(), 0o644), 'Run: chmod 600'],
    ['MSP_LOG_LEVEL', 'loud', 'must be one of trace'],
    ['MSP_PUBLIC_URL', 'nowhere', 'must be a URL'],
  ])('%s=%s', async (name, value, says) => {
    const noKey: Record<string, string | undefined> =
      name === 'MSP_MASTER_KEY_FILE' ? { MSP_MASTER_KEY: undefined } : {}
    await using server = serverProcess({ ...noKey, [name]: value })

    const { code, stdout, stderr } = await server.ended()

    expect(stderr).toContain(name)
    expect(stderr).toContain(says)
    expect(stdout + stderr).not.toMatch(STACK)
    expect([code, stdout]).toEqual([1, ''])
  })

  test('a word that is none is answered with those that are', async () => {
    await using server = serverProcess({}, ['sevre'])

    const { code, stderr } = await server.ended()

    expect([code, stderr]).toEqual([1, expect.stringContaining('Unknown word "sevre". Use one of: serve')])
    rmSync(folder, { recursive: true })
  })
})

test('the server ends when it is asked to, and lets a request finish', async () => {
  await using server = serverProcess({})
  const port = await server.listening()
  const script = await fetch(`http://127.0.0.1:${port}/api/docs/scalar.js`)
  expect([script.status, (await script.text()).length > 100_000]).toEqual([200, true])

  server.kill('SIGTERM')

  expect((await server.ended()).code).toBe(0)
})
