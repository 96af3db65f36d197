import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { hmacSha256 } from '../../src/redact/hmac.ts'

const byNode = (key: string | Uint8Array, text: string) => createHmac('sha256', key).update(text).digest('hex')

test('is the HMAC-SHA256 of RFC 4231', () => {
  expect(hmacSha256('Jefe', 'what do ya want for nothing?')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  )
})

test('is that of node:crypto for texts and keys of every length around the blocks', () => {
  for (const length of [0, 1, 31, 32, 54, 55, 56, 57, 63, 64, 65, 118, 119, 120, 128, 1_000]) {
    const text = 'Wachtwoord é 🔑 '.repeat(100).slice(0, length)
    const key = new Uint8Array(length).map((_, at) => at * 7)

    expect(hmacSha256('a key', text)).toBe(byNode('a key', text))
    expect(hmacSha256(key, text)).toBe(byNode(key, text))
  }
})
