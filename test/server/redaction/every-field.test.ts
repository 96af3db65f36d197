import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { EVENT_KINDS, EVENT_TEXTS, type EventKind } from '../../../src/contract/events.ts'
import { everyOperation } from '../../../src/contract/index.ts'
import type { Operation } from '../../../src/contract/kernel.ts'
import { DATABASES } from '../../support/databases.ts'
import { anEvent, type TestServer, type TestUser, testServer } from '../../support/server.ts'
import { withText } from '../arbitrary.ts'
import { operationInputs } from '../operation-inputs.ts'
import { type TwoClients, twoClients } from '../two-clients.ts'
import { type Input, overRpc } from '../wires.ts'
import { placesOf } from './canaries.ts'

/** F7: a technician writes a password where it does not belong. Wherever a text can be given, the database does not get it. */

const CANARY = 'cK7vR2mXq9Zt4LpW'
/** What people write, in a form that fits into a line. */
const TOLD = `The password is ${CANARY}`

/** What keeps a secret on purpose, or has no text of its own. */
const NOT_TEXTS = new Set(['auth', 'ingest'])
const WRITING = everyOperation().filter(
  ([domain, , operation]) => operation.kind === 'mutation' && !NOT_TEXTS.has(domain),
)

const shapeOf = ({ input }: Operation) => (input as unknown as z.ZodObject).shape as Record<string, z.ZodType>

/** Data that an event of this kind needs, whatever its texts. */
const NEEDED: Partial<Record<EventKind, Record<string, unknown>>> = {
  'session.opened': { mode: 'msp', trigger: 'command' },
  'session.closed': { reason: 'exit' },
  file: { change: 'M' },
}

for (const database of DATABASES) {
  describe(`F7: a secret in a text, on ${database}`, () => {
    let msp: TestServer
    let world: TwoClients
    beforeAll(async () => {
      msp = await testServer({ database })
      world = await twoClients(msp)
    })
    afterAll(() => msp[Symbol.asyncDispose]())

    test('is kept by no operation in any of its fields', { timeout: 120_000 }, async () => {
      const inputs = operationInputs(world)
      const taken: string[] = []

      for (const [domain, name, operation] of WRITING) {
        const path = `${domain}.${name}`
        const shape = shapeOf(operation)
        const fields = Object.keys(withText(shape, {}, TOLD))
        // One after the other: a field may be one that rules refuse together with another.
        for (const field of fields) {
          const input: Input = { ...inputs[path], ...withText({ [field]: shape[field] as z.ZodType }, {}, TOLD) }
          const { code } = await overRpc(msp.url, msp.admin.accessToken, path, input)
          if (code === undefined) taken.push(`${path} ${field}`)
        }
      }

      expect(taken.length).toBeGreaterThan(150)
      expect(await placesOf(msp, [CANARY])).toEqual([])
    })

    test('is told by the answer: it shows the mark', async () => {
      const { api } = world.ben
      const { clients, infrastructure } = world.contoso.rows

      const task = await api.tasks.create({
        client_id: clients,
        title: `Call back, ${TOLD}`,
        infrastructure_id: infrastructure,
      })

      expect(task.title).toMatch(/^Call back, The password is \[REDACTED:password:[0-9a-f]{8}\]$/)
    })
  })

  describe(`F7: a secret in what a machine tells, on ${database}`, () => {
    let msp: TestServer
    let ana: TestUser
    let machineId: string
    beforeAll(async () => {
      msp = await testServer({ database })
      ana = await msp.technician({ clients: ['Dataforth'] })
      machineId = await msp.machine(ana)
    })
    afterAll(() => msp[Symbol.asyncDispose]())

    test.each(EVENT_KINDS)('is kept of no event of kind %s', async (kind) => {
      const fields = Object.keys(EVENT_TEXTS[kind])
      const texts = Object.fromEntries(fields.map((field) => [field, TOLD]))
      const event = anEvent(kind, { ...NEEDED[kind], ...texts }, { stream: `F7 ${kind}`, stretch: 1 })

      const { outcomes } = await msp.ingest(ana, machineId, [event])

      expect(outcomes).toMatchObject([{ outcome: 'accepted' }])
      expect(await placesOf(msp, [CANARY])).toEqual([])
    })

    test('an event says how many were found, and by which rules', async () => {
      const event = anEvent(
        'command',
        { command: `mysql --password=${CANARY}`, redaction_count: 2 },
        { stream: 'F7 counts' },
      )

      await msp.ingest(ana, machineId, [event, anEvent('prompt', { text: TOLD }, { stream: 'F7 counts' })])

      const { db, redaction } = msp.server.deps
      const command = await db
        .selectFrom('commands_run')
        .select(['redaction_count', 'redactor_version'])
        .where('command', 'like', 'mysql --password=%')
        .executeTakeFirstOrThrow()
      const prompt = await db
        .selectFrom('session_events')
        .select(['redaction_count', 'redactor_version'])
        .where('event_id', 'like', 'prompt:%')
        .where('stream', '=', 'F7 counts')
        .executeTakeFirstOrThrow()
      expect(numbers(command)).toEqual({ redaction_count: 3, redactor_version: redaction.version })
      expect(numbers(prompt)).toEqual({ redaction_count: 1, redactor_version: redaction.version })
    })
  })
}

/** One of the databases gives whole numbers as text. */
const numbers = (row: object) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)]))
