import { type Asked, type FakeVendor, fakeVendor, pieceOf, type Reply } from './server.ts'

/**
 * SyncroMSP. It stands on these facts of its API:
 * - base `/api/v1`; `Authorization: Bearer <token>`; a token lacks single permissions, and that is a 401 with
 *   `{"error":"Not authorized. Please ask account admin to update your group permissions."}`
 * - lists are paged by `?page=N` from 1, with `meta.total_pages`; how long a page is differs from list to list (tickets 50, comments 10
 *   unless `per_page` says otherwise); some lists have no `meta`
 * - `POST /tickets/{id}/comment` (singular) needs subject and body, else 422 `{"success":false,"message":[…]}`; there is no key against
 *   doubles: twice asked is twice written; `hidden: false` without `do_not_email` mails the customer
 * - comments come newest first
 * - a missing row is 404 `{"message":"Not found"}`
 * - a timer (`POST /tickets/{id}/timer_entry`) bills nothing before `charge_timer_entry`, and each charge makes a line item; its answer is
 *   flat and in other names than it was written with; `active_duration` is in seconds; the account's rounding is seen in `billable_time`
 * - any text is taken for a status; `GET /tickets/settings` has those of the account
 * - a tenant may ask for a second factor: `POST /otp_login` with a code gives a session token for the header `Authorization2FAToken`; without it a
 *   call is a 401 `{"login":false,"instructions":"…"}`
 * - files are fetched from a URL, later; `GET /users` has pairs
 */
export interface FakeSyncro extends FakeVendor {
  /** The only token that is let in. */
  token: string
  tickets: SyncroTicket[]
  customers: { id: number; business_then_name: string; disabled?: boolean }[]
  assets: { id: number; name: string; customer_id: number; asset_type: string; asset_serial: string | null }[]
  /** Line items that charges made. */
  lineItems: { ticket_id: number; timer_id: number }[]
  /** Customers were mailed these bodies. */
  mailed: string[]
  pageSize: number
  /** `Tickets - Edit` and the like that the token lacks, as the beginning of `POST /tickets`. */
  forbidden: RegExp | undefined
  /** Every list shows its first page again and again. */
  circles: boolean
  now: () => Date
  /** The tenant asks for a second factor: tokens that were given for a code and still stand, and all that were. */
  twoFactor: { open: Set<string>; given: string[] } | undefined
}

export interface SyncroTicket {
  id: number
  number: string
  subject: string
  status: string
  customer_id: number
  priority: string | null
  created_at: string
  updated_at: string
  comments: SyncroComment[]
  timers: SyncroTimer[]
  attachments: { id: number; file_name: string; url: string }[]
}

export interface SyncroComment {
  id: number
  created_at: string
  subject: string
  body: string
  tech: string
  hidden: boolean
}

export interface SyncroTimer {
  id: number
  start_time: string
  end_time: string
  recorded: boolean
  billable: boolean
  notes: string
  user_id: number | null
  product_id: number | null
  ticket_line_item_id: number | null
  active_duration: number
  billable_time: number
}

const NOT_FOUND: Reply = { status: 404, body: { message: 'Not found' } }
const NOT_AUTHORIZED: Reply = {
  status: 401,
  body: { error: 'Not authorized. Please ask account admin to update your group permissions.' },
}
const STATUSES = ['New', 'In Progress', 'Resolved', 'Invoiced', 'Waiting for Parts', 'Waiting on Customer', 'Scheduled']

