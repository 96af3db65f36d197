import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { redact } from '../../src/redact/redact.ts'
import { redactingStream } from '../../src/redact/stream.ts'

const withKey = () => 'a key of this machine'
const PASSWORD = 'Kikker!Blauw7'

/** What comes out for a text in chunks that end at `cuts`. */
function streamed(text: string, cuts: readonly number[]): string {
  const stream = redactingStream(withKey)
  const places = [...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length]
  const parts = places.map((place, index) => stream.write(text.slice(places[index - 1] ?? 0, place)))
  return parts.join('') + stream.end()
}

const line = (number: number): string => `2026-11-22T10:00:00Z host${number} service started in 14 ms\n`
const log = (chars: number): string => Array.from({ length: Math.ceil(chars / 55) }, (_, at) => line(at)).join('')

describe('a text that comes in chunks', () => {
  test('is redacted like a whole one', () => {
    const words = fc.constantFrom('mysql -u root -p', PASSWORD, ' ', '\n', 'password: ', 'ok', '"', 'é😀', 'db1')
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), fc.array(fc.nat(), { maxLength: 8 }), (pieces, cuts) => {
        // Long enough for every mark to fit: where one does not, asterisks stand, and as a whole another one may fit.
        const text = log(2_000) + pieces.join('')
        const once = streamed(text, cuts)
        expect(redact(once, withKey).text).toBe(redact(text, withKey).text)
      }),
    )
  })

  test('hides a secret wherever it and its chunks begin', () => {
    const at = fc.integer({ min: 0, max: 300_000 })
    fc.assert(
      fc.property(at, fc.array(fc.nat(), { maxLength: 5 }), (place, cuts) => {
        const before = log(place)
        const text = `${before}sshpass -p '${PASSWORD}' ssh root@192.0.2.7 uptime\n${log(100_000)}`
        const result = streamed(text, [...cuts, before.length + 15])
        expect(result.includes(PASSWORD)).toBe(false)
        expect(result.length - text.length).toBeLessThan(100)
      }),
      { numRuns: 20 },
    )
  })

  test('hides what the line before names, and a line without an end', () => {
    for (let chars = 79_000; chars < 83_000; chars += 397) {
      const filler = log(chars)
      expect(streamed(`${filler}sshpass \\\n  -p ${PASSWORD}\n${log(60_000)}`, []).includes(PASSWORD)).toBe(false)
      const endless = 'x '.repeat(chars / 2)
      expect(streamed(`${endless}password=${PASSWORD} ${endless}`, []).includes(PASSWORD)).toBe(false)
    }
  })

  test('hides a private key that begins in one piece and ends in the next', () => {
    const lines = Array.from({ length: 300 }, (_, at) => `FAKE${at}`.padEnd(64, 'SYNTHa1'))
    const key = `-----BEGIN ${'RSA'} PRIVATE KEY-----\n${lines.join('\n')}\n-----END RSA PRIVATE KEY-----\n`
    for (let chars = 40_000; chars < 80_000; chars += 7_919) {
      const result = streamed(`${log(chars)}${key}${log(100_000)}`, [])
      expect(result.includes('SYNTHa1')).toBe(false)
    }
  })

  test('hides what is private, however long it is, and nothing after it', () => {
    const text = `${log(50_000)}<private>${'our own affair\n'.repeat(20_000)}</private>\n${log(200_000)}`

    const result = streamed(text, [])

    expect(result.includes('affair')).toBe(false)
    expect(result.split('service started').length).toBe(text.split('service started').length)
  })

  test('of ten megabytes takes bounded memory', () => {
    const stream = redactingStream(withKey)
    const chunk = `${log(200_000)}curl -u admin:${PASSWORD} https://192.0.2.40/\n`
    globalThis.gc?.()
    const before = process.memoryUsage().heapUsed
    let most = 0
    let passed = 0
    for (let chars = 0; chars < 10_000_000; chars += chunk.length) {
      const part = stream.write(chunk)
      expect(part.includes(PASSWORD)).toBe(false)
      passed += part.length
      most = Math.max(most, process.memoryUsage().heapUsed - before)
    }
    passed += stream.end().length

    expect(passed).toBeGreaterThan(10_000_000)
    expect(stream.count).toBeGreaterThanOrEqual(Math.floor(10_000_000 / chunk.length))
    expect(most).toBeLessThan(300 * 1024 * 1024)
  })
})
