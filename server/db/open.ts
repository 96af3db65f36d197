import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { Kysely, MysqlDialect, SqliteAdapter, SqliteDialect, sql } from 'kysely'
import { createPool } from 'mysql2'
import { ConfigError, type DatabaseConfig } from '../config.ts'
import { type Dialect, mariadb, sqlite } from './dialect.ts'
import type { Tables } from './tables.ts'

export interface Database {
  db: Kysely<Tables>
  dialect: Dialect
}

/**
 * Opens the database and proves that it answers.
 *
 * @throws ConfigError when it cannot be opened, without the password.
 */
export async function openDatabase(config: DatabaseConfig): Promise<Database> {
  const database = config.kind === 'sqlite' ? openSqlite(config.path) : openMariadb(config)
  try {
    await sql`select 1`.execute(database.db)
  } catch (error) {
    await database.db.destroy()
    const where =
      config.kind === 'sqlite' ? config.path : `${config.host}:${config.port}/${config.database} as user ${config.user}`
    throw new ConfigError(
      `The server cannot start:\n  MSP_DATABASE_URL: ${where} cannot be used: ${plainReason(error)}. Check the address, the user's rights and that the database server runs.`,
    )
  }
  return database
}

const plainReason = (error: unknown) => {
  const { code, message } = error as { code?: string; message: string }
  return message === '' ? (code ?? 'unknown error') : message
}

function openSqlite(path: string): Database {
  let file: Sqlite.Database
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    file = new Sqlite(path, { timeout: 5_000 })
    file.pragma('journal_mode = WAL')
  } catch (error) {
    throw new ConfigError(
      `The server cannot start:\n  MSP_DATABASE_URL: ${path} cannot be opened: ${plainReason(error)}. Check that the folder exists, is writable, and that the file is a SQLite database.`,
    )
  }
  if (process.platform !== 'win32' && path !== ':memory:') chmodSync(path, 0o600)
  // FULL: a commit survives a power cut. It is what the spool deletes its copy for.
  file.pragma('synchronous = FULL')
  file.pragma('foreign_keys = ON')
  file.function('fold', { deterministic: true }, (value) => (value === null ? null : String(value).toLowerCase()))
  const statements = new Map<string, Sqlite.Statement>()
  const database = {
    // A deferred BEGIN fails with SQLITE_BUSY_SNAPSHOT under load, whatever the timeout; IMMEDIATE waits its turn.
    prepare(text: string) {
      const statement = text === 'begin' ? 'begin immediate' : text
      let prepared = statements.get(statement)
      if (!prepared) {
        prepared = file.prepare(statement)
        if (statements.size < 500) statements.set(statement, prepared)
      }
      return prepared
    },
    close: () => file.close(),
  }
  return { db: new Kysely<Tables>({ dialect: new OwnSqliteDialect({ database: database as never }) }), dialect: sqlite }
}

/** Schema changes run in one transaction, which is begun immediately: a second server waits for it, and a killed one leaves nothing. */
class OwnSqliteDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter()
  }
}

class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

function openMariadb(config: Extract<DatabaseConfig, { kind: 'mariadb' }>): Database {
  const pool = createPool({
    host: config.host,
    port: config.port,
    user: config.user,
    password: config.password,
    database: config.database,
    connectionLimit: 10,
    charset: 'utf8mb4_bin',
    connectTimeout: 5_000,
    supportBigNumbers: true,
    // JSON is parsed in one place, crud/stored.ts.
    jsonStrings: true,
  })
  pool.on('connection', (connection) => {
    connection.query(
      "set session sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY', time_zone = '+00:00', collation_connection = 'utf8mb4_nopad_bin'",
    )
    connection.query('set session transaction isolation level read committed')
  })
  return { db: new Kysely<Tables>({ dialect: new MysqlDialect({ pool }) }), dialect: mariadb }
}
