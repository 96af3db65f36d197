import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { workOff } from '../../../server/domains/integrations/action-worker.ts'
import { runDue } from '../../../server/domains/integrations/workflow-worker.ts'
import { DATABASES, type DatabaseKind } from '../../support/databases.ts'
import { anAutotaskTicket, type FakeAutotask, fakeAutotask } from '../../support/vendors/autotask.ts'
import { aConnectWiseTicket, type FakeConnectWise, fakeConnectWise } from '../../support/vendors/connectwise.ts'
import type { FakeVendor } from '../../support/vendors/server.ts'
import { aTicket, type FakeSyncro, fakeSyncro } from '../../support/vendors/syncro.ts'
import { agentOf, steppedUp } from '../vault-world.ts'
import { type Settings, vendorWorld } from './world.ts'

/** What reaches a customer of a PSA: what a person agreed to who had just given their password, and nothing else, by whatever door it is asked for. */

interface Psa<F extends FakeVendor> {
  settings: Settings
  /** With one ticket of Dataforth. */
  fake(): Promise<F>
  ticket: { id: string; number: string; customerId: string; statuses: readonly string[] }
  /** The most that somebody can agree to. */
  widest: 'portal' | 'mailed'
  /** What the customer got or can see over there. */
  reached(fake: F): readonly unknown[]
  /** What was written, whoever sees it. */
  written(fake: F): readonly unknown[]
}

const syncro: Psa<FakeSyncro> = {
  settings: { type: 'syncro', kind: 'api_key', secrets: { api_key: 'CANARY-syncro-token' } },
  fake: async () => Object.assign(await fakeSyncro(), { tickets: [aTicket(101, { number: '12345', customer_id: 1 })] }),
  ticket: { id: '101', number: '#12345', customerId: '1', statuses: ['In Progress', 'Resolved'] },
  widest: 'mailed',
  reached: ({ mailed, tickets }) => [
    ...mailed,
    ...tickets.flatMap(({ comments, attachments }) => [...comments.filter(({ hidden }) => !hidden), ...attachments]),
  ],
  written: ({ tickets }) => tickets.flatMap(({ comments }) => comments),
}

const INTERNAL_ONLY = 2
const autotask: Psa<FakeAutotask> = {
  settings: {
    ...{ type: 'autotask', kind: 'api_key', username: 'api@msp.example' },
    secrets: { secret: 'CANARY-autotask', integration_code: 'CANARY-code' },
  },
  fake: async () => {
    const fake = await fakeAutotask()
    fake.rows.tickets = [anAutotaskTicket(1)]
    return fake
  },
  ticket: { id: '1', number: 'T20260110.0001', customerId: '1', statuses: ['In Progress', 'Complete'] },
  widest: 'portal',
  reached: ({ rows }) =>
    [...(rows.ticketnotes ?? []), ...(rows.ticketattachments ?? [])].filter(({ publish }) => publish !== INTERNAL_ONLY),
  written: ({ rows }) => [...(rows.ticketnotes ?? []), ...(rows.ticketattachments ?? [])],
}

const connectwise: Psa<FakeConnectWise> = {
  settings: {
    ...{ type: 'connectwise', kind: 'api_key', config: { company_id: 'acme', client_id: 'c1' } },
    secrets: { public_key: 'CANARY-public', private_key: 'CANARY-private' },
  },
  fake: async () => {
    const fake = await fakeConnectWise()
    fake.rows.tickets = [aConnectWiseTicket(1)]
    return fake
  },
  ticket: { id: '1', number: '1', customerId: '2', statuses: ['New', 'Closed'] },
  widest: 'portal',
  reached: ({ rows: { notes, documents, entries } }) => [
    ...notes.filter((note) => note.detailDescriptionFlag || note.resolutionFlag || note.processNotifications),
    ...documents.filter(({ privateFlag }) => privateFlag !== 'true'),
    ...entries.filter((entry) => entry.addToDetailDescriptionFlag || entry.emailContactFlag || entry.emailCcFlag),
  ],
  written: ({ rows: { notes, documents } }) => [...notes, ...documents],
}

