import { describe, expect, test } from 'vitest'
import { rules } from '../../../server/connectors/autotask/api.ts'
import { noteTypeOf, publishOf, ticketUrl } from '../../../server/connectors/autotask/map.ts'
import { mustBeAllowed } from '../../../server/connectors/transport/send.ts'
import { DATABASES } from '../../support/databases.ts'
import { anAutotaskTicket, type FakeAutotask, fakeAutotask } from '../../support/vendors/autotask.ts'
import { all, connectorContract, failureOf } from './contract.ts'
import { vendorWorld } from './world.ts'

/** Autotask: what every connector does, and what is its own. */

const SECRET = 'CANARY-autotask'
const CODE = 'CANARY-code'
const SETTINGS = {
  type: 'autotask',
  kind: 'api_key',
  username: 'api@msp.example',
  secrets: { secret: SECRET, integration_code: CODE },
} as const
const WRITE = { marker: '[ref:0123456789ab]', since: '2026-01-12T09:00:00.000Z' }
const NOTE = { ticketId: '1', body: 'Restarted the spooler', audience: 'internal', ...WRITE } as const
const TIME = {
  ...{ ticketId: '1', minutes: 20, startAt: '2026-01-12T08:00:00.000Z', note: 'Spooler', billable: true, userId: '29' },
  ...WRITE,
}
const FILE = {
  ...{ ticketId: '1', name: 'report.pdf', mediaType: 'application/pdf', audience: 'internal' as const },
  ...{ content: { bytes: Buffer.from('%PDF') }, ...WRITE },
} as const
const seed = (fake: FakeAutotask) => {
  fake.rows.tickets = [anAutotaskTicket(1)]
}

