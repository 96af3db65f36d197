import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { confirmedPercent } from '../../server/domains/insights/rules.ts'
import { DATABASES } from '../support/databases.ts'
import { type TestServer, testServer } from '../support/server.ts'

/** Facts about environments, decisions and the states of projects: what replaces what, and what is kept of it. */

test('a fact that is confirmed becomes more certain, never more than certain', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100 }), (percent) => {
      const after = confirmedPercent(percent)
      expect(after).toBeLessThanOrEqual(100)
      expect(after).toBeGreaterThanOrEqual(Math.min(100, percent + 1))
    }),
  )
})

let serial = 0

async function office(msp: TestServer) {
  const name = `Dataforth ${++serial}`
  const ana = await msp.technician({ name: 'Ana', clients: [name] })
  const client_id = await msp.client(name)
  const server = await ana.api.infrastructure.create({ client_id, hostname: 'SRV-OLD', kind: 'virtual_server' })
  const project = await ana.api.projects.create({ client_id, name: 'Firewall migration' })
  return { ana, api: ana.api, client_id, infrastructure_id: server.id, project_id: project.id }
}

const shell = (version: string) =>
  ({ category: 'shell', key: 'powershell.version', statement: `PowerShell ${version}`, value: { version } }) as const

for (const database of DATABASES) {
  describe(`what is learned, on ${database}`, () => {
    let msp: TestServer
    beforeAll(async () => {
      msp = await testServer({ database })
    })
    afterAll(() => msp[Symbol.asyncDispose]())

    test('a new fact ends the older one of the same key and place, and leaves those of other places alone', async () => {
      const { api, client_id, infrastructure_id } = await office(msp)
      const old = await api.environmentalInsights.create({ client_id, infrastructure_id, ...shell('2.0') })
      const ofClient = await api.environmentalInsights.create({ client_id, ...shell('5.1') })
      msp.clock.advance(1_000)

      const newer = await api.environmentalInsights.create({ client_id, infrastructure_id, ...shell('7.4') })
      const { items } = await api.environmentalInsights.history({ id: newer.id })
      const current = await api.environmentalInsights.list({ client_id, is_current: true, sort: 'created_at' })

      expect(newer).toMatchObject({ is_current: true, valid_to: null, contradicts_id: old.id })
      expect(items).toEqual([
        newer,
        { ...old, is_current: false, valid_to: newer.valid_from, row_version: 2, updated_at: newer.created_at },
      ])
      expect(current.items.map((item) => item.id)).toEqual([ofClient.id, newer.id])
    })

    test('of two facts that come at once, one is current', async () => {
      const { api, client_id } = await office(msp)

      const made = ['5.1', '7.4'].map((version) =>
        api.environmentalInsights.create({ client_id, ...shell(version) }).catch(() => undefined),
      )
      await Promise.all(made)

      expect((await api.environmentalInsights.list({ client_id, is_current: true })).items).toHaveLength(1)
    })

    test('a fact is confirmed while it holds, and ends once', async () => {
      const { api, client_id } = await office(msp)
      const { id } = await api.environmentalInsights.create({ client_id, ...shell('2.0'), confidence_percent: 60 })
      msp.clock.advance(1_000)

      const confirmed = await api.environmentalInsights.confirm({ id })
      const ended = await api.environmentalInsights.end({ id })
      msp.clock.advance(1_000)

      expect(confirmed).toMatchObject({ confidence_percent: 80, last_confirmed_at: confirmed.updated_at })
      expect(ended).toMatchObject({ is_current: false, valid_to: ended.updated_at })
      expect(await api.environmentalInsights.end({ id })).toEqual(ended)
      await expect(api.environmentalInsights.confirm({ id })).rejects.toMatchObject({ code: 'CONFLICT' })
    })

    test('a fact is about one thing', async () => {
      const { api, client_id, infrastructure_id } = await office(msp)
      const site = await api.sites.create({ client_id, name: 'Tucson' })

      const both = api.environmentalInsights.create({ client_id, infrastructure_id, site_id: site.id, ...shell('2.0') })

      await expect(both).rejects.toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('one thing') })
    })

    test('a proposed decision is accepted or rejected, not both', async () => {
      const { ana, api, client_id } = await office(msp)
      const { id, status } = await api.decisions.create({ client_id, title: 'Mail', decision: 'To Exchange Online' })

      const accepted = await api.decisions.accept({ id })

      expect(status).toBe('proposed')
      expect(accepted).toMatchObject({ status: 'accepted', decided_by: ana.id, decided_at: accepted.updated_at })
      await expect(api.decisions.reject({ id })).rejects.toMatchObject({ code: 'CONFLICT' })
      expect(await api.decisions.deprecate({ id })).toMatchObject({ status: 'deprecated', decided_by: ana.id })
    })

    test('a decision is superseded by a new one, once and only when it was accepted', async () => {
      const { api, client_id, project_id } = await office(msp)
      const words = { title: 'Mail', decision: 'To Exchange Online' }
      const { id } = await api.decisions.create({ client_id, project_id, ...words })
      const anew = { id, title: 'Mail again', decision: 'To Google Workspace' }

      const early = api.decisions.supersede(anew)
      await expect(early).rejects.toMatchObject({ code: 'CONFLICT' })
      await api.decisions.accept({ id })
      const next = await api.decisions.supersede(anew)
      const branch = api.decisions.supersede(anew)

      await expect(branch).rejects.toMatchObject({ code: 'CONFLICT' })
      expect(next).toMatchObject({ status: 'accepted', supersedes_id: id, client_id, project_id, alternatives: [] })
      expect((await api.decisions.get({ id })).status).toBe('superseded')
      expect((await api.decisions.list({ client_id })).items).toHaveLength(2)
    })

    test('each state of a project is a revision, and the last is the current one', async () => {
      const { api, client_id, project_id } = await office(msp)
      const state = (status: string) => api.projectStates.create({ project_id, status })

      await Promise.all(['Planned', 'Rules are moved', 'VPN is moved'].map(state))
      const last = await state('Done')
      const { items } = await api.projectStates.list({ project_id, sort: 'revision' })

      expect(last).toMatchObject({ client_id, revision: 4, is_current: true })
      expect(items.map((item) => item.revision)).toEqual([1, 2, 3, 4])
      expect(items.filter((item) => item.is_current)).toEqual([last])
    })
  })
}