async function desk<F extends FakeVendor>(database: DatabaseKind, psa: Psa<F>) {
  const fake = await psa.fake()
  const world = await vendorWorld(database, fake, psa.settings, { config: { delivering: false } })
  const { msp, integrationId } = world
  const ana = await msp.technician({ name: 'Ana', clients: ['Dataforth'], role: 'lead' })
  const client_id = await msp.client('Dataforth')
  await msp.admin.api.externalRefs.create({
    ...{ integration_id: integrationId, entity_type: 'client', entity_id: client_id },
    external_id: psa.ticket.customerId,
  })
  const { id: task_id } = await ana.api.tasks.create({ client_id, title: 'Restart the spooler' })
  const link = await ana.api.tickets.link({ ticket: psa.ticket.number, task_id })
  return { ...world, fake, ana, client_id, task_id, link, [Symbol.asyncDispose]: world[Symbol.asyncDispose] }
}

/** Words that might mean "show it to the customer" somewhere. */
const FORGED: readonly Record<string, unknown>[] = [
  ...[{ hidden: false }, { do_not_email: false }, { visible: true }, { publish: 1 }, { detailDescriptionFlag: true }],
  ...[
    { audience: ['mailed'] },
    { audience: 'MAILED' },
    { audience: null },
    { 'audience ': 'mailed' },
    { private: false },
  ],
]
/** Most forged ones are refused as unknown, so that the plain ones come more often. */
const extras = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Record<string, unknown>>({}) },
  { weight: 3, arbitrary: fc.constantFrom<Record<string, unknown>>({ audience: 'mailed' }, { audience: 'portal' }) },
  { weight: 2, arbitrary: fc.constantFrom(...FORGED) },
)

function customersSeeNothing<F extends FakeVendor>(psa: Psa<F>): void {
  describe.each(DATABASES)(`a customer in ${psa.settings.type}, on %s`, (database) => {
    test('sees what a person agreed to who had just given their password', async () => {
      await using world = await desk(database, psa)
      const step_up = await steppedUp(world.ana)

      const { ticket, widest: audience } = { ...psa, ticket: psa.ticket.number }
      const sent = await world.ana.api.tickets.note({ ticket, body: 'Solved', audience, step_up })

      expect(sent).toMatchObject({ status: 'done', audience, confirmed_by: world.ana.id })
      expect(psa.reached(world.fake).length).toBeGreaterThan(0)
    })

    test('sees nothing else: no door and no form of a request shows it', async () => {
      await using world = await desk(database, psa)
      const { ana, fake, msp, client_id, task_id, link, integrationId } = world
      let serial = 0
      const { stream } = await agentOf(world, ana, client_id)
      // Good for some twenty calls, so each try gets its own.
      const agent = async () =>
        (
          await ana.api.auth.agentTokens({
            ...{ claude_session_id: stream, agent_id: `a${++serial}`, agent_type: 'integration-workflow' },
          })
        ).token
      const { key } = await msp.admin.api.apiKeys.create({ name: 'script', scopes: ['msp:read', 'msp:write'] })
      const proof = await steppedUp(ana)
      const callers = fc.constantFrom<{ login: () => Promise<string>; proofs: readonly (string | undefined)[] }>(
        // The proof of a person is theirs alone: neither an agent, nor a script, nor a colleague can use it.
        { login: agent, proofs: [proof, undefined, 'x'.repeat(40)] },
        { login: async () => key, proofs: [proof, undefined, 'x'.repeat(40)] },
        { login: async () => msp.admin.accessToken, proofs: [proof, undefined] },
        { login: async () => ana.accessToken, proofs: [undefined, 'x'.repeat(40), ''] },
      )
      const call = async (token: string, method: string, path: string, body: unknown) => {
        const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
        const response = await fetch(`${msp.url}${path}`, { method, headers, body: JSON.stringify(body) })
        return (await response.json().catch(() => ({}))) as { id?: string }
      }
      type Ask = (token: string, text: string, more: Record<string, unknown>) => Promise<unknown>
      const write =
        (verb: string, made: (text: string) => object): Ask =>
        (token, text, more) =>
          call(token, 'POST', `/api/v1/tickets/${verb}`, { ticket: psa.ticket.number, ...made(text), ...more })
      const rpc =
        (verb: string, made: (text: string) => object): Ask =>
        (token, text, more) =>
          call(token, 'POST', `/trpc/tickets.${verb}`, { ticket: psa.ticket.number, ...made(text), ...more })
      const step =
        (input: (text: string) => object): Ask =>
        async (token, text, more) => {
          const steps = [{ action: 'ticket.note', input: { ...input(text), ...more } }]
          const path = '/api/v1/integration-workflows'
          const name = `Workflow ${++serial}`
          const { id } = await call(token, 'POST', path, { client_id, name, steps })
          await call(token, 'POST', `${path}/${id}/run`, { trigger: { body: text, audience: 'mailed', ...more } })
        }
      const action: Ask = async (token, text, more) => {
        const { items } = await msp.admin.api.integrationActions.list({ limit: 20 })
        const { id } = items[text.length % Math.max(1, items.length)] ?? { id: task_id }
        const path = `/api/v1/integration-actions/${id}`
        for (const verb of ['cancel', 'retry']) {
          await call(token, 'POST', `${path}/${verb}`, more)
          await call(token, 'POST', `${path}/${verb}`, {})
        }
        await call(token, 'PATCH', path, { ...more, confirmed_by: ana.id })
        const row = { kind: 'note', summary: text, integration_id: integrationId, client_id }
        await call(token, 'POST', '/api/v1/integration-actions', { ...row, confirmed_by: ana.id, ...more })
      }
      const doors = fc.constantFrom<Ask>(
        ...[write('note', (body) => ({ body })), rpc('note', (body) => ({ body }))],
        write('time', (note) => ({ minutes: 5, note })),
        ...[write, rpc].map((by) => by('attach', (name) => ({ url: 'https://files.example.com/x.pdf', name }))),
        write('status', (text) => ({ status: psa.ticket.statuses[text.length % 2] })),
        write('link', () => ({ task_id })),
        step((text) => ({ ticket_link_id: link.id, body: text })),
        step(() => ({ ticket_link_id: link.id, body: '{{trigger.body}}', audience: '{{trigger.audience}}' })),
        action,
      )

      await fc.assert(
        fc.asyncProperty(callers, fc.nat(2), extras, doors, fc.string({ minLength: 1 }), async (...asked) => {
          const [{ login, proofs }, at, more, ask, text] = asked
          const step_up = proofs[at % proofs.length]
          await ask(await login(), text, { ...more, ...(step_up === undefined ? {} : { step_up }) })
          await runDue(msp.server.deps)
          await workOff(msp.server.deps)

          expect(psa.reached(fake)).toEqual([])
        }),
        { numRuns: 300 },
      )
      expect(psa.written(fake).length).toBeGreaterThan(0)
    })
  })
}