connectorContract<FakeAutotask>({
  type: 'autotask',
  settings: () => SETTINGS,
  fake: () => fakeAutotask({ secret: SECRET, code: CODE }),
  plain: {
    call: (connector) => all(connector.searchTickets?.({ number: 'T20260110.0001' })),
    like: /^GET .*\/Tickets\/query$/,
  },
  list: {
    seed: (fake) => {
      fake.pageSize = 7
      fake.rows.tickets = Array.from({ length: 20 }, (_, at) => anAutotaskTicket(at + 1))
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
    fake.secret = 'another'
  },
  writes: {
    note: {
      seed,
      call: async (connector, again) => connector.addNote?.({ ...NOTE, again }),
      count: (fake) => fake.rows.ticketnotes?.length ?? 0,
      like: /^POST .*\/Notes$/,
    },
    'time entry': {
      seed,
      call: async (connector, again) => connector.addTime?.({ ...TIME, again }),
      count: (fake) => fake.rows.timeentries?.length ?? 0,
      like: /^POST .*\/TimeEntries$/,
    },
    file: {
      seed,
      call: async (connector, again) => connector.attach?.({ ...FILE, again }),
      count: (fake) => fake.rows.ticketattachments?.length ?? 0,
      like: /^POST .*\/Attachments$/,
    },
  },
  token: { none: 'every request is signed in with the key itself' },
  secrets: [SECRET, CODE],
})

describe.each(DATABASES)('Autotask, on %s', (database) => {
  const within = async (
    act: (world: Awaited<ReturnType<typeof vendorWorld>> & { fake: FakeAutotask }) => Promise<void>,
    config: Record<string, string> = {},
  ) => {
    const fake = await fakeAutotask({ secret: SECRET, code: CODE })
    await using world = await vendorWorld(database, fake, { ...SETTINGS, config })
    seed(fake)
    await act({ ...world, fake })
  }

  test('asks once in which zone the account is, without signing in, and works there', () =>
    within(async ({ connector, fake }) => {
      await using zone = await fakeAutotask({ secret: SECRET, code: CODE })
      zone.rows.tickets = [anAutotaskTicket(5)]
      fake.zoneUrl = `${zone.url}/ATServicesRest/`

      await (await connector()).ticket?.('5')
      const ticket = await (await connector()).ticket?.('5')

      expect(ticket).toMatchObject({
        number: 'T20260110.0005',
        status: 'New',
        customerName: 'Dataforth',
        assignee: 'Ada Byron',
      })
      expect(ticket?.url).toBe(ticketUrl('https://ww14.autotask.net/', '5'))
      expect(fake.journal.map(({ path }) => path)).toEqual(['/ATServicesRest/V1.0/zoneInformation'])
      expect(fake.journal[0]?.headers).not.toHaveProperty('secret')
    }))

  test('is asked for one thing of a kind after the other, however many ask: it lets three in, of all servers', () =>
    within(async ({ connector, fake }) => {
      const one = await connector()
      await one.ticket?.('1')
      fake.fail({ how: 'slow', ms: 10 }, { times: 99 })

      const tickets = await Promise.all(Array.from({ length: 4 }, () => one.ticket?.('1')))

      expect(tickets.map((ticket) => ticket?.id)).toEqual(Array(4).fill('1'))
      expect(fake.mostAtOnce(/\/Tickets\//)).toBe(1)
    }))

  test('a zone elsewhere gets nothing', () =>
    within(async ({ connector, fake }) => {
      fake.zoneUrl = 'https://autotask.example.com/ATServicesRest/'

      expect((await failureOf(Promise.resolve((await connector()).ticket?.('1')))).kind).toBe('refused')
    }))

  test('a next page elsewhere is not read: it would get the secret', () =>
    within(async ({ connector, fake }) => {
      await using other = await fakeAutotask()
      fake.rows.tickets = [1, 2, 3].map((id) => anAutotaskTicket(id))
      fake.pageSize = 1
      fake.spoofedNext = `${other.url}/ATServicesRest/V1.0/Tickets/query?page=2`

      expect((await failureOf(all((await connector()).searchTickets?.({})))).kind).toBe('malformed')
      expect(other.journal).toEqual([])
    }))

  test('what changed lately is found first, the newest before the others', () =>
    within(async ({ connector, fake }) => {
      const lastActivityDate = '2025-06-01T08:00:00Z'
      fake.rows.tickets = [
        ...[1, 2].map((id) => anAutotaskTicket(id, { lastActivityDate })),
        anAutotaskTicket(3, { lastActivityDate: null }),
        ...[4, 5, 6].map((id) => anAutotaskTicket(id)),
      ]
      fake.pageSize = 2

      const ids = (await all((await connector()).searchTickets?.({ text: 'ticket' }))).map(({ id }) => id)

      expect(ids).toEqual(['6', '5', '4', '1', '2', '3'])
    }))

  test('a wrong integration code comes as a 500, and is no outage', () =>
    within(async ({ connector, fake, integration }) => {
      fake.code = 'another'

      expect((await failureOf(all((await connector()).searchTickets?.({})))).kind).toBe('auth_failed')
      expect(fake.asked(/Tickets\/query$/)).toHaveLength(1)
      expect((await integration()).status).toBe('auth_failed')
    }))

  test('a user that no zone knows is told as such', () =>
    within(async ({ connector, fake }) => {
      fake.user = 'other@msp.example'

      expect((await failureOf((await connector()).test())).kind).toBe('auth_failed')
    }))

  test('a rule of theirs says no with a 500: the write is not tried again', () =>
    within(async ({ connector, fake, integration }) => {
      const reply = { status: 500, body: { errors: ['The timesheet is not open.'] } }
      fake.fail({ how: 'reply', reply }, { on: /^POST .*TimeEntries$/ })

      const error = await failureOf(Promise.resolve((await connector()).addTime?.({ ...TIME, again: false })))

      expect(error).toMatchObject({ kind: 'refused', message: expect.stringContaining('The timesheet is not open.') })
      expect(fake.asked(/^POST .*TimeEntries$/)).toHaveLength(1)
      expect((await integration()).status).toBe('ok')
    }))

  test('gets start and end, counts the hours itself, and says what it bills', () =>
    within(async ({ connector, fake }) => {
      const made = await (await connector()).addTime?.({ ...TIME, workTypeId: '11', again: false })

      expect(made).toMatchObject({ billableMinutes: 30, url: expect.stringContaining('TicketID=1') })
      expect(fake.asked(/^POST .*TimeEntries$/)[0]?.body).toEqual({
        ...{ ticketID: 1, resourceID: 29, roleID: 7, billingCodeID: 11, isNonBillable: false },
        ...{ dateWorked: TIME.startAt, startDateTime: TIME.startAt, endDateTime: '2026-01-12T08:20:00.000Z' },
        ...{ summaryNotes: 'Spooler', internalNotes: '[ref:0123456789ab]' },
      })
    }))

  test('bills nothing of time that nobody pays for', () =>
    within(async ({ connector, fake }) => {
      const made = await (await connector()).addTime?.({ ...TIME, billable: false, again: false })

      expect(made?.billableMinutes).toBe(0)
      expect(fake.rows.timeentries?.[0]).toMatchObject({ isNonBillable: true })
    }))

  test('whose time it is comes from the settings where our user is nobody there', () =>
    within(
      async ({ connector, fake }) => {
        await (await connector()).addTime?.({ ...TIME, userId: undefined, again: false })

        expect(fake.rows.timeentries?.[0]).toMatchObject({ resourceID: 30, roleID: 8 })
      },
      { resource_id: '30', role_id: '8' },
    ))

  test('says what to set when nobody knows whose time it is', () =>
    within(async ({ connector }) => {
      const booked = (await connector()).addTime?.({ ...TIME, userId: undefined, again: false })

      expect((await failureOf(Promise.resolve(booked))).message).toContain('resource_id')
    }))

  test.each([
    ['internal', 2],
    ['portal', 1],
  ] as const)('is told by its own list who sees a note: %s', (audience, publish) =>
    within(async ({ connector, fake }) => {
      const autotask = await connector()
      await autotask.addNote?.({ ...NOTE, audience, again: false })

      expect(fake.asked(/Notes$/)[0]?.body).toMatchObject({ publish, noteType: 3, title: expect.any(String) })
      expect(await all(autotask.notes?.('1'))).toMatchObject([{ audience, author: 'Ada Byron' }])
    }),
  )

  test('a status is one of the account, written by its number', () =>
    within(async ({ connector, fake }) => {
      const autotask = await connector()

      expect(await autotask.statuses?.()).toEqual(['New', 'In Progress', 'Complete'])
      await autotask.setStatus?.({ ticketId: '1', status: 'in progress' })

      expect(fake.rows.tickets?.[0]?.status).toBe(8)
      expect((await all(autotask.searchTickets?.({ status: 'In Progress' }))).map(({ id }) => id)).toEqual(['1'])
      expect(await all(autotask.searchTickets?.({ status: 'Nowhere' }))).toEqual([])
    }))

  test('a file goes there as text of its bytes, for colleagues only; one of more than 6 MB does not', () =>
    within(async ({ connector, fake }) => {
      const autotask = await connector()
      await autotask.attach?.({ ...FILE, again: false })
      const large = { ...FILE, content: { bytes: new Uint8Array(6_000_001) }, again: false }

      expect(fake.rows.ticketattachments).toMatchObject([{ fullPath: 'report.pdf', data: 'JVBERg==', publish: 2 }])
      expect((await failureOf(Promise.resolve(autotask.attach?.(large)))).kind).toBe('refused')
    }))

  test('files wait when there were ten megabytes in five minutes', async () => {
    const fake = await fakeAutotask({ secret: SECRET, code: CODE })
    await using world = await vendorWorld(database, fake, SETTINGS, { config: { limitFactor: 1 } })
    seed(fake)
    const autotask = await world.connector()
    const file = { ...FILE, content: { bytes: new Uint8Array(5_900_000) }, again: false }
    await autotask.attach?.(file)

    expect((await failureOf(Promise.resolve(autotask.attach?.(file)))).kind).toBe('rate_limited')
    expect(fake.asked(/Attachments$/)).toHaveLength(1)
    world.msp.clock.advance(8 * 60_000)
    await autotask.attach?.(file)
    expect(fake.asked(/Attachments$/)).toHaveLength(2)
  })

  test('tells customers and what they have', () =>
    within(async ({ connector, fake }) => {
      const item = { companyID: 1, referenceTitle: 'SRV-OLD', serialNumber: 'SN1', isActive: true }
      fake.rows.configurationitems = [
        { id: 1, ...item },
        { id: 2, ...item, isActive: false },
        { id: 3, ...item, companyID: 2 },
      ]
      const autotask = await connector()

      expect(await all(autotask.customers?.())).toMatchObject([{ id: '1', name: 'Dataforth', archived: false }])
      expect(await all(autotask.assets?.('1'))).toMatchObject([{ id: '1', name: 'SRV-OLD', serial: 'SN1' }])
    }))
})

test('an internal note goes nowhere when the account has no such list entry', () => {
  expect(() => publishOf([{ value: 2, label: 'Everybody on earth' }], 'internal')).toThrow('no way to show')
})

test('a note has the type that an admin chose, else the usual one, never one of the system', () => {
  const types = [
    { value: 13, label: 'Workflow', isSystem: true, isDefaultValue: true },
    { value: 2, label: 'Task Detail' },
    { value: 3, label: 'Task Notes', isDefaultValue: true },
  ]

  expect([noteTypeOf(types, 'task detail'), noteTypeOf(types, undefined)]).toEqual([2, 3])
  expect(() => noteTypeOf(types, 'Workflow')).toThrow('no note type "Workflow"')
})

test.each([
  ['https://webservices14.autotask.net/ATServicesRest/V1.0', true],
  ['https://webservices14.autotask.net.evil.example', false],
  ['http://webservices14.autotask.net', false],
])('secrets may go to %s: %s', (url, may) => {
  const check = () => mustBeAllowed(new URL(url), rules.hosts, 'x')
  if (may) expect(check).not.toThrow()
  else expect(check).toThrow()
})
