import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { errorShape } from '../../src/guard/error-text.ts'
import { cpuNow } from '../support/cpu-time.ts'

describe('the shape of an error', () => {
  test.each([
    ['Error 1053: The service did not respond', 'error 1053: the service did not respond'],
    ['HRESULT: 0x80070005 (pid 4711)', 'hresult: 0x80070005 (pid ?)'],
    ['exit code 127 after 12.5 s', 'exit code 127 after ? s'],
    ['Cannot open C:\\Spool\\a.spl', 'cannot open ?'],
    ['cat: /var/log/x.log: No such file or directory', 'cat: ?: no such file or directory'],
    ['2026-01-12T09:00:00.000Z [10.0.0.7:443] refused', '? [?] refused'],
    ['request 0195f2c0-7a53-7d1e-9c1f-3f2a9c1e0001 failed', 'request ? failed'],
    ['GET https://graph.microsoft.com/v1.0/users: HTTP/1.1 403', 'get ? http/1.1 403'],
    ['password [REDACTED:password:a1b2] was refused', 'password ? was refused'],
    ['AADSTS50076:\n  you must use   MFA', 'aadsts50076: you must use mfa'],
  ])('of %j is %j', (error, shape) => {
    expect(errorShape(error)).toBe(shape)
  })

  test('is the same whatever the numbers, and never fails', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (one, other) => {
        expect(errorShape(`worker ${one} died after ${one} s`)).toBe(
          errorShape(`worker ${other} died after ${other} s`),
        )
      }),
    )
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => typeof errorShape(text) === 'string'),
    )
  })

  test('of a megabyte is found at once', () => {
    const started = cpuNow()

    for (const piece of ['/', '\\', '[redacted:', '1:', 'a.', 'http://']) errorShape(piece.repeat(200_000))

    expect(cpuNow() - started).toBeLessThan(1_000)
  })
})
