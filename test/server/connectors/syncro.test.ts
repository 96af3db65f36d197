import { describe, expect, test } from 'vitest'
import { markedName } from '../../../server/connectors/syncro/map.ts'
import { coreHost, coreName, coreSerial, pairs } from '../../../server/domains/integrations/matching.ts'
import { DATABASES } from '../../support/databases.ts'
import { aTicket, type FakeSyncro, fakeSyncro } from '../../support/vendors/syncro.ts'
import { all, connectorContract } from './contract.ts'
import { vendorWorld } from './world.ts'

/** SyncroMSP: what every connector does, and what is its own. */

const TOKEN = 'CANARY-syncro-token'

const SETTINGS = { type: 'syncro', kind: 'api_key', secrets: { api_key: TOKEN } } as const
const WRITE = { marker: '[ref:0123456789ab]', since: '2026-01-12T09:00:00.000Z' }
const TIME = {
  ticketId: '1',
  minutes: 20,
  startAt: '2026-01-12T08:00:00.000Z',
  note: 'Spooler',
  billable: true,
  ...WRITE,
}
const seed = (fake: FakeSyncro) => {
  fake.tickets = [aTicket(1)]
}

connectorContract<FakeSyncro>({
  type: 'syncro',
  settings: () => SETTINGS,
  fake: () => fakeSyncro({ token: TOKEN }),
  plain: {
    call: (connector) => all(connector.searchTickets?.({ text: 'Ticket' })),
    like: /^GET \/api\/v1\/tickets$/,
  },
  list: {
    seed: (fake) => {
      fake.pageSize = 7
      fake.tickets = Array.from({ length: 20 }, (_, at) => aTicket(at + 1))
      return fake.tickets.map(({ id }) => String(id))
    },
    call: async (connector) => (await all(connector.searchTickets?.({}))).map(({ id }) => id),
    circle: (fake) => {
      fake.circles = true
    },
  },
  missing: async (connector) => connector.ticket?.('404'),
  forbid: (fake) => {
    fake.forbidden = /^GET \/tickets/
  },
  lockOut: (fake) => {
    fake.token = 'another'
  },
  writes: {
    note: {
      seed,
      call: async (connector, again) =>
        connector.addNote?.({ ticketId: '1', body: 'Restarted the spooler', audience: 'internal', ...WRITE, again }),
      count: (fake) => fake.tickets[0]?.comments.length ?? 0,
      like: /^POST .*\/comment$/,
    },
    timer: {
      seed,
      call: async (connector, again) => connector.addTime?.({ ...TIME, again }),
      count: (fake) => fake.tickets[0]?.timers.length ?? 0,
      like: /^POST .*\/timer_entry$/,
    },
    charge: {
      seed,
      call: async (connector, again) => connector.addTime?.({ ...TIME, again }),
      count: (fake) => fake.lineItems.length,
      like: /^POST .*\/charge_timer_entry$/,
    },
    file: {
      seed,
      call: async (connector, again) =>
        connector.attach?.({
          ticketId: '1',
          name: 'report.pdf',
          mediaType: 'application/pdf',
          audience: 'portal',
          content: { url: 'https://files.example.com/report.pdf' },
          ...WRITE,
          again,
        }),
      count: (fake) => fake.tickets[0]?.attachments.length ?? 0,
      like: /^POST .*\/attach_file_url$/,
    },
  },
  token: { none: 'every request is signed in with the key itself' },
  secrets: [TOKEN],
})

