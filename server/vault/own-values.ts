import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import { type Key, kidOf, openEnvelope, sealEnvelope } from '../crypto/envelope.ts'
import { wipe } from '../crypto/keys.ts'
import { CannotOpenSecret } from '../crypto/seal.ts'
import type { Tables } from '../db/tables.ts'
import { openClientKey, takeClientKey, type VaultKeyDeps } from './client-keys.ts'
import type { Place } from './vault.ts'

/**
 * Single values that lie in one column, of a client or of the MSP's own: length of the wrapped key (2 bytes) ‖ wrapped key ‖ value. Each has a
 * key of its own, so that a vault key only ever wraps keys.
 */

type Db = Kysely<Tables>
const LENGTH_BYTES = 2
const DEK_KID = 'own'

export async function sealOwnValue(
  db: Db,
  deps: VaultKeyDeps,
  place: Place,
  value: string,
): Promise<{ kid: string; sealed: Buffer }> {
  const own = await takeClientKey(db, deps, place.clientId ?? null)
  const dek: Key = { kid: DEK_KID, bytes: randomBytes(32) }
  const plaintext = Buffer.from(value, 'utf8')
  const wrapped = sealEnvelope(own, sealedPlace(place, 'dek'), dek.bytes)
  const envelope = sealEnvelope(dek, sealedPlace(place, 'own value'), plaintext)
  wipe(own.bytes, dek.bytes, plaintext)
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeUInt16BE(wrapped.length)
  return { kid: own.kid, sealed: Buffer.concat([length, wrapped, envelope]) }
}

export async function openOwnValue(db: Db, deps: VaultKeyDeps, place: Place, sealed: Uint8Array): Promise<string> {
  if (sealed.length < LENGTH_BYTES) throw new CannotOpenSecret()
  const end = LENGTH_BYTES + Buffer.from(sealed).readUInt16BE()
  const [wrapped, envelope] = [sealed.subarray(LENGTH_BYTES, end), sealed.subarray(end)]
  const own = await openClientKey(db, deps, kidOf(wrapped), place.clientId ?? null)
  let dek: Key | undefined
  try {
    dek = { kid: DEK_KID, bytes: openEnvelope(own, sealedPlace(place, 'dek'), wrapped) }
    const plaintext = openEnvelope(dek, sealedPlace(place, 'own value'), envelope)
    const value = Buffer.from(plaintext).toString('utf8')
    wipe(plaintext)
    return value
  } finally {
    wipe(own.bytes, dek?.bytes)
  }
}

const sealedPlace = ({ table, column, id, clientId = null }: Place, purpose: string) => ({
  purpose,
  table,
  column,
  client: clientId,
  record: id,
  version: '',
})
