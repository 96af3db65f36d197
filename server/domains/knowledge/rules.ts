import type { Solution } from './matching.ts'

/** What is known of how good a solution is. */
export type Proven = Pick<
  Solution,
  'id' | 'client_id' | 'confidence' | 'times_applied' | 'times_succeeded' | 'last_applied_at' | 'created_at'
>

/** What somebody's word is worth before the solution was tried. */
const CONFIDENCE = { low: 0.3, medium: 0.5, high: 0.7, verified: 0.9 } as const
/** It counts like so many tries. */
const TRIES = 2

/** Those of the client first, then those of nobody, then the rest; in each the likeliest to work first, then the newest. Pure. */
export function mostPromising<S extends Proven>(solutions: readonly S[], clientId: string | null): S[] {
  const distance = ({ client_id }: S) => (client_id === null ? 1 : client_id === clientId ? 0 : 2)
  return [...solutions].sort(
    (a, b) => distance(a) - distance(b) || promise(b) - promise(a) || lastKnown(b).localeCompare(lastKnown(a)),
  )
}

/** The share of tries that worked, drawn towards what its author believed while there are few. */
const promise = ({ confidence, times_applied, times_succeeded }: Proven) =>
  (times_succeeded + TRIES * CONFIDENCE[confidence]) / (times_applied + TRIES)

const lastKnown = ({ last_applied_at, created_at }: Proven) => last_applied_at ?? created_at

/** Whole percent; null when it was never applied. Pure. */
export const successPercent = ({ times_applied, times_succeeded }: Proven): number | null =>
  times_applied === 0 ? null : Math.round((100 * times_succeeded) / times_applied)

/** Whole days since it was written or last applied. Pure. */
export const ageDays = (solution: Proven, now: Date): number => daysSince(lastKnown(solution), now)

/** Whole days; 0 for what is to come. Pure. */
export const daysSince = (at: string, now: Date): number =>
  Math.max(0, Math.floor((now.getTime() - Date.parse(at)) / 86_400_000))
