import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clip } from '../../src/redact/clip.ts'
import { MARK } from '../../src/redact/marks.ts'

describe('clipping', () => {
  test('leaves a text that fits', () => {
    expect(clip('short', 5)).toBe('short')
  })

  test('keeps head and tail and says how much is missing', () => {
    const clipped = clip(`${'h'.repeat(500)}${'t'.repeat(500)}`, 200)

    expect(clipped).toMatch(/^h{90,110}\n\[… 8\d\d characters left out …\]\nt{60,70}$/)
    expect(clipped.length).toBeLessThanOrEqual(200)
  })

  test('never grows over its limit, never cuts a character or a mark', () => {
    const piece = fc.oneof(
      fc.constantFrom('[REDACTED:url-password:0a1b2c3d]', '[PRIVATE]', '😀', 'é', 'plain text ', '\n'),
      fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replace(/[[\]]/g, '')),
    )
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 5, maxLength: 60 }),
        fc.integer({ min: 1, max: 400 }),
        (pieces, maxChars) => {
          const clipped = clip(pieces.join(''), maxChars)
          expect(clipped.length).toBeLessThanOrEqual(Math.max(maxChars, 0))
          expect(clipped.isWellFormed()).toBe(true)
          expect(clipped.replace(MARK, '')).not.toMatch(/REDACTED|PRIVATE/)
          expect(clipped.replace(MARK, '').replace(/\n\[… \d+ characters left out …\]\n/, '')).not.toMatch(/[[\]]/)
        },
      ),
      { numRuns: 1_000 },
    )
  })
})
