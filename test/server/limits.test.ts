import fc from 'fast-check'
import { sql } from 'kysely'
import pino from 'pino'
import { describe, expect, test } from 'vitest'
import { parseDatabaseUrl } from '../../server/config.ts'
import { openDatabase } from '../../server/db/open.ts'
import { sweepExpired } from '../../server/domains/people/sweep.ts'
import { countersInMemory } from '../../server/limits/counters.ts'
import { createLimits } from '../../server/limits/create.ts'
import { rateOf, retryAfterSeconds, taking } from '../../server/limits/gcra.ts'
import type { Limit, Limits } from '../../server/limits/limits.ts'
import { networkOf } from '../../server/limits/network.ts'
import { REVEAL_PER_MINUTE, requests } from '../../server/limits/rules.ts'
import { DATABASES, type DatabaseKind, migratedDatabase } from '../support/databases.ts'
import { testServer } from '../support/server.ts'

/** How often something may happen: exactly so often, for all servers together, over restarts, and not at all when nobody can count. */

const MINUTE = 60_000
const START = Date.parse('2026-01-12T09:00:00.000Z')

describe('the algorithm', () => {
  const someLimit = fc.record({
    count: fc.integer({ min: 1, max: 50 }),
    perMs: fc.integer({ min: 1_000, max: 100_000 }),
  })

  test('lets through exactly the burst at once', () => {
    fc.assert(
      fc.property(someLimit, (limit) => {
        expect(takenAt(limit, Array(limit.count + 5).fill(START))).toBe(limit.count)
      }),
    )
  })

  test('never lets through more than the burst and the share of the time that has gone by', () => {
    fc.assert(
      fc.property(someLimit, fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 300 }), (limit, gaps) => {
        let at = START
        const times = gaps.map((gap) => (at += gap))
        const { costMs } = rateOf(limit, 1, 1)
        expect(takenAt(limit, times)).toBeLessThanOrEqual(limit.count + Math.floor((at - START) / costMs))
      }),
    )
  })

  test('I1: says when to come back: then it is let through, a second before it is not', () => {
    fc.assert(
      fc.property(someLimit, fc.integer({ min: 0, max: 10_000 }), (limit, wait) => {
        const rate = rateOf(limit, 1, 1)
        let emptyAt = 0
        for (let taken = 0; taken < limit.count; taken++) emptyAt = taking(emptyAt, START, rate) as number
        const now = START + wait
        if (taking(emptyAt, now, rate) !== undefined) return
        const seconds = retryAfterSeconds(emptyAt, now, rate)
        expect(taking(emptyAt, now + seconds * 1_000, rate)).toBeDefined()
        if (seconds > 1) expect(taking(emptyAt, now + (seconds - 1) * 1_000 - 1, rate)).toBeUndefined()
      }),
    )
  })

  const takenAt = (limit: { count: number; perMs: number }, times: number[]) => {
    const rate = rateOf(limit, 1, 1)
    let emptyAt = 0
    return times.filter((at) => {
      const after = taking(emptyAt, at, rate)
      if (after !== undefined) emptyAt = after
      return after !== undefined
    }).length
  }

  test('A9: counters in memory stay bounded, whoever many come', async () => {
    const counters = countersInMemory()
    const rate = rateOf({ count: 100, perMs: MINUTE }, 1, 1)

    for (let address = 0; address < 50_000; address++) await counters.take(`address ${address}`, START, rate)

    expect(counters.size).toBeLessThanOrEqual(20_000)
  })

  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:aaaa:bbbb:cccc:dddd', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
    [null, 'unknown'],
  ])('A9: %s counts as %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network)
  })
})

/** A database with one or more servers' limits on it. */
async function aWorld(database: DatabaseKind, servers = 1) {
  const fresh = await migratedDatabase(database)
  const open = () => openDatabase(parseDatabaseUrl(fresh.url))
  const databases = await Promise.all(Array.from({ length: servers }, open))
  let nowMs = START
  const limitsOn = (opened: (typeof databases)[number]) =>
    createLimits({ database: opened, clock: () => new Date(nowMs), factor: 1, log: pino({ level: 'silent' }) })
  const close = async () => {
    for (const opened of databases) await opened.db.destroy()
  }
  return {
    databases,
    limits: databases.map(limitsOn),
    advance: (ms: number) => {
      nowMs += ms
    },
    /** Everything is closed and opened again. */
    async restart(): Promise<Limits> {
      await close()
      databases.splice(0, databases.length, await open())
      return limitsOn(databases[0] as (typeof databases)[number])
    },
    [Symbol.asyncDispose]: async () => {
      await close()
      await fresh[Symbol.asyncDispose]()
    },
  }
}

