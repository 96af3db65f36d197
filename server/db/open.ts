import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { Kysely, MysqlDialect, SqliteAdapter, SqliteDialect, SqliteQueryCompiler, sql } from 'kysely'
import { createPool } from 'mysql2'
import { ConfigError, type DatabaseConfig } from '../config.ts'
import { type Dialect, mariadb, sqlite } from './dialect.ts'
import { createLogSync } from './log-sync.ts'
import type { Tables } from './tables.ts'

export interface Database {
  db: Kysely<Tables>
  dialect: Dialect
}

export interface OpenDatabase extends Database {
  /** Resolves when all that was committed until now survives a power cut. No request is answered before. */
  settled(): Promise<void>
}

/**
 * Opens the database and proves that it answers.
 *
 * @throws ConfigError when it cannot be opened, without the password.
 */
export async function openDatabase(config: DatabaseConfig): Promise<OpenDatabase> {
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

function openSqlite(path: string): OpenDatabase {
  let file: Sqlite.Database
  let hasLog: boolean
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    file = new Sqlite(path, { timeout: 5_000 })
    // Not in memory, and not on every network drive.
    hasLog = file.pragma('journal_mode = WAL', { simple: true }) === 'wal'
  } catch (error) {
    throw new ConfigError(
      `The server cannot start:\n  MSP_DATABASE_URL: ${path} cannot be opened: ${plainReason(error)}. Check that the folder exists, is writable, and that the file is a SQLite database.`,
    )
  }
  if (process.platform !== 'win32' && path !== ':memory:') chmodSync(path, 0o600)
  // A commit survives a power cut: it is what the spool deletes its copy for. With a log, log-sync.ts sees to that.
  file.pragma(`synchronous = ${hasLog ? 'NORMAL' : 'FULL'}`)
  const log = createLogSync(`${path}-wal`)
  // 32 MB of log: pages that many commits change are written to the database once.
  file.pragma('wal_autocheckpoint = 8000')
  file.pragma('cache_size = -65536')
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
      // It is run at once, and within a transaction only the commit counts.
      if (text === 'commit' || !(file.inTransaction || prepared.reader || text === 'begin')) log.wrote()
      return prepared
    },
    close() {
      file.close()
      void log.close()
    },
  }
  const db = new Kysely<Tables>({ dialect: new OwnSqliteDialect({ database: database as never }) })
  return { db, dialect: sqlite, settled: hasLog ? log.settled : async () => undefined }
}

/** Schema changes run in one transaction, which is begun immediately: a second server waits for it, and a killed one leaves nothing. */
class OwnSqliteDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter()
  }

  override createQueryCompiler(): SqliteQueryCompiler {
    return new PlannedOnce()
  }
}

/**
 * A plus sign before each parameter, which changes no value. Where a bare parameter stands beside an equals sign or after LIMIT, SQLite looks
 * at its value to plan (`sqlite3ExprIsInteger`) and so plans anew with each execution: for most queries that takes longer than the query.
 */
class PlannedOnce extends SqliteQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return '+?'
  }
}

class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

function openMariadb(config: Extract<DatabaseConfig, { kind: 'mariadb' }>): OpenDatabase {
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
  // InnoDB waits for its log with each commit.
  return {
    db: new Kysely<Tables>({ dialect: new MysqlDialect({ pool }) }),
    dialect: mariadb,
    settled: async () => undefined,
  }
}
