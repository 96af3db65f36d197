import { describe, expect, test } from 'vitest'
import { refreshDue } from '../../../server/domains/integrations/backup-sync.ts'
import { DATABASES } from '../../support/databases.ts'
import { aRun, type FakeMsp360, fakeMsp360 } from '../../support/vendors/msp360.ts'
import { type VendorWorld, vendorWorld } from './world.ts'

/** How the backups of clients are: read from MSP Backups, matched with clients, told to people. */

const HOUR = 3_600_000

interface Office {
  fake: FakeMsp360
  world: VendorWorld
  dataforth: string
}

for (const database of DATABASES) {
  describe(`backups, on ${database}`, () => {
    /** Dataforth has SRV-OLD, and a company of its name at MSP Backups. */
    const office = async (act: (office: Office) => Promise<void>) => {
      const fake = await fakeMsp360()
      await using world = await vendorWorld(database, fake, {
        ...{ type: 'msp360', kind: 'basic', username: fake.username, secrets: { password: fake.password } },
      })
      const dataforth = await world.msp.client('Dataforth')
      const server = { client_id: dataforth, hostname: 'SRV-OLD', kind: 'physical_server' } as const
      await world.msp.admin.api.infrastructure.create(server)
      fake.companies = [{ Id: 'c-1', Name: 'Dataforth' }]
      fake.monitoring = [aRun({ LastStart: at(world, -2 * HOUR), NextStart: at(world, 22 * HOUR) })]
      await act({ fake, world, dataforth })
    }
    /** As the vendor writes it. */
    const at = ({ msp }: VendorWorld, ms: number) =>
      new Date(msp.clock.now().getTime() + ms).toISOString().replace(/\.\d+Z$/, '')
    const refresh = async ({ msp }: VendorWorld) => (await msp.admin.api.backups.refresh({})).items[0]
    const plans = async ({ msp }: VendorWorld) => (await msp.admin.api.backupPlanStatus.list({})).items
    const alerts = async ({ msp }: VendorWorld) => (await msp.admin.api.backupAlerts.list({ sort: 'raised_at' })).items

    test('are nobody’s until a person confirms whose the company is, and the client’s from the next reading', () =>
      office(async ({ world, dataforth }) => {
        const { admin } = world.msp
        expect(await refresh(world)).toMatchObject({ plans: 1, new_runs: 1, unmatched: 1, error: null })
        expect(await plans(world)).toMatchObject([{ client_id: null, computer: 'SRV-OLD', status: 'success' }])
        const [suggested] = (await admin.api.externalRefs.list({ status: 'suggested' })).items
        expect(suggested).toMatchObject({ entity_id: dataforth, external_id: 'c-1', external_name: 'Dataforth' })

        await admin.api.externalRefs.confirm({ id: suggested?.id as string })
        expect(await refresh(world)).toMatchObject({ plans: 1, new_runs: 0, unmatched: 0 })

        expect(await plans(world)).toMatchObject([
          { client_id: dataforth, infrastructure_id: expect.any(String), interval_seconds: 86_400 },
        ])
        expect((await admin.api.backupRuns.list({})).items).toMatchObject([{ client_id: dataforth, status: 'success' }])
      }))

    test('that fail raise one alert while it lasts, and it is resolved by the next success', () =>
      office(async ({ fake, world }) => {
        fake.monitoring = [aRun({ LastStart: at(world, -HOUR), NextStart: null, Status: 2, ErrorMessage: 'Disk full' })]
        await refresh(world)
        await refresh(world)
        expect(await alerts(world)).toMatchObject([
          { kind: 'failed', status: 'open', occurrences: 1, message: 'Disk full' },
        ])

        fake.monitoring = [aRun({ LastStart: at(world, -60_000), NextStart: null })]
        expect(await refresh(world)).toMatchObject({ new_runs: 1, alerts_resolved: 1 })

        expect(await alerts(world)).toMatchObject([{ kind: 'failed', status: 'resolved' }])
        expect((await world.msp.admin.api.backupRuns.list({})).items).toHaveLength(2)
      }))

    test('of a computer that is told of no longer are the failure that nobody sees', () =>
      office(async ({ fake, world }) => {
        await refresh(world)
        fake.monitoring = []
        expect(await refresh(world)).toMatchObject({ plans: 0, vanished: 1, alerts_raised: 1 })
        expect(await refresh(world)).toMatchObject({ vanished: 0, alerts_raised: 0 })
        expect(await alerts(world)).toMatchObject([{ kind: 'vanished', severity: 'high', status: 'open' }])

        fake.monitoring = [aRun({ LastStart: at(world, -HOUR), NextStart: null })]
        await refresh(world)

        expect(await plans(world)).toMatchObject([{ first_missing_at: null }])
        expect(await alerts(world)).toMatchObject([{ kind: 'vanished', status: 'resolved' }])
      }))

    test('keep what is known when the system is away, and the reason is told', () =>
      office(async ({ fake, world }) => {
        await refresh(world)
        fake.fail({ how: 'reply', reply: { status: 503, body: '' } }, { times: 9 })

        expect(await refresh(world)).toMatchObject({ plans: 0, error: expect.stringContaining('503') })
        expect(await plans(world)).toMatchObject([{ first_missing_at: null, status: 'success' }])
      }))

    test('are read every hour by one of the servers', () =>
      office(async ({ fake, world }) => {
        const { deps } = world.msp.server
        const reads = () => fake.asked(/Monitoring/).length
        await Promise.all([refreshDue(deps), refreshDue(deps)])
        expect(reads()).toBe(1)
        world.msp.clock.advance(HOUR - 1)
        await refreshDue(deps)
        expect(reads()).toBe(1)

        world.msp.clock.advance(2)
        await refreshDue(deps)

        expect(reads()).toBe(2)
      }))

    test('show no secret that an error names', () =>
      office(async ({ fake, world }) => {
        const ErrorMessage = 'net use \\\\NAS1\\b$ /user:backup Kranich17! failed: password=Kranich17!'
        fake.monitoring = [aRun({ LastStart: at(world, -HOUR), Status: 2, ErrorMessage })]
        await refresh(world)

        expect(JSON.stringify([await plans(world), await alerts(world)])).not.toContain('Kranich17!')
      }))

    test('are a text for a ticket: figures, then what to look at, in one line each', () =>
      office(async ({ fake, world }) => {
        const { admin } = world.msp
        const bad = { PlanId: 'b2', PlanName: 'Files\n# [x](http://evil)', Status: 2, ErrorMessage: 'no\u202e space' }
        fake.monitoring = [...fake.monitoring, aRun({ LastStart: at(world, -HOUR), NextStart: null, ...bad })]
        await refresh(world)
        for (const { id } of (await admin.api.externalRefs.list({})).items) await admin.api.externalRefs.confirm({ id })
        await refresh(world)

        const { title, markdown, attention } = await admin.api.backups.report({ client: 'Dataforth' })

        expect(title).toMatch(/^Backup report of Dataforth, \d{4}-\d\d-\d\d$/)
        expect(attention).toBe(1)
        expect(markdown).toMatch(/^2 plans: 1 failed, 1 in order\.$/m)
        expect(markdown).toMatch(/^- SRV-OLD: Files x \(http:\/\/evil\) failed, last began .*: no space$/m)
      }))
  })
}
