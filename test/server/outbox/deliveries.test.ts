import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { deliverDue, PACE, type Pace } from '../../../server/domains/integrations/delivery-worker.ts'
import { forgetDeliveries } from '../../../server/domains/integrations/forget-deliveries.ts'
import { announceTimely } from '../../../server/domains/integrations/timely.ts'
import { DATABASES } from '../../support/databases.ts'
import { type Receiver, receiver } from '../../support/receiver.ts'
import { anEvent, type TestServer, testServer } from '../../support/server.ts'

/** What happens is told to who subscribed to it: signed, in order, until it has arrived. */

/** The tests say when something is delivered. */
const LOOPBACK = { webhookNetworks: ['127.0.0.0/8'], delivering: false }
const FAST: Pace = { ...PACE, pauseMs: () => 1_000 }

/** Delivers as long as something is due, with an hour for each pause. */
async function deliverAll(msp: TestServer, rounds = 40, pace = FAST): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    await deliverDue(msp.server.deps, pace)
    const { waiting } = await msp.server.deps.db
      .selectFrom('outbox_messages')
      .select((eb) => eb.fn.countAll<number>().as('waiting'))
      .where('status', '=', 'pending')
      .executeTakeFirstOrThrow()
    if (Number(waiting) === 0) return
    msp.clock.advance(3_600_000)
  }
}

type Events = Parameters<TestServer['admin']['api']['webhookSubscriptions']['create']>[0]['events']
const subscribe = (msp: TestServer, to: Receiver, events: Events, client_id: string | null = null) =>
  msp.admin.api.webhookSubscriptions.create({ name: 'Hook', url: `${to.url}/hook`, events, client_id })

