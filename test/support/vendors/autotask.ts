import { type Asked, type FakeVendor, fakeVendor, type Reply } from './server.ts'

/**
 * Autotask PSA. It stands on these facts of its API:
 * - `GET /ATServicesRest/V1.0/zoneInformation?user=` needs no sign-in and answers `{zoneName, url, webUrl}`; calls go to `{url}V1.0/<Entity>`
 * - `ApiIntegrationCode`, `UserName` and `Secret` on every call: a wrong secret is a 401 with an empty body, a wrong name or code a 500
 * - what breaks a rule is a 500 `{"errors": ["text"]}`, a null in what is created too; a row that there is not is a 200 `{"item": null}`
 * - create answers `{"itemId"}`, get `{"item"}`, a query (GET with `search`, or POST) `{"items", "pageDetails": {"nextPageUrl"}}` of at most 500
 * - a query answers in the order of the ids, the oldest first
 * - pick-lists are the account's own: `/<Entity>/entityInformation/fields`
 * - time: more than 0 and at most 24 hours, resource and role; hours are counted from start and end; what is billed is theirs to say
 */
export interface FakeAutotask extends FakeVendor {
  user: string
  code: string
  secret: string
  /** What the directory says: where this fake itself is, when not said. */
  zoneUrl: string | undefined
  spoofedNext: string | undefined
  circles: boolean
  pageSize: number
  forbidden: boolean
  rows: Record<string, Row[]>
  picklists: Record<string, Record<string, Choice[]>>
}

type Row = Record<string, unknown> & { id: number }
interface Choice {
  value: string
  label: string
  isDefaultValue?: boolean
  isActive: boolean
  isSystem?: boolean
}

const BASE = '/atservicesrest/v1.0'
const choice = (value: number, label: string, more: Partial<Choice> = {}): Choice => ({
  ...{ value: String(value), label, isDefaultValue: false, sortOrder: value, isActive: true, isSystem: false },
  ...more,
})
const PUBLISH = [choice(1, 'All Autotask Users'), choice(2, 'Internal Only')]
const failed = (...errors: string[]): Reply => ({ status: 500, body: { errors } })

