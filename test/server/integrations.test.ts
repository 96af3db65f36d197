import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { contract } from '../../src/contract/index.ts'
import type { Operation } from '../../src/contract/kernel.ts'
import { EXAMPLE_ID } from '../../src/contract/values.ts'
import { DATABASES, type DatabaseKind } from '../support/databases.ts'
import { testServer } from '../support/server.ts'

/** Connections to other systems: what they may hold, whose they are, and all work on a ticket. */

async function office(database: DatabaseKind) {
  const msp = await testServer({ database })
  const ana = await msp.technician({ name: 'Ana', clients: ['Dataforth'] })
  const clientId = await msp.client('Dataforth')
  const admin = msp.admin.api
  const syncro = await admin.externalIntegrations.create({ type: 'syncro', name: 'SyncroMSP' })
  return {
    msp,
    admin,
    ana: ana.api,
    clientId,
    otherId: await msp.client('Contoso'),
    syncro,
    machineId: await msp.machine(ana),
    [Symbol.asyncDispose]: () => msp[Symbol.asyncDispose](),
  }
}
type Office = Awaited<ReturnType<typeof office>>

let serial = 0
const aSession = ({ ana, clientId, machineId }: Office, more: Record<string, unknown> = {}) =>
  ana.sessions.create({
    client_id: clientId,
    machine_id: machineId,
    mode: 'msp',
    claude_session_id: `c${++serial}`,
    ...more,
  })
const aTask = (world: Office, title: string) => world.ana.tasks.create({ client_id: world.clientId, title })
const aLink = (world: Office, more: Record<string, unknown>) =>
  world.ana.ticketLinks.create({
    client_id: world.clientId,
    integration_id: world.syncro.id,
    external_id: '88104231',
    external_number: '12345',
    ...more,
  })

const refusalOf = (operation: Operation, input: object) =>
  (operation.input as unknown as z.ZodType).safeParse({ ...operation.example, ...input }).error?.issues[0]?.message

describe('the settings of an integration', () => {
  test.each([
    ['password', { password: 'x' }],
    ['api_key', { zones: { eu: { 'API-Key': 'x' } } }],
    ['authorization', { headers: [{ authorization: 'Bearer x' }] }],
    ['hook', { hook_url: 'https://hooks.zapier.com/hooks/catch/1/2' }],
  ])('hold no secret: %s', (_, config) => {
    expect(refusalOf(contract.externalIntegrations.create, { config })).toContain('credentials.create')
    expect(refusalOf(contract.externalIntegrations.update, { id: EXAMPLE_ID, config })).toContain('credentials.create')
  })

  test('may sound like one', () => {
    const config = { token_url: 'https://auth.example.com/token', token_lifetime_seconds: 3600, zone: 'eu' }

    expect(refusalOf(contract.externalIntegrations.create, { config })).toBeUndefined()
  })
})

