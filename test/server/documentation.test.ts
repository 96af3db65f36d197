import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DATABASES } from '../support/databases.ts'
import { type TestServer, testServer } from '../support/server.ts'

/** What an MSP writes down about a client, and what it can be asked then. */

let offices = 0

/** Two clients that nobody else works for. */
async function office(msp: TestServer) {
  const [dataforth, contoso] = [`Dataforth ${++offices}`, `Contoso ${offices}`]
  const ana = await msp.technician({ name: 'Ana', clients: [dataforth, contoso] })
  const clientId = await msp.client(dataforth)
  const contosoId = await msp.client(contoso)
  const { api } = ana
  let serial = 0
  return {
    dataforth,
    contoso,
    ana,
    api,
    clientId,
    contosoId,
    site: async (name: string, values: { client_id?: string; is_primary?: boolean; public_ips?: string[] } = {}) =>
      api.sites.create({ client_id: clientId, name, ...values }),
    asset: async (hostname: string, values: Partial<Parameters<typeof api.infrastructure.create>[0]> = {}) =>
      (await api.infrastructure.create({ client_id: clientId, kind: 'virtual_server', hostname, ...values })).id,
    service: async (name: string, values: Partial<Parameters<typeof api.services.create>[0]> = {}) =>
      (await api.services.create({ client_id: clientId, name, type: 'other', ...values })).id,
    relate: (
      from_service_id: string,
      type: 'depends_on' | 'hosted_on' | 'monitors' | 'backs_up',
      to_service_id: string,
    ) => api.serviceRelationships.create({ from_service_id, to_service_id, type }),
    rule: (firewall_id: string, values: Partial<Parameters<typeof api.firewallRules.create>[0]> = {}) => {
      // Ids of one millisecond are in no order.
      msp.clock.advance(1)
      const narrow = { action: 'allow' as const, src: ['10.0.0.0/8'], dst: ['10.20.0.5'], justification: 'Because.' }
      return api.firewallRules.create({ firewall_id, seq: ++serial, ...narrow, ...values })
    },
  }
}

