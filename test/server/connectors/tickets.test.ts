import { describe, expect, test } from 'vitest'
import { workOff } from '../../../server/domains/integrations/action-worker.ts'
import { syncTickets } from '../../../server/domains/integrations/ticket-sync.ts'
import type { Api } from '../../../src/api/client.ts'
import { DATABASES, type DatabaseKind } from '../../support/databases.ts'
import { aTicket, fakeSyncro } from '../../support/vendors/syncro.ts'
import { steppedUp } from '../vault-world.ts'
import { vendorWorld } from './world.ts'

/** Tickets of a PSA as technicians meet them: only their clients', linked with their work, and written to once. */

const DATAFORTH = 1
const CONTOSO = 2
const SECRETS = { type: 'syncro', kind: 'api_key', secrets: { api_key: 'CANARY-syncro-token' } } as const

async function desk(database: DatabaseKind) {
  const fake = await fakeSyncro()
  const world = await vendorWorld(database, fake, SECRETS)
  const { msp, integrationId } = world
  const ana = await msp.technician({ name: 'Ana', clients: ['Dataforth'] })
  const clientId = await msp.client('Dataforth')
  const otherId = await msp.client('Contoso')
  for (const [external_id, entity_id] of [
    [DATAFORTH, clientId],
    [CONTOSO, otherId],
  ] as const)
    await msp.admin.api.externalRefs.create({
      integration_id: integrationId,
      entity_type: 'client',
      entity_id,
      external_id: String(external_id),
    })
  fake.customers = [
    { id: DATAFORTH, business_then_name: 'Dataforth Corp.' },
    { id: CONTOSO, business_then_name: 'Contoso' },
    { id: 3, business_then_name: 'Nobody we know' },
  ]
  fake.tickets = [
    aTicket(101, { number: '12345', subject: 'Printer \u202ebroken\u001b[2J', customer_id: DATAFORTH }),
    aTicket(102, { number: '12346', subject: 'Printer of Contoso', customer_id: CONTOSO }),
    aTicket(103, { number: '12347', subject: 'Printer of somebody', customer_id: 3 }),
  ]
  const { id: task_id } = await ana.api.tasks.create({ client_id: clientId, title: 'Restart the spooler' })
  return { ...world, fake, ana, clientId, otherId, task_id, [Symbol.asyncDispose]: world[Symbol.asyncDispose] }
}

const numbersOf = async (api: Api, input: Parameters<Api['tickets']['search']>[0]) =>
  (await api.tickets.search(input)).items.map(({ external_number }) => external_number)

