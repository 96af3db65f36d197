import type { Account } from '../account.ts'
import type { Capabilities, Connector, Made, NewNote, Vendor } from '../connector.ts'
import { allOf } from '../transport/paging.ts'
import { createSyncroApi, rules, type SyncroApi } from './api.ts'
import { commentOf, filterOf, noteOf, ticketOf, ticketUrl } from './map.ts'

const CAPABILITIES: Capabilities = { tickets: true, noteInternal: true, notePortal: true, noteMailed: true }

/** SyncroMSP. A comment has no key of ours, so a marker in its text says which note it is. */
export const syncro: Vendor = { type: 'syncro', rules, capabilities: CAPABILITIES, connect }

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
      const rows = allOf(
        (page) => api.tickets(filterOf(query), page),
        ({ id }) => id,
      )
      for await (const row of rows) yield ticketOf(row, baseUrl)
    },
    ticket: async (id) => ticketOf(await api.ticket(id), baseUrl),
    async *notes(ticketId) {
      for await (const row of commentsOf(api, ticketId)) yield noteOf(row)
    },
    addNote: (note) => addNote(api, baseUrl, note),
  }
}

const commentsOf = (api: SyncroApi, ticketId: string) =>
  allOf(
    (page) => api.comments(ticketId, page),
    ({ id }) => id,
  )

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
