import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import {
  Kysely,
  SqliteAdapter,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
  SqliteQueryCompiler,
} from 'kysely'
import { sqlite } from './dialect.ts'
import { createLogSync, type LogSync } from './log-sync.ts'
import type { OpenDatabase } from './open.ts'
import { type SharedCommits, shareCommits } from './shared-commits.ts'
import type { Tables } from './tables.ts'

/** @throws what SQLite says, when the file cannot be opened */
export function openSqlite(path: string): OpenDatabase {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const file = new Sqlite(path, { timeout: 5_000 })
  // Not in memory, and not on every network drive.
  const hasLog = file.pragma('journal_mode = WAL', { simple: true }) === 'wal'
  if (process.platform !== 'win32' && path !== ':memory:') chmodSync(path, 0o600)
  // A commit survives a power cut: it is what the spool deletes its copy for. With a log, log-sync.ts sees to that.
  file.pragma(`synchronous = ${hasLog ? 'NORMAL' : 'FULL'}`)
  // 32 MB of log: pages that many commits change are written to the database once.
  file.pragma('wal_autocheckpoint = 8000')
  file.pragma('cache_size = -65536')
  // What is overwritten or deleted, a secret that was found late above all, shall not lie on in freed pages.
  file.pragma('secure_delete = ON')
  file.pragma('temp_store = MEMORY')
  file.pragma('foreign_keys = ON')
  file.function('fold', { deterministic: true }, (value) => (value === null ? null : String(value).toLowerCase()))

  const log = hasLog ? createLogSync(`${path}-wal`) : NO_LOG
  const prepare = rememberedStatements(file)
  const run = (statement: string) => {
    if (statement === 'commit') log.wrote()
    // A deferred BEGIN fails with SQLITE_BUSY_SNAPSHOT under load, whatever the timeout; IMMEDIATE waits its turn.
    prepare(statement === 'begin' ? 'begin immediate' : statement).run()
  }
  const commits = shareCommits(file, run, log.idle)
  const database = {
    prepare(text: string) {
      const statement = prepare(text)
      if (!(commits.isRunning || READS.test(text))) {
        commits.flush()
        log.wrote()
      }
      return statement
    },
    close: () => file.close(),
  }
  const settled = async () => {
    await commits.settled()
    await log.settled()
  }
  const dialect = new OwnDialect({ database: database as never }, commits, log)
  return { db: new Kysely<Tables>({ dialect }), dialect: sqlite, settled }
}

/** What may run beside transactions that are not committed yet; a pragma may not. */
const READS = /^\s*(?:select|with)\b/i

const nothing = async () => undefined
const NO_LOG: LogSync = { wrote: () => undefined, settled: nothing, idle: nothing, close: nothing }
const MOST_STATEMENTS = 500

/** The oldest go first. */
function rememberedStatements(file: Sqlite.Database): (text: string) => Sqlite.Statement {
  const statements = new Map<string, Sqlite.Statement>()
  return (text) => {
    const known = statements.get(text)
    if (known) return known
    const prepared = file.prepare(text)
    if (statements.size >= MOST_STATEMENTS) statements.delete(statements.keys().next().value as string)
    statements.set(text, prepared)
    return prepared
  }
}

class OwnDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig
  readonly #commits: SharedCommits
  readonly #log: LogSync

  constructor(config: SqliteDialectConfig, commits: SharedCommits, log: LogSync) {
    super(config)
    this.#config = config
    this.#commits = commits
    this.#log = log
  }

  override createDriver(): SqliteDriver {
    return new SharingDriver(this.#config, this.#commits, this.#log)
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter()
  }

  override createQueryCompiler(): SqliteQueryCompiler {
    return new PlannedOnce()
  }
}

class SharingDriver extends SqliteDriver {
  readonly #commits: SharedCommits
  readonly #log: LogSync

  constructor(config: SqliteDialectConfig, commits: SharedCommits, log: LogSync) {
    super(config)
    this.#commits = commits
    this.#log = log
  }

  override async beginTransaction(): Promise<void> {
    this.#commits.begin()
  }

  override async commitTransaction(): Promise<void> {
    this.#commits.commit()
  }

  override async rollbackTransaction(): Promise<void> {
    this.#commits.rollback()
  }

  override async destroy(): Promise<void> {
    this.#commits.flush()
    await this.#log.settled()
    await super.destroy()
    await this.#log.close()
  }
}

/** Schema changes run in one transaction, which is begun immediately: a second server waits for it, and a killed one leaves nothing. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
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
