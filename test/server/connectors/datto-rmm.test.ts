import { describe, expect, test } from 'vitest'
import { instantOf } from '../../../server/connectors/datto_rmm/map.ts'
import { DATABASES } from '../../support/databases.ts'
import { type FakeDatto, fakeDatto } from '../../support/vendors/datto-rmm.ts'
import { all, connectorContract, failureOf } from './contract.ts'
import { vendorWorld } from './world.ts'

/** Datto RMM: what every connector does, and what is its own. */

const SECRET = 'CANARY-datto'
const settings = { type: 'datto_rmm', kind: 'api_key', secrets: { api_key: 'api-key', api_secret: SECRET } } as const

const devices = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ uid: `d${at}`, hostname: `PC-${at}`, siteUid: 's1' }))

connectorContract<FakeDatto>({
  type: 'datto_rmm',
  settings: () => settings,
  fake: () => fakeDatto({ secret: SECRET }),
  plain: { call: (connector) => all(connector.assets?.()), like: /^GET \/api\/v2\/account\/devices$/ },
  list: {
    seed: (fake) => {
      fake.pageSize = 7
      fake.devices = devices(20)
      return fake.devices.map(({ uid }) => uid)
    },
    call: async (connector) => (await all(connector.assets?.())).map(({ id }) => id),
    circle: (fake) => {
      fake.circles = true
    },
  },
  missing: (connector) => all(connector.assets?.('gone')),
  forbid: (fake) => {
    fake.forbidden = true
  },
  lockOut: (fake) => {
    fake.secret = 'another'
    fake.tokens.clear()
  },
  writes: { none: 'it is read only' },
  token: { end: (fake) => fake.tokens.clear(), got: (fake) => fake.asked(/oauth\/token/).length },
  secrets: [SECRET, 'CANARY-token'],
})

describe.each(DATABASES)('Datto RMM, on %s', (database) => {
  test('a next page elsewhere is not read: it would get the token', async () => {
    const fake = await fakeDatto({ secret: SECRET })
    await using other = await fakeDatto()
    await using world = await vendorWorld(database, fake, settings)
    fake.devices = devices(60)
    fake.spoofedNext = `${other.url}/api/v2/account/devices?page=1`

    expect((await failureOf(all((await world.connector()).assets?.()))).kind).toBe('malformed')
    expect(other.journal).toEqual([])
  })

  test('deleted devices are none, and alerts say which device of which site', async () => {
    const fake = await fakeDatto({ secret: SECRET })
    await using world = await vendorWorld(database, fake, settings)
    fake.sites = [{ uid: 's1', name: 'Dataforth' }]
    fake.devices = [...devices(1), { uid: 'old', hostname: 'OLD', siteUid: 's1', deleted: true }]
    fake.alerts = [{ alertUid: 'a1', priority: 'High', diagnostics: 'Disk full', siteUid: 's1', deviceUid: 'd0' }]
    const connector = await world.connector()

    expect(await all(connector.assets?.('s1'))).toMatchObject([{ id: 'd0', customerId: 's1' }])
    expect(await all(connector.alerts?.('s1'))).toMatchObject([
      {
        id: 'a1',
        priority: 'High',
        text: 'Disk full',
        assetId: 'd0',
        customerId: 's1',
        raisedAt: '2026-01-12T08:10:00.000Z',
      },
    ])
    expect(await all(connector.customers?.())).toMatchObject([{ id: 's1', name: 'Dataforth' }])
  })
})

test('times are read as milliseconds and as text', () => {
  expect([instantOf(0), instantOf('2026-01-12T09:00:00Z'), instantOf(null), instantOf('x')]).toEqual([
    '1970-01-01T00:00:00.000Z',
    '2026-01-12T09:00:00.000Z',
    null,
    null,
  ])
})
