import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { healthOf, type JudgedPlan, windowOf, worstOf } from '../../server/domains/integrations/rules.ts'
import { BACKUP_HEALTH } from '../../src/contract/backup-health.ts'
import { DATABASES, type DatabaseKind } from '../support/databases.ts'
import { testServer } from '../support/server.ts'

/** The backups of clients: which of them need somebody, and since when. */

const NOW = new Date('2026-01-12T09:00:00.000Z')
const HOUR = 3_600_000
const ago = (hours: number) => new Date(NOW.getTime() - hours * HOUR).toISOString()

const aPlan = (more: Partial<JudgedPlan> = {}): JudgedPlan => ({
  status: 'success',
  last_start: ago(7),
  next_start: ago(-17),
  interval_seconds: 24 * 3600,
  files_failed: 0,
  first_seen_at: ago(1000),
  first_missing_at: null,
  ...more,
})

describe('the health of a backup plan', () => {
  test.each<[string, Partial<JudgedPlan>, string]>([
    ['it ran last night', {}, 'ok'],
    ['it runs', { status: 'running' }, 'ok'],
    ['some files could not be read', { files_failed: 3 }, 'warning'],
    ['the vendor warns', { status: 'warning' }, 'warning'],
    ['nobody knows', { status: 'unknown' }, 'warning'],
    ['it missed one night', { last_start: ago(47) }, 'ok'],
    ['it missed two nights', { last_start: ago(49) }, 'overdue'],
    ['it never ran since it was seen', { last_start: null, first_seen_at: ago(49) }, 'overdue'],
    ['it was made yesterday', { last_start: null, first_seen_at: ago(20) }, 'ok'],
    ['its interval is not known, and the announced start has just passed', late(20), 'ok'],
    ['its interval is not known, and the announced start passed a day ago', late(25), 'overdue'],
    ['it is only run by hand', { interval_seconds: null, next_start: null, last_start: ago(9000) }, 'ok'],
    ['the vendor says so', { status: 'overdue' }, 'overdue'],
    ['the last run failed, and none since', { status: 'error', last_start: ago(100) }, 'failed'],
    ['it was cut off', { status: 'interrupted' }, 'failed'],
    ['it crashed', { status: 'unexpectedly_closed' }, 'failed'],
    ['the computer is no longer told of', { first_missing_at: ago(1) }, 'vanished'],
  ])('when %s', (_, plan, health) => {
    expect(healthOf(aPlan(plan), NOW)).toBe(health)
  })

  function late(hours: number): Partial<JudgedPlan> {
    return { interval_seconds: null, last_start: ago(100), next_start: ago(hours) }
  }

  test('never gets better by waiting', () => {
    const instant = fc.option(fc.integer({ min: 0, max: 500 }).map(ago), { nil: null })
    const plan = fc.record<JudgedPlan>({
      status: fc.constantFrom('success', 'overdue', 'error', 'running', 'unknown', 'warning'),
      last_start: instant,
      next_start: instant,
      interval_seconds: fc.option(fc.integer({ min: 60, max: 1_000_000 }), { nil: null }),
      files_failed: fc.option(fc.nat(3), { nil: null }),
      first_seen_at: fc.integer({ min: 0, max: 500 }).map(ago),
      first_missing_at: instant,
    })
    fc.assert(
      fc.property(plan, fc.nat(1_000), (judged, hours) => {
        const [now, later] = [healthOf(judged, NOW), healthOf(judged, new Date(NOW.getTime() + hours * HOUR))]
        expect(worstOf([now, later])).toBe(later)
      }),
    )
  })
})

test('the window of the statistics is the 30 days before its end, and whole days', () => {
  expect(windowOf(undefined, undefined, NOW)).toEqual({ from: '2025-12-13T09:00:00.000Z', to: NOW.toISOString() })
  expect(windowOf('2026-01-01', '2026-01-02', NOW)).toEqual({
    from: '2026-01-01T00:00:00.000Z',
    to: '2026-01-02T23:59:59.999Z',
  })
})

