import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DATABASES } from '../support/databases.ts'
import { anEvent, type TestServer, type TestUser, testServer } from '../support/server.ts'

/** What was done for a client in a month. */

// In Phoenix (UTC-7) January begins at 07:00 UTC of the first.
const LAST_OF_DECEMBER = '2026-01-01T06:59:00.000Z'
const FIRST_OF_JANUARY = '2026-01-01T07:00:00.000Z'
const NOON = '2026-01-12T12:00:00.000Z'

for (const database of DATABASES) {
  describe(`the month of a client, on ${database}`, () => {
    let msp: TestServer
    let ana: TestUser
    let client_id: string
    let machineId: string
    beforeAll(async () => {
      msp = await testServer({ database, now: NOON })
      client_id = (await msp.admin.api.clients.create({ name: 'Dataforth', timezone: 'America/Phoenix' })).id
      ana = await msp.technician({ name: 'Ana', clients: ['Dataforth', 'Contoso'] })
      machineId = await msp.machine(ana)
    })
    afterAll(() => msp[Symbol.asyncDispose]())

    const session = (stream: string, at: string, ...rest: ReturnType<typeof anEvent>[]) =>
      msp.ingest(
        ana,
        machineId,
        [
          anEvent('session.opened', { mode: 'msp', client_id, trigger: 'command' }, { id: `open:${stream}` }),
          ...rest,
          anEvent('session.closed', { reason: 'user' }, { id: `close:${stream}` }),
        ].map((event) => ({ ...event, stream, at })),
      )
    const workItem = async (session_id: string, fields: Record<string, unknown>) =>
      ana.api.workItems.create({ session_id, client_id, title: 'Restart the spooler', ...fields })

    test('counts what its own calendar holds, and nothing of another client', async () => {
      await session('a', LAST_OF_DECEMBER, anEvent('command', { command: 'hostname' }))
      await session(
        'b',
        FIRST_OF_JANUARY,
        anEvent('command', { command: 'whoami' }),
        anEvent('command', { command: 'id', success: false, exit_code: 1, stderr: 'no' }),
      )
      const [open] = (await ana.api.sessions.list({ client_id, sort: '-started_at' })).items
      const sessionId = open?.id as string
      await workItem(sessionId, { category: 'incident', started_at: FIRST_OF_JANUARY, active_seconds: 600 })
      await workItem(sessionId, { category: 'incident', active_seconds: 60 })
      await workItem(sessionId, { category: 'change', started_at: LAST_OF_DECEMBER })
      const asset = await ana.api.infrastructure.create({ client_id, kind: 'laptop', hostname: 'LT-1' })
      const changed = { client_id, infrastructure_id: asset.id, category: 'patch', reason: 'KB5034441' } as const
      const { id: change } = await ana.api.infrastructureChanges.create(changed)
      await ana.api.infrastructureChanges.implement({ id: change })
      await ana.api.infrastructureChanges.create({ ...changed, reason: 'Only planned' })
      const { id: deployment } = await ana.api.deployments.create({ client_id, environment: 'production' })
      await ana.api.deployments.start({ id: deployment })
      await ana.api.deployments.finish({ id: deployment, status: 'success' })
      const contoso = await msp.client('Contoso')
      for (const entry of [
        { client_id, started_at: LAST_OF_DECEMBER, raw_seconds: 60 },
        { client_id, started_at: FIRST_OF_JANUARY, raw_seconds: 600 },
        { client_id, raw_seconds: 60, classification: 'non_billable', reason_code: 'training' } as const,
        { client_id: contoso, raw_seconds: 60 },
      ])
        await ana.api.billableTime.create(entry)

      const report = await ana.api.reports.clientMonth({ client: 'dataforth', month: '2026-01' })

      const time = { entries: 1 }
      expect(report).toMatchObject({
        ...{ client: { id: client_id, name: 'Dataforth' }, month: '2026-01', timezone: 'America/Phoenix' },
        ...{ from: FIRST_OF_JANUARY, until: '2026-02-01T07:00:00.000Z' },
        sessions: { count: 1 },
        // Two that people noted, and one that was made of the commands.
        work_items: {
          count: 3,
          by_category: [
            { category: 'incident', count: 2, active_seconds: 660 },
            { category: 'service_request', count: 1, active_seconds: 0 },
          ],
        },
        commands: { count: 2, failures: 1 },
        changes: { count: 1, by_category: [{ category: 'patch', count: 1 }] },
        deployments: { count: 1, successes: 1 },
        time: {
          ...{ entries: 2, raw_seconds: 660, amounts: [] },
          by_classification: [
            { classification: 'billable', raw_seconds: 600, billable_minutes: 10, ...time },
            { classification: 'non_billable', raw_seconds: 60, billable_minutes: 0, ...time },
          ],
        },
      })
    })

    test('holds nothing when nothing was done', async () => {
      const { sessions, time } = await ana.api.reports.clientMonth({ client_id, month: '2020-02' })

      expect(sessions).toEqual({ count: 0, wall_seconds: 0, active_seconds: 0 })
      expect(time).toEqual({
        ...{ entries: 0, raw_seconds: 0, billable_minutes: 0, not_priced: 0 },
        ...{ amounts: [], by_classification: [] },
      })
    })

    test('counts what was taken back neither as time nor as money', async () => {
      const client = await msp.client('Contoso')
      const lea = await msp.technician({ name: 'Lea', role: 'lead', clients: ['Contoso'] })
      const { id } = await ana.api.billableTime.create({
        client_id: client,
        raw_seconds: 3_600,
        work_date: '2025-11-03',
      })
      const rate = { amount_minor: 12_000, currency: 'USD', valid_from: '2025-01-01' }
      await lea.api.rates.create({ name: 'Hour', client_id: client, ...rate })
      await ana.api.billableTime.submit({ id })
      await lea.api.billableTime.approve({ id })
      await lea.api.exportBatches.create({ client_id: client, month: '2025-11' })
      const of = { client_id: client, month: '2025-11' }

      const before = await ana.api.reports.clientMonth(of)
      await lea.api.billableTime.reverse({ id, reason: 'Wrong client' })
      const after = await ana.api.reports.clientMonth(of)

      expect(before.time).toMatchObject({ raw_seconds: 3_600, amounts: [{ currency: 'USD', amount_minor: 12_000 }] })
      expect(after.time).toMatchObject({ entries: 0, raw_seconds: 0, amounts: [] })
    })

    test('is not shown to who may not see the client, nor without saying whose it is', async () => {
      const ben = await msp.technician({ name: 'Ben' })

      const month = '2026-01'
      for (const whose of [{ client_id }, { client: 'Dataforth' }])
        await expect(ben.api.reports.clientMonth({ ...whose, month })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(ana.api.reports.clientMonth({ month })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    })
  })
}
