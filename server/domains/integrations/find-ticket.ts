import { AppError, notFound } from '../../../src/contract/errors.ts'
import type { ExternalTicket } from '../../../src/contract/external-tickets.ts'
import type { Integration } from '../../connectors/account.ts'
import type { Connector, Ticket } from '../../connectors/connector.ts'
import { VendorError } from '../../connectors/errors.ts'
import { cleanLine, cleanOrNull } from '../../connectors/text.ts'
import { firstOf } from '../../connectors/transport/paging.ts'
import type { Context } from '../../context.ts'
import {
  asking,
  chooseIntegration,
  clientsOfCustomers,
  connectorFor,
  seesUnmatched,
  visibleAmong,
} from './connections.ts'

/** A ticket over there that the caller may see, and whose it is. */
export interface FoundTicket {
  integration: Integration
  connector: Connector
  ticket: Ticket
  /** Null: its customer is matched with no client. */
  clientId: string | null
}

export interface WantedTicket {
  ticket: string
  integration_id?: string | undefined
  client_id?: string | undefined
}

/** Those of one number: a vendor's search may find similar ones too. */
const MOST_OF_A_NUMBER = 20

/**
 * The ticket that a number or an id means.
 *
 * @throws AppError NOT_FOUND, the same for a missing one and for one of a client that the caller may not see, or did not mean;
 *   CONFLICT where several have the number; what `chooseIntegration` says
 */
export async function findTicket(context: Context, wanted: WantedTicket): Promise<FoundTicket> {
  const { integration_id, client_id } = wanted
  const integration = await chooseIntegration(context, 'tickets', {
    integrationId: integration_id,
    clientId: client_id,
  })
  const connector = connectorFor(context, integration)
  const candidates = await asking(() => lookUp(connector, wanted.ticket))
  const visible = await ofVisibleClients(context, integration, candidates)
  const found = visible.filter(({ clientId }) => client_id === undefined || clientId === client_id)
  const [only, another] = found
  const unmatched = visible.find(({ clientId }) => clientId === null)
  if (!only && unmatched) throw notMatched(wanted.ticket, unmatched.ticket)
  if (!only) throw notFound('The ticket', wanted.ticket)
  if (another)
    throw new AppError(
      'CONFLICT',
      `Several tickets have the number ${wanted.ticket}. Give the id of one: ${found.map((one) => one.ticket.id).join(', ')}.`,
    )
  return { integration, connector, ...only }
}

/** Its customer is known to be none of ours, or not yet. */
export const notMatched = (named: string, { customerName }: Ticket): AppError =>
  new AppError(
    'CONFLICT',
    `The customer of ticket ${named} (${cleanLine(customerName ?? 'none', 200)}) is matched with no client. A lead confirms a match first.`,
  )

async function lookUp(connector: Connector, named: string): Promise<Ticket[]> {
  const number = named.replace(/^#/, '').trim()
  const { items } = await firstOf(connector.searchTickets?.({ number }) ?? [], MOST_OF_A_NUMBER)
  const exact = items.filter((ticket) => ticket.number === number)
  if (exact.length > 0 || named.startsWith('#')) return exact
  try {
    const ticket = await connector.ticket?.(number)
    return ticket ? [ticket] : []
  } catch (error) {
    if (error instanceof VendorError && error.kind === 'not_found') return []
    throw error
  }
}

/** Those whose client the caller may see, each with its client. */
export async function ofVisibleClients(
  context: Context,
  integration: Integration,
  tickets: readonly Ticket[],
): Promise<{ ticket: Ticket; clientId: string | null }[]> {
  const clientOf = await clientsOfCustomers(
    context,
    integration,
    tickets.map(({ customerId }) => customerId),
  )
  const visible = await visibleAmong(context, clientOf.values())
  return tickets.flatMap((ticket) => {
    const clientId = clientOf.get(ticket.customerId) ?? null
    const may = clientId === null ? seesUnmatched(context) : visible.has(clientId)
    return may ? [{ ticket, clientId }] : []
  })
}

const LINE = 300

/** As it is shown: cleaned, for it is a text of others. */
export const shownTicket = (
  integration: Pick<Integration, 'id'>,
  { ticket, clientId }: { ticket: Ticket; clientId: string | null },
): ExternalTicket => ({
  integration_id: integration.id,
  external_id: cleanLine(ticket.id, 200),
  external_number: cleanOrNull(ticket.number, 100),
  subject: cleanLine(ticket.subject, 500),
  status: cleanOrNull(ticket.status, 100),
  priority: cleanOrNull(ticket.priority, 100),
  customer_external_id: cleanOrNull(ticket.customerId, 200),
  customer_name: cleanOrNull(ticket.customerName, LINE),
  contact_name: cleanOrNull(ticket.contactName, LINE),
  assignee: cleanOrNull(ticket.assignee, LINE),
  url: ticket.url,
  created_at: ticket.createdAt,
  updated_at: ticket.updatedAt,
  client_id: clientId,
})