async function backedUp(database: DatabaseKind) {
  const msp = await testServer({ database, now: NOW.toISOString() })
  const ana = await msp.technician({ name: 'Ana', clients: ['Dataforth'] })
  const [dataforth, contoso] = [await msp.client('Dataforth'), await msp.client('Contoso')]
  const { id } = await msp.admin.api.externalIntegrations.create({ type: 'msp360', name: 'MSP Backups' })
  return {
    msp,
    admin: msp.admin.api,
    ana: ana.api,
    dataforth,
    contoso,
    integration: id,
    [Symbol.asyncDispose]: () => msp[Symbol.asyncDispose](),
  }
}
type World = Awaited<ReturnType<typeof backedUp>>

const standard = (id: string) => ({
  id,
  created_at: NOW.toISOString(),
  updated_at: NOW.toISOString(),
  created_by: null,
  updated_by: null,
  archived_at: null,
  row_version: 1,
})
const COPIED = {
  files_scanned: null,
  files_to_backup: null,
  files_copied: null,
  files_failed: null,
  bytes_to_backup: null,
  bytes_copied: null,
  bytes_total: null,
}

/** A plan as the sync of another system would write it. */
async function insertPlan(
  { msp, integration }: World,
  clientId: string | null,
  computer: string,
  more: Record<string, unknown> = {},
): Promise<string> {
  const { db, newId } = msp.server.deps
  const id = newId()
  await db
    .insertInto('backup_plan_status')
    .values({
      ...standard(id),
      ...COPIED,
      integration_id: integration,
      client_id: clientId,
      infrastructure_id: null,
      plan_key: id,
      plan_id: null,
      plan_name: 'Nightly',
      plan_type: 'hyperv_backup',
      computer,
      hid: null,
      company_name: null,
      user_name: null,
      storage_type: null,
      build_version: null,
      status: 'success',
      last_start: ago(7),
      next_start: null,
      last_success_at: ago(7),
      interval_seconds: 86_400,
      duration_seconds: null,
      error: null,
      bytes_total: 1_000_000_000_000,
      report_url: null,
      first_seen_at: ago(1000),
      last_seen_at: ago(0),
      first_missing_at: null,
      raw: '{}',
      ...more,
    })
    .execute()
  return id
}

async function insertRun(
  { msp }: World,
  plan: string,
  clientId: string,
  hoursAgo: number,
  status: 'success' | 'error',
) {
  const { db, newId } = msp.server.deps
  await db
    .insertInto('backup_runs')
    .values({
      ...standard(newId()),
      ...COPIED,
      backup_plan_status_id: plan,
      client_id: clientId,
      status,
      started_at: ago(hoursAgo),
      finished_at: null,
      duration_seconds: null,
      error: null,
      report_url: null,
      raw: '{}',
    })
    .execute()
}

