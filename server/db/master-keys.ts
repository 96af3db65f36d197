import { AppError } from '../../src/contract/errors.ts'
import type { Config } from '../config.ts'
import type { Key } from '../crypto/envelope.ts'
import { canaryOf, type KeyName, masterKeyId, unwrapKey, wrapKey } from '../crypto/keys.ts'
import { KeyFileError, readKeyFile } from '../key-file.ts'
import type { Database } from './open.ts'
import type { Tables } from './tables.ts'

/** What a row of `encryption_keys` or `vault_keys` says of its key. */
export interface WrappedKey extends KeyName {
  masterKeyId: string
  wrapped: Uint8Array
}

/** The master keys that this process was given. They wrap all other keys; which one is in use, the database knows. */
export interface MasterKeys {
  /** The file they are in; undefined where the environment holds them. */
  readonly file: string | undefined
  /** Those at hand, by id. */
  readonly known: ReadonlyMap<string, Key>
  /**
   * A key by its id. One that is not at hand is looked for in the file again: somebody may have changed the master key since.
   *
   * @throws AppError UNAVAILABLE
   */
  get(id: string): Key
  /**
   * Wraps a new key for a row that the caller inserts in the same transaction. Until that ends the master key stays the one in use.
   *
   * @throws AppError UNAVAILABLE
   */
  wrap(
    db: Database['db'],
    name: KeyName,
    key: Uint8Array,
  ): Promise<{ master_key_id: string; wrapped: Buffer; canary: Buffer }>
  /** @throws CannotOpenSecret; AppError UNAVAILABLE when its master key is not at hand */
  unwrap(key: WrappedKey): Uint8Array
  /** Reads the file again. @throws KeyFileError */
  reread(): void
}

export type MasterKeySource = Pick<Config, 'masterKey' | 'masterKeys' | 'masterKeyFile'>

export function createMasterKeys({ masterKey, masterKeys = [masterKey], masterKeyFile }: MasterKeySource): MasterKeys {
  const known = byId(masterKeys)
  const reread = () => {
    if (masterKeyFile) for (const [id, key] of byId(readKeyFile(masterKeyFile))) known.set(id, key)
  }
  const get = (id: string) => {
    if (!known.has(id)) tryTo(reread)
    const key = known.get(id)
    if (!key) throw notAtHand(id, masterKeyFile)
    return key
  }
  return {
    file: masterKeyFile,
    known,
    get,
    reread,
    async wrap(db, name, key) {
      const active = get(await lockActive(db))
      const wrapped = wrapKey(active, name, key)
      return { master_key_id: active.kid, wrapped, canary: canaryOf(name.table, { kid: name.kid, bytes: key }) }
    },
    unwrap: (key) => unwrapKey(get(key.masterKeyId), key, key.wrapped),
  }
}

const byId = (keys: readonly Uint8Array[]): Map<string, Key> =>
  new Map(keys.map((bytes) => [masterKeyId(bytes), { kid: masterKeyId(bytes), bytes }]))

/** Holds its row, so that it is neither followed by another nor retired before the caller's transaction ends. */
async function lockActive(db: Database['db']): Promise<string> {
  await db.updateTable('master_keys').set({ state: 'active' }).where('state', '=', 'active').execute()
  const { id } = await db.selectFrom('master_keys').select('id').where('state', '=', 'active').executeTakeFirstOrThrow()
  return id
}

/** A file that cannot be read has no further key. */
function tryTo(reread: () => void): void {
  try {
    reread()
  } catch (error) {
    if (!(error instanceof KeyFileError)) throw error
  }
}

const notAtHand = (id: string, file: string | undefined) =>
  new AppError(
    'UNAVAILABLE',
    `The server does not have the master key ${id}. Add it to ${file ?? 'MSP_MASTER_KEY_FILE'} on the server's host, then try again.`,
  )

type WrappedRow = Pick<Tables['encryption_keys'], 'kid' | 'purpose' | 'master_key_id' | 'wrapped'>

/** Of a row of `encryption_keys`. */
export const wrappedKeyOf = (row: WrappedRow): WrappedKey => ({
  table: 'encryption_keys',
  kid: row.kid,
  purpose: row.purpose,
  clientId: null,
  epoch: null,
  masterKeyId: row.master_key_id ?? '',
  wrapped: row.wrapped,
})

type VaultKeyRow = Pick<Tables['vault_keys'], 'kid' | 'purpose' | 'client_id' | 'epoch' | 'master_key_id'>

/** Of a row of `vault_keys` that was not destroyed. */
export const wrappedVaultKeyOf = (row: VaultKeyRow, wrapped: Uint8Array): WrappedKey => ({
  table: 'vault_keys',
  kid: row.kid,
  purpose: row.purpose,
  clientId: row.client_id,
  epoch: row.epoch,
  masterKeyId: row.master_key_id,
  wrapped,
})
