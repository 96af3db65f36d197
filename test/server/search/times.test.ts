import { describe, expect, test } from 'vitest'
import { timeAsked } from '../../../server/search/times.ts'

/** A Tuesday. */
const NOW = new Date('2026-06-30T12:00:00Z')
const days = (text: string, timezone?: string) => {
  const found = timeAsked(text, NOW, timezone)
  return found && `${found.since.slice(0, 10)}..${found.until.slice(0, 10)}`
}

describe('the time that a question names', () => {
  test.each([
    ['what did we do last Tuesday', '2026-06-23..2026-06-23'],
    ['yesterday?', '2026-06-29..2026-06-29'],
    ['printers two weeks ago', '2026-06-15..2026-06-21'],
    ['what was done in March', '2026-03-01..2026-03-31'],
    ['work in October', '2025-10-01..2025-10-31'],
    ['Q4 2025 at Dataforth', '2025-10-01..2025-12-31'],
    ['since Monday', '2026-06-29..2026-06-30'],
    ['am 14. März', '2026-03-14..2026-03-14'],
    ['was war im März?', '2026-03-01..2026-03-31'],
    ['letzte Woche', '2026-06-22..2026-06-28'],
    ['vorige week', '2026-06-22..2026-06-28'],
    ['afgelopen dinsdag', '2026-06-23..2026-06-23'],
    ['la semaine dernière', '2026-06-22..2026-06-28'],
    ['en mars', '2026-03-01..2026-03-31'],
  ])('%s', (text, span) => {
    expect(days(text)).toBe(span)
  })

  test.each([
    'may I restart the spooler',
    'march through the list',
    'version 10.0.19045 fails',
    'Server 2008 R2',
    '10.1.2.3 does not answer',
    'the job at 14:05',
    'next Friday',
    `2026-03-14 09:20:11 ERROR one\n2026-03-14 09:20:12 ERROR two`,
  ])('there is none in %j', (text) => {
    expect(timeAsked(text, NOW)).toBeUndefined()
  })

  test('leaves the other words of the question', () => {
    expect(timeAsked('printers at Dataforth last week', NOW)?.rest).toBe('printers at Dataforth')
  })

  test('is that of the place where it is asked', () => {
    expect(timeAsked('yesterday', NOW, 'Europe/Berlin')?.since).toBe('2026-06-28T22:00:00.000Z')
  })
})
