import { type Asked, type FakeVendor, fakeVendor, pieceOf, type Reply } from './server.ts'

/**
 * ConnectWise PSA. It stands on these facts of its API:
 * - `GET /login/companyinfo/{company}` is public and names the `Codebase`: `v2025_16/`; the API is at `/{codebase}/apis/3.0`
 * - Basic `{company}+{public}:{private}` and the header `clientId`, both on every call
 * - lists are bare arrays; the next page stands in `Link` as `page`, or as `pageId` with `pagination-type: forward-only`, which has no order
 * - `conditions`: texts in double quotes, instants in brackets, joined by `and`; instants are `yyyy-MM-ddTHH:mm:ssZ` and nothing else
 * - a change is a JSON Patch; a note needs one of its three flags; a time entry counts its hours itself
 * - documents are multipart; errors are `{code, message, errors: [{code, message, resource, field}]}`; JSON is indented, with CRLF
 */
export interface FakeConnectWise extends FakeVendor {
  company: string
  publicKey: string
  privateKey: string
  clientId: string
  codebase: string
  /** Where links of lists point. */
  linkOrigin: string | undefined
  circles: boolean
  pageSize: number
  forbidden: boolean
  rows: Record<'tickets' | 'notes' | 'entries' | 'documents' | 'companies' | 'configurations' | 'boards', Row[]>
  statuses: Record<number, { id: number; name: string; inactive?: boolean }[]>
  /** Conditions that lists were asked for with. */
  conditions: string[]
}

type Row = Record<string, unknown> & { id: number }

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
const indented = (status: number, value: unknown, headers: Record<string, string> = {}): Reply => ({
  status,
  headers,
  body: JSON.stringify(value, null, 2).replaceAll('\n', '\r\n'),
})
const failed = (status: number, code: string, message: string, errors: unknown[] = []): Reply =>
  indented(status, { code, message, errors })
const missing = (resource: string, field: string): Reply =>
  failed(400, 'InvalidObject', `${resource} object is invalid`, [
    { code: 'MissingRequiredField', message: `The ${field} field is required.`, resource, field },
  ])
const NOT_FOUND = failed(404, 'NotFound', 'The record was not found.')

