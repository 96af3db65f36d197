import { createPublicKey, verify } from 'node:crypto'

/**
 * Whether a message was signed with the private half of an Ed25519 key (RFC 8032).
 *
 * @param publicKey raw, 32 bytes, base64url
 * @param signature 64 bytes, base64url; in any other spelling it is none
 */
export function isSignedBy(publicKey: string, message: Uint8Array, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64url')
  if (bytes.length !== 64 || bytes.toString('base64url') !== signature) return false
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' })
    return verify(null, message, key, bytes)
  } catch {
    // Not a key at all.
    return false
  }
}
