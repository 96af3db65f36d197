import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'

/**
 * HMAC-SHA256 of a short text, as hexadecimal digits. By a library and not by `node:crypto`, which takes a hook 6 ms to load: a third of what it may
 * cost altogether. For long texts `node:crypto` is many times faster.
 */
export const hmacSha256 = (key: string | Uint8Array, text: string): string =>
  Buffer.from(hmac(sha256, bytes(key), bytes(text))).toString('hex')

const bytes = (value: string | Uint8Array): Uint8Array => (typeof value === 'string' ? Buffer.from(value) : value)
