import type { Kysely } from 'kysely'
import type { MasterKeys } from '../db/master-keys.ts'
import type { Tables } from '../db/tables.ts'
import { countWrapped } from './rotation.ts'

export interface KeysStatus {
  /** Null where the environment holds the key. */
  key_file: string | null
  master_keys: {
    id: string
    state: Tables['master_keys']['state']
    /** Whether this machine has it. */
    at_hand: boolean
    /** How many keys it wraps. */
    wraps: number
    created_at: string
    promoted_at: string | null
    retired_at: string | null
  }[]
  vault_keys: { purpose: string; state: string; keys: number; uses: number }[]
}

/** What keys there are. No key is opened. */
export async function keysStatus(db: Kysely<Tables>, masters: MasterKeys): Promise<KeysStatus> {
  const rows = await db.selectFrom('master_keys').selectAll().orderBy('created_at').orderBy('id').execute()
  const master_keys = []
  for (const { canary: _, ...row } of rows)
    master_keys.push({ ...row, at_hand: masters.known.has(row.id), wraps: await countWrapped(db, row.id) })
  const vaultKeys = await db
    .selectFrom('vault_keys')
    .select((row) => ['purpose', 'state', row.fn.countAll().as('keys'), row.fn.sum('uses').as('uses')])
    .groupBy(['purpose', 'state'])
    .orderBy('purpose')
    .orderBy('state')
    .execute()
  return {
    key_file: masters.file ?? null,
    master_keys,
    vault_keys: vaultKeys.map((row) => ({ ...row, keys: Number(row.keys), uses: Number(row.uses) })),
  }
}
