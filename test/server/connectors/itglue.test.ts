import { describe, expect, test } from 'vitest'
import { plainText } from '../../../server/connectors/itglue/map.ts'
import { DATABASES } from '../../support/databases.ts'
import { type FakeItglue, fakeItglue } from '../../support/vendors/itglue.ts'
import { all, connectorContract } from './contract.ts'
import { vendorWorld } from './world.ts'

/** IT Glue: what every connector does, and what is its own. */

const KEY = 'ITG.CANARY'
const settings = { type: 'itglue', kind: 'api_key', secrets: { api_key: KEY } } as const

connectorContract<FakeItglue>({
  type: 'itglue',
  settings: () => settings,
  fake: () => fakeItglue({ key: KEY }),
  plain: { call: (connector) => all(connector.assets?.()), like: /^GET \/configurations$/ },
  list: {
    seed: (fake) => {
      fake.pageSize = 7
      fake.configurations = Array.from({ length: 20 }, (_, at) => ({
        id: `${at}`,
        organization: '1',
        hostname: `PC-${at}`,
      }))
      return fake.configurations.map(({ id }) => id)
    },
    call: async (connector) => (await all(connector.assets?.())).map(({ id }) => id),
    circle: (fake) => {
      fake.circles = true
    },
  },
  missing: async (connector) => connector.document?.('404'),
  forbid: (fake) => {
    fake.forbidden = true
  },
  lockOut: (fake) => {
    fake.key = 'another'
  },
  writes: { none: 'it is read only' },
  token: { none: 'every request is signed in with the key itself' },
  secrets: [KEY],
})

describe.each(DATABASES)('IT Glue, on %s', (database) => {
  test('documents of an organization are listed by title, one is read as text, and no password is ever asked for', async () => {
    const fake = await fakeItglue({ key: KEY })
    await using world = await vendorWorld(database, fake, settings)
    fake.organizations = [{ id: '1', name: 'Dataforth' }]
    const content = '<h1>VPN</h1><p>Use the <b>new</b> gateway.</p><script>alert(1)</script>'
    fake.documents = [{ id: '9', organization: '1', name: 'VPN set-up', content }]
    fake.configurations = [{ id: '5', organization: '1', hostname: 'SRV-OLD', archived: true }]
    const connector = await world.connector()

    expect(await all(connector.documents?.('1'))).toMatchObject([{ id: '9', title: 'VPN set-up', text: null }])
    expect(await connector.document?.('9')).toMatchObject({ customerId: '1', text: 'VPN\nUse the new gateway.' })
    expect(await all(connector.assets?.('1'))).toEqual([])
    expect(fake.journal.filter(({ path }) => path.includes('password'))).toEqual([])
  })
})

test.each([
  ['<p>a &amp;lt; b</p>', 'a &lt; b'],
  ['one<br>two', 'one\ntwo'],
  ['<style>p{}</style>x', 'x'],
  ['', ''],
])('the HTML %s is the text %s', (html, text) => {
  expect(plainText(html)).toBe(text)
})
