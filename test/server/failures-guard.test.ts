import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { shortenPatterns } from '../../server/domains/failures/retention.ts'
import { sessionKey } from '../../src/guard/decide.ts'
import { DATABASES } from '../support/databases.ts'
import { type TestServer, testServer } from '../support/server.ts'
import { at, learningOffice, MISSING, typing } from './failures-world.ts'

/** What people make of patterns, what the guard of a machine is given, and what becomes of patterns in time. */

const DAY_MINUTES = 24 * 60

for (const database of DATABASES) {
  describe(`what the guard is given, on ${database}`, () => {
    let msp: TestServer
    beforeAll(async () => {
      msp = await testServer({ database, now: at(600) })
    })
    afterAll(() => msp[Symbol.asyncDispose]())

    /** Two programs that are missing on a host of Dataforth. */
    async function twoPatterns() {
      const office = await learningOffice(msp)
      await typing(msp, office.ana, office.dataforth, [
        { command: 'ssh web9 docker ps', error: MISSING('docker'), exit: 127, minute: 1 },
        { command: 'ssh web9 podman ps', error: MISSING('podman'), exit: 127, minute: 2 },
      ])
      const known = await office.patterns(office.dataforth)
      const [docker, podman] = ['docker', 'podman'].map((name) => known.find((row) => row.title.startsWith(name))?.id)
      return { ...office, docker: docker as string, podman: podman as string }
    }

    test('machines of the client come with their names, system, facts and VPN', async () => {
      const { ana, dataforth } = await learningOffice(msp)
      const site = await msp.admin.api.sites.create({
        client_id: dataforth,
        name: 'Main',
        vpn_required: true,
        vpn_type: 'wireguard',
      })
      const { id } = await ana.api.infrastructure.create({
        client_id: dataforth,
        site_id: site.id,
        hostname: 'SRV-OLD',
        fqdn: 'srv-old.dataforth.local',
        primary_ip: '10.0.0.8',
        kind: 'virtual_server',
        os_name: 'Windows Server 2008 R2',
        os_version: '6.1.7601',
      })
      const told = { category: 'shell', statement: 'PowerShell 2.0', value: { version: '2.0' } } as const
      await ana.api.environmentalInsights.create({
        client_id: dataforth,
        infrastructure_id: id,
        key: 'powershell.version',
        ...told,
      })

      const { assets } = await ana.api.failurePatterns.guard({ client_id: dataforth })

      expect(assets).toEqual([
        {
          id,
          names: ['srv-old', 'srv-old.dataforth.local', '10.0.0.8'],
          system: 'windows server 2008 r2',
          facts: { 'powershell.version': '2.0' },
          vpn: 'wireguard',
        },
      ])
    })

    test('a pattern says in which session it failed last, without naming it', async () => {
      const office = await learningOffice(msp)
      const stream = '4f9d1c60-0b5a-4a55-9f43-2f2a7f1f1a77'
      const failing = [{ command: 'ssh web9 docker ps', error: MISSING('docker'), exit: 127, minute: 1 }]
      await typing(msp, office.ana, office.dataforth, failing, stream)

      const { patterns } = await office.ana.api.failurePatterns.guard({ client_id: office.dataforth })

      expect(patterns.map(({ failed_in }) => failed_in)).toEqual([sessionKey(stream)])
      expect(JSON.stringify(patterns)).not.toContain(stream)
    })

    test('what has not changed is not sent again', async () => {
      const { ana, dataforth, docker } = await twoPatterns()
      const { version } = await ana.api.failurePatterns.guard({ client_id: dataforth })

      const again = await ana.api.failurePatterns.guard({ client_id: dataforth, version })
      await ana.api.failurePatterns.update({ id: docker, title: 'No docker here' })
      const changed = await ana.api.failurePatterns.guard({ client_id: dataforth, version })

      expect(again).toEqual({ version, is_unchanged: true, patterns: [], assets: [] })
      expect(changed.is_unchanged).toBe(false)
      expect(changed.patterns.map(({ title }) => title)).toContain('No docker here')
    })

    test('a person confirms what the server is sure of already', async () => {
      const { ana, dataforth, docker } = await twoPatterns()

      const confirmed = await ana.api.failurePatterns.activate({ id: docker })
      const { patterns } = await ana.api.failurePatterns.guard({ client_id: dataforth })

      expect(confirmed).toMatchObject({ status: 'active', verified_by: ana.id, verified_at: at(600) })
      expect(patterns.find(({ id }) => id === docker)).toMatchObject({ is_verified: true, at: at(600) })
    })

    test('of two that say the same the one that is kept counts both', async () => {
      const { ana, bob, dataforth, docker, podman } = await twoPatterns()

      const merged = await ana.api.failurePatterns.merge({ id: podman, into: docker })
      await typing(msp, bob, dataforth, [
        { command: 'ssh web9 podman ps', error: MISSING('podman'), exit: 127, minute: 40 },
      ])

      expect(merged).toMatchObject({ status: 'obsolete', merged_into_id: docker })
      expect(await ana.api.failurePatterns.get({ id: docker })).toMatchObject({ occurrences: 3, last_seen_at: at(40) })
      await expect(ana.api.failurePatterns.merge({ id: docker, into: docker })).rejects.toMatchObject({
        code: 'CONFLICT',
      })
    })

    test('patterns of two clients never become one', async () => {
      const { dataforth, docker, contoso, eve, patterns } = await twoPatterns()
      await typing(msp, eve, contoso, [{ command: 'ssh web9 docker ps', error: MISSING('docker'), minute: 1 }])
      const [other] = await patterns(contoso)

      const merging = msp.admin.api.failurePatterns.merge({ id: other?.id as string, into: docker })

      await expect(merging).rejects.toMatchObject({ code: 'CONFLICT' })
      expect(await patterns(dataforth)).toHaveLength(2)
    })

    test('whether a command failed before is found by what failed of it, however it is typed', async () => {
      const { ana, dataforth, docker } = await twoPatterns()

      const { patterns } = await ana.api.failurePatterns.match({
        client_id: dataforth,
        command: 'ssh -p 22 root@web9 "docker images --all"',
      })

      expect(patterns.map(({ id }) => id)).toContain(docker)
    })

    test('after a year a candidate is forgotten, what was sure is obsolete, and the audit says so', async () => {
      const { ana, dataforth, docker, patterns } = await twoPatterns()
      await typing(msp, ana, dataforth, [
        { command: 'ssh web9 cat /etc/none', error: 'cat: /etc/none: No such file or directory', minute: 3 },
      ])
      const before = await patterns(dataforth)
      msp.clock.set(at(362 * DAY_MINUTES))

      const done = await shortenPatterns(msp.server.deps)
      msp.clock.set(at(600))

      expect(before.map(({ status }) => status).sort()).toEqual(['active', 'active', 'candidate'])
      expect(done.forgotten).toBeGreaterThan(0)
      expect(await patterns(dataforth)).toHaveLength(2)
      expect(await ana.api.failurePatterns.get({ id: docker })).toMatchObject({
        status: 'obsolete',
        obsolete_reason: 'Not seen for 360 days.',
      })
      const { items } = await msp.admin.api.apiAuditLog.list({ limit: 50 })
      expect(items.map(({ path_template }) => path_template)).toContain('/failure-patterns/retention')
    })

    test('the same key in categories of one family becomes one pattern', async () => {
      const { ana, bob, dataforth, patterns } = await learningOffice(msp)
      const command = 'ssh web9 lpadmin -p office'
      await typing(msp, ana, dataforth, [{ command, error: 'lpadmin: Forbidden, no such user', minute: 1 }])
      await typing(msp, bob, dataforth, [{ command, error: 'lpadmin: printer not registered', minute: 2 }])
      const before = await patterns(dataforth)

      await shortenPatterns(msp.server.deps)

      const after = await patterns(dataforth)
      expect(before.map(({ status }) => status)).toEqual(['candidate', 'candidate'])
      expect(after.map(({ status }) => status).sort()).toEqual(['candidate', 'obsolete'])
      expect(after.find(({ status }) => status === 'candidate')?.occurrences).toBe(2)
    })
  })
}
