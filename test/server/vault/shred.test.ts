import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Deps } from '../../../server/context.ts'
import { runKeysVerb } from '../../../server/vault/host.ts'
import { shredClient } from '../../../server/vault/shred.ts'
import { DATABASES } from '../../support/databases.ts'
import { type TestServer, testServer } from '../../support/server.ts'

/** A client's keys are destroyed: what they sealed is lost for good. */

async function aSecret(msp: TestServer, client_id: string) {
  const { id } = await msp.admin.api.credentials.create({ client_id, name: 'root', type: 'password' })
  const owner = { credentialId: id, clientId: client_id }
  const store = (db: Deps['db']) => msp.server.deps.vault.store(db, owner, { password: `secret of ${client_id}` }, null)
  const { versionId } = await msp.server.deps.db.transaction().execute(store)
  return {
    versionId,
    store: () => msp.server.deps.db.transaction().execute(store),
    read: () =>
      msp.server.deps.vault.open(msp.server.deps.db, owner, versionId, ['password']).then(
        ({ password }) => password,
        (error: Error) => error.name,
      ),
  }
}

for (const database of DATABASES) {
  describe(`crypto-shred, on ${database}`, () => {
    test("nothing of the client opens afterwards, everybody else's does, and it is in the audit", async () => {
      await using msp = await testServer({ database })
      const [acme, other] = [await msp.client('Acme'), await msp.client('Globex')]
      const [mine, theirs] = [await aSecret(msp, acme), await aSecret(msp, other)]
      const { db } = msp.server.deps

      const { keys } = await shredClient(msp.server.deps, acme)

      expect(keys).toBe(1)
      expect(await mine.read()).toBe('CannotOpenSecret')
      expect(await theirs.read()).toBe(`secret of ${other}`)
      const [row] = await db.selectFrom('vault_keys').selectAll().where('client_id', '=', acme).execute()
      expect(row).toMatchObject({ state: 'destroyed', wrapped: null, canary: null })
      const left = await db
        .selectFrom('credential_secrets')
        .select('fingerprint')
        .where('version_id', '=', mine.versionId)
        .execute()
      expect(left).toEqual([{ fingerprint: null }])
      const entries = await db.selectFrom('credential_audit_log').selectAll().where('action', '=', 'purge').execute()
      expect(entries).toMatchObject([
        { client_id: acme, outcome: 'success', actor_kind: 'system', actor_user_id: null },
      ])
    })

    test('where the file cannot be cleaned the keys are gone all the same, it is said, and the same command does the rest', async () => {
      await using msp = await testServer({ database })
      const acme = await msp.client('Acme')
      const mine = await aSecret(msp, acme)
      const { deps } = msp.server
      const full = { ...deps, dialect: { ...deps.dialect, erasing: ['delete from no_such_table'] } }

      await expect(shredClient(full, acme)).rejects.toMatchObject({
        code: 'UNAVAILABLE',
        message: expect.stringMatching(
          /^The keys are destroyed, but .*no_such_table.* give the same command again\.$/s,
        ),
      })

      expect(await mine.read()).toBe('CannotOpenSecret')
      expect(await shredClient(deps, acme)).toEqual({ keys: 0 })
    })

    test('nothing new can be kept for it, and nothing opens after a restart either', async () => {
      await using msp = await testServer({ database })
      const acme = await msp.client('Acme')
      const mine = await aSecret(msp, acme)
      await shredClient(msp.server.deps, acme)

      await expect(mine.store()).rejects.toMatchObject({ code: 'CONFLICT' })
      await msp.restart()
      expect(await mine.read()).toBe('CannotOpenSecret')
      expect(await shredClient(msp.server.deps, acme)).toEqual({ keys: 0 })
    })

    test('a client that never had a key gets none later', async () => {
      await using msp = await testServer({ database })
      const acme = await msp.client('Acme')

      expect(await shredClient(msp.server.deps, acme)).toEqual({ keys: 0 })

      await expect(aSecret(msp, acme)).rejects.toMatchObject({ code: 'CONFLICT' })
    })

    test("asks for the client's whole name, and does nothing without it", async () => {
      await using msp = await testServer({ database })
      const acme = await msp.client('Acme Ltd')
      const mine = await aSecret(msp, acme)
      const shred = (...words: string[]) => runKeysVerb(msp.server.deps, ['shred', ...words], () => undefined)

      await expect(shred('Nobody', 'Nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(shred('Acme Ltd', 'Acme')).rejects.toThrow('Nothing was destroyed')
      await expect(shred('Acme Ltd')).rejects.toThrow('Nothing was destroyed')
      expect(await mine.read()).toBe(`secret of ${acme}`)
      expect(await shred(acme, ' acme ltd ')).toMatchObject({ client: { id: acme }, keys: 1 })
      expect(await mine.read()).toBe('CannotOpenSecret')
    })
  })
}

test.runIf(DATABASES.includes('sqlite'))('the database file keeps no copy of a destroyed key', async () => {
  await using msp = await testServer({ database: 'sqlite' })
  const acme = await msp.client('Acme')
  await aSecret(msp, acme)
  const { wrapped } = await msp.server.deps.db
    .selectFrom('vault_keys')
    .select('wrapped')
    .where('client_id', '=', acme)
    .executeTakeFirstOrThrow()
  const path = msp.databaseUrl.slice('sqlite:'.length)
  const isThere = () =>
    [path, `${path}-wal`].some((file) => existsSync(file) && readFileSync(file).includes(wrapped as Buffer))
  await msp.server.deps.settled()
  expect(isThere()).toBe(true)

  await shredClient(msp.server.deps, acme)

  expect(isThere()).toBe(false)
})
