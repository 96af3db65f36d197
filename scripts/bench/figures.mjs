// How figures are taken and printed: one JSON line each on stdout, progress on stderr.

/** Prints one figure. Whoever reads stdout gets nothing else. */
export const print = (figure) => void process.stdout.write(`${JSON.stringify(figure)}\n`)

/** Tells a person what is being done. */
export const progress = (text) => void process.stderr.write(`bench: ${text}\n`)

export const round = (number, digits = 2) => (Number.isFinite(number) ? Number(number.toFixed(digits)) : null)

/** The value below which `share` (0 to 1) of the numbers lie; NaN for none. */
export function percentile(numbers, share) {
  const sorted = Float64Array.from(numbers).sort()
  return sorted.length === 0 ? Number.NaN : sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
}

export const median = (numbers) => percentile(numbers, 0.5)

/** The clean value (a disturbance only adds) and the usual one. */
export const spread = (numbers) => ({ min: round(Math.min(...numbers)), median: round(median(numbers)) })

/** A copy in random order: what is measured first in every round would profit or suffer from its place. */
export function shuffled(items) {
  const rest = [...items]
  return items.map(() => rest.splice(Math.floor(Math.random() * rest.length), 1)[0])
}
