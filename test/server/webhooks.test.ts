import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { webhookSubscriptions } from '../../src/contract/webhooks.ts'
import { DATABASES } from '../support/databases.ts'
import { type TestServer, testServer } from '../support/server.ts'

/** Webhooks: where they may go, and what is done with one that could not be delivered. */

const { input, example } = webhookSubscriptions.create
const isTaken = (url: string) => (input as unknown as z.ZodType).safeParse({ ...example, url }).success

describe('the address of a webhook', () => {
  test.each([
    'http://example.com/hook',
    'https://user:secret@example.com/hook',
    'ftp://example.com',
    'https://example.com:99999/',
    'https:///hook',
    'http://127.0.0.1.example.com/',
    'javascript:alert(1)',
  ])('is not %s', (url) => {
    expect(isTaken(url)).toBe(false)
  })

  test.each(['https://example.com/hook?a=b', 'http://127.0.0.1:8080/hook', 'http://[::1]/', 'http://localhost'])(
    'may be %s',
    (url) => {
      expect(isTaken(url)).toBe(true)
    },
  )
})

for (const database of DATABASES) {
  describe(`a webhook, on ${database}`, () => {
    test('is paused and resumed', async () => {
      await using msp = await testServer({ database })
      const { api: admin } = msp.admin
      const hook = { name: 'Hook', url: 'http://127.0.0.1:8080/hook', events: ['task.created' as const] }
      const { id } = await admin.webhookSubscriptions.create(hook)

      const paused = await admin.webhookSubscriptions.pause({ id })
      const resumed = await admin.webhookSubscriptions.resume({ id })

      expect(paused).toMatchObject({ status: 'paused', paused_at: '2026-01-12T09:00:00.000Z' })
      expect(resumed).toMatchObject({ status: 'active', paused_at: null })
    })

    test('that was given up is sent again from the queue, unless its receiver is gone', async () => {
      await using msp = await testServer({ database })
      const { api: admin } = msp.admin
      const hook = { name: 'Hook', url: 'https://example.com/hook', events: ['task.created' as const] }
      const { id: subscription } = await admin.webhookSubscriptions.create(hook)
      const delivery = await deadLetter(msp, subscription)

      const replayed = await admin.webhookDeliveries.replay({ id: delivery })

      const now = '2026-01-12T09:00:00.000Z'
      const due = { status: 'pending', attempts: 0, next_attempt_at: now }
      expect(replayed).toMatchObject({ ...due, dead_lettered_at: null })
      expect(await msp.server.deps.db.selectFrom('outbox_messages').selectAll().execute()).toMatchObject([due])
      await msp.server.deps.db.updateTable('webhook_subscriptions').set({ status: 'gone' }).execute()
      await expect(admin.webhookDeliveries.replay({ id: delivery })).rejects.toMatchObject({ code: 'CONFLICT' })
    })
  })
}

/** A delivery that failed too often, with its message in the queue. */
async function deadLetter(msp: TestServer, subscriptionId: string): Promise<string> {
  const { db, newId } = msp.server.deps
  const [id, message] = [newId(), newId()]
  const now = msp.clock.now().toISOString()
  const dead = { status: 'dead_lettered' as const, attempts: 12, next_attempt_at: null }
  await db
    .insertInto('outbox_messages')
    .values({
      ...dead,
      id: message,
      created_at: now,
      client_id: null,
      integration_id: null,
      subscription_id: subscriptionId,
      kind: 'webhook',
      ordering_key: subscriptionId,
      seq: 1,
      dedup_id: 'task.created:1',
      payload: '{}',
      claimed_by: null,
      claimed_until: null,
      last_error: 'Service unavailable',
      sent_at: null,
      external_id: null,
      answer: null,
    })
    .execute()
  await db
    .insertInto('webhook_deliveries')
    .values({
      ...dead,
      id,
      created_at: now,
      updated_at: now,
      created_by: null,
      updated_by: null,
      archived_at: null,
      row_version: 1,
      client_id: null,
      subscription_id: subscriptionId,
      outbox_message_id: message,
      event: 'task.created',
      event_id: 'task.created:1',
      last_attempt_at: now,
      delivered_at: null,
      dead_lettered_at: now,
      response_status: 503,
      response_excerpt: null,
      duration_ms: 20,
      error: 'Service unavailable',
    })
    .execute()
  return id
}
