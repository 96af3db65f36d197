import { randomBytes } from 'node:crypto'
import { gcm } from '@noble/ciphers/aes.js'

const VERSION = 1
const NONCE_BYTES = 12
const HEADER_BYTES = 1 + NONCE_BYTES
const TAG_BYTES = 16

/** What every failure to open looks like, whatever the reason was: version, key, row, tag or length. */
export class CannotOpenSecret extends Error {
  override readonly name = 'CannotOpenSecret'
  constructor() {
    super('A sealed value cannot be opened with this key.')
  }
}

/**
 * Joins parts so that no two lists of parts give the same bytes: each is led by its length.
 *
 * @throws RangeError for half a surrogate pair, which UTF-8 cannot tell from another
 */
export function boundTo(...parts: readonly string[]): Uint8Array {
  return Buffer.concat(
    parts.flatMap((part) => {
      if (!part.isWellFormed()) throw new RangeError('A part is no well-formed text.')
      const bytes = Buffer.from(part, 'utf8')
      const length = Buffer.alloc(4)
      length.writeUInt32BE(bytes.length)
      return [length, bytes]
    }),
  )
}

/**
 * Encrypts with AES-256-GCM. The nonce is made here so that no caller can repeat one.
 *
 * @param key 32 bytes.
 * @param context what the value belongs to, from `boundTo`. Authenticated, not stored: a value copied to another place will not open.
 * @returns version (1 byte) ‖ nonce (12) ‖ ciphertext ‖ tag (16).
 */
export function seal(key: Uint8Array, plaintext: Uint8Array, context: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const sealed = gcm(key, nonce, context).encrypt(plaintext)
  return Buffer.concat([Buffer.of(VERSION), nonce, sealed])
}

/** @throws CannotOpenSecret, always the same, for every reason. */
export function open(key: Uint8Array, sealed: Uint8Array, context: Uint8Array): Uint8Array {
  if (sealed.length < HEADER_BYTES + TAG_BYTES || sealed[0] !== VERSION) throw new CannotOpenSecret()
  try {
    return gcm(key, sealed.subarray(1, HEADER_BYTES), context).decrypt(sealed.subarray(HEADER_BYTES))
  } catch {
    // The library's reason would tell an attacker which check failed.
    throw new CannotOpenSecret()
  }
}