for (const database of DATABASES) {
  describe(`an event, on ${database}`, () => {
    test('is delivered, signed with the secret of its subscription', async () => {
      await using msp = await testServer({ database, config: LOOPBACK })
      await using zapier = await receiver()
      const { id } = await subscribe(msp, zapier, ['task.created'])
      const { secret } = await msp.admin.api.webhookSubscriptions.rotateSecret({ id, keep_hours: 0 })
      const client_id = await msp.client('Dataforth')

      const task = await msp.admin.api.tasks.create({ client_id, title: 'Renew the certificate' })
      await deliverAll(msp)

      const [came] = zapier.received
      expect(zapier.received).toHaveLength(1)
      expect(came?.body).toMatchObject({
        event: 'task.created',
        client_id,
        data: { id: task.id, title: 'Renew the certificate', status: 'todo' },
      })
      const { 'webhook-id': messageId, 'webhook-timestamp': at, 'webhook-signature': signature } = came?.headers ?? {}
      const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
      const expected = createHmac('sha256', key).update(`${messageId}.${at}.${came?.text}`).digest('base64')
      expect(signature).toBe(`v1,${expected}`)
      expect(messageId).toBe(came?.body.id)
    })

    test('is signed with both secrets while one is exchanged', async () => {
      await using msp = await testServer({ database, config: LOOPBACK })
      await using n8n = await receiver()
      const { id } = await subscribe(msp, n8n, ['task.created'])
      await msp.admin.api.webhookSubscriptions.rotateSecret({ id, keep_hours: 24 })
      const title = { client_id: await msp.client('Dataforth'), title: 'x' }

      await msp.admin.api.tasks.create(title)
      await deliverAll(msp)
      msp.clock.advance(25 * 3_600_000)
      await msp.admin.api.tasks.create(title)
      await deliverAll(msp)

      const signatures = n8n.received.map(({ headers }) => String(headers['webhook-signature']).split(' ').length)
      expect(signatures).toEqual([2, 1])
    })

    test("of another client is not told to a client's subscription, nor what a row keeps to itself", async () => {
      await using msp = await testServer({ database, config: LOOPBACK })
      await using hook = await receiver()
      await subscribe(msp, hook, ['task.created'], await msp.client('Dataforth'))

      await msp.admin.api.tasks.create({ client_id: await msp.client('Contoso'), title: 'of Contoso' })
      await msp.admin.api.tasks.create({
        client_id: await msp.client('Dataforth'),
        title: 'of Dataforth',
        description: 'inner thoughts',
      })
      await deliverAll(msp)

      expect(hook.received.map(({ body }) => body.data.title)).toEqual(['of Dataforth'])
      expect(hook.received[0]?.text).not.toContain('inner thoughts')
    })

    test('of recording is told: a session begins and ends', async () => {
      await using msp = await testServer({ database, config: LOOPBACK })
      await using hook = await receiver()
      await subscribe(msp, hook, ['session.started', 'session.ended'])
      const ana = await msp.technician({ clients: ['Dataforth'] })
      const machine = await msp.machine(ana)
      const opened = anEvent('session.opened', { mode: 'msp', trigger: 'user', client: 'Dataforth' })

      await msp.ingest(ana, machine, [opened, anEvent('session.closed', { reason: 'user' })])
      await deliverAll(msp)

      expect(hook.received.map(({ body }) => [body.event, body.data.status])).toEqual([
        ['session.started', 'active'],
        ['session.ended', 'ended'],
      ])
    })

    test('of time passing is told once: a task is due, a credential is about to end', async () => {
      await using msp = await testServer({ database, config: LOOPBACK })
      await using hook = await receiver()
      await subscribe(msp, hook, ['task.due', 'credential.expiring'])
      const client_id = await msp.client('Dataforth')
      const { tasks, credentials } = msp.admin.api
      await tasks.create({ client_id, title: 'due', due_at: '2026-01-12T08:59:00.000Z' })
      await tasks.create({ client_id, title: 'later', due_at: '2026-01-12T12:00:00.000Z' })
      const secret = { type: 'password' as const, secrets: { password: 'CANARY-Zomer41-Zomer41' } }
      await credentials.create({ ...secret, client_id, name: 'soon', expires_at: '2026-01-20T00:00:00.000Z' })

      for (let round = 0; round < 3; round++) await announceTimely(msp.server.deps)
      await deliverAll(msp)

      const told = hook.received.map(({ body }) => [body.event, body.data.title ?? body.data.name])
      expect(told).toEqual([
        ['task.due', 'due'],
        ['credential.expiring', 'soon'],
      ])
      expect(JSON.stringify(hook.received)).not.toContain('CANARY')
    })

    test('that fails is tried again under its id, and holds up the next', async () => {
      await using msp = await testServer({ database, config: LOOPBACK })
      await using hook = await receiver()
      await subscribe(msp, hook, ['task.created'])
      const client_id = await msp.client('Dataforth')
      let failures = 2
      hook.answer = () => (failures-- > 0 ? { status: 503, headers: { 'retry-after': '1800' } } : { status: 204 })

      for (const title of ['first', 'second']) await msp.admin.api.tasks.create({ client_id, title })
      await deliverDue(msp.server.deps, FAST)
      msp.clock.advance(600_000)
      await deliverDue(msp.server.deps, FAST)
      const early = hook.received.length
      await deliverAll(msp)

      expect(early).toBe(1)
      expect(hook.received.map(({ body, status }) => [body.data.title, status])).toEqual([
        ['first', 503],
        ['first', 503],
        ['first', 204],
        ['second', 204],
      ])
      expect(new Set(hook.received.slice(0, 3).map(({ body }) => body.id)).size).toBe(1)
    })

    test('that nobody takes is given up and listed; the next is delivered, and a replay delivers it too', async () => {
      await using msp = await testServer({ database, config: LOOPBACK })
      await using hook = await receiver()
      const { id } = await subscribe(msp, hook, ['task.created'])
      const client_id = await msp.client('Dataforth')
      hook.answer = ({ body }) =>
        body.data.title === 'poison' ? { status: 500, text: 'no: password=Hunter2Hunter2' } : { status: 200 }

      for (const title of ['poison', 'fine']) await msp.admin.api.tasks.create({ client_id, title })
      await deliverAll(msp)
      const dead = await msp.admin.api.webhookDeliveries.list({ status: 'dead_lettered', subscription_id: id })
      hook.answer = () => ({ status: 200 })
      await msp.admin.api.webhookDeliveries.replay({ id: dead.items[0]?.id ?? '' })
      await deliverAll(msp)

      expect(dead.items).toMatchObject([{ attempts: 12, response_status: 500, error: 'It answers 500.' }])
      expect(dead.items[0]?.response_excerpt).not.toContain('Hunter2Hunter2')
      expect(hook.received.filter(({ status }) => status === 200).map(({ body }) => body.data.title)).toEqual([
        'fine',
        'poison',
      ])
    })

    test('that was delivered is forgotten after a month, one that was given up is not', async () => {
      await using msp = await testServer({ database, config: LOOPBACK })
      await using hook = await receiver()
      const { id } = await subscribe(msp, hook, ['task.created'])
      const client_id = await msp.client('Dataforth')
      hook.answer = ({ body }) => ({ status: body.data.title === 'poison' ? 422 : 200 })
      for (const title of ['fine', 'poison']) await msp.admin.api.tasks.create({ client_id, title })
      await deliverAll(msp)
      const statuses = async () =>
        (await msp.admin.api.webhookDeliveries.list({ subscription_id: id })).items.map(({ status }) => status).sort()

      await forgetDeliveries(msp.server.deps)
      const early = await statuses()
      msp.clock.advance(31 * 24 * 3_600_000)
      await forgetDeliveries(msp.server.deps)

      expect([early, await statuses()]).toEqual([['dead_lettered', 'delivered'], ['dead_lettered']])
    })

    test('waits for a subscription that is paused', async () => {
      await using msp = await testServer({ database, config: LOOPBACK })
      await using hook = await receiver()
      const { id } = await subscribe(msp, hook, ['task.created'])
      await msp.admin.api.webhookSubscriptions.pause({ id })

      await msp.admin.api.tasks.create({ client_id: await msp.client('Dataforth'), title: 'meanwhile' })
      await deliverDue(msp.server.deps, FAST)
      const before = hook.received.length
      await msp.admin.api.webhookSubscriptions.resume({ id })
      await deliverAll(msp)

      expect([before, hook.received.map(({ body }) => body.data.title)]).toEqual([0, ['meanwhile']])
    })

    test('ends a subscription whose receiver is gone (410)', async () => {
      await using msp = await testServer({ database, config: LOOPBACK })
      await using hook = await receiver()
      const { id } = await subscribe(msp, hook, ['task.created'])
      const client_id = await msp.client('Dataforth')
      hook.answer = () => ({ status: 410 })

      for (const title of ['a', 'b']) await msp.admin.api.tasks.create({ client_id, title })
      await deliverAll(msp)

      expect(hook.received).toHaveLength(1)
      expect(await msp.admin.api.webhookSubscriptions.get({ id })).toMatchObject({ status: 'gone' })
      const { items } = await msp.admin.api.webhookDeliveries.list({ subscription_id: id, sort: 'created_at' })
      expect(items.map(({ status }) => status).sort()).toEqual(['cancelled', 'dead_lettered'])
    })

    test('that fails too often disables its subscription, and another one hears of that', async () => {
      await using msp = await testServer({ database, config: LOOPBACK })
      await using broken = await receiver()
      await using watching = await receiver()
      await subscribe(msp, broken, ['task.created'])
      await subscribe(msp, watching, ['integration.failed'])
      broken.answer = () => ({ status: 500 })
      const client_id = await msp.client('Dataforth')

      for (const title of ['a', 'b', 'c', 'd']) await msp.admin.api.tasks.create({ client_id, title })
      await deliverAll(msp, 60, { ...FAST, disableAfter: 5 })

      expect(broken.received).toHaveLength(5)
      expect(watching.received.map(({ body }) => body.data)).toMatchObject([
        { type: 'webhook_subscription', status: 'disabled', error: 'It answers 500.' },
      ])
    })

    test.each([
      [
        'a redirect',
        { status: 302, headers: { location: 'http://127.0.0.1:1/' } },
        'a redirect, which is not followed',
      ],
    ])('is not delivered to %s', async (_, answer, error) => {
      await using msp = await testServer({ database, config: LOOPBACK })
      await using hook = await receiver()
      const { id } = await subscribe(msp, hook, ['task.created'])
      hook.answer = () => answer

      await msp.admin.api.tasks.create({ client_id: await msp.client('Dataforth'), title: 'x' })
      await deliverDue(msp.server.deps, FAST)

      const { items } = await msp.admin.api.webhookDeliveries.list({ subscription_id: id })
      expect(items[0]?.error).toContain(error)
    })

    test('is not sent into a private network that the server does not allow', async () => {
      await using msp = await testServer({ database, config: { delivering: false } })
      await using hook = await receiver()
      const { id } = await subscribe(msp, hook, ['task.created'])
      const { id: byName } = await msp.admin.api.webhookSubscriptions.create({
        ...{ name: 'By name', url: hook.url.replace('127.0.0.1', 'localhost'), events: ['task.created'] },
      })

      await msp.admin.api.tasks.create({ client_id: await msp.client('Dataforth'), title: 'x' })
      await deliverDue(msp.server.deps, FAST)

      expect(hook.received).toEqual([])
      for (const subscription_id of [id, byName]) {
        const { items } = await msp.admin.api.webhookDeliveries.list({ subscription_id })
        expect(items[0]?.error).toContain('private network')
      }
    })
  })
}
