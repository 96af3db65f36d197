import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Checkpoint } from '../../src/contract/audit.ts'
import type { SigningKey } from '../crypto/tokens.ts'
import { hashOf } from './chain.ts'

export type Unsigned = Omit<Checkpoint, 'signature' | 'kid'>

/** What a round of the super-chain holds: every chain that went on since the round before, so that it covers all of them. */
export function superHash(before: string, heads: readonly Pick<Checkpoint, 'log' | 'chain' | 'seq' | 'row_hash'>[]) {
  const sorted = heads
    .map(({ log, chain, seq, row_hash }) => ({ log, chain, seq, row_hash }))
    .sort((one, other) => (`${one.log} ${one.chain}` < `${other.log} ${other.chain}` ? -1 : 1))
  return hashOf({ before, heads: sorted })
}

export function signed(state: Unsigned, key: SigningKey): Checkpoint {
  const content = { ...state, kid: key.kid }
  return { ...content, signature: sign(null, bytesOf(content), key.privateKey).toString('base64url') }
}

/** @param keys key id → public key */
export function isSigned({ signature, ...content }: Checkpoint, keys: ReadonlyMap<string, KeyObject>): boolean {
  const key = keys.get(content.kid)
  return key !== undefined && verify(null, bytesOf(content), key, Buffer.from(signature, 'base64url'))
}

const bytesOf = ({ log, chain, seq, entries, row_hash, kid, created_at }: Omit<Checkpoint, 'signature'>) =>
  Buffer.from(canonicalize({ log, chain, seq, entries, row_hash, kid, created_at }) as string)

/** The raw public key, base64url: what whoever keeps checkpoints needs to check them. */
export const publicKeyOf = (key: SigningKey): string =>
  createPublicKey(key.privateKey).export({ format: 'jwk' }).x as string
