import type { Report } from '../finding.ts'
import { featuresOf } from './features.ts'
import { atom, gapAfter, type Line } from './line.ts'
import { MODEL } from './model.ts'

/** How one weight is written: a distance to the fingerprint before and the weight, as digits of Base64. */
export const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
/** A weight is a number of steps, from -31 to 32. */
export const STEP = 0.125
export const ZERO = 31

interface Weights {
  bias: number
  fingerprints: Int32Array
  weights: Int8Array
}

let read: Weights | undefined

/** Three digits for each: two of the distance, one of the weight. What is further away is reached over fingerprints of no weight. */
function weightsOf({ bias, weights: written }: { bias: number; weights: string }): Weights {
  const count = written.length / 3
  const [fingerprints, weights] = [new Int32Array(count), new Int8Array(count)]
  const digit = new Int8Array(128)
  for (const [value, char] of [...DIGITS].entries()) digit[char.charCodeAt(0)] = value
  const at = (index: number): number => digit[written.charCodeAt(index)] ?? 0
  for (let index = 0, last = 0; index < count; index++) {
    last += at(3 * index) * 64 + at(3 * index + 1)
    fingerprints[index] = last
    weights[index] = at(3 * index + 2) - ZERO
  }
  return { bias, fingerprints, weights }
}

/** From this logarithm of the odds on an atom is taken for a password: set by sets that the model had not seen. */
const LIKELY = -0.6
/** More candidates stand in no text but in data: the time stays linear. */
const MAX_ASKED = 600

/** Reports what a regression over many made-up texts has learned to take for passwords. To be called with each line of a text in order. */
export function learnedFinder(report: Report): (line: Line) => void {
  let asked = 0
  let [first, before]: (Line | undefined)[] = []
  return (line) => {
    first ??= line
    for (let index = 0; index < line.starts.length && asked < MAX_ASKED; index++) {
      const features = featuresOf({ line, index, before, first })
      if (!features) continue
      asked += 1
      const start = line.starts[index] ?? 0
      if (scoreOf(features) > LIKELY) report(start, start + lengthOf(line, index), 'password', { isGuess: true })
    }
    before = line
  }
}

/** In `X&to=3` the name of the next value begins at the sign. */
function lengthOf(line: Line, index: number): number {
  const value = atom(line, index)
  const next = gapAfter(line, index).startsWith('=') ? value.lastIndexOf('&') : -1
  return next > 0 ? next : value.length
}

function scoreOf(features: ReadonlySet<number>): number {
  read ??= weightsOf(MODEL)
  let steps = 0
  for (const feature of features) steps += weightOf(feature, read)
  return read.bias + steps * STEP
}

function weightOf(fingerprint: number, { fingerprints, weights }: Weights): number {
  let [low, high] = [0, fingerprints.length - 1]
  while (low <= high) {
    const middle = (low + high) >>> 1
    const found = fingerprints[middle] ?? 0
    if (found === fingerprint) return weights[middle] ?? 0
    if (found < fingerprint) low = middle + 1
    else high = middle - 1
  }
  return 0
}
