import { chmodSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from '../../../server/config.ts'
import { masterKeyId } from '../../../server/crypto/keys.ts'
import { loadKeyRing } from '../../../server/db/key-ring.ts'
import { promote, retire, rewrap, stage } from '../../../server/vault/rotation.ts'
import { DATABASES } from '../../support/databases.ts'
import { configOf, keyLine, NOW, type VaultWorld, vaultWorld } from './world.ts'

/** C3: with which master keys the server starts, and what it says when it does not. */

const idOf = (line: string) => masterKeyId(Buffer.from(line, 'base64'))
const linesOf = (path: string) =>
  [...(configOf(path).masterKeys as Uint8Array[])].map((key) => Buffer.from(key).toString('base64'))

/** What a server says that starts on the world's database with this key file; no key bytes are in it. */
async function said(world: VaultWorld, path: string, secrets: readonly string[] = []): Promise<string> {
  const error = await Promise.resolve()
    .then(() => readConfig({ MSP_HOME: '/nowhere', MSP_MASTER_KEY_FILE: path }))
    .then((config) => loadKeyRing(world.database, config, NOW))
    .catch((thrown: Error) => thrown)
  expect(error).toBeInstanceOf(ConfigError)
  const { message } = error as Error
  expect(message).toContain('MSP_MASTER_KEY_FILE')
  for (const secret of secrets)
    for (const form of [secret.slice(0, 12), Buffer.from(secret, 'base64').toString('hex').slice(0, 16)])
      expect(message).not.toContain(form)
  return message
}

for (const kind of DATABASES) {
  describe(`C3: starting, on ${kind}`, () => {
    test('C3: with another master key it refuses, naming those that the database knows', async () => {
      await using world = await vaultWorld(kind)
      const [right = '', wrong] = [...linesOf(world.keyFile), keyLine()] as [string, string]

      const message = await said(world, world.file(wrong), [right, wrong])

      expect(message).toContain(`${idOf(wrong)}, which this database does not know`)
      expect(message).toContain(`The database knows: ${idOf(right)} (active). Restore the key file`)
    })

    test('C3: the order of the keys in the file says nothing', async () => {
      await using world = await vaultWorld(kind)
      const [right = ''] = linesOf(world.keyFile)
      await stage(world.server.rotation)
      await promote(world.server.rotation)
      const lines = linesOf(world.keyFile)

      for (const order of [lines, lines.toReversed(), ['# a comment', '', ...lines.map((line) => `  ${line} # spare`)]])
        await expect(world.start(world.file(...order))).resolves.toBeDefined()
      expect(await said(world, world.file(right), lines)).toContain(`${idOf(right)} (decrypt_only)`)
    })

    test('C3: the keys of two installations that were exchanged are refused by both', async () => {
      await using one = await vaultWorld(kind)
      await using two = await vaultWorld(kind)

      expect(await said(one, two.keyFile)).toContain('which this database does not know')
      expect(await said(two, one.keyFile)).toContain('which this database does not know')
    })

    test('C3: what the database holds of two master keys, exchanged, is noticed', async () => {
      await using world = await vaultWorld(kind)
      await stage(world.server.rotation)
      const rows = await world.db.selectFrom('master_keys').selectAll().orderBy('id').execute()
      const [first, second] = rows as [(typeof rows)[0], (typeof rows)[0]]
      await world.db.updateTable('master_keys').set({ canary: second.canary }).where('id', '=', first.id).execute()
      await world.db.updateTable('master_keys').set({ canary: first.canary }).where('id', '=', second.id).execute()

      expect(await said(world, world.keyFile)).toContain('does not belong to that key')
    })

    test('C3: with a retired key alone it refuses, and says since when', async () => {
      await using world = await vaultWorld(kind)
      const [old = ''] = linesOf(world.keyFile)
      await stage(world.server.rotation)
      await promote(world.server.rotation)
      await rewrap(world.server.rotation)
      await retire(world.server.rotation, idOf(old))

      expect(await said(world, world.file(old), [old])).toContain(
        `${idOf(old)}, which was retired on ${NOW.toISOString()}`,
      )
    })

    test('C3: with the key in use but without one that still wraps keys it refuses', async () => {
      await using world = await vaultWorld(kind)
      const [old = ''] = linesOf(world.keyFile)
      await stage(world.server.rotation)
      await promote(world.server.rotation)
      const [, next = ''] = linesOf(world.keyFile)

      const message = await said(world, world.file(next), [old, next])

      expect(message).toContain(`is still wrapped by the master key ${idOf(old)}, which is not there`)
    })

    test("C3: a client's key that was exchanged for another, or its canary, is noticed", async () => {
      await using world = await vaultWorld(kind)
      for (const name of ['Acme', 'Globex']) await world.stored(await world.client(name), { password: 'p' })
      const rows = await world.db.selectFrom('vault_keys').selectAll().where('purpose', '=', 'client').execute()
      const [first, second] = rows as [(typeof rows)[0], (typeof rows)[0]]
      const put = (change: Partial<typeof first>) =>
        world.db.updateTable('vault_keys').set(change).where('kid', '=', first.kid).execute()

      for (const change of [{ wrapped: second.wrapped }, { canary: second.canary }]) {
        await put(change)
        expect(await said(world, world.keyFile)).toContain(`The key ${first.kid} in the table vault_keys was damaged`)
        await put({ wrapped: first.wrapped, canary: first.canary })
      }
      await expect(world.start()).resolves.toBeDefined()
    })

    test('a key for the checkpoints of the audit is made where there is none, once', async () => {
      await using world = await vaultWorld(kind)
      await world.db.deleteFrom('encryption_keys').where('purpose', '=', 'checkpoint').execute()

      const [one, two] = await Promise.all([world.start(), world.start()])

      expect(one.keys.checkpoint.kid).toBe(two.keys.checkpoint.kid)
      expect(one.keys.checkpoint.publicKey.equals(two.keys.checkpoint.publicKey)).toBe(true)
      expect(one.keys.checkpoint.kid).not.toBe(one.keys.signing.kid)
      expect(one.keys.checkpoints.map(({ kid }) => kid)).toEqual([one.keys.checkpoint.kid])
    })

    test('a signing key that is gone is not made again', async () => {
      await using world = await vaultWorld(kind)
      await world.db.deleteFrom('encryption_keys').where('purpose', '=', 'signing').execute()

      await expect(world.start()).rejects.toThrow('Keys are missing in the table encryption_keys')
    })
  })
}

describe('C3: a key file that cannot be used', () => {
  test.each([
    ['is not there', undefined, 'cannot be read (ENOENT)'],
    ['is empty', '', 'has no key in it'],
    ['has comments only', '# soon\n', 'has no key in it'],
    ['is cut', keyLine().slice(0, 20), 'must be 32 bytes in base64'],
    ['is cut in the middle of four', keyLine().slice(0, 21), 'must be base64'],
    ['is longer', Buffer.alloc(33).toString('base64'), 'must be 32 bytes in base64'],
    ['is cut in its second line', `${keyLine()}\n${keyLine().slice(0, 24)}`, 'must be 32 bytes in base64, in line 2'],
    ['is something else', 'sesame, open!', 'must be base64'],
  ])('C3: %s', async (_, content, says) => {
    await using world = await vaultWorld('sqlite')
    const path = world.file()
    if (content === undefined) expect(await said(world, `${path}.none`)).toContain(says)
    else {
      writeFileSync(path, content)
      expect(await said(world, path, content.length > 12 ? [content] : [])).toContain(says)
    }
  })

  test.skipIf(process.platform === 'win32').each([0o644, 0o640, 0o604, 0o660, 0o602])(
    'C3: has the mode %o',
    async (mode) => {
      await using world = await vaultWorld('sqlite')
      chmodSync(world.keyFile, mode)

      const message = await said(world, world.keyFile, keysOf(world))

      expect(message).toContain(`mode ${mode.toString(8)}`)
      expect(message).toContain(`Run: chmod 600 ${world.keyFile}`)
    },
  )
})

const keysOf = ({ server }: VaultWorld) =>
  [...server.keys.masters.known.values()].map(({ bytes }) => Buffer.from(bytes).toString('base64'))
