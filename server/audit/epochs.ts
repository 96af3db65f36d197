import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import { derive, wipe } from '../crypto/keys.ts'
import { type MasterKeys, wrappedVaultKeyOf } from '../db/master-keys.ts'
import type { Database } from '../db/open.ts'
import type { Tables } from '../db/tables.ts'

/** The key of the MACs of one stretch of time. */
export interface EpochKey {
  epoch: number
  /** 32 bytes. */
  key: Uint8Array
  createdAt: string
}

type Db = Kysely<Tables>

const PURPOSE = 'audit'

/** The key after this one. There is no way back: who finds a key can forge no entry of an earlier epoch. */
export const nextKey = (key: Uint8Array): Uint8Array => derive(key, 'claudetools: next epoch of the audit')

export interface Epochs {
  /** The key that entries are made with. */
  current(): EpochKey
  /** The key of a later epoch than this server knows, which another server began. */
  atLeast(db: Db, epoch: number): Promise<EpochKey>
  /** Begins a new epoch when the day of the current one is over, and destroys its key. Not within a transaction. */
  advance(): Promise<void>
}

/** @throws CannotOpenSecret; AppError UNAVAILABLE when the master key is not at hand */
export async function createEpochs(
  { db, dialect }: Pick<Database, 'db' | 'dialect'>,
  masters: MasterKeys,
  clock: () => Date,
): Promise<Epochs> {
  let known = await loadOrMake()
  const isOver = ({ createdAt }: EpochKey) => clock().toISOString().slice(0, 10) > createdAt.slice(0, 10)

  async function loadOrMake(): Promise<EpochKey> {
    const found = await currentKey(db, masters)
    if (found) return found
    const first = { epoch: 0, key: randomBytes(32), createdAt: clock().toISOString() }
    await db
      .transaction()
      .execute((trx) => insertKey(trx, masters, first))
      .catch((error: unknown) => {
        // Another server that starts at the same moment has made it.
        if (dialect.refusal(error) !== 'unique') throw error
      })
    return needed(db, masters)
  }

  return {
    current: () => known,
    async atLeast(trx, epoch) {
      if (known.epoch < epoch) known = await needed(trx, masters)
      return known
    },
    async advance() {
      if (!isOver(known)) return
      const before = known
      known = await db.transaction().execute(async (trx) => {
        // Written first, so that two servers queue up here.
        await trx.updateTable('vault_keys').set({ uses: 0 }).where('kid', '=', kidOf(before.epoch)).execute()
        const latest = await needed(trx, masters)
        return isOver(latest) ? evolve(trx, masters, latest, clock().toISOString()) : latest
      })
      wipe(before.key)
    },
  }
}

/** The key in use, as the database has it. */
export async function currentKey(db: Db, masters: MasterKeys): Promise<EpochKey | undefined> {
  const row = await db
    .selectFrom('vault_keys')
    .selectAll()
    .where('purpose', '=', PURPOSE)
    .where('state', '=', 'active')
    .orderBy('epoch', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row?.wrapped) return undefined
  const key = masters.unwrap(wrappedVaultKeyOf(row, row.wrapped))
  return { epoch: Number(row.epoch), key, createdAt: row.created_at }
}

const kidOf = (epoch: number) => `a${epoch}`

async function evolve(db: Db, masters: MasterKeys, { epoch, key }: EpochKey, now: string): Promise<EpochKey> {
  const next = { epoch: epoch + 1, key: nextKey(key), createdAt: now }
  await insertKey(db, masters, next)
  await db
    .updateTable('vault_keys')
    .set({ state: 'destroyed', wrapped: null, destroyed_at: now })
    .where('kid', '=', kidOf(epoch))
    .execute()
  return next
}

async function insertKey(db: Db, masters: MasterKeys, { epoch, key, createdAt }: EpochKey): Promise<void> {
  const row = { kid: kidOf(epoch), purpose: PURPOSE, client_id: null, epoch } as const
  const name = { table: 'vault_keys', kid: row.kid, purpose: PURPOSE, clientId: null, epoch } as const
  const sealed = await masters.wrap(db, name, key)
  const rest = { state: 'active', uses: 0, created_at: createdAt, retired_at: null, destroyed_at: null } as const
  await db
    .insertInto('vault_keys')
    .values({ ...row, ...sealed, ...rest })
    .execute()
}

async function needed(db: Db, masters: MasterKeys): Promise<EpochKey> {
  const key = await currentKey(db, masters)
  if (!key)
    throw new Error('The key of the audit is missing in the table vault_keys. Restore a backup of the database.')
  return key
}
