import { z } from 'zod'
import { AppError } from '../../../src/contract/errors.ts'
import { externalIntegration } from '../../../src/contract/integrations.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import { task } from '../../../src/contract/tasks.ts'
import { ticketLink } from '../../../src/contract/tickets.ts'
import { webhookSubscription } from '../../../src/contract/webhooks.ts'
import type { integrationWorkflow, WORKFLOW_ACTIONS } from '../../../src/contract/workflows.ts'
import { vendorOf } from '../../connectors/registry.ts'
import { cleanLine } from '../../connectors/text.ts'
import type { Context } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import { queue } from '../../outbox/announce.ts'
import { queueAction } from './actions.ts'

/**
 * What a step does, in the transaction that writes down that it is done: rows of ours are made, what is meant for another system is queued. So
 * a step is done once, whenever its server is killed. Nothing of it can reach a customer.
 */

export interface RunOf {
  id: string
  clientId: string | null
  workflow: RowOf<typeof integrationWorkflow>
  /** Which step, from 0. */
  step: number
}

export interface StepResult {
  /** What later steps find under `steps.<n>`. */
  gives: Record<string, unknown>
  /** The action in another system that has to be done before the next step. */
  waitsFor?: string
}

type Action = (typeof WORKFLOW_ACTIONS)[number]
type Take = (context: Context, run: RunOf, input: unknown) => Promise<StepResult>

const Task = z.strictObject({
  title: z.string().min(1),
  description: z.string().nullish(),
  kind: z.enum(['task', 'pending']).optional(),
  priority: z.enum(['p1', 'p2', 'p3', 'p4']).optional(),
  due_at: z.string().nullish(),
  assignee_id: z.string().nullish(),
})
const Note = z.strictObject({ ticket_link_id: z.string(), body: z.string().min(1).max(20_000) })
const Message = z.strictObject({
  integration_id: z.string(),
  title: z.string().min(1).max(300),
  text: z.string().max(10_000).default(''),
  url: z.string().max(2_000).optional(),
})
const Post = z.strictObject({ subscription_id: z.string(), data: z.record(z.string(), z.json()).default({}) })

const TITLE_CHARS = 200

const ACTIONS: Readonly<Record<Action, Take>> = {
  'task.create': async (context, { clientId }, input) => {
    const { title, ...wanted } = Task.parse(input)
    const values = task.offers.create.input.parse({
      ...wanted,
      client_id: clientId,
      title: cleanLine(title, TITLE_CHARS),
    })
    const made = await rows(context, task).insert({ ...values, status: 'todo' } as never)
    return { gives: { id: made.id, title: made.title } }
  },
  'ticket.note': async (context, run, input) => {
    const { ticket_link_id, body } = Note.parse(input)
    const link = await rows(context, ticketLink).get(ticket_link_id)
    return queued(context, run, {
      integrationId: link.integration_id,
      clientId: link.client_id,
      payload: { kind: 'note', ticketId: link.external_id, body, audience: 'internal' },
      summary: `Internal note on ticket ${link.external_number ?? link.external_id}: ${cleanLine(body, 300)}`,
      ticketLinkId: link.id,
    })
  },
  'message.send': async (context, run, input) => {
    const { integration_id, title, text, url } = Message.parse(input)
    const integration = await rows(context, externalIntegration).get(integration_id)
    if (vendorOf(integration.type)?.capabilities.notify !== true)
      throw new AppError('CONFLICT', `${integration.name} (${integration.type}) cannot tell people anything.`)
    return queued(context, run, {
      integrationId: integration.id,
      clientId: run.clientId,
      payload: { kind: 'message', title, text, facts: [], ...(url === undefined ? {} : { url }) },
      summary: `Message: ${cleanLine(title, 300)}`,
    })
  },
  'webhook.post': async (context, run, input) => {
    const { subscription_id, data } = Post.parse(input)
    const { id, events } = await rows(context, webhookSubscription).get(subscription_id)
    const event = run.workflow.trigger_event ?? events[0]
    if (event === undefined) throw new AppError('CONFLICT', 'This subscription has no event.')
    const posted = `workflow:${run.id}:${run.step}`
    const occurred_at = context.clock().toISOString()
    const was = await queue(context, id, { id: posted, event, occurred_at, client_id: run.clientId, data })
    if (!was) throw new AppError('CONFLICT', 'Nothing is sent to this subscription any more.')
    return { gives: { id: posted } }
  },
}

async function queued(context: Context, run: RunOf, wanted: Parameters<typeof queueAction>[1]): Promise<StepResult> {
  const { id } = await queueAction(context, {
    ...wanted,
    audience: 'internal',
    workflowRunId: run.id,
    dedupId: `workflow:${run.id}:${run.step}`,
  })
  return { gives: { action_id: id }, waitsFor: id }
}

/** @throws AppError, ZodError */
export function takeStep(context: Context, run: RunOf, action: string, input: unknown): Promise<StepResult> {
  const take = Object.hasOwn(ACTIONS, action) ? ACTIONS[action as Action] : undefined
  if (!take)
    throw new AppError('CONFLICT', `There is no step ${action}. There are: ${Object.keys(ACTIONS).join(', ')}.`)
  return take(context, run, input)
}
