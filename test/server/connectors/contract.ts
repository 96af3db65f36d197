import { describe, expect, test } from 'vitest'
import { pauseMs } from '../../../server/connectors/breaker.ts'
import type { Connector } from '../../../server/connectors/connector.ts'
import { FUNCTION_OF } from '../../../server/connectors/connector.ts'
import { VendorError } from '../../../server/connectors/errors.ts'
import { DATABASES } from '../../support/databases.ts'
import type { FakeVendor, Reply } from '../../support/vendors/server.ts'
import { type Settings, type VendorWorld, vendorWorld } from './world.ts'

/** What every connector does, whatever its vendor: run by the test of each over its fake, on both databases. */
export interface Subject<F extends FakeVendor> {
  settings: Settings
  fake(): Promise<F>
  /** The plainest read of this vendor, and requests like it in the journal of the fake. */
  read: { call(connector: Connector): Promise<unknown>; like: RegExp }
  /** A list of more than two pages, seen whole, as ids. */
  list?: {
    seed(fake: F): readonly string[]
    call(connector: Connector): Promise<readonly string[]>
    /** From now on pages come again and again. */
    circle?(fake: F): void
  }
  /** Asks for a row that there is not. */
  missing?(connector: Connector): Promise<unknown>
  /** The fake refuses the read for want of a permission. */
  forbid?(fake: F): void
  /** The fake takes the secret for a wrong one. */
  lockOut(fake: F): void
  /** What the vendor answers when it is called too often; without one a bare 429. */
  tooOften?: Reply
  /** Writes that must not happen twice, by name. */
  writes?: Readonly<Record<string, WriteOf<F>>>
  /** The token that was got with the secret ends before its time. `got` counts how often one was got. */
  token?: { end(fake: F): void; got(fake: F): number }
  /** What must stand in no error, log or row. */
  secrets: readonly string[]
}

export interface WriteOf<F extends FakeVendor> {
  seed(fake: F): void
  call(connector: Connector, again: boolean): Promise<unknown>
  /** How often it happened. */
  count(fake: F): number
  /** The requests that write, of which the first fails. */
  like: RegExp
}

/** Collects a list; nothing where the connector has none. */
export async function all<T>(list: AsyncIterable<T> | undefined): Promise<T[]> {
  const items: T[] = []
  if (list === undefined) return items
  for await (const item of list) items.push(item)
  return items
}

/** How a call failed; fails the test when it did not. */
export async function failureOf(call: Promise<unknown>): Promise<VendorError> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error, 'it should have failed').toBeInstanceOf(VendorError)
  return error as VendorError
}

