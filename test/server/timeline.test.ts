import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DATABASES } from '../support/databases.ts'
import { anEvent, type TestServer, type TestUser, testServer } from '../support/server.ts'

/** Lists that are put together out of several tables: what happened on an asset, and what ends. */

const at = (minute: number) => new Date(Date.parse('2026-01-12T08:00:00.000Z') + minute * 60_000).toISOString()

let offices = 0

async function office(msp: TestServer) {
  const name = `Dataforth ${++offices}`
  const ana = await msp.technician({ name: 'Ana', clients: [name] })
  const client_id = await msp.client(name)
  const hostname = `SRV-${offices}`
  const { id } = await ana.api.infrastructure.create({ client_id, kind: 'virtual_server', hostname })
  return { ana, api: ana.api, name, client_id, hostname, id }
}
type Office = Awaited<ReturnType<typeof office>>

/** Everything that a timeline is made of, several of it at the same instant. */
async function lively(msp: TestServer): Promise<Office> {
  const world = await office(msp)
  const { ana, api, client_id, hostname, id: infrastructure_id } = world
  await msp.ingest(ana, await msp.machine(ana, `ANA-LT${offices}`), [
    anEvent('session.opened', { mode: 'msp', client_id, trigger: 'command' }, stream(0)),
    ...[1, 2, 2, 2, 5].map((minute) => anEvent('command', { command: `ssh ${hostname} uptime` }, stream(minute))),
    anEvent('command', { command: `ssh ${hostname} reboot`, success: false, exit_code: 1 }, stream(6)),
    anEvent('file', { path: '/etc/hosts', change: 'M' }, stream(3)),
  ])
  const { db } = msp.server.deps
  await db.updateTable('file_changes').set({ infrastructure_id }).where('client_id', '=', client_id).execute()
  const change = await api.infrastructureChanges.create({
    client_id,
    infrastructure_id,
    category: 'config',
    reason: 'More ports',
  })
  await api.infrastructureChanges.implement({ id: change.id, changed_at: at(2) })
  await api.infrastructureChanges.create({ client_id, infrastructure_id, category: 'patch', reason: 'Not done yet' })
  const release = await api.deployments.create({
    client_id,
    infrastructure_id,
    environment: 'production',
    version_to: '2.4.0',
  })
  await api.deployments.start({ id: release.id, started_at: at(4) })
  const [session] = (await api.sessions.list({ client_id })).items
  const item = await api.workItems.create({ client_id, session_id: session?.id as string, title: 'Reboot the server' })
  await api.workItemAssets.create({ work_item_id: item.id, infrastructure_id })
  return world
}

const stream = (minute: number) => ({
  stream: `4f9d1c60-0b5a-4a55-9f43-${String(offices).padStart(12, '0')}`,
  at: at(minute),
})

/** All pages of a list, put together. */
async function allPages<I>(
  list: (cursor?: string) => Promise<{ items: I[]; next_cursor: string | null }>,
): Promise<I[]> {
  const items: I[] = []
  for (let cursor: string | undefined, more = true; more; ) {
    const page = await list(cursor)
    items.push(...page.items)
    more = page.next_cursor !== null
    cursor = page.next_cursor ?? undefined
  }
  return items
}

