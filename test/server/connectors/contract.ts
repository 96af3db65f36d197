import { describe, expect, test } from 'vitest'
import { pauseMs } from '../../../server/connectors/breaker.ts'
import type { Connector } from '../../../server/connectors/connector.ts'
import { FUNCTION_OF } from '../../../server/connectors/connector.ts'
import { VendorError } from '../../../server/connectors/errors.ts'
import { DATABASES } from '../../support/databases.ts'
import type { FakeVendor, Fault, Reply } from '../../support/vendors/server.ts'
import { type Settings, type VendorWorld, vendorWorld } from './world.ts'

/** Why a vendor has no such case. What can be checked of it is. */
export interface None {
  none: string
}

/**
 * What every connector does, whatever its vendor: run by the test of each over its fake, on both databases. Nothing of it can be left out
 * without saying why.
 */
export interface Subject<F extends FakeVendor> {
  type: Settings['type']
  fake(): Promise<F>
  /** What an admin enters. */
  settings(fake: F): Settings
  /** The plainest call of this vendor, and requests like it in the journal of the fake. */
  plain: {
    call(connector: Connector): Promise<unknown>
    like: RegExp
    /** It changes something over there, so it is not sent again when nobody knows whether it arrived. */
    writes?: true
  }
  /** A list of more than two pages, seen whole, as ids. */
  list: ListOf<F> | None
  /** Asks for what there is not. */
  missing: ((connector: Connector, fake: F) => Promise<unknown>) | None
  /** The fake refuses the plain call for want of a permission. */
  forbid(fake: F): void
  /** The fake takes the secret for a wrong one. */
  lockOut(fake: F): void
  /** What the vendor answers when it is called too often; without one a bare 429. */
  tooOften?: Reply
  /** Writes that must not happen twice, by name. */
  writes: Readonly<Record<string, WriteOf<F>>> | None
  /** The token that was got with the secret ends before its time. `got` counts how often one was got. */
  token: { end(fake: F): void; got(fake: F): number } | None
  /** What must stand in no error, log or row. */
  secrets: readonly string[]
}

