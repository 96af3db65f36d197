import type { Audience, Note, Ticket, TicketQuery } from '../connector.ts'
import type { CommentRow, NewComment, TicketFilter, TicketRow } from './api.ts'

/** Between SyncroMSP's rows and ours. Pure. */

/** The page of a ticket is found by its id, not by the number that people say. */
export const ticketUrl = (baseUrl: string, ticketId: string): string => `${new URL(baseUrl).origin}/tickets/${ticketId}`

export const instantOf = (written: string | null | undefined): string | null => {
  const at = Date.parse(written ?? '')
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}

export const ticketOf = (
  row: TicketRow & { customer?: { business_then_name?: string | null | undefined } | null | undefined },
  baseUrl: string,
): Ticket => ({
  id: row.id,
  number: row.number ?? null,
  subject: row.subject ?? '',
  status: row.status ?? null,
  priority: row.priority ?? null,
  customerId: row.customer_id ?? null,
  customerName: row.customer_business_then_name ?? row.customer?.business_then_name ?? null,
  contactName: row.contact_fullname ?? null,
  assignee: row.user?.full_name ?? null,
  url: ticketUrl(baseUrl, row.id),
  createdAt: instantOf(row.created_at),
  updatedAt: instantOf(row.updated_at),
})

export const noteOf = (row: CommentRow): Note => ({
  id: row.id,
  author: row.tech ?? null,
  // Whether it was mailed is not told.
  audience: row.hidden === null || row.hidden === undefined ? null : row.hidden ? 'internal' : 'portal',
  subject: row.subject ?? null,
  body: row.body ?? '',
  createdAt: instantOf(row.created_at),
})

export const filterOf = ({ text, number, customerId, status, updatedSince }: TicketQuery): TicketFilter => ({
  query: text,
  number,
  customer_id: customerId,
  status,
  since_updated_at: updatedSince,
})

const AUDIENCE_FLAGS: Readonly<Record<Audience, Pick<NewComment, 'hidden' | 'do_not_email'>>> = {
  internal: { hidden: true, do_not_email: true },
  portal: { hidden: false, do_not_email: true },
  mailed: { hidden: false, do_not_email: false },
}

/** Markdown is shown as it is written, so the text goes as it is. */
export const commentOf = (note: { body: string; marker: string; audience: Audience }): NewComment => ({
  subject: note.audience === 'internal' ? 'Internal note' : 'Update',
  body: `${note.body}\n\n${note.marker}`,
  ...AUDIENCE_FLAGS[note.audience],
})
