import { duration } from '../../recall/ages.ts'
import { formatMoney } from '../money.ts'
import type { TimeLine } from './lines.ts'

/** How time and money are written in reports that are read. */

export interface Sums {
  entries: number
  raw_seconds: number
  billable_minutes: number
  not_priced: number
  amounts: readonly { currency: string; amount_minor: number }[]
}

export const NOT_PRICED = 'Not priced: time to be billed that has no amount yet. It is in no sum of money.'
export const worked = (seconds: number | null): string => (seconds === null ? '' : duration(seconds))
/** A dash where nothing was computed yet: that is not nothing. */
export const billedText = ({ billable_minutes, not_priced }: Pick<Sums, 'billable_minutes' | 'not_priced'>): string =>
  billable_minutes === 0 && not_priced > 0 ? '-' : duration(billable_minutes * 60)

/** Each currency for itself. */
export const moneyText = ({ amounts, not_priced }: Sums): string =>
  [
    ...amounts.map(({ currency, amount_minor }) => formatMoney(amount_minor, currency)),
    ...(not_priced === 0 ? [] : [`${not_priced} not priced`]),
  ].join(', ') || '-'

export const notesOf = ({ not_priced }: Sums): string[] => (not_priced === 0 ? [] : [NOT_PRICED])

/** The amount of one entry; why it has none. */
export function amountText({ amount_minor, currency, classification }: TimeLine): string {
  if (amount_minor !== null && currency !== null) return formatMoney(amount_minor, currency)
  return classification === 'billable' ? 'not priced' : classification.replace('_', ' ')
}