export interface ListOf<F extends FakeVendor> {
  seed(fake: F): readonly string[]
  call(connector: Connector): Promise<readonly string[]>
  /** From now on pages come again and again. None where everything comes in one answer. */
  circle?(fake: F): void
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

const LISTS = ['searchTickets', 'customers', 'assets', 'backupPlans', 'documents', 'alerts'] as const
const WRITES = ['addNote', 'addTime', 'attach', 'setStatus'] as const
const isNone = (given: object): given is None => 'none' in given && typeof given.none === 'string'

export function connectorContract<F extends FakeVendor>(subject: Subject<F>): void {
  const { type, plain } = subject
  for (const database of DATABASES)
    describe(`the connector of ${type}, on ${database}`, () => {
      const within = async (
        act: (world: { fake: F; connector: Connector } & Omit<VendorWorld, 'connector'>) => Promise<void>,
        server?: Parameters<typeof vendorWorld>[3],
      ) => {
        const fake = await subject.fake()
        await using world = await vendorWorld(database, fake, subject.settings(fake), server)
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
          await plain.call(connector)
          await msp.server.deps.audit.flush()

          const calls = await msp.server.deps.db
            .selectFrom('api_audit_log')
            .selectAll()
            .where('direction', '=', 'out')
            .execute()
          expect(calls.length).toBeGreaterThan(0)
          expect(calls.every(({ path_template }) => path_template.startsWith(`${type}:/`))).toBe(true)
          for (const secret of subject.secrets) expect(JSON.stringify(calls)).not.toContain(secret)
        }))

      test('opens its secret once for many calls, with an announcement in the audit before', () =>
        within(async ({ connector, msp, credentialId }) => {
          await plain.call(connector)
          await plain.call(connector)

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

      const { list, missing, writes, token } = subject
      if (isNone(list))
        test(`has no lists: ${list.none}`, () =>
          within(async ({ connector }) => {
            expect(LISTS.filter((name) => connector[name])).toEqual([])
          }))
      else
        test('reads a list to its last page', () =>
          within(async ({ connector, fake }) => {
            const ids = list.seed(fake)

            expect([...(await list.call(connector))].sort()).toEqual([...ids].sort())
          }))
      if (!isNone(list) && list.circle)
        test('does not take a list that goes in circles for a long one', () =>
          within(async ({ connector, fake }) => {
            list.seed(fake)
            list.circle?.(fake)

            expect((await failureOf(list.call(connector))).kind).toBe('malformed')
            expect(fake.journal.length).toBeLessThan(20)
          }))
      if (isNone(missing))
        test(`asks for nothing that might be missing: ${missing.none}`, () =>
          within(async ({ connector }) => {
            expect([...LISTS, 'ticket', 'document'].filter((name) => name in connector)).toEqual([])
          }))
      else
        test('says that there is no such row, which is no failure of the system', () =>
          within(async ({ connector, fake, integration }) => {
            expect((await failureOf(missing(connector, fake))).kind).toBe('not_found')
            expect(await integration()).toMatchObject({ status: 'ok', consecutive_failures: 0 })
          }))
      test('says that the account may not, and does not try again', () =>
        within(async ({ connector, fake }) => {
          subject.forbid(fake)

          expect((await failureOf(plain.call(connector))).kind).toBe('forbidden')
          expect(fake.asked(plain.like)).toHaveLength(1)
        }))

      test('says that its secret is refused, shows it nowhere, and leaves the system alone', () =>
        within(async ({ connector, fake, integration, msp }) => {
          subject.lockOut(fake)

          const error = await failureOf(plain.call(connector))
          const asked = fake.journal.length
          const again = await failureOf(plain.call(connector))

          expect([error.kind, again.kind]).toEqual(['auth_failed', 'auth_failed'])
          expect(fake.journal).toHaveLength(asked)
          expect(await integration()).toMatchObject({ status: 'auth_failed', last_error: expect.any(String) })
          const told = [error.message, String(error.cause), JSON.stringify(await integration())].join()
          for (const secret of subject.secrets) expect(told).not.toContain(secret)
          msp.clock.advance(6 * 60_000)
          await plain.call(connector).catch(() => undefined)
          expect(fake.journal.length).toBeGreaterThan(asked)
        }))

      test('does not repeat a secret that the vendor repeats in what it refuses', () =>
        within(async ({ connector, fake, integration }) => {
          await plain.call(connector)
          const sent = fake.asked(plain.like)[0]?.headers.authorization?.replace(/^\w+ /, '')
          const secrets = [...Object.values(subject.settings(fake).secrets), ...(sent ? [sent] : [])]
          const error = `These are wrong: ${secrets.join(' ')}`
          fake.fail({ how: 'reply', reply: { status: 400, body: { error } } }, { on: plain.like })
          fake.fail({ how: 'reply', reply: { status: 500, body: { error } } }, { on: plain.like, times: 9 })

          const failures = [await failureOf(plain.call(connector)), await failureOf(plain.call(connector))]

          const told = JSON.stringify([failures.map(({ message }) => message), await integration()])
          for (const secret of secrets) expect(told).not.toContain(secret)
        }))

      test('obeys a short pause that the vendor asks for, and then gets its answer', () =>
        within(async ({ connector, fake, integration }) => {
          fake.fail({ how: 'reply', reply: withPause(subject.tooOften, '1') }, { on: plain.like })

          await plain.call(connector)

          expect(fake.asked(plain.like)).toHaveLength(2)
          expect((await integration()).status).toBe('ok')
        }))

      test('hands on a long pause, and sends nothing until it is over', () =>
        within(async ({ connector, fake, integration, msp }) => {
          fake.fail({ how: 'reply', reply: withPause(subject.tooOften, '90') }, { on: plain.like })

          const error = await failureOf(plain.call(connector))
          const again = await failureOf(plain.call(connector))

          expect(error).toMatchObject({ kind: 'rate_limited', retryAfterMs: 90_000 })
          expect(again.kind).toBe('rate_limited')
          expect(fake.asked(plain.like)).toHaveLength(1)
          expect((await integration()).status).toBe('rate_limited')
          msp.clock.advance(91_000)
          await plain.call(connector)
          expect((await integration()).status).toBe('ok')
        }))

      const FAULTS: readonly Fault[] = [
        ...(['before', 'after', 'torn'] as const).map((how) => ({ how })),
        { how: 'reply', reply: { status: 503, body: '' } },
      ]
      test.each(FAULTS)(
        plain.writes
          ? 'does not send again what may have arrived when the connection breaks ($how)'
          : 'reads again when the connection breaks, or the system is out of order for a moment ($how)',
        (fault) =>
          within(async ({ connector, fake }) => {
            fake.fail(fault, { on: plain.like })

            if (plain.writes) expect((await failureOf(plain.call(connector))).kind).toBe('uncertain')
            else await plain.call(connector)

            expect(fake.asked(plain.like)).toHaveLength(plain.writes ? 1 : 2)
          }),
      )

      test('does not wait for ever', () =>
        within(async ({ connector, fake }) => {
          fake.fail({ how: 'silent' }, { on: plain.like, times: 9 })
          const startedAt = performance.now()

          expect((await failureOf(plain.call(connector))).kind).toBe(plain.writes ? 'uncertain' : 'unavailable')
          expect(performance.now() - startedAt).toBeLessThan(10_000)
        }))

      test.each(['html', 'huge'] as const)('takes %s for no answer', (how) =>
        within(async ({ connector, fake }) => {
          fake.fail({ how }, { on: plain.like, times: 9 })

          const kind = plain.writes && how === 'huge' ? 'uncertain' : 'malformed'
          expect((await failureOf(plain.call(connector))).kind).toBe(kind)
        }),
      )

      test('follows nobody elsewhere: what signs it in stays with the vendor', () =>
        within(async ({ connector, fake }) => {
          await using other = await subject.fake()
          const reply = { status: 302, headers: { location: `${other.url}/` } }
          fake.fail({ how: 'reply', reply }, { on: plain.like, times: 9 })

          expect((await failureOf(plain.call(connector))).kind).toBe('malformed')
          expect(other.journal).toEqual([])
        }))

      test('leaves a system alone that failed five times in a row, and comes back', () =>
        within(async ({ connector, fake, integration, msp }) => {
          fake.fail({ how: 'html' }, { on: plain.like, times: 5 })
          for (let time = 0; time < 5; time++) await failureOf(plain.call(connector))
          const asked = fake.journal.length

          expect((await failureOf(plain.call(connector))).kind).toBe('unavailable')
          expect(fake.journal).toHaveLength(asked)
          expect(await integration()).toMatchObject({ status: 'degraded', consecutive_failures: 5 })
          msp.clock.advance(pauseMs(5) + 1)
          await plain.call(connector)
          expect(await integration()).toMatchObject({ status: 'ok', consecutive_failures: 0, circuit_open_until: null })
        }))

      test('is not called while it is disabled', () =>
        within(async ({ connector, fake, integrationId, msp }) => {
          await msp.admin.api.externalIntegrations.disable({ id: integrationId })

          expect((await failureOf(plain.call(connector))).message).toContain('disabled')
          expect(fake.journal).toEqual([])
        }))

      if (isNone(writes))
        test(`writes nothing that could be there twice: ${writes.none}`, () =>
          within(async ({ connector }) => {
            expect(WRITES.filter((name) => connector[name])).toEqual([])
          }))
      for (const [name, write] of Object.entries(isNone(writes) ? {} : writes)) {
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

      if (isNone(token))
        test(`gets no token: ${token.none}`, () =>
          within(async ({ connector, msp }) => {
            await plain.call(connector)

            const kept = msp.server.deps.db.selectFrom('integration_credentials').select('token_ciphertext')
            expect(await kept.execute()).toEqual([{ token_ciphertext: null }])
          }))
      else {
        test('gets a token once and uses it for many calls', () =>
          within(async ({ connector, fake }) => {
            await plain.call(connector)
            await plain.call(connector)

            expect(token.got(fake)).toBe(1)
          }))

        test('gets a new token when the one it has does not work any more', () =>
          within(async ({ connector, fake }) => {
            await plain.call(connector)
            token.end(fake)

            await plain.call(connector)

            expect(token.got(fake)).toBe(2)
          }))

        test('keeps its token sealed', () =>
          within(async ({ connector, msp }) => {
            await plain.call(connector)

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