export async function fakeAutotask({ secret = 'CANARY-autotask', code = 'CANARY-code' } = {}): Promise<FakeAutotask> {
  let serial = 900
  const vendor = await fakeVendor((asked) => answer(asked))
  const fake: FakeAutotask = {
    ...vendor,
    ...{ user: 'api@msp.example', code, secret, zoneUrl: undefined, spoofedNext: undefined },
    ...{ circles: false, pageSize: 500, forbidden: false },
    rows: {
      tickets: [],
      ticketnotes: [],
      ticketattachments: [],
      timeentries: [],
      companies: [{ id: 1, companyName: 'Dataforth', isActive: true }],
      configurationitems: [],
      resources: [{ id: 29, firstName: 'Ada', lastName: 'Byron' }],
    },
    picklists: {
      tickets: {
        status: [
          choice(1, 'New'),
          choice(8, 'In Progress'),
          choice(5, 'Complete'),
          choice(9, 'Old', { isActive: false }),
        ],
        priority: [choice(2, 'Medium')],
      },
      ticketnotes: {
        publish: PUBLISH,
        noteType: [choice(13, 'Workflow Rule', { isSystem: true }), choice(3, 'Task Notes', { isDefaultValue: true })],
      },
      ticketattachments: { publish: PUBLISH },
    },
  }

  function answer(asked: Asked): Reply {
    const path = asked.path.toLowerCase()
    if (!path.startsWith(`${BASE}/`)) return { status: 404, body: '' }
    const [entity = '', ...rest] = path.slice(BASE.length + 1).split('/')
    if (entity === 'zoneinformation') return zone(asked)
    const { apiintegrationcode, username, secret: given } = asked.headers
    if (username !== fake.user || apiintegrationcode !== fake.code) return failed('The IntegrationCode is invalid.')
    if (given !== fake.secret) return { status: 401, body: '' }
    if (fake.forbidden) return { status: 403, body: '' }
    if (entity === 'thresholdinformation')
      return {
        body: { externalRequestThreshold: 10_000, requestThresholdTimeframe: 60, currentTimeframeRequestCount: 124 },
      }
    if (!(entity in fake.rows)) return { status: 404, body: '' }
    if (rest[0] === 'entityinformation') return { body: { fields: fieldsOf(entity) } }
    if (rest[0] === 'query') return queried(asked, entity)
    if (asked.method === 'POST') return created(entity, rest, asked.body as Record<string, unknown>)
    if (asked.method === 'PATCH') return patched(entity, asked.body as Row)
    return { body: { item: fake.rows[entity]?.find(({ id }) => String(id) === rest[0]) ?? null } }
  }

  function zone({ query }: Asked): Reply {
    if (query.get('user') !== fake.user) return failed('Zone information could not be determined')
    const url = fake.zoneUrl ?? `${fake.url}/ATServicesRest/`
    return { body: { zoneName: 'Test', url, webUrl: 'https://ww14.autotask.net/', ci: 1 } }
  }

  const fieldsOf = (entity: string) => [
    { name: 'id', dataType: 'long', isPickList: false, picklistValues: null },
    ...Object.entries(fake.picklists[entity] ?? {}).map(([name, picklistValues]) => ({
      ...{ name, dataType: 'integer', isPickList: true, picklistValues },
    })),
  ]

  function queried(asked: Asked, entity: string): Reply {
    const search = asked.method === 'POST' ? asked.body : JSON.parse(asked.query.get('search') ?? '{}')
    const { filter, MaxRecords = 500 } = search as { filter?: Condition[]; MaxRecords?: number }
    if (!filter?.length) return failed('Filter is required.')
    const rows = (fake.rows[entity] ?? []).filter((row) => filter.every((condition) => holds(row, condition)))
    const size = Math.min(fake.pageSize, MaxRecords)
    const from = Number(asked.query.get('from') ?? 0)
    const more = from + size < rows.length || fake.circles
    const at = fake.circles ? 0 : from + size
    const next = `${fake.url}${asked.path}?search=${encodeURIComponent(JSON.stringify(search))}&from=${at}`
    const nextPageUrl = more ? (fake.spoofedNext ?? next) : null
    return {
      body: {
        items: rows.slice(from, from + size),
        pageDetails: {
          count: Math.min(size, rows.length - from),
          requestCount: MaxRecords,
          prevPageUrl: null,
          nextPageUrl,
        },
      },
    }
  }

  function created(entity: string, [parent, child]: string[], body: Record<string, unknown>): Reply {
    if (Object.values(body).includes(null)) return failed('Object reference not set to an instance of an object.')
    const id = ++serial
    const now = '2026-01-12T09:00:00Z'
    if (entity === 'timeentries') return booked({ ...body, id })
    if (!fake.rows.tickets?.some((one) => String(one.id) === parent))
      return failed('Value does not reference an existing entity for id . ')
    const missing = (
      child === 'notes' ? ['title', 'description', 'noteType', 'publish'] : ['title', 'data', 'publish']
    ).filter((field) => body[field] === undefined)
    if (missing.length > 0) return failed(...missing.map((field) => `Missing Required Field: ${field}.`))
    if (child === 'notes')
      fake.rows.ticketnotes?.push({ ...body, id, ticketID: Number(parent), creatorResourceID: 29, createDateTime: now })
    else fake.rows.ticketattachments?.push({ ...body, id, parentID: Number(parent) })
    return { body: { itemId: id } }
  }

  function booked(entry: Row): Reply {
    if (entry.resourceID === undefined || entry.roleID === undefined)
      return failed('Missing Required Field: resourceID, roleID.')
    const hours = (Date.parse(String(entry.endDateTime)) - Date.parse(String(entry.startDateTime))) / 3_600_000
    if (!(hours > 0 && hours <= 24)) return failed('hoursWorked must be greater than 0 and at most 24.')
    // This account bills quarters of an hour.
    fake.rows.timeentries?.push({ ...entry, hoursWorked: hours, hoursToBill: Math.ceil(hours * 4) / 4 })
    return { body: { itemId: entry.id } }
  }

  function patched(entity: string, { id, ...change }: Row): Reply {
    const row = fake.rows[entity]?.find((one) => one.id === id)
    if (!row) return failed('Value does not reference an existing entity for id . ')
    Object.assign(row, change)
    return { body: { itemId: id } }
  }

  return fake
}

interface Condition {
  op: string
  field?: string
  value?: unknown
  items?: Condition[]
}

function holds(row: Row, { op, field = '', value, items = [] }: Condition): boolean {
  const own = row[field]
  if (op === 'or') return items.some((one) => holds(row, one))
  if (op === 'and') return items.every((one) => holds(row, one))
  if (op === 'exist') return own !== undefined && own !== null
  if (op === 'contains') return String(own).toLowerCase().includes(String(value).toLowerCase())
  if (op === 'notExist') return own === undefined || own === null
  if (op === 'lt') return own !== undefined && own !== null && String(own) < String(value)
  if (op === 'gte' && (own === undefined || own === null)) return false
  if (op === 'gte') return String(own) >= String(value)
  if (op === 'in') return (value as unknown[]).includes(own)
  return own === value
}

/** A ticket as the fake keeps it. */
export const anAutotaskTicket = (id: number, more: Record<string, unknown> = {}): Row => ({
  ...{ id, ticketNumber: `T20260110.${String(id).padStart(4, '0')}`, title: `Ticket ${id}`, status: 1, priority: 2 },
  ...{ companyID: 1, assignedResourceID: 29, assignedResourceRoleID: 7 },
  ...{ createDate: '2026-01-10T08:00:00Z', lastActivityDate: '2026-01-11T08:00:00.873Z' },
  ...more,
})
