import { describe, expect, test } from 'vitest'
import { createApi } from '../../src/api/client.ts'
import { undiciTransport } from '../../src/api/undici.ts'
import { DATABASES } from '../support/databases.ts'
import { type TestServer, type TestUser, testServer } from '../support/server.ts'
import { dump } from './dump.ts'

/** Keys for programs: what they open, what they never open, and when they end. */

const DAY_MS = 86_400_000

/** The API with a key in place of a login's token. */
const withKey = (msp: TestServer, key: string) =>
  createApi({
    url: msp.url,
    transport: undiciTransport,
    tokens: { current: async () => key, newerThan: async () => key },
  })

type NewKey = Parameters<TestUser['api']['apiKeys']['create']>[0]

async function keyOf(msp: TestServer, owner: TestUser, wanted: Partial<NewKey> = {}) {
  const made = await owner.api.apiKeys.create({ name: 'Nightly report', scopes: ['msp:read', 'msp:write'], ...wanted })
  return { ...made, api: withKey(msp, made.key) }
}

const ENDED = { code: 'UNAUTHENTICATED' }

for (const database of DATABASES) {
  describe(`an API key, on ${database}`, () => {
    test('acts as its owner, on both wires', async () => {
      await using msp = await testServer({ database })
      const ana = await msp.technician({ clients: ['Dataforth'] })
      await msp.client('Contoso')

      const { key, api } = await keyOf(msp, ana)
      const rest = await fetch(`${msp.url}/api/v1/clients`, { headers: { authorization: `Bearer ${key}` } })

      expect((await api.clients.list({})).items).toMatchObject([{ name: 'Dataforth' }])
      expect(await rest.json()).toMatchObject({ items: [{ name: 'Dataforth' }] })
      expect(await api.auth.me({})).toMatchObject({ id: ana.id, role: 'technician' })
    })

    test('is shown once and kept as a hash', async () => {
      await using msp = await testServer({ database })
      const ana = await msp.technician()

      const { key, api_key } = await keyOf(msp, ana)

      expect(key).toMatch(/^ctk_[A-Za-z0-9_-]{43}$/)
      expect(api_key).toMatchObject({ prefix: key.slice(0, 12), expires_at: '2027-01-12T09:00:00.000Z' })
      expect(JSON.stringify(await ana.api.apiKeys.list({}))).not.toContain(key)
      expect(JSON.stringify(await dump(msp.server))).not.toContain(key)
    })

    test('does no more than its scopes allow, nor more than its owner may', async () => {
      await using msp = await testServer({ database })
      const ana = await msp.technician({ clients: ['Dataforth'] })
      const client_id = await msp.client('Dataforth')
      const reader = await keyOf(msp, ana, { scopes: ['msp:read'] })
      const boss = await keyOf(msp, msp.admin, { scopes: ['msp:read', 'msp:write'] })

      await expect(reader.api.tasks.create({ client_id, title: 'x' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
      await expect(boss.api.users.update({ id: ana.id, role: 'admin' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
      await expect(keyOf(msp, ana, { scopes: ['msp:admin'] })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    })

    test('makes no keys and ends no logins', async () => {
      await using msp = await testServer({ database })
      const { api } = await keyOf(msp, msp.admin, { scopes: ['msp:read', 'msp:write', 'msp:admin'] })

      await expect(api.apiKeys.create({ name: 'x', scopes: ['msp:read'] })).rejects.toMatchObject({ code: 'FORBIDDEN' })
      await expect(api.auth.logout({ everywhere: true })).rejects.toMatchObject({ code: 'FORBIDDEN' })
      expect(await msp.admin.api.auth.me({})).toMatchObject({ role: 'admin' })
    })

    test('ends when it is revoked, and stays so', async () => {
      await using msp = await testServer({ database })
      const ana = await msp.technician()
      const { api, api_key } = await keyOf(msp, ana)

      const revoked = await ana.api.apiKeys.revoke({ id: api_key.id })
      msp.clock.advance(1_000)

      expect(await ana.api.apiKeys.revoke({ id: api_key.id })).toEqual(revoked)
      await expect(api.auth.me({})).rejects.toMatchObject(ENDED)
    })

    test('ends on its day, which lies two years away at most', async () => {
      await using msp = await testServer({ database })
      const ana = await msp.technician()
      const { api } = await keyOf(msp, ana, { expires_at: '2026-01-13T09:00:00.000Z' })

      expect(await api.auth.me({})).toMatchObject({ id: ana.id })
      msp.clock.advance(DAY_MS)

      await expect(api.auth.me({})).rejects.toMatchObject(ENDED)
      for (const expires_at of ['2026-01-12T09:00:00.000Z', '2029-01-01T00:00:00.000Z'])
        await expect(keyOf(msp, ana, { expires_at })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    })

    test('ends with its owner, and does not come back with them', async () => {
      await using msp = await testServer({ database })
      const ana = await msp.technician()
      const { api } = await keyOf(msp, ana)

      await msp.admin.api.users.archive({ id: ana.id })
      await expect(api.auth.me({})).rejects.toMatchObject(ENDED)
      await msp.admin.api.users.restore({ id: ana.id })

      await expect(api.auth.me({})).rejects.toMatchObject(ENDED)
    })

    test('loses at once what its owner loses', async () => {
      await using msp = await testServer({ database })
      const ana = await msp.technician({ clients: ['Dataforth'] })
      const client_id = await msp.client('Dataforth')
      const { api } = await keyOf(msp, ana)
      await api.tasks.create({ client_id, title: 'Before' })

      await msp.admin.api.users.grant({ id: ana.id, client_id, level: 'read' })
      await expect(api.tasks.create({ client_id, title: 'After' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
      await msp.admin.api.users.update({ id: ana.id, role: 'viewer' })

      expect((await api.auth.me({})).scopes).toEqual(['msp:read'])
    })

    test.each(['', 'x', 'x'.repeat(43)])('that is none is refused (ctk_%s)', async (rest) => {
      await using msp = await testServer({ database })

      await expect(withKey(msp, `ctk_${rest}`).auth.me({})).rejects.toMatchObject(ENDED)
    })

    test('is seen by its owner and by admins', async () => {
      await using msp = await testServer({ database })
      const [ana, ben] = [await msp.technician({ name: 'Ana' }), await msp.technician({ name: 'Ben' })]
      const { api_key } = await keyOf(msp, ana)

      expect((await ben.api.apiKeys.list({ user_id: ana.id })).items).toEqual([])
      await expect(ben.api.apiKeys.get({ id: api_key.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(ben.api.apiKeys.revoke({ id: api_key.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      expect((await msp.admin.api.apiKeys.list({})).items).toMatchObject([{ id: api_key.id }])
    })

    test('notes its use, now and then', async () => {
      await using msp = await testServer({ database })
      const ana = await msp.technician()
      const { api, api_key } = await keyOf(msp, ana)
      const lastUse = async () => (await ana.api.apiKeys.get({ id: api_key.id })).last_used_at

      await api.auth.me({})
      msp.clock.advance(59_000)
      await api.auth.me({})
      const early = await lastUse()
      msp.clock.advance(1_000)
      await api.auth.me({})

      expect([early, await lastUse()]).toEqual(['2026-01-12T09:00:00.000Z', '2026-01-12T09:01:00.000Z'])
    })
  })

  describe(`an API key for one client, on ${database}`, () => {
    async function twoClients() {
      const msp = await testServer({ database })
      const [dataforth, contoso] = [await msp.client('Dataforth'), await msp.client('Contoso')]
      const { api } = await keyOf(msp, msp.admin, { only_client_id: dataforth })
      const other = await msp.admin.api.tasks.create({ client_id: contoso, title: 'Secret of Contoso' })
      const own = await msp.admin.api.tasks.create({ client_id: dataforth, title: 'Of Dataforth' })
      const shared = await msp.admin.api.problemSolutions.create({ title: 'General', symptom: 'x', solution: 'y' })
      const unnamed = await msp.admin.api.tasks.create({ title: 'Of nobody' })
      return {
        msp,
        api,
        dataforth,
        contoso,
        other,
        own,
        shared,
        unnamed,
        [Symbol.asyncDispose]: () => msp[Symbol.asyncDispose](),
      }
    }

    test('lists, gets and finds what is of that client, though its owner sees all', async () => {
      await using world = await twoClients()
      const { api, contoso, other, own, unnamed } = world

      expect((await api.clients.list({})).items).toMatchObject([{ name: 'Dataforth' }])
      expect((await api.tasks.list({})).items).toMatchObject([{ id: own.id }])
      for (const id of [other.id, other.id.slice(-8), unnamed.id])
        await expect(api.tasks.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(api.tasks.list({ client_id: contoso })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(api.tasks.list({ client: 'Contoso' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      expect(await api.clients.resolve({ text: 'Contoso' })).toEqual({ client: null, candidates: [] })
      await expect(api.context.get({ client_id: contoso })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      expect(JSON.stringify(await api.search.query({ q: 'Secret Contoso' }))).not.toContain('Secret of Contoso')
    })

    test('writes for that client only: not for another, none or all', async () => {
      await using world = await twoClients()
      const { api, contoso, dataforth, other, own, shared } = world

      expect(await api.tasks.update({ id: own.id, title: 'Changed' })).toMatchObject({ title: 'Changed' })
      expect(await api.sites.create({ client_id: dataforth, name: 'Office' })).toMatchObject({ client_id: dataforth })
      const refused = [
        api.tasks.create({ client_id: contoso, title: 'x' }),
        api.tasks.update({ id: other.id, title: 'x' }),
        api.tasks.archive({ id: other.id }),
        api.tasks.create({ title: 'x' }),
        api.problemSolutions.create({ title: 'x', symptom: 'x', solution: 'x' }),
        api.problemSolutions.update({ id: shared.id, title: 'x' }),
        api.clients.create({ name: 'Fabrikam' }),
        api.tags.create({ slug: 'x', name: 'x' }),
      ]

      const outcomes = await Promise.allSettled(refused)

      expect(outcomes.map((outcome) => outcome.status)).toEqual(refused.map(() => 'rejected'))
      expect((await api.problemSolutions.get({ id: shared.id })).title).toBe('General')
    })

    test('has no admin rights, whoever owns it', async () => {
      await using world = await twoClients()
      const { msp, dataforth } = world
      const wanted = { scopes: ['msp:read', 'msp:admin'] as const, only_client_id: dataforth }

      await expect(keyOf(msp, msp.admin, { ...wanted, scopes: [...wanted.scopes] })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      })
    })

    test('opens nothing where its owner may not', async () => {
      await using world = await twoClients()
      const { msp, contoso } = world
      const ana = await msp.technician({ clients: ['Contoso'] })
      const { api } = await keyOf(msp, ana, { only_client_id: contoso })
      await msp.admin.api.users.revoke({ id: ana.id, client_id: contoso })

      expect((await api.clients.list({})).items).toEqual([])
    })
  })
}
