import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'

/**
 * All differences between the two databases, beside `open.ts`. Nothing else in the server knows which one it talks to.
 * Chosen so that both behave alike: instants are ISO text of 24 characters (no conversion, text order is time order), text compares by
 * code point without padding, booleans are 0/1, JSON is checked text.
 */
export interface Dialect {
  kind: 'sqlite' | 'mariadb'
  /** The column types that migrations name. */
  columnType(type: ColumnType): string
  /** What follows the closing bracket of CREATE TABLE. */
  tableOptions: string
  /** Around schema changes: tables may refer to tables that are created later. */
  schemaChange: { before: string[]; after: string[] }
  /** Uniqueness among rows that are not archived. */
  uniqueAmongActive(table: string, columns: readonly string[]): string[]
  /** Uniqueness among the rows that a condition holds for. */
  uniqueWhere(table: string, unique: { name: string; columns: readonly string[]; where: string }): string[]
  /** A column more, null in the rows that are there. */
  addColumn(table: string, column: string, type: string, target: string | undefined): string[]
  /** A trigger that refuses to change or delete a row that the condition (on `old`) holds for. */
  refuseChange(table: string, refused: RefusedChange): string[]
  /** Does the column contain the text, letter case ignored? */
  contains(column: Expression<unknown>, text: string): RawBuilder<SqlBool>
  /** Why a statement was refused, when the data was the reason; `busy` is worth another try. */
  refusal(error: unknown): Refusal | undefined
}

export type Refusal = 'unique' | 'reference' | 'check' | 'frozen' | 'busy' | 'unreachable'

export interface RefusedChange {
  on: 'update' | 'delete'
  /** SQL on the row as it is, like `old.locked_at is not null`. */
  when: string
}

export type ColumnType =
  | { of: 'id' | 'instant' | 'day' | 'hash' | 'text' | 'json' | 'boolean' | 'integer' | 'bytes' | 'content' }
  | { of: 'line'; max: number }
  | { of: 'oneOf'; values: readonly string[] }

const likePattern = (text: string) => `%${text.toLowerCase().replace(/[\\%_]/g, (character) => `\\${character}`)}%`
const indexName = (table: string, columns: readonly string[]) => `${table}_active_${columns.join('_')}`.slice(0, 60)

export const sqlite: Dialect = {
  kind: 'sqlite',
  columnType: (type) =>
    type.of === 'boolean' || type.of === 'integer'
      ? 'integer'
      : type.of === 'bytes' || type.of === 'content'
        ? 'blob'
        : 'text',
  tableOptions: ' strict',
  schemaChange: { before: [], after: [] },
  uniqueAmongActive: (table, columns) => [
    `create unique index if not exists ${indexName(table, columns)} on ${table} (${columns.join(', ')}) where archived_at is null`,
  ],
  uniqueWhere: (table, { name, columns, where }) => [
    `create unique index if not exists ${table}_${name} on ${table} (${columns.join(', ')}) where ${where}`,
  ],
  // Within the transaction of the migration: never half done, so never there already.
  addColumn: (table, column, type, target) => [
    `alter table ${table} add column \`${column}\` ${type}${target ? ` references ${target} (id)` : ''}`,
  ],
  refuseChange: (table, { on, when }) => [
    `create trigger if not exists ${table}_frozen_${on} before ${on} on ${table} when ${when} begin select raise(abort, 'frozen'); end`,
  ],
  // lower() of SQLite knows ASCII only; `fold` is a function that open.ts adds.
  contains: (column, text) => sql<SqlBool>`fold(${column}) like ${likePattern(text)} escape '\\'`,
  refusal: (error) => {
    const { code = '' } = error as { code?: string }
    return SQLITE_REFUSALS[code] ?? (DISK_TROUBLE.test(code) ? 'unreachable' : undefined)
  },
}

