import { CompiledQuery, type Kysely } from 'kysely'
import type { Dialect } from '../db/dialect.ts'
import type { Tables } from '../db/tables.ts'
import { chainOf, type Draft, type Entry, LOGS, type Log, NOTHING_BEFORE } from './chain.ts'
import type { Epochs } from './epochs.ts'

/** An entry and, where it has any, its further details. */
export interface Prepared {
  draft: Draft
  body: string | null
}

/** Rows in one statement: few sizes, so that the statements are prepared once. */
const SIZES = [128, 16, 1] as const

/**
 * Adds entries at the end of a chain, in the transaction of `db`. The chain's head is held from here until its end, so that nothing comes between:
 * call it last.
 *
 * @throws what the database says
 */
export async function append(
  db: Kysely<Tables>,
  dialect: Dialect,
  epochs: Epochs,
  { log, chain, entries, now }: { log: Log; chain: string; entries: readonly Prepared[]; now: string },
): Promise<void> {
  const head = await holdHead(db, dialect, log, chain, now)
  const known = epochs.current()
  const key = head.epoch > known.epoch ? await epochs.atLeast(db, head.epoch) : known
  const drafts = entries.map(({ draft }) => draft)
  const rows = chainOf(log, drafts, { chain, seq: Number(head.seq), row_hash: head.row_hash }, key)
  const last = rows.at(-1)
  if (!last) return
  await insert(db, log, rows)
  for (const { draft, body } of entries)
    if (body !== null)
      await run(db, 'insert into audit_bodies (id, body, created_at, erased_at) values (?, ?, ?, null)', [
        draft.id,
        body,
        draft.created_at,
      ])
  await run(db, 'update audit_heads set seq = ?, row_hash = ?, epoch = ?, updated_at = ? where log = ? and chain = ?', [
    ...[last.seq, last.row_hash, key.epoch, last.created_at],
    ...[log, chain],
  ])
}

interface Head {
  seq: number
  row_hash: string
  epoch: number
}

/** Holds the head, which is made where there is none. */
async function holdHead(db: Kysely<Tables>, dialect: Dialect, log: Log, chain: string, now: string): Promise<Head> {
  const held = async () => {
    const text = `select seq, row_hash, epoch from audit_heads where log = ? and chain = ?${dialect.forUpdate}`
    return (await run(db, text, [log, chain])).rows[0] as Head | undefined
  }
  const head = await held()
  if (head) return head
  // Two who make it at the same moment wait for each other here.
  await run(
    db,
    `insert into audit_heads (log, chain, seq, row_hash, epoch, updated_at) values (?, ?, 0, ?, 0, ?) ${dialect.orUpdate} seq = seq`,
    [log, chain, NOTHING_BEFORE, now],
  )
  return (await held()) as Head
}

async function insert(db: Kysely<Tables>, log: Log, rows: readonly Entry[]): Promise<void> {
  const { columns } = LOGS[log]
  let at = 0
  for (const size of SIZES)
    while (rows.length - at >= size) {
      const values = rows.slice(at, at + size).flatMap((row) => columns.map((column) => row[column] ?? null))
      await run(db, insertion(log, size), values)
      at += size
    }
}

const insertions = new Map<string, string>()

/** As text, put together once: Kysely's builder would take longer than the database. */
function insertion(log: Log, size: number): string {
  const key = `${log} ${size}`
  const known = insertions.get(key)
  if (known) return known
  const { table, columns } = LOGS[log]
  const row = `(${columns.map(() => '?').join(', ')})`
  const text = `insert into ${table} (${columns.map((column) => `\`${column}\``).join(', ')}) values ${Array(size).fill(row).join(', ')}`
  insertions.set(key, text)
  return text
}

const run = (db: Kysely<Tables>, text: string, values: unknown[]) => db.executeQuery(CompiledQuery.raw(text, values))
