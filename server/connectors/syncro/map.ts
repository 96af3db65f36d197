import type { Asset, Audience, Customer, NewTime, Note, Ticket, TicketQuery } from '../connector.ts'
import {
  type AssetRow,
  type CommentRow,
  type CustomerRow,
  type NewComment,
  type NewTimer,
  numberOr,
  type TicketFilter,
  type TicketRow,
  type TimerRow,
} from './api.ts'

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

/** Worked minutes: the account's labour rounds them by its own rules. */
export const timerOf = ({ startAt, minutes, note, marker, userId, workTypeId }: NewTime): NewTimer => ({
  start_at: startAt,
  end_at: new Date(Date.parse(startAt) + minutes * 60_000).toISOString(),
  duration_minutes: minutes,
  notes: [note, marker].filter(Boolean).join(' '),
  ...(userId === undefined ? {} : { user_id: numberOr(userId) }),
  ...(workTypeId === undefined ? {} : { product_id: numberOr(workTypeId) }),
})

/** What will be billed of a timer, in minutes. */
export const billedMinutes = ({ billable_time }: TimerRow): number | null =>
  billable_time === null || billable_time === undefined ? null : Math.round(billable_time / 60)

/** A file has no other field that a marker could stand in: `report.pdf` is `report-ref0123456789ab.pdf` there. */
export function markedName(name: string, marker: string): string {
  const ref = `-${marker.replace(/[^A-Za-z0-9]/g, '')}`
  const dot = name.lastIndexOf('.')
  return dot > 0 ? `${name.slice(0, dot)}${ref}${name.slice(dot)}` : `${name}${ref}`
}

export const customerOf = (row: CustomerRow, baseUrl: string): Customer => ({
  id: row.id,
  name: row.business_then_name ?? row.business_name ?? row.fullname ?? '',
  url: `${new URL(baseUrl).origin}/customers/${row.id}`,
  archived: row.disabled === true,
})

export const assetOf = (row: AssetRow, baseUrl: string): Asset => ({
  id: row.id,
  customerId: row.customer_id ?? null,
  name: row.name ?? '',
  serial: row.asset_serial || null,
  kind: row.asset_type ?? null,
  url: `${new URL(baseUrl).origin}/customer_assets/${row.id}`,
})
