import type { Layer } from '../../src/redact/finding.ts'
import { cpuNow } from '../support/cpu-time.ts'

/** How many milliseconds a layer takes for a text: the best of three, for the machine may be busy. */
export function timeOf(layer: Layer, text: string): number {
  const lower = text.toLowerCase()
  const has = (hint: string): boolean => lower.includes(hint)
  const source = { text, lower, as: 'text' as const, depth: 0, has, findInside: () => [] }
  return Math.min(
    ...[1, 2, 3].map(() => {
      const started = cpuNow()
      layer(source, () => undefined)
      return cpuNow() - started
    }),
  )
}
