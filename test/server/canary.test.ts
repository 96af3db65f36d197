import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createBackup } from '../../server/backup/backup.ts'
import { AppError } from '../../src/contract/errors.ts'
import { DATABASES } from '../support/databases.ts'
import type { TestUser } from '../support/server.ts'
import { agentOf, steppedUp, toDb1, type VaultWorld, vaultWorld } from './vault-world.ts'

/**
 * A secret that is planted through every way in and used in every way out stands nowhere else: not in another answer, the log, the audit or the
 * database, whatever its form.
 */

const logged = vi.hoisted((): string[] => [])
vi.mock('pino', async (original) => {
  const real = await original<typeof import('pino')>()
  const sink = { write: (line: string) => void logged.push(line) }
  const pino = Object.assign((options: object) => real.pino(options, sink), real.pino)
  return { ...real, pino, default: pino }
})

/** The forms in which a secret is found again. */
function formsOf(secret: string): Buffer[] {
  const utf8 = Buffer.from(secret)
  const texts = [
    secret,
    utf8.toString('base64').replace(/=+$/, ''),
    utf8.toString('base64url'),
    encodeURIComponent(secret),
    utf8.toString('hex'),
    utf8.toString('hex').toUpperCase(),
    JSON.stringify(secret).slice(1, -1),
  ]
  // Inside of something longer, base64 begins at another bit.
  const shifted = [1, 2].map((by) =>
    Buffer.concat([Buffer.alloc(by), utf8])
      .toString('base64')
      .slice(by + 1, -4),
  )
  return [...texts, ...shifted].map((text) => Buffer.from(text)).concat(Buffer.from(secret, 'utf16le'))
}

/** Also with characters that each form writes otherwise. */
const newCanary = () => `CANARY-${randomUUID()}/"ü+`
/** 160 bits that are as good as random, in base32. */
const newSeed = () => {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bytes = Buffer.from(randomUUID().replaceAll('-', '') + randomUUID().replaceAll('-', ''), 'hex')
  return [...bytes].map((byte) => digits[byte % 32]).join('')
}

