import type { Kysely } from 'kysely'
import { AppError } from '../../src/contract/errors.ts'
import { canaryOf, type KeyName, masterKeyId, opensCanary, wipe, wrapKey } from '../crypto/keys.ts'
import type { Dialect } from '../db/dialect.ts'
import { type MasterKeys, type WrappedKey, wrappedKeyOf, wrappedVaultKeyOf } from '../db/master-keys.ts'
import type { Tables } from '../db/tables.ts'
import { inTransaction } from '../db/transaction.ts'
import { addToKeyFile, newMasterKey } from '../key-file.ts'

/**
 * A change of the master key, in steps that can each be taken again after a kill: `stage` makes a key that servers may get, `promote` wraps
 * what is new with it, `rewrap` everything else, `retire` ends the old one when nothing is left under it. Every record opens at every step.
 */

type Db = Kysely<Tables>
export interface RotationDeps {
  db: Db
  dialect: Dialect
  masters: MasterKeys
  clock: () => Date
  /** Resolves when what was committed survives a power cut. */
  settled: () => Promise<void>
}

/**
 * Makes the next master key in the key file and says to the database that it may come. A key in the file that the database does not know is taken instead.
 *
 * @returns its id
 * @throws AppError CONFLICT when one waits already, or there is no file; KeyFileError
 */
export async function stage({ db, masters, clock, settled }: RotationDeps): Promise<string> {
  const { file } = masters
  if (!file)
    throw new AppError(
      'CONFLICT',
      'The master key comes from MSP_MASTER_KEY. Put it into a file that only the server can read, name that in MSP_MASTER_KEY_FILE, then try again.',
    )
  const rows = await db.selectFrom('master_keys').select(['id', 'state']).execute()
  const waiting = rows.find(({ state }) => state === 'staged')
  if (waiting)
    throw new AppError(
      'CONFLICT',
      `${waiting.id} is staged already. Run "msp keys promote", or "msp keys retire ${waiting.id}".`,
    )
  masters.reread()
  // A stage that was killed between file and database left it there.
  const isKnown = (id: string) => rows.some((row) => row.id === id)
  const left = [...masters.known.keys()].find((id) => !isKnown(id))
  const id = left ?? addKey(file, clock())
  const created_at = clock().toISOString()
  const canary = canaryOf('master_keys', masters.get(id))
  await db
    .insertInto('master_keys')
    .values({ id, state: 'staged', canary, created_at, promoted_at: null, retired_at: null })
    .execute()
  await settled()
  return id
}

function addKey(file: string, now: Date): string {
  const key = newMasterKey()
  const id = masterKeyId(key)
  addToKeyFile(file, key, `${id}, made ${now.toISOString().slice(0, 10)}`)
  wipe(key)
  return id
}

/**
 * Wraps with the staged key from now on. The one before still opens what it wrapped.
 *
 * @throws AppError CONFLICT when none is staged; UNAVAILABLE when it is not at hand
 */
export async function promote(deps: RotationDeps): Promise<{ from: string; to: string }> {
  const { masters, clock, settled } = deps
  const done = await inTransaction(deps, async (trx) => {
    const rows = await trx.selectFrom('master_keys').selectAll().execute()
    const staged = rows.find(({ state }) => state === 'staged')
    const active = rows.find(({ state }) => state === 'active')
    if (!staged || !active) throw new AppError('CONFLICT', 'There is no staged master key. Run "msp keys stage" first.')
    if (!opensCanary('master_keys', masters.get(staged.id), staged.canary))
      throw new AppError('CONFLICT', `${staged.id} is not the key that was staged. Retire it and stage another.`)
    const promoted_at = clock().toISOString()
    await move(trx, active.id, 'active', { state: 'decrypt_only' })
    await move(trx, staged.id, 'staged', { state: 'active', promoted_at })
    return { from: active.id, to: staged.id }
  })
  await settled()
  return done
}

async function move(db: Db, id: string, from: Tables['master_keys']['state'], to: Partial<Tables['master_keys']>) {
  const { numUpdatedRows } = await db
    .updateTable('master_keys')
    .set(to)
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst()
  if (numUpdatedRows === 0n)
    throw new AppError('CONFLICT', `Somebody else has just changed ${id}. Look with "msp keys status".`)
}

const BATCH = 20

/**
 * Wraps every key with the master key in use, a few per transaction. Killed, it goes on where it was when it is run again.
 *
 * @param progress hears how many are done and how many there were to do
 * @returns how many it wrapped
 */
