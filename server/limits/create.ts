import { createHash } from 'node:crypto'
import type { Logger } from 'pino'
import { AppError } from '../../src/contract/errors.ts'
import type { Database } from '../db/open.ts'
import { type Counters, countersInMemory, countersInTable, type Taken } from './counters.ts'
import { rateOf, retryAfterSeconds } from './gcra.ts'
import type { Limit, Limits } from './limits.ts'

export interface LimitsOptions {
  database: Database
  clock: () => Date
  /** Multiplies every limit. */
  factor: number
  log: Logger
}

/** How long a counter that only a person can empty stays as it is: a session has ended by then. */
const UNTIL_RESET_MS = 30 * 86_400_000

/**
 * Lasting counters stand in `rate_limits`. Those of plain requests are counted by the process where it is the only server of its database, and
 * else in `request_rates`, which the servers share; when that does not answer, each counts for itself.
 */
export function createLimits({ database, clock, factor, log }: LimitsOptions): Limits {
  const lasting = countersInTable(database, 'rate_limits')
  const own = countersInMemory()
  const plain = database.dialect.hasSeveralServers
    ? sharedOrOwn(countersInTable(database, 'request_rates'), own, log)
    : own

  async function takeLasting(limit: Limit, bucket: string, nowMs: number, cost: number): Promise<Taken> {
    const rate = rateOf(limit, factor, cost)
    const taken = await orUnavailable(lasting.take(bucket, nowMs, rate))
    if (!taken || !limit.untilReset) return taken
    log.warn({ limit: limit.name }, 'a limit was reached that only a person can give free again')
    await orUnavailable(lasting.block(bucket, nowMs + UNTIL_RESET_MS))
    return taken
  }

  return {
    async take(limit, who, cost = 1) {
      const nowMs = clock().getTime()
      const bucket = bucketOf(limit, who)
      const rate = rateOf(limit, factor, cost)
      // More often than once in a millisecond: no limit that this could count.
      if (rate.costMs === 0) return
      const taken = limit.lasting
        ? await takeLasting(limit, bucket, nowMs, cost)
        : await plain.take(bucket, nowMs, rate)
      if (taken) throw tooOften(limit, retryAfterSeconds(taken.emptyAtMs, nowMs, rate))
    },
    giveBack: (limit, who) => orUnavailable(lasting.giveBack(bucketOf(limit, who), rateOf(limit, factor, 1))),
    async reset(limit, who) {
      const emptied = database.db.deleteFrom('rate_limits').where('bucket', '=', bucketOf(limit, who)).execute()
      await orUnavailable(emptied)
    },
  }
}

/** Of one length whatever `who` is, and without saying who it is. */
const bucketOf = ({ name }: Limit, who: string) => createHash('sha256').update(`${name}\n${who}`).digest('hex')

const tooOften = ({ untilReset }: Limit, retryAfter: number) =>
  untilReset
    ? new AppError(
        'RATE_LIMITED',
        'The agents of this session were stopped: they asked for too much. A person looks at what they did (msp cred log), then lets them go on (msp cred resume).',
        {
          details: { needs: 'resume' },
        },
      )
    : new AppError('RATE_LIMITED', `This was done too often. Try again in ${inWords(retryAfter)}.`, {
        details: { retry_after: retryAfter },
      })

const inWords = (seconds: number) => (seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`)

function sharedOrOwn(shared: Counters, own: Counters, log: Logger): Counters {
  return {
    take: (bucket, nowMs, rate) =>
      shared.take(bucket, nowMs, rate).catch((error: unknown) => {
        log.warn({ error }, 'requests are counted by this server alone: the shared counters do not answer')
        return own.take(bucket, nowMs, rate)
      }),
  }
}

/** What cannot be counted is not allowed. */
async function orUnavailable<T>(counted: Promise<T>): Promise<T> {
  try {
    return await counted
  } catch (cause) {
    throw new AppError('UNAVAILABLE', 'How often this was done cannot be counted now. Try again in a moment.', {
      cause,
    })
  }
}
