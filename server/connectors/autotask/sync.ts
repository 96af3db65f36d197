import type { z } from 'zod'
import type { Account } from '../account.ts'
import type {
  Capabilities,
  Connector,
  Made,
  MadeTime,
  NewAttachment,
  NewNote,
  NewTime,
  Ticket,
  TicketQuery,
  Vendor,
} from '../connector.ts'
import { misconfigured, VendorError } from '../errors.ts'
import { allOf } from '../transport/paging.ts'
import {
  AssetRow,
  type AutotaskApi,
  type Choice,
  CompanyRow,
  type Condition,
  createAutotaskApi,
  FileRow,
  isId,
  NoteRow,
  ResourceRow,
  rules,
  TicketRow,
  TimeRow,
} from './api.ts'
import {
  assetOf,
  billedMinutes,
  choiceCalled,
  customerOf,
  fileTitle,
  filterOf,
  labelsOf,
  latelyAndBefore,
  type Names,
  newFileOf,
  newNoteOf,
  newTimeOf,
  noteOf,
  noteTypeOf,
  publishOf,
  ticketOf,
  ticketUrl,
} from './map.ts'

/** Whether a note is mailed to anybody is decided by the account's own workflow rules, so that is not offered. */
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

/** Autotask PSA. It has no keys against doubles, so a marker in what is written says what it is. */
export const autotask: Vendor = { type: 'autotask', rules, capabilities: CAPABILITIES, connect }

const byId = ({ id }: { id: string }) => id
const EVERYTHING: readonly Condition[] = [{ op: 'exist', field: 'id' }]
const OF = (field: string, id: string): Condition => ({ op: 'eq', field, value: Number(id) })

type Choices = (entity: string, field: string) => Promise<Choice[]>

interface Work {
  account: Account
  api: AutotaskApi
  /** Pick-lists, each read once. */
  choices: Choices
}

function connect(account: Account): Connector {
  const api = createAutotaskApi(account)
  const work: Work = { account, api, choices: remembered(api.choices) }
  return {
    type: 'autotask',
    capabilities: CAPABILITIES,
    async test() {
      const { currentTimeframeRequestCount: calls, externalRequestThreshold: most } = await api.threshold()
      const used = calls !== null && calls !== undefined && most ? ` (${calls} of ${most} calls in the last hour)` : ''
      return { account: `${await api.user()}${used}`, capabilities: CAPABILITIES }
    },
    async *searchTickets(query) {
      const statuses = query.status === undefined ? [] : await work.choices('Tickets', 'status')
      const filter = filterOf(query, statuses)
      if (filter) yield* found(work, query, filter)
    },
    async ticket(id) {
      const row = await api.ticket(id)
      return ticketOf(row, await namesFor(work, [row]), (await api.zone()).web)
    },
    notes: (ticketId) => notes(work, ticketId),
    addNote: (note) => addNote(work, note),
    addTime: (time) => addTime(work, time),
    attach: (file) => attach(work, file),
    statuses: async () =>
      (await work.choices('Tickets', 'status')).filter(({ isActive }) => isActive !== false).map(({ label }) => label),
    async setStatus({ ticketId, status }) {
      const meant = choiceCalled(await work.choices('Tickets', 'status'), status)
      if (!meant) throw new VendorError('refused', `Autotask has no status "${status}".`)
      // A change of a ticket that there is not would be answered with 500.
      await api.ticket(ticketId)
      await api.setStatus(ticketId, meant.value)
    },
    async *customers() {
      for await (const row of walk(api, 'Companies', CompanyRow, EVERYTHING)) yield customerOf(row)
    },
    async *assets(customerId) {
      if (customerId !== undefined && !isId(customerId)) return
      const filter = customerId === undefined ? EVERYTHING : [OF('companyID', customerId)]
      for await (const row of walk(api, 'ConfigurationItems', AssetRow, filter))
        if (row.isActive !== false) yield assetOf(row)
    },
  }
}

function remembered(read: Choices): Choices {
  const known = new Map<string, Promise<Choice[]>>()
  return (entity, field) => {
    const key = `${entity}.${field}`
    const found = known.get(key) ?? read(entity, field)
    known.set(key, found)
    found.catch(() => known.delete(key))
    return found
  }
}

const walk = <T extends { id: string }>(
  api: AutotaskApi,
  entity: string,
  row: z.ZodType<T>,
  filter: readonly Condition[],
) => allOf((next) => api.query(entity, row, filter, next), byId)

/** What changed lately comes first, the newest before the others; then the rest as Autotask has it. */
async function* found(work: Work, { number, updatedSince }: TicketQuery, filter: readonly Condition[]) {
  if (number !== undefined || updatedSince !== undefined) return yield* tickets(work, filter)
  const [lately, before] = latelyAndBefore(filter, work.account.deps.clock())
  const known = new Set<string>()
  const newest: Ticket[] = []
  for await (const ticket of tickets(work, lately)) newest.push(ticket)
  newest.sort((one, other) => Number(other.id) - Number(one.id))
  for (const ticket of newest) {
    known.add(ticket.id)
    yield ticket
  }
  for await (const ticket of tickets(work, before)) if (!known.has(ticket.id)) yield ticket
}

