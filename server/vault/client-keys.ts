import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import { AppError } from '../../src/contract/errors.ts'
import type { Key } from '../crypto/envelope.ts'
import { wipe } from '../crypto/keys.ts'
import { CannotOpenSecret } from '../crypto/seal.ts'
import type { Dialect } from '../db/dialect.ts'
import { type MasterKeys, wrappedVaultKeyOf } from '../db/master-keys.ts'
import type { Tables } from '../db/tables.ts'

/** The keys between the master key and what is sealed: one in use per client, and one that makes fingerprints. */

type Db = Kysely<Tables>
type VaultKeyRow = Tables['vault_keys']

export interface VaultKeyDeps {
  dialect: Dialect
  masters: MasterKeys
  clock: () => Date
  /** How often a key seals before another takes its place. */
  cap: number
}

/** With random nonces of 96 bits, 2^24 uses leave a chance of about 2^-49 that two are equal. */
export const MOST_USES = 2 ** 24
const KEY_BYTES = 32
const TRIES = 10

/**
 * The key of a client for one more sealing, which is counted in the caller's transaction, so that the count is never behind what is stored.
 * It is made at the first use, and followed by another when it was used up. Wipe it after use.
 *
 * @param clientId null: the MSP's own
 * @throws AppError CONFLICT when the client's keys were destroyed; UNAVAILABLE when the master key is not at hand
 */
export async function takeClientKey(db: Db, deps: VaultKeyDeps, clientId: string | null): Promise<Key> {
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const keys = await clientKeys(db, clientId)
    if (keys.some(({ state }) => state === 'destroyed')) throw destroyed()
    const newest = keys.at(-1)
    if (newest?.state === 'active' && (await countUse(db, newest.kid, deps.cap))) return unwrapped(deps, newest)
    await makeNext(db, deps, clientId, newest)
  }
  throw new AppError('UNAVAILABLE', 'The keys of this client are being changed. Try again in a moment.')
}

/**
 * A key that sealed something of this client. Wipe it after use.
 *
 * @throws CannotOpenSecret when it is another client's, or was destroyed; AppError UNAVAILABLE
 */
export async function openClientKey(db: Db, deps: VaultKeyDeps, kid: string, clientId: string | null): Promise<Key> {
  const row = await db.selectFrom('vault_keys').selectAll().where('kid', '=', kid).executeTakeFirst()
  if (row?.purpose !== 'client' || row.client_id !== clientId) throw new CannotOpenSecret()
  return unwrapped(deps, row)
}

/** What the vault keeps of a key that is only read, and since when: a row that is younger may still be taken back with its transaction. */
export interface Founding {
  key: Key
  created_at: string
}

/**
 * The first key that a client ever had, made where there is none; it stays when others follow it, and goes when the client's keys are destroyed.
 * What is derived from it so lasts as long as the client. Wipe it after use.
 *
 * @throws AppError CONFLICT when the client's keys were destroyed; UNAVAILABLE when the master key is not at hand
 */
export async function takeFoundingKey(db: Db, deps: VaultKeyDeps, clientId: string | null): Promise<Founding> {
  const [known] = await clientKeys(db, clientId)
  if (!known) await makeNext(db, deps, clientId, undefined)
  const first = known ?? (await clientKeys(db, clientId))[0]
  if (first?.state === 'destroyed') throw destroyed()
  return { key: unwrapped(deps, first as VaultKeyRow), created_at: (first as VaultKeyRow).created_at }
}

const FINGERPRINT_KID = 'f1'

/** The key that makes fingerprints, made at the first use. Wipe it after use. */
export async function takeFingerprintKey(db: Db, deps: VaultKeyDeps): Promise<Key> {
  const find = () => db.selectFrom('vault_keys').selectAll().where('kid', '=', FINGERPRINT_KID).executeTakeFirst()
  const known = await find()
  if (known) return unwrapped(deps, known)
  await insertKey(db, deps, { kid: FINGERPRINT_KID, purpose: 'fingerprint', client_id: null })
  return unwrapped(deps, (await find()) as VaultKeyRow)
}

/** Oldest first. */
async function clientKeys(db: Db, clientId: string | null): Promise<VaultKeyRow[]> {
  const keys = db.selectFrom('vault_keys').selectAll().where('purpose', '=', 'client')
  const rows = await keys.where('client_id', clientId === null ? 'is' : '=', clientId).execute()
  return rows.sort((one, other) => numberOf(one.kid) - numberOf(other.kid))
}

/** `c1_…`, `c2_…`: of two servers that make the same client's next key, only one can. */
const kidOf = (number: number, clientId: string | null) => `c${number}_${clientId?.replaceAll('-', '') ?? 'own'}`
const numberOf = (kid: string | undefined) => Number(/^c(\d+)_/.exec(kid ?? '')?.[1] ?? 0)

async function countUse(db: Db, kid: string, cap: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('vault_keys')
    .set((row) => ({ uses: row('uses', '+', 1) }))
    .where('kid', '=', kid)
    .where('state', '=', 'active')
    .where('uses', '<', cap)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

async function makeNext(db: Db, deps: VaultKeyDeps, clientId: string | null, newest: VaultKeyRow | undefined) {
  const kid = kidOf(numberOf(newest?.kid) + 1, clientId)
  await insertKey(db, deps, { kid, purpose: 'client', client_id: clientId })
  if (newest)
    await db
      .updateTable('vault_keys')
      .set({ state: 'decrypt_only' })
      .where('kid', '=', newest.kid)
      .where('state', '=', 'active')
      .execute()
}

async function insertKey(db: Db, deps: VaultKeyDeps, row: Pick<VaultKeyRow, 'kid' | 'purpose' | 'client_id'>) {
  const key = randomBytes(KEY_BYTES)
  const name = {
    table: 'vault_keys',
    kid: row.kid,
    purpose: row.purpose,
    clientId: row.client_id,
    epoch: null,
  } as const
  const sealed = await deps.masters.wrap(db, name, key)
  wipe(key)
  const rest = { epoch: null, state: 'active', uses: 0, retired_at: null, destroyed_at: null } as const
  const values = { ...row, ...sealed, ...rest, created_at: deps.clock().toISOString() }
  try {
    await db.insertInto('vault_keys').values(values).execute()
  } catch (error) {
    // Another server has made it since we looked.
    if (deps.dialect.refusal(error) !== 'unique') throw error
  }
}

function unwrapped({ masters }: VaultKeyDeps, row: VaultKeyRow): Key {
  if (row.state === 'destroyed' || row.wrapped === null) throw new CannotOpenSecret()
  return { kid: row.kid, bytes: masters.unwrap(wrappedVaultKeyOf(row, row.wrapped)) }
}

const destroyed = () =>
  new AppError(
    'CONFLICT',
    'The keys of this client were destroyed: no secret can be kept for it any more. If it has come back, make a new client.',
  )
