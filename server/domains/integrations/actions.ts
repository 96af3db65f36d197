import { hash } from 'node:crypto'
import { sql } from 'kysely'
import { AppError } from '../../../src/contract/errors.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import { integrationAction } from '../../../src/contract/workflows.ts'
import type { Audience } from '../../connectors/connector.ts'
import type { Context } from '../../context.ts'
import { move } from '../../crud/lifecycle.ts'
import { rows } from '../../crud/rows.ts'
import { textWithoutSecrets } from '../../redaction/call.ts'
import { personOf, requireStepUp } from '../people/step-up.ts'

/**
 * What is to be done in another system: a row that people see (`integration_actions`) and, with the same transaction, a message in the outbox
 * that holds what is sent. `action-worker.ts` does it.
 */

export type IntegrationAction = RowOf<typeof integrationAction>

/** What each kind of action needs over there; texts without secrets. */
export type Payload =
  | { kind: 'note'; ticketId: string; body: string; audience: Audience }
  | {
      kind: 'time_entry'
      ticketId: string
      minutes: number
      startAt: string
      note: string
      billable: boolean
      userId?: string
      workTypeId?: string
      /** Of `billable_time`: what the vendor will bill is put beside it. */
      billableTimeId?: string
    }
  | {
      kind: 'attachment'
      ticketId: string
      audience: Audience
      name: string
      /** A file of ours, by its row and content, with where people of ours find it; or one of somebody else, by its address. */
      file: { id: string; sha256: string; mediaType: string; page: string } | { url: string }
    }
  | { kind: 'status'; ticketId: string; status: string }
  | { kind: 'message'; title: string; text: string; facts: { name: string; value: string }[]; url?: string }

export interface NewAction {
  integrationId: string
  clientId: string | null
  payload: Payload
  /** For people: `Internal note on ticket 12345: print spooler restarted`. */
  summary: string
  audience?: Audience
  /** Who agreed that a customer sees it: `confirmedBy()`, nothing else. */
  confirmedBy?: string | null
  dedupId?: string | undefined
  ticketLinkId?: string | null | undefined
  sessionId?: string | null | undefined
  workItemId?: string | null | undefined
  workflowRunId?: string | null | undefined
}

/**
 * The person whose yes lets something reach a customer: signed in themselves, and present just now.
 *
 * @returns null for `internal`, which needs nobody
 * @throws AppError FORBIDDEN, with `details.needs: "step_up"` for a person
 */
export async function confirmedBy(
  context: Context,
  audience: Audience,
  stepUp: string | undefined,
): Promise<string | null> {
  if (audience === 'internal') return null
  const { userId } = personOf(context, 'show anything to a customer')
  if (stepUp === undefined)
    throw new AppError(
      'FORBIDDEN',
      'The customer would see this. Prove first that you are there: give your password again.',
      {
        details: { needs: 'step_up' },
      },
    )
  await requireStepUp(context, stepUp)
  return userId
}

const SUMMARY_CHARS = 500

/**
 * Queues an action in the transaction of `context.db`. The same again (by `dedupId`) is the one that is there; when that failed or was cancelled, it is tried again.
 *
 * @throws AppError FORBIDDEN when the caller may not write for the client
 */
export async function queueAction(context: Context, wanted: NewAction): Promise<IntegrationAction> {
  const { integrationId, clientId, payload, audience = 'internal' } = wanted
  if (audience !== 'internal' && !wanted.confirmedBy) throw new Error('Nobody agreed that a customer sees this.')
  const dedup_id = wanted.dedupId ?? dedupOf(wanted, [payload, audience], context.clock())
  const clean = await withoutSecretsIn(context, payload, clientId)
  const known = await sameAction(context, integrationId, dedup_id)
  if (known) return hasEnded(known) ? queueAgain(context, known.id, clean) : known
  const id = context.newId()
  const messageId = context.newId()
  const target = 'ticketId' in clean ? clean.ticketId : clean.kind
  await context.db
    .insertInto('outbox_messages')
    .columns([
      ...([
        'id',
        'created_at',
        'client_id',
        'integration_id',
        'subscription_id',
        'kind',
        'ordering_key',
        'seq',
      ] as const),
      ...(['dedup_id', 'payload', 'status', 'attempts', 'next_attempt_at'] as const),
    ])
    .expression((eb) =>
      eb
        .selectFrom('outbox_messages')
        .select([
          sql.val(messageId).as('id'),
          sql.val(context.clock().toISOString()).as('created_at'),
          sql.val(clientId).as('client_id'),
          sql.val(integrationId).as('integration_id'),
          sql.val(null).as('subscription_id'),
          sql.val(payload.kind).as('kind'),
          sql.val(orderingKey(integrationId, target)).as('ordering_key'),
          sql<number>`coalesce(max(seq), 0) + 1`.as('seq'),
          sql.val(`action:${id}`).as('dedup_id'),
          sql.val(JSON.stringify(clean)).as('payload'),
          sql.val('pending').as('status'),
          sql.val(0).as('attempts'),
          sql.val(context.clock().toISOString()).as('next_attempt_at'),
        ] as never)
        .where('ordering_key', '=', orderingKey(integrationId, target)),
    )
    .execute()
  return rows(context, integrationAction).insert({
    id,
    integration_id: integrationId,
    client_id: clientId,
    ticket_link_id: wanted.ticketLinkId ?? null,
    session_id: wanted.sessionId ?? null,
    work_item_id: wanted.workItemId ?? null,
    workflow_run_id: wanted.workflowRunId ?? null,
    kind: payload.kind,
    dedup_id,
    summary: (await textWithoutSecrets(context, wanted.summary, { as: 'text' }, clientId)).slice(0, SUMMARY_CHARS),
    audience,
    confirmed_by: wanted.confirmedBy ?? null,
    status: 'queued',
    outbox_message_id: messageId,
  } as Partial<IntegrationAction>)
}

