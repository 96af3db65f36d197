import { setTimeout as pause } from 'node:timers/promises'
import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely'
import { OURSELVES } from '../audit/entries.ts'
import type { Deps } from '../context.ts'
import type { Tables } from '../db/tables.ts'
import { inTransaction } from '../db/transaction.ts'
import { type CleanedRow, cleanRow } from './columns.ts'
import { advance, begin, finishAll, type Progress } from './progress.ts'
import type { TextRedactor } from './redaction.ts'
import { keyOf, partsOf, storedText, TEXT_TABLES, type TextTable } from './tables.ts'

/**
 * Looks through everything that was stored, by the newest rules: what they find in old rows is replaced, and the search forgets it. A little at
 * a time, with pauses, and killed it goes on where it stopped: a batch, its place and its audit entry are one transaction. A row keeps its version
 * and its time: nobody has edited it. What remains are backups from before, files that were attached, the bodies of the audit, whose hashes are in
 * its chain (they are counted), and in databases of earlier versions pages of the file that were freed before.
 */

type Values = Record<string, unknown>
type Db = Kysely<Tables>
const TABLE_NAMES = TEXT_TABLES.map(({ table }) => table)
const BATCH_ROWS = 100
const PAUSE_MS = 20

/** The redactor itself fails: old rows stay as they are, and are masked when they are read. */
export class RedactorFails extends Error {
  override readonly name = 'RedactorFails'
}

/** Another server has done this batch. */
class DoneElsewhere extends Error {}

/** @throws RedactorFails; what the database says */
export async function sweep(deps: Deps, signal: AbortSignal): Promise<void> {
  const { db, dialect, redaction, clock } = deps
  let [changed, found, locked] = [0, 0, 0]
  for (const table of TEXT_TABLES) {
    const done = await sweepTable(deps, table, signal)
    if (signal.aborted) return
    changed += done.rows_changed
    found += done.secrets_found
    locked += done.rows_locked
  }
  if (changed > 0) {
    // A secret that stood in two texts would stay among the counted words: all are counted anew.
    await db.deleteFrom('search_counts').execute()
    await db.deleteFrom('search_terms').execute()
    await db.deleteFrom('search_vectors').execute()
    for (const statement of dialect.fullText.forget('search_documents')) await sql.raw(statement).execute(db)
    await deps.settled()
    for (const statement of dialect.erasing) await sql.raw(statement).execute(db)
  }
  const details = { version: redaction.version, rows_changed: changed, secrets_found: found, rows_locked: locked }
  await inTransaction(deps, async (trx) => {
    if (await finishAll(trx, redaction.version, clock().toISOString(), TABLE_NAMES))
      await takeDown({ ...deps, db: trx }, '/redaction/finished', details)
  })
}

async function sweepTable(deps: Deps, table: TextTable, signal: AbortSignal): Promise<Progress> {
  let progress = await begin(deps.db, table.table, deps.redaction.version)
  while (progress.finished_at === null && !signal.aborted) {
    progress = await sweepBatch(deps, table, progress).catch((error: unknown) => {
      if (!(error instanceof DoneElsewhere)) throw error
      return begin(deps.db, table.table, deps.redaction.version)
    })
    await deps.settled()
    // Requests come first.
    if (progress.finished_at === null) await pause(PAUSE_MS, undefined, { signal }).catch(() => undefined)
  }
  return progress
}

interface Found {
  row: Values
  cleaned: CleanedRow
}

async function sweepBatch(deps: Deps, table: TextTable, before: Progress): Promise<Progress> {
  const batch = await rowsAfter(deps.db, table, before.last_key)
  const found = await withSecrets(deps, table, batch)
  const last = batch.at(-1)
  return inTransaction(deps, async (db) => {
    const written = table.isFixed ? [] : await write({ ...deps, db }, table, found)
    const now = deps.clock().toISOString()
    const after: Progress = {
      ...before,
      last_key: last ? keyOf(table, last) : before.last_key,
      rows_done: before.rows_done + batch.length,
      rows_changed: before.rows_changed + written.length,
      secrets_found: before.secrets_found + found.reduce((sum, { cleaned }) => sum + cleaned.count, 0),
      rows_locked: before.rows_locked + found.length - written.length,
      finished_at: batch.length < BATCH_ROWS ? now : null,
    }
    if (!(await advance(db, before, after))) throw new DoneElsewhere()
    if (found.length > 0)
      await takeDown({ ...deps, db }, `/redaction/${table.table}`, {
        version: before.version,
        rows_changed: written.length,
        rows_locked: found.length - written.length,
        secrets_found: after.secrets_found - before.secrets_found,
      })
    return after
  })
}

