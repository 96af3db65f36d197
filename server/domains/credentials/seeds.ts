import { Secret, TOTP, URI } from 'otpauth'
import { AppError } from '../../../src/contract/errors.ts'

/** Seeds of one-time codes (RFC 6238). */

/** 80 bits: what the shortest seeds in use have; RFC 4226 asks for 128. */
const MIN_SEED_BYTES = 10
const SIX_DIGITS = { algorithm: 'SHA1', digits: 6, period: 30 } as const

/**
 * The seed as it is kept: base32 without spaces, or an `otpauth://totp/…` URI. Pure.
 *
 * @throws AppError INVALID_INPUT that does not repeat it.
 */
export function seedOf(given: string): string {
  const seed = /^otpauth:/i.test(given.trim())
    ? given.trim()
    : given.replace(/[\s-]/g, '').replace(/=+$/, '').toUpperCase()
  if (generatorOf(seed)) return seed
  throw new AppError(
    'INVALID_INPUT',
    'secrets.totp is no seed of one-time codes: give it in base32, of at least 16 characters, or as an otpauth://totp/ URI.',
  )
}

/**
 * The code of this moment, and for how many seconds it stays right. Pure.
 *
 * @throws AppError CONFLICT when what is kept is no seed.
 */
export function codeOf(seed: string, now: Date): { code: string; valid_for_seconds: number } {
  const generator = generatorOf(seed)
  if (!generator)
    throw new AppError('CONFLICT', 'What is kept as totp is no seed. Rotate the credential with the right one.')
  const timestamp = now.getTime()
  return {
    code: generator.generate({ timestamp }),
    valid_for_seconds: Math.ceil(generator.remaining({ timestamp }) / 1_000),
  }
}

function generatorOf(seed: string): TOTP | undefined {
  try {
    const parsed = seed.toLowerCase().startsWith('otpauth:')
      ? URI.parse(seed)
      : new TOTP({ ...SIX_DIGITS, secret: Secret.fromBase32(seed) })
    return parsed instanceof TOTP && parsed.secret.bytes.length >= MIN_SEED_BYTES ? parsed : undefined
  } catch {
    return undefined
  }
}
