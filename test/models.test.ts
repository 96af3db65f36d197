import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { trained as learnRedaction, MODEL as REDACTION } from './redact/train.ts'
import { trained as learnWork, MODEL as WORK } from './work/train.ts'

// A model that nobody can make again is one that nobody can mend.
test('the model of passwords is what its trainer makes of the sets', () => {
  expect(learnRedaction().file === readFileSync(REDACTION, 'utf8'), 'node scripts/run.mjs test/redact/train.ts').toBe(
    true,
  )
})

test('the model of pieces of work is what its trainer makes of the recorded days', () => {
  expect(learnWork().file === readFileSync(WORK, 'utf8'), 'node scripts/run.mjs test/work/train.ts').toBe(true)
})
