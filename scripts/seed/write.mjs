// Bulk inserts by plain SQL: through the API a million commands would take an hour.
import Sqlite from 'better-sqlite3'
import { createConnection } from 'mysql2/promise'

const ROWS_PER_INSERT = 500
const ROWS_PER_COMMIT = 200_000

/**
 * A writer to a migrated database. Rows of one table must have the same columns in the same order.
 *
 * @returns `{ insert(table, rows), ask(sql), commit(), close() }`; `ask` gives the first column of each row
 */
export const openWriter = (databaseUrl) =>
  databaseUrl.startsWith('sqlite:') ? sqliteWriter(databaseUrl) : mariadbWriter(databaseUrl)

/** Both databases take back-ticks; `change` is a word of one of them. */
const quoted = (columns) => columns.map((column) => `\`${column}\``).join(', ')

/**
 * One transaction for everything: killed, it leaves nothing. Within it the indexes that only make reading quick are taken away and made again
 * from all rows at once, which is quicker than row by row.
 */
function sqliteWriter(url) {
  const file = new Sqlite(url.slice('sqlite:'.length), { timeout: 5_000 })
  // Nothing is lost that could not be made again; at the end everything is synced once.
  file.pragma('synchronous = OFF')
  file.pragma('foreign_keys = OFF')
  file.pragma('cache_size = -500000')
  file.pragma('threads = 2')
  file.exec('begin immediate')
  const indexes = file.prepare(PLAIN_INDEXES).all()
  for (const { name } of indexes) file.exec(`drop index ${name}`)
  const statements = new Map()
  const statementFor = (table, row) => {
    const columns = Object.keys(row)
    const places = columns.map(() => '?').join(', ')
    statements.set(table, file.prepare(`insert into ${table} (${quoted(columns)}) values (${places})`))
    return statements.get(table)
  }
  return {
    insert(table, rows) {
      if (rows.length === 0) return
      const statement = statements.get(table) ?? statementFor(table, rows[0])
      for (const row of rows) statement.run(Object.values(row))
    },
    ask: (sql) => file.prepare(sql).pluck().all(),
    commit() {
      for (const { sql } of indexes) file.exec(sql)
      file.exec('commit')
      file.pragma('synchronous = FULL')
      file.pragma('wal_checkpoint(TRUNCATE)')
    },
    close: () => file.close(),
  }
}

/** Of the tables that get most rows. */
const PLAIN_INDEXES = `
  select name, sql from sqlite_master where type = 'index' and sql is not null and sql not like 'create unique%'
    and tbl_name in ('commands_run', 'session_events', 'file_changes', 'sessions', 'work_items', 'billable_time')`

async function mariadbWriter(url) {
  const connection = await createConnection(url.replace('mariadb:', 'mysql:'))
  await connection.query('set session foreign_key_checks = 0, unique_checks = 0')
  const waiting = new Map()
  let unsaved = 0
  const flush = async (table, rows) => {
    waiting.set(table, [])
    if (rows.length === 0) return
    const values = rows.map(Object.values)
    await connection.query(`insert into ${table} (${quoted(Object.keys(rows[0]))}) values ?`, [values])
    unsaved += rows.length
    if (unsaved < ROWS_PER_COMMIT) return
    unsaved = 0
    await connection.query('commit and chain')
  }
  await connection.query('start transaction')
  return {
    async insert(table, rows) {
      const all = waiting.get(table) ?? []
      all.push(...rows)
      waiting.set(table, all)
      if (all.length >= ROWS_PER_INSERT) await flush(table, all)
    },
    async ask(sql) {
      const [rows] = await connection.query({ sql, rowsAsArray: true })
      return rows.map(([value]) => value)
    },
    async commit() {
      for (const [table, rows] of waiting) await flush(table, rows)
      await connection.query('commit')
      for (const table of waiting.keys()) await connection.query(`analyze table ${table}`)
    },
    close: () => connection.end(),
  }
}
