import { Kysely, MysqlDialect, sql } from 'kysely'
import { createPool } from 'mysql2'
import { ConfigError, type DatabaseConfig } from '../config.ts'
import { type Dialect, mariadb } from './dialect.ts'
import { openSqlite } from './open-sqlite.ts'
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
  const database = config.kind === 'sqlite' ? openFile(config.path) : openMariadb(config)
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

function openFile(path: string): OpenDatabase {
  try {
    return openSqlite(path)
  } catch (error) {
    throw new ConfigError(
      `The server cannot start:\n  MSP_DATABASE_URL: ${path} cannot be opened: ${plainReason(error)}. Check that the folder exists, is writable, and that the file is a SQLite database.`,
    )
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