/** In the order of the key, with what of it is text, and whose it is. */
async function rowsAfter(db: Db, table: TextTable, lastKey: string | null): Promise<Values[]> {
  const names = [...new Set([...table.key, ...Object.keys(table.freeTexts)])]
  const columns = sql.join([...names.map((column) => sql.ref(column)), sql`${table.client} as whose`])
  const where = lastKey === null ? sql<SqlBool>`1 = 1` : after(table.key, partsOf(table, lastKey))
  const order = sql.join(table.key.map((column) => sql.ref(column)))
  const { rows } =
    await sql<Values>`select ${columns} from ${sql.table(table.table)} where ${where} order by ${order} limit ${BATCH_ROWS}`.execute(
      db,
    )
  return rows
}

/** `a > x or (a = x and (b > y or …))`: an index answers it, which a comparison of whole keys keeps one of the databases from. */
function after(
  [column = '', ...columns]: readonly string[],
  [value, ...values]: readonly string[],
): RawBuilder<SqlBool> {
  const later = sql<SqlBool>`${sql.ref(column)} > ${value}`
  if (columns.length === 0) return later
  return sql<SqlBool>`(${later} or (${sql.ref(column)} = ${value} and ${after(columns, values)}))`
}

/** Outside of any transaction, and letting requests in between: to look through long texts takes milliseconds. */
async function withSecrets(deps: Deps, table: TextTable, batch: readonly Values[]): Promise<Found[]> {
  const redactors = new Map<string | null, Promise<TextRedactor>>()
  const redactorOf = (clientId: string | null) => {
    const known = redactors.get(clientId) ?? deps.redaction.of(deps.db, clientId)
    redactors.set(clientId, known)
    return known
  }
  const found: Found[] = []
  for (const row of batch) {
    const cleaned = await cleanRow(table, parsed(table, row), () => redactorOf(row.whose as string | null))
    if (cleaned.withheld.length > 0) throw new RedactorFails(`The redactor fails at a text of ${table.table}.`)
    if (cleaned.count > 0) found.push({ row, cleaned })
    await new Promise(setImmediate)
  }
  return found
}

function parsed({ jsonColumns }: TextTable, row: Values): Values {
  const values = { ...row }
  for (const column of jsonColumns)
    if (typeof values[column] === 'string') values[column] = JSON.parse(values[column] as string)
  return values
}

/** @returns the rows that could be changed */
async function write(deps: Deps, table: TextTable, found: readonly Found[]): Promise<Found[]> {
  const written: Found[] = []
  for (const one of found) if (await isWritten(deps, table, one)) written.push(one)
  await table.reindex?.(
    deps,
    written.map(({ row }) => keyOf(table, row)),
  )
  return written
}

/** Not where somebody has changed the text meanwhile (it went through the redactor then), and not what is locked. */
async function isWritten(
  { db, dialect, redaction }: Deps,
  table: TextTable,
  { row, cleaned }: Found,
): Promise<boolean> {
  const stored = Object.fromEntries(
    Object.entries(cleaned.changed).map(([column, value]) => [column, storedText(table, column, value)]),
  )
  const values = { ...stored, ...table.also?.(cleaned.changed, cleaned.count, redaction.version) }
  const set = sql.join(Object.entries(values).map(([column, value]) => sql`${sql.ref(column)} = ${value}`))
  const as = (columns: readonly string[]) =>
    sql.join(
      columns.map((column) => sql`${sql.ref(column)} = ${row[column]}`),
      sql` and `,
    )
  const where = as([...table.key, ...Object.keys(cleaned.changed)])
  try {
    const { numAffectedRows } = await sql`update ${sql.table(table.table)} set ${set} where ${where}`.execute(db)
    return Number(numAffectedRows) > 0
  } catch (error) {
    // Locked, or no longer what the table allows: it stays, and is counted.
    if (!LASTING.has(dialect.refusal(error) ?? '')) throw error
    return false
  }
}

const LASTING: ReadonlySet<string> = new Set(['frozen', 'unique', 'check'])

/** Counts only: what was found is nobody's business any more. */
const takeDown = (deps: Deps, path_template: string, details: Record<string, unknown>) =>
  deps.audit.call(
    { ...OURSELVES, db: deps.db },
    {
      ...{ action: 'modify', method: 'JOB', path_template, entity_type: 'redaction', details },
    },
  )
