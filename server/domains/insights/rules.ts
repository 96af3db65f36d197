import type { environmentalInsight } from '../../../src/contract/insights.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'

/** How certain a fact is after somebody confirmed it: half of the doubt is gone. Percent; never less than before, 100 at most. Pure. */
export const confirmedPercent = (percent: number): number => percent + Math.ceil((100 - percent) / 2)

/** How certain a fact is after something spoke against it. Percent; never more than before, and never nothing: it still stands. Pure. */
export const doubtedPercent = (percent: number): number => Math.min(percent, Math.max(10, percent - 20))

/** A fact that no longer holds. */
export const ended = (now: string) =>
  ({ is_current: false, valid_to: now }) satisfies Partial<RowOf<typeof environmentalInsight>>
