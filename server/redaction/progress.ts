import type { Kysely } from 'kysely'
import type { Tables } from '../db/tables.ts'

/** How far old rows have been looked through. */

type Db = Kysely<Tables>
export type Progress = Tables['redaction_progress']

/** Not a table: its row says that all of them are through. */
const ALL = '*'

const beginning = (in_table: string, version: number): Progress => ({
  ...{ in_table, version, last_key: null, finished_at: null },
  ...{ rows_done: 0, rows_changed: 0, secrets_found: 0, rows_locked: 0 },
})

/** Has this version seen every row? */
export async function isThrough(db: Db, version: number): Promise<boolean> {
  const all = await db.selectFrom('redaction_progress').selectAll().where('in_table', '=', ALL).executeTakeFirst()
  return all !== undefined && all.finished_at !== null && Number(all.version) >= version
}

/**
 * Says so.
 *
 * @param tables those that must be through
 * @returns false when one is not (somebody had it begin again), or another server has said it before
 */
export async function finishAll(db: Db, version: number, now: string, tables: readonly string[]): Promise<boolean> {
  await begin(db, ALL, version)
  if (tables.length > 0) {
    const left = await db
      .selectFrom('redaction_progress')
      .select('in_table')
      .where('in_table', 'in', tables)
      .where((row) => row.or([row('finished_at', 'is', null), row('version', '<', version)]))
      .execute()
    if (left.length > 0) return false
  }
  const { numUpdatedRows } = await db
    .updateTable('redaction_progress')
    .set({ finished_at: now })
    .where('in_table', '=', ALL)
    .where('finished_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Where the work on a table stands; from the beginning where an earlier version did it. */
export async function begin(db: Db, table: string, version: number): Promise<Progress> {
  const start = beginning(table, version)
  await db.insertInto('redaction_progress').ignore().values(start).execute()
  await db
    .updateTable('redaction_progress')
    .set(start)
    .where('in_table', '=', table)
    .where('version', '<', version)
    .execute()
  const found = await db
    .selectFrom('redaction_progress')
    .selectAll()
    .where('in_table', '=', table)
    .executeTakeFirstOrThrow()
  return numbered(found)
}

/** Notes a batch. @returns false when another server has done it meanwhile: then nothing of it may stand */
export async function advance(db: Db, before: Progress, after: Progress): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('redaction_progress')
    .set(after)
    .where('in_table', '=', before.in_table)
    .where('version', '=', before.version)
    .where('last_key', before.last_key === null ? 'is' : '=', before.last_key)
    .where('finished_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Every row is to be looked through again. */
export const startOver = (db: Db) =>
  db.updateTable('redaction_progress').set({ version: 0, finished_at: null }).execute()

export async function progressOf(
  db: Db,
  version: number,
): Promise<{ tables: Progress[]; finishedAt: string | null; isFinished: boolean }> {
  const rows = (await db.selectFrom('redaction_progress').selectAll().orderBy('in_table').execute()).map(numbered)
  const all = rows.find(({ in_table }) => in_table === ALL)
  return {
    tables: rows.filter(({ in_table }) => in_table !== ALL),
    finishedAt: all?.finished_at ?? null,
    isFinished: all !== undefined && all.finished_at !== null && all.version >= version,
  }
}

/** One of the databases gives whole numbers as text. */
const numbered = (row: Progress): Progress => ({
  ...row,
  version: Number(row.version),
  rows_done: Number(row.rows_done),
  rows_changed: Number(row.rows_changed),
  secrets_found: Number(row.secrets_found),
  rows_locked: Number(row.rows_locked),
})