const SQLITE_REFUSALS: Record<string, Refusal> = {
  SQLITE_CONSTRAINT_UNIQUE: 'unique',
  SQLITE_CONSTRAINT_PRIMARYKEY: 'unique',
  SQLITE_CONSTRAINT_FOREIGNKEY: 'reference',
  SQLITE_CONSTRAINT_CHECK: 'check',
  SQLITE_CONSTRAINT_NOTNULL: 'check',
  SQLITE_CONSTRAINT_DATATYPE: 'check',
  SQLITE_TOOBIG: 'check',
  SQLITE_CONSTRAINT_TRIGGER: 'frozen',
  SQLITE_BUSY: 'busy',
  SQLITE_BUSY_SNAPSHOT: 'busy',
}

/** Not the data's fault: a full disk, an unreadable or read-only file. It works again when somebody has mended that. */
const DISK_TROUBLE = /^SQLITE_(FULL|IOERR|CANTOPEN|READONLY|NOMEM|CORRUPT|NOTADB)/

const MARIADB_TYPES = {
  id: 'char(36) character set ascii collate ascii_bin',
  instant: 'varchar(24) character set ascii collate ascii_bin',
  day: 'char(10) character set ascii collate ascii_bin',
  hash: 'char(64) character set ascii collate ascii_bin',
  text: 'mediumtext',
  json: 'mediumtext',
  boolean: 'tinyint',
  integer: 'bigint',
  bytes: 'blob',
  content: 'longblob',
} as const

export const mariadb: Dialect = {
  kind: 'mariadb',
  columnType: (type) => {
    if (type.of === 'line') return `varchar(${type.max})`
    if (type.of === 'oneOf')
      return `varchar(${Math.max(...type.values.map((value) => value.length))}) character set ascii collate ascii_bin`
    return MARIADB_TYPES[type.of]
  },
  tableOptions: ' engine=InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin',
  schemaChange: { before: ['set foreign_key_checks = 0'], after: ['set foreign_key_checks = 1'] },
  // VARCHAR instants, not CHAR: MariaDB refuses CHAR in an indexed generated column (its value depends on sql_mode).
  // No partial indexes here: a generated column is null for archived rows, and nulls never collide.
  uniqueAmongActive: (table, columns) => [
    `alter table ${table} add column if not exists active_row tinyint generated always as (case when archived_at is null then 1 end) stored`,
    `create unique index if not exists ${indexName(table, columns)} on ${table} (${columns.join(', ')}, active_row)`,
  ],
  uniqueWhere: (table, { name, columns, where }) => [
    `alter table ${table} add column if not exists ${name}_row tinyint generated always as (case when ${where} then 1 end) stored`,
    `create unique index if not exists ${table}_${name} on ${table} (${columns.join(', ')}, ${name}_row)`,
  ],
  addColumn: (table, column, type, target) => [
    `alter table ${table} add column if not exists \`${column}\` ${type}`,
    ...(target
      ? [`alter table ${table} add foreign key if not exists ${table}_${column} (${column}) references ${target} (id)`]
      : []),
  ],
  refuseChange: (table, { on, when }) => [
    `create trigger if not exists ${table}_frozen_${on} before ${on} on ${table} for each row begin if ${when} then signal sqlstate '45000' set message_text = 'frozen'; end if; end`,
  ],
  contains: (column, text) => sql<SqlBool>`lower(${column}) like ${likePattern(text)} escape '\\\\'`,
  // By number: mysql2 has wrong names for some of MariaDB's own.
  refusal: (error) =>
    MARIADB_REFUSALS[(error as { errno?: number }).errno ?? 0] ??
    (CONNECTION_LOST.has((error as { code?: string }).code ?? '') ? 'unreachable' : undefined),
}

const MARIADB_REFUSALS: Record<number, Refusal> = {
  1062: 'unique',
  1451: 'reference',
  1452: 'reference',
  4025: 'check',
  1048: 'check',
  // Too long, out of range, not a text of the column's character set.
  1406: 'check',
  1264: 'check',
  1366: 'check',
  // A trigger of ours refused.
  1644: 'frozen',
  1213: 'busy',
  1205: 'busy',
  1020: 'busy',
  // Disk or table full, read-only, too many connections, shutting down, killed by an administrator.
  1021: 'unreachable',
  1114: 'unreachable',
  1290: 'unreachable',
  1040: 'unreachable',
  1053: 'unreachable',
  1927: 'unreachable',
}
const CONNECTION_LOST = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'PROTOCOL_CONNECTION_LOST',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
])
