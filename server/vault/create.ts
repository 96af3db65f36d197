import { testCrypto } from '../crypto/self-test.ts'
import type { KeyRing } from '../db/key-ring.ts'
import type { Database } from '../db/open.ts'
import { MOST_USES } from './client-keys.ts'
import { credentialsWithSameSecret } from './fingerprints.ts'
import { createKnownSecrets } from './known-secrets.ts'
import { createMarkKeys } from './mark-keys.ts'
import { openOwnValue, sealOwnValue } from './own-values.ts'
import type { Vault } from './vault.ts'
import { openVersion, storeVersion } from './versions.ts'

export interface VaultOptions {
  database: Pick<Database, 'dialect'>
  clock: () => Date
  newId: () => string
  keys: KeyRing
  /** How often a client's key seals before another takes its place; less in tests. */
  cap?: number
}

/** @throws Error when the random source of this machine repeats itself */
export async function createVault({ database, clock, newId, keys, cap = MOST_USES }: VaultOptions): Promise<Vault> {
  testCrypto()
  const deps = { dialect: database.dialect, masters: keys.masters, clock, newId, cap }
  return {
    store: (db, owner, secrets, by) => storeVersion(db, deps, owner, secrets, by),
    open: (db, owner, versionId, fields) => openVersion(db, deps, owner, versionId, fields),
    sameSecret: credentialsWithSameSecret,
    knownSecrets: createKnownSecrets(deps),
    markKey: createMarkKeys(deps),
    sealOwn: (db, place, value) => sealOwnValue(db, deps, place, value),
    openOwn: (db, place, sealed) => openOwnValue(db, deps, place, sealed),
  }
}
