import { aTicket, type FakeSyncro, fakeSyncro } from '../../support/vendors/syncro.ts'
import { all, connectorContract } from './contract.ts'

/** SyncroMSP: what every connector does, and what is its own. */

const TOKEN = 'CANARY-syncro-token'

connectorContract<FakeSyncro>({
  settings: { type: 'syncro', kind: 'api_key', secrets: { api_key: TOKEN } },
  fake: () => fakeSyncro({ token: TOKEN }),
  read: {
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
  write: {
    seed: (fake) => {
      fake.tickets = [aTicket(1)]
    },
    call: async (connector, again) =>
      connector.addNote?.({
        ticketId: '1',
        body: 'Restarted the spooler',
        audience: 'internal',
        marker: '[ref:0001]',
        since: '2026-01-12T09:00:00.000Z',
        again,
      }),
    count: (fake) => fake.tickets[0]?.comments.length ?? 0,
    like: /^POST .*\/comment$/,
  },
  secrets: [TOKEN],
})
