import { describe, expect, test } from 'vitest'
import { workOff } from '../../../server/domains/integrations/action-worker.ts'
import { deliverDue } from '../../../server/domains/integrations/delivery-worker.ts'
import { render, TemplateError } from '../../../server/domains/integrations/templates.ts'
import { runDue } from '../../../server/domains/integrations/workflow-worker.ts'
import { DATABASES } from '../../support/databases.ts'
import { receiver } from '../../support/receiver.ts'
import { type TestServer, testServer } from '../../support/server.ts'
import { aTicket, fakeSyncro } from '../../support/vendors/syncro.ts'
import { fakeTeams } from '../../support/vendors/teams.ts'
import { vendorWorld } from '../connectors/world.ts'

/** Workflows: what follows from an event by itself, step by step, each once. */

const BY_HAND = { webhookNetworks: ['127.0.0.0/8'], delivering: false }

describe('a template', () => {
  const scope = { trigger: { title: 'Disk {{trigger.secret}} full', count: 3, secret: 'x' }, steps: [{ id: 'T1' }] }

  test('is filled in with data, which is not looked through again', () => {
    expect(render({ a: 'On {{trigger.title}}: {{ steps.0.id }}', b: ['{{trigger.count}}'] }, scope)).toEqual({
      a: 'On Disk {{trigger.secret}} full: T1',
      b: [3],
    })
  })

  test.each(['{{trigger.nothing}}', '{{trigger.constructor}}', '{{trigger.title.length}}', '{{__proto__.x}}'])(
    'names what is there, not %s',
    (text) => {
      expect(() => render(text, scope)).toThrow(TemplateError)
    },
  )

  test('computes nothing', () => {
    expect(render('{{1+1}} {{trigger.count()}}', scope)).toBe('{{1+1}} {{trigger.count()}}')
  })
})

/** Ticks until nothing moves, with time for what waits. */
async function settle(msp: TestServer): Promise<void> {
  for (let round = 0; round < 10; round++) {
    const moved = await runDue(msp.server.deps)
    if (moved === 0 && (await workOff(msp.server.deps)) === 0) return
    msp.clock.advance(10_000)
  }
}

