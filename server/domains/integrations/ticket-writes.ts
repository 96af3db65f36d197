import { attachment } from '../../../src/contract/attachments.ts'
import { billableTime } from '../../../src/contract/billing.ts'
import { AppError } from '../../../src/contract/errors.ts'
import { ticketLink } from '../../../src/contract/tickets.ts'
import { integrationAction } from '../../../src/contract/workflows.ts'
import type { Integration } from '../../connectors/account.ts'
import type { Capabilities } from '../../connectors/connector.ts'
import { cleanLine } from '../../connectors/text.ts'
import type { Context, Handlers } from '../../context.ts'
import { inOwnTransaction } from '../../crud/own-transaction.ts'
import { rows } from '../../crud/rows.ts'
import { tryNow } from './action-worker.ts'
import { confirmedBy, dedupOf, type IntegrationAction, type NewAction, queueAction } from './actions.ts'
import { bookingOf, figuresOf, nameThere, takingBack } from './booking.ts'
import { chooseIntegration } from './connections.ts'
import { findTicket, notMatched, type WantedTicket } from './find-ticket.ts'

/** Writing to tickets of other systems: queued, then tried at once. */

type Own = Handlers['tickets']

export const ticketWrites = {
  note: async (context, { body, audience, step_up, dedup_id, session_id, work_item_id, ...wanted }) => {
    const confirmed_by = await confirmedBy(context, audience, step_up)
    const can = ({ internal: 'noteInternal', portal: 'notePortal', mailed: 'noteMailed' } as const)[audience]
    const target = await targetTicket(context, wanted, can)
    const what = { internal: 'Internal note on', portal: 'Note for the portal on', mailed: 'Mail to the customer on' }
    return act(context, {
      ...target.action,
      payload: { kind: 'note', ticketId: target.ticketId, body, audience },
      summary: `${what[audience]} ticket ${target.number}: ${cleanLine(body, 300)}`,
      audience,
      confirmedBy: confirmed_by,
      dedupId: dedup_id,
      sessionId: session_id,
      workItemId: work_item_id,
    })
  },
  time: async (context, input) => {
    const takenBack = await takingBack(context, input.billable_time_id)
    if (takenBack !== undefined) return takeBack(context, input, takenBack)
    const booking = await bookingOf(context, input)
    const target = await targetTicket(context, { ...input, client_id: booking.clientId }, 'time')
    const { minutes, startAt, note, billable } = booking
    const { integrationId } = target.action
    const userId = await nameThere(context, integrationId, 'user', booking.userId)
    const workTypeId = await nameThere(context, integrationId, 'work_type', booking.workTypeId)
    const about = { ...target.action, sessionId: input.session_id, workItemId: input.work_item_id }
    const what = ['time', target.ticketId, minutes, note, input.at ?? null]
    const action = await act(context, {
      ...about,
      payload: {
        kind: 'time_entry',
        ticketId: target.ticketId,
        ...{ minutes, startAt, note, billable },
        ...(userId === undefined ? {} : { userId }),
        ...(workTypeId === undefined ? {} : { workTypeId }),
        ...(booking.entryId === undefined ? {} : { billableTimeId: booking.entryId }),
      },
      summary: `${minutes} min on ticket ${target.number}${note === '' ? '' : `: ${cleanLine(note, 300)}`}`,
      dedupId: booking.entryId ? `time:${booking.entryId}` : (input.dedup_id ?? dedupOf(about, what, context.clock())),
    })
    return { action, ...(await figuresOf(context, action, booking)) }
  },
  attach: async (context, { attachment_id, url, name, audience, step_up, dedup_id, ...input }) => {
    if ((attachment_id === undefined) === (url === undefined))
      throw new AppError('INVALID_INPUT', 'Give exactly one of attachment_id and url.')
    const confirmed_by = await confirmedBy(context, audience, step_up)
    const target = await targetTicket(context, input, 'noteInternal')
    const own = attachment_id === undefined ? undefined : await ownFile(context, attachment_id, target)
    const called = name ?? own?.name ?? nameIn(url ?? '')
    const page = `${context.publicUrl.replace(/\/+$/, '')}/api/v1/attachments/${own?.id}/content`
    const file = own ? { id: own.id, sha256: own.sha256, mediaType: own.media_type, page } : { url: url as string }
    return act(context, {
      ...target.action,
      payload: { kind: 'attachment', ticketId: target.ticketId, audience, name: called, file },
      summary: `File on ticket ${target.number}: ${cleanLine(called, 300)}`,
      audience,
      confirmedBy: confirmed_by,
      dedupId: dedup_id,
      sessionId: input.session_id,
      workItemId: input.work_item_id,
    })
  },
  status: async (context, { status, dedup_id, ...input }) => {
    const target = await targetTicket(context, input, 'status')
    return act(context, {
      ...target.action,
      payload: { kind: 'status', ticketId: target.ticketId, status },
      summary: `Status of ticket ${target.number}: ${cleanLine(status, 100)}`,
      // The same again may be meant: it was another one in between.
      dedupId: dedup_id ?? context.newId(),
      sessionId: input.session_id,
      workItemId: input.work_item_id,
    })
  },
} satisfies Pick<Own, 'note' | 'time' | 'attach' | 'status'>

