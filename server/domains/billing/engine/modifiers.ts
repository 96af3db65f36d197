import { WHOLE_BP } from './money.ts'
import { isIn, narrowest, type Subject } from './scopes.ts'
import type { Modifier } from './terms.ts'

/**
 * The modifiers that can apply to work: for each occasion those of the narrowest scope, so what a client has agreed takes the place of what
 * holds for everyone.
 */
export function modifiersFor(modifiers: readonly Modifier[], subject: Subject): Modifier[] {
  const inScope = modifiers.filter((modifier) => isIn(modifier, subject))
  const occasions = Map.groupBy(inScope, ({ condition, kind }) => `${condition} ${kind === 'hours_multiply'}`)
  return [...occasions.values()].flatMap(narrowest).sort((a, b) => (a.id < b.id ? -1 : 1))
}

export interface Effect {
  /** What an hour costs, in minor units times 10⁴. */
  hour_e4: bigint
  /** How many hours one counts for. */
  hours_bp: bigint
  /** What is drawn of a block of hours for one: hours and rates that are multiplied, in basis points of basis points. */
  drawn_e8: bigint
}

/** What modifiers make of a rate. Those in another currency add nothing. */
export function effectOf(modifiers: readonly Modifier[], rateMinor: number, currency: string | null): Effect {
  const own = modifiers.filter((modifier) => modifier.currency === null || modifier.currency === currency)
  const ofRate = own.filter(({ kind }) => kind !== 'hours_multiply')
  const hours_bp = together(
    own.filter(({ kind }) => kind === 'hours_multiply'),
    BigInt(WHOLE_BP),
    ({ value_bp }) => BigInt(value_bp ?? WHOLE_BP),
  )
  const multiplied = together(
    ofRate.filter(({ kind }) => kind === 'multiply'),
    BigInt(WHOLE_BP),
    ({ value_bp }) => BigInt(value_bp ?? WHOLE_BP),
  )
  return {
    hour_e4: together(ofRate, BigInt(rateMinor) * BigInt(WHOLE_BP), (modifier) => hourWith(modifier, rateMinor)),
    hours_bp,
    drawn_e8: hours_bp * multiplied,
  }
}

function hourWith({ kind, value_bp, value_minor }: Modifier, rateMinor: number): bigint {
  if (kind === 'multiply') return BigInt(rateMinor) * BigInt(value_bp ?? WHOLE_BP)
  const minor = BigInt(value_minor ?? 0)
  return (kind === 'replace_minor' ? minor : BigInt(rateMinor) + minor) * BigInt(WHOLE_BP)
}

/** The highest of those of which one counts, and what each of the others adds to the plain value. Never below zero. */
function together(modifiers: readonly Modifier[], plain: bigint, worth: (modifier: Modifier) => bigint): bigint {
  let highest: bigint | null = null
  let added = 0n
  for (const modifier of modifiers) {
    const value = worth(modifier)
    if (modifier.stacking === 'sum') added += value - plain
    else if (highest === null || value > highest) highest = value
  }
  const result = (highest ?? plain) + added
  return result < 0n ? 0n : result
}