/** What is done on one ticket is done in the order in which it was asked for. */
const orderingKey = (integrationId: string, target: string) => `${integrationId}:${target}`.slice(0, 200)

/** The same words on the same ticket for the same work are the same thing to do; where no work is named, on the same day (UTC). */
export const dedupOf = (
  { integrationId, sessionId, workItemId, workflowRunId }: Omit<NewAction, 'payload' | 'clientId' | 'summary'>,
  what: unknown,
  now: Date,
): string => {
  const work = [sessionId, workItemId, workflowRunId].map((id) => id ?? null)
  const day = work.some((id) => id !== null) ? null : now.toISOString().slice(0, 10)
  return hash('sha256', JSON.stringify([integrationId, what, work, day]))
}

/** @throws AppError CONFLICT where the key is of an action that the caller may not see */
async function sameAction(
  context: Context,
  integrationId: string,
  dedupId: string,
): Promise<IntegrationAction | undefined> {
  const known = await context.db
    .selectFrom('integration_actions')
    .select('id')
    .where('integration_id', '=', integrationId)
    .where('dedup_id', '=', dedupId)
    .executeTakeFirst()
  if (!known) return undefined
  const action = await rows(context, integrationAction).find(known.id)
  if (!action) throw new AppError('CONFLICT', 'This dedup_id is in use already. Choose another.')
  return action
}

const hasEnded = ({ status }: IntegrationAction) => status === 'failed' || status === 'cancelled'

/**
 * What failed or was given up is tried again, and looked for over there first.
 *
 * @param payload when it is to be another one than before
 * @throws AppError CONFLICT when it waits or is done
 */
export async function queueAgain(context: Context, id: string, payload?: Payload): Promise<IntegrationAction> {
  const { db, clock } = context
  const queued = await move(context, integrationAction, id, { from: ['failed', 'cancelled'], to: 'queued' }, () => ({
    error: null,
  }))
  const at = clock().toISOString()
  await db
    .updateTable('outbox_messages')
    // It has as long as a new one until it is given up.
    .set({ status: 'pending', next_attempt_at: at, created_at: at })
    .$if(payload !== undefined, (update) => update.set({ payload: JSON.stringify(payload) }))
    .where('status', 'in', ['dead_lettered', 'cancelled'])
    .where('dedup_id', '=', `action:${queued.id}`)
    .execute()
  return queued
}

/** @throws AppError CONFLICT when it does not wait, or is under way just now */
export async function cancelAction(context: Context, id: string): Promise<IntegrationAction> {
  const cancelled = await move(context, integrationAction, id, { from: ['queued'], to: 'cancelled' })
  const { numUpdatedRows } = await context.db
    .updateTable('outbox_messages')
    .set({ status: 'cancelled' })
    .where('status', '=', 'pending')
    .where('dedup_id', '=', `action:${cancelled.id}`)
    .executeTakeFirst()
  if (Number(numUpdatedRows) === 1) return cancelled
  throw new AppError('CONFLICT', 'This is being done just now. Look again in a moment.')
}

/** Nothing leaves with a secret that somebody pasted. */
async function withoutSecretsIn(context: Context, payload: Payload, clientId: string | null): Promise<Payload> {
  const clean = (text: string) => textWithoutSecrets(context, text, { as: 'text' }, clientId)
  switch (payload.kind) {
    case 'note':
      return { ...payload, body: await clean(payload.body) }
    case 'time_entry':
      return { ...payload, note: await clean(payload.note) }
    case 'message': {
      const facts = await Promise.all(
        payload.facts.map(async ({ name, value }) => ({ name: await clean(name), value: await clean(value) })),
      )
      return { ...payload, title: await clean(payload.title), text: await clean(payload.text), facts }
    }
    case 'attachment':
      return { ...payload, name: await clean(payload.name) }
    default:
      return payload
  }
}