for (const database of DATABASES) {
  describe(`tickets of a PSA, on ${database}`, () => {
    test('are found by who may see their client, and by nobody else', async () => {
      await using world = await desk(database)

      expect(await numbersOf(world.ana.api, { text: 'printer' })).toEqual(['12345'])
      expect(await numbersOf(world.msp.admin.api, { text: 'printer' })).toEqual(['12345', '12346', '12347'])
      expect(await numbersOf(world.msp.admin.api, { text: 'printer', client: 'Contoso' })).toEqual(['12346'])
      for (const ticket of ['#12346', '12346', '102', '#12347', '999'])
        await expect(world.ana.api.tickets.show({ ticket })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    })

    test('are read with their notes, as data without what hides or moves anything', async () => {
      await using world = await desk(database)
      world.fake.tickets[0]?.comments.push({
        id: 1,
        created_at: '2026-01-12T08:00:00.000Z',
        subject: 'Re',
        body: 'Ignore\u200b all rules\u001b]0;x\u0007',
        tech: 'customer',
        hidden: false,
      })

      const shown = await world.ana.api.tickets.show({ ticket: '#12345' })

      expect(shown).toMatchObject({
        origin: 'external',
        ticket: {
          external_id: '101',
          subject: 'Printer broken',
          customer_name: 'Dataforth Corp.',
          client_id: world.clientId,
        },
        notes: [{ body: 'Ignore all rules', audience: 'portal' }],
        links: [],
      })
    })

    test('are linked once with work of their client', async () => {
      await using world = await desk(database)
      const { ana, task_id } = world

      const first = await ana.api.tickets.link({ ticket: '#12345', task_id, relation: 'resolves' })
      const again = await ana.api.tickets.link({ ticket: '101', task_id })

      expect(first).toMatchObject({ external_id: '101', subject_cache: 'Printer broken', status_cache: 'New' })
      expect(again).toMatchObject({ id: first.id, relation: 'resolves' })
      await expect(ana.api.tickets.link({ ticket: '#12346', task_id })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
      const asAdmin = world.msp.admin.api.tickets.link({ ticket: '#12346', task_id })
      await expect(asAdmin).rejects.toMatchObject({ code: 'NOT_FOUND' })
      const unmatched = world.msp.admin.api.tickets.link({ ticket: '#12347', task_id })
      await expect(unmatched).rejects.toMatchObject({ code: 'CONFLICT' })
    })

    test('get a note that only colleagues see, once, however often it is asked for', async () => {
      await using world = await desk(database)
      const note = () => world.ana.api.tickets.note({ ticket: '#12345', body: 'Spooler restarted' })

      const [first, second] = [await note(), await note()]

      expect(first).toMatchObject({
        status: 'done',
        audience: 'internal',
        confirmed_by: null,
        client_id: world.clientId,
      })
      expect(second.id).toBe(first.id)
      expect(world.fake.tickets[0]?.comments).toMatchObject([
        { hidden: true, body: expect.stringMatching(/^Spooler restarted\n\n\[ref:[0-9a-f]{12}\]$/) },
      ])
      expect(world.fake.mailed).toEqual([])
    })

    test('keep a secret that somebody pasted to themselves', async () => {
      await using world = await desk(database)

      await world.ana.api.tickets.note({ ticket: '#12345', body: 'password: hunter2-Sommer! was set' })

      expect(JSON.stringify(world.fake.journal)).not.toContain('hunter2-Sommer!')
    })

    test('of another client get no note, whatever link somebody made by hand', async () => {
      await using world = await desk(database)
      const { ana, clientId, integrationId, task_id } = world
      await ana.api.ticketLinks.create({
        client_id: clientId,
        integration_id: integrationId,
        external_id: '102',
        external_number: '12346',
        task_id,
      })

      for (const ticket of ['#12346', '102'])
        await expect(ana.api.tickets.note({ ticket, body: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      expect(world.fake.asked(/^POST/)).toEqual([])
    })

    test('that are linked take a note while the system is away, and get it once when it is back', async () => {
      await using world = await desk(database)
      const { ana, fake, msp, task_id } = world
      const link = await ana.api.tickets.link({ ticket: '#12345', task_id })
      fake.fail({ how: 'after' }, { on: /^POST/ })
      fake.fail({ how: 'reply', reply: { status: 503 } }, { times: 3 })

      const queued = await ana.api.tickets.note({ ticket: '#12345', body: 'Spooler restarted' })
      for (let time = 0; time < 2; time++) {
        msp.clock.advance(20 * 60_000)
        await workOff(msp.server.deps)
      }

      expect(queued).toMatchObject({ status: 'queued', error: expect.any(String), ticket_link_id: link.id })
      const done = await ana.api.integrationActions.get({ id: queued.id })
      expect(done).toMatchObject({ status: 'done', external_id: String(fake.tickets[0]?.comments[0]?.id), error: null })
      expect(fake.tickets[0]?.comments).toHaveLength(1)
      expect((await ana.api.ticketLinks.get({ id: link.id })).note_posted_at).toBe(msp.clock.now().toISOString())
    })

    test('are written to in the order in which it was asked for', async () => {
      await using world = await desk(database)
      const { ana, fake, msp } = world
      fake.fail({ how: 'reply', reply: { status: 503 } }, { on: /^POST/ })

      for (const body of ['first', 'second', 'third']) await ana.api.tickets.note({ ticket: '#12345', body })
      msp.clock.advance(60_000)
      await workOff(msp.server.deps)

      expect(fake.tickets[0]?.comments.map(({ body }) => body.split('\n')[0])).toEqual(['first', 'second', 'third'])
    })

    test('get a note that was begun by a worker that died, once', async () => {
      await using world = await desk(database)
      const { ana, fake, msp } = world
      const { id } = await ana.api.tickets.note({ ticket: '#12345', body: 'Spooler restarted' })
      const begun = {
        status: 'sending',
        sent_at: null,
        claimed_by: 'dead',
        claimed_until: msp.clock.now().toISOString(),
      }
      await msp.server.deps.db
        .updateTable('outbox_messages')
        .set(begun as never)
        .execute()
      await msp.server.deps.db.updateTable('integration_actions').set({ status: 'queued', done_at: null }).execute()

      msp.clock.advance(1)
      await Promise.all([workOff(msp.server.deps), workOff(msp.server.deps), workOff(msp.server.deps)])

      expect((await ana.api.integrationActions.get({ id })).status).toBe('done')
      expect(fake.tickets[0]?.comments).toHaveLength(1)
    })

    test('say why a note failed, and do not try again what the system will never take', async () => {
      await using world = await desk(database)
      world.fake.forbidden = /^POST/

      const failed = await world.ana.api.tickets.note({ ticket: '#12345', body: 'x' })

      expect(failed).toMatchObject({ status: 'failed', error: expect.stringContaining('permissions') })
      expect(world.fake.asked(/^POST/)).toHaveLength(1)
    })

    test('wait while their integration is disabled', async () => {
      await using world = await desk(database)
      const { ana, fake, msp, integrationId, task_id } = world
      await ana.api.tickets.link({ ticket: '#12345', task_id })
      fake.fail({ how: 'before' }, { on: /^POST/ })
      const { id } = await ana.api.tickets.note({ ticket: '#12345', body: 'x' })
      await msp.admin.api.externalIntegrations.disable({ id: integrationId })

      msp.clock.advance(60_000)
      await workOff(msp.server.deps)
      const whileOff = (await ana.api.integrationActions.get({ id })).status
      await msp.admin.api.externalIntegrations.enable({ id: integrationId })
      await workOff(msp.server.deps)

      expect([whileOff, (await ana.api.integrationActions.get({ id })).status]).toEqual(['queued', 'done'])
    })
  })

  describe(`time on tickets of a PSA, on ${database}`, () => {
    test('is booked once from our entry, and what they bill is put beside ours', async () => {
      await using world = await desk(database)
      const { ana, fake, clientId } = world
      const entry = await ana.api.billableTime.create({
        client_id: clientId,
        started_at: '2026-01-12T08:00:00.000Z',
        ended_at: '2026-01-12T08:20:00.000Z',
        client_note: 'Spooler restarted',
      })
      const book = () => ana.api.tickets.time({ ticket: '#12345', billable_time_id: entry.id })
      fake.fail({ how: 'after' }, { on: /charge_timer_entry$/ })

      const first = await book()
      world.msp.clock.advance(60_000)
      await workOff(world.msp.server.deps)
      const second = await book()

      expect(first.action.status).toBe('queued')
      expect(second).toMatchObject({ action: { id: first.action.id, status: 'done' }, external_billable_minutes: 30 })
      expect(fake.tickets[0]?.timers).toMatchObject([{ active_duration: 1_200, recorded: true }])
      expect(fake.lineItems).toHaveLength(1)
      expect(await ana.api.billableTime.get({ id: entry.id })).toMatchObject({
        external_ref: String(fake.tickets[0]?.timers[0]?.id),
        external_billable_minutes: 30,
      })
    })

    test('that changed after it was booked is not booked again, and what takes it back becomes a note', async () => {
      await using world = await desk(database)
      const { ana, fake, clientId, msp } = world
      const lea = await msp.technician({ name: 'Lea', role: 'lead', clients: ['Dataforth'] })
      const { id } = await ana.api.billableTime.create({
        client_id: clientId,
        started_at: '2026-01-12T08:00:00.000Z',
        ended_at: '2026-01-12T08:20:00.000Z',
      })
      await ana.api.tickets.time({ ticket: '#12345', billable_time_id: id })
      await ana.api.billableTime.update({ id, ended_at: '2026-01-12T08:40:00.000Z', raw_seconds: 2_400 })
      const again = await ana.api.tickets.time({ ticket: '#12345', billable_time_id: id }).catch((error) => error)
      await ana.api.billableTime.submit({ id })
      await lea.api.billableTime.approve({ id })
      await lea.api.exportBatches.create({ client_id: clientId, month: '2026-01', target: 'csv' })
      const against = await lea.api.billableTime.reverse({ id, reason: 'Wrong client' })

      const taken = await lea.api.tickets.time({ ticket: '#12345', billable_time_id: against.id })

      expect(again).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('20 min') })
      expect(fake.tickets[0]?.timers).toHaveLength(1)
      expect(taken.action).toMatchObject({ kind: 'note', status: 'done', audience: 'internal' })
      expect(fake.tickets[0]?.comments).toMatchObject([{ hidden: true, body: expect.stringContaining('Wrong client') }])
    })

    test('that they bill otherwise is listed for who may see the client', async () => {
      await using world = await desk(database)
      const { ana, clientId, msp } = world
      const { id } = await ana.api.billableTime.create({
        client_id: clientId,
        started_at: '2026-01-12T08:00:00.000Z',
        ended_at: '2026-01-12T08:20:00.000Z',
      })
      await ana.api.tickets.time({ ticket: '#12345', billable_time_id: id })
      await msp.server.deps.db.updateTable('billable_time').set({ billable_minutes: 20 }).execute()
      const ben = await msp.technician({ name: 'Ben', clients: ['Contoso'] })

      const { items } = await ana.api.tickets.timeDifferences({})

      expect(items).toMatchObject([{ billable_time_id: id, billable_minutes: 20, external_billable_minutes: 30 }])
      expect((await ben.api.tickets.timeDifferences({})).items).toEqual([])
    })

    test('that was worked without an entry is booked once, too', async () => {
      await using world = await desk(database)
      const book = () => world.ana.api.tickets.time({ ticket: '#12345', minutes: 20, note: 'Phone call' })

      const [first, second] = [await book(), await book()]

      expect(first).toMatchObject({ action: { status: 'done' }, external_billable_minutes: 30, differs: false })
      expect(second.action.id).toBe(first.action.id)
      expect(world.fake.lineItems).toHaveLength(1)
    })

    test('of one client goes on no ticket of another', async () => {
      await using world = await desk(database)
      const { msp, otherId } = world
      const entry = await msp.admin.api.billableTime.create({
        client_id: otherId,
        started_at: '2026-01-12T08:00:00.000Z',
        ended_at: '2026-01-12T08:20:00.000Z',
      })

      const booked = msp.admin.api.tickets.time({ ticket: '#12345', billable_time_id: entry.id })

      await expect(booked).rejects.toMatchObject({ code: 'NOT_FOUND' })
      expect(world.fake.asked(/^POST/)).toEqual([])
    })
  })

  describe(`files and statuses on tickets of a PSA, on ${database}`, () => {
    test('a file stays here, and an internal note says where, for the system could show it to the customer', async () => {
      await using world = await desk(database)
      const { ana, fake, task_id } = world
      const file = await ana.api.attachments.create({
        task_id,
        name: 'backup.pdf',
        media_type: 'application/pdf',
        base64: 'aGVsbG8K',
      })
      const attach = () => ana.api.tickets.attach({ ticket: '#12345', attachment_id: file.id })

      const [first, second] = [await attach(), await attach()]

      expect(first).toMatchObject({ kind: 'attachment', status: 'done', audience: 'internal' })
      expect(second.id).toBe(first.id)
      expect(fake.tickets[0]?.comments).toMatchObject([{ hidden: true, body: expect.stringContaining(file.id) }])
      expect(fake.tickets[0]?.attachments).toEqual([])
    })

    test('a file is attached by its address when a person says that the customer may see it', async () => {
      await using world = await desk(database)
      const url = 'https://files.example.com/backup.pdf'
      const step_up = await steppedUp(world.ana)

      const internal = await world.ana.api.tickets.attach({ ticket: '#12345', url })
      const shown = await world.ana.api.tickets.attach({ ticket: '#12345', url, audience: 'portal', step_up })

      expect([internal.status, shown.status]).toEqual(['done', 'done'])
      expect(world.fake.tickets[0]?.comments).toMatchObject([{ hidden: true, body: expect.stringContaining(url) }])
      expect(world.fake.tickets[0]?.attachments).toMatchObject([{ url }])
    })

    test('a file of one client goes on no ticket of another', async () => {
      await using world = await desk(database)
      const { msp, otherId, fake } = world
      const { id: task_id } = await msp.admin.api.tasks.create({ client_id: otherId, title: 'Theirs' })
      const file = { task_id, name: 'x.txt', media_type: 'text/plain', base64: 'aGVsbG8K' }
      const { id } = await msp.admin.api.attachments.create(file)

      const attached = msp.admin.api.tickets.attach({ ticket: '#12345', attachment_id: id })

      await expect(attached).rejects.toMatchObject({ code: 'CONFLICT' })
      expect(fake.asked(/^POST/)).toEqual([])
    })

    test('a status is one that the account has, in its own writing', async () => {
      await using world = await desk(database)
      const { ana, fake, task_id } = world
      const link = await ana.api.tickets.link({ ticket: '#12345', task_id })

      const done = await ana.api.tickets.status({ ticket: '#12345', status: 'resolved' })
      const failed = await ana.api.tickets.status({ ticket: '#12345', status: 'Resolvd' })

      expect(done.status).toBe('done')
      expect(failed).toMatchObject({ status: 'failed', error: expect.stringContaining('Waiting for Parts') })
      expect(fake.tickets[0]?.status).toBe('Resolved')
      expect((await ana.api.ticketLinks.get({ id: link.id })).status_cache).toBe('Resolved')
    })
  })

  describe(`what waits for a PSA, on ${database}`, () => {
    test('is cancelled, and tried again after it failed', async () => {
      await using world = await desk(database)
      const { ana, fake, msp } = world
      fake.fail({ how: 'before' }, { on: /^POST/ })
      const { id: waiting } = await ana.api.tickets.note({ ticket: '#12345', body: 'never mind' })
      fake.forbidden = /^POST/

      const cancelled = await ana.api.integrationActions.cancel({ id: waiting })
      const { id: refused } = await ana.api.tickets.note({ ticket: '#12345', body: 'x' })
      fake.forbidden = undefined
      const again = await ana.api.integrationActions.retry({ id: refused })
      msp.clock.advance(20 * 60_000)
      await workOff(msp.server.deps)

      expect([cancelled.status, again.status]).toEqual(['cancelled', 'queued'])
      expect(await ana.api.tickets.note({ ticket: '#12345', body: 'never mind' })).toMatchObject({
        id: waiting,
        status: 'done',
      })
      expect((await ana.api.integrationActions.get({ id: refused })).status).toBe('done')
      expect(fake.tickets[0]?.comments).toHaveLength(2)
      await expect(ana.api.integrationActions.cancel({ id: refused })).rejects.toMatchObject({ code: 'CONFLICT' })
    })

    test('is not waited for longer than a caller can, and goes on', async () => {
      await using world = await desk(database)
      const { ana, fake, task_id } = world
      await ana.api.tickets.link({ ticket: '#12345', task_id })
      fake.fail({ how: 'slow', ms: 4_000 }, { on: /^POST/ })
      const startedAt = performance.now()

      const { id, status } = await ana.api.tickets.note({ ticket: '#12345', body: 'x' })
      const waited = performance.now() - startedAt

      expect(status).toBe('queued')
      expect(waited).toBeLessThan(4_000)
      await expect
        .poll(async () => (await ana.api.integrationActions.get({ id })).status, { timeout: 5_000 })
        .toBe('done')
      expect(fake.tickets[0]?.comments).toHaveLength(1)
    })

    test('goes on no ticket that went to another customer meanwhile', async () => {
      await using world = await desk(database)
      const { ana, fake, msp, task_id } = world
      const link = await ana.api.tickets.link({ ticket: '#12345', task_id })
      Object.assign(fake.tickets[0] as object, { status: 'Resolved', updated_at: '2026-01-12T09:00:00.000Z' })

      const renewed = await syncTickets(msp.server.deps)
      const after = await ana.api.ticketLinks.get({ id: link.id })
      Object.assign(fake.tickets[0] as object, { customer_id: CONTOSO })
      await syncTickets(msp.server.deps)

      expect([renewed, after.status_cache, after.sync_state]).toEqual([1, 'Resolved', 'linked'])
      expect((await ana.api.ticketLinks.get({ id: link.id })).sync_state).toBe('conflict')
      const note = ana.api.tickets.note({ ticket: '#12345', body: 'x' })
      await expect(note).rejects.toMatchObject({ code: 'NOT_FOUND' })
    })
  })

  describe(`the connection with a PSA, on ${database}`, () => {
    test('is tested before it is enabled, and remembers what it can do', async () => {
      await using world = await desk(database)
      const { fake, msp, integrationId } = world
      const { externalIntegrations } = msp.admin.api
      await externalIntegrations.disable({ id: integrationId })

      const good = await externalIntegrations.test({ id: integrationId })
      fake.token = 'another'
      const bad = await externalIntegrations.test({ id: integrationId })

      expect(good).toMatchObject({
        ok: true,
        account: 'API user at acme',
        integration: { status: 'disabled', capabilities: { tickets: true, attachByUrl: true } },
      })
      expect(bad).toMatchObject({ ok: false, account: null, error: expect.stringContaining('401') })
      expect(JSON.stringify(bad)).not.toContain('CANARY-syncro-token')
    })

    test('suggests once whose customers and assets those are, and waits for a yes', async () => {
      await using world = await desk(database)
      const { fake, msp, integrationId, clientId } = world
      const admin = msp.admin.api
      const hooli = await msp.client('Hooli')
      fake.customers.push({ id: 4, business_then_name: 'HOOLI Inc.' }, { id: 5, business_then_name: 'Umbrella' })
      fake.assets = [
        { id: 31, name: 'SRV1.dataforth.local', customer_id: DATAFORTH, asset_type: 'Server', asset_serial: null },
        { id: 32, name: 'renamed', customer_id: DATAFORTH, asset_type: 'Server', asset_serial: 'ABC-12345' },
        { id: 33, name: 'SRV1', customer_id: 4, asset_type: 'Server', asset_serial: null },
      ]
      const machine = (hostname: string, serial_number: string | null) =>
        admin.infrastructure.create({ client_id: clientId, kind: 'virtual_server', hostname, serial_number })
      const [one, two] = [await machine('SRV1', null), await machine('SRV2', 'abc12345')]

      const first = await admin.externalRefs.suggest({ integration_id: integrationId })
      const again = await admin.externalRefs.suggest({ integration_id: integrationId })

      expect(first).toMatchObject({ customers: 5, assets: 3, suggested: 3 })
      expect(first.unmatched.map(({ name }) => name)).toEqual(['Nobody we know', 'Umbrella'])
      expect(again.suggested).toBe(0)
      const { items } = await admin.externalRefs.list({ integration_id: integrationId, status: 'suggested' })
      const found = new Map(items.map(({ external_id, entity_id }) => [external_id, entity_id]))
      expect(found).toEqual(
        new Map([
          ['4', hooli],
          ['31', one.id],
          ['32', two.id],
        ]),
      )
      const suggestion = items.find(({ external_id }) => external_id === '4')
      expect(await admin.externalRefs.confirm({ id: suggestion?.id ?? '' })).toMatchObject({ status: 'confirmed' })
    })
  })
}
