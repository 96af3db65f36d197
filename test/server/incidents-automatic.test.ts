import { describe, expect, test } from 'vitest'
import type { Caller, Context } from '../../server/context.ts'
import { type Noticed, openIncident } from '../../server/domains/incidents/automatic.ts'
import { DATABASES } from '../support/databases.ts'
import { type TestServer, testServer } from '../support/server.ts'

/** Incidents that the server opens for what it noticed. */

const NOBODY: Caller = {
  userId: '',
  loginId: '',
  email: '',
  name: '',
  role: 'viewer',
  scopes: [],
  allClients: false,
  loginExpiresAt: '',
}
const noticed: Noticed = {
  title: 'A refresh token was used twice',
  description: 'The login has ended.',
  category: 'hacking',
  severity: 'high',
}

for (const database of DATABASES) {
  describe(`incidents that the server opens, on ${database}`, () => {
    const contextOf = (msp: TestServer, caller: Caller = NOBODY): Context => ({
      ...msp.server.deps,
      caller,
      origin: { ip: null, userAgent: null },
      requestId: '',
    })

    test('about the MSP itself are of a client for its own systems, made once', async () => {
      await using msp = await testServer({ database })

      const first = await openIncident(contextOf(msp), noticed)
      msp.clock.advance(1_000)
      const second = await openIncident(contextOf(msp), noticed)

      const { items } = await msp.admin.api.securityIncidents.list({ sort: 'created_at' })
      expect(items.map(({ id, number, reporter }) => [id, number, reporter])).toEqual([
        [first, '2026-0001', 'The server'],
        [second, '2026-0002', 'The server'],
      ])
      const { items: clients } = await msp.admin.api.clients.list({})
      expect(clients.map(({ name, type }) => [name, type])).toEqual([['Our own systems', 'internal']])
    })

    test('go to the client of type internal that is there', async () => {
      await using msp = await testServer({ database })
      const { id } = await msp.admin.api.clients.create({ name: 'We', type: 'internal' })

      await openIncident(contextOf(msp), noticed)

      const { items } = await msp.admin.api.securityIncidents.list({})
      expect(items.map(({ client_id }) => client_id)).toEqual([id])
    })

    test('say the same once a day', async () => {
      await using msp = await testServer({ database })
      const open = (dedupe: string) => openIncident(contextOf(msp), { ...noticed, dedupe })

      const first = await open('refresh a')
      const again = await open('refresh a')
      const other = await open('refresh b')
      msp.clock.advance(25 * 3_600_000)
      const nextDay = await open('refresh a')

      expect(again).toBe(first)
      expect(new Set([first, other, nextDay]).size).toBe(3)
    })

    test('name what they touched, for a client that the caller may only read', async () => {
      await using msp = await testServer({ database })
      const rita = await msp.technician({ name: 'Rita', clients: ['Dataforth'], level: 'read' })
      const clientId = await msp.client('Dataforth')
      const caller: Caller = { ...NOBODY, userId: rita.id, role: 'technician', onlyClient: clientId }

      const id = await openIncident(contextOf(msp, caller), {
        ...noticed,
        clientId,
        entities: [{ user_id: rita.id, machine_id: await msp.machine(rita), relation: 'source' }],
      })

      const { items } = await rita.api.incidentEntities.list({ incident_id: id })
      expect(items.map(({ user_id, relation }) => [user_id, relation])).toContainEqual([rita.id, 'source'])
      expect(items).toHaveLength(2)
      expect(await rita.api.securityIncidents.get({ id })).toMatchObject({ created_by: rita.id, client_id: clientId })
    })

    test('stand or fall with the transaction that noticed it', async () => {
      await using msp = await testServer({ database })

      const failed = msp.server.deps.db.transaction().execute(async (db) => {
        await openIncident({ ...contextOf(msp), db }, noticed)
        throw new Error('rolled back')
      })

      await expect(failed).rejects.toThrow('rolled back')
      expect((await msp.admin.api.securityIncidents.list({})).items).toEqual([])
    })

    test('of many at once are numbered one by one', async () => {
      await using msp = await testServer({ database })
      await openIncident(contextOf(msp), noticed)

      await Promise.all([...Array(8)].map(() => openIncident(contextOf(msp), noticed)))

      const { items } = await msp.admin.api.securityIncidents.list({})
      expect(
        items
          .map(({ number }) => number)
          .sort()
          .at(-1),
      ).toBe('2026-0009')
    })
  })
}
