import { type Category, ORDER } from './kinds-of-work.ts'
import { CUTS, KINDS } from './model.ts'

/** What was learned from recorded days (`test/work/train.ts`): where pieces begin, and of what kind they are. */

/** A weight as a digit: from -31 to 32 steps. */
export const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
export const ZERO = 31
export const STEP = 0.1

type Weights = ReadonlyMap<string, readonly number[]>

/** Lines of a name, `=` and a digit for each weight. */
const read = (written: string): Weights =>
  new Map(
    written.split('\n').map((line) => {
      const at = line.lastIndexOf('=')
      return [line.slice(0, at), [...line.slice(at + 1)].map((digit) => (DIGITS.indexOf(digit) - ZERO) * STEP)]
    }),
  )

let [cuts, kinds]: (Weights | undefined)[] = []

/** From these odds on a block begins another piece: set by days that the model had not seen. */
const CUT = -1

/** Whether a block of which this is said begins another piece of work. */
export function beginsAnother(features: Iterable<string>): boolean {
  cuts ??= read(CUTS)
  let sum = cuts.get('')?.[0] ?? 0
  for (const feature of features) sum += cuts.get(feature)?.[0] ?? 0
  return sum > CUT
}

/** Of fewer features that are known nothing is said. */
const ENOUGH = 12

/** How much speaks for each kind, in the order of `ORDER`: logarithms of odds. */
export function kindScores(features: ReadonlyMap<string, number>): number[] {
  kinds ??= read(KINDS)
  const none = ORDER.map(() => 0)
  const sums = [...(kinds.get('') ?? none)]
  let known = 0
  for (const [feature, much] of features) {
    const weights = kinds.get(feature)
    if (weights === undefined) continue
    known += 1
    for (const [at, weight] of weights.entries()) sums[at] = (sums[at] ?? 0) + weight * much
  }
  return known < ENOUGH ? none : sums
}

/** What the signs that people wrote down say, in the same measure. */
export const signScores = (found: readonly { category: Category; weight: number }[]): number[] =>
  ORDER.map((category) => Math.min(MOST, found.find((one) => one.category === category)?.weight ?? 0) / SHARE)

const MOST = 10
const SHARE = 4
