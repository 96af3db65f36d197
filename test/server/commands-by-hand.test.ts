import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { DATABASES } from '../support/databases.ts'
import { testServer } from '../support/server.ts'

/** Work that no hook saw: somebody writes it down over REST. */

async function office(database: (typeof DATABASES)[number]) {
  const msp = await testServer({ database })
  const ana = await msp.technician({ name: 'Ana', clients: ['Dataforth'] })
  const of = { client_id: await msp.client('Dataforth') }
  const server = await ana.api.infrastructure.create({ ...of, kind: 'virtual_server', hostname: 'SRV-WEB' })
  const session = await ana.api.sessions.create({
    ...of,
    machine_id: await msp.machine(ana),
    mode: 'msp',
    claude_session_id: randomUUID(),
  })
  const record = (command: string, more: Record<string, unknown> = {}) =>
    ana.api.commandsRun.create({ session_id: session.id, command, success: true, ...more })
  return { msp, ana, server, session, record, [Symbol.asyncDispose]: () => msp[Symbol.asyncDispose]() }
}

for (const database of DATABASES) {
  describe(`a command that is written down, on ${database}`, () => {
    test('is numbered, belongs to the client of the session and to the asset that it ran on', async () => {
      await using world = await office(database)

      await world.record('hostname')
      const second = await world.record('ssh SRV-WEB systemctl restart nginx')

      expect(second).toMatchObject({
        seq: 2,
        client_id: world.session.client_id,
        infrastructure_id: world.server.id,
        machine_id: world.session.machine_id,
      })
    })

    test('answers the failure before it', async () => {
      await using world = await office(database)

      const failed = await world.record('systemctl restart nginx', { success: false, exit_code: 1 })
      const worked = await world.record('systemctl restart nginx')

      const { resolved_by_id } = await world.ana.api.commandsRun.get({ id: failed.id })
      expect(resolved_by_id).toBe(worked.id)
    })

    test('keeps no password', async () => {
      await using world = await office(database)

      const kept = await world.record('mysql -u root --password=Sommer2026! -e "select 1"', {
        stdout: 'password: Winter2025!',
      })

      expect(JSON.stringify(kept)).not.toMatch(/Sommer2026|Winter2025/)
      expect(kept.redaction_count).toBe(2)
    })
  })
}
