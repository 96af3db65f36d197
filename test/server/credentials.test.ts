import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { checkPrincipal, scopeOf } from '../../server/domains/credentials/rules.ts'
import { entities } from '../../src/contract/index.ts'
import { DATABASES } from '../support/databases.ts'
import { testServer } from '../support/server.ts'

/** What is known about secrets, who may use them, and the logs that nobody changes. */

describe('what a credential opens', () => {
  test.each([
    [{}, 'client'],
    [{ site_id: 'a' }, 'site'],
    [{ infrastructure_id: 'a' }, 'infrastructure'],
    [{ service_id: 'a' }, 'service'],
    [{ m365_tenant_id: 'a' }, 'tenant'],
    [{ owner_user_id: 'a' }, 'user'],
    [{ owner_user_id: 'a', service_id: 'b' }, 'service'],
    [{ scope: 'integration' }, 'integration'],
    [{ scope: 'site', site_id: null }, 'client'],
  ] as const)('by its place %o is a %s', (places, scope) => {
    expect(scopeOf(places)).toBe(scope)
  })

  test('is one place', () => {
    expect(() => scopeOf({ site_id: 'a', service_id: 'b' })).toThrow('only one of site_id, service_id')
  })
})

test.each([
  ['role', 'boss'],
  ['user', 'ana'],
  ['api_key', 'ctk_x'],
] as const)('a %s is not named "%s"', (type, id) => {
  expect(() => checkPrincipal(type, id)).toThrow('principal_id')
})

test('no field of a credential holds a secret', () => {
  const columns = entities.credentials.columns.join(' ')

  expect(columns).not.toMatch(/password|secret|seed|cipher|envelope|value/)
})