for (const database of DATABASES) {
  describe(`a canary, on ${database}`, () => {
    let world: VaultWorld
    const canaries = { created: newCanary(), rotated: newCanary(), inCommand: newCanary(), misplaced: newCanary() }
    const seed = newSeed()
    const secrets = [...Object.values(canaries), seed]
    /** What was answered, but where the secret was asked for and given. */
    const answers: string[] = []
    const given: string[] = []

    beforeAll(async () => {
      world = await vaultWorld(database, { logLevel: 'trace' })
      await plantAndUse(world)
    }, 120_000)
    afterAll(() => world[Symbol.asyncDispose]())

    async function plantAndUse({ msp, ana, lea, clientId, hostId }: VaultWorld) {
      const step_up = await steppedUp(ana)
      const ask = (user: TestUser, into: string[]) => async (method: string, path: string, body?: unknown) => {
        const answer = await user.rest(method, path, body)
        into.push(`${answer.status} ${JSON.stringify(answer.body)} ${JSON.stringify([...answer.headers])}`)
        return answer.body as { id: string }
      }
      const call = ask(ana, answers)
      const open = ask(ana, given)

      const { id } = await call('POST', '/credentials', {
        client_id: clientId,
        name: 'planted',
        type: 'password',
        infrastructure_id: hostId,
        secrets: { password: canaries.created, totp: `otpauth://totp/x?secret=${seed}` },
      })
      await call('POST', `/credentials/${id}/rotate`, {
        secrets: { password: canaries.rotated, private_key: canaries.created },
      })
      await call('POST', '/credentials', {
        client_id: clientId,
        name: 'same',
        type: 'password',
        secrets: { pin: canaries.created },
      })

      await open('POST', `/credentials/${id}/reveal`, { step_up })
      await open('POST', `/credentials/${id}/reveal`, { step_up, version_no: 1 })
      await open('POST', `/credentials/${id}/use`, { step_up, fields: ['password', 'private_key'], argv: ['mariadb'] })
      const agent = await agentOf(world, ana, clientId)
      given.push(JSON.stringify(await agent.api.credentials.use({ id, fields: ['password'], argv: toDb1 })))

      await call('POST', `/credentials/${id}/totp`, { step_up })
      for (const path of ['', '/versions']) await call('GET', `/credentials/${id}${path}`)
      await call('GET', '/credentials?limit=200')
      await call('POST', `/credentials/${id}/reveal`, { step_up: 'su_'.padEnd(46, 'y') })
      await call('POST', `/credentials/${id}/reveal`, { step_up, fields: ['nothing'] })
      for (const argv of [
        ['mysql', `--password=${canaries.inCommand}`],
        ['curl', '-u', `root:${canaries.inCommand}`, 'https://db1'],
      ]) {
        await call('POST', `/credentials/${id}/use`, { step_up, fields: ['password'], argv })
        await call('POST', '/approvals', { kind: 'exec', credential_id: id, argv, reason: 'x' })
      }

      const wrong = { client_id: clientId, name: 'wrong', type: 'password' }
      await call('POST', '/credentials', { ...wrong, secrets: canaries.misplaced })
      await call('POST', '/credentials', { ...wrong, secrets: { password: [canaries.misplaced] } })
      await call('POST', '/credentials', { ...wrong, secrets: { 'Not a field': canaries.misplaced } })
      await call('POST', '/credentials', { ...wrong, secrets: { totp: canaries.misplaced } })
      await call('POST', '/credentials', { ...wrong, password: canaries.misplaced })
      await call('POST', '/credentials', { ...wrong, type: canaries.misplaced })
      await call('POST', '/credentials', {
        ...wrong,
        secrets: { password: `${canaries.misplaced}${'x'.repeat(20_000)}` },
      })
      await call('POST', `/credentials/${id}/rotate`, { secret: { password: canaries.misplaced } })
      await call('POST', '/auth/step-up', { password: canaries.misplaced })
      await call('POST', '/auth/login', { email: ana.email, password: canaries.misplaced })
      await call('POST', '/imports', {
        entity: 'contacts',
        format: 'csv',
        content: `name,client,password\nBob,Dataforth,"${canaries.misplaced.replaceAll('"', '""')}"\n`,
      })

      await faults(call, id, step_up)
      for (const path of ['/credential-audit-log?limit=200', '/security-incidents?limit=200', '/approvals?limit=200'])
        await ask(lea, answers)('GET', path)
      await ask(msp.admin, answers)('GET', '/api-audit-log?limit=200')
      await msp.server.deps.audit.flush()
    }

    /** The audit, the vault and the database fail, at every place. */
    async function faults(
      call: (...asked: [string, string, unknown]) => Promise<unknown>,
      id: string,
      step_up: string,
    ) {
      const { deps } = world.msp.server
      const { audit, vault } = deps
      const failingAt = (outcome: string): typeof audit => ({
        ...audit,
        credential: (context, entry) => {
          if (entry.outcome === outcome) throw new AppError('UNAVAILABLE', 'The audit cannot be written.')
          return audit.credential(context, entry)
        },
      })
      for (const outcome of ['intent', 'success']) {
        deps.audit = failingAt(outcome)
        await call('POST', `/credentials/${id}/reveal`, { step_up })
        await call('POST', `/credentials/${id}/rotate`, { secrets: { password: canaries.misplaced } })
      }
      deps.audit = audit
      deps.vault = {
        ...vault,
        store: () => Promise.reject(new Error('out of order')),
        open: () => Promise.reject(new Error('out of order')),
      }
      await call('POST', `/credentials/${id}/rotate`, { secrets: { password: canaries.misplaced } })
      await call('POST', `/credentials/${id}/reveal`, { step_up })
      deps.vault = vault
    }

    const hitsIn = (content: Buffer | string): string[] => {
      const bytes = Buffer.from(content)
      return secrets.flatMap((secret) =>
        formsOf(secret).flatMap((form) => (bytes.includes(form) ? [form.toString('latin1')] : [])),
      )
    }

    test('is given where it was asked for', () => {
      expect(given).toHaveLength(4)
      expect(new Set(hitsIn(given.join('\n'))).size).toBeGreaterThan(2)
    })

    test('stands in no other answer', () => {
      expect(answers.filter((answer) => hitsIn(answer).length > 0)).toEqual([])
      expect(answers.length).toBeGreaterThan(30)
    })

    test('stands in no line of the log', () => {
      expect(logged.length).toBeGreaterThan(10)
      expect(logged.filter((line) => hitsIn(line).length > 0)).toEqual([])
    })

    test('stands in no row of any table', async () => {
      const { db } = world.msp.server.deps
      const found: string[] = []
      let values = 0
      for (const { name } of await db.introspection.getTables()) {
        const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db)
        for (const [column, value] of rows.flatMap((row) => Object.entries(row))) {
          if (typeof value !== 'string' && !Buffer.isBuffer(value)) continue
          values++
          if (hitsIn(value).length > 0) found.push(`${name}.${column}`)
        }
      }

      expect(values).toBeGreaterThan(1_000)
      expect(found).toEqual([])
    })

    test('stands in no backup, not even in one that is not encrypted', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'msp-canary-'))
      onTestFinished(() => rm(folder, { recursive: true, force: true }))

      const { path } = await createBackup(world.msp.config, {
        folder,
        recipients: [],
        version: 'test',
        now: new Date(),
      })

      expect(hitsIn(readFileSync(path))).toEqual([])
    })

    if (database === 'sqlite')
      test('stands in no file of the database', () => {
        const path = world.msp.databaseUrl.replace(/^sqlite:(\/\/)?/, '')
        const files = ['', '-wal', '-shm', '-journal'].map((end) => `${path}${end}`).filter((file) => existsSync(file))

        expect(files.length).toBeGreaterThan(1)
        expect(files.filter((file) => hitsIn(readFileSync(file)).length > 0)).toEqual([])
      })
  })
}
