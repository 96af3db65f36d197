import { expect, test } from 'vitest'
import * as contract from '../../src/contract/events.ts'
import * as hooks from '../../src/hooks/limits.ts'

test('the limits of the hooks are those of the contract, which they cannot load', () => {
  const { EXCERPT_CHARS, COMMAND_CHARS, PROMPT_CHARS } = contract

  expect({ ...hooks }).toEqual({ EXCERPT_CHARS, COMMAND_CHARS, PROMPT_CHARS })
})
