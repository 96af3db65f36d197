import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nextIn } from '../../../server/connectors/connectwise/api.ts'
import { holding, ticketUrl, writtenInstant } from '../../../server/connectors/connectwise/map.ts'
import { DATABASES } from '../../support/databases.ts'
import { aConnectWiseTicket, type FakeConnectWise, fakeConnectWise } from '../../support/vendors/connectwise.ts'
import { all, connectorContract, failureOf } from './contract.ts'
import { vendorWorld } from './world.ts'

/** ConnectWise: what every connector does, and what is its own. */

const PRIVATE = 'CANARY-private'
const SETTINGS = {
  type: 'connectwise',
  kind: 'api_key',
  secrets: { public_key: 'CANARY-public', private_key: PRIVATE },
  config: { company_id: 'acme', client_id: 'c1' },
} as const
const WRITE = { marker: '[ref:0123456789ab]', since: '2026-01-12T09:00:00.000Z' }
const NOTE = { ticketId: '1', body: 'Restarted the spooler', audience: 'internal', ...WRITE } as const
const TIME = {
  ...{ ticketId: '1', minutes: 20, startAt: '2026-01-12T08:00:00.031Z', note: 'Spooler', billable: true },
  ...WRITE,
}
const FILE = {
  ...{ ticketId: '1', name: 'report.txt', mediaType: 'text/plain', audience: 'internal' as const },
  ...{ content: { bytes: Buffer.from('all is well') }, ...WRITE },
} as const
const seed = (fake: FakeConnectWise) => {
  fake.rows.tickets = [aConnectWiseTicket(1)]
}

connectorContract<FakeConnectWise>({
  type: 'connectwise',
  settings: () => SETTINGS,
  fake: () => fakeConnectWise({ privateKey: PRIVATE }),
  plain: {
    call: (connector) => all(connector.searchTickets?.({ text: 'Ticket' })),
    like: /^GET .*\/service\/tickets$/,
  },
  list: {
    seed: (fake) => {
      fake.pageSize = 7
      fake.rows.tickets = Array.from({ length: 20 }, (_, at) => aConnectWiseTicket(at + 1))
      return fake.rows.tickets.map(({ id }) => String(id))
    },
    call: async (connector) => (await all(connector.searchTickets?.({}))).map(({ id }) => id),
    circle: (fake) => {
      fake.circles = true
    },
  },
  missing: async (connector) => connector.ticket?.('404'),
  forbid: (fake) => {
    fake.forbidden = true
  },
  lockOut: (fake) => {
    fake.privateKey = 'another'
  },
  writes: {
    note: {
      seed,
      call: async (connector, again) => connector.addNote?.({ ...NOTE, again }),
      count: (fake) => fake.rows.notes.length,
      like: /^POST .*\/notes$/,
    },
    'time entry': {
      seed,
      call: async (connector, again) => connector.addTime?.({ ...TIME, again }),
      count: (fake) => fake.rows.entries.length,
      like: /^POST .*\/time\/entries$/,
    },
    file: {
      seed,
      call: async (connector, again) => connector.attach?.({ ...FILE, again }),
      count: (fake) => fake.rows.documents.length,
      like: /^POST .*\/system\/documents$/,
    },
  },
  token: { none: 'every request is signed in with the key itself' },
  secrets: [PRIVATE, Buffer.from(`acme+CANARY-public:${PRIVATE}`).toString('base64')],
})