const outcome = (taken: Promise<void>) =>
  taken.then(
    () => 'taken' as const,
    (error: { code: string; details?: unknown }) => ({ code: error.code, details: error.details }),
  )
const often = async (times: number, take: (nth: number) => Promise<void>) =>
  Promise.all(Array.from({ length: times }, (_, nth) => outcome(take(nth))))
const taken = (outcomes: unknown[]) => outcomes.filter((one) => one === 'taken').length

const LASTING: Limit = { name: 'test', count: 10, perMs: MINUTE, lasting: true }

for (const database of DATABASES) {
  describe(`limits, on ${database}`, () => {
    test('I1: the 101st request in a minute is answered with 429 and when to come back', async () => {
      await using msp = await testServer({ database, config: { requestsPerMinute: 100, limitFactor: 1 } })
      const ana = await msp.technician()

      const answers = []
      for (let call = 1; call <= 101; call++) answers.push(await ana.rest('GET', '/auth/me'))
      msp.clock.advance(600)
      const after = await ana.rest('GET', '/auth/me')

      expect(new Set(answers.slice(0, 100).map(({ status }) => status))).toEqual(new Set([200]))
      expect(answers[100]).toMatchObject({ status: 429, body: { error: { code: 'RATE_LIMITED' } } })
      expect(answers[100]?.headers.get('retry-after')).toBe('1')
      expect(after.status).toBe(200)
    })

    test('I1: somebody else is not limited by it', async () => {
      await using msp = await testServer({ database, config: { requestsPerMinute: 5, limitFactor: 1 } })
      const [ana, ben] = [await msp.technician({ name: 'Ana' }), await msp.technician({ name: 'Ben' })]

      for (let call = 1; call <= 8; call++) await ana.rest('GET', '/auth/me')

      expect((await ana.rest('GET', '/auth/me')).status).toBe(429)
      expect((await ben.rest('GET', '/auth/me')).status).toBe(200)
    })

    test('I1: the 11th reveal in a minute is refused, however many come at once', async () => {
      await using world = await aWorld(database)
      const [limits] = world.limits as [Limits]

      const outcomes = await often(30, () => limits.take(REVEAL_PER_MINUTE, 'ana'))
      world.advance(5_999)
      const early = await outcome(limits.take(REVEAL_PER_MINUTE, 'ana'))
      world.advance(1)

      expect(taken(outcomes)).toBe(10)
      expect(outcomes.find((one) => one !== 'taken')).toEqual({ code: 'RATE_LIMITED', details: { retry_after: 6 } })
      expect(early).toEqual({ code: 'RATE_LIMITED', details: { retry_after: 1 } })
      expect(await outcome(limits.take(REVEAL_PER_MINUTE, 'ana'))).toBe('taken')
      expect(await outcome(limits.take(REVEAL_PER_MINUTE, 'ben'))).toBe('taken')
    })

    test('I1: all of those that may be let through at once are', async () => {
      await using world = await aWorld(database)
      const [limits] = world.limits as [Limits]

      const rounds = Array.from({ length: 20 }, (_, nth) => often(10, () => limits.take(LASTING, `user ${nth}`)))

      expect((await Promise.all(rounds)).map(taken)).toEqual(Array(20).fill(10))
    })

    test('I1: several things at once count as several, or none of them is taken', async () => {
      await using world = await aWorld(database)
      const [limits] = world.limits as [Limits]

      expect(await outcome(limits.take(LASTING, 'ana', 11))).toMatchObject({ code: 'RATE_LIMITED' })
      expect(await outcome(limits.take(LASTING, 'ana', 9))).toBe('taken')
      expect(await outcome(limits.take(LASTING, 'ana', 2))).toMatchObject({ code: 'RATE_LIMITED' })
      expect(await outcome(limits.take(LASTING, 'ana', 1))).toBe('taken')
    })

    test('I1: what lasts is still counted after a restart', async () => {
      await using world = await aWorld(database)
      const [limits] = world.limits as [Limits]
      await often(10, () => limits.take(LASTING, 'ana'))

      const after = await world.restart()

      expect(await outcome(after.take(LASTING, 'ana'))).toMatchObject({ code: 'RATE_LIMITED' })
    })

    test('A4: a clock that was set back by an hour does not keep everybody out for an hour', async () => {
      await using world = await aWorld(database)
      const [limits] = world.limits as [Limits]
      const budget = { ...LASTING, name: 'budget', untilReset: true }
      for (const limit of [LASTING, requests(10), budget]) await often(11, () => limits.take(limit, 'ana'))

      world.advance(-60 * MINUTE)

      expect(taken(await often(15, () => limits.take(LASTING, 'ana')))).toBe(10)
      expect(taken(await often(15, () => limits.take(requests(10), 'ana')))).toBe(10)
      expect(taken(await often(15, () => limits.take(budget, 'ana')))).toBe(0)
    })

    test('what turned out right is given back', async () => {
      await using world = await aWorld(database)
      const [limits] = world.limits as [Limits]
      await often(10, () => limits.take(LASTING, 'ana'))

      await limits.giveBack(LASTING, 'ana')

      expect(taken(await often(5, () => limits.take(LASTING, 'ana')))).toBe(1)
    })

    test('F9: one that a person has to give free stays shut until then, however long', async () => {
      await using world = await aWorld(database)
      const [limits] = world.limits as [Limits]
      const budget = { ...LASTING, untilReset: true }
      await often(11, () => limits.take(budget, 'session'))

      world.advance(20 * MINUTE)
      const later = await outcome(limits.take(budget, 'session'))
      await limits.reset(budget, 'session')

      expect(later).toEqual({ code: 'RATE_LIMITED', details: { needs: 'resume' } })
      expect(await outcome(limits.take(budget, 'session'))).toBe('taken')
    })

    test('I1: with the store down, what lasts is refused and plain requests are counted by the server itself', async () => {
      await using world = await aWorld(database)
      const [limits] = world.limits as [Limits]
      const [{ db }] = world.databases as [(typeof world.databases)[number]]
      await sql`alter table rate_limits rename to rate_limits_away`.execute(db)
      await sql`alter table request_rates rename to request_rates_away`.execute(db)

      const lasting = await outcome(limits.take(LASTING, 'ana'))
      const plain = await often(120, () => limits.take(requests(100), 'ana'))
      await sql`alter table rate_limits_away rename to rate_limits`.execute(db)
      await sql`alter table request_rates_away rename to request_rates`.execute(db)

      expect(lasting).toMatchObject({ code: 'UNAVAILABLE' })
      expect(taken(plain)).toBe(100)
    })

    test('I3: what has run out is removed, what stands stays', async () => {
      await using msp = await testServer({ database })
      const { deps } = msp.server
      const at = (ms: number) => new Date(msp.clock.now().getTime() + ms).toISOString()
      const buckets = Array.from({ length: 1_200 }, (_, nth) => ({
        bucket: `old ${nth}`,
        next_at_ms: 0,
        expires_at: at(-1),
      }))
      await deps.db
        .insertInto('rate_limits')
        .values([...buckets, { bucket: 'new', next_at_ms: 0, expires_at: at(1) }])
        .execute()
      const ended = await msp.technician()
      await ended.api.auth.logout({})
      await ended.api.auth.me({})
      const before = await deps.db.selectFrom('refresh_tokens').selectAll().execute()

      await sweepExpired(deps)

      const left = await deps.db
        .selectFrom('rate_limits')
        .select('bucket')
        .where('bucket', 'not like', '________________________%')
        .execute()
      const after = await deps.db.selectFrom('refresh_tokens').selectAll().execute()
      expect(left).toEqual([{ bucket: 'new' }])
      expect([before.length, after.length]).toEqual([3, 2])
    })
  })
}

if (DATABASES.includes('mariadb')) {
  describe('limits of three servers on one database', () => {
    test.each([
      ['that lasts', LASTING, 10],
      ['of plain requests', requests(100), 100],
    ])('I1: a limit %s is one for all, and exact', async (_, limit, count) => {
      await using world = await aWorld('mariadb', 3)

      const outcomes = await often(count * 3, (nth) => (world.limits[nth % 3] as Limits).take(limit, 'ana'))

      expect(taken(outcomes)).toBe(count)
    })
  })
}