for (const database of DATABASES) {
  describe(`documentation on ${database}`, () => {
    let msp: TestServer
    beforeAll(async () => {
      msp = await testServer({ database, now: '2026-01-12T09:00:00.000Z' })
    })
    afterAll(() => msp[Symbol.asyncDispose]())

    describe('the primary site and contact of a client', () => {
      test('there is one: the last that was made it', async () => {
        const world = await office(msp)
        const { api, site, clientId, contosoId } = world
        const first = await site('Head office', { is_primary: true })
        const second = await site('Plant', { is_primary: true })
        const foreign = await site('Contoso HQ', { client_id: contosoId, is_primary: true })

        await api.sites.update({ id: first.id, is_primary: true, row_version: 2 })

        const { items } = await api.sites.list({ is_primary: true, sort: 'name' })
        expect(items.map((item) => item.id)).toEqual([foreign.id, first.id])
        expect(await api.sites.get({ id: second.id })).toMatchObject({ is_primary: false, row_version: 2 })
        expect((await api.sites.list({ client_id: clientId })).items).toHaveLength(2)
      })

      test('an archived one comes back as an ordinary one when another took its place', async () => {
        const world = await office(msp)
        const { api, clientId } = world
        const contact = (name: string) => api.contacts.create({ client_id: clientId, name, is_primary: true })
        const joe = await contact('Joe Martinez')
        await api.contacts.archive({ id: joe.id })
        const alone = await api.contacts.restore({ id: joe.id })
        await api.contacts.archive({ id: joe.id })
        const eve = await contact('Eve Winter')

        const beside = await api.contacts.restore({ id: joe.id })

        expect([alone.is_primary, beside.is_primary]).toEqual([true, false])
        expect((await api.contacts.get({ id: eve.id })).is_primary).toBe(true)
      })

      test('a mailbox and a telephone are kept in one form', async () => {
        const world = await office(msp)
        const { api, clientId } = world
        const { id } = await api.contacts.create({
          client_id: clientId,
          name: 'Joe',
          email: ' Joe@DATAFORTH.com',
          phone: '+1 (520) 555-1234',
        })

        expect(await api.contacts.get({ id })).toMatchObject({
          email: 'joe@dataforth.com',
          email_domain: 'dataforth.com',
          phone: '+15205551234',
        })
        expect(await api.contacts.update({ id, email: null })).toMatchObject({ email: null, email_domain: null })
      })
    })

    describe('networks', () => {
      test('of one site do not overlap, those of other sites may', async () => {
        const world = await office(msp)
        const { api, site, contosoId } = world
        const [office1, plant, hq] = [
          await site('Office'),
          await site('Plant'),
          await site('HQ', { client_id: contosoId }),
        ]
        const lan = await api.networks.create({
          site_id: office1.id,
          name: 'LAN',
          cidr: '192.168.10.0/24',
          vlan_id: 10,
        })
        const create = (site_id: string, cidr: string, vlan_id?: number) =>
          api.networks.create({ site_id, name: 'Other', cidr, ...(vlan_id ? { vlan_id } : {}) })

        for (const cidr of ['192.168.10.0/24', '192.168.10.128/25', '192.168.0.0/16', '192.0.0.0/8'])
          await expect(create(office1.id, cidr)).rejects.toMatchObject({
            code: 'CONFLICT',
            message: expect.stringContaining('LAN (192.168.10.0/24)'),
          })
        await expect(create(office1.id, '192.168.12.0/24', 10)).rejects.toMatchObject({ code: 'CONFLICT' })
        const made = [
          await create(office1.id, '192.168.11.0/24', 11),
          await create(office1.id, '2001:DB8:0:10::/64'),
          await create(plant.id, '192.168.10.0/24', 10),
          await create(hq.id, '192.168.10.0/24', 10),
        ]

        expect(made.map(({ ip_version, cidr }) => [ip_version, cidr])).toEqual([
          [4, '192.168.11.0/24'],
          [6, '2001:db8:0:10::/64'],
          [4, '192.168.10.0/24'],
          [4, '192.168.10.0/24'],
        ])
        expect(lan).toMatchObject({ range_start: '4c0a80a00', range_end: '4c0a80aff' })
      })

      test('cannot be moved or restored onto another one', async () => {
        const world = await office(msp)
        const { api, site } = world
        const { id: site_id } = await site('Office')
        const old = await api.networks.create({ site_id, name: 'Old', cidr: '10.0.0.0/24' })
        await api.networks.archive({ id: old.id })
        const lan = await api.networks.create({ site_id, name: 'New', cidr: '10.0.0.0/16' })

        await expect(api.networks.restore({ id: old.id })).rejects.toMatchObject({ code: 'CONFLICT' })
        await api.networks.update({ id: lan.id, cidr: '10.0.1.0/24' })
        await api.networks.restore({ id: old.id })
        await expect(api.networks.update({ id: lan.id, cidr: '10.0.0.0/23' })).rejects.toMatchObject({
          code: 'CONFLICT',
        })
        expect(await api.networks.get({ id: lan.id })).toMatchObject({ cidr: '10.0.1.0/24', range_start: '40a000100' })
      })

      test('two that overlap, written at the same moment: one is refused', async () => {
        const world = await office(msp)
        const { api, site } = world
        const { id: site_id } = await site('Office')
        const cidrs = ['10.0.0.0/8', '10.0.0.0/16', '10.1.0.0/16', '10.1.1.0/24', '10.0.0.0/24']

        const made = await Promise.allSettled(cidrs.map((cidr) => api.networks.create({ site_id, name: cidr, cidr })))

        const { items } = await api.networks.list({ site_id, sort: 'range_start' })
        expect(items).toHaveLength(made.filter((result) => result.status === 'fulfilled').length)
        for (const [index, next] of items.slice(1).entries())
          expect((items[index]?.range_end as string) < next.range_start).toBe(true)
      })

      test('are kept without the address of a host', async () => {
        const { api, site } = await office(msp)
        const { id: site_id } = await site('Office')

        const lan = await api.networks.create({ site_id, name: 'LAN', cidr: '192.168.10.5/24' })

        expect(lan.cidr).toBe('192.168.10.0/24')
        expect((await api.networks.list({ site_id, cidr: '192.168.10.9/24' })).items).toEqual([lan])
        await expect(api.networks.create({ site_id, name: 'All', cidr: '0.0.0.0/0' })).rejects.toMatchObject({
          code: 'INVALID_INPUT',
        })
      })

      test('that contain an address are found, the narrowest first', async () => {
        const world = await office(msp)
        const { api, site, contosoId } = world
        const [{ id: site_id }, { id: hq }] = [await site('Office'), await site('HQ', { client_id: contosoId })]
        const { id: plant } = await site('Plant')
        await api.networks.create({ site_id, name: 'LAN', cidr: '192.168.10.0/24' })
        await api.networks.create({ site_id: plant, name: 'VPN', cidr: '192.168.0.0/16' })
        await api.networks.create({ site_id: hq, name: 'Contoso', cidr: '192.168.10.0/24' })
        await api.networks.create({ site_id, name: 'V6', cidr: '2001:db8::/32' })
        const names = async (input: Parameters<typeof api.networks.find>[0], who = api) =>
          (await who.networks.find(input)).items.map((item) => item.name)
        const ben = await msp.technician({ name: 'Ben', clients: [world.contoso] })

        expect(await names({ ip: '192.168.10.7', client: world.dataforth.toLowerCase() })).toEqual(['LAN', 'VPN'])
        expect(await names({ ip: '192.168.10.7', site_id: plant })).toEqual(['VPN'])
        expect(await names({ ip: '192.168.11.7' })).toEqual(['VPN'])
        expect(await names({ ip: '2001:DB8::1' })).toEqual(['V6'])
        expect(await names({ ip: '192.168.10.7' }, ben.api)).toEqual(['Contoso'])
      })
    })

    describe('what fails with a service or an asset', () => {
      test('what stands on it, however far, and not what watches or copies it', async () => {
        const world = await office(msp)
        const { api, service, relate } = world
        const [db, erp, shop, watch, backup, old] = [
          await service('Database', { criticality: 'critical' }),
          await service('ERP'),
          await service('Shop'),
          await service('Monitoring'),
          await service('Backup'),
          await service('Old shop', { status: 'retired' }),
        ]
        await relate(erp, 'depends_on', db)
        await relate(shop, 'depends_on', erp)
        await relate(shop, 'hosted_on', db)
        await relate(watch, 'monitors', db)
        await relate(backup, 'backs_up', db)
        await relate(old, 'depends_on', db)

        const { affected } = await api.services.impact({ id: db })
        const near = await api.services.impact({ id: db, depth: 1 })
        const nothing = await api.services.impact({ id: watch })

        expect(affected).toMatchObject([
          { service_id: erp, depth: 1, via_service_id: db, via_type: 'depends_on' },
          { service_id: shop, depth: 1, via_service_id: db, via_type: 'hosted_on' },
        ])
        expect(near.affected).toEqual(affected)
        expect(nothing.affected).toEqual([])
      })

      test('a circle ends, and far ones are left out when asked for the near', async () => {
        const world = await office(msp)
        const { api, service, relate } = world
        const chain: string[] = []
        for (const name of ['A', 'B', 'C', 'D']) chain.push(await service(name))
        for (const [index, id] of chain.entries())
          await relate(chain[(index + 1) % chain.length] as string, 'depends_on', id)

        const names = async (depth?: number) =>
          (await api.services.impact({ id: chain[0] as string, ...(depth ? { depth } : {}) })).affected.map(
            (found) => `${found.name}${found.depth}`,
          )

        expect(await names()).toEqual(['B1', 'C2', 'D3'])
        expect(await names(2)).toEqual(['B1', 'C2'])
      })

      test('a host takes its virtual machines and what runs on them along', async () => {
        const world = await office(msp)
        const { api, asset, service, relate } = world
        const host = await asset('HV1', { kind: 'physical_server' })
        const vm = await asset('SRV-ERP', { parent_id: host })
        const db = await service('Database', { infrastructure_id: vm })
        const erp = await service('ERP')
        await relate(erp, 'depends_on', db)

        const { affected } = await api.infrastructure.impact({ id: host })

        expect(affected).toMatchObject([
          { service_id: db, depth: 0, via_service_id: null, via_type: null, hostname: 'SRV-ERP' },
          { service_id: erp, depth: 1, via_service_id: db, hostname: null },
        ])
      })

      test('a service has no relationship to itself, to one of another client, or twice the same', async () => {
        const world = await office(msp)
        const { service, relate, contosoId } = world
        const [a, b, foreign] = [await service('A'), await service('B'), await service('C', { client_id: contosoId })]
        await relate(a, 'depends_on', b)

        await expect(relate(a, 'depends_on', a)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
        await expect(relate(a, 'depends_on', foreign)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
        await expect(relate(a, 'depends_on', b)).rejects.toMatchObject({ code: 'CONFLICT' })
        expect(await relate(a, 'monitors', b)).toMatchObject({ type: 'monitors' })
      })
    })

    describe('firewall rules that ask for a look', () => {
      test('are found per client and firewall, on a port, page by page', async () => {
        const world = await office(msp)
        const { api, asset, rule, contosoId } = world
        const edge = await asset('FW1', { kind: 'firewall' })
        const foreign = await asset('FW2', { kind: 'firewall', client_id: contosoId })
        const open = await rule(edge, { src: [], dst: [], protocol: 'any' })
        const rdp = await rule(edge, { protocol: 'tcp', dst_ports: ['3000-4000'] })
        const unexplained = await rule(foreign, { justification: null, protocol: 'tcp', dst_ports: ['443'] })
        await rule(edge, { src: [], dst: [], enabled: false })
        await rule(edge, { protocol: 'tcp', dst_ports: ['443'] })
        const of = async (input: Parameters<typeof api.firewallRules.findings>[0], who = api) =>
          (await who.firewallRules.findings(input)).items.map((item) => [
            item.rule.id,
            item.firewall,
            ...item.findings.map((finding) => finding.kind),
          ])
        const ben = await msp.technician({ name: 'Ben', clients: [world.contoso] })

        expect(await of({})).toEqual([
          [open.id, 'FW1', 'any_any'],
          [unexplained.id, 'FW2', 'no_justification'],
        ])
        expect(await of({ client: world.dataforth, port: 3389 })).toEqual([
          [open.id, 'FW1', 'any_any', 'touches_port'],
          [rdp.id, 'FW1', 'touches_port'],
        ])
        expect(await of({ port: 3389, kind: 'any_any' })).toEqual([[open.id, 'FW1', 'any_any', 'touches_port']])
        expect(await of({ firewall_id: foreign })).toHaveLength(1)
        expect(await of({}, ben.api)).toEqual([[unexplained.id, 'FW2', 'no_justification']])
        const first = await api.firewallRules.findings({ limit: 1 })
        const second = await api.firewallRules.findings({ limit: 1, cursor: first.next_cursor as string })
        expect([first, second].map((page) => page.items[0]?.rule.id)).toEqual([open.id, unexplained.id])
        expect(second.next_cursor).toBeNull()
      })
    })

    describe('whose something technical is', () => {
      test('by host, address, domain, mailbox and URL, the surest way first', async () => {
        const world = await office(msp)
        const { api, site, asset, clientId, contosoId } = world
        await msp.admin.api.clients.update({ id: clientId, primary_domain: 'Dataforth.com' })
        await msp.admin.api.clientAliases.create({ client_id: clientId, alias: 'dataforth.eu' })
        const plant = await site('Plant', { public_ips: ['203.0.113.0/28', 'dynamic'] })
        await api.networks.create({ site_id: plant.id, name: 'LAN', cidr: '10.0.0.0/24' })
        const hq = await site('HQ', { client_id: contosoId, public_ips: ['203.0.113.99'] })
        await api.networks.create({ site_id: hq.id, name: 'Contoso LAN', cidr: '10.0.0.0/16' })
        await asset('SRV-OLD', { primary_ip: '10.0.0.5', fqdn: 'SRV-OLD.dataforth.local', mgmt_ip: '10.0.0.6' })
        await api.domains.create({ client_id: contosoId, name: 'contoso.com' })
        await api.contacts.create({ client_id: contosoId, name: 'Kim', email: 'kim@contoso.example' })
        await api.contacts.create({ client_id: clientId, name: 'Joe', email: 'joe.dataforth@gmail.com' })
        const found = async (text: string) =>
          (await api.clients.identify({ text })).matches.map(
            (match) => `${match.client_name.replace(/ .*/, '')} ${match.via} ${match.label}`,
          )

        expect(await found('srv-old')).toEqual(['Dataforth hostname SRV-OLD'])
        expect(await found('SRV-OLD.Dataforth.local')).toEqual([
          'Dataforth fqdn srv-old.dataforth.local',
          'Dataforth short_name SRV-OLD',
        ])
        expect(await found('10.0.0.5')).toEqual([
          'Dataforth primary_ip SRV-OLD',
          'Contoso network Contoso LAN',
          'Dataforth network LAN',
        ])
        expect(await found('ssh://10.0.0.6:22')).toContain('Dataforth mgmt_ip SRV-OLD')
        expect(await found('203.0.113.7')).toEqual(['Dataforth public_ip Plant'])
        expect(await found('203.0.113.16')).toEqual([])
        expect(await found('https://mail.dataforth.com/owa')).toEqual(['Dataforth primary_domain dataforth.com'])
        expect(await found('dataforth.eu')).toEqual(['Dataforth alias dataforth.eu'])
        expect(await found('www.contoso.com')).toEqual(['Contoso domain contoso.com'])
        expect(await found('somebody@contoso.example')).toEqual(['Contoso contact_domain kim@contoso.example'])
        expect(await found('Joe.Dataforth@gmail.com')).toEqual(['Dataforth contact Joe'])
        expect(await found('stranger@gmail.com')).toEqual([])
        await api.sites.update({ id: plant.id, public_ips: [] })
        expect(await found('203.0.113.7')).toEqual([])
      })

      test('is not told to who may not see the client', async () => {
        const world = await office(msp)
        const { asset, site, api } = world
        await asset('SRV-OLD', { primary_ip: '10.0.0.5' })
        const { id } = await site('Plant', { public_ips: ['203.0.113.0/28'] })
        await api.networks.create({ site_id: id, name: 'LAN', cidr: '10.0.0.0/24' })
        const ben = await msp.technician({ name: 'Ben', clients: [world.contoso] })

        for (const text of ['SRV-OLD', '10.0.0.5', '203.0.113.7'])
          expect((await ben.api.clients.identify({ text })).matches).toEqual([])
      })
    })
  })
}
