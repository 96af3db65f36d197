// The database of the reference "by hand": prepared statements, kept by their text.
import Sqlite from 'better-sqlite3'
import { createPool } from 'mysql2/promise'

/** `{ all(sql, values), inTransaction(work) }`; `work` gets the same for its transaction. */
export const openByHand = (url) => (url.startsWith('sqlite:') ? openSqlite(url) : openMariadb(url))

function openSqlite(url) {
  const file = new Sqlite(url.slice('sqlite:'.length), { timeout: 5_000 })
  file.pragma('journal_mode = WAL')
  file.pragma('synchronous = FULL') // As the server: a commit survives a power cut.
  file.pragma('foreign_keys = ON')
  const statements = new Map()
  const db = {
    all(sql, values = []) {
      let statement = statements.get(sql)
      if (!statement) {
        statement = file.prepare(sql)
        statements.set(sql, statement)
      }
      if (statement.reader) return statement.all(values)
      statement.run(values)
      return []
    },
  }
  // Work on one connection is not interleaved: it waits for its turn.
  let last = Promise.resolve()
  const inTransaction = (work) => {
    const turn = last.then(async () => {
      db.all('begin immediate')
      const result = await work(db)
      db.all('commit')
      return result
    })
    last = turn.catch(() => db.all('rollback'))
    return turn
  }
  return { ...db, inTransaction }
}

function openMariadb(url) {
  const uri = url.replace('mariadb:', 'mysql:')
  const pool = createPool({ uri, connectionLimit: 10, charset: 'utf8mb4_bin', jsonStrings: true })
  const on = (connection) => ({ all: async (sql, values = []) => (await connection.execute(sql, values))[0] })
  return {
    ...on(pool),
    async inTransaction(work) {
      const connection = await pool.getConnection()
      try {
        return await withRetries(connection, work)
      } finally {
        connection.release()
      }
    },
  }
}

const DEADLOCK = 1213
const TRIES = 5

/** The victim of a deadlock tries again, as in our server. */
async function withRetries(connection, work) {
  for (let attempt = 1; ; attempt++) {
    try {
      await connection.query('set transaction isolation level read committed')
      await connection.beginTransaction()
      const result = await work({ all: async (sql, values = []) => (await connection.query(sql, values))[0] })
      await connection.commit()
      return result
    } catch (error) {
      await connection.rollback()
      if (error.errno !== DEADLOCK || attempt === TRIES) throw error
    }
  }
}
