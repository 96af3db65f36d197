import { usage } from './output.ts'

/** Amounts as people write them, and as the API counts them: whole minor units of ISO 4217, no floating point between. */

export interface Money {
  amount_minor: number
  currency: string
}

/** Digits behind the point where they are not two (ISO 4217). Not asked of `Intl`: it knows how much is used in a country, not what is booked. */
const OTHER_DIGITS: Readonly<Record<string, number>> = Object.fromEntries([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0]),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3]),
  ...'CLF UYW'.split(' ').map((code) => [code, 4]),
])

/** How many digits of a currency stand behind the point. */
export const digitsOf = (currency: string): number => OTHER_DIGITS[currency] ?? 2

const WHOLE = /^(?:([a-z]{3})\s*)?([+-]?\d+)(?:\.(\d+))?(?:\s*([a-z]{3}))?$/i

/**
 * `120.00 USD`, `USD 120`, `-3.5 eur`; `120` where a currency is given beside it. A comma is refused: it means thousands to some, and the
 * point to others.
 *
 * @param currency of an amount that names none
 * @throws Failure (usage) for what is no amount, has no currency, or more digits than its currency has
 */
export function parseMoney(text: string, currency?: string): Money {
  const [, before, units, digits = '', behind] = WHOLE.exec(text.trim()) ?? []
  if (units === undefined || (before !== undefined && behind !== undefined))
    throw usage(`"${text}" is no amount. Write it with a point and its currency, as in: "120.00 USD"`)
  const code = (before ?? behind ?? currency)?.toUpperCase()
  if (code === undefined || !/^[A-Z]{3}$/.test(code))
    throw usage(`Of which currency is "${text}"? Write it as in: "${text.trim()} USD"`)
  const wanted = digitsOf(code)
  const kept = digits.replace(/0+$/, '')
  if (kept.length > wanted)
    throw usage(
      `"${text}" is less than the smallest unit: ${code} has ${wanted === 0 ? 'no digits' : `${wanted} digits`} behind the point.`,
    )
  const minor = BigInt(`${units}${kept.padEnd(wanted, '0')}`)
  if (minor > BigInt(Number.MAX_SAFE_INTEGER) || minor < -BigInt(Number.MAX_SAFE_INTEGER))
    throw usage(`"${text}" is too much to be kept.`)
  return { amount_minor: Number(minor), currency: code }
}

/** `1234.50`, without the currency: for a column of CSV beside that of the currency. */
export function decimalOf(amountMinor: number, currency: string): string {
  const digits = digitsOf(currency)
  const minor = BigInt(amountMinor)
  const text = String(minor < 0n ? -minor : minor).padStart(digits + 1, '0')
  const [units, rest] = [text.slice(0, text.length - digits), text.slice(text.length - digits)]
  return `${minor < 0n ? '-' : ''}${units}${digits === 0 ? '' : `.${rest}`}`
}

/** `1234.50 USD`: what `parseMoney` reads back. */
export const formatMoney = (amountMinor: number, currency: string): string =>
  `${decimalOf(amountMinor, currency)} ${currency}`
