import { describe, expect, test } from 'vitest'
import { instantOf, planOf, planTypeOf, secondsIn, statusOf } from '../../../server/connectors/msp360/map.ts'
import { aRun, type FakeMsp360, fakeMsp360 } from '../../support/vendors/msp360.ts'
import { all, connectorContract } from './contract.ts'

/** MSP Backups: what every connector does, and what is its own. */

const PASSWORD = 'CANARY-msp360'

connectorContract<FakeMsp360>({
  type: 'msp360',
  settings: () => ({ type: 'msp360', kind: 'basic', username: 'api@msp.example', secrets: { password: PASSWORD } }),
  fake: () => fakeMsp360({ password: PASSWORD }),
  plain: { call: (connector) => all(connector.backupPlans?.()), like: /^GET \/api\/Monitoring$/ },
  list: {
    // All of it comes in one answer.
    seed: (fake) => {
      fake.monitoring = Array.from({ length: 2_500 }, (_, at) => aRun({ PlanId: `b${at}` }))
      return fake.monitoring.map(({ PlanId }) => String(PlanId))
    },
    call: async (connector) => (await all(connector.backupPlans?.())).map(({ planId }) => String(planId)),
  },
  missing: (connector, fake) => {
    fake.gone = true
    return all(connector.backupPlans?.())
  },
  forbid: (fake) => {
    fake.forbidden = true
  },
  lockOut: (fake) => {
    fake.password = 'another'
    fake.tokens.clear()
  },
  writes: { none: 'it is read only' },
  token: {
    end: (fake) => fake.tokens.clear(),
    got: (fake) => fake.asked(/Provider\/Login/).length,
  },
  secrets: [PASSWORD, 'CANARY-token'],
})

describe('a run of MSP Backups', () => {
  test('is ours with its numbers, its times as UTC and the braces off its computer', () => {
    expect(planOf(aRun() as never)).toMatchObject({
      ...{ planId: 'b1', planName: 'Nightly image', planType: 'hyperv_backup', computer: 'SRV-OLD', hid: '6f1c2f7e' },
      ...{ status: 'success', lastStart: '2026-01-12T02:00:00.000Z', durationSeconds: 15, bytesTotal: 2_425_390 },
    })
  })

  test('of which nothing is told is no failure of ours', () => {
    expect(planOf({} as never)).toMatchObject({ status: 'unknown', planType: 'unknown', lastStart: null, hid: null })
  })

  test.each([
    ...([
      [0, 'success'],
      [1, 'overdue'],
      [6, 'unexpectedly_closed'],
      [7, 'warning'],
      [99, 'unknown'],
    ] as const),
    ...([
      ['Success', 'success'],
      ['Failed', 'error'],
      ['UnexpectedlyClosed', 'unexpectedly_closed'],
    ] as const),
    ...([
      ['2', 'error'],
      [null, 'unknown'],
    ] as const),
  ])('has the status %s as %s', (theirs, ours) => {
    expect(statusOf(theirs)).toBe(ours)
  })

  test.each([
    ...([
      [0, 'na'],
      [17, 'hyperv_restore'],
      [18, 'unknown'],
      ['SQLResore', 'sql_restore'],
      ['5', 'vm_backup'],
    ] as const),
  ])('has the kind of plan %s as %s', (theirs, ours) => {
    expect(planTypeOf(theirs)).toBe(ours)
  })

  test.each([
    ['15 second(s)', 15],
    ['1 hour(s) 2 minute(s) 3 second(s)', 3_723],
    ['00:02:15', 135],
    ['1.00:00:01', 86_401],
    ['soon', null],
    ['', null],
  ])('took %s: %s seconds', (written, seconds) => {
    expect(secondsIn(written)).toBe(seconds)
  })

  test('that never began has no beginning', () => {
    expect([instantOf('0001-01-01T00:00:00'), instantOf(null), instantOf('x')]).toEqual([null, null, null])
    expect(instantOf('2026-01-12T02:00:00+01:00')).toBe('2026-01-12T01:00:00.000Z')
  })
})
