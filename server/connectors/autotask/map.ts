import type {
  Asset,
  Audience,
  Customer,
  NewAttachment,
  NewNote,
  NewTime,
  Note,
  Ticket,
  TicketQuery,
} from '../connector.ts'
import { misconfigured, VendorError } from '../errors.ts'
import {
  type AssetRow,
  type Choice,
  type CompanyRow,
  type Condition,
  isId,
  type NoteRow,
  type TicketRow,
  type TimeRow,
} from './api.ts'

/** Between Autotask's rows and ours. Pure. */

/** What the numbers in a ticket mean. */
export interface Names {
  status: ReadonlyMap<number, string>
  priority: ReadonlyMap<number, string>
  company: ReadonlyMap<string, string>
  resource: ReadonlyMap<string, string>
}

export const labelsOf = (choices: readonly Choice[]): ReadonlyMap<number, string> =>
  new Map(choices.map(({ value, label }) => [value, label]))

/** Where people see a ticket. */
export const ticketUrl = (web: string | null, ticketId: string): string | null =>
  web === null
    ? null
    : `${new URL(web).origin}/Autotask/AutotaskExtend/ExecuteCommand.aspx?Code=OpenTicketDetail&TicketID=${ticketId}`

export const instantOf = (written: string | null | undefined): string | null => {
  // Without a zone it is UTC.
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/i.test(written ?? '')
  const at = Date.parse(hasZone ? (written as string) : `${written}Z`)
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}

const named = <K>(names: ReadonlyMap<K, string>, key: K | null | undefined): string | null =>
  key === null || key === undefined ? null : (names.get(key) ?? null)

export const ticketOf = (row: TicketRow, names: Names, web: string | null): Ticket => ({
  id: row.id,
  number: row.ticketNumber ?? null,
  subject: row.title ?? '',
  status: named(names.status, row.status),
  priority: named(names.priority, row.priority),
  customerId: row.companyID ?? null,
  customerName: named(names.company, row.companyID),
  contactName: null,
  assignee: named(names.resource, row.assignedResourceID),
  url: ticketUrl(web, row.id),
  createdAt: instantOf(row.createDate),
  updatedAt: instantOf(row.lastActivityDate),
})

/** Undefined: nothing can be like this, so nothing needs to be asked. */
export function filterOf(query: TicketQuery, statuses: readonly Choice[]): Condition[] | undefined {
  const { text, number, customerId, status, updatedSince } = query
  const filter: Condition[] = []
  if (text !== undefined && text !== '')
    filter.push({
      op: 'or',
      items: [
        { op: 'contains', field: 'title', value: text },
        { op: 'eq', field: 'ticketNumber', value: text },
      ],
    })
  if (number !== undefined) filter.push({ op: 'eq', field: 'ticketNumber', value: number })
  if (customerId !== undefined) {
    if (!isId(customerId)) return undefined
    filter.push({ op: 'eq', field: 'companyID', value: Number(customerId) })
  }
  if (status !== undefined) {
    const meant = choiceCalled(statuses, status)
    if (!meant) return undefined
    filter.push({ op: 'eq', field: 'status', value: meant.value })
  }
  if (updatedSince !== undefined) filter.push({ op: 'gte', field: 'lastActivityDate', value: updatedSince })
  return filter.length > 0 ? filter : [{ op: 'exist', field: 'id' }]
}

const LATELY_MS = 30 * 86_400_000

/**
 * The same search in two: what changed lately, and the rest. Autotask answers with the oldest first and takes no other order, and who
 * searches mostly means the newest.
 */
export function latelyAndBefore(filter: readonly Condition[], now: Date): [Condition[], Condition[]] {
  const field = 'lastActivityDate'
  const value = new Date(now.getTime() - LATELY_MS).toISOString()
  const before: Condition = {
    op: 'or',
    items: [
      { op: 'lt', field, value },
      { op: 'notExist', field },
    ],
  }
  return [
    [...filter, { op: 'gte', field, value }],
    [...filter, before],
  ]
}

const plain = (label: string) => label.trim().replace(/\s+/g, ' ').toLowerCase()

/** The entry that people call so, among those that are used. */
export const choiceCalled = (choices: readonly Choice[], label: string): Choice | undefined =>
  choices.find((one) => one.isActive !== false && plain(one.label) === plain(label))

const INTERNAL = ['internal only', 'internal users only']
const EVERYBODY = ['all autotask users']

