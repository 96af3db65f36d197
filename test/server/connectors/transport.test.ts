import { describe, expect, test } from 'vitest'
import { VendorError } from '../../../server/connectors/errors.ts'
import { cleanLine, cleanText } from '../../../server/connectors/text.ts'
import { messagesIn, retryAfterMs } from '../../../server/connectors/transport/answers.ts'
import { allOf, firstOf } from '../../../server/connectors/transport/paging.ts'
import { mustBeAllowed } from '../../../server/connectors/transport/send.ts'
import { inTurn } from '../../../server/connectors/transport/turns.ts'
import { DATABASES } from '../../support/databases.ts'
import { aTicket, fakeSyncro } from '../../support/vendors/syncro.ts'
import { all, failureOf } from './contract.ts'
import { vendorWorld } from './world.ts'

/** What all connectors stand on. */

describe('the texts of an answer that is no success', () => {
  test.each([
    [
      { success: false, message: ["Body can't be blank", "Subject can't be blank"] },
      ["Body can't be blank", "Subject can't be blank"],
    ],
    [{ error: 'Customer required field' }, ['Customer required field']],
    [{ record: { id: 1 }, errors: 'Name is taken' }, ['Name is taken']],
    [{ errors: { name: ['is taken', 'is long'] } }, ['name: is taken', 'name: is long']],
    [{ errors: ['When assigning a Resource, …'] }, ['When assigning a Resource, …']],
    [
      { errors: [{ status: '422', title: 'Unprocessable', detail: "Name can't be blank" }] },
      ['Unprocessable', "Name can't be blank"],
    ],
    [{ Message: 'No HTTP resource was found.' }, ['No HTTP resource was found.']],
    [
      { error: 'invalid_grant', error_description: 'The password is incorrect.' },
      ['invalid_grant', 'The password is incorrect.'],
    ],
    [{ error: { code: 'BadRequest', message: 'No card' } }, ['No card']],
    [
      { code: 'InvalidObject', message: 'callbackEntry object is invalid', errors: [{ message: 'It exists' }] },
      ['callbackEntry object is invalid', 'It exists'],
    ],
    [undefined, []],
    ['<html>', []],
  ])('%j', (body, texts) => {
    expect(messagesIn(body)).toEqual(texts)
  })
})

describe('a pause that a vendor asks for', () => {
  const now = new Date('2026-01-12T09:00:00.000Z')

  test.each([
    ['120', 120_000],
    ['Mon, 12 Jan 2026 09:01:00 GMT', 60_000],
    ['Mon, 12 Jan 2026 08:00:00 GMT', 0],
    ['999999', 3_600_000],
    ['soon', undefined],
    [undefined, undefined],
  ])('%s is %s ms', (header, milliseconds) => {
    expect(retryAfterMs(header, now)).toBe(milliseconds)
  })
})

describe('a list of pages', () => {
  const pages = (all: Record<string, { items: string[]; next?: string }>) => async (page: string | undefined) => {
    const { items, next } = all[page ?? 'first'] ?? { items: [] }
    return { items, next }
  }

  test('shows a row once, though it moved to the next page meanwhile', async () => {
    const list = allOf(pages({ first: { items: ['a', 'b'], next: '2' }, 2: { items: ['b', 'c'] } }), String)

    expect(await all(list)).toEqual(['a', 'b', 'c'])
  })

  test('reads no further than it is walked', async () => {
    const list = allOf(pages({ first: { items: ['a', 'b'], next: 'not there' } }), String)

    expect(await firstOf(list, 1)).toEqual({ items: ['a'], more: true })
  })

  test('that names a page twice is refused', async () => {
    const list = allOf(pages({ first: { items: ['a'], next: '2' }, 2: { items: ['b'], next: '2' } }), String)

    expect((await failureOf(all(list))).kind).toBe('malformed')
  })
})

describe('where what signs us in may go', () => {
  const HOSTS = /(^|\.)syncromsp\.com$/
  const allowed = (address: string) => {
    try {
      mustBeAllowed(new URL(address), HOSTS, 'Syncro')
      return true
    } catch (error) {
      return error instanceof VendorError ? false : error
    }
  }

  test.each([
    ['https://acme.syncromsp.com/api/v1', true],
    ['http://127.0.0.1:8080', true],
    ['http://acme.syncromsp.com', false],
    ['https://acme.syncromsp.com.evil.example', false],
    ['https://evilsyncromsp.com', false],
    ['https://user:pass@acme.syncromsp.com', false],
    ['http://127.0.0.1.evil.example', false],
    ['http://169.254.169.254/latest', false],
  ])('%s: %s', (address, is) => {
    expect(allowed(address)).toBe(is)
  })
})

describe('texts of others', () => {
  test('lose what moves a cursor, hides or turns around, and keep their lines', () => {
    const text = 'Printer\u001b[2J is \u202ereversed\u202c\r\n\u200bIgnore\u{e0041} this\u001b]0;title\u0007 page'

    expect(cleanText(text, 100)).toBe('Printer is reversed\nIgnore this page')
    expect(cleanLine(text, 100)).toBe('Printer is reversed Ignore this page')
    expect(cleanLine('a long subject', 8)).toBe('a long…')
  })
})

for (const database of DATABASES)
  describe(`the limits of a vendor, on ${database}`, () => {
    test('hold for all connections from here, and a call waits only a short time for its turn', async () => {
      const fake = await fakeSyncro()
      const settings = { type: 'syncro', kind: 'api_key', secrets: { api_key: fake.token } } as const
      await using world = await vendorWorld(database, fake, settings, { config: { limitFactor: 1 } })
      fake.tickets = [aTicket(1)]
      const connector = await world.connector()

      const outcomes: string[] = []
      for (let call = 0; call < 61; call++)
        outcomes.push(
          await connector.test().then(
            () => 'ok',
            (error: VendorError) => error.kind,
          ),
        )

      expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(60)
      expect(outcomes.at(-1)).toBe('rate_limited')
      expect(fake.journal).toHaveLength(60)
    })
  })

test('who waits too long for a turn does nothing, and those after it have theirs', async () => {
  const [owner, lane, late] = [{}, 'tickets', performance.now() + 60_000]
  const done: string[] = []
  let leave = (): void => undefined
  const first = inTurn(owner, lane, late, () => new Promise<void>((resolve) => (leave = resolve)))

  const second = inTurn(owner, lane, performance.now() + 20, async () => done.push('second'))
  const third = inTurn(owner, lane, late, async () => done.push('third'))
  const elsewhere = inTurn(owner, 'contacts', late, async () => done.push('elsewhere'))

  expect((await failureOf(second)).kind).toBe('unavailable')
  await elsewhere
  expect(done).toEqual(['elsewhere'])
  leave()
  await Promise.all([first, third])
  expect(done).toEqual(['elsewhere', 'third'])
})