for (const database of DATABASES) {
  describe(`a workflow, on ${database}`, () => {
    test('starts by an event of its client, makes a task and tells somebody, once', async () => {
      await using msp = await testServer({ database, config: BY_HAND })
      await using hook = await receiver()
      const { api } = msp.admin
      const client_id = await msp.client('Dataforth')
      const { id: subscription_id } = await api.webhookSubscriptions.create({
        ...{ name: 'Hook', url: hook.url, events: ['session.started'] },
      })
      const { id } = await api.integrationWorkflows.create({
        client_id,
        name: 'Look at failed changes',
        trigger_event: 'security_incident.reported',
        steps: [
          { action: 'task.create', input: { title: 'Look at: {{trigger.title}}', priority: 'p1' } },
          { action: 'webhook.post', input: { subscription_id, data: { task: '{{steps.0.id}}' } } },
        ],
      })
      await api.integrationWorkflows.enable({ id })
      const incident = {
        title: 'Phishing',
        category: 'social' as const,
        severity: 'high' as const,
        detected_at: msp.clock.now().toISOString(),
      }

      await api.securityIncidents.create({ ...incident, client_id } as never)
      await api.securityIncidents.create({ ...incident, client_id: await msp.client('Contoso') } as never)
      await Promise.all([settle(msp), settle(msp)])
      await deliverDue(msp.server.deps)

      const tasks = (await api.tasks.list({ client_id })).items
      expect(tasks).toMatchObject([{ title: 'Look at: Phishing', priority: 'p1' }])
      expect(hook.received.map(({ body }) => body.data)).toEqual([{ task: tasks[0]?.id }])
      const runs = (await api.integrationWorkflowRuns.list({ workflow_id: id })).items
      expect(runs).toMatchObject([{ status: 'done', steps_done: 2, client_id }])
    })

    test('that makes what starts it does not run in circles', async () => {
      await using msp = await testServer({ database, config: BY_HAND })
      const { api } = msp.admin
      const { id } = await api.integrationWorkflows.create({
        ...{ name: 'Echo', trigger_event: 'task.created' },
        steps: [{ action: 'task.create', input: { title: 'Again: {{trigger.title}}' } }],
      })
      await api.integrationWorkflows.enable({ id })
      const client_id = await msp.client('Dataforth')

      await api.tasks.create({ client_id, title: 'One' })
      await settle(msp)

      expect((await api.tasks.list({ client_id })).items.map(({ title }) => title).sort()).toEqual([
        'Again: One',
        'One',
      ])
    })

    test('writes an internal note on a linked ticket, waits until it is there, and goes on with its id', async () => {
      const fake = await fakeSyncro()
      await using world = await vendorWorld(
        database,
        fake,
        { type: 'syncro', kind: 'api_key', secrets: { api_key: 'CANARY-syncro-token' } },
        { config: BY_HAND },
      )
      const { msp, integrationId } = world
      const { api } = msp.admin
      fake.tickets = [aTicket(1)]
      const client_id = await msp.client('Dataforth')
      await api.externalRefs.create({
        ...{ integration_id: integrationId, entity_type: 'client', entity_id: client_id, external_id: '1' },
      })
      const task = await api.tasks.create({ client_id, title: 'x' })
      const link = await api.ticketLinks.create({
        ...{ client_id, integration_id: integrationId, external_id: '1', task_id: task.id, relation: 'relates' },
      })
      const { id } = await api.integrationWorkflows.create({
        client_id,
        name: 'Note',
        steps: [
          { action: 'ticket.note', input: { ticket_link_id: '{{trigger.link}}', body: 'Seen: {{trigger.what}}' } },
          { action: 'task.create', input: { title: 'Noted as {{steps.0.external_id}}' } },
        ],
      })

      fake.fail({ how: 'before' }, { on: /comment$/, times: 2 })
      const by = { id, trigger_id: 'once', trigger: { link: link.id, what: 'disk full' } }
      await api.integrationWorkflows.run(by)
      const { id: runId } = await api.integrationWorkflows.run(by)
      await settle(msp)
      await msp.restart()
      for (let round = 0; round < 3; round++) {
        msp.clock.advance(3_600_000)
        await settle(msp)
      }

      expect(fake.tickets[0]?.comments).toHaveLength(1)
      const run = await api.integrationWorkflowRuns.get({ id: runId })
      expect(run).toMatchObject({ status: 'done', steps_done: 2 })
      const [noted] = (await api.tasks.list({ client_id, q: 'Noted' })).items
      const { steps } = run.results as { steps: { external_id?: string }[] }
      expect(noted?.title).toBe(`Noted as ${steps[0]?.external_id}`)
    })

    test('tells colleagues in Teams, once, also when its first try is refused', async () => {
      const fake = await fakeTeams()
      const settings = { type: 'teams', kind: 'webhook_url', secrets: { webhook_url: fake.address } } as const
      await using world = await vendorWorld(database, fake, settings, { config: BY_HAND })
      const { msp, integrationId: integration_id } = world
      const { api } = msp.admin
      const client_id = await msp.client('Dataforth')
      const { id } = await api.integrationWorkflows.create({
        ...{ client_id, name: 'Tell' },
        steps: [{ action: 'message.send', input: { integration_id, title: '{{trigger.title}}', text: 'Look at it' } }],
      })
      fake.fail({ how: 'reply', reply: { status: 429, body: '', headers: { 'retry-after': '60' } } })

      const run = await api.integrationWorkflows.run({ id, trigger: { title: 'Backup of SRV1 failed' } })
      for (let round = 0; round < 3; round++) {
        await settle(msp)
        msp.clock.advance(3_600_000)
      }

      expect(await api.integrationWorkflowRuns.get({ id: run.id })).toMatchObject({ status: 'done' })
      expect(fake.posted).toHaveLength(1)
      expect(JSON.stringify(fake.posted)).toContain('Backup of SRV1 failed')
    })

    test("fails, and says at which step, when its input does not fit or names another client's rows", async () => {
      await using msp = await testServer({ database, config: BY_HAND })
      const { api } = msp.admin
      const [client_id, contoso] = [await msp.client('Dataforth'), await msp.client('Contoso')]
      const { id: subscription_id } = await api.webhookSubscriptions.create({
        ...{ client_id: contoso, name: 'Hook', url: 'http://127.0.0.1:1/', events: ['task.created'] },
      })
      const errors: (string | null)[] = []
      for (const step of [
        { action: 'task.create' as const, input: { title: '{{trigger.nothing}}' } },
        { action: 'task.create' as const, input: { name: 'x' } },
        { action: 'webhook.post' as const, input: { subscription_id } },
      ]) {
        const { id } = await api.integrationWorkflows.create({ client_id, name: `W${errors.length}`, steps: [step] })
        const run = await api.integrationWorkflows.run({ id })
        await settle(msp)
        const after = await api.integrationWorkflowRuns.get({ id: run.id })
        errors.push(after.status === 'failed' ? after.error : after.status)
      }

      expect(errors[0]).toContain('Step 1: {{trigger.nothing}} is not known')
      expect(errors[1]).toContain('Step 1: Its input does not fit')
      expect(errors[2]).toContain('does not exist, or you have no access')
    })
  })
}
