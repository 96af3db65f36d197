import type { Rounding } from './terms.ts'

/** Money in minor units, and only as integers. */

/** A tenth of a thousandth: basis points of a whole. */
export const WHOLE_BP = 10_000

/** `numerator / denominator` as a whole number; both not below zero. */
export function rounded(numerator: bigint, denominator: bigint, mode: Rounding['money_rounding']): bigint {
  const whole = numerator / denominator
  const twice = 2n * (numerator % denominator)
  if (twice !== denominator) return twice > denominator ? whole + 1n : whole
  return mode === 'half_up' || whole % 2n === 1n ? whole + 1n : whole
}

/** What an hour costs: `hour_e8` is minor units times 10⁸, so that two modifiers in basis points lose nothing. */
export interface Price {
  unit: 'hour' | 'flat'
  hour_e8: string
  amount_mode: Rounding['amount_mode']
  money_rounding: Rounding['money_rounding']
}
const E8 = 100_000_000n

/** Minor units for minutes, rounded once. A flat price is owed for any time at all. */
export function amountFor(minutes: number, price: Price): number {
  if (minutes <= 0) return 0
  const hour = BigInt(price.hour_e8)
  if (price.unit === 'flat') return Number(rounded(hour, E8, price.money_rounding))
  if (price.amount_mode === 'exact') return Number(rounded(BigInt(minutes) * hour, 60n * E8, price.money_rounding))
  const hundredths = rounded(BigInt(minutes) * 100n, 60n, 'half_up')
  return Number(rounded(hundredths * hour, 100n * E8, price.money_rounding))
}
