import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  firstTimeZone,
  localDay,
  localMonth,
  monthAfter,
  startOfDay,
} from '../../../server/domains/billing/local-day.ts'

/** Zones with all that clocks do: half hours, midnights that do not exist, a day that was left out, none at all. */
const ZONES = [
  'UTC',
  'America/Phoenix',
  'America/New_York',
  'America/Sao_Paulo',
  'America/St_Johns',
  'Europe/Berlin',
  'Africa/Cairo',
  'Asia/Kathmandu',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
]
const zone = fc.constantFrom(...ZONES)
const SINCE = '1990-01-01T00:00:00.000Z'
const instant = fc
  .date({ min: new Date(SINCE), max: new Date('2037-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString())
const month = instant.map((at) => at.slice(0, 7))
const shifted = (at: string, milliseconds: number) => new Date(Date.parse(at) + milliseconds).toISOString()

describe('the local day', () => {
  test.each([
    ['2026-01-12T05:00:00.000Z', 'America/Phoenix', '2026-01-11'],
    ['2026-01-12T07:00:00.000Z', 'America/Phoenix', '2026-01-12'],
    // The last hour before the clock of New York jumps, and the first after it.
    ['2026-03-08T04:59:59.999Z', 'America/New_York', '2026-03-07'],
    ['2026-03-09T03:59:59.999Z', 'America/New_York', '2026-03-08'],
    ['2026-12-31T23:30:00.000Z', 'Europe/Berlin', '2027-01-01'],
    ['2026-12-31T11:00:00.000Z', 'Pacific/Kiritimati', '2027-01-01'],
  ])('of %s in %s is %s', (at, tz, day) => {
    expect(localDay(at, tz)).toBe(day)
  })

  test('holds each instant, and begins with the first of them', () => {
    fc.assert(
      fc.property(instant, zone, (at, tz) => {
        const day = localDay(at, tz)
        const start = startOfDay(day, tz)

        expect(start <= at).toBe(true)
        expect(localDay(start, tz)).toBe(day)
        expect(localDay(shifted(start, -1), tz) < day).toBe(true)
      }),
    )
  })

  test('is 23 or 25 hours long when the clock is moved, and midnight need not exist', () => {
    const hours = (day: string, next: string, tz: string) =>
      (Date.parse(startOfDay(next, tz)) - Date.parse(startOfDay(day, tz))) / 3_600_000

    expect(hours('2026-03-29', '2026-03-30', 'Europe/Berlin')).toBe(23)
    expect(hours('2026-10-25', '2026-10-26', 'Europe/Berlin')).toBe(25)
    expect(startOfDay('2018-11-04', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00.000Z')
    expect(startOfDay('2011-12-30', 'Pacific/Apia')).toBe(startOfDay('2011-12-31', 'Pacific/Apia'))
  })
})

describe('the local month', () => {
  test('is followed by the next one without a gap, and holds no other', () => {
    fc.assert(
      fc.property(month, zone, (name, tz) => {
        const { from, until } = localMonth(name, tz)

        expect(localMonth(monthAfter(name), tz).from).toBe(until)
        expect(localDay(from, tz).slice(0, 7)).toBe(name)
        expect(localDay(shifted(until, -1), tz).slice(0, 7)).toBe(name)
      }),
    )
  })

  test('after December is January', () => {
    expect([monthAfter('2026-12'), monthAfter('2026-01'), monthAfter('0009-09')]).toEqual([
      '2027-01',
      '2026-02',
      '0009-10',
    ])
  })
})

test('a name that is no time zone is passed over', () => {
  expect(firstTimeZone(null, 'Mars/Olympus', 'Europe/Berlin')).toBe('Europe/Berlin')
  expect(firstTimeZone(undefined, '')).toBe('UTC')
})
