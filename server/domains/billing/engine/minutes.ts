import { AppError } from '../../../../src/contract/errors.ts'
import type { Rounding } from './terms.ts'

type MinuteRule = Pick<
  Rounding,
  'increment_minutes' | 'rounding' | 'seconds_mode' | 'minimum_minutes' | 'maximum_minutes' | 'grace_minutes'
>

const DAY_SECONDS = 86_400

/**
 * Whole minutes that are billed for worked seconds: seconds, grace, increment, minimum, maximum, in this order.
 *
 * @param rule its minimum is 0 where it does not apply a second time.
 */
export function billableMinutes(seconds: number, rule: MinuteRule): number {
  if (seconds <= 0) return 0
  const exact = rule.seconds_mode === 'ceil' ? Math.ceil(seconds / 60) * 60 : seconds
  const rounded = Math.max(toIncrement(exact, rule), rule.minimum_minutes)
  return rule.maximum_minutes === null ? rounded : Math.min(rounded, rule.maximum_minutes)
}

function toIncrement(seconds: number, { increment_minutes, rounding, grace_minutes }: MinuteRule): number {
  if (rounding === 'none') return Math.ceil(seconds / 60)
  const increment = increment_minutes * 60
  const beyond = seconds % increment
  const isGiven = seconds >= increment && beyond <= grace_minutes * 60
  const steps = (isGiven ? seconds - beyond : seconds) / increment
  if (rounding === 'up') return Math.ceil(steps) * increment_minutes
  return Math.floor(rounding === 'down' ? steps : steps + 0.5) * increment_minutes
}

/** @throws AppError INVALID_INPUT for less than nothing or more than a day: a person has to say what it was. */
export function checkSeconds(seconds: number): void {
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > DAY_SECONDS)
    throw new AppError('INVALID_INPUT', `${seconds} seconds are no time that one entry can hold: at most 24 hours.`)
}

/**
 * What parts get of a whole, in proportion to their weights: whole numbers that add up to it. Each gets what the whole has grown by up to its
 * end, so what stands on it can be computed again from the weight before it, its own and the total.
 *
 * @param whole not below zero.
 */
export function shared(whole: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let before = 0
  return weights.map((weight) => {
    const from = before
    before += weight
    return portion(whole, before, total) - portion(whole, from, total)
  })
}

/** `whole × weight / total`, half up. */
export function portion(whole: number, weight: number, total: number): number {
  if (total === 0) return 0
  return Number((2n * BigInt(whole) * BigInt(weight) + BigInt(total)) / (2n * BigInt(total)))
}
