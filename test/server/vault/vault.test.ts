import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { kidOf } from '../../../server/crypto/envelope.ts'
import { CannotOpenSecret } from '../../../server/crypto/seal.ts'
import { DATABASES } from '../../support/databases.ts'
import { envelopeOf, read, type Stored, setEnvelope, type VaultWorld, vaultWorld, versionRow } from './world.ts'

const REFUSED = 'CannotOpenSecret'
const SECRETS = { username: 'svc-msp', password: 'hunter2 is no password', totp: 'JBSWY3DPEHPK3PXP' }

for (const kind of DATABASES) {
  describe(`the vault, on ${kind}`, () => {
    let world: VaultWorld
    let [acme, other]: string[] = []

    beforeAll(async () => {
      world = await vaultWorld(kind)
      acme = await world.client('Acme')
      other = await world.client('Globex')
    })
    afterAll(() => world[Symbol.asyncDispose]())

    test('gives back what was stored, of a client and of the MSP itself', async () => {
      for (const clientId of [acme as string, null]) {
        const stored = await world.stored(clientId, { ...SECRETS, note: 'Ünïcode 😀 漢字\n  trailing  ' })
        expect(await read(world.server, world, stored)).toEqual(stored.secrets)
      }
    })

    test('numbers the versions, supersedes the one before and still opens it', async () => {
      const first = await world.stored(acme as string, { password: 'one' })
      const second = await world.server.vault.store(world.db, first.owner, { password: 'two' }, null)

      expect(second.versionNo).toBe(2)
      expect((await versionRow(world, first)).superseded_at).not.toBeNull()
      expect(await world.server.vault.open(world.db, first.owner, second.versionId, ['password'])).toEqual({
        password: 'two',
      })
      expect(await read(world.server, world, first)).toEqual({ password: 'one' })
    })

    test('a digest follows from what is stored', async () => {
      const owner = await world.credential(acme as string)
      const one = await world.server.vault.store(world.db, owner, SECRETS, null)
      const two = await world.server.vault.store(world.db, owner, SECRETS, null)

      expect(one.digest).toMatch(/^[0-9a-f]{64}$/)
      expect(two.digest).not.toBe(one.digest)
    })

    test('nothing that is stored holds the secret', async () => {
      const secret = 'CANARY-5f1c2f3e'
      const stored = await world.stored(acme as string, { password: secret })
      const bytes = [await envelopeOf(world, stored, 'password'), (await versionRow(world, stored)).wrapped_dek]

      for (const form of [secret, Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('hex')])
        expect(bytes.some((one) => one.includes(form))).toBe(false)
    })

    test('finds the same secret elsewhere, but not the same user name, nor what was superseded', async () => {
      const mine = await world.stored(acme as string, { username: 'admin', password: 'reused everywhere' })
      const same = await world.stored(other as string, { username: 'root', api_key: 'reused everywhere' })
      await world.stored(other as string, { username: 'admin', password: 'another one' })
      const gone = await world.stored(acme as string, { password: 'reused everywhere' })
      await world.server.vault.store(world.db, gone.owner, { password: 'changed since' }, null)

      expect(await world.server.vault.sameSecret(world.db, mine.versionId)).toEqual([same.owner.credentialId])
    })

    test("keeps the MSP's own values, each in its place only", async () => {
      const { vault } = world.server
      const place = { table: 'user_factors', column: 'sealed', id: 'f1' }
      const { kid, sealed } = await vault.sealOwn(world.db, place, 'seed of an authenticator')

      expect(await vault.openOwn(world.db, place, sealed)).toBe('seed of an authenticator')
      expect(kid).toBe('c1_own')
      for (const elsewhere of [
        { ...place, id: 'f2' },
        { ...place, column: 'name' },
        { ...place, table: 'users' },
      ])
        await expect(vault.openOwn(world.db, elsewhere, sealed)).rejects.toThrow(CannotOpenSecret)
      for (let length = 0; length < sealed.length; length += 7)
        await expect(vault.openOwn(world.db, place, sealed.subarray(0, length))).rejects.toThrow(CannotOpenSecret)
    })

    describe('C1: what was moved or changed in the database does not open', () => {
      const bothReadAgain = async (
        one: Stored,
        two: Stored,
        swap: () => Promise<unknown>,
        back: () => Promise<unknown>,
      ) => {
        await swap()
        expect([await read(world.server, world, one), await read(world.server, world, two)]).toEqual([REFUSED, REFUSED])
        await back()
        expect([await read(world.server, world, one), await read(world.server, world, two)]).toEqual([
          one.secrets,
          two.secrets,
        ])
      }
      const exchangeEnvelopes = async (one: Stored, field: string, two: Stored, otherField: string) => {
        const [mine, theirs] = [await envelopeOf(world, one, field), await envelopeOf(world, two, otherField)]
        await setEnvelope(world, one, field, theirs)
        await setEnvelope(world, two, otherField, mine)
      }

      test('C1: a ciphertext moved to another row does not open', async () => {
        const [one, two] = [await world.stored(acme as string, SECRETS), await world.stored(acme as string, SECRETS)]
        const swap = () => exchangeEnvelopes(one, 'password', two, 'password')
        await bothReadAgain(one, two, swap, swap)
      })

      test('C1: … to another field', async () => {
        const one = await world.stored(acme as string, SECRETS)
        const swap = () => exchangeEnvelopes(one, 'password', one, 'username')
        await bothReadAgain(one, one, swap, swap)
      })

      test('C1: … to another client', async () => {
        const [one, two] = [await world.stored(acme as string, SECRETS), await world.stored(other as string, SECRETS)]
        const swap = () => exchangeEnvelopes(one, 'password', two, 'password')
        await bothReadAgain(one, two, swap, swap)
      })

      test('C1: … to another version of the same credential', async () => {
        const one = await world.stored(acme as string, SECRETS)
        const made = await world.server.vault.store(world.db, one.owner, SECRETS, null)
        const two = { ...one, versionId: made.versionId }
        const swap = () => exchangeEnvelopes(one, 'password', two, 'password')
        await bothReadAgain(one, two, swap, swap)
      })

      test('C1: wrapped keys and the ciphertexts under them, swapped together', async () => {
        const [one, two] = [await world.stored(acme as string, SECRETS), await world.stored(acme as string, SECRETS)]
        const swap = async () => {
          const [mine, theirs] = [await versionRow(world, one), await versionRow(world, two)]
          await setDek(one, theirs.wrapped_dek)
          await setDek(two, mine.wrapped_dek)
          for (const field of Object.keys(SECRETS)) await exchangeEnvelopes(one, field, two, field)
        }
        await bothReadAgain(one, two, swap, swap)
      })

      test("C1: a version that names another client's key, or whose owner is another", async () => {
        const [one, two] = [await world.stored(acme as string, SECRETS), await world.stored(other as string, SECRETS)]
        const { kek_id } = await versionRow(world, one)
        const named = async (kid: string) =>
          world.db.updateTable('credential_versions').set({ kek_id: kid }).where('id', '=', one.versionId).execute()
        await named((await versionRow(world, two)).kek_id)

        expect(await read(world.server, world, one)).toBe(REFUSED)
        await named(kek_id)
        expect(await read(world.server, world, { ...one, owner: two.owner })).toBe(REFUSED)
        expect(await read(world.server, world, { ...one, owner: { ...one.owner, clientId: null } })).toBe(REFUSED)
        expect(await read(world.server, world, { ...one, secrets: { nothing_like_it: '' } })).toBe(REFUSED)
        expect(await read(world.server, world, { ...one, versionId: two.versionId })).toBe(REFUSED)
      })

      test("C1: two clients' keys, exchanged", async () => {
        const [one, two] = [await world.stored(acme as string, SECRETS), await world.stored(other as string, SECRETS)]
        const kids = [(await versionRow(world, one)).kek_id, (await versionRow(world, two)).kek_id] as [string, string]
        const swap = async () => {
          const [mine, theirs] = [await wrappedOf(kids[0]), await wrappedOf(kids[1])]
          await setWrapped(kids[0], theirs)
          await setWrapped(kids[1], mine)
        }
        await bothReadAgain(one, two, swap, swap)
      })

      test('C1: any byte that was changed, in the ciphertext and in the wrapped key; any length that was cut', async () => {
        const stored = await world.stored(acme as string, { password: 'p' })
        const envelope = await envelopeOf(world, stored, 'password')
        for (const changed of [...flipped(envelope), ...cut(envelope)]) {
          await setEnvelope(world, stored, 'password', changed)
          expect(await read(world.server, world, stored)).toBe(REFUSED)
        }
        await setEnvelope(world, stored, 'password', envelope)

        const { wrapped_dek } = await versionRow(world, stored)
        for (const changed of [...flipped(wrapped_dek), ...cut(wrapped_dek)]) {
          await setDek(stored, changed)
          expect(await read(world.server, world, stored)).toBe(REFUSED)
        }
        await setDek(stored, wrapped_dek)
        expect(await read(world.server, world, stored)).toEqual(stored.secrets)
      })

      test('C1: another version, algorithm or key in the header', async () => {
        const stored = await world.stored(acme as string, { password: 'p' })
        const envelope = await envelopeOf(world, stored, 'password')
        const kid = kidOf(envelope)
        const withHeader = (version: number, alg: number, name: string) =>
          Buffer.concat([Buffer.of(version, alg, name.length), Buffer.from(name), envelope.subarray(3 + kid.length)])
        expect(withHeader(2, 1, kid)).toEqual(envelope)

        for (const changed of [
          withHeader(1, 1, kid),
          withHeader(3, 1, kid),
          withHeader(2, 2, kid),
          withHeader(2, 0, kid),
          withHeader(2, 1, ''),
          withHeader(2, 1, kid.replace(/.$/, 'x')),
        ]) {
          await setEnvelope(world, stored, 'password', changed)
          expect(await read(world.server, world, stored)).toBe(REFUSED)
        }
      })

      const setDek = ({ versionId }: Stored, wrapped_dek: Buffer) =>
        world.db.updateTable('credential_versions').set({ wrapped_dek }).where('id', '=', versionId).execute()
      const wrappedOf = async (kid: string) =>
        (await world.db.selectFrom('vault_keys').select('wrapped').where('kid', '=', kid).executeTakeFirstOrThrow())
          .wrapped
      const setWrapped = (kid: string, wrapped: Buffer | null) =>
        world.db.updateTable('vault_keys').set({ wrapped }).where('kid', '=', kid).execute()
    })
  })

  describe(`the keys of clients, on ${kind}`, () => {
    test('C2: a key that was used up is followed by another, and still opens what it sealed', async () => {
      await using world = await vaultWorld(kind, { cap: 3 })
      const acme = await world.client('Acme')
      const stored: Stored[] = []
      for (let number = 0; number < 8; number++) stored.push(await world.stored(acme, { password: `p${number}` }))

      const keys = await world.db
        .selectFrom('vault_keys')
        .select(['kid', 'state', 'uses'])
        .where('purpose', '=', 'client')
        .orderBy('kid')
        .execute()
      expect(keys.map(({ kid, state, uses }) => [kid.slice(0, 3), state, uses])).toEqual([
        ['c1_', 'decrypt_only', 3],
        ['c2_', 'decrypt_only', 3],
        ['c3_', 'active', 2],
      ])
      for (const one of stored) expect(await read(world.server, world, one)).toEqual(one.secrets)
    })

    test('C2: a count stands with what was stored, also when a transaction was taken back', async () => {
      await using world = await vaultWorld(kind)
      const owner = await world.credential(await world.client('Acme'))
      const store = (fails: boolean) =>
        world.db
          .transaction()
          .execute(async (trx) => {
            await world.server.vault.store(trx, owner, { password: 'p' }, null)
            if (fails) throw new Error('taken back')
          })
          .catch(() => undefined)

      for (const fails of [true, false, true, false]) await store(fails)

      const { uses } = await world.db
        .selectFrom('vault_keys')
        .select('uses')
        .where('purpose', '=', 'client')
        .executeTakeFirstOrThrow()
      expect(uses).toBe(2)
    })

    test('are made once by two servers at the same moment', async () => {
      await using world = await vaultWorld(kind, { cap: 4 })
      const acme = await world.client('Acme')
      const servers = [world.server, await world.start(), await world.start()]
      const owners = await Promise.all(Array.from({ length: 12 }, () => world.credential(acme)))

      const made = await Promise.all(
        owners.map((owner, index) => {
          const { vault } = servers[index % 3] as (typeof servers)[number]
          return withRetries(world, (trx) => vault.store(trx, owner, { password: `p${index}` }, null))
        }),
      )

      const keys = await world.db.selectFrom('vault_keys').selectAll().where('purpose', '=', 'client').execute()
      expect(keys.filter(({ state }) => state === 'active')).toHaveLength(1)
      expect(keys.reduce((sum, { uses }) => sum + uses, 0)).toBe(12)
      for (const [index, { versionId }] of made.entries())
        expect(
          await world.server.vault.open(world.db, owners[index] as (typeof owners)[number], versionId, ['password']),
        ).toEqual({ password: `p${index}` })
    })
  })
}

/** As a mutation is run: again after a deadlock. */
async function withRetries<T>({ db, database }: VaultWorld, work: (trx: VaultWorld['db']) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(work)
    } catch (error) {
      if (database.dialect.refusal(error) !== 'busy' || attempt === 10) throw error
    }
  }
}

function* flipped(bytes: Buffer): Generator<Buffer> {
  for (let index = 0; index < bytes.length; index++) {
    const changed = Buffer.from(bytes)
    changed.writeUInt8(changed.readUInt8(index) ^ (1 << (index % 8)), index)
    yield changed
  }
}

function* cut(bytes: Buffer): Generator<Buffer> {
  for (let length = 0; length < bytes.length; length++) yield bytes.subarray(0, length)
}