customersSeeNothing(syncro)
customersSeeNothing(autotask)
customersSeeNothing(connectwise)

describe.each(DATABASES)('what the database says, on %s', (database) => {
  const waitingNote = async (world: Awaited<ReturnType<typeof desk<FakeSyncro>>>) => {
    world.fake.fail({ how: 'reply', reply: { status: 503, body: '' } }, { times: 9 })
    const { id, outbox_message_id } = await world.ana.api.tickets
      .note({ ticket: syncro.ticket.number, body: 'Internal words' })
      .then(({ id }) =>
        world.msp.server.deps.db
          .selectFrom('integration_actions')
          .select(['id', 'outbox_message_id'])
          .where('id', '=', id)
          .executeTakeFirstOrThrow(),
      )
    world.fake.heal()
    world.msp.clock.advance(3_600_000)
    return { id, messageId: outbox_message_id as string, db: world.msp.server.deps.db }
  }

  test('can never be that a customer sees what nobody agreed to', async () => {
    await using world = await desk(database, syncro)
    const { id, db } = await waitingNote(world)

    const shown = db.updateTable('integration_actions').set({ audience: 'mailed' }).where('id', '=', id).execute()

    await expect(shown).rejects.toThrow(/constraint/i)
  })

  test('of a message is not believed where it contradicts the action that people agreed to', async () => {
    await using world = await desk(database, syncro)
    const { id, messageId, db } = await waitingNote(world)
    const payload = JSON.stringify({ kind: 'note', ticketId: '101', body: 'Internal words', audience: 'mailed' })
    await db.updateTable('outbox_messages').set({ payload }).where('id', '=', messageId).execute()

    await workOff(world.msp.server.deps)

    expect(world.fake.tickets[0]?.comments).toEqual([])
    expect(await world.ana.api.integrationActions.get({ id })).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('Nobody agreed'),
    })
  })
})