export async function fakeConnectWise({ privateKey = 'CANARY-private' } = {}): Promise<FakeConnectWise> {
  let serial = 900
  const vendor = await fakeVendor((asked) => answer(asked))
  const fake: FakeConnectWise = {
    ...vendor,
    ...{ company: 'acme', publicKey: 'CANARY-public', privateKey, clientId: 'c1', codebase: 'v2025_16/' },
    ...{ linkOrigin: undefined, circles: false, pageSize: 1_000, forbidden: false, conditions: [] },
    rows: {
      ...{ tickets: [], notes: [], entries: [], documents: [], configurations: [] },
      companies: [{ id: 2, identifier: 'dataforth', name: 'Dataforth', deletedFlag: false }],
      boards: [
        { id: 1, name: 'Help Desk' },
        { id: 2, name: 'Projects' },
      ],
    },
    statuses: {
      1: [
        { id: 11, name: 'New' },
        { id: 12, name: 'Closed' },
        { id: 13, name: 'Old', inactive: true },
      ],
      2: [
        { id: 21, name: 'New' },
        { id: 22, name: 'Planned' },
      ],
    },
  }

  function answer(asked: Asked): Reply {
    if (asked.path === `/login/companyinfo/${fake.company}`)
      return indented(200, { CompanyName: 'Acme MSP', Codebase: fake.codebase, SiteUrl: 'elsewhere.example.com' })
    const base = `/${fake.codebase}apis/3.0`
    if (!asked.path.startsWith(`${base}/`)) return { status: 404, body: '<html></html>' }
    const login = Buffer.from(`${fake.company}+${fake.publicKey}:${fake.privateKey}`).toString('base64')
    if (asked.headers.authorization !== `Basic ${login}` || asked.headers.clientid !== fake.clientId)
      return failed(401, 'Unauthorized', 'Authentication failed.')
    if (fake.forbidden) return failed(403, 'Forbidden', 'You do not have permission.')
    const [, module, collection, id, child] = asked.path.slice(base.length).split('/')
    const name = `${module}/${collection}`
    if (name === 'service/tickets' && id !== undefined) return ofTicket(asked, id, child)
    if (name === 'service/boards' && child === 'statuses') return listed(asked, fake.statuses[Number(id)] ?? [])
    if (name === 'time/entries' && asked.method === 'POST') return booked(asked.body as Record<string, unknown>)
    if (name === 'time/entries' && id !== undefined) return oneOf(fake.rows.entries, id)
    if (name === 'system/documents') return asked.method === 'POST' ? uploaded(asked) : documents(asked)
    const rows = fake.rows[collection as keyof FakeConnectWise['rows']]
    return rows ? listed(asked, rows) : NOT_FOUND
  }

  const oneOf = (rows: readonly Row[], id: string): Reply => {
    const found = rows.find((row) => String(row.id) === id)
    return found ? indented(200, found) : NOT_FOUND
  }

  function ofTicket(asked: Asked, id: string, child: string | undefined): Reply {
    const ticket = fake.rows.tickets.find((row) => String(row.id) === id)
    if (!ticket) return NOT_FOUND
    if (asked.method === 'PATCH') {
      const [{ op, path, value }] = asked.body as [{ op: string; path: string; value: number }]
      const known = fake.statuses[(ticket.board as Row).id]?.find((one) => one.id === value)
      if (op !== 'replace' || path !== 'status/id' || !known)
        return failed(400, 'InvalidObject', 'ticket object is invalid')
      ticket.status = known
      return indented(200, ticket)
    }
    if (child === undefined) return indented(200, ticket)
    if (asked.method === 'GET')
      return listed(
        asked,
        fake.rows.notes.filter((row) => row.ticketId === ticket.id),
      )
    const note = asked.body as Record<string, unknown>
    if (!note.detailDescriptionFlag && !note.internalAnalysisFlag && !note.resolutionFlag)
      return missing('ticketNote', 'detailDescriptionFlag')
    const made = {
      ...note,
      id: ++serial,
      ticketId: ticket.id,
      member: { id: 7, name: 'API' },
      dateCreated: '2026-01-12T09:00:00Z',
    }
    fake.rows.notes.push(made)
    return indented(201, made)
  }

  function booked(entry: Record<string, unknown>): Reply {
    for (const field of ['timeStart', 'timeEnd'])
      if (!INSTANT.test(String(entry[field]))) return failed(400, 'InvalidArgument', `The ${field} is not a date.`)
    const hours = (Date.parse(String(entry.timeEnd)) - Date.parse(String(entry.timeStart))) / 3_600_000
    // This account bills quarters of an hour.
    const made = { ...entry, id: ++serial, actualHours: hours, hoursBilled: Math.ceil(hours * 4) / 4, status: 'Open' }
    fake.rows.entries.push(made)
    return indented(201, made)
  }

  function uploaded({ headers, text }: Asked): Reply {
    if (!headers['content-type']?.startsWith('multipart/form-data'))
      return failed(415, 'UnsupportedMediaType', 'Multipart.')
    const field = (name: string) => new RegExp(`name="${name}"\r\n\r\n([^\r]*)`).exec(text)?.[1]
    const [, fileName, content] = /name="file"; filename="([^"]*)"\r\n[\s\S]*?\r\n\r\n([^\r]*)/.exec(text) ?? []
    if (field('recordType') !== 'Ticket' || !field('recordId') || !fileName) return missing('document', 'recordType')
    const of = { recordId: field('recordId'), privateFlag: field('privateFlag') }
    const made = { id: ++serial, title: field('title'), fileName, content, ...of }
    fake.rows.documents.push(made)
    return indented(201, made)
  }

  const documents = (asked: Asked): Reply =>
    listed(
      asked,
      fake.rows.documents.filter((row) => row.recordId === asked.query.get('recordId')),
    )

  function listed(asked: Asked, all: readonly Row[]): Reply {
    const conditions = asked.query.get('conditions') ?? ''
    if (conditions) fake.conditions.push(conditions)
    const checks = conditions === '' ? [] : conditionsOf(conditions)
    if (checks === undefined) return failed(400, 'InvalidArgument', `The conditions are wrong: ${conditions}`)
    const rows = all.filter((row) => checks.every((check) => check(row)))
    const size = Math.min(fake.pageSize, Number(asked.query.get('pageSize') ?? 25))
    const isForward = asked.headers['pagination-type'] === 'forward-only'
    if (isForward && asked.query.has('orderBy')) return failed(400, 'InvalidArgument', 'Forward-only has no order.')
    if (asked.query.get('orderBy') === 'id desc') rows.sort((one, other) => other.id - one.id)
    const after = Number(asked.query.get('pageId') ?? 0)
    const number = Number(asked.query.get('page') ?? 1)
    const piece = isForward ? rows.filter(({ id }) => id > after).slice(0, size) : pieceOf(rows, number, size)
    const last = rows.at(-1)
    if (!fake.circles && (piece.length === 0 || piece.at(-1) === last)) return indented(200, piece)
    const next = isForward ? `pageId=${fake.circles ? 0 : piece.at(-1)?.id}` : `page=${fake.circles ? 1 : number + 1}`
    const at = `${fake.linkOrigin ?? fake.url}${asked.path}?pageSize=${size}`
    return indented(200, piece, { link: `<${at}&${next}>; rel="next", <${at}&page=9>; rel="last"` })
  }

  return fake
}

/** Undefined for what is no row of conditions. */
function conditionsOf(conditions: string): ((row: Row) => boolean)[] | undefined {
  const checks: ((row: Row) => boolean)[] = []
  const one = /^([\w/]+)\s*(contains|>=|=)\s*(?:"([^"\\]*)"|\[([^\]]*)\]|(\d+))(?:\s+and\s+|$)/
  for (let rest = conditions; rest !== ''; ) {
    const found = one.exec(rest)
    if (!found) return undefined
    const [whole, field = '', op, quoted, instant, number] = found
    if (instant !== undefined && !INSTANT.test(instant)) return undefined
    const valueIn = (row: Row) => field.split('/').reduce<unknown>((at, key) => (at as Row | undefined)?.[key], row)
    const wanted = quoted ?? instant ?? Number(number)
    checks.push((row) => {
      const own = valueIn(row)
      if (op === 'contains') return String(own).toLowerCase().includes(String(wanted).toLowerCase())
      return op === '=' ? own === wanted : String(own) >= String(wanted)
    })
    rest = rest.slice(whole.length)
  }
  return checks
}

/** A ticket as the fake keeps it. */
export const aConnectWiseTicket = (id: number, more: Record<string, unknown> = {}): Row => ({
  ...{ id, summary: `Ticket ${id}`, recordType: 'ServiceTicket', board: { id: 1, name: 'Help Desk' } },
  ...{
    status: { id: 11, name: 'New' },
    priority: { id: 3, name: 'Priority 3' },
    company: { id: 2, name: 'Dataforth' },
  },
  ...{ owner: { id: 7, name: 'Ada Byron' }, closedFlag: false, lastUpdated: '2026-01-11T08:00:00Z' },
  ...{ _info: { lastUpdated: '2026-01-11T08:00:00Z', dateEntered: '2026-01-10T08:00:00Z' } },
  ...more,
})
