import { randomBytes } from 'node:crypto'
import { ConfigError } from '../config.ts'
import { unwrapKeys, WrongMasterKey, wrapKey } from '../crypto/keys.ts'
import { newSigningKey, readSigningKey, type SigningKey } from '../crypto/tokens.ts'
import type { Database } from './open.ts'

/** The server's keys, opened. */
export interface KeyRing {
  /** Signs; the first of `verifying`. */
  signing: SigningKey
  verifying: readonly SigningKey[]
  pepper: Uint8Array
}

/**
 * Opens the keys in the database with the master key, after making the first ones in an empty database.
 *
 * @throws ConfigError when the master key is another one.
 */
export async function loadKeyRing(database: Database, masterKey: Uint8Array, now: Date): Promise<KeyRing> {
  const { db, dialect } = database
  await db
    .transaction()
    .execute((trx) => makeFirstKeys(trx, masterKey, now))
    .catch((error: unknown) => {
      // Another server that starts at the same moment has made them.
      if (dialect.refusal(error) !== 'unique') throw error
    })
  const rows = await db.selectFrom('encryption_keys').selectAll().orderBy('created_at', 'desc').orderBy('kid').execute()
  const opened = openOrExplain(masterKey, rows)
  const keysFor = (purpose: string) =>
    rows.filter((row) => row.purpose === purpose).map((row) => ({ ...row, key: opened.get(row.kid) as Uint8Array }))
  const verifying = keysFor('signing').map((row) => readSigningKey(row.kid, row.key))
  const pepper = keysFor('pepper')[0]?.key
  const signing = verifying[0]
  if (!signing || !pepper)
    throw new ConfigError(
      'The server cannot start:\n  Keys are missing in the table encryption_keys. Restore a backup of the database.',
    )
  return { signing, verifying, pepper }
}

async function makeFirstKeys(db: Database['db'], masterKey: Uint8Array, now: Date): Promise<void> {
  const existing = await db.selectFrom('encryption_keys').select('kid').limit(1).execute()
  if (existing.length > 0) return
  for (const [purpose, key] of [
    ['signing', newSigningKey()],
    ['pepper', randomBytes(32)],
  ] as const) {
    // The ids of the first keys are fixed, so that there can be only one of each.
    const kid = `k_first_${purpose}`
    const wrapped = wrapKey(masterKey, kid, purpose, key)
    const values = { kid, purpose, state: 'active' as const, wrapped, created_at: now.toISOString() }
    await db.insertInto('encryption_keys').values(values).execute()
  }
}

function openOrExplain(
  masterKey: Uint8Array,
  rows: { kid: string; purpose: string; wrapped: Uint8Array }[],
): Map<string, Uint8Array> {
  try {
    return unwrapKeys(masterKey, rows)
  } catch (error) {
    if (!(error instanceof WrongMasterKey)) throw error
    throw new ConfigError(
      `The server cannot start:\n  MSP_MASTER_KEY_FILE: ${error.message} Restore the key file that belongs to it; without it sign-ins and secrets are lost.`,
    )
  }
}