export async function rewrap(
  deps: RotationDeps,
  progress: (done: number, total: number) => void = () => undefined,
  batch = BATCH,
): Promise<number> {
  const { id: active } = await deps.db
    .selectFrom('master_keys')
    .select('id')
    .where('state', '=', 'active')
    .executeTakeFirstOrThrow()
  const total = (await keysBehind(deps.db, active)).length
  let done = 0
  for (;;) {
    const wrapped = await inTransaction(deps, (trx) => rewrapSome(trx, deps.masters, active, batch))
    if (wrapped === 0) break
    done += wrapped
    progress(done, Math.max(total, done))
  }
  await deps.settled()
  return done
}

async function rewrapSome(db: Db, masters: MasterKeys, active: string, batch: number): Promise<number> {
  const behind = (await keysBehind(db, active)).slice(0, batch)
  for (const key of behind) await rewrapOne(db, masters, active, key)
  return behind.length
}

async function rewrapOne(db: Db, masters: MasterKeys, active: string, key: WrappedKey): Promise<void> {
  const bytes = masters.unwrap(key)
  const wrapped = wrapKey(masters.get(active), key satisfies KeyName, bytes)
  // Nothing is replaced by what does not open.
  const again = masters.unwrap({ ...key, masterKeyId: active, wrapped })
  if (!Buffer.from(bytes).equals(again)) throw new Error(`${key.kid} does not open after it was wrapped again.`)
  wipe(bytes, again)
  await db
    .updateTable(key.table)
    .set({ wrapped, master_key_id: active })
    .where('kid', '=', key.kid)
    .where('master_key_id', '=', key.masterKeyId)
    // Destroyed in the meantime: it must not come back.
    .where('wrapped', 'is not', null)
    .execute()
}

/** Keys that another master key than this one wraps. */
async function keysBehind(db: Db, active: string): Promise<WrappedKey[]> {
  const own = await db
    .selectFrom('encryption_keys')
    .selectAll()
    .where('master_key_id', '!=', active)
    .orderBy('kid')
    .execute()
  const vault = await db
    .selectFrom('vault_keys')
    .selectAll()
    .where('master_key_id', '!=', active)
    .where('wrapped', 'is not', null)
    .orderBy('kid')
    .execute()
  return [...own.map(wrappedKeyOf), ...vault.map((row) => wrappedVaultKeyOf(row, row.wrapped as Buffer))]
}

/**
 * Ends a master key: no server starts with only it. Its line may leave the key file when no backup of its time is needed any more.
 *
 * @throws AppError NOT_FOUND; CONFLICT while it is in use or still wraps keys
 */
export async function retire(deps: RotationDeps, id: string): Promise<void> {
  await inTransaction(deps, async (trx) => {
    // First, so that no key comes under it while we count.
    const { numUpdatedRows } = await trx
      .updateTable('master_keys')
      .set({ state: 'retired', retired_at: deps.clock().toISOString() })
      .where('id', '=', id)
      .where('state', 'in', ['staged', 'decrypt_only'])
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw await whyNotRetired(trx, id)
    const wrapped = await countWrapped(trx, id)
    if (wrapped > 0)
      throw new AppError('CONFLICT', `${id} still wraps ${wrapped} keys. Run "msp keys rewrap" first, then retire it.`)
  })
  await deps.settled()
}

async function whyNotRetired(db: Db, id: string): Promise<AppError> {
  const row = await db.selectFrom('master_keys').select('state').where('id', '=', id).executeTakeFirst()
  if (!row) return new AppError('NOT_FOUND', `There is no master key ${id}. "msp keys status" lists them.`)
  if (row.state === 'retired') return new AppError('CONFLICT', `${id} is retired already.`)
  return new AppError('CONFLICT', `${id} is the master key in use. Promote another one first.`)
}

/** How many keys a master key wraps. */
export async function countWrapped(db: Db, id: string): Promise<number> {
  const count = async (table: 'encryption_keys' | 'vault_keys') => {
    const { number } = await db
      .selectFrom(table)
      .select((row) => row.fn.countAll().as('number'))
      .where('master_key_id', '=', id)
      .where('wrapped', 'is not', null)
      .executeTakeFirstOrThrow()
    return Number(number)
  }
  return (await count('encryption_keys')) + (await count('vault_keys'))
}
