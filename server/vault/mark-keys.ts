import type { Kysely } from 'kysely'
import { derive, wipe } from '../crypto/keys.ts'
import type { Tables } from '../db/tables.ts'
import { takeFoundingKey, type VaultKeyDeps } from './client-keys.ts'

const INFO = 'claudetools: redaction marks'
/** So long a key is used without looking whether it still stands: at most so long it outlives the client's keys in this process. */
const KEPT_MS = 60_000
/** No transaction lasts so long: a row of this age was committed. */
const COMMITTED_MS = 60_000

/**
 * The keys of redaction marks, one per client, derived (HKDF-SHA256) from the client's first vault key: nothing more is stored, and the key is gone
 * with the client's others when these are destroyed. From a derived key the vault key cannot be computed.
 */
export function createMarkKeys(deps: VaultKeyDeps): (db: Kysely<Tables>, clientId: string | null) => Promise<string> {
  const kept = new Map<string | null, { key: string; untilMs: number }>()
  return async (db, clientId) => {
    const known = kept.get(clientId)
    if (known && performance.now() < known.untilMs) return known.key
    kept.delete(clientId)
    const { key: founding, created_at } = await takeFoundingKey(db, deps, clientId)
    const derived = derive(founding.bytes, INFO)
    const key = derived.toString('hex')
    wipe(founding.bytes, derived)
    // One that this transaction has just made may be taken back with it, and another made in its place.
    if (deps.clock().getTime() - Date.parse(created_at) > COMMITTED_MS)
      kept.set(clientId, { key, untilMs: performance.now() + KEPT_MS })
    return key
  }
}
