import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MOST_BYTES, messageOf, plain } from '../../../server/connectors/teams/map.ts'
import { DATABASES } from '../../support/databases.ts'
import { type FakeTeams, fakeTeams } from '../../support/vendors/teams.ts'
import { connectorContract, failureOf } from './contract.ts'
import { vendorWorld } from './world.ts'

/** Microsoft Teams: what every connector does, and what is its own. A workflow can only be posted to. */

const SIGNATURE = 'CANARY-sig'
const NOTICE = {
  title: 'Backup failed',
  text: 'Nightly image of SRV-OLD',
  facts: [{ name: 'Client', value: 'Dataforth' }],
  url: 'https://msp.example/backups',
}

connectorContract<FakeTeams>({
  type: 'teams',
  settings: ({ address }) => ({ type: 'teams', kind: 'webhook_url', secrets: { webhook_url: address } }),
  fake: () => fakeTeams({ signature: SIGNATURE }),
  plain: { call: async (connector) => connector.notify?.(NOTICE), like: /^POST .*\/invoke$/, writes: true },
  list: { none: 'a workflow can only be posted to' },
  missing: { none: 'a workflow can only be posted to; without one the address is a wrong secret' },
  forbid: (fake) => {
    fake.forbidden = true
  },
  lockOut: (fake) => {
    fake.signature = 'another'
  },
  writes: { none: 'what was posted cannot be looked up, so it is sent once and never again' },
  token: { none: 'the address is all that signs us in' },
  secrets: [SIGNATURE],
})

describe.each(DATABASES)('Teams, on %s', (database) => {
  const within = async (act: (world: Awaited<ReturnType<typeof vendorWorld>>, fake: FakeTeams) => Promise<void>) => {
    const fake = await fakeTeams()
    const settings = { type: 'teams', kind: 'webhook_url', secrets: { webhook_url: fake.address } } as const
    await using world = await vendorWorld(database, fake, settings)
    await act(world, fake)
  }

  test('gets a card, by the whole address in its order, and the address stands nowhere else', () =>
    within(async ({ connector, msp }, fake) => {
      await (await connector()).notify?.(NOTICE)
      await msp.server.deps.audit.flush()

      expect(fake.posted).toHaveLength(1)
      expect(fake.journal[0]?.query.toString()).toBe(new URL(fake.address).searchParams.toString())
      const calls = await msp.server.deps.db
        .selectFrom('api_audit_log')
        .selectAll()
        .where('direction', '=', 'out')
        .execute()
      expect(calls).toHaveLength(1)
      expect(JSON.stringify(calls)).not.toContain(fake.signature)
    }))

  test('is tested without posting anything', () =>
    within(async ({ connector }, fake) => {
      expect(await (await connector()).test()).toMatchObject({ account: '127.0.0.1' })
      expect(fake.journal).toEqual([])
    }))

  test('that refuses the signature is left alone, and no error shows it', () =>
    within(async ({ connector, integration }, fake) => {
      fake.signature = 'renewed'
      const error = await failureOf((await connector()).notify?.(NOTICE) ?? Promise.resolve())

      expect(error).toMatchObject({ kind: 'auth_failed' })
      expect(JSON.stringify([error.message, await integration()])).not.toContain('CANARY-sig')
    }))

  test('is not known to have posted what it did not answer', () =>
    within(async ({ connector }, fake) => {
      fake.fail({ how: 'after' })

      expect((await failureOf((await connector()).notify?.(NOTICE) ?? Promise.resolve())).kind).toBe('uncertain')
      expect(fake.posted).toHaveLength(1)
    }))
})

test('a card is never larger than it may be, and says when it was cut', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.nat(400), (text, times) => {
      const json = JSON.stringify(messageOf({ ...NOTICE, text: text.repeat(times) }))
      expect(Buffer.byteLength(json)).toBeLessThanOrEqual(MOST_BYTES)
    }),
    { numRuns: 200 },
  )
  expect(JSON.stringify(messageOf({ ...NOTICE, text: 'x'.repeat(60_000) }))).toContain('cut: more than a card holds')
})

test.each([
  ['[click](https://evil.example)', '(click) (https://evil.example)'],
  ['<at>Ann</at>', 'Ann'],
  ['a\u202eb', 'ab'],
])('%s from a stranger is shown as %s', (text, shown) => {
  expect(plain(text)).toBe(shown)
})

test('only an address on the web is a button', () => {
  expect(JSON.stringify(messageOf({ ...NOTICE, url: 'javascript:alert(1)' }))).not.toContain('OpenUrl')
  expect(JSON.stringify(messageOf(NOTICE))).toContain('Action.OpenUrl')
})
