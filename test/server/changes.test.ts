import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DATABASES } from '../support/databases.ts'
import { type TestServer, type TestUser, testServer } from '../support/server.ts'

/** Changes and deployments from the plan to what came of them. */

const NOON = '2026-01-12T12:00:00.000Z'

for (const database of DATABASES) {
  describe(`changes, on ${database}`, () => {
    let msp: TestServer
    let ana: TestUser
    let ben: TestUser
    let lea: TestUser
    let client_id: string
    let infrastructure_id: string
    beforeAll(async () => {
      msp = await testServer({ database, now: NOON })
      ana = await msp.technician({ name: 'Ana', clients: ['Dataforth'] })
      ben = await msp.technician({ name: 'Ben', clients: ['Dataforth'] })
      lea = await msp.technician({ name: 'Lea', role: 'lead', clients: ['Dataforth'] })
      client_id = await msp.client('Dataforth')
      const asset = { client_id, kind: 'virtual_server', hostname: 'SRV-OLD' } as const
      infrastructure_id = (await ana.api.infrastructure.create(asset)).id
    })
    afterAll(() => msp[Symbol.asyncDispose]())

    describe('a change', () => {
      const plan = (fields: Record<string, unknown> = {}, by = ana) =>
        by.api.infrastructureChanges.create({
          ...{ client_id, infrastructure_id, category: 'config', reason: 'SRV-OLD runs out of ports' },
          ...fields,
        })

      test('that is agreed on beforehand is carried out, checked and taken back', async () => {
        const { id, status } = await plan()

        const done = await ana.api.infrastructureChanges.implement({ id, after_state: { ports: 65534 } })
        const verified = await ben.api.infrastructureChanges.verify({ id })
        const back = await ana.api.infrastructureChanges.rollBack({ id })

        expect(status).toBe('planned')
        expect(done).toMatchObject({ status: 'implemented', changed_at: NOON, implemented_by: ana.id })
        expect(done.after_state).toEqual({ ports: 65534 })
        expect(verified).toMatchObject({ status: 'verified', verified_at: NOON })
        expect(back).toMatchObject({ status: 'rolled_back', rolled_back_at: NOON, changed_at: NOON })
      })

      test('that is normal waits for somebody else to approve it, and stays as it was approved', async () => {
        const { id } = await plan({ change_class: 'normal' })
        const mine = await plan({ change_class: 'normal' }, lea)

        await expect(ana.api.infrastructureChanges.implement({ id })).rejects.toMatchObject({ code: 'CONFLICT' })
        await expect(ana.api.infrastructureChanges.approve({ id })).rejects.toMatchObject({ code: 'FORBIDDEN' })
        const approved = await ben.api.infrastructureChanges.approve({ id })
        await expect(ana.api.infrastructureChanges.update({ id, reason: 'Another' })).rejects.toMatchObject({
          code: 'CONFLICT',
        })
        const done = await ana.api.infrastructureChanges.implement({ id, changed_at: '2026-01-12T11:00:00.000Z' })

        expect(approved).toMatchObject({ status: 'approved', approved_by: ben.id, approved_at: NOON })
        expect(done).toMatchObject({ status: 'implemented', changed_at: '2026-01-12T11:00:00.000Z' })
        expect((await lea.api.infrastructureChanges.approve({ id: mine.id })).status).toBe('approved')
      })

      test('that did not work says why, and when it was tried', async () => {
        const { id } = await plan({ change_class: 'emergency' })

        const failed = await ana.api.infrastructureChanges.fail({ id, reason: 'The driver does not support it' })

        expect(failed).toMatchObject({
          status: 'failed',
          changed_at: NOON,
          failure_reason: expect.stringContaining('driver'),
        })
        await expect(ana.api.infrastructureChanges.verify({ id })).rejects.toMatchObject({
          code: 'CONFLICT',
          message: 'This infrastructure change is failed. Only one that is implemented can become verified.',
        })
      })

      test('of nothing is none, and one of a database says of which kind', async () => {
        const refused = { code: 'INVALID_INPUT' }

        await expect(plan({ infrastructure_id: null })).rejects.toMatchObject(refused)
        await expect(plan({ category: 'database' })).rejects.toMatchObject(refused)
        await expect(plan({ change_type: 'index' })).rejects.toMatchObject(refused)
      })

      test('that destroys data needs a backup, or a reason why there is none', async () => {
        const drop = { category: 'database', change_type: 'ddl_drop', engine: 'mssql', object_name: 'dbo.OldOrders' }
        const [first, second] = [await plan(drop), await plan(drop)]

        await expect(ana.api.infrastructureChanges.implement({ id: first.id })).rejects.toMatchObject({
          code: 'INVALID_INPUT',
          message: expect.stringContaining('backup'),
        })
        const saved = { backup_taken: true, backup_ref: 'veeam-4711' }
        const done = await ana.api.infrastructureChanges.implement({ id: first.id, ...saved })
        const override_reason = 'The table is empty'
        const forced = await ana.api.infrastructureChanges.implement({ id: second.id, override_reason })

        expect(done).toMatchObject({ status: 'implemented', ...saved })
        expect(forced.override_reason).toBe(override_reason)
        await expect(ana.api.infrastructureChanges.update({ id: first.id, backup_taken: false })).rejects.toMatchObject(
          {
            code: 'INVALID_INPUT',
          },
        )
      })

      test('keeps no password that stood in a statement', async () => {
        const statement = "ALTER LOGIN erp WITH PASSWORD = 'Tr0ub4dor&3-zq7'"

        const { id } = await plan({
          category: 'database',
          change_type: 'dcl_grant',
          statement,
          rollback_statement: statement,
        })
        const changed = await ana.api.infrastructureChanges.update({ id, statement: `${statement}; -- again` })

        expect(JSON.stringify(changed)).not.toContain('Tr0ub4dor')
        expect(changed.statement).toMatch(/^ALTER LOGIN erp WITH PASSWORD = .*\[REDACTED:.*again$/)
      })

      test('is found by what it changed, the newest first', async () => {
        const host = { client_id, kind: 'laptop', hostname: 'ERP-1' } as const
        const { id } = await ana.api.infrastructure.create(host)
        const [older, newer] = [await plan({ infrastructure_id: id }), await plan({ infrastructure_id: id })]
        await ana.api.infrastructureChanges.implement({ id: newer.id })
        await ana.api.infrastructureChanges.implement({ id: older.id, changed_at: '2026-01-02T09:00:00.000Z' })

        const of = { infrastructure_id: id, sort: '-changed_at' }
        const all = await ana.api.infrastructureChanges.list(of)
        const week = await ana.api.infrastructureChanges.list({ ...of, date_from: '2026-01-05' })

        expect(all.items.map((change) => change.id)).toEqual([newer.id, older.id])
        expect(week.items.map((change) => change.id)).toEqual([newer.id])
      })
    })

    describe('a deployment', () => {
      const deploy = async (fields: Record<string, unknown> = {}) => {
        const { id } = await ana.api.deployments.create({
          client_id,
          infrastructure_id,
          environment: 'production',
          ...fields,
        })
        await ana.api.deployments.start({ id })
        return id
      }

      test('that succeeds says how long its change was on the way, and replaces the one before it', async () => {
        const before = await deploy({ version_to: '2.3.0' })
        await ana.api.deployments.finish({ id: before, status: 'success' })
        const elsewhere = await deploy({ environment: 'staging' })
        await ana.api.deployments.finish({ id: elsewhere, status: 'success' })
        const id = await deploy({ version_to: '2.4.0', committed_at: '2026-01-12T10:00:00.000Z' })

        const done = await ana.api.deployments.finish({ id, status: 'success', health_check: { http: 200 } })
        const again = await ana.api.deployments.finish({ id, status: 'success' })

        expect(done).toMatchObject({
          status: 'success',
          lead_time_seconds: 7_200,
          deployed_by: ana.id,
          started_at: NOON,
        })
        expect(again).toEqual(done)
        expect((await ana.api.deployments.get({ id: before })).status).toBe('inactive')
        expect((await ana.api.deployments.get({ id: elsewhere })).status).toBe('success')
      })

      test('that fails replaces nothing, and one that was not begun does not end', async () => {
        const active = await deploy()
        await ana.api.deployments.finish({ id: active, status: 'success' })
        const id = await deploy({ committed_at: '2026-01-12T10:00:00.000Z' })
        const queued = await ana.api.deployments.create({ client_id, environment: 'test' })

        const failed = await ana.api.deployments.finish({ id, status: 'failure' })
        const back = await ana.api.deployments.rollBack({ id })

        expect(failed).toMatchObject({ status: 'failure', lead_time_seconds: null })
        expect(back).toMatchObject({ status: 'rolled_back', rolled_back_at: NOON })
        expect((await ana.api.deployments.get({ id: active })).status).toBe('success')
        await expect(ana.api.deployments.finish({ id: queued.id, status: 'success' })).rejects.toMatchObject({
          code: 'CONFLICT',
        })
        await expect(
          ana.api.deployments.finish({ id: await deploy(), status: 'error', finished_at: '2026-01-12T11:00:00.000Z' }),
        ).rejects.toMatchObject({ code: 'INVALID_INPUT' })
      })
    })

    describe('what a work item touched', () => {
      test('is each asset once, of the same client', async () => {
        const machine_id = await msp.machine(ana)
        const opened = { machine_id, client_id, mode: 'msp', claude_session_id: 'a'.repeat(36) } as const
        const { id: session_id } = await ana.api.sessions.create(opened)
        const { id: work_item_id } = await ana.api.workItems.create({
          session_id,
          client_id,
          title: 'Restart the spooler',
        })
        await msp.client('Contoso')
        const contoso = await msp.client('Contoso')
        const foreign = await msp.admin.api.infrastructure.create({
          client_id: contoso,
          kind: 'laptop',
          hostname: 'C-1',
        })

        const touched = await ana.api.workItemAssets.create({ work_item_id, infrastructure_id })

        expect(touched).toMatchObject({ work_item_id, infrastructure_id, client_id })
        const touch = (by: TestUser, asset: Record<string, unknown>) =>
          by.api.workItemAssets.create({ work_item_id, ...asset })
        await expect(touch(ana, { infrastructure_id })).rejects.toMatchObject({ code: 'CONFLICT' })
        await expect(touch(ana, {})).rejects.toMatchObject({ code: 'INVALID_INPUT' })
        await expect(touch(ana, { infrastructure_id: foreign.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
        await expect(touch(msp.admin, { infrastructure_id: foreign.id })).rejects.toMatchObject({
          code: 'INVALID_INPUT',
        })
        await ana.api.workItemAssets.archive({ id: touched.id })
        expect((await touch(ana, { infrastructure_id })).id).not.toBe(touched.id)
      })
    })
  })
}
