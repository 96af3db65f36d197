import type { Asset, Audience, Customer, NewNote, NewTime, Note, Ticket, TicketQuery } from '../connector.ts'
import { VendorError } from '../errors.ts'
import { type AssetRow, type CompanyRow, isId, type NoteRow, type TicketRow, type TimeRow } from './api.ts'

/** Between ConnectWise's rows and ours. Pure. */

/** Where people see a ticket: beside the API, on the host without `api-`. */
export function ticketUrl(base: string, ticketId: string): string {
  const { hostname, port, protocol, pathname } = new URL(base)
  const host = hostname.replace(/^api-(?=[a-z]+\.myconnectwise\.net$)/, '')
  const codebase = pathname.replace(/\/apis\/3\.0$/, '')
  const at = `${protocol}//${host}${port ? `:${port}` : ''}${codebase}`
  return `${at}/services/system_io/Service/fv_sr100_request.rails?service_recid=${ticketId}`
}

export const instantOf = (written: string | null | undefined): string | null => {
  const at = Date.parse(written ?? '')
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}

/** As ConnectWise takes instants: no fraction of a second. */
export const writtenInstant = (instant: string): string => `${new Date(instant).toISOString().slice(0, 19)}Z`

export const ticketOf = (row: TicketRow, base: string): Ticket => ({
  id: row.id,
  // People say the id.
  number: row.id,
  subject: row.summary ?? '',
  status: row.status?.name ?? null,
  priority: row.priority?.name ?? null,
  customerId: row.company?.id ?? null,
  customerName: row.company?.name ?? null,
  contactName: row.contact?.name ?? null,
  assignee: row.owner?.name ?? null,
  url: ticketUrl(base, row.id),
  createdAt: instantOf(row._info?.dateEntered ?? row.dateEntered),
  updatedAt: instantOf(row._info?.lastUpdated ?? row.lastUpdated),
})

/**
 * What a field holds, as conditions. How a quote or backslash inside of a text is written is nowhere said, so none is sent: what is between
 * them is asked for, and every piece must be there. A text of others can so never end the string that it stands in.
 */
export function holding(field: string, wanted: string): string[] {
  const pieces = wanted
    .split(/["\\\p{Cc}\u2028\u2029]+/u)
    .map((piece) => piece.trim())
    .filter(Boolean)
  return pieces.map((piece) => `${field} contains "${piece}"`)
}

/** Undefined: nothing can be like this, so nothing needs to be asked. */
export function conditionsOf(query: TicketQuery): string[] | undefined {
  const { text, number, customerId, status, updatedSince } = query
  const ids = [number, customerId].filter((one) => one !== undefined)
  if (!ids.every(isId)) return undefined
  return [
    ...(text === undefined ? [] : holding('summary', text)),
    ...(number === undefined ? [] : [`id=${Number(number)}`]),
    ...(customerId === undefined ? [] : [`company/id=${Number(customerId)}`]),
    ...(status === undefined ? [] : holding('status/name', status)),
    ...(updatedSince === undefined ? [] : [`lastUpdated>=[${writtenInstant(updatedSince)}]`]),
  ]
}

/** What no condition could say exactly. */
export const isMeant = (row: TicketRow, { status }: TicketQuery): boolean =>
  status === undefined || plain(row.status?.name ?? '') === plain(status)

const plain = (name: string) => name.trim().replace(/\s+/g, ' ').toLowerCase()

export const isCalled = (name: string, wanted: string): boolean => plain(name) === plain(wanted)

export const noteOf = (row: NoteRow): Note => ({
  id: row.id,
  author: row.member?.name ?? row.contact?.name ?? row.createdBy ?? null,
  audience: audienceOf(row),
  subject: null,
  body: row.text ?? '',
  createdAt: instantOf(row.dateCreated ?? row._info?.dateEntered),
})

/** Discussion and resolution are what the customer sees; whether it was mailed is not told. */
function audienceOf({ detailDescriptionFlag, internalAnalysisFlag, resolutionFlag }: NoteRow): Audience | null {
  if (detailDescriptionFlag || resolutionFlag) return 'portal'
  return internalAnalysisFlag ? 'internal' : null
}

/** Nobody is told: the board's own notifications would reach people whom we do not know. */
export function newNoteOf({ body, marker, audience }: NewNote) {
  if (audience === 'mailed') throw new VendorError('refused', 'ConnectWise has no way to show this to: mailed.')
  return {
    text: `${body}\n\n${marker}`,
    detailDescriptionFlag: audience === 'portal',
    internalAnalysisFlag: audience === 'internal',
    resolutionFlag: false,
    processNotifications: false,
  }
}

const SILENT = {
  addToDetailDescriptionFlag: false,
  addToInternalAnalysisFlag: false,
  addToResolutionFlag: false,
  emailResourceFlag: false,
  emailContactFlag: false,
  emailCcFlag: false,
}

/** Start and end, so that ConnectWise counts the hours by its own rules. */
export function newTimeOf({ ticketId, startAt, minutes, note, marker, billable, userId, workTypeId }: NewTime) {
  return {
    chargeToId: Number(ticketId),
    chargeToType: 'ServiceTicket',
    timeStart: writtenInstant(startAt),
    timeEnd: writtenInstant(new Date(Date.parse(startAt) + minutes * 60_000).toISOString()),
    billableOption: billable ? 'Billable' : 'DoNotBill',
    notes: note,
    internalNotes: marker,
    ...(userId === undefined ? {} : { member: isId(userId) ? { id: Number(userId) } : { identifier: userId } }),
    ...(workTypeId === undefined ? {} : { workType: { id: Number(workTypeId) } }),
    ...SILENT,
  }
}

export function billedMinutes({ billableOption, hoursBilled, invoiceHours }: TimeRow): number | null {
  if (billableOption === 'DoNotBill' || billableOption === 'NoCharge') return 0
  const hours = hoursBilled ?? invoiceHours
  return hours === null || hours === undefined ? null : Math.round(hours * 60)
}

const TITLE_CHARS = 60

/** The mark stands before the name: a title that is cut keeps it. */
export const fileTitle = (name: string, marker: string): string => `${marker} ${name.slice(0, TITLE_CHARS)}`

export const customerOf = (row: CompanyRow): Customer => ({
  id: row.id,
  name: row.name ?? row.identifier ?? '',
  url: null,
  archived: row.deletedFlag === true,
})

export const assetOf = (row: AssetRow): Asset => ({
  id: row.id,
  customerId: row.company?.id ?? null,
  name: row.name ?? '',
  serial: row.serialNumber || null,
  kind: row.type?.name ?? null,
  url: null,
})