for (const database of DATABASES) {
  describe(`the board of backups, on ${database}`, () => {
    test('names what needs somebody, worst first, and counts all', async () => {
      await using world = await backedUp(database)
      const { dataforth, contoso, admin } = world
      await insertPlan(world, dataforth, 'SRV-OK')
      await insertPlan(world, dataforth, 'SRV-LATE', { last_start: ago(100) })
      await insertPlan(world, dataforth, 'SRV-LATE', { plan_name: 'Files', status: 'error', error: 'Disk full' })
      await insertPlan(world, dataforth, 'SRV-GONE', { first_missing_at: ago(1) })
      await insertPlan(world, dataforth, 'SRV-OK', { plan_type: 'restore_files', status: 'error' })
      await insertPlan(world, contoso, 'SRV-CO')

      const board = await admin.backups.board({})

      const none = { vanished: 0, failed: 0, overdue: 0, warning: 0, ok: 0 }
      expect(board.counts).toEqual({ ...none, vanished: 1, failed: 1, overdue: 1, ok: 2 })
      expect(board.clients).toMatchObject([
        {
          client_name: 'Dataforth',
          counts: { vanished: 1, failed: 1, overdue: 1, ok: 1 },
          computers: [
            { computer: 'SRV-GONE', health: 'vanished' },
            {
              computer: 'SRV-LATE',
              health: 'failed',
              plans: [
                { plan_name: 'Files', health: 'failed', error: 'Disk full' },
                { plan_name: 'Nightly', health: 'overdue' },
              ],
            },
          ],
        },
        { client_name: 'Contoso', counts: { ...none, ok: 1 }, computers: [] },
      ])
      expect((await admin.backups.board({ client: 'Contoso', health: 'ok' })).clients).toMatchObject([
        { client_name: 'Contoso', computers: [{ computer: 'SRV-CO', health: 'ok' }] },
      ])
      expect(BACKUP_HEALTH).toEqual(Object.keys(none))
    })

    test('shows a technician the own clients, and a computer of nobody only to who leads', async () => {
      await using world = await backedUp(database)
      const { dataforth, contoso, admin, ana } = world
      await insertPlan(world, dataforth, 'SRV-DF', { status: 'error' })
      await insertPlan(world, contoso, 'SRV-CO', { status: 'error' })
      await insertPlan(world, null, 'SRV-WHO', { status: 'error' })
      const computers = ({ clients }: Awaited<ReturnType<typeof ana.backups.board>>) =>
        clients.flatMap((client) => client.computers.map(({ computer }) => computer)).sort()

      expect(computers(await ana.backups.board({}))).toEqual(['SRV-DF'])
      expect(computers(await admin.backups.board({}))).toEqual(['SRV-CO', 'SRV-DF', 'SRV-WHO'])
      await expect(ana.backups.board({ client_id: contoso })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    })

    test('has figures per client and time', async () => {
      await using world = await backedUp(database)
      const { dataforth, contoso, ana } = world
      const plan = await insertPlan(world, dataforth, 'SRV-A')
      await insertPlan(world, dataforth, 'SRV-A', { last_success_at: ago(2) })
      await insertPlan(world, contoso, 'SRV-B')
      await insertRun(world, plan, dataforth, 2, 'success')
      await insertRun(world, plan, dataforth, 26, 'error')
      await insertRun(world, plan, dataforth, 31 * 24, 'error')

      expect((await ana.backups.statistics({})).items).toEqual([
        {
          client_id: dataforth,
          client_name: 'Dataforth',
          plans: 2,
          computers: 1,
          protected_bytes: 2_000_000_000_000,
          last_success_at: ago(2),
          runs: 2,
          failures: 1,
        },
      ])
      expect((await ana.backups.statistics({ date_from: '2026-01-12' })).items).toMatchObject([
        { runs: 1, failures: 0 },
      ])
    })

    test('an alert is acknowledged once, by somebody', async () => {
      await using world = await backedUp(database)
      const { msp, dataforth, integration, ana } = world
      const alert = {
        ...standard(msp.server.deps.newId()),
        integration_id: integration,
        backup_plan_status_id: null,
        client_id: dataforth,
        ticket_link_id: null,
        kind: 'failed' as const,
        severity: 'high' as const,
        dedup_id: 'failed:1',
        title: 'Nightly failed',
        message: null,
        status: 'open' as const,
        occurrences: 1,
        raised_at: ago(1),
        last_seen_at: ago(1),
        acknowledged_at: null,
        acknowledged_by: null,
        acknowledge_note: null,
        resolved_at: null,
      }
      await msp.server.deps.db.insertInto('backup_alerts').values(alert).execute()

      const acknowledged = await ana.backupAlerts.acknowledge({ id: alert.id, note: 'New disk ordered' })

      expect(acknowledged).toMatchObject({
        status: 'acknowledged',
        acknowledged_at: NOW.toISOString(),
        acknowledge_note: 'New disk ordered',
      })
      expect(await ana.backupAlerts.acknowledge({ id: alert.id })).toEqual(acknowledged)
    })
  })
}
