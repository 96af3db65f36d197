import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { type Key, openEnvelope, sealEnvelope } from './envelope.ts'
import { boundTo, CannotOpenSecret, open } from './seal.ts'

/** HMAC-SHA256 (RFC 2104). */
export const hmac = (key: Uint8Array, message: Uint8Array): Buffer => createHmac('sha256', key).update(message).digest()

/** HKDF-SHA256 (RFC 5869): another key from a key, for the purpose that `info` names. @param bytes at most 8160 */
export const derive = (
  key: Uint8Array,
  info: Uint8Array | string,
  { bytes = 32, salt = new Uint8Array() }: { bytes?: number; salt?: Uint8Array } = {},
): Buffer => Buffer.from(hkdfSync('sha256', key, salt, Buffer.from(info), bytes))

/** `mk_` and 24 hexadecimal digits: follows from the key and says nothing of it. */
export const masterKeyId = (masterKey: Uint8Array): string =>
  `mk_${derive(masterKey, 'claudetools: id of a master key', { bytes: 12 }).toString('hex')}`

const CANARY = Buffer.from('claudetools: this key is the right one', 'utf8')
const canaryPlace = (table: string, kid: string) =>
  ({ purpose: 'canary', table, column: 'canary', client: null, record: kid, version: '' }) as const

/** A known text that only this key opens. It is sealed under a key of its own, derived from this one: no key has two purposes. */
export function canaryOf(table: string, { kid, bytes }: Key): Buffer {
  const key = { kid, bytes: derive(bytes, 'claudetools: canary') }
  const canary = sealEnvelope(key, canaryPlace(table, kid), CANARY)
  wipe(key.bytes)
  return canary
}

/** Is this the key that the canary was made with? */
export function opensCanary(table: string, { kid, bytes }: Key, canary: Uint8Array): boolean {
  const key = { kid, bytes: derive(bytes, 'claudetools: canary') }
  try {
    const found = openEnvelope(key, canaryPlace(table, kid), canary)
    return found.length === CANARY.length && timingSafeEqual(found, CANARY)
  } catch (error) {
    if (error instanceof CannotOpenSecret) return false
    throw error
  } finally {
    wipe(key.bytes)
  }
}

/** Where a key that is wrapped by a master key belongs. */
export interface KeyName {
  table: 'encryption_keys' | 'vault_keys'
  kid: string
  purpose: string
  clientId: string | null
  /** An audit key's. */
  epoch: number | null
}

const wrappedPlace = ({ table, kid, purpose, clientId, epoch }: KeyName) => ({
  purpose: `key: ${purpose}`,
  table,
  column: 'wrapped',
  client: clientId,
  record: kid,
  version: epoch === null ? '' : String(epoch),
})

/** A key under a master key, bound to its row: it cannot stand in for another. */
export const wrapKey = (masterKey: Key, name: KeyName, key: Uint8Array): Buffer =>
  sealEnvelope(masterKey, wrappedPlace(name), key)

const RELEASED_FORMAT = 1

/** @throws CannotOpenSecret */
export function unwrapKey(masterKey: Key, name: KeyName, wrapped: Uint8Array): Uint8Array {
  // The first release wrapped the server's own keys without naming the master key.
  if (name.table === 'encryption_keys' && wrapped[0] === RELEASED_FORMAT)
    return open(masterKey.bytes, wrapped, boundTo('key', name.kid, name.purpose))
  return openEnvelope(masterKey, wrappedPlace(name), wrapped)
}

/** Overwrites keys that are no longer needed. The engine may have made copies: this is the best that can be done here. */
export function wipe(...keys: readonly (Uint8Array | undefined)[]): void {
  for (const key of keys) key?.fill(0)
}
