import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { parseDatabaseUrl } from '../../../server/config.ts'
import { openDatabase } from '../../../server/db/open.ts'
import { DATABASES } from '../../support/databases.ts'
import { aTicket, fakeSyncro } from '../../support/vendors/syncro.ts'
import { serverProcess } from '../server-process.ts'
import { vendorWorld } from './world.ts'

/** A server that is killed in the middle of a call: what it did is done once, what it did not is done by the next. */

const SETTINGS = { type: 'syncro', kind: 'api_key', secrets: { api_key: 'CANARY-syncro-token' } } as const
const STEPS = ['comment', 'timer_entry', 'charge_timer_entry', 'attach_file_url']

async function until(what: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await what()) return
    await sleep(50)
  }
  throw new Error('It did not come to that.')
}

for (const database of DATABASES)
  describe(`a server that is killed, on ${database}`, () => {
    test.each(['stuck', 'silent'] as const)('leaves nothing half done and nothing twice (%s)', async (how) => {
      const fake = await fakeSyncro()
      await using world = await vendorWorld(database, fake, SETTINGS, { now: new Date().toISOString() })
      const { msp, integrationId } = world
      const { tickets, externalRefs, auth } = msp.admin.api
      await externalRefs.create({
        integration_id: integrationId,
        entity_type: 'client',
        entity_id: await msp.client('Dataforth'),
        external_id: '1',
      })
      fake.tickets = [1, 2, 3, 4].map((id) => aTicket(id))
      const { step_up } = await auth.stepUp({ password: msp.admin.password })
      // They are queued, for the first try breaks.
      fake.fail({ how: 'before' }, { on: /^POST/, times: 4 })
      await tickets.note({ ticket: '1', body: 'Spooler restarted' })
      await tickets.time({ ticket: '2', minutes: 20 })
      await tickets.time({ ticket: '3', minutes: 20 })
      await tickets.attach({ ticket: '4', url: 'https://files.example.com/x.pdf', audience: 'portal', step_up })
      await msp.server.stop()
      const there = await openDatabase(parseDatabaseUrl(msp.databaseUrl))
      const again = (change: object) => there.db.updateTable('outbox_messages').set(change).execute()
      await again({ attempts: 0, next_attempt_at: msp.clock.now().toISOString() })
      await there.db.updateTable('external_integrations').set({ consecutive_failures: 0 }).execute()
      fake.journal.length = 0
      const environment = {
        MSP_DATABASE_URL: msp.databaseUrl,
        MSP_MASTER_KEY: Buffer.from(msp.masterKey).toString('base64'),
      }

      await using first = serverProcess(environment)
      for (const [at, step] of STEPS.entries()) {
        const ticket = at === 2 ? 3 : at === 3 ? 4 : at + 1
        fake.fail({ how }, { on: new RegExp(`/tickets/${ticket}/${step}$`) })
      }
      await until(() => STEPS.every((step) => fake.asked(new RegExp(`/${step}$`)).length > 0))
      first.kill('SIGKILL')
      await first.ended()
      // Its claims run out.
      await again({ claimed_until: new Date().toISOString() })
      await using second = serverProcess(environment)
      await second.listening()
      await until(async () => {
        const left = await there.db
          .selectFrom('integration_actions')
          .select('id')
          .where('status', '=', 'queued')
          .execute()
        return left.length === 0
      })
      second.kill('SIGTERM')
      await second.ended()

      const actions = await there.db.selectFrom('integration_actions').select(['kind', 'status', 'error']).execute()
      await there.db.destroy()
      expect(actions.map(({ status }) => status)).toEqual(['done', 'done', 'done', 'done'])
      const [one, two, three, four] = fake.tickets
      expect(one?.comments).toHaveLength(1)
      expect([two?.timers.length, three?.timers.length]).toEqual([1, 1])
      expect(fake.lineItems.map(({ ticket_id }) => ticket_id).sort()).toEqual([2, 3])
      expect(four?.attachments).toHaveLength(1)
    })
  })

for (const database of DATABASES.filter((kind) => kind !== 'sqlite'))
  test(`several servers of one database share what is to be done, each once and in order, on ${database}`, async () => {
    const fake = await fakeSyncro()
    await using world = await vendorWorld(database, fake, SETTINGS, { now: new Date().toISOString() })
    const { msp, integrationId } = world
    const { tickets, externalRefs, tasks } = msp.admin.api
    const client_id = await msp.client('Dataforth')
    await externalRefs.create({
      integration_id: integrationId,
      entity_type: 'client',
      entity_id: client_id,
      external_id: '1',
    })
    const { id: task_id } = await tasks.create({ client_id, title: 'Much to write' })
    fake.tickets = [1, 2, 3, 4, 5].map((id) => aTicket(id))
    for (const { id } of fake.tickets) await tickets.link({ ticket: String(id), task_id })
    const { db } = msp.server.deps
    const soon = new Date(Date.now() + 3_600_000).toISOString()
    await db.updateTable('external_integrations').set({ circuit_open_until: soon, status: 'degraded' }).execute()
    const bodies = ['0', '1', '2', '3', '4', '5']
    for (const body of bodies) for (const { id } of fake.tickets) await tickets.note({ ticket: String(id), body })
    await db.updateTable('external_integrations').set({ circuit_open_until: null, status: 'ok' }).execute()
    await db.updateTable('outbox_messages').set({ next_attempt_at: msp.clock.now().toISOString() }).execute()
    const environment = {
      MSP_DATABASE_URL: msp.databaseUrl,
      MSP_MASTER_KEY: Buffer.from(msp.masterKey).toString('base64'),
    }

    await using first = serverProcess(environment)
    await using second = serverProcess(environment)
    await Promise.all([first.listening(), second.listening()])
    await until(
      async () =>
        (await db.selectFrom('integration_actions').select('id').where('status', '=', 'queued').execute()).length === 0,
    )

    for (const ticket of fake.tickets) expect(ticket.comments.map(({ body }) => body.split('\n')[0])).toEqual(bodies)
  })