for (const database of DATABASES) {
  describe(`an integration, on ${database}`, () => {
    test('is off until it is enabled, and enabling it again changes nothing', async () => {
      await using world = await office(database)
      const { admin, syncro } = world

      const enabled = await admin.externalIntegrations.enable({ id: syncro.id })
      const again = await admin.externalIntegrations.enable({ id: syncro.id })
      const disabled = await admin.externalIntegrations.disable({ id: syncro.id })

      expect([syncro.enabled, syncro.status]).toEqual([false, 'disabled'])
      expect([enabled.enabled, enabled.status]).toEqual([true, 'ok'])
      expect(again).toEqual(enabled)
      expect([disabled.enabled, disabled.status]).toEqual([false, 'disabled'])
      await expect(admin.externalIntegrations.resetCircuit({ id: syncro.id })).rejects.toMatchObject({
        code: 'CONFLICT',
      })
    })

    test('is tried again at once after its circuit was reset', async () => {
      await using world = await office(database)
      const { id } = await world.admin.externalIntegrations.enable({ id: world.syncro.id })
      await world.msp.server.deps.db
        .updateTable('external_integrations')
        .set({ status: 'degraded', consecutive_failures: 5, circuit_open_until: '2026-01-12T10:00:00.000Z' })
        .execute()

      const reset = await world.admin.externalIntegrations.resetCircuit({ id })

      expect(reset).toMatchObject({ status: 'ok', consecutive_failures: 0, circuit_open_until: null })
    })

    test('forgets its token when it signs in with another credential', async () => {
      await using world = await office(database)
      const { admin, msp, syncro } = world
      const credential = async (name: string) => (await admin.credentials.create({ name, type: 'api_key' })).id
      const { id } = await admin.integrationCredentials.create({
        integration_id: syncro.id,
        kind: 'bearer',
        credential_id: await credential('Syncro'),
      })
      const token = { token_ciphertext: Buffer.from('x'), token_expires_at: '2026-01-26T09:00:00.000Z' }
      await msp.server.deps.db.updateTable('integration_credentials').set(token).execute()

      const kept = await admin.integrationCredentials.update({ id, scopes: ['tickets'] })
      const rotated = await admin.integrationCredentials.update({ id, credential_id: await credential('Syncro 2') })

      expect(kept).toMatchObject({ rotated_at: null, token_expires_at: token.token_expires_at })
      expect(rotated).toMatchObject({ rotated_at: '2026-01-12T09:00:00.000Z', token_expires_at: null })
      const stored = await msp.server.deps.db
        .selectFrom('integration_credentials')
        .select('token_ciphertext')
        .executeTakeFirst()
      expect(stored?.token_ciphertext).toBeNull()
    })
  })

  describe(`what a row is called elsewhere, on ${database}`, () => {
    test('belongs to the client of the row, and is one to one', async () => {
      await using world = await office(database)
      const { admin, clientId, otherId, syncro, ana } = world
      const refer = (entity_id: string, external_id: string) =>
        admin.externalRefs.create({ integration_id: syncro.id, entity_type: 'client', entity_id, external_id })

      const ref = await refer(clientId, '4711')
      const hidden = await refer(otherId, '4712')

      expect(ref).toMatchObject({ client_id: clientId, status: 'confirmed', confirmed_by: expect.any(String) })
      await expect(refer(clientId, '4713')).rejects.toMatchObject({ code: 'CONFLICT' })
      await expect(refer(await world.msp.client('Fabrikam'), '4711')).rejects.toMatchObject({ code: 'CONFLICT' })
      await expect(ana.externalRefs.get({ id: hidden.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(refer(ref.id, '4714')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    })

    test('a suggested match is confirmed by a person, once', async () => {
      await using world = await office(database)
      const { admin, clientId, syncro, msp } = world
      const { id } = await admin.externalRefs.create({
        integration_id: syncro.id,
        entity_type: 'client',
        entity_id: clientId,
        external_id: '4711',
      })
      const suggested = { status: 'suggested' as const, confirmed_by: null, confirmed_at: null }
      await msp.server.deps.db.updateTable('external_refs').set(suggested).execute()

      const confirmed = await admin.externalRefs.confirm({ id })
      msp.clock.advance(1_000)

      expect(confirmed).toMatchObject({ status: 'confirmed', confirmed_at: '2026-01-12T09:00:00.000Z' })
      expect(await admin.externalRefs.confirm({ id })).toEqual(confirmed)
    })

    test('an integration of one client does not serve another', async () => {
      await using world = await office(database)
      const { admin, clientId, otherId } = world
      const { id } = await admin.externalIntegrations.create({ type: 'teams', name: 'Teams', client_id: otherId })

      await expect(
        admin.externalRefs.create({ integration_id: id, entity_type: 'client', entity_id: clientId, external_id: '1' }),
      ).rejects.toMatchObject({ code: 'INVALID_INPUT' })
      const task = await admin.tasks.create({ client_id: clientId, title: 'Call back' })
      await expect(
        admin.ticketLinks.create({ client_id: clientId, integration_id: id, external_id: '1', task_id: task.id }),
      ).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    })
  })

  describe(`a ticket, on ${database}`, () => {
    test('is linked to exactly one thing at a time, each once', async () => {
      await using world = await office(database)
      const [task, other] = [await aTask(world, 'Certificate'), await aTask(world, 'Mail')]
      const session = await aSession(world)
      const foreign = await world.admin.tasks.create({ client_id: world.otherId, title: 'Not theirs' })

      await aLink(world, { task_id: task.id })
      await aLink(world, { task_id: other.id })

      await expect(aLink(world, {})).rejects.toMatchObject({ code: 'INVALID_INPUT' })
      await expect(aLink(world, { task_id: task.id, session_id: session.id })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        message: expect.stringContaining('not session_id and task_id'),
      })
      await expect(aLink(world, { task_id: task.id })).rejects.toMatchObject({ code: 'CONFLICT' })
      await expect(
        world.admin.ticketLinks.create({
          client_id: world.clientId,
          integration_id: world.syncro.id,
          external_id: '1',
          task_id: foreign.id,
        }),
      ).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    })

    test('shows all work on it, newest first, by number or by id', async () => {
      await using world = await office(database)
      const { ana, clientId, msp } = world
      const steps = [
        async () => aLink(world, { session_id: (await aSession(world, { ticket: '#12345' })).id }),
        async () => aLink(world, { task_id: (await aTask(world, 'Order a disk')).id, relation: 'caused_by' }),
        async () => {
          const { id } = await ana.projects.create({ client_id: clientId, name: 'New server' })
          await aLink(world, { project_id: id })
        },
        async () => aSession(world, { ticket: '#12345', title: 'Not linked' }),
        async () => aSession(world, { ticket: '1234' }),
      ]
      for (const step of steps) {
        msp.clock.advance(60_000)
        await step()
      }
      const kinds = async (ticket: string) =>
        (await ana.tickets.work({ ticket })).items.map(({ kind, title, relation }) => [kind, title, relation])

      const found = [
        ['session', 'Not linked', null],
        ['project', 'New server', 'relates'],
        ['task', 'Order a disk', 'caused_by'],
        ['session', null, 'relates'],
      ]
      expect(await kinds('12345')).toEqual(found)
      expect(await kinds('#12345')).toEqual(found)
      expect(await kinds('88104231')).toEqual(found.slice(1))
      expect(await ana.tickets.work({ ticket: '12345', limit: 2 })).toMatchObject({
        items: [{ kind: 'session' }, { kind: 'project' }],
        more: true,
      })
    })

    test('shows nothing of clients that one may not see, and nothing that was unlinked', async () => {
      await using world = await office(database)
      const ben = await world.msp.technician({ name: 'Ben', clients: ['Contoso'] })
      const { id } = await aLink(world, { task_id: (await aTask(world, 'Certificate')).id })
      await aSession(world, { ticket: '12345' })

      expect((await ben.api.tickets.work({ ticket: '12345' })).items).toEqual([])
      await world.ana.ticketLinks.archive({ id })
      expect(await world.ana.tickets.work({ ticket: '12345' })).toMatchObject({ items: [{ kind: 'session' }] })
    })
  })
}