export function connectorContract<F extends FakeVendor>(subject: Subject<F>): void {
  const { settings, read } = subject
  for (const database of DATABASES)
    describe(`the connector of ${settings.type}, on ${database}`, () => {
      const within = async (
        act: (world: { fake: F; connector: Connector } & Omit<VendorWorld, 'connector'>) => Promise<void>,
        server?: Parameters<typeof vendorWorld>[3],
      ) => {
        const fake = await subject.fake()
        await using world = await vendorWorld(database, fake, settings, server)
        await act({ ...world, fake, connector: await world.connector() })
      }

      test('has a function for what it declares, and declares what it has', () =>
        within(async ({ connector }) => {
          const declared = Object.entries(connector.capabilities).filter(([, can]) => can)
          const backed = new Set(declared.map(([name]) => FUNCTION_OF[name as keyof typeof FUNCTION_OF]))
          const optional = new Set(Object.values(FUNCTION_OF))

          expect([...optional].filter((name) => typeof connector[name] === 'function').sort()).toEqual(
            [...backed].sort(),
          )
        }))

      test('says whom the vendor takes us for', () =>
        within(async ({ connector }) => {
          expect((await connector.test()).account).not.toBe('')
        }))

      test('reads, and the audit has the call without what it was signed in with', () =>
        within(async ({ connector, msp }) => {
          await read.call(connector)
          await msp.server.deps.audit.flush()

          const calls = await msp.server.deps.db
            .selectFrom('api_audit_log')
            .selectAll()
            .where('direction', '=', 'out')
            .execute()
          expect(calls.length).toBeGreaterThan(0)
          expect(calls.every(({ path_template }) => path_template.startsWith(`${settings.type}:/`))).toBe(true)
          for (const secret of subject.secrets) expect(JSON.stringify(calls)).not.toContain(secret)
        }))

      test('opens its secret once for many calls, with an announcement in the audit before', () =>
        within(async ({ connector, msp, credentialId }) => {
          await read.call(connector)
          await read.call(connector)

          const entries = await msp.server.deps.db
            .selectFrom('credential_audit_log')
            .select(['action', 'outcome', 'actor_kind'])
            .where('credential_id', '=', credentialId)
            .where('action', '=', 'use')
            .orderBy('seq')
            .execute()
          expect(entries).toEqual([
            { action: 'use', outcome: 'intent', actor_kind: 'system' },
            { action: 'use', outcome: 'success', actor_kind: 'system' },
          ])
        }))

      const { list, missing, forbid, writes = {}, token } = subject
      if (list)
        test('reads a list to its last page', () =>
          within(async ({ connector, fake }) => {
            const ids = list.seed(fake)

            expect([...(await list.call(connector))].sort()).toEqual([...ids].sort())
          }))
      if (list?.circle)
        test('does not take a list that goes in circles for a long one', () =>
          within(async ({ connector, fake }) => {
            list.seed(fake)
            list.circle?.(fake)

            expect((await failureOf(list.call(connector))).kind).toBe('malformed')
            expect(fake.journal.length).toBeLessThan(20)
          }))
      if (missing)
        test('says that there is no such row, which is no failure of the system', () =>
          within(async ({ connector, integration }) => {
            expect((await failureOf(missing(connector))).kind).toBe('not_found')
            expect(await integration()).toMatchObject({ status: 'ok', consecutive_failures: 0 })
          }))
      if (forbid)
        test('says that the account may not, and does not try again', () =>
          within(async ({ connector, fake }) => {
            forbid(fake)

            expect((await failureOf(read.call(connector))).kind).toBe('forbidden')
            expect(fake.asked(read.like)).toHaveLength(1)
          }))

      test('says that its secret is refused, shows it nowhere, and leaves the system alone', () =>
        within(async ({ connector, fake, integration, msp }) => {
          subject.lockOut(fake)

          const error = await failureOf(read.call(connector))
          const asked = fake.journal.length
          const again = await failureOf(read.call(connector))

          expect([error.kind, again.kind]).toEqual(['auth_failed', 'auth_failed'])
          expect(fake.journal).toHaveLength(asked)
          expect(await integration()).toMatchObject({ status: 'auth_failed', last_error: expect.any(String) })
          const told = [error.message, String(error.cause), JSON.stringify(await integration())].join()
          for (const secret of subject.secrets) expect(told).not.toContain(secret)
          msp.clock.advance(6 * 60_000)
          await read.call(connector).catch(() => undefined)
          expect(fake.journal.length).toBeGreaterThan(asked)
        }))

      test('does not repeat a secret that the vendor repeats in what it refuses', () =>
        within(async ({ connector, fake, integration }) => {
          await read.call(connector)
          const sent = fake.asked(read.like)[0]?.headers.authorization?.replace(/^\w+ /, '')
          const secrets = [...Object.values(settings.secrets), ...(sent ? [sent] : [])]
          const error = `These are wrong: ${secrets.join(' ')}`
          fake.fail({ how: 'reply', reply: { status: 400, body: { error } } }, { on: read.like })
          fake.fail({ how: 'reply', reply: { status: 500, body: { error } } }, { on: read.like, times: 9 })

          const failures = [await failureOf(read.call(connector)), await failureOf(read.call(connector))]

          const told = JSON.stringify([failures.map(({ message }) => message), await integration()])
          for (const secret of secrets) expect(told).not.toContain(secret)
        }))

      test('obeys a short pause that the vendor asks for, and then gets its answer', () =>
        within(async ({ connector, fake, integration }) => {
          fake.fail({ how: 'reply', reply: withPause(subject.tooOften, '1') }, { on: read.like })

          await read.call(connector)

          expect(fake.asked(read.like)).toHaveLength(2)
          expect((await integration()).status).toBe('ok')
        }))

      test('hands on a long pause, and sends nothing until it is over', () =>
        within(async ({ connector, fake, integration, msp }) => {
          fake.fail({ how: 'reply', reply: withPause(subject.tooOften, '90') }, { on: read.like })

          const error = await failureOf(read.call(connector))
          const again = await failureOf(read.call(connector))

          expect(error).toMatchObject({ kind: 'rate_limited', retryAfterMs: 90_000 })
          expect(again.kind).toBe('rate_limited')
          expect(fake.asked(read.like)).toHaveLength(1)
          expect((await integration()).status).toBe('rate_limited')
          msp.clock.advance(91_000)
          await read.call(connector)
          expect((await integration()).status).toBe('ok')
        }))

      test.each(['before', 'after', 'torn'] as const)('reads again when the connection breaks (%s)', (how) =>
        within(async ({ connector, fake }) => {
          fake.fail({ how }, { on: read.like })

          await read.call(connector)

          expect(fake.asked(read.like)).toHaveLength(2)
        }),
      )

      test('reads again when the system is out of order for a moment', () =>
        within(async ({ connector, fake }) => {
          fake.fail({ how: 'reply', reply: { status: 503, body: '' } }, { on: read.like })

          await read.call(connector)

          expect(fake.asked(read.like)).toHaveLength(2)
        }))

      test('does not wait for ever', () =>
        within(async ({ connector, fake }) => {
          fake.fail({ how: 'silent' }, { on: read.like, times: 9 })
          const startedAt = performance.now()

          expect((await failureOf(read.call(connector))).kind).toBe('unavailable')
          expect(performance.now() - startedAt).toBeLessThan(10_000)
        }))

      test.each(['html', 'huge'] as const)('takes %s for no answer', (how) =>
        within(async ({ connector, fake }) => {
          fake.fail({ how }, { on: read.like, times: 9 })

          expect((await failureOf(read.call(connector))).kind).toBe('malformed')
        }),
      )

      test('follows nobody elsewhere: what signs it in stays with the vendor', () =>
        within(async ({ connector, fake }) => {
          await using other = await subject.fake()
          const reply = { status: 302, headers: { location: `${other.url}/` } }
          fake.fail({ how: 'reply', reply }, { on: read.like, times: 9 })

          expect((await failureOf(read.call(connector))).kind).toBe('malformed')
          expect(other.journal).toEqual([])
        }))

      test('leaves a system alone that failed five times in a row, and comes back', () =>
        within(async ({ connector, fake, integration, msp }) => {
          fake.fail({ how: 'html' }, { on: read.like, times: 5 })
          for (let time = 0; time < 5; time++) await failureOf(read.call(connector))
          const asked = fake.journal.length

          expect((await failureOf(read.call(connector))).kind).toBe('unavailable')
          expect(fake.journal).toHaveLength(asked)
          expect(await integration()).toMatchObject({ status: 'degraded', consecutive_failures: 5 })
          msp.clock.advance(pauseMs(5) + 1)
          await read.call(connector)
          expect(await integration()).toMatchObject({ status: 'ok', consecutive_failures: 0, circuit_open_until: null })
        }))

      test('is not called while it is disabled', () =>
        within(async ({ connector, fake, integrationId, msp }) => {
          await msp.admin.api.externalIntegrations.disable({ id: integrationId })

          expect((await failureOf(read.call(connector))).message).toContain('disabled')
          expect(fake.journal).toEqual([])
        }))

      for (const [name, write] of Object.entries(writes)) {
        test.each(['after', 'silent', 'html'] as const)(
          `writes a ${name} once, though the first answer did not come (%s)`,
          (how) =>
            within(async ({ connector, fake }) => {
              write.seed(fake)
              fake.fail({ how }, { on: write.like })

              const { kind } = await failureOf(write.call(connector, false))
              await write.call(connector, true)

              expect(['uncertain', 'malformed']).toContain(kind)
              expect(write.count(fake)).toBe(1)
            }),
        )

        test(`writes a ${name} that an earlier try did not bring there`, () =>
          within(async ({ connector, fake }) => {
            write.seed(fake)
            fake.fail({ how: 'before' }, { on: write.like })

            expect((await failureOf(write.call(connector, false))).kind).toBe('uncertain')
            await write.call(connector, true)

            expect(write.count(fake)).toBe(1)
          }))
      }

      if (token) {
        test('gets a token once and uses it for many calls', () =>
          within(async ({ connector, fake }) => {
            await read.call(connector)
            await read.call(connector)

            expect(token.got(fake)).toBe(1)
          }))

        test('gets a new token when the one it has does not work any more', () =>
          within(async ({ connector, fake }) => {
            await read.call(connector)
            token.end(fake)

            await read.call(connector)

            expect(token.got(fake)).toBe(2)
          }))

        test('keeps its token sealed', () =>
          within(async ({ connector, msp }) => {
            await read.call(connector)

            const row = await msp.server.deps.db
              .selectFrom('integration_credentials')
              .select(['token_ciphertext', 'token_expires_at'])
              .executeTakeFirstOrThrow()
            expect(row.token_expires_at).not.toBeNull()
            for (const secret of subject.secrets) expect(row.token_ciphertext?.toString('latin1')).not.toContain(secret)
          }))
      }
    })
}

const withPause = (reply: Reply = { status: 429, body: '' }, seconds: string): Reply => ({
  ...reply,
  headers: { ...reply.headers, 'retry-after': seconds },
})
