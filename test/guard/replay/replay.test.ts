import { join } from 'node:path'
import { expect, test } from 'vitest'
import { measure } from './measure.ts'

// About the built CLI and server: hundreds of recorded commands on machines of five clients, each labelled by hand.

const SLOW_MS = 300_000

test('of the sequences that the guard was made with it stops the repeats and names the other way', {
  timeout: SLOW_MS,
}, async () => {
  const figures = await measure(join(import.meta.dirname, 'data', 'tuned.jsonl'))

  expect(figures.stopped).toBeGreaterThanOrEqual(90)
  expect(figures.harmfullyStopped).toBeLessThan(2)
  expect(figures.rightAlternative).toBeGreaterThanOrEqual(70)
})

test('of those that were set aside it stops most, and nothing that works', { timeout: SLOW_MS }, async () => {
  const figures = await measure(join(import.meta.dirname, 'data', 'aside.jsonl'))

  expect(figures.stopped).toBeGreaterThanOrEqual(80)
  expect(figures.falselyStopped).toBeLessThan(2)
  expect(figures.rightAlternative).toBeGreaterThanOrEqual(70)
})
