import { AppError } from '../../../src/contract/errors.ts'
import { entities } from '../../../src/contract/index.ts'
import type { AnyEntity, RowOf } from '../../../src/contract/kernel.ts'
import { ticketLink } from '../../../src/contract/tickets.ts'
import type { Note, Ticket } from '../../connectors/connector.ts'
import { cleanOrNull, cleanText } from '../../connectors/text.ts'
import { firstOf } from '../../connectors/transport/paging.ts'
import type { Context, Handlers } from '../../context.ts'
import { findClient } from '../../crud/find-client.ts'
import { inOwnTransaction } from '../../crud/own-transaction.ts'
import { rows } from '../../crud/rows.ts'
import { asking, chooseIntegration, connectorFor, customerOfClient } from './connections.ts'
import { type FoundTicket, findTicket, ofVisibleClients, shownTicket } from './find-ticket.ts'
import { mustLinkOne } from './rules.ts'

/** Looking up tickets of other systems, and linking them. */

type TicketLink = RowOf<typeof ticketLink>
type Own = Handlers['tickets']

const FEW = 25
const NOTES = 20
/** Tickets that are looked at for those that the caller may see. */
const MOST_LOOKED_AT = 500
const NOTE_CHARS = 20_000

const external = { origin: 'external' } as const

export const ticketLookUps = {
  search: async (context, { text, status, integration_id, client, client_id, limit = FEW }) => {
    const clientId = client === undefined ? client_id : (await findClient(context, client)).id
    const integration = await chooseIntegration(context, 'tickets', { integrationId: integration_id, clientId })
    const customer = clientId === undefined ? null : await customerOfClient(context, integration, clientId)
    if (customer === undefined)
      throw new AppError(
        'CONFLICT',
        `No customer of ${integration.name} is matched with this client yet. See "msp integrations" for the suggestions.`,
      )
    const connector = connectorFor(context, integration)
    const query = { text, status, customerId: customer ?? undefined }
    const { items, more } = await asking(async () => firstOf(connector.searchTickets?.(query) ?? [], MOST_LOOKED_AT))
    const visible = (await ofVisibleClients(context, integration, items)).filter(
      (one) => clientId === undefined || one.clientId === clientId,
    )
    return {
      ...external,
      items: visible.slice(0, limit).map((one) => shownTicket(integration, one)),
      more: more || visible.length > limit,
    }
  },
  show: async (context, { client, notes = NOTES, ...wanted }) => {
    const client_id = client === undefined ? wanted.client_id : (await findClient(context, client)).id
    const found = await findTicket(context, { ...wanted, client_id })
    const { integration, connector, ticket } = found
    const shown = await asking(async () => firstOf(connector.notes?.(ticket.id) ?? [], notes))
    const { items: links } = await rows(context, ticketLink).list({
      integration_id: integration.id,
      external_id: ticket.id,
      limit: 100,
    })
    return {
      ...external,
      ticket: shownTicket(integration, found),
      notes: shown.items.map(shownNote),
      more_notes: shown.more,
      links,
    }
  },
  link: async (context, { relation, ...input }) => {
    mustLinkOne(input)
    const target = await targetOf(context, input)
    const { ticket, integration_id } = input
    const found = await findTicket(context, { ticket, integration_id, client_id: target.clientId })
    return inOwnTransaction(context, (inner) => keepLink(inner, found, target, relation))
  },
} satisfies Pick<Own, 'search' | 'show' | 'link'>

const shownNote = ({ id, author, audience, subject, body, createdAt }: Note) => ({
  external_id: id,
  author: cleanOrNull(author, 300),
  audience,
  subject: cleanOrNull(subject, 500),
  body: cleanText(body, NOTE_CHARS),
  created_at: createdAt,
})

const TARGETS = {
  session_id: entities.sessions,
  work_item_id: entities.workItems,
  project_id: entities.projects,
  task_id: entities.tasks,
  security_incident_id: entities.securityIncidents,
} satisfies Record<string, AnyEntity>
type TargetField = keyof typeof TARGETS

interface Target {
  field: TargetField
  id: string
  clientId: string
}

/** @throws AppError CONFLICT for work of no client: a ticket is always a client's */
async function targetOf(context: Context, input: Partial<Record<TargetField, string | undefined>>): Promise<Target> {
  const field = (Object.keys(TARGETS) as TargetField[]).find((name) => input[name]) as TargetField
  const id = input[field] as string
  const entity = TARGETS[field] as AnyEntity
  const { client_id } = await rows<{ client_id: string | null }>(context, entity as never).get(id)
  if (client_id === null)
    throw new AppError('CONFLICT', `The ${entity.name} belongs to no client yet, so no ticket can be linked with it.`)
  return { field, id, clientId: client_id }
}

/** What is kept of a ticket beside its link. */
export const cachesOf = (ticket: Ticket, now: Date): Partial<TicketLink> => ({
  subject_cache: cleanOrNull(ticket.subject, 500),
  status_cache: cleanOrNull(ticket.status, 100),
  priority_cache: cleanOrNull(ticket.priority, 100),
  customer_external_id: cleanOrNull(ticket.customerId, 200),
  external_updated_at: ticket.updatedAt,
  last_synced_at: now.toISOString(),
  sync_state: 'linked',
})

/** The link, made or renewed: the same is one, however often it is asked for. */
async function keepLink(
  context: Context,
  { integration, ticket }: FoundTicket,
  { field, id, clientId }: Target,
  relation: TicketLink['relation'] | undefined,
): Promise<TicketLink> {
  const which = { integration_id: integration.id, external_id: ticket.id, [field]: id }
  const caches = cachesOf(ticket, context.clock())
  const [known] = (await rows(context, ticketLink).list({ ...which, limit: 1 })).items
  if (known) return rows(context, ticketLink).update(known.id, { ...caches, ...(relation ? { relation } : {}) })
  return rows(context, ticketLink).insert({
    ...which,
    client_id: clientId,
    external_number: cleanOrNull(ticket.number, 100),
    url: ticket.url,
    relation: relation ?? 'relates',
    ...caches,
  } as Partial<TicketLink>)
}
