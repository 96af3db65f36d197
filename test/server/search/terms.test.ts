import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { questionOf, rank } from '../../../server/search/ranking.ts'
import { NOTHING_COUNTED } from '../../../server/search/statistics.ts'
import { termsOf } from '../../../server/search/terms.ts'

describe('the words of a text', () => {
  test.each([
    ['Restarted the print spoolers', ['restart', 'print', 'spooler']],
    ['Größe der Übertragung', ['gross', 'ubertragung']],
    ['error 0x80070005', ['error', '0x80070005', '80070005']],
    ['KB5034441', ['kb5034441', 'kb__', '5034441']],
    ['10.0.19045', ['10_0_19045', '10__', '19045']],
    ['srv-web01.dataforth.local', ['srv_web01_dataforth_local', 'srv_', 'web01', 'web_', '01__', 'dataforth', 'local']],
    ['Get-LocalUser', ['get_localuser', 'get_', 'localus', 'local', 'user']],
    ['what is it about?', []],
    ['東京都', [expect.stringMatching(/^x/), expect.stringMatching(/^x/)]],
  ])('%s', (text, words) => {
    expect(termsOf(text)).toEqual(words)
  })

  test('are such as both databases keep whole, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        for (const word of termsOf(text)) expect(word).toMatch(/^[a-z0-9_]{4,60}$/)
      }),
    )
  })

  test('never look like a mark', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const word of termsOf(`client__${text}`)) expect(word).not.toMatch(/__[a-z0-9]/)
      }),
    )
  })
})

describe('the order', () => {
  const at = '2026-01-12T09:00:00.000Z'
  const aDocument = (id: string, words: string, more: { at?: string; number?: number; is_current?: boolean } = {}) => ({
    id,
    at,
    terms: `client__y ${words}`,
    ...{ number: 1, session_id: null, ordinal: null, asks: false, is_current: true, importance: 5 },
    ...more,
  })
  const orderOf = (query: string[], ...documents: ReturnType<typeof aDocument>[]) =>
    rank(questionOf(query), documents, NOTHING_COUNTED, 'problem', new Date(at)).map(({ passage }) => passage.id)

  test('puts a rare word before a common one, and a short text before a long one', () => {
    const common = aDocument('common', 'printer printer')
    const rare = aDocument('rare', 'spooler printer')
    const long = aDocument('long', `spooler printer ${'word '.repeat(50)}`.trim())

    expect(orderOf(['printer', 'spooler'], common, long, rare)).toEqual(['rare', 'long', 'common'])
  })

  test('puts the newest of equally good ones first, whatever order they come in', () => {
    const documents = [
      aDocument('b', 'spooler', { at: '2026-01-11T09:00:00.000Z' }),
      aDocument('a', 'spooler', { number: 2 }),
      aDocument('c', 'spooler', { number: 3 }),
    ]

    expect(orderOf(['spooler'], ...documents)).toEqual(['c', 'a', 'b'])
    expect(orderOf(['spooler'], ...documents.toReversed())).toEqual(['c', 'a', 'b'])
  })
})
