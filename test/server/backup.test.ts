import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBackup, restoreBackup, verifyBackup } from '../../server/backup/backup.ts'
import { type Config, parseDatabaseUrl } from '../../server/config.ts'
import { DATABASES, freshDatabaseUrl } from '../support/databases.ts'
import { type TestServer, testServer } from '../support/server.ts'

/** Backups of the server's own data: made while it is in use, of no worth to a thief, and proven to open. */

async function addClients(msp: TestServer, count: number): Promise<void> {
  for (let n = 0; n < count; n++) await msp.client(`Added ${n}`)
}

for (const database of DATABASES) {
  describe(`a backup, on ${database}`, () => {
    let msp: TestServer
    let folder: string
    let identity: string
    let config: Config
    beforeAll(async () => {
      msp = await testServer({ database })
      folder = await mkdtemp(join(tmpdir(), 'msp-backup-'))
      identity = await generateIdentity()
      config = { ...msp.config, backupRecipients: [await identityToRecipient(identity)] }
      await msp.client('Dataforth')
    })
    afterAll(async () => {
      await msp[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    })
    let serial = 0
    const create = () =>
      createBackup(config, {
        folder,
        recipients: config.backupRecipients,
        version: 'test',
        now: new Date(msp.clock.now().getTime() + ++serial * 1_000),
      })
    const elsewhere = async () => {
      if (database === 'mariadb') {
        const empty = await freshDatabaseUrl('mariadb')
        return { into: parseDatabaseUrl(empty.url), [Symbol.asyncDispose]: () => empty[Symbol.asyncDispose]() }
      }
      const path = join(folder, `restored-${++serial}.db`)
      return { into: { kind: 'sqlite' as const, path }, [Symbol.asyncDispose]: () => rm(path, { force: true }) }
    }

    test('holds every row that was there, although rows are added meanwhile', async () => {
      await using target = await elsewhere()
      const adding = addClients(msp, 20)

      const { path, manifest } = await create()
      await adding
      const verified = await verifyBackup(path, config, { identities: [identity], into: target.into })

      expect(verified).toEqual(manifest)
      expect(manifest.rows.clients).toBeGreaterThanOrEqual(1)
      const { items } = await msp.admin.api.backupLog.list({ sort: '-started_at', limit: 1 })
      expect(items[0]).toMatchObject({ location: path, sha256: manifest.sha256, encrypted: true, status: 'success' })
    })

    test('shows nothing of what is in it', async () => {
      await msp.client('CANARY-7d1e')

      const { path } = await create()

      const bytes = await readFile(path)
      expect(bytes.includes('CANARY-7d1e')).toBe(false)
      expect(bytes.subarray(0, 21).toString()).toBe('age-encryption.org/v1')
    })

    test('that was changed in one byte is refused', async () => {
      const { path } = await create()
      const bytes = await readFile(path)
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1
      await writeFile(path, bytes)
      await using target = await elsewhere()

      await expect(restoreBackup(path, target.into, { identities: [identity] })).rejects.toThrow('SHA-256')
    })

    test('does not open for somebody else, nor with the master key of another installation', async () => {
      const { path } = await create()
      await using target = await elsewhere()
      await using other = await elsewhere()
      const stranger = { identities: [await generateIdentity()], into: target.into }
      const elsewhereConfig = { ...config, masterKey: Buffer.alloc(32, 7) }

      await expect(verifyBackup(path, config, stranger)).rejects.toThrow('for other keys')
      await expect(verifyBackup(path, elsewhereConfig, { identities: [identity], into: other.into })).rejects.toThrow(
        /The key in use is not there/,
      )
    })

    test('is never restored over anything', async () => {
      const { path } = await create()

      await expect(restoreBackup(path, config.database, { identities: [identity] })).rejects.toThrow(
        /exists already|not empty/,
      )
    })
  })
}
