import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { measured, stopped } from '../../../server/domains/billing/rules.ts'

const NOW = new Date('2026-01-12T12:00:00.000Z')
const at = (time: string) => `2026-01-12T${time}:00.000Z`
const sinceMidnight = (seconds: number) => new Date(Date.parse(at('00:00')) + seconds * 1_000).toISOString()

describe('the times of an entry', () => {
  test('are whole: what lies between start and end is worked or a pause', () => {
    const seconds = fc.integer({ min: 0, max: 86_400 })
    fc.assert(
      fc.property(seconds, seconds, (first, second) => {
        const [raw, span] = [Math.min(first, second), Math.max(first, second)]
        const started_at = at('00:00')

        const byBoth = measured({ started_at, ended_at: sinceMidnight(span), raw_seconds: raw }, 'UTC', NOW)
        const byPause = measured({ started_at, ended_at: sinceMidnight(span) }, 'UTC', NOW, span - raw)
        const byDuration = measured({ started_at, raw_seconds: raw }, 'UTC', NOW)

        expect(byBoth.raw_seconds + byBoth.paused_seconds).toBe(span)
        expect(byPause).toEqual(byBoth)
        expect(byDuration).toMatchObject({ raw_seconds: raw, paused_seconds: 0, ended_at: sinceMidnight(raw) })
      }),
    )
  })

  test('are counted from instants: a night in which the clock jumps is an hour shorter than it looks', () => {
    const night = { started_at: '2026-03-29T00:30:00.000Z', ended_at: '2026-03-29T01:30:00.000Z' }

    const entry = measured(night, 'Europe/Berlin', new Date('2026-03-29T12:00:00.000Z'))

    expect(entry).toMatchObject({ raw_seconds: 3_600, work_date: '2026-03-29' })
  })

  test('fall on the day that somebody names when there is no start, or else on this day', () => {
    expect(measured({ raw_seconds: 60, work_date: '2026-01-09' }, 'UTC', NOW).work_date).toBe('2026-01-09')
    expect(measured({ raw_seconds: 60 }, 'Pacific/Kiritimati', NOW).work_date).toBe('2026-01-13')
  })

  test.each([
    ['an end before the start', { started_at: at('09:00'), ended_at: at('08:00') }, 'lies before'],
    ['no duration', { started_at: at('09:00') }, 'Say how long'],
    ['an end alone', { ended_at: at('09:00'), raw_seconds: 60 }, 'without started_at'],
    [
      'more than fits',
      { started_at: at('09:00'), ended_at: at('10:00'), raw_seconds: 3_601 },
      'more than lies between',
    ],
    ['more than a day', { started_at: at('09:00'), ended_at: '2026-01-13T09:00:01.000Z' }, 'more than 24 hours'],
    ['another day than its start', { started_at: at('09:00'), raw_seconds: 60, work_date: '2026-01-13' }, '2026-01-12'],
    [
      'an end that lies ahead',
      { started_at: at('09:00'), ended_at: '9999-12-31T23:59:59.999Z', raw_seconds: 60 },
      'lies ahead',
    ],
    ['work to come', { raw_seconds: 60, work_date: '2026-01-14' }, 'lies ahead'],
  ])('are refused for %s', (_, given, message) => {
    expect(() => measured(given, 'UTC', NOW)).toThrow(message)
  })
})

describe('a stopped timer', () => {
  const timer = { started_at: at('09:00'), paused_at: null, paused_seconds: 0 }

  test('counts the pause that it stands in', () => {
    expect(stopped({ ...timer, paused_at: at('09:10'), paused_seconds: 60 }, at('10:00'))).toEqual({
      ended_at: at('10:00'),
      raw_seconds: 540,
      paused_at: null,
      paused_seconds: 3_060,
    })
  })

  test('of exactly a day is taken, of more not, and no time is negative', () => {
    expect(stopped(timer, '2026-01-13T09:00:00.000Z').raw_seconds).toBe(86_400)
    expect(() => stopped(timer, '2026-01-13T09:00:01.000Z')).toThrow('Say when the work ended')
    expect(() => stopped(timer, at('08:59'))).toThrow('lies before')
    expect(() => stopped({ ...timer, paused_seconds: 600 }, at('09:05'))).toThrow('pauses')
  })
})
