import { sql } from 'kysely'
import type { Context, Deps } from '../context.ts'
import { CannotOpenSecret } from '../crypto/seal.ts'
import { inTransaction } from '../db/transaction.ts'
import { cleanRow, type WithheldText } from './columns.ts'
import { WITHHELD } from './redaction.ts'
import { partsOf, storedText, TEXT_TABLES, type TextTable } from './tables.ts'

/** Where a text belongs that waits for a redactor that works. */
export interface Home {
  table: string
}

type Keeping = Pick<Context, 'db' | 'vault' | 'clock' | 'newId'>

/**
 * Keeps texts that the redactor failed at, sealed with the vault key of their client, until the job of `sweep.ts` has them redacted. In the
 * transaction of what holds `WITHHELD` in their place.
 *
 * @throws AppError UNAVAILABLE when they cannot be sealed: then nothing is kept, and who sent it sends it again
 */
export async function keepWithheld(
  context: Keeping,
  { table }: Home,
  rowKey: string,
  clientId: string | null,
  texts: readonly WithheldText[],
): Promise<void> {
  for (const { column, raw } of texts) {
    const id = context.newId()
    // Of a text that was replaced before it could be redacted nobody will ask.
    await context.db
      .deleteFrom('quarantined_texts')
      .where('in_table', '=', table)
      .where('row_key', '=', rowKey)
      .where('in_column', '=', column)
      .execute()
    const { kid, sealed } = await context.vault.sealOwn(context.db, placeOf(id, clientId), raw)
    await context.db
      .insertInto('quarantined_texts')
      .values({
        ...{ id, in_table: table, row_key: rowKey, in_column: column, client_id: clientId },
        ...{ kid, sealed, created_at: context.clock().toISOString() },
      })
      .execute()
  }
}

const BATCH = 50

/**
 * Redacts the texts that wait for it and puts them back, each in one transaction: never lost, never put back twice. What the redactor still
 * fails at waits on.
 *
 * @returns how many were put back
 */
export async function workOff(deps: Deps, signal: AbortSignal): Promise<number> {
  let count = 0
  for (let last = ''; !signal.aborted; ) {
    const waiting = await deps.db
      .selectFrom('quarantined_texts')
      .select('id')
      .where('id', '>', last)
      .orderBy('id')
      .limit(BATCH)
      .execute()
    for (const { id } of waiting) if (!signal.aborted && (await putBack(deps, id))) count++
    last = waiting.at(-1)?.id ?? last
    if (waiting.length < BATCH) break
  }
  return count
}

async function putBack(deps: Deps, id: string): Promise<boolean> {
  return inTransaction(deps, async (db) => {
    const found = await sql<{
      in_table: string
      row_key: string
      in_column: string
      client_id: string | null
      sealed: Buffer
    }>`select * from quarantined_texts where id = ${id}${sql.raw(deps.dialect.forUpdate)}`.execute(db)
    const [text] = found.rows
    if (!text) return false
    const table = TEXT_TABLES.find(({ table: named }) => named === text.in_table)
    const raw = await opened({ ...deps, db }, id, text.client_id, text.sealed)
    if (table && raw !== undefined && !(await isPutBack({ ...deps, db }, table, text, raw))) return false
    await db.deleteFrom('quarantined_texts').where('id', '=', id).execute()
    return true
  })
}

/** Undefined when the client's keys were destroyed: nobody can read it any more, and nobody shall. */
async function opened({ db, vault }: Deps, id: string, clientId: string | null, sealed: Buffer) {
  try {
    return await vault.openOwn(db, placeOf(id, clientId), sealed)
  } catch (error) {
    if (error instanceof CannotOpenSecret) return undefined
    throw error
  }
}

interface Waiting {
  row_key: string
  in_column: string
  client_id: string | null
}

/** Where the text still waits for it: somebody may have written another one since. @returns false when the redactor still fails */
async function isPutBack(deps: Deps, table: TextTable, text: Waiting, raw: string): Promise<boolean> {
  const { in_column: column } = text
  const isJson = table.jsonColumns.has(column)
  const value: unknown = isJson ? JSON.parse(raw) : raw
  const redactor = await deps.redaction.of(deps.db, text.client_id)
  const { changed, count, withheld } = await cleanRow(table, { [column]: value }, async () => redactor)
  if (withheld.length > 0) return false
  const values = {
    [column]: storedText(table, column, changed[column] ?? value),
    ...table.also?.({ [column]: changed[column] ?? value }, count, deps.redaction.version),
  }
  const set = sql.join(Object.entries(values).map(([name, one]) => sql`${sql.ref(name)} = ${one}`))
  const parts = partsOf(table, text.row_key)
  const where = sql.join(
    table.key.map((name, at) => sql`${sql.ref(name)} = ${parts[at]}`),
    sql` and `,
  )
  const waits = isJson ? sql`${sql.ref(column)} like ${`%${WITHHELD}%`}` : sql`${sql.ref(column)} = ${WITHHELD}`
  await sql`update ${sql.table(table.table)} set ${set} where ${where} and ${waits}`.execute(deps.db)
  await table.reindex?.(deps, [text.row_key])
  return true
}

export const placeOf = (id: string, clientId: string | null) => ({
  ...{ table: 'quarantined_texts', column: 'sealed', id, clientId },
})
