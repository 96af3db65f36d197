import { boundTo, CannotOpenSecret, open, seal } from './seal.ts'

export interface WrappedKey {
  kid: string
  purpose: string
  wrapped: Uint8Array
}

/** A key under the master key, bound to its id and purpose: it cannot stand in for another. */
export const wrapKey = (masterKey: Uint8Array, kid: string, purpose: string, key: Uint8Array): Buffer =>
  seal(masterKey, key, boundTo('key', kid, purpose))

/**
 * Opens every key. One that does not open means that the master key is not the one of this database.
 *
 * @throws WrongMasterKey naming the key ids of the database, never key bytes.
 */
export function unwrapKeys(masterKey: Uint8Array, keys: readonly WrappedKey[]): Map<string, Uint8Array> {
  try {
    return new Map(keys.map((key) => [key.kid, open(masterKey, key.wrapped, boundTo('key', key.kid, key.purpose))]))
  } catch (error) {
    if (error instanceof CannotOpenSecret) throw new WrongMasterKey(keys.map((key) => key.kid))
    throw error
  }
}

export class WrongMasterKey extends Error {
  override readonly name = 'WrongMasterKey'
  constructor(keyIds: readonly string[]) {
    super(`The master key does not open the keys of this database (${keyIds.join(', ')}).`)
  }
}
