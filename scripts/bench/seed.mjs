// Fills a migrated database with the rows of story.mjs by plain SQL: through the API a million commands would take an hour.
import Sqlite from 'better-sqlite3'
import { createConnection } from 'mysql2/promise'
import { surroundings } from './story.mjs'
import { work } from './story-work.mjs'

const ROWS_PER_INSERT = 1_000
const ROWS_PER_COMMIT = 20_000

/**
 * @param databaseUrl as in MSP_DATABASE_URL; the schema exists
 * @param base the present in milliseconds
 */
export async function seed(databaseUrl, base, commands) {
  const writer = databaseUrl.startsWith('sqlite:') ? sqliteWriter(databaseUrl) : await mariadbWriter(databaseUrl)
  try {
    for (const [table, rows] of surroundings(base)) await writer.insert(table, rows)
    for (const [table, rows] of work(base, commands)) await writer.insert(table, rows)
    await writer.commit()
  } finally {
    await writer.close()
  }
}

/** Both databases take back-ticks; `change` is a word of one of them. */
const quoted = (columns) => columns.map((column) => `\`${column}\``).join(', ')

function sqliteWriter(url) {
  const file = new Sqlite(url.slice('sqlite:'.length))
  file.pragma('synchronous = OFF')
  file.pragma('foreign_keys = OFF')
  const statements = new Map()
  const statementFor = (table, columns) => {
    const key = `${table} ${columns}`
    const text = `insert into ${table} (${quoted(columns)}) values (${columns.map((column) => `@${column}`).join(', ')})`
    if (!statements.has(key)) statements.set(key, file.prepare(text))
    return statements.get(key)
  }
  file.exec('begin')
  return {
    insert(table, rows) {
      for (const row of rows) statementFor(table, Object.keys(row)).run(row)
    },
    commit() {
      file.exec('commit')
      file.pragma('wal_checkpoint(TRUNCATE)')
    },
    close: () => file.close(),
  }
}

async function mariadbWriter(url) {
  const connection = await createConnection(url.replace('mariadb:', 'mysql:'))
  await connection.query('set session foreign_key_checks = 0, unique_checks = 0')
  const waiting = new Map()
  let unsaved = 0
  const flush = async (table) => {
    const rows = waiting.get(table) ?? []
    waiting.set(table, [])
    // Rows of one table may leave out different columns.
    const columns = [...new Set(rows.flatMap(Object.keys))]
    const values = rows.map((row) => columns.map((column) => row[column] ?? null))
    if (rows.length > 0) await connection.query(`insert into ${table} (${quoted(columns)}) values ?`, [values])
    unsaved += rows.length
    if (unsaved < ROWS_PER_COMMIT) return
    unsaved = 0
    await connection.query('commit and chain')
  }
  await connection.query('start transaction')
  return {
    async insert(table, rows) {
      waiting.set(table, [...(waiting.get(table) ?? []), ...rows])
      if (waiting.get(table).length >= ROWS_PER_INSERT) await flush(table)
    },
    async commit() {
      for (const table of waiting.keys()) await flush(table)
      await connection.query('commit')
    },
    close: () => connection.end(),
  }
}
