import { expect, test } from 'vitest'
import { countTokens, loadTokenizer, SAFETY_FACTOR } from '../../../server/search/tokenizer.ts'

test('tokens are counted by a real tokenizer, raised by the factor', async () => {
  const count = await loadTokenizer()

  // "hello world" has two tokens.
  expect(count('hello world')).toBe(Math.ceil(2 * SAFETY_FACTOR))
  expect(count('')).toBe(0)
  expect(await countTokens('hello world')).toBe(count('hello world'))
})

test('what a tokenizer takes for a command of its own is text', async () => {
  const count = await loadTokenizer()

  expect(count('a <|endoftext|> b')).toBeGreaterThan(5)
})
