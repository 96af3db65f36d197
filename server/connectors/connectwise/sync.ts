import type { z } from 'zod'
import type { Account } from '../account.ts'
import type {
  Capabilities,
  Connector,
  Made,
  MadeTime,
  NewAttachment,
  NewNote,
  NewStatus,
  NewTime,
  TicketQuery,
  Vendor,
} from '../connector.ts'
import { VendorError } from '../errors.ts'
import { allOf } from '../transport/paging.ts'
import {
  AssetRow,
  BoardRow,
  CompanyRow,
  type ConnectWiseApi,
  createConnectWiseApi,
  FileRow,
  isId,
  type ListOf,
  NoteRow,
  rules,
  type StatusRow as Status,
  StatusRow,
  TicketRow,
  TimeRow,
} from './api.ts'
import {
  assetOf,
  billedMinutes,
  conditionsOf,
  customerOf,
  fileTitle,
  isCalled,
  isMeant,
  newNoteOf,
  newTimeOf,
  noteOf,
  ticketOf,
  ticketUrl,
} from './map.ts'

/** Whom a note is mailed to is decided by the board, so that is not offered. Tickets are those of service boards. */
const CAPABILITIES: Capabilities = {
  tickets: true,
  noteInternal: true,
  notePortal: true,
  time: true,
  attachUpload: true,
  attachInternal: true,
  status: true,
  customers: true,
  assets: true,
}

/** ConnectWise PSA. It has no keys against doubles, so a marker in what is written says what it is. */
export const connectwise: Vendor = { type: 'connectwise', rules, capabilities: CAPABILITIES, connect }

const TICKET = '/service/tickets/{id}'
const NEWEST = { orderBy: 'id desc' }

function connect(account: Account): Connector {
  const api = createConnectWiseApi(account)
  return {
    type: 'connectwise',
    capabilities: CAPABILITIES,
    async test() {
      await api.signedIn()
      return { account: `${api.companyId()} at ${new URL(await api.base()).host}`, capabilities: CAPABILITIES }
    },
    searchTickets: (query) => tickets(api, query),
    ticket: async (id) => ticketOf(await api.one(TICKET, TicketRow, id), await api.base()),
    async *notes(ticketId) {
      for await (const row of notesOf(api, ticketId)) yield noteOf(row)
    },
    addNote: (note) => addNote(api, note),
    addTime: (time) => addTime(api, time),
    attach: (file) => attach(api, file),
    statuses: () => statuses(api),
    setStatus: (change) => setStatus(api, change),
    async *customers() {
      for await (const row of walk(api, '/company/companies', CompanyRow)) yield customerOf(row)
    },
    async *assets(customerId) {
      if (customerId !== undefined && !isId(customerId)) return
      const conditions = customerId === undefined ? undefined : `company/id=${Number(customerId)}`
      for await (const row of walk(api, '/company/configurations', AssetRow, { conditions }))
        if (row.activeFlag !== false) yield assetOf(row)
    },
  }
}

const walk = <T extends { id: string }>(api: ConnectWiseApi, path: string, row: z.ZodType<T>, of: ListOf = {}) =>
  allOf(
    (next) => api.list(path, row, of, next),
    ({ id }) => id,
  )

async function* tickets(api: ConnectWiseApi, query: TicketQuery) {
  const conditions = conditionsOf(query)
  if (conditions === undefined) return
  const of = { ...NEWEST, conditions: conditions.length === 0 ? undefined : conditions.join(' and ') }
  for await (const row of walk(api, '/service/tickets', TicketRow, of))
    if (isMeant(row, query)) yield ticketOf(row, await api.base())
}

const notesOf = (api: ConnectWiseApi, ticketId: string) =>
  walk(api, `${TICKET}/notes`, NoteRow, { params: { id: ticketId }, ...NEWEST })

async function addNote(api: ConnectWiseApi, note: NewNote): Promise<Made> {
  const { ticketId, marker, again } = note
  const id =
    (again ? await findNote(api, ticketId, marker) : undefined) ?? (await api.addNote(ticketId, newNoteOf(note)))
  return { id, url: ticketUrl(await api.base(), ticketId) }
}

async function findNote(api: ConnectWiseApi, ticketId: string, marker: string): Promise<string | undefined> {
  for await (const { id, text } of notesOf(api, ticketId)) if (text?.includes(marker)) return id
  return undefined
}

async function addTime(api: ConnectWiseApi, time: NewTime): Promise<MadeTime> {
  const { ticketId, again } = time
  // An entry for a ticket that there is not must be told as such, not as a mistake in the entry.
  await api.one(TICKET, TicketRow, ticketId)
  const id = (again ? await findTime(api, time) : undefined) ?? (await api.addTime(newTimeOf(time)))
  return {
    id,
    url: ticketUrl(await api.base(), ticketId),
    billableMinutes: billedMinutes(await api.one('/time/entries/{id}', TimeRow, id)),
  }
}

async function findTime(api: ConnectWiseApi, { ticketId, marker }: NewTime): Promise<string | undefined> {
  const conditions = `chargeToId=${Number(ticketId)} and chargeToType="ServiceTicket"`
  for await (const { id, internalNotes, notes } of walk(api, '/time/entries', TimeRow, { conditions, ...NEWEST }))
    if (internalNotes?.includes(marker) || notes?.includes(marker)) return id
  return undefined
}

async function attach(api: ConnectWiseApi, file: NewAttachment): Promise<Made> {
  const { ticketId, name, mediaType, marker, again, audience, content } = file
  if ('url' in content) throw new VendorError('refused', 'ConnectWise takes files, not their addresses.')
  await api.one(TICKET, TicketRow, ticketId)
  const title = fileTitle(name, marker)
  const isPrivate = audience === 'internal'
  const id =
    (again ? await findFile(api, ticketId, marker) : undefined) ??
    (await api.attach({ ticketId, title, name, mediaType, isPrivate, bytes: content.bytes }))
  return { id, url: ticketUrl(await api.base(), ticketId) }
}

async function findFile(api: ConnectWiseApi, ticketId: string, marker: string): Promise<string | undefined> {
  const query = { recordType: 'Ticket', recordId: ticketId }
  for await (const { id, title } of walk(api, '/system/documents', FileRow, { query }))
    if (title?.includes(marker)) return id
  return undefined
}

const ofBoard = (api: ConnectWiseApi, boardId: string) =>
  walk(api, '/service/boards/{id}/statuses', StatusRow, { params: { id: boardId } })

/** Every board has its own: these are all of them, each name once. */
async function statuses(api: ConnectWiseApi): Promise<string[]> {
  const names = new Set<string>()
  for await (const board of walk(api, '/service/boards', BoardRow))
    if (!board.inactiveFlag) for await (const one of ofBoard(api, board.id)) if (!one.inactive) names.add(one.name)
  return [...names]
}

/** @throws VendorError `refused` for a status of other boards only */
async function setStatus(api: ConnectWiseApi, { ticketId, status }: NewStatus): Promise<void> {
  const { board } = await api.one(TICKET, TicketRow, ticketId)
  const known: Status[] = []
  if (board?.id) for await (const one of ofBoard(api, board.id)) if (!one.inactive) known.push(one)
  const meant = known.find(({ name }) => isCalled(name, status))
  if (!meant)
    throw new VendorError(
      'refused',
      `The board ${board?.name ?? ''} has no status "${status}". It has: ${known.map(({ name }) => name).join(', ')}.`,
    )
  await api.setStatus(ticketId, meant.id)
}
