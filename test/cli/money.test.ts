import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decimalOf, digitsOf, formatMoney, parseMoney } from '../../src/cli/money.ts'

describe('money on the command line', () => {
  test.each([
    ['120.00 USD', 12_000, 'USD'],
    ['USD 120', 12_000, 'USD'],
    ['0.1eur', 10, 'EUR'],
    ['-3.50 EUR', -350, 'EUR'],
    ['-0.05 EUR', -5, 'EUR'],
    ['1500 JPY', 1_500, 'JPY'],
    ['1500.0 JPY', 1_500, 'JPY'],
    ['1.234 KWD', 1_234, 'KWD'],
    ['90071992547409.91 USD', Number.MAX_SAFE_INTEGER, 'USD'],
  ])('%s is %d of %s', (text, amount_minor, currency) => {
    expect(parseMoney(text)).toEqual({ amount_minor, currency })
  })

  test('an amount without a currency takes the one that is given', () => {
    expect(parseMoney('95.5', 'EUR')).toEqual({ amount_minor: 9_550, currency: 'EUR' })
  })

  test.each([
    '',
    'USD',
    '12,50 EUR',
    '1.234,50 EUR',
    'USD 5 USD',
    '1e3 USD',
    '5',
    '0.001 USD',
    '1.5 JPY',
    '90071992547409.92 USD',
  ])('"%s" is refused', (text) => {
    expect(() => parseMoney(text)).toThrow()
  })

  test('what is written is read back, whatever the amount and currency', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom('USD', 'EUR', 'JPY', 'KWD', 'CLF'), (amount_minor, currency) => {
        expect(parseMoney(formatMoney(amount_minor, currency))).toEqual({ amount_minor: amount_minor + 0, currency })
      }),
    )
  })

  test('an amount has as many digits as its currency', () => {
    expect(['USD', 'JPY', 'KWD'].map((currency) => [digitsOf(currency), decimalOf(5, currency)])).toEqual([
      [2, '0.05'],
      [0, '5'],
      [3, '0.005'],
    ])
  })
})