export async function fakeSyncro({ token = 'CANARY-syncro-token' } = {}): Promise<FakeSyncro> {
  let serial = 900
  const vendor = await fakeVendor((asked) => answer(asked))
  const fake: FakeSyncro = {
    ...vendor,
    token,
    tickets: [],
    customers: [],
    assets: [],
    lineItems: [],
    mailed: [],
    pageSize: 50,
    forbidden: undefined,
    circles: false,
    now: () => new Date('2026-01-12T09:00:00.000Z'),
    twoFactor: undefined,
  }

  function answer(asked: Asked): Reply {
    if (asked.headers.authorization !== `Bearer ${fake.token}`)
      return { status: 401, body: { error: 'Invalid API key' } }
    const path = asked.path.replace(/^\/api\/v1/, '')
    if (path === asked.path) return NOT_FOUND
    if (fake.twoFactor && path === '/otp_login') return secondFactor(fake.twoFactor, asked.body)
    if (fake.twoFactor && !fake.twoFactor.open.has(String(asked.headers.authorization2fatoken)))
      return { status: 401, body: { login: false, instructions: 'POST /otp_login with your code' } }
    if (fake.forbidden?.test(`${asked.method} ${path}`)) return NOT_AUTHORIZED
    const [, collection, id, verb] = path.split('/')
    if (collection === 'me')
      return { body: { user_id: 7, user_name: 'API user', user_email: 'api@msp.example', subdomain: 'acme' } }
    if (collection === 'users') return { body: { users: [[7, 'API user']] } }
    if (collection === 'customers') return { body: listed(asked, 'customers', fake.customers) }
    if (collection === 'customer_assets') {
      const of = asked.query.get('customer_id')
      const assets = fake.assets.filter((one) => of === null || String(one.customer_id) === of)
      return { body: listed(asked, 'assets', assets) }
    }
    if (collection !== 'tickets') return NOT_FOUND
    if (id === undefined) return { body: listed(asked, 'tickets', searched(asked).map(rowOf)) }
    if (id === 'settings') return { body: { ticket_status_list: STATUSES, default_labor_product_id: 11 } }
    const ticket = fake.tickets.find((one) => String(one.id) === id)
    return ticket ? ofTicket(ticket, asked, verb) : NOT_FOUND
  }

  function secondFactor(state: NonNullable<FakeSyncro['twoFactor']>, body: unknown): Reply {
    if (!/^\d{6}$/.test(String((body as { code?: unknown }).code)))
      return { status: 401, body: { login: false, instructions: 'Wrong code' } }
    const session_token = `CANARY-session-${++serial}`
    state.open.add(session_token)
    state.given.push(session_token)
    const token_expiration = new Date(fake.now().getTime() + 3_600_000).toISOString()
    return { body: { login: true, session_token, token_expiration, instructions: '' } }
  }

  function ofTicket(ticket: SyncroTicket, asked: Asked, verb: string | undefined): Reply {
    const body = asked.body as Record<string, unknown>
    switch (`${asked.method} ${verb ?? ''}`) {
      case 'GET ':
        return { body: { ticket: wholeOf(ticket) } }
      case 'PUT ':
        Object.assign(ticket, body)
        return { body: { ticket: wholeOf(ticket) } }
      case 'GET comments':
        return {
          body: listed(asked, 'comments', ticket.comments.toReversed(), Number(asked.query.get('per_page') ?? 10)),
        }
      case 'POST comment':
        return comment(ticket, body)
      case 'POST timer_entry':
        return timer(ticket, body)
      case 'POST charge_timer_entry':
        return charge(ticket, body)
      case 'POST attach_file_url':
        return attach(ticket, body)
      default:
        return NOT_FOUND
    }
  }

  function comment(ticket: SyncroTicket, body: Record<string, unknown>): Reply {
    const missing = ['body', 'subject'].filter((field) => !body[field])
    if (missing.length > 0)
      return { status: 422, body: { success: false, message: missing.map((field) => `${field} can't be blank`) } }
    const made: SyncroComment = {
      id: ++serial,
      created_at: fake.now().toISOString(),
      subject: String(body.subject),
      body: String(body.body),
      tech: 'API user',
      hidden: body.hidden === true,
    }
    ticket.comments.push(made)
    if (!made.hidden && body.do_not_email !== true) fake.mailed.push(made.body)
    return { body: { comment: { ...made, ticket_id: ticket.id, updated_at: made.created_at, user_id: 7 } } }
  }

  function timer(ticket: SyncroTicket, body: Record<string, unknown>): Reply {
    if (!body.start_at)
      return { status: 422, body: { success: false, message: ["Start at can't be blank"], params: {} } }
    const seconds = Number(body.duration_minutes ?? 0) * 60
    const start = Date.parse(String(body.start_at))
    const made: SyncroTimer = {
      id: ++serial,
      start_time: new Date(start).toISOString(),
      end_time: new Date(start + seconds * 1_000).toISOString(),
      recorded: false,
      billable: false,
      notes: String(body.notes ?? ''),
      user_id: (body.user_id as number | undefined) ?? null,
      product_id: (body.product_id as number | undefined) ?? 11,
      ticket_line_item_id: null,
      active_duration: seconds,
      // The account's labour is rounded up to a quarter of an hour.
      billable_time: Math.ceil(seconds / 900) * 900,
    }
    ticket.timers.push(made)
    return { body: { ...made, ticket_id: ticket.id } }
  }

  function charge(ticket: SyncroTicket, body: Record<string, unknown>): Reply {
    const charged = ticket.timers.find((one) => String(one.id) === String(body.timer_entry_id))
    if (!charged) return NOT_FOUND
    charged.recorded = true
    charged.ticket_line_item_id = ++serial
    fake.lineItems.push({ ticket_id: ticket.id, timer_id: charged.id })
    return { body: { ...charged, ticket_id: ticket.id } }
  }

  function attach(ticket: SyncroTicket, body: Record<string, unknown>): Reply {
    if (!Array.isArray(body.files))
      return {
        status: 422,
        body: { error: "Missing files param - or not an array like [{'url':'http://foo','filename': 'test'}]" },
      }
    for (const { url, filename } of body.files as { url: string; filename: string }[])
      ticket.attachments.push({ id: ++serial, file_name: filename, url })
    return { body: { message: 'Processing - refresh ticket in a moment to see if it worked.' } }
  }

  function searched({ query }: Asked): SyncroTicket[] {
    const text = query.get('query')?.toLowerCase()
    const customer = query.get('customer_id')
    return fake.tickets.filter(
      (one) =>
        (text === undefined || `${one.number} ${one.subject}`.toLowerCase().includes(text)) &&
        (!query.has('number') || one.number === query.get('number')) &&
        (customer === null || String(one.customer_id) === customer) &&
        (!query.has('status') || one.status === query.get('status')),
    )
  }

  const nameOf = (customerId: number) => fake.customers.find(({ id }) => id === customerId)?.business_then_name ?? null
  const rowOf = ({ comments, timers: _, attachments: __, ...row }: SyncroTicket) => ({
    ...row,
    customer_business_then_name: nameOf(row.customer_id),
    contact_fullname: null,
    user: null,
    comments: comments.slice(0, 1),
  })
  const wholeOf = (ticket: SyncroTicket) => ({
    ...rowOf(ticket),
    customer_business_then_name: undefined,
    customer: { id: ticket.customer_id, business_then_name: nameOf(ticket.customer_id) },
    comments: ticket.comments,
    ticket_timers: ticket.timers.map((one) => ({ ...one, ticket_id: ticket.id })),
    attachments: ticket.attachments.map(({ id, file_name }) => ({ id, file_name })),
  })

  function listed<T>({ query }: Asked, name: string, rows: readonly T[], size = fake.pageSize) {
    const page = Number(query.get('page') ?? 1)
    const meta = { page, total_pages: Math.max(1, Math.ceil(rows.length / size)), total_entries: rows.length }
    if (fake.circles) return { [name]: pieceOf(rows, 1, size), meta: { ...meta, total_pages: 1_000_000 } }
    return { [name]: pieceOf(rows, page, size), meta }
  }

  return fake
}

/** A ticket as the fake keeps it. */
export const aTicket = (id: number, more: Partial<SyncroTicket> = {}): SyncroTicket => ({
  id,
  number: String(10_000 + id),
  subject: `Ticket ${id}`,
  status: 'New',
  customer_id: 1,
  priority: '2 Normal',
  created_at: '2026-01-10T08:00:00.031Z',
  updated_at: '2026-01-11T08:00:00.031Z',
  comments: [],
  timers: [],
  attachments: [],
  ...more,
})
