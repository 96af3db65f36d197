import { sql } from 'kysely'
import { AppError } from '../../src/contract/errors.ts'
import { OURSELVES } from '../audit/entries.ts'
import type { Deps } from '../context.ts'
import { foldName } from '../crud/stored.ts'

/** Destroys what opens a client's secrets, so that they cannot be read any more wherever copies of them lie. */

/**
 * Destroys the keys of a client. Nothing that they sealed opens again on this database; a backup from before still has them, and ends by its own age.
 *
 * @returns how many keys were destroyed
 */
export async function shredClient(deps: Deps, clientId: string): Promise<{ keys: number }> {
  const keys = await deps.db.transaction().execute(async (db) => {
    // A program on the server's host acts, and no user.
    const context = { ...deps, ...OURSELVES, db }
    const destroyed = await destroyKeys(context, clientId)
    await forgetFingerprints(context, clientId)
    await deps.audit.credential(context, {
      action: 'purge',
      outcome: 'success',
      clientId,
      credentialId: null,
      purpose: 'The keys of this client were destroyed on the host of the server.',
      details: { keys: destroyed },
    })
    return destroyed
  })
  await deps.settled()
  await eraseLeftovers(deps)
  return { keys }
}

/** @throws AppError UNAVAILABLE when the file is in use or the disk is full: by then the keys are destroyed */
async function eraseLeftovers({ db, dialect }: Deps): Promise<void> {
  try {
    for (const statement of dialect.erasing) await sql.raw(statement).execute(db)
  } catch (error) {
    throw new AppError(
      'UNAVAILABLE',
      `The keys are destroyed, but copies of overwritten values may lie on in the database's file: it could not be built anew (${(error as Error).message}). Stop the server, or make room on the disk, and give the same command again.`,
      { cause: error },
    )
  }
}

async function destroyKeys({ db, clock }: Deps, clientId: string): Promise<number> {
  const destroyed_at = clock().toISOString()
  const { numUpdatedRows } = await db
    .updateTable('vault_keys')
    .set({ wrapped: null, canary: null, state: 'destroyed', destroyed_at })
    .where('purpose', '=', 'client')
    .where('client_id', '=', clientId)
    .where('state', '!=', 'destroyed')
    .executeTakeFirst()
  if (numUpdatedRows === 0n) await keepFromComing(db, clientId, destroyed_at)
  return Number(numUpdatedRows)
}

/** A client that never had a key gets none later either. */
async function keepFromComing(db: Deps['db'], clientId: string, at: string): Promise<void> {
  const any = await db.selectFrom('vault_keys').select('kid').where('client_id', '=', clientId).limit(1).execute()
  if (any.length > 0) return
  const { id: master_key_id } = await db
    .selectFrom('master_keys')
    .select('id')
    .where('state', '=', 'active')
    .executeTakeFirstOrThrow()
  const nothing = { epoch: null, wrapped: null, canary: null, uses: 0, retired_at: null } as const
  const kid = `c1_${clientId.replaceAll('-', '')}`
  await db
    .insertInto('vault_keys')
    .values({
      kid,
      purpose: 'client',
      client_id: clientId,
      state: 'destroyed',
      master_key_id,
      ...nothing,
      created_at: at,
      destroyed_at: at,
    })
    .execute()
}

/** Whoever has the key of the fingerprints could try guesses against them. */
async function forgetFingerprints({ db }: Deps, clientId: string): Promise<void> {
  const versions = db.selectFrom('credential_versions').select('id').where('client_id', '=', clientId)
  await db
    .updateTable('credential_secrets')
    .set({ fingerprint: null, fingerprint_kid: null })
    .where('version_id', 'in', versions)
    .execute()
}

/**
 * A client by its id or its whole name, letter case ignored.
 *
 * @throws AppError NOT_FOUND; CONFLICT when several are called so
 */
export async function clientNamed({ db }: Deps, text: string): Promise<{ id: string; name: string }> {
  const found = await db
    .selectFrom('clients')
    .select(['id', 'name'])
    .where((row) => row.or([row('id', '=', text.trim()), row('name_key', '=', foldName(text))]))
    .orderBy('id')
    .execute()
  const [client] = found
  if (!client) throw new AppError('NOT_FOUND', `There is no client "${text}". "msp client list" shows them.`)
  if (found.length > 1)
    throw new AppError(
      'CONFLICT',
      `Several clients are called "${text}". Give the id of the one: "msp client list" has it.`,
    )
  return client
}