for (const database of DATABASES)
  describe(`SyncroMSP, on ${database}`, () => {
    test('gets actual minutes, charges them, and says what its own rules make of them', async () => {
      const fake = await fakeSyncro()
      await using world = await vendorWorld(database, fake, SETTINGS)
      seed(fake)

      const made = await (await world.connector()).addTime?.({ ...TIME, userId: '7', workTypeId: '11', again: false })

      expect(made?.billableMinutes).toBe(30)
      expect(fake.asked(/timer_entry$/)[0]?.body).toEqual({
        start_at: '2026-01-12T08:00:00.000Z',
        end_at: '2026-01-12T08:20:00.000Z',
        duration_minutes: 20,
        notes: 'Spooler [ref:0123456789ab]',
        user_id: 7,
        product_id: 11,
      })
      expect(fake.lineItems).toHaveLength(1)
    })

    test('of a tenant with a second factor is signed in to by a code, and again when its session ended', async () => {
      const fake = await fakeSyncro()
      const secrets = { api_key: TOKEN, totp: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' }
      await using world = await vendorWorld(database, fake, { ...SETTINGS, secrets })
      seed(fake)
      const state = { open: new Set<string>(), given: [] as string[] }
      fake.twoFactor = state
      const connector = await world.connector()

      for (let time = 0; time < 2; time++) await connector.test()
      const before = state.given.length
      state.open.clear()
      await connector.test()

      expect([before, state.given.length]).toEqual([1, 2])
      expect(fake.asked(/otp_login$/)[0]?.body).toEqual({ code: expect.stringMatching(/^\d{6}$/) })
      const rows = await world.msp.server.deps.db.selectFrom('integration_credentials').selectAll().execute()
      expect(JSON.stringify(rows)).not.toContain('CANARY-session')
    })

    test('charges nothing for time that nobody pays for', async () => {
      const fake = await fakeSyncro()
      await using world = await vendorWorld(database, fake, SETTINGS)
      seed(fake)

      const made = await (await world.connector()).addTime?.({ ...TIME, billable: false, again: false })

      expect(made?.billableMinutes).toBe(0)
      expect(fake.lineItems).toEqual([])
    })

    test.each([
      ['internal', { hidden: true, do_not_email: true }],
      ['portal', { hidden: false, do_not_email: true }],
      ['mailed', { hidden: false, do_not_email: false }],
    ] as const)('is told who sees a note: %s', async (audience, flags) => {
      const fake = await fakeSyncro()
      await using world = await vendorWorld(database, fake, SETTINGS)
      seed(fake)

      await (await world.connector()).addNote?.({ ticketId: '1', body: 'x', audience, ...WRITE, again: false })

      expect(fake.asked(/comment$/)[0]?.body).toMatchObject(flags)
    })
  })

test('a file is called what it was, and by the mark of its action', () => {
  expect(markedName('report.pdf', '[ref:0123456789ab]')).toBe('report-ref0123456789ab.pdf')
  expect(markedName('report', '[ref:0123456789ab]')).toBe('report-ref0123456789ab')
})

describe('what is probably the same', () => {
  test.each([
    ['Dataforth Corp.', 'DATAFORTH', true],
    ['Müller & Söhne GmbH & Co. KG', 'Muller und Sohne', false],
    ['Müller GmbH & Co. KG', 'Muller', true],
    ['AG Insurance', 'Insurance', false],
    ['Contoso Ltd', 'Contoso Inc', true],
  ])('%s and %s: %s', (one, other, are) => {
    expect(coreName(one) === coreName(other)).toBe(are)
  })

  test('is not guessed when there are two', () => {
    const key = (name: string) => [coreName(name)]

    expect(pairs(['Acme Inc', 'Acme Ltd', 'Contoso'], ['Acme', 'Contoso AG'], [[key, key]])).toEqual([
      { theirs: 'Contoso', ours: 'Contoso AG' },
    ])
  })

  test('a serial number that vendors leave empty says nothing, a host is known by its first label', () => {
    expect(['0000000', 'To be filled by O.E.M.', 'Default string', '12'].map(coreSerial)).toEqual(['', '', '', ''])
    expect(coreSerial('5CG-123 4ABC')).toBe('5cg1234abc')
    expect(coreHost('SRV1.dataforth.local')).toBe('srv1')
  })
})