describe.each(DATABASES)('ConnectWise, on %s', (database) => {
  const within = async (
    act: (world: Awaited<ReturnType<typeof vendorWorld>> & { fake: FakeConnectWise }) => Promise<void>,
    config: Record<string, string> = SETTINGS.config,
  ) => {
    const fake = await fakeConnectWise({ privateKey: PRIVATE })
    await using world = await vendorWorld(database, fake, { ...SETTINGS, config })
    seed(fake)
    await act({ ...world, fake })
  }

  test('asks once which codebase the site runs, without signing in', () =>
    within(async ({ connector, fake }) => {
      await (await connector()).ticket?.('1')
      const ticket = await (await connector()).ticket?.('1')

      expect(ticket).toMatchObject({ number: '1', status: 'New', customerName: 'Dataforth', assignee: 'Ada Byron' })
      expect(ticket?.updatedAt).toBe('2026-01-11T08:00:00.000Z')
      const [login, ...others] = fake.asked(/companyinfo/)
      expect(others).toEqual([])
      expect(login?.headers.authorization).toBeUndefined()
    }))

  test('a codebase that leads elsewhere is none', () =>
    within(async ({ connector, fake }) => {
      fake.codebase = '../../evil?x='

      expect((await failureOf(Promise.resolve((await connector()).ticket?.('1')))).kind).toBe('malformed')
      expect(fake.asked(/service/)).toEqual([])
    }))

  test('says which setting is missing', () =>
    within(
      async ({ connector }) => {
        expect((await failureOf((await connector()).test())).message).toContain('client_id')
      },
      { company_id: 'acme' },
    ))

  test('the next page is asked of the same place, wherever its link points', () =>
    within(async ({ connector, fake }) => {
      await using other = await fakeConnectWise()
      fake.rows.tickets = [1, 2, 3].map((id) => aConnectWiseTicket(id))
      fake.pageSize = 1
      fake.linkOrigin = other.url

      expect((await all((await connector()).searchTickets?.({}))).map(({ id }) => id)).toEqual(['3', '2', '1'])
      expect(other.journal).toEqual([])
    }))

  test('customers and what they have are walked forward only', () =>
    within(async ({ connector, fake }) => {
      const item = { company: { id: 2 }, name: 'SRV-OLD', serialNumber: 'SN1', type: { id: 1, name: 'Server' } }
      fake.rows.configurations = [1, 2, 3].map((id) => ({ id, ...item, activeFlag: id !== 3 }))
      fake.pageSize = 1
      const connectwise = await connector()

      expect(await all(connectwise.customers?.())).toMatchObject([{ id: '2', name: 'Dataforth', archived: false }])
      expect(await all(connectwise.assets?.('2'))).toMatchObject([
        { id: '1', customerId: '2', serial: 'SN1', kind: 'Server' },
        { id: '2' },
      ])
      const asked = fake.asked(/configurations$/)
      expect(asked.map(({ query }) => query.get('pageId'))).toEqual([null, '1', '2'])
      expect(asked.every(({ headers }) => headers['pagination-type'] === 'forward-only')).toBe(true)
    }))

  test.each([
    ['x" or id>0 or summary contains "', ['2']],
    ['say "hello" again', ['3']],
    ['C:\\Temp', ['4']],
    ['"', ['4', '3', '2', '1']],
  ])('what somebody searches for stays what they search for: %s', (text, ids) =>
    within(async ({ connector, fake }) => {
      const summaries = ['x', 'x or id>0 or summary contains y', 'say "hello" again', 'C:\\Temp is full']
      fake.rows.tickets = summaries.map((summary, at) => aConnectWiseTicket(at + 1, { summary }))

      expect((await all((await connector()).searchTickets?.({ text }))).map(({ id }) => id)).toEqual(ids)
    }),
  )

  test('a number, a customer, a status and a time narrow a search', () =>
    within(async ({ connector, fake }) => {
      const connectwise = await connector()
      const query = { customerId: '2', status: 'new', updatedSince: '2026-01-11T07:59:59.999Z' }

      expect(await all(connectwise.searchTickets?.({ number: '1', ...query }))).toHaveLength(1)
      expect(fake.conditions).toEqual([
        'id=1 and company/id=2 and status/name contains "new" and lastUpdated>=[2026-01-11T07:59:59Z]',
      ])
      expect(await all(connectwise.searchTickets?.({ number: '1 or id>0' }))).toEqual([])
      expect(await all(connectwise.searchTickets?.({ status: 'Ne' }))).toEqual([])
    }))

  test('gets start and end without fractions, tells nobody, and says what it bills', () =>
    within(async ({ connector, fake }) => {
      const made = await (await connector()).addTime?.({ ...TIME, userId: 'aby', workTypeId: '5', again: false })

      expect(made?.billableMinutes).toBe(30)
      expect(fake.asked(/^POST .*entries$/)[0]?.body).toMatchObject({
        ...{ chargeToId: 1, chargeToType: 'ServiceTicket', member: { identifier: 'aby' }, workType: { id: 5 } },
        ...{ timeStart: '2026-01-12T08:00:00Z', timeEnd: '2026-01-12T08:20:00Z', billableOption: 'Billable' },
        ...{ notes: 'Spooler', internalNotes: '[ref:0123456789ab]', emailContactFlag: false },
      })
    }))

  test('bills nothing of time that nobody pays for', () =>
    within(async ({ connector, fake }) => {
      expect((await (await connector()).addTime?.({ ...TIME, billable: false, again: false }))?.billableMinutes).toBe(0)
      expect(fake.rows.entries[0]?.billableOption).toBe('DoNotBill')
    }))

  test.each([
    ['internal', { internalAnalysisFlag: true, detailDescriptionFlag: false }],
    ['portal', { internalAnalysisFlag: false, detailDescriptionFlag: true }],
  ] as const)('is told who sees a note: %s', (audience, flags) =>
    within(async ({ connector, fake }) => {
      const connectwise = await connector()
      await connectwise.addNote?.({ ...NOTE, audience, again: false })

      expect(fake.asked(/^POST .*notes$/)[0]?.body).toMatchObject({ ...flags, processNotifications: false })
      expect(await all(connectwise.notes?.('1'))).toMatchObject([{ audience, author: 'API' }])
    }),
  )

  test('statuses are those of all boards; a ticket gets one of its own board only', () =>
    within(async ({ connector, fake }) => {
      const connectwise = await connector()

      expect(await connectwise.statuses?.()).toEqual(['New', 'Closed', 'Planned'])
      await connectwise.setStatus?.({ ticketId: '1', status: 'closed' })
      const wrong = await failureOf(Promise.resolve(connectwise.setStatus?.({ ticketId: '1', status: 'Planned' })))

      expect(wrong).toMatchObject({ kind: 'refused', message: expect.stringContaining('New, Closed') })
      expect(fake.asked(/^PATCH/).map(({ body }) => body)).toEqual([[{ op: 'replace', path: 'status/id', value: 12 }]])
    }))

  test('a file goes there whole, for colleagues only', () =>
    within(async ({ connector, fake }) => {
      await (await connector()).attach?.({ ...FILE, again: false })

      expect(fake.rows.documents).toMatchObject([
        { fileName: 'report.txt', content: 'all is well', recordId: '1', privateFlag: 'true' },
      ])
    }))

  test('what it refuses is told in its words, and not tried again', () =>
    within(async ({ connector, fake }) => {
      const errors = [{ code: 'MissingRequiredField', message: 'The workType field is required.', field: 'workType' }]
      const body = { code: 'InvalidObject', message: 'timeEntry object is invalid', errors }
      fake.fail({ how: 'reply', reply: { status: 400, body } }, { on: /^POST .*entries$/ })

      const error = await failureOf(Promise.resolve((await connector()).addTime?.({ ...TIME, again: false })))

      expect(error).toMatchObject({
        kind: 'refused',
        message: expect.stringContaining('The workType field is required.'),
      })
      expect(fake.asked(/^POST .*entries$/)).toHaveLength(1)
    }))

  test('says in a code, not in its status, that it does not know us', () =>
    within(async ({ connector, fake }) => {
      const body = { code: 'ConnectWiseApi', message: 'UserNotAuthenticated' }
      fake.fail({ how: 'reply', reply: { status: 403, body } }, { on: /companies$/ })

      expect((await failureOf((await connector()).test())).kind).toBe('auth_failed')
    }))
})

test('no text ends the string that it stands in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      for (const one of holding('summary', text)) expect(one).toMatch(/^summary contains "[^"\\\r\n\0]+"$/)
    }),
  )
})

test('instants are written to the second', () => {
  expect(writtenInstant('2026-01-12T08:00:00.999Z')).toBe('2026-01-12T08:00:00Z')
})

test('people open a ticket on the host without api-, in the same codebase', () => {
  expect(ticketUrl('https://api-na.myconnectwise.net/v2025_16/apis/3.0', '42')).toBe(
    'https://na.myconnectwise.net/v2025_16/services/system_io/Service/fv_sr100_request.rails?service_recid=42',
  )
})

test.each([
  ['<https://x/a?pageSize=5&page=2>; rel="next", <https://x/a?page=9>; rel="last"', 'page=2'],
  ['<https://x/a?page=9>; rel="last", <https://x/a?pageId=17>; rel="next"', 'pageId=17'],
  ['<https://x/a?page=9>; rel="last"', undefined],
  [undefined, undefined],
])('the next page in %s', (link, next) => {
  expect(nextIn(link)).toBe(next)
})
