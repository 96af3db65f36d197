import { rounded } from './money.ts'
import { type Agreement, compare } from './terms.ts'

/** What an agreement still holds, and can be drawn while it is valid. */
export interface Lot {
  agreement_id: string
  period_id: string
  from: string
  until: string
  minutes: number
  minor: number
}

/** What was drawn of a period: minutes of the block, or money. */
export interface Drawn {
  agreement_id: string
  period_id: string
  minutes: number
  minor: number
}

const E8 = 100_000_000n

/** What can be drawn on a day: of the agreement that pays first, and of its allotments that which expires first. */
function usable(lots: readonly Lot[], payers: readonly Agreement[], day: string, of: 'minutes' | 'minor'): Lot[] {
  const rank = ({ agreement_id }: Lot) => payers.findIndex(({ id }) => id === agreement_id)
  return lots
    .filter((lot) => lot[of] > 0 && lot.from <= day && day <= lot.until && rank(lot) >= 0)
    .sort((a, b) => rank(a) - rank(b) || compare(a.until, b.until) || compare(a.from, b.from))
}

/**
 * Draws minutes of work from blocks of hours. Changes the lots.
 *
 * @param factor_e8 for how many minutes of the block one minute of work counts, times 10⁸.
 * @returns what was drawn, and how many minutes of work it covers; the rest is overage.
 */
export function drawMinutes(
  lots: readonly Lot[],
  {
    payers,
    day,
    minutes,
    factor_e8,
  }: { payers: readonly Agreement[]; day: string; minutes: number; factor_e8: bigint },
): { drawn: Drawn[]; covered: number } {
  if (factor_e8 === 0n) return { drawn: [], covered: minutes }
  const drawn: Drawn[] = []
  const needed = (work: number) => Number(rounded(BigInt(work) * factor_e8, E8, 'half_up'))
  let covered = 0
  let taken = 0
  for (const lot of usable(lots, payers, day, 'minutes')) {
    if (covered === minutes) break
    // Counted from the beginning, so that several lots draw together what one would.
    const total = needed(minutes)
    const take = Math.min(lot.minutes, total - taken)
    const after = taken + take
    const work = after === total ? minutes : Math.min(minutes, Number((BigInt(after) * E8) / factor_e8))
    lot.minutes -= take
    taken = after
    covered = work
    drawn.push({ agreement_id: lot.agreement_id, period_id: lot.period_id, minutes: take, minor: 0 })
  }
  return { drawn, covered }
}

/** Draws an amount from retainers. Changes the lots. @returns what was drawn; the rest is owed */
export function drawMinor(
  lots: readonly Lot[],
  { payers, day, minor }: { payers: readonly Agreement[]; day: string; minor: number },
): { drawn: Drawn[]; covered: number } {
  const drawn: Drawn[] = []
  let covered = 0
  for (const lot of usable(lots, payers, day, 'minor')) {
    if (covered === minor) break
    const take = Math.min(lot.minor, minor - covered)
    lot.minor -= take
    covered += take
    drawn.push({ agreement_id: lot.agreement_id, period_id: lot.period_id, minutes: 0, minor: take })
  }
  return { drawn, covered }
}
