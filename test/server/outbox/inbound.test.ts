import { createHash, createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { processInbound } from '../../../server/domains/integrations/inbound.ts'
import { DATABASES, type DatabaseKind } from '../../support/databases.ts'
import { type TestServer, testServer } from '../../support/server.ts'
import { aTicket, fakeSyncro } from '../../support/vendors/syncro.ts'

/** What other systems tell of: checked, kept once, and read where it is true before anything changes. */

const SECRET = 'inbound-secret-of-this-test-0123456789'
const NOW = '2026-01-12T09:00:00.000Z'

type Type = 'connectwise' | 'autotask' | 'generic_webhook' | 'syncro'

async function connected(database: DatabaseKind, type: Type, base_url = 'https://na.example.com') {
  const msp = await testServer({ database, now: NOW, config: { delivering: false } })
  const { externalIntegrations, integrationCredentials, credentials } = msp.admin.api
  const { id: integration_id } = await externalIntegrations.create({ type, name: type, base_url })
  const { id: credential_id } = await credentials.create({
    ...{ name: `Inbound of ${type}`, type: 'api_key', secrets: { secret: SECRET } },
  })
  await integrationCredentials.create({ integration_id, kind: 'hmac_secret', credential_id })
  await externalIntegrations.enable({ id: integration_id })
  return { msp, integration_id }
}

async function send(msp: TestServer, to: string, body: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${msp.url}/api/v1/integrations/${to}`, { method: 'POST', body, headers })
  const { error } = (await answer.json()) as { error?: { code: string; message: string } }
  return { status: answer.status, said: error?.message }
}

const kept = ({ server }: TestServer) =>
  server.deps.db.selectFrom('inbound_events').select(['event', 'status', 'external_event_id', 'payload']).execute()

const hmac = (algorithm: string, key: string | Buffer, body: string) =>
  createHmac(algorithm, key).update(body).digest('base64')
const standard = (body: string, id = 'msg-1', at = Date.parse(NOW) / 1_000) => ({
  'webhook-id': id,
  'webhook-timestamp': String(at),
  'webhook-signature': `v1,${hmac('sha256', SECRET, `${id}.${at}.${body}`)}`,
})

const CONNECTWISE = '{"Action":"updated","Type":"ticket","ID":123,"Entity":"{}"}'
const AUTOTASK = '{"Action":"Update","Guid":"g-1","EntityType":"Ticket","Id":123,"SequenceNumber":7}'
const GENERIC = '{"event":"ticket.changed","ticket_id":"123"}'

const SIGNED: [Type, string, (body: string) => Record<string, string>][] = [
  [
    'connectwise',
    CONNECTWISE,
    (body) => ({ 'x-content-signature': hmac('sha256', createHash('sha256').update(SECRET).digest(), body) }),
  ],
  ['autotask', AUTOTASK, (body) => ({ 'x-hook-signature': `sha1=${hmac('sha1', SECRET, body)}` })],
  ['generic_webhook', GENERIC, (body) => standard(body)],
]

for (const database of DATABASES) {
  describe(`a message from outside, on ${database}`, () => {
    test.each(SIGNED)(
      'of %s is kept once when it is signed, and refused when it was changed',
      async (type, body, sign) => {
        const { msp, integration_id } = await connected(database, type)
        await using _ = msp
        const to = `${integration_id}/inbound`

        const answers = [
          await send(msp, to, body, sign(body)),
          await send(msp, to, body, sign(body)),
          await send(msp, to, body.replace('123', '124'), sign(body)),
          await send(msp, to, body),
        ]

        expect(answers.map(({ status }) => status)).toEqual([202, 202, 401, 401])
        expect(await kept(msp)).toMatchObject([{ status: 'received', payload: '{"ticket_id":"123"}' }])
      },
    )

    test('is refused in the same words for a wrong signature, an old one, and an integration that is not there', async () => {
      const { msp, integration_id } = await connected(database, 'generic_webhook')
      await using _ = msp
      const old = standard(GENERIC, 'msg-2', Date.parse(NOW) / 1_000 - 301)
      const nobody = '0195f2c0-7a53-7d1e-9c1f-3f2a9c1e00ff'

      const answers = [
        await send(msp, `${integration_id}/inbound`, GENERIC, { ...standard(GENERIC), 'webhook-id': 'other' }),
        await send(msp, `${integration_id}/inbound`, GENERIC, old),
        await send(msp, `${nobody}/inbound`, GENERIC, standard(GENERIC)),
      ]

      expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
        new Set([JSON.stringify({ status: 401, said: 'This message is not accepted.' })]),
      )
      expect(await kept(msp)).toEqual([])
    })

    test('of a system that signs nothing has the secret in its address, and the ticket is read over there', async () => {
      await using fake = await fakeSyncro()
      const { msp, integration_id } = await connected(database, 'syncro', fake.url)
      await using _ = msp
      const { api } = msp.admin
      const { id: credential_id } = await api.credentials.create({
        ...{ name: 'API', type: 'api_key', secrets: { api_key: 'CANARY-syncro-token' } },
      })
      await api.integrationCredentials.create({ integration_id, kind: 'api_key', credential_id })
      fake.tickets = [{ ...aTicket(1), status: 'Resolved' }]
      const client_id = await msp.client('Dataforth')
      await api.externalRefs.create({ integration_id, entity_type: 'client', entity_id: client_id, external_id: '1' })
      const task = await api.tasks.create({ client_id, title: 'x' })
      const link = await api.ticketLinks.create({
        ...{ client_id, integration_id, external_id: '1', task_id: task.id, relation: 'relates' },
      })
      // What it says of itself is not believed.
      const body = JSON.stringify({ link: `${fake.url}/tickets/1`, attributes: { id: 1, number: 1, status: 'Forged' } })

      const wrong = await send(msp, `${integration_id}/inbound/${'x'.repeat(SECRET.length)}`, body)
      const right = await send(msp, `${integration_id}/inbound/${SECRET}`, body)
      await processInbound(msp.server.deps)

      expect([wrong.status, right.status]).toEqual([401, 202])
      expect(await api.ticketLinks.get({ id: link.id })).toMatchObject({
        status_cache: 'Resolved',
        sync_state: 'linked',
      })
      expect(await kept(msp)).toMatchObject([{ status: 'processed', event: 'ticket' }])
    })
  })
}
