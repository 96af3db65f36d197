import { randomBytes } from 'node:crypto'
import { ConfigError } from '../config.ts'
import { wipe } from '../crypto/keys.ts'
import { newSigningKey, readSigningKey, type SigningKey } from '../crypto/tokens.ts'
import { checkMasterKeys, openAtStart, registerFirst } from './key-check.ts'
import {
  createMasterKeys,
  type MasterKeySource,
  type MasterKeys,
  wrappedKeyOf,
  wrappedVaultKeyOf,
} from './master-keys.ts'
import type { Database } from './open.ts'
import type { Tables } from './tables.ts'

/** The server's keys, opened. */
export interface KeyRing {
  /** Signs tokens; the first of `verifying`. */
  signing: SigningKey
  verifying: readonly SigningKey[]
  /** Signs checkpoints of the audit; the first of `checkpoints`, any of which may have signed an older one. */
  checkpoint: SigningKey
  checkpoints: readonly SigningKey[]
  pepper: Uint8Array
  /** They wrap these keys and those of the vault and the audit. */
  masters: MasterKeys
}

type Purpose = Tables['encryption_keys']['purpose']

const FIRST_KEYS: Record<Purpose, () => Buffer> = {
  signing: newSigningKey,
  pepper: () => randomBytes(32),
  checkpoint: newSigningKey,
}
const TRIES = 5

/**
 * Opens every key in the database with the master keys, after making the ones that are missing, and proves that each is the right one.
 *
 * @throws ConfigError when a master key is missing or another one, naming key ids, never key bytes
 */
export async function loadKeyRing(database: Database, source: MasterKeySource, now: Date): Promise<KeyRing> {
  const { db } = database
  const masters = createMasterKeys(source)
  await makeMissing(database, masters, now)
  const rows = await db.selectFrom('encryption_keys').selectAll().orderBy('created_at', 'desc').orderBy('kid').execute()
  const opened = new Map(rows.map((row) => [row.kid, openAtStart(masters, wrappedKeyOf(row), null)]))
  await checkVaultKeys(db, masters)
  const keysFor = (purpose: Purpose) =>
    rows.filter((row) => row.purpose === purpose).map(({ kid }) => ({ kid, bytes: opened.get(kid) as Uint8Array }))
  const signers = (purpose: Purpose) => keysFor(purpose).map(({ kid, bytes }) => readSigningKey(kid, bytes))
  const [verifying, checkpoints] = [signers('signing'), signers('checkpoint')]
  const [signing, checkpoint, pepper] = [verifying[0], checkpoints[0], keysFor('pepper')[0]?.bytes]
  if (!signing || !checkpoint || !pepper)
    throw new ConfigError(
      'The server cannot start:\n  Keys are missing in the table encryption_keys. Restore a backup of the database.',
    )
  return { signing, verifying, checkpoint, checkpoints, pepper, masters }
}

async function makeMissing({ db, dialect }: Database, masters: MasterKeys, now: Date): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute((trx) => makeFirstKeys(trx, masters, now))
    } catch (error) {
      const refusal = dialect.refusal(error)
      // Another server that starts at the same moment has made them.
      if (refusal === 'unique') return
      if (refusal !== 'busy' || attempt === TRIES) throw error
    }
  }
}

async function makeFirstKeys(db: Database['db'], masters: MasterKeys, now: Date): Promise<void> {
  const known = await db.selectFrom('master_keys').selectAll().orderBy('created_at').orderBy('id').execute()
  if (known.length === 0) await registerFirst(db, masters, now)
  else checkMasterKeys(masters, known)
  const there = await db.selectFrom('encryption_keys').select('purpose').distinct().execute()
  // A pepper or signing key that is gone is a damaged database, and no reason to make another.
  const isNew = there.length === 0
  for (const [purpose, make] of Object.entries(FIRST_KEYS) as [Purpose, () => Buffer][])
    if (isNew || (purpose === 'checkpoint' && !there.some((row) => row.purpose === purpose)))
      await insertFirst(db, masters, purpose, make(), now)
}

async function insertFirst(db: Database['db'], masters: MasterKeys, purpose: Purpose, key: Buffer, now: Date) {
  // The ids of the first keys are fixed, so that there can be only one of each.
  const kid = `k_first_${purpose}`
  const name = { table: 'encryption_keys', kid, purpose, clientId: null, epoch: null } as const
  const { master_key_id, wrapped } = await masters.wrap(db, name, key)
  wipe(key)
  await db
    .insertInto('encryption_keys')
    .values({ kid, purpose, state: 'active', wrapped, master_key_id, created_at: now.toISOString() })
    .execute()
}

async function checkVaultKeys(db: Database['db'], masters: MasterKeys): Promise<void> {
  const rows = await db.selectFrom('vault_keys').selectAll().where('wrapped', 'is not', null).execute()
  for (const row of rows) wipe(openAtStart(masters, wrappedVaultKeyOf(row, row.wrapped as Buffer), row.canary))
}
