import { hash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { isPlaceholder } from '../../src/redact/values.ts'
import { wipe } from '../crypto/keys.ts'
import type { Tables } from '../db/tables.ts'
import { takeFingerprintKey, type VaultKeyDeps } from './client-keys.ts'
import { createFingerprinter } from './fingerprints.ts'
import type { KnownSecrets } from './vault.ts'

/** Of a client's words that are none of its secrets so many are remembered: most words come again and again. */
const MOST_WORDS = 20_000
/** Clients whose words are remembered; the one that was asked for longest ago goes first. */
const MOST_CLIENTS = 50

interface Words {
  /** Of the fingerprints that the words were compared with. */
  of: string
  others: Set<string>
}

/**
 * Looks for the secrets of a client by their fingerprints: current ones and those before them, which are still right elsewhere, and the MSP's own.
 * To compare one word takes an HMAC; those that are no secret are remembered, so that a text costs little more than cutting it into words.
 */
export function createKnownSecrets(
  deps: VaultKeyDeps,
): (db: Kysely<Tables>, clientId: string | null) => Promise<KnownSecrets | undefined> {
  const remembered = new Map<string | null, Words>()

  function wordsOf(clientId: string | null, fingerprints: Iterable<string>): Set<string> {
    const of = hash('sha256', [...fingerprints].join())
    const known = remembered.get(clientId)
    remembered.delete(clientId)
    if (remembered.size >= MOST_CLIENTS) remembered.delete(remembered.keys().next().value as string | null)
    const words = known?.of === of ? known : { of, others: new Set<string>() }
    remembered.set(clientId, words)
    return words.others
  }

  return async (db, clientId) => {
    const fingerprints = await fingerprintsOf(db, clientId)
    if (fingerprints.size === 0) return undefined
    const key = await takeFingerprintKey(db, deps)
    const fingerprintOf = createFingerprinter(key)
    wipe(key.bytes)
    const others = wordsOf(clientId, fingerprints.keys())
    return {
      kindOf(value) {
        if (others.has(value) || !isTelling(value)) return undefined
        const field = fingerprints.get(fingerprintOf(value))
        if (field !== undefined) return field.replaceAll('_', '-')
        if (others.size >= MOST_WORDS) others.clear()
        others.add(value)
        return undefined
      },
    }
  }
}

/**
 * Somewhere `admin` is a password, and 4711 a PIN. To replace them wherever they stand would damage every text of the client, and whoever
 * reads it would learn more from the marks than from the words.
 */
const isTelling = (value: string): boolean =>
  !isPlaceholder(value, false) && (value.length >= SHORTEST_WORD || !/^(?:[A-Z]?[a-z]+|[A-Z]+|\d{1,5})$/.test(value))
const SHORTEST_WORD = 8

/** Fingerprint → the field that it is kept in. */
async function fingerprintsOf(db: Kysely<Tables>, clientId: string | null): Promise<Map<string, string>> {
  const found = await db
    .selectFrom('credential_secrets as secret')
    .innerJoin('credential_versions as version', 'version.id', 'secret.version_id')
    .select(['secret.fingerprint', 'secret.field'])
    .distinct()
    .where('secret.fingerprint', 'is not', null)
    .where((row) =>
      clientId === null
        ? row('version.client_id', 'is', null)
        : row.or([row('version.client_id', '=', clientId), row('version.client_id', 'is', null)]),
    )
    .orderBy('secret.fingerprint')
    .execute()
  return new Map(found.map(({ fingerprint, field }) => [fingerprint as string, field]))
}
