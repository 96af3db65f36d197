import type { Account } from '../account.ts'
import type { Capabilities, Connector, Made, MadeTime, NewAttachment, NewNote, NewTime, Vendor } from '../connector.ts'
import { VendorError } from '../errors.ts'
import { allOf } from '../transport/paging.ts'
import { createSyncroApi, rules, type SyncroApi } from './api.ts'
import {
  assetOf,
  billedMinutes,
  commentOf,
  customerOf,
  filterOf,
  markedName,
  noteOf,
  ticketOf,
  ticketUrl,
  timerOf,
} from './map.ts'

const CAPABILITIES: Capabilities = {
  tickets: true,
  noteInternal: true,
  notePortal: true,
  noteMailed: true,
  time: true,
  attachByUrl: true,
  status: true,
  customers: true,
  assets: true,
}

/** SyncroMSP. It has no keys against doubles, so a marker in what is written says what it is. */
export const syncro: Vendor = { type: 'syncro', rules, capabilities: CAPABILITIES, connect }

const byId = ({ id }: { id: string }) => id

function connect(account: Account): Connector {
  const { baseUrl } = account
  const api = createSyncroApi(account)
  return {
    type: 'syncro',
    capabilities: CAPABILITIES,
    async test() {
      const { user_name, user_email, subdomain } = await api.me()
      return { account: [user_name ?? user_email, subdomain].filter(Boolean).join(' at '), capabilities: CAPABILITIES }
    },
    async *searchTickets(query) {
      for await (const row of allOf((page) => api.tickets(filterOf(query), page), byId)) yield ticketOf(row, baseUrl)
    },
    ticket: async (id) => ticketOf(await api.ticket(id), baseUrl),
    async *notes(ticketId) {
      for await (const row of commentsOf(api, ticketId)) yield noteOf(row)
    },
    addNote: (note) => addNote(api, baseUrl, note),
    addTime: (time) => addTime(api, baseUrl, time),
    attach: (file) => attach(api, baseUrl, file),
    statuses: () => api.statuses(),
    setStatus: ({ ticketId, status }) => api.setStatus(ticketId, status),
    async *customers() {
      for await (const row of allOf((page) => api.customers(page), byId)) yield customerOf(row, baseUrl)
    },
    async *assets(customerId) {
      for await (const row of allOf((page) => api.assets(customerId, page), byId)) yield assetOf(row, baseUrl)
    },
  }
}

const commentsOf = (api: SyncroApi, ticketId: string) => allOf((page) => api.comments(ticketId, page), byId)

async function addNote(api: SyncroApi, baseUrl: string, note: NewNote): Promise<Made> {
  const url = ticketUrl(baseUrl, note.ticketId)
  const found = note.again ? await findNote(api, note) : undefined
  const { id } = found ?? (await api.addComment(note.ticketId, commentOf(note)))
  return { id, url }
}

/** Clocks differ. */
const SKEW_MS = 86_400_000

/** What an earlier try made. */
async function findNote(api: SyncroApi, { ticketId, marker, since }: NewNote) {
  for await (const comment of commentsOf(api, ticketId)) {
    if (comment.body?.includes(marker)) return comment
    if (Date.parse(comment.created_at ?? '') < Date.parse(since) - SKEW_MS) return undefined
  }
  return undefined
}

/** Two steps: a timer, then the charge that makes a line item of it. Each is looked for before it is taken again. */
async function addTime(api: SyncroApi, baseUrl: string, time: NewTime): Promise<MadeTime> {
  const { ticketId, marker, again, billable } = time
  const timers = again ? ((await api.ticket(ticketId)).ticket_timers ?? []) : []
  const timer = timers.find(({ notes }) => notes?.includes(marker)) ?? (await api.addTimer(ticketId, timerOf(time)))
  const charged = billable && timer.recorded !== true ? await api.chargeTimer(ticketId, timer.id) : timer
  return {
    id: timer.id,
    url: ticketUrl(baseUrl, ticketId),
    billableMinutes: billable ? billedMinutes(charged) : 0,
  }
}

async function attach(api: SyncroApi, baseUrl: string, file: NewAttachment): Promise<Made> {
  const { ticketId, name, marker, again, content } = file
  if (!('url' in content)) throw new VendorError('refused', 'SyncroMSP takes no files, only addresses of files.')
  const filename = markedName(name, marker)
  const there = again ? ((await api.ticket(ticketId)).attachments ?? []) : []
  const found = there.find(({ file_name }) => file_name === filename)
  if (!found) await api.attachUrl(ticketId, { url: content.url, filename })
  return { id: found?.id ?? null, url: ticketUrl(baseUrl, ticketId) }
}
