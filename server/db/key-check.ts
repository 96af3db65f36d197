import { ConfigError } from '../config.ts'
import { canaryOf, opensCanary } from '../crypto/keys.ts'
import { CannotOpenSecret } from '../crypto/seal.ts'
import { type MasterKeys, type WrappedKey, wrappedKeyOf } from './master-keys.ts'
import type { Database } from './open.ts'
import type { Tables } from './tables.ts'

/** Before the server starts: the master keys at hand are those of the database, and every key opens. */

type MasterKeyRow = Tables['master_keys']

/**
 * Registers the first master key of a database. Of a database of the first release, it is the one that opens its keys.
 *
 * @throws ConfigError
 */
export async function registerFirst(db: Database['db'], masters: MasterKeys, now: Date): Promise<void> {
  const rows = await db.selectFrom('encryption_keys').selectAll().orderBy('kid').execute()
  const first = [...masters.known.values()].find(({ kid }) => rows.every((row) => opensWith(masters, kid, row)))
  if (!first)
    throw refusal(
      masters,
      `The master key does not open the keys of this database (${rows.map(({ kid }) => kid).join(', ')}). ${RESTORE}`,
    )
  const at = now.toISOString()
  const canary = canaryOf('master_keys', first)
  await db
    .insertInto('master_keys')
    .values({ id: first.kid, state: 'active', canary, created_at: at, promoted_at: at, retired_at: null })
    .execute()
  await db.updateTable('encryption_keys').set({ master_key_id: first.kid }).where('master_key_id', 'is', null).execute()
}

function opensWith(masters: MasterKeys, masterKeyId: string, row: Tables['encryption_keys']): boolean {
  try {
    masters.unwrap({ ...wrappedKeyOf(row), masterKeyId })
    return true
  } catch (error) {
    if (error instanceof CannotOpenSecret) return false
    throw error
  }
}

/** @throws ConfigError unless the one in use is at hand and each at hand is the one that the database knows by its id */
export function checkMasterKeys(masters: MasterKeys, rows: readonly MasterKeyRow[]): void {
  const active = rows.find((row) => row.state === 'active')
  if (!active || !masters.known.has(active.id)) throw refusal(masters, notTheOneInUse(masters, rows))
  for (const row of rows) {
    const key = masters.known.get(row.id)
    if (key && !opensCanary('master_keys', key, row.canary))
      throw refusal(
        masters,
        `What the table master_keys holds to recognise ${row.id} does not belong to that key. Restore a backup of the database.`,
      )
  }
}

function notTheOneInUse(masters: MasterKeys, rows: readonly MasterKeyRow[]): string {
  const given = [...masters.known.keys()].map((id) => {
    const row = rows.find((candidate) => candidate.id === id)
    if (!row) return `${id}, which this database does not know`
    return row.state === 'retired' ? `${id}, which was retired on ${row.retired_at}` : `${id} (${row.state})`
  })
  const known = rows.map(({ id, state }) => `${id} (${state})`).join(', ')
  return `The key in use is not there. What is there: ${given.join('; ')}. The database knows: ${known}. ${RESTORE}`
}

/** Opens a key of the database at start. @throws ConfigError naming it */
export function openAtStart(masters: MasterKeys, key: WrappedKey, canary: Uint8Array | null): Uint8Array {
  if (!masters.known.has(key.masterKeyId))
    throw refusal(
      masters,
      `${key.kid} is still wrapped by the master key ${key.masterKeyId}, which is not there. Add that key to the file; "msp keys rewrap" frees from it.`,
    )
  try {
    const bytes = masters.unwrap(key)
    if (canary === null || opensCanary(key.table, { kid: key.kid, bytes }, canary)) return bytes
  } catch (error) {
    if (!(error instanceof CannotOpenSecret)) throw error
  }
  throw refusal(
    masters,
    `The key ${key.kid} in the table ${key.table} was damaged or exchanged. Restore a backup of the database.`,
  )
}

const RESTORE = 'Restore the key file that belongs to it; without it sign-ins and secrets are lost.'

const refusal = ({ file }: MasterKeys, message: string) =>
  new ConfigError(`The server cannot start:\n  ${file ? `MSP_MASTER_KEY_FILE: ${file}` : 'MSP_MASTER_KEY'}: ${message}`)