/** A note for colleagues in place of time. */
async function takeBack(context: Context, input: Parameters<Own['time']>[1], body: string) {
  const { client_id } = await rows(context, billableTime).get(input.billable_time_id as string)
  const target = await targetTicket(context, { ...input, client_id }, 'noteInternal')
  const action = await act(context, {
    ...target.action,
    payload: { kind: 'note', ticketId: target.ticketId, body, audience: 'internal' },
    summary: `Internal note on ticket ${target.number}: ${cleanLine(body, 300)}`,
    dedupId: `time:${input.billable_time_id}`,
    sessionId: input.session_id,
    workItemId: input.work_item_id,
  })
  return { action, billable_minutes: null, external_billable_minutes: null, differs: false }
}

export interface TargetTicket {
  integration: Integration
  ticketId: string
  /** As people say it. */
  number: string
  action: Pick<NewAction, 'integrationId' | 'clientId' | 'ticketLinkId'>
}

/**
 * The ticket that is written to, and its client: from a link that was made after a look over there, else by looking now, so that what is linked
 * can be queued while the system is away.
 *
 * @throws AppError CONFLICT for a ticket of a customer that is matched with no client; what `findTicket` says
 */
export async function targetTicket(
  context: Context,
  wanted: WantedTicket,
  can: keyof Capabilities,
): Promise<TargetTicket> {
  const { integration_id: integrationId, client_id: clientId } = wanted
  const integration = await chooseIntegration(context, can, { integrationId, clientId })
  const known = await linkTo(context, integration, wanted)
  if (known) return targetOf(integration, known.external_id, known.external_number, known.client_id, known.id)
  const found = await findTicket(context, { ...wanted, integration_id: integration.id })
  if (found.clientId === null) throw notMatched(wanted.ticket, found.ticket)
  return targetOf(integration, found.ticket.id, found.ticket.number, found.clientId, null)
}

const targetOf = (
  integration: Integration,
  ticketId: string,
  number: string | null,
  clientId: string,
  ticketLinkId: string | null,
): TargetTicket => ({
  integration,
  ticketId,
  number: cleanLine(number ?? ticketId, 100),
  action: { integrationId: integration.id, clientId, ticketLinkId },
})

/** A link of the ticket that `tickets.link` made: that one has looked whose it is. */
async function linkTo(context: Context, integration: Integration, { ticket, client_id }: WantedTicket) {
  const number = ticket.replace(/^#/, '').trim()
  const by = async (field: 'external_number' | 'external_id') =>
    (
      await rows(context, ticketLink).list({
        integration_id: integration.id,
        [field]: number,
        ...(client_id === undefined ? {} : { client_id }),
        limit: 100,
      })
    ).items.filter((link) => link.last_synced_at !== null && link.sync_state === 'linked')
  const links = await by('external_number')
  const found = links.length > 0 || ticket.startsWith('#') ? links : await by('external_id')
  // Links of several tickets: somebody has to look.
  return new Set(found.map(({ external_id }) => external_id)).size === 1 ? found[0] : undefined
}

/** @throws AppError CONFLICT for a file that is not the ticket's client's: it would show one client's things to another */
async function ownFile(context: Context, id: string, { action }: TargetTicket) {
  const own = await rows(context, attachment).get(id)
  if (own.client_id !== action.clientId)
    throw new AppError('CONFLICT', `${own.name} does not belong to the client of this ticket.`)
  if (own.scan_state === 'infected')
    throw new AppError('CONFLICT', `${own.name} is infected: its content is not given out. Archive it.`)
  return own
}

/** The last part of an address. */
const nameIn = (url: string): string => cleanLine(new URL(url).pathname.split('/').at(-1) ?? '', 200) || 'file'

/** Queues an action and tries it. @returns it as it is then: `done`, `queued` or `failed` */
export async function act(context: Context, wanted: NewAction): Promise<IntegrationAction> {
  const queued = await inOwnTransaction(context, (inner) => queueAction(inner, wanted))
  await context.settled()
  if (queued.status === 'queued') await tryNow(context, queued.id, context)
  return rows(context, integrationAction).get(queued.id)
}
