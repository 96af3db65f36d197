import type { KeyObject } from 'node:crypto'
import { type CompactJWSHeaderParameters, compactVerify, type JWK } from 'jose'

/** A key that signatures are checked with, under the name that tokens call it by. */
export interface VerifyingKey {
  kid: string
  publicKey: KeyObject | JWK
}

export interface VerifiedCompact<K extends VerifyingKey> {
  header: CompactJWSHeaderParameters
  payload: Uint8Array
  key: K
}

const MAX_TOKEN_CHARS = 4_096
/** Three parts of unpadded base64url, nothing else; what is signed may be empty. */
const THREE_PARTS = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+$/

/**
 * The one way to check a signature in compact form (RFC 7515): length, canonical form, algorithm, key, signature, in this order. Its form first,
 * since the library takes spaces and unused bits that change nothing: one token would have many spellings. The algorithm and the keys are the
 * caller's, never the token's: `jwk`, `jku` and `x5c` in its header are not looked at.
 *
 * @throws some error; to whoever sent the token all of them are the same.
 */
export async function verifyCompact<K extends VerifyingKey>(
  token: string,
  keys: readonly K[],
  algorithm: string,
): Promise<VerifiedCompact<K>> {
  if (token.length > MAX_TOKEN_CHARS) throw new Error('The token is too long.')
  if (!THREE_PARTS.test(token) || !isCanonical(token)) throw new Error('The token is not in its canonical form.')
  let key: K | undefined
  const { protectedHeader, payload } = await compactVerify(
    token,
    ({ kid }) => {
      key = keyNamed(keys, kid)
      return key.publicKey
    },
    { algorithms: [algorithm] },
  )
  return { header: protectedHeader, payload, key: key as K }
}

/** Each part is what encoding its bytes again gives. */
const isCanonical = (token: string) =>
  token.split('.').every((part) => Buffer.from(part, 'base64url').toString('base64url') === part)

function keyNamed<K extends VerifyingKey>(keys: readonly K[], kid: string | undefined): K {
  const named = keys.filter((key) => key.kid === kid)
  // Of two with one name nobody knows which was meant.
  if (named.length !== 1) throw new Error('There is no such key, or more than one.')
  return named[0] as K
}