for (const database of DATABASES) {
  describe(`lists out of several tables on ${database}`, () => {
    let msp: TestServer
    beforeAll(async () => {
      msp = await testServer({ database, now: at(60) })
    })
    afterAll(() => msp[Symbol.asyncDispose]())

    describe('what happened on an asset', () => {
      test('is told from all that was recorded, the newest first', async () => {
        const { api, id, hostname } = await lively(msp)

        const { items, next_cursor } = await api.infrastructure.timeline({ id })

        expect(items.map((item) => [item.at, item.kind, item.title, item.status])).toEqual([
          [at(60), 'work_item', 'Reboot the server', 'completed'],
          [at(6), 'command', `ssh ${hostname} reboot`, 'failed'],
          [at(5), 'command', `ssh ${hostname} uptime`, 'success'],
          [at(4), 'deployment', '2.4.0', 'in_progress'],
          [at(3), 'file_change', '/etc/hosts', null],
          ...Array.from({ length: 3 }, () => [at(2), 'command', `ssh ${hostname} uptime`, 'success']),
          [at(2), 'change', 'More ports', 'implemented'],
          [at(1), 'command', `ssh ${hostname} uptime`, 'success'],
        ])
        expect(next_cursor).toBeNull()
      })

      test('comes in pages that neither miss nor repeat anything', async () => {
        const { api, id } = await lively(msp)
        const { items } = await api.infrastructure.timeline({ id })

        for (const limit of [1, 2, 3, 4, 9])
          expect(
            await allPages((cursor) => api.infrastructure.timeline({ id, limit, ...(cursor ? { cursor } : {}) })),
          ).toEqual(items)
      })

      test('can be asked for one kind and some days', async () => {
        const { api, id } = await lively(msp)
        const kinds = async (input: Omit<Parameters<typeof api.infrastructure.timeline>[0], 'id'>) =>
          (await api.infrastructure.timeline({ id, ...input })).items.map((item) => item.kind)

        expect(await kinds({ kind: 'change' })).toEqual(['change'])
        expect(await kinds({ date_from: at(3), date_to: at(4) })).toEqual(['deployment', 'file_change'])
        expect(await kinds({ date_to: '2026-01-12', date_from: '2026-01-12' })).toHaveLength(10)
        expect(await kinds({ date_to: '2026-01-11' })).toEqual([])
      })

      test('a cursor of another list is refused, and so is who may not see the asset', async () => {
        const { api, id } = await lively(msp)
        const ben = await msp.technician({ name: 'Ben' })
        const { next_cursor } = await api.commandsRun.list({ limit: 1 })

        await expect(api.infrastructure.timeline({ id, cursor: next_cursor as string })).rejects.toMatchObject({
          code: 'INVALID_INPUT',
        })
        await expect(ben.api.infrastructure.timeline({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      })
    })

    describe('what ends', () => {
      test('is one list in the order of the days, with what has ended already', async () => {
        const world = await ending(msp)
        const { api, client_id, hostname } = world

        const { items } = await api.expirations.list({ client_id })

        expect(items.map((item) => [item.expires_on, item.days_left, item.kind, item.name])).toEqual([
          ['2025-12-31', -12, 'certificate', 'mail.dataforth.com'],
          ['2026-01-12', 0, 'domain', 'dataforth.com'],
          ['2026-01-13', 1, 'gdap', 'Dataforth'],
          ['2026-01-13', 1, 'credential', 'Domain administrator'],
          ['2026-02-01', 20, 'agreement', 'Managed services'],
          ['2026-02-01', 20, 'os_end_of_life', hostname],
          ['2026-02-01', 20, 'warranty', hostname],
          ['2026-03-01', 48, 'licence', 'Veeam'],
          ['2026-03-01', 48, 'service_licence', 'ERP'],
        ])
      })

      test('comes in pages, for some days, of one kind, of one client by name', async () => {
        const { api, client_id, name } = await ending(msp)
        const { items } = await api.expirations.list({ client: name })
        const kinds = async (input: Parameters<typeof api.expirations.list>[0]) =>
          (await api.expirations.list({ client_id, ...input })).items.map((item) => item.kind)

        expect(items).toHaveLength(9)
        for (const limit of [1, 2, 5])
          expect(
            await allPages((cursor) => api.expirations.list({ client_id, limit, ...(cursor ? { cursor } : {}) })),
          ).toEqual(items)
        expect(await kinds({ within_days: 1 })).toEqual(['certificate', 'domain', 'gdap', 'credential'])
        expect(await kinds({ within_days: 30, before: '2026-01-12', after: '2026-01-01' })).toEqual(['domain'])
        expect(await kinds({ kind: 'warranty' })).toEqual(['warranty'])
      })

      test('leaves out what is retired, what is archived, and what the caller may not see', async () => {
        const { api, client_id, id, name } = await ending(msp)
        await api.infrastructure.update({ id, status: 'retired' })
        const [domain] = (await api.domains.list({ client_id })).items
        await api.domains.archive({ id: domain?.id as string })
        const vera = await msp.technician({ name: 'Vera', role: 'viewer', clients: [name] })
        const kinds = async (who: TestUser) => (await who.api.expirations.list({})).items.map((item) => item.kind)

        expect(await kinds(vera)).toEqual(['certificate', 'gdap', 'agreement', 'licence', 'service_licence'])
        expect(await kinds(await msp.technician({ name: 'Ben' }))).toEqual([])
      })
    })
  })
}

/** One of everything that ends. */
async function ending(msp: TestServer): Promise<Office> {
  const world = await office(msp)
  const { api, client_id, id } = world
  const of = { client_id }
  await api.infrastructure.update({ id, warranty_until: '2026-02-01', os_eol_on: '2026-02-01' })
  await api.domains.create({ ...of, name: 'dataforth.com', expires_on: '2026-01-12' })
  await api.certificates.create({ ...of, common_name: 'Mail.dataforth.com', expires_on: '2025-12-31' })
  await api.licences.create({ ...of, name: 'Veeam', expires_on: '2026-03-01' })
  await api.licences.create({ ...of, name: 'For ever' })
  await api.services.create({ ...of, name: 'ERP', type: 'lob_app', licence_expires_on: '2026-03-01' })
  const tenant_id = `7d2a4c1e-5b0f-4c8e-9a63-${String(offices).padStart(12, '0')}`
  await api.m365Tenants.create({ ...of, tenant_id, display_name: 'Dataforth', gdap_expires_on: '2026-01-13' })
  await msp.admin.api.agreements.create({
    ...of,
    name: 'Managed services',
    kind: 'flat_rate',
    starts_on: '2025-02-01',
    ends_on: '2026-02-01',
  })
  await api.credentials.create({
    ...of,
    name: 'Domain administrator',
    type: 'password',
    expires_at: '2026-01-13T12:00:00.000Z',
  })
  return world
}
