import { describe, expect, test } from 'vitest'
import { deliverDue } from '../../../server/domains/integrations/delivery-worker.ts'
import { DATABASES } from '../../support/databases.ts'
import { receiver } from '../../support/receiver.ts'
import { type TestServer, testServer } from '../../support/server.ts'

/** REST hooks, as an app at Zapier calls them: with an API key, to subscribe, to end it, and for samples. */

const BY_HAND = { webhookNetworks: ['127.0.0.0/8'], delivering: false }

/** What a Zap sends with the key of a lead who works for Dataforth. */
async function zap(msp: TestServer) {
  const lena = await msp.technician({ name: 'Lena', role: 'lead', clients: ['Dataforth'] })
  const { key } = await lena.api.apiKeys.create({ name: 'Zapier', scopes: ['msp:read', 'msp:write'] })
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${msp.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: (await answer.json()) as never as Record<string, string> }
  }
  return { lena, call }
}

for (const database of DATABASES) {
  describe(`a Zap, on ${database}`, () => {
    test('tests its key, subscribes, is told, and ends it', async () => {
      await using msp = await testServer({ database, config: BY_HAND })
      await using zapier = await receiver()
      const { call } = await zap(msp)
      const client_id = await msp.client('Dataforth')

      const me = await call('GET', '/auth/me')
      const made = await call('POST', '/hooks', { target_url: zapier.url, event: 'task.created', client_id })
      const task = await call('POST', '/tasks', { client_id, title: 'From a Zap' })
      await deliverDue(msp.server.deps)
      const ended = await call('DELETE', `/hooks/${made.body.id}`)
      await call('POST', '/tasks', { client_id, title: 'Afterwards' })
      await deliverDue(msp.server.deps)

      expect([me.status, made.status, task.status, ended.status]).toEqual([200, 201, 201, 200])
      expect(zapier.received.map(({ body }) => body.data.title)).toEqual(['From a Zap'])
    })

    test('gets samples of the same shape, of what its key may see', async () => {
      await using msp = await testServer({ database, config: BY_HAND })
      await using zapier = await receiver()
      const { call } = await zap(msp)
      const client_id = await msp.client('Dataforth')
      const none = await call('GET', '/hooks/samples?event=task.created')
      await call('POST', '/hooks', { target_url: zapier.url, event: 'task.created', client_id })
      await msp.admin.api.tasks.create({ client_id, title: 'Ours' })
      await msp.admin.api.tasks.create({ client_id: await msp.client('Contoso'), title: 'Not ours' })
      await deliverDue(msp.server.deps)

      const { body } = await call('GET', '/hooks/samples?event=task.created')

      const samples = body as never as { id: string; data: Record<string, unknown> }[]
      expect(samples.map(({ data }) => data.title)).toEqual(['Ours'])
      for (const sample of [samples[0], (none.body as never as typeof samples)[0]]) {
        expect(Object.keys(sample ?? {})).toEqual(Object.keys(zapier.received[0]?.body ?? {}))
        expect(Object.keys(sample?.data ?? {})).toEqual(Object.keys(zapier.received[0]?.body.data ?? {}))
      }
    })

    test('hears neither of all clients, nor of another one, nor of credentials', async () => {
      await using msp = await testServer({ database, config: BY_HAND })
      const { call } = await zap(msp)
      const target_url = 'https://hooks.zapier.com/hooks/standard/1/a/'
      const contoso = await msp.client('Contoso')

      const of = async (body: object) => (await call('POST', '/hooks', { target_url, ...body })).status

      expect(await of({ event: 'task.created' })).toBe(403)
      expect(await of({ event: 'task.created', client_id: contoso })).toBe(404)
      expect(await of({ event: 'credential.rotated', client_id: await msp.client('Dataforth') })).toBe(403)
    })

    test('is told no more when the access of its user ends', async () => {
      await using msp = await testServer({ database, config: BY_HAND })
      await using zapier = await receiver()
      const { call, lena } = await zap(msp)
      const client_id = await msp.client('Dataforth')
      await call('POST', '/hooks', { target_url: zapier.url, event: 'task.created', client_id })
      await msp.admin.api.users.revoke({ id: lena.id, client_id } as never)
      // Each server looks again after a second.
      await new Promise((resolve) => setTimeout(resolve, 1_100))

      await msp.admin.api.tasks.create({ client_id, title: 'x' })
      await deliverDue(msp.server.deps)

      expect(zapier.received).toEqual([])
    })
  })
}