/** Page by page, since the names of customers and people are asked for per page. */
async function* tickets(work: Work, filter: readonly Condition[]) {
  let names: Names | undefined
  const read = async (next: string | undefined) => {
    const page = await work.api.query('Tickets', TicketRow, filter, next)
    if (page.items.length > 0) names = await namesFor(work, page.items)
    return page
  }
  for await (const row of allOf(read, byId)) yield ticketOf(row, names as Names, (await work.api.zone()).web)
}

async function namesFor({ api, choices }: Work, rows: readonly TicketRow[]): Promise<Names> {
  const company = await api.byIds('Companies', CompanyRow, idsIn(rows.map(({ companyID }) => companyID)))
  return {
    status: labelsOf(await choices('Tickets', 'status')),
    priority: labelsOf(await choices('Tickets', 'priority')),
    company: new Map(company.map(({ id, companyName }) => [id, companyName ?? ''])),
    resource: await peopleOf(api, idsIn(rows.map(({ assignedResourceID }) => assignedResourceID))),
  }
}

const idsIn = (ids: readonly (string | null | undefined)[]) => [...new Set(ids.filter((id) => id != null))]

async function peopleOf(api: AutotaskApi, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await api.byIds('Resources', ResourceRow, ids)
  return new Map(rows.map(({ id, firstName, lastName }) => [id, [firstName, lastName].filter(Boolean).join(' ')]))
}

async function notesOf(api: AutotaskApi, ticketId: string): Promise<NoteRow[]> {
  if (!isId(ticketId)) return []
  const rows: NoteRow[] = []
  for await (const row of walk(api, 'TicketNotes', NoteRow, [OF('ticketID', ticketId)])) rows.push(row)
  return rows
}

async function* notes({ api, choices }: Work, ticketId: string) {
  const rows = await notesOf(api, ticketId)
  if (rows.length === 0) return
  const publish = await choices('TicketNotes', 'publish')
  const people = await peopleOf(api, idsIn(rows.map(({ creatorResourceID }) => creatorResourceID)))
  for (const row of rows.sort((one, other) => Number(other.id) - Number(one.id))) yield noteOf(row, publish, people)
}

async function addNote({ account, api, choices }: Work, note: NewNote): Promise<Made> {
  const { ticketId, audience, marker, again } = note
  await api.ticket(ticketId)
  const made = again ? await notesOf(api, ticketId) : []
  const found = made.find(({ description }) => description?.includes(marker))
  const publish = publishOf(await choices('TicketNotes', 'publish'), audience)
  const noteType = noteTypeOf(await choices('TicketNotes', 'noteType'), account.integration.config.note_type)
  const id = found?.id ?? (await api.addNote(ticketId, newNoteOf(note, publish, noteType)))
  return { id, url: ticketUrl((await api.zone()).web, ticketId) }
}

async function addTime({ account, api }: Work, time: NewTime): Promise<MadeTime> {
  const ticket = await api.ticket(time.ticketId)
  const id = (time.again ? await findTime(api, time) : undefined) ?? (await bookTime(account, api, ticket, time))
  return {
    id,
    url: ticketUrl((await api.zone()).web, time.ticketId),
    billableMinutes: billedMinutes(await api.timeEntry(id)),
  }
}

async function findTime(api: AutotaskApi, { ticketId, marker }: NewTime): Promise<string | undefined> {
  for await (const row of walk(api, 'TimeEntries', TimeRow, [OF('ticketID', ticketId)]))
    if (row.internalNotes?.includes(marker) || row.summaryNotes?.includes(marker)) return row.id
  return undefined
}

/** Whose time it is, and in which role: the ticket's own when it is theirs, else what the settings say. */
async function bookTime({ integration }: Account, api: AutotaskApi, ticket: TicketRow, time: NewTime) {
  const { config, name } = integration
  const resource = time.userId ?? settingId(config.resource_id)
  if (resource === undefined || !isId(resource))
    throw misconfigured(
      `${name} does not know whose time this is. Say what your user is called there (externalRefs, the id of the resource), or set resource_id.`,
    )
  const isTheirs = ticket.assignedResourceID === resource
  const role =
    (isTheirs ? ticket.assignedResourceRoleID : undefined) ?? settingId(config.role_id) ?? ticket.assignedResourceRoleID
  if (role === undefined || role === null || !isId(role))
    throw misconfigured(`${name} does not know in which role this was worked. An admin sets role_id.`)
  return api.addTime(newTimeOf(time, resource, role))
}

const settingId = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined

async function attach({ api, choices }: Work, file: NewAttachment): Promise<Made> {
  const { ticketId, content, again, audience } = file
  if ('url' in content) throw new VendorError('refused', 'Autotask takes files, not their addresses.')
  await api.ticket(ticketId)
  const title = fileTitle(file)
  const publish = publishOf(await choices('TicketAttachments', 'publish'), audience)
  const row = newFileOf(file, content.bytes, publish)
  const id =
    (again ? await findFile(api, ticketId, title) : undefined) ??
    (await api.attach(ticketId, row, content.bytes.length))
  return { id, url: ticketUrl((await api.zone()).web, ticketId) }
}

async function findFile(api: AutotaskApi, ticketId: string, title: string): Promise<string | undefined> {
  for await (const row of walk(api, 'TicketAttachments', FileRow, [OF('parentID', ticketId)]))
    if (row.title === title) return row.id
  return undefined
}
