import { describe, expect, test } from 'vitest'
import { DATABASES } from '../../support/databases.ts'
import { anEvent, type TestServer, testServer } from '../../support/server.ts'

async function world(msp: TestServer) {
  const ana = await msp.technician({ clients: ['Dataforth'] })
  const machine = await msp.machine(ana)
  const client_id = await msp.client('Dataforth')
  const asset = await ana.api.infrastructure.create({ client_id, hostname: 'DC01', kind: 'physical_server' })
  const opened = anEvent('session.opened', { mode: 'msp', client_id, trigger: 'command' }, { id: 'open:1' })
  const ran = (command: string, more = {}) => anEvent('command', { command, ...more })
  const send = (...events: ReturnType<typeof anEvent>[]) => msp.ingest(ana, machine, [opened, ...events])
  const changes = async () => (await ana.api.infrastructureChanges.list({ client: 'Dataforth' })).items
  return { ana, asset, ran, send, changes, client_id }
}
const UNLOCK = 'Invoke-Command -ComputerName DC01 { Unlock-ADAccount jsmit }'

for (const database of DATABASES)
  describe(`changes that commands made, on ${database}`, () => {
    test('a change that worked on a known machine is written down, as done', async () => {
      await using msp = await testServer({ database })
      const { ana, asset, ran, send, changes } = await world(msp)
      await send(ran(UNLOCK))

      expect(await changes()).toMatchObject([
        {
          ...{ category: 'user_account', status: 'implemented', planned: false, infrastructure_id: asset.id },
          ...{ implemented_by: ana.id, reason: `Recorded from a command: ${UNLOCK}` },
        },
      ])
    })

    test('the same event twice makes one change', async () => {
      await using msp = await testServer({ database })
      const { ran, send, changes } = await world(msp)
      const event = ran(UNLOCK)
      await send(event)
      await send(event)

      expect(await changes()).toHaveLength(1)
    })

    test('what failed, what only reads, and a machine that nobody knows make none, and no asset', async () => {
      await using msp = await testServer({ database })
      const { ana, ran, send, changes } = await world(msp)
      await send(
        ran(UNLOCK, { success: false, exit_code: 1 }),
        ran('Invoke-Command -ComputerName DC01 { Get-ADUser jsmit }'),
        ran('ssh nobody-knows "ufw allow 22"'),
      )

      expect(await changes()).toEqual([])
      expect((await ana.api.infrastructure.list({ client: 'Dataforth' })).items).toHaveLength(1)
    })

    test('a statement of a database is kept without its secrets', async () => {
      await using msp = await testServer({ database })
      const { ran, send, changes } = await world(msp)
      await send(ran(`mysql -h DC01 crm -e "create user 'app' identified by 'Tulp3n-uit-A'"`))
      const [change] = await changes()

      expect(change).toMatchObject({ category: 'database', change_type: 'dcl_grant', engine: 'mysql' })
      expect(JSON.stringify(change)).not.toContain('Tulp3n')
    })

    test('what destroys data says that nobody knows of a backup', async () => {
      await using msp = await testServer({ database })
      const { ran, send, changes } = await world(msp)
      await send(ran('mysql -h DC01 crm -e "drop table old_orders"'))

      expect(await changes()).toMatchObject([
        { change_type: 'ddl_drop', backup_taken: false, object_name: 'old_orders' },
      ])
      expect((await changes())[0]?.override_reason).toContain('not known')
    })

    test.each([[[9, 10]], [[10, 9]]])(
      'of two deployments the later one is active, told in the order %j',
      async (minutes) => {
        await using msp = await testServer({ database, now: '2026-01-12T12:00:00.000Z' })
        const { ana, ran, send } = await world(msp)
        for (const minute of minutes)
          await send({
            ...ran(`kubectl set image deploy/api api=reg/api:2.${minute}.0`),
            at: `2026-01-12T09:${String(minute).padStart(2, '0')}:00.000Z`,
          })
        const { items } = await ana.api.deployments.list({ client: 'Dataforth', sort: 'started_at' })

        expect(items).toMatchObject([
          { version_to: '2.9.0', status: 'inactive' },
          { version_to: '2.10.0', status: 'success', environment: 'production' },
        ])
      },
    )
  })
