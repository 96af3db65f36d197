import { describe, expect, test } from 'vitest'
import type { Deps } from '../../../server/context.ts'
import { createRedactionJob } from '../../../server/redaction/job.ts'
import { WITHHELD } from '../../../server/redaction/redaction.ts'
import { DATABASES } from '../../support/databases.ts'
import { anEvent, type TestServer, testServer } from '../../support/server.ts'
import { placesOf } from './canaries.ts'

/** A redactor that fails: what happened is recorded, its texts wait sealed, and nothing is lost and nothing is shown. */

const CANARY = 'cK7vR2mXq9Zt4LpW'
const TOLD = `mysql --password=${CANARY} -h db1`

/** @returns what mends it */
function breakRedactor({ redaction }: Deps): () => void {
  const { rules } = redaction
  const fail = () => {
    throw new Error('the redactor is out of order')
  }
  redaction.rules = { find: fail, replace: fail }
  return () => {
    redaction.rules = rules
  }
}

async function workOff(deps: Deps): Promise<void> {
  const job = await createRedactionJob(deps)
  await job.wake()
  await job.end()
}

const waiting = async ({ server }: TestServer) =>
  (await server.deps.db.selectFrom('quarantined_texts').selectAll().execute()).length

for (const database of DATABASES) {
  describe(`a redactor that fails at the server, on ${database}`, () => {
    const world = async () => {
      const msp = await testServer({ database })
      const ana = await msp.technician({ clients: ['Dataforth'] })
      const clientId = await msp.client('Dataforth')
      const machineId = await msp.machine(ana)
      const mend = breakRedactor(msp.server.deps)
      return { msp, ana, clientId, machineId, mend, [Symbol.asyncDispose]: () => msp[Symbol.asyncDispose]() }
    }
    const events = (clientId: string) => [
      anEvent('session.opened', { mode: 'msp', client_id: clientId, trigger: 'command' }, { stream: 'q' }),
      anEvent('prompt', { text: TOLD }, { stream: 'q' }),
      anEvent(
        'command',
        { command: TOLD, stdout: TOLD, success: true, exit_code: 0, duration_ms: 12 },
        { stream: 'q' },
      ),
    ]

    test('keeps what is no text, and withholds the texts, sealed', async () => {
      await using all = await world()
      const { msp, ana, clientId, machineId } = all

      const { outcomes } = await msp.ingest(ana, machineId, events(clientId))

      expect(outcomes.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted'])
      const [command] = (await ana.api.commandsRun.list({})).items
      expect(command).toMatchObject({
        command: WITHHELD,
        stdout_excerpt: WITHHELD,
        duration_ms: 12,
        redactor_version: 0,
      })
      expect(await waiting(msp)).toBeGreaterThanOrEqual(3)
      expect(await placesOf(msp, [CANARY])).toEqual([])
    })

    test('has them put back, redacted, when it works again: each once', async () => {
      await using all = await world()
      const { msp, ana, clientId, machineId, mend } = all
      await msp.ingest(ana, machineId, events(clientId))
      const { id } = await ana.api.tasks.create({ client_id: clientId, title: 'x', description: TOLD })
      const { id: host } = await ana.api.infrastructure.create({
        client_id: clientId,
        kind: 'virtual_server',
        hostname: 'db1',
        custom: { login: TOLD, room: 4 },
        roles: ['dc'],
      })
      mend()

      await workOff(msp.server.deps)
      await workOff(msp.server.deps)

      expect(await waiting(msp)).toBe(0)
      const [command] = (await ana.api.commandsRun.list({})).items
      const clean = expect.stringMatching(/^mysql --password=\[REDACTED:password:[0-9a-f]{8}\] -h db1$/)
      expect(command).toMatchObject({ command: clean, stdout_excerpt: clean })
      expect(await ana.api.tasks.get({ id })).toMatchObject({ title: 'x', description: clean })
      expect(await ana.api.infrastructure.get({ id: host })).toMatchObject({
        hostname: 'db1',
        custom: { login: clean, room: 4 },
        roles: ['dc'],
      })
      expect((await ana.api.search.query({ q: 'mysql' })).items.map(({ id: found }) => found)).toContain(id)
      const { text } = await msp.server.deps.db
        .selectFrom('session_events')
        .select('text')
        .where('kind', '=', 'prompt')
        .executeTakeFirstOrThrow()
      expect(text).toEqual(clean)
      expect(await placesOf(msp, [CANARY])).toEqual([])
    })

    test('leaves them waiting while it still fails', async () => {
      await using all = await world()
      const { msp, ana, clientId, machineId } = all
      await msp.ingest(ana, machineId, events(clientId))
      const before = await waiting(msp)

      await workOff(msp.server.deps)

      expect(await waiting(msp)).toBe(before)
    })

    test('is killed while it puts one back: it is put back once', async () => {
      await using all = await world()
      const { msp, ana, clientId, mend } = all
      const { id } = await ana.api.tasks.create({ client_id: clientId, title: 'x', description: TOLD })
      mend()
      const { deps } = msp.server
      const opens = deps.vault.openOwn
      deps.vault = {
        ...deps.vault,
        openOwn: async (...asked) => (await opens(...asked)) && Promise.reject(new Error('killed')),
      }
      await workOff(deps)
      expect((await ana.api.tasks.get({ id })).description).toBe(WITHHELD)
      deps.vault = { ...deps.vault, openOwn: opens }

      await workOff(deps)

      expect((await ana.api.tasks.get({ id })).description).toMatch(/^mysql --password=\[REDACTED/)
      expect(await waiting(msp)).toBe(0)
    })

    test('what somebody writes in the meantime counts', async () => {
      await using all = await world()
      const { msp, ana, clientId, mend } = all
      const { id } = await ana.api.tasks.create({ client_id: clientId, title: 'x', description: TOLD })
      mend()
      await ana.api.tasks.update({ id, description: 'Done by phone' })

      await workOff(msp.server.deps)

      expect((await ana.api.tasks.get({ id })).description).toBe('Done by phone')
      expect(await waiting(msp)).toBe(0)
    })

    test('shows nothing of old rows that it could not look through', async () => {
      await using all = await world()
      const { msp, ana, clientId, mend } = all
      mend()
      const { id } = await ana.api.tasks.create({ client_id: clientId, title: 'Old news', description: 'of old' })
      const { redaction } = msp.server.deps
      redaction.isSwept = false
      breakRedactor(msp.server.deps)

      expect(await ana.api.tasks.get({ id })).toMatchObject({ title: WITHHELD, description: WITHHELD })
    })
  })
}
