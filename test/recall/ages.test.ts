import { describe, expect, test } from 'vitest'
import { age, due, duration, localTime } from '../../src/recall/ages.ts'
import { hoursAgo, NOW } from './world.ts'

describe('an age', () => {
  test.each([
    [0.001, 'now'],
    [-5, 'now'],
    [0.5, '30 min'],
    [1, '1 h'],
    [23.9, '23 h'],
    [24, '1 d'],
    [24 * 13, '13 d'],
    [24 * 14, '2 w'],
    [24 * 60, '2 mo'],
    [24 * 800, '2 y'],
  ])('of %d hours is %j', (hours, said) => {
    expect(age(hoursAgo(hours), NOW)).toBe(said)
  })

  test('of what is no instant is a question mark', () => {
    expect(age('yesterday', NOW)).toBe('?')
    expect(age(null, NOW)).toBe('?')
  })
})

test('a due date says how long there is, or was', () => {
  expect(due(hoursAgo(-72), NOW)).toBe('due in 3 d')
  expect(due(hoursAgo(3), NOW)).toBe('overdue 3 h')
  expect(due(hoursAgo(0), NOW)).toBe('due now')
})

test('a duration has the units that matter', () => {
  expect([0, 59, 60, 3_599, 3_900, 36_000].map(duration)).toEqual([
    '0 s',
    '59 s',
    '1 min',
    '1 h 00 min',
    '1 h 05 min',
    '10 h 00 min',
  ])
})

describe('the time on a machine', () => {
  test('is in its zone, with the offset', () => {
    expect(localTime(NOW, 'America/Phoenix')).toBe('Mon 2026-01-12 10:03 America/Phoenix (UTC-07:00)')
  })

  test.each([null, '', 'UTC', 'W. Europe Standard Time', 'Nowhere/Land'])('is UTC for %j', (zone) => {
    expect(localTime(NOW, zone)).toBe('Mon 2026-01-12 17:03 UTC')
  })
})
