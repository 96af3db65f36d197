import type { Report } from '../finding.ts'
import { FINGERPRINT_BITS, featuresOf, lineFeatures, wordOf } from './features.ts'
import { atom, gapAfter, type Line } from './line.ts'
import { MODEL } from './model.ts'

/** Digits of Base64: a distance to the fingerprint before, then the weight. The last digit is a distance that goes on. */
export const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
export const FAR = 63
/** A weight is a number of steps, from -31 to 32. */
export const STEP = 0.25
export const ZERO = 31

let read: Int8Array | undefined

/** Weights by fingerprint. */
function readWeights(written: string): Int8Array {
  const weights = new Int8Array(2 ** FINGERPRINT_BITS)
  const digit = new Int8Array(128)
  for (const [value, char] of [...DIGITS].entries()) digit[char.charCodeAt(0)] = value
  const at = (index: number): number => digit[written.charCodeAt(index)] ?? 0
  for (let index = 0, fingerprint = 0; index < written.length; index++) {
    const distance = at(index)
    fingerprint += distance
    if (distance === FAR) continue
    index += 1
    weights[fingerprint] = at(index) - ZERO
  }
  return weights
}

function weightOf(fingerprint: number): number {
  read ??= readWeights(MODEL.weights)
  return read[fingerprint] ?? 0
}

const weightOfAll = (features: Iterable<number>): number => {
  let sum = 0
  for (const feature of features) sum += weightOf(feature)
  return sum
}

/** From this logarithm of the odds on an atom is taken for a password: set by sets that the model had not seen. */
const LIKELY = -0.4
/** More candidates stand in no text but in data: the time stays linear. */
const MAX_ASKED = 600

/** Reports what a regression over many made-up texts has learned to take for passwords. To be called with each line of a text in order. */
export function learnedFinder(report: Report): (line: Line) => void {
  let asked = 0
  let [first, before]: (Line | undefined)[] = []
  return (line) => {
    first ??= line
    let ofLine: number | undefined
    for (let index = 0; index < line.starts.length && asked < MAX_ASKED; index++) {
      const features = featuresOf(line, index)
      if (!features) continue
      asked += 1
      ofLine ??= weightOfAll(lineFeatures(line, before, first))
      const steps = weightOfAll(features) + ofLine - weightOf(wordOf(line, index))
      const start = line.starts[index] ?? 0
      if (MODEL.bias + steps * STEP > LIKELY)
        report(start, start + lengthOf(line, index), 'password', { isGuess: true })
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