/** Who sees it: an entry of the account's own list, by its name, so that a renumbered list shows nothing to anybody by mistake. */
export function publishOf(choices: readonly Choice[], audience: Audience): number {
  const labels = audience === 'internal' ? INTERNAL : EVERYBODY
  const found = choices.find((one) => one.isActive !== false && labels.includes(plain(one.label)))
  if (audience === 'mailed' || !found)
    throw new VendorError('refused', `Autotask has no way to show this to: ${audience}.`)
  return found.value
}

export function audienceOf(choices: readonly Choice[], publish: number | null | undefined): Audience | null {
  const label = plain(choices.find(({ value }) => value === publish)?.label ?? '')
  return INTERNAL.includes(label) ? 'internal' : EVERYBODY.includes(label) ? 'portal' : null
}

export const noteOf = (row: NoteRow, publish: readonly Choice[], resources: ReadonlyMap<string, string>): Note => ({
  id: row.id,
  author: named(resources, row.creatorResourceID),
  audience: audienceOf(publish, row.publish),
  subject: row.title ?? null,
  body: row.description ?? '',
  createdAt: instantOf(row.createDateTime),
})

/** The kind of note that an account takes when nobody chooses; `wanted` is the label that its admin set. */
export function noteTypeOf(choices: readonly Choice[], wanted: unknown): number {
  const usable = choices.filter(({ isActive, isSystem }) => isActive !== false && isSystem !== true)
  const called = typeof wanted === 'string' ? choiceCalled(usable, wanted) : undefined
  if (typeof wanted === 'string' && !called) throw misconfigured(`Autotask has no note type "${wanted}".`)
  const chosen = called ?? usable.find(({ isDefaultValue }) => isDefaultValue) ?? usable[0]
  if (!chosen) throw misconfigured('Autotask has no note type that can be used.')
  return chosen.value
}

export const newNoteOf = (note: NewNote, publish: number, noteType: number) => ({
  title: note.audience === 'internal' ? 'Internal note' : 'Update',
  description: `${note.body}\n\n${note.marker}`,
  noteType,
  publish,
})

const MOST_MINUTES = 24 * 60

/** Start and end, so that Autotask counts the hours itself: a third of an hour has no decimal that is true. */
export function newTimeOf(time: NewTime, resourceId: string, roleId: string) {
  const { startAt, minutes, note, marker, ticketId, billable, workTypeId } = time
  if (minutes <= 0 || minutes > MOST_MINUTES)
    throw new VendorError('refused', 'Autotask takes time of more than nothing and of 24 hours at most.')
  return {
    ticketID: Number(ticketId),
    resourceID: Number(resourceId),
    roleID: Number(roleId),
    dateWorked: startAt,
    startDateTime: startAt,
    endDateTime: new Date(Date.parse(startAt) + minutes * 60_000).toISOString(),
    isNonBillable: !billable,
    billingCodeID: workTypeId === undefined ? undefined : Number(workTypeId),
    summaryNotes: note || 'Work',
    internalNotes: marker,
  }
}

export const billedMinutes = ({ hoursToBill, isNonBillable }: TimeRow): number | null =>
  isNonBillable === true ? 0 : hoursToBill === null || hoursToBill === undefined ? null : Math.round(hoursToBill * 60)

/** The most that a file may have; Autotask takes six to seven megabytes. */
const MOST_FILE_BYTES = 6_000_000
const TITLE_CHARS = 200

export const fileTitle = ({ name, marker }: Pick<NewAttachment, 'name' | 'marker'>): string =>
  `${name.slice(0, TITLE_CHARS)} ${marker}`

export function newFileOf(file: NewAttachment, bytes: Uint8Array, publish: number) {
  if (bytes.length > MOST_FILE_BYTES)
    throw new VendorError('refused', `${file.name} is too large: Autotask takes files of 6 MB at most.`)
  return {
    title: fileTitle(file),
    attachmentType: 'FILE_ATTACHMENT',
    fullPath: file.name,
    publish,
    data: Buffer.from(bytes).toString('base64'),
  }
}

export const customerOf = (row: CompanyRow): Customer => ({
  id: row.id,
  name: row.companyName ?? '',
  url: null,
  archived: row.isActive === false || row.isActive === 0,
})

export const assetOf = (row: AssetRow): Asset => ({
  id: row.id,
  customerId: row.companyID ?? null,
  name: row.referenceTitle ?? '',
  serial: row.serialNumber || null,
  kind: null,
  url: null,
})