for (const database of DATABASES) {
  describe(`credentials, on ${database}`, () => {
    async function office() {
      const msp = await testServer({ database })
      const ana = await msp.technician({ name: 'Ana', clients: ['Dataforth'] })
      const lea = await msp.technician({ name: 'Lea', role: 'lead', clients: ['Dataforth'] })
      const client_id = await msp.client('Dataforth')
      const { id: infrastructure_id } = await ana.api.infrastructure.create({
        client_id,
        kind: 'virtual_server',
        hostname: 'SRV-DB',
      })
      return { msp, ana, lea, client_id, infrastructure_id, [Symbol.asyncDispose]: () => msp[Symbol.asyncDispose]() }
    }

    test('are for the place that they name, wherever that is moved', async () => {
      await using world = await office()
      const { ana, client_id, infrastructure_id } = world
      const { id: site_id } = await ana.api.sites.create({ client_id, name: 'Office' })

      const made = await ana.api.credentials.create({ client_id, name: 'root', type: 'password', infrastructure_id })
      const moved = await ana.api.credentials.update({ id: made.id, infrastructure_id: null, site_id })

      expect([made.scope, moved.scope]).toEqual(['infrastructure', 'site'])
      await expect(ana.api.credentials.update({ id: made.id, infrastructure_id })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        message: expect.stringContaining('only one of'),
      })
    })

    test.each([
      ['https://ana:hunter2@portal.example.com/', false],
      ['ssh://root@db1', false],
      ['//ana:x@host/share', false],
      ['https://portal.example.com/login?user=a@b.c', true],
      ['ssh://db1:2222', true],
    ])('have an address without a password: %s', async (url, fine) => {
      await using world = await office()
      const { ana, client_id } = world

      const outcome = await ana.api.credentials.create({ client_id, name: 'x', type: 'password', url }).then(
        () => true,
        () => false,
      )

      expect(outcome).toBe(fine)
    })

    test('of the MSP itself are seen by who made them and by leads, not by other technicians', async () => {
      await using world = await office()
      const { msp, ana, lea } = world
      const ben = await msp.technician({ name: 'Ben', clients: ['Dataforth'] })

      const { id } = await ana.api.credentials.create({ name: 'RMM', type: 'api_key' })

      expect(await lea.api.credentials.get({ id })).toMatchObject({ client_id: null })
      await expect(ben.api.credentials.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    })

    test('are compromised once, from the first time that somebody says so', async () => {
      await using world = await office()
      const { msp, ana, client_id } = world
      const { id } = await ana.api.credentials.create({ client_id, name: 'x', type: 'password' })

      const first = await ana.api.credentials.markCompromised({ id, reason: 'Pasted into a chat' })
      msp.clock.advance(60_000)
      const again = await ana.api.credentials.markCompromised({ id, reason: 'Again' })

      expect(first).toMatchObject({
        compromised_at: '2026-01-12T09:00:00.000Z',
        compromised_reason: 'Pasted into a chat',
      })
      expect(again).toEqual(first)
    })

    test('get a stricter or laxer policy by a lead, not by who uses them', async () => {
      await using world = await office()
      const { ana, lea, client_id } = world
      const { id } = await ana.api.credentials.create({ client_id, name: 'x', type: 'password', sensitivity: 'high' })

      await expect(ana.api.credentials.setPolicy({ id, access_policy: 'open' })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      })
      const set = await lea.api.credentials.setPolicy({
        id,
        access_policy: 'approval_required',
        allowed_hosts: ['db1'],
      })

      expect(set).toMatchObject({ sensitivity: 'high', access_policy: 'approval_required', allowed_hosts: ['db1'] })
    })

    test('are granted by one credential or by type, to somebody who is there', async () => {
      await using world = await office()
      const { ana, lea, client_id } = world
      const { id: credential_id } = await ana.api.credentials.create({ client_id, name: 'x', type: 'password' })
      const grant = lea.api.credentialPermissions.create
      const to = { principal_type: 'user', principal_id: ana.id, level: 'use' } as const
      const nobody = '0195f2c0-7a53-7d1e-9c1f-3f2a9c1e9999'

      const one = await grant({ credential_id, ...to })
      const all = await grant({ client_id, type: 'any', ...to })

      expect(one).toMatchObject({ client_id, granted_by: lea.id, effect: 'allow' })
      expect(all).toMatchObject({ client_id, credential_id: null, type: 'any' })
      await expect(grant({ credential_id, ...to })).rejects.toMatchObject({ code: 'CONFLICT' })
      await expect(grant({ client_id, type: 'any', ...to })).rejects.toMatchObject({ code: 'CONFLICT' })
      await expect(grant({ credential_id, type: 'any', ...to })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
      await expect(grant({ client_id, ...to })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
      await expect(grant({ credential_id, ...to, principal_id: nobody })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    })

    test('of one client never carry a permission of another', async () => {
      await using world = await office()
      const { msp, client_id } = world
      const contoso = await msp.client('Contoso')
      const { id } = await msp.admin.api.credentials.create({ client_id, name: 'x', type: 'password' })
      const to = { principal_type: 'role', principal_id: 'technician', level: 'reveal' } as const

      const refused = msp.admin.api.credentialPermissions.create({ client_id: contoso, credential_id: id, ...to })

      await expect(refused).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    })
  })

  describe(`the audit logs, on ${database}`, () => {
    const entry = (id: string, seq: number) => ({
      id,
      created_at: '2026-01-12T09:00:00.000Z',
      updated_at: '2026-01-12T09:00:00.000Z',
      row_version: 1,
      // Another one than those that the server writes meanwhile.
      chain: 'of this test',
      seq,
      prev_hash: '0'.repeat(64),
      row_hash: 'a'.repeat(64),
      epoch: 0,
      actor_kind: 'system' as const,
      occurred_at: '2026-01-12T09:00:00.000Z',
    })

    test.each(['credential_audit_log', 'api_audit_log'] as const)('%s is only ever added to', async (table) => {
      await using msp = await testServer({ database })
      const { db, dialect, newId } = msp.server.deps
      const values =
        table === 'credential_audit_log'
          ? { ...entry(newId(), 1), action: 'use', outcome: 'success' }
          : {
              ...entry(newId(), 1),
              action: 'view',
              direction: 'in',
              method: 'GET',
              path_template: '/',
              rate_limited: 0,
            }
      const add = (row: object) =>
        db
          .insertInto(table)
          .values(row as never)
          .execute()
      await add(values)
      const why = (attempt: Promise<unknown>) =>
        attempt.then(
          () => 'done',
          (error: unknown) => dialect.refusal(error),
        )

      expect(await why(db.updateTable(table).set({ seq: 2 }).execute())).toBe('frozen')
      expect(await why(db.deleteFrom(table).execute())).toBe('frozen')
      expect(await why(add({ ...values, id: newId() }))).toBe('unique')
      expect((await sql`select seq from ${sql.table(table)} where chain = 'of this test'`.execute(db)).rows).toEqual([
        { seq: 1 },
      ])
    })
  })
}
