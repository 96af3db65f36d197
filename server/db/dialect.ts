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
  /** The indexes of a new table: what stands in CREATE TABLE for them, and the statements that follow it. */
  indexes(table: string, indexes: Indexes): { inTable: string[]; after: string[] }
  /** Uniqueness among the rows of an earlier table that a condition holds for. */
  uniqueWhere(table: string, unique: { name: string; columns: readonly string[]; where: string }): string[]
  /** A column more, null in the rows that are there. */
  addColumn(table: string, column: string, type: string, target: string | undefined): string[]
  /** Holds a column of an earlier table to rows of the same client, where the row has one. */
  addSameClient(table: string, column: string, target: string): string[]
  /** A trigger that refuses to change or delete a row that the condition (on `old`) holds for. */
  refuseChange(table: string, refused: RefusedChange): string[]
  /** Does the column contain the text, letter case ignored? */
  contains(column: Expression<unknown>, text: string): RawBuilder<SqlBool>
  /** What follows a select to hold its rows until the transaction ends; nothing where a transaction holds the whole database. */
  forUpdate: string
  /** What follows `insert … values …` to update the row that is there already: `… seq = seq` holds it. */
  orUpdate: string
  /** Takes an index away, where it is there. */
  dropIndex(table: string, columns: readonly string[]): string
  /** How a column takes more words than before: by a statement, or by building the table again. */
  widenOneOf(table: string, column: string, values: readonly string[]): { alter: string[]; rebuild: boolean }
  /** Several servers may work on one database. */
  hasSeveralServers: boolean
  /** Seconds since 1970 by the database's own clock; none where that is this host's. */
  now: string | undefined
  /** Several servers share this table's rows, which may be lost when the database restarts. */
  keepInMemory(table: string): string[]
  /** What makes the database's files forget values that have been overwritten, beyond what every change does. */
  erasing: readonly string[]
  /** Words of a column, found by an index. The table's key is a number, which the database gives. */
  fullText: {
    create(table: string, key: string, column: string): string[]
    /** Takes the table and its index away. */
    drop(table: string): string[]
    match(table: string, key: string, column: string, words: WordGroups): FullTextMatch
    /** The index keeps words of rows that have changed until it is put in order. */
    forget(table: string): string[]
  }
  /** Did a statement name a table that is not there? */
  isNoSuchTable(error: unknown): boolean
  /** Why a statement was refused, when the data was the reason; `busy` is worth another try. */
  refusal(error: unknown): Refusal | undefined
}

/** At least one word of each group. Words are of `a-z`, `0-9` and `_`, four characters and more: both databases take these whole. */
export type WordGroups = readonly (readonly string[])[]

/** The parts of a statement: `from <table> <join> where <matches> order by <newest> …`. */
export interface FullTextMatch {
  join: RawBuilder<unknown>
  matches: RawBuilder<SqlBool>
  /** By the key, the highest first, as the index gives them without sorting where it can. */
  newest: RawBuilder<unknown>
}

export interface Indexes {
  indexes?: readonly (readonly string[])[] | undefined
  /** Unique among rows that are not archived. */
  uniqueAmongActive?: readonly (readonly string[])[] | undefined
  /** Unique among the rows that a condition holds for. */
  uniqueWhere?: readonly { name: string; columns: readonly string[]; where: string }[] | undefined
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

/** The name of an index on these columns. */
export const indexName = (table: string, columns: readonly string[]): string =>
  `${table}_${columns.join('_')}`.slice(0, 60)
const activeName = (table: string, columns: readonly string[]) => indexName(`${table}_active`, columns)

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
  indexes: (table, { indexes = [], uniqueAmongActive = [], uniqueWhere = [] }) => {
    const unique = (name: string, columns: readonly string[], where: string) =>
      `create unique index if not exists ${name} on ${table} (${columns.join(', ')}) where ${where}`
    return {
      inTable: [],
      after: [
        ...uniqueAmongActive.map((columns) => unique(activeName(table, columns), columns, 'archived_at is null')),
        ...uniqueWhere.map(({ name, columns, where }) => unique(`${table}_${name}`, columns, where)),
        ...indexes.map(
          (columns) => `create index if not exists ${indexName(table, columns)} on ${table} (${columns.join(', ')})`,
        ),
      ],
    }
  },
  uniqueWhere: (table, unique) => sqlite.indexes(table, { uniqueWhere: [unique] }).after,
  // Within the transaction of the migration: never half done, so never there already.
  addColumn: (table, column, type, target) => [
    `alter table ${table} add column \`${column}\` ${type}${target ? ` references ${target} (id)` : ''}`,
  ],
  // It adds no reference of two columns to a table that is there.
  addSameClient: (table, column, target) => {
    const elsewhere = `new.client_id is not null and new.${column} is not null and not exists (select 1 from ${target} where id = new.${column} and client_id = new.client_id)`
    return ['insert', `update of ${column}, client_id`].map(
      (event) =>
        `create trigger if not exists ${table}_${column}_${event.slice(0, 6)} before ${event} on ${table} when ${elsewhere} begin select raise(abort, '${OF_ANOTHER_CLIENT}'); end`,
    )
  },
  forUpdate: '',
  orUpdate: 'on conflict do update set',
  dropIndex: (table, columns) => `drop index if exists ${indexName(table, columns)}`,
  widenOneOf: () => ({ alter: [], rebuild: true }),
  hasSeveralServers: false,
  now: undefined,
  // One server, which counts for itself.
  keepInMemory: () => [],
  // Freed bytes become zeros with each change (`secure_delete`), but where SQLite moves rows between pages copies of them stay behind: only
  // building the file anew leaves nothing. On the disk, because a database may be larger than the memory. The log holds older pages.
  erasing: ['pragma temp_store = FILE', 'vacuum', 'pragma temp_store = MEMORY', 'pragma wal_checkpoint(truncate)'],
  refuseChange: (table, { on, when }) => [
    `create trigger if not exists ${table}_frozen_${on} before ${on} on ${table} when ${when} begin select raise(abort, 'frozen'); end`,
  ],
  // The index has no copy of the words: triggers keep it to the table.
  fullText: {
    create: (table, key, column) => {
      const index = `${table}_words`
      const put = `insert into ${index} (rowid, ${column}) values (new.${key}, new.${column});`
      const take = `insert into ${index} (${index}, rowid, ${column}) values ('delete', old.${key}, old.${column});`
      const trigger = (event: string, on: string, body: string) =>
        `create trigger if not exists ${index}_${event} after ${on} on ${table} begin ${body} end`
      return [
        `create virtual table if not exists ${index} using fts5 (${column}, content='${table}', content_rowid='${key}', tokenize="ascii tokenchars '_'")`,
        trigger('insert', 'insert', put),
        trigger('delete', 'delete', take),
        trigger('update', `update of ${column}`, `${take} ${put}`),
      ]
    },
    drop: (table) => [`drop table if exists ${table}`, `drop table if exists ${table}_words`],
    forget: (table) => [`insert into ${table}_words (${table}_words) values ('optimize')`],
    match: (table, key, _column, words) => {
      const index = sql.table(`${table}_words`)
      const all = words.map((group) => `(${group.map((word) => `"${word}"`).join(' OR ')})`).join(' AND ')
      return {
        join: sql`join ${index} on ${index}.rowid = ${sql.ref(`${table}.${key}`)}`,
        matches: sql<SqlBool>`${index} match ${all}`,
        newest: sql`${index}.rowid desc`,
      }
    },
  },
  // lower() of SQLite knows ASCII only; `fold` is a function that open.ts adds.
  contains: (column, text) => sql<SqlBool>`fold(${column}) like ${likePattern(text)} escape '\\'`,
  isNoSuchTable: (error) => /^no such table: /.test((error as Error).message),
  refusal: (error) => {
    const { code = '', message } = error as { code?: string; message?: string }
    if (message === OF_ANOTHER_CLIENT) return 'reference'
    return SQLITE_REFUSALS[code] ?? (DISK_TROUBLE.test(code) ? 'unreachable' : undefined)
  },
}

const OF_ANOTHER_CLIENT = 'of another client'
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
  // In the statement that makes the table: each one after it would build it again.
  indexes: (table, { indexes = [], uniqueAmongActive = [], uniqueWhere = [] }) => {
    const row = (name: string, where: string) =>
      `${name} tinyint generated always as (case when ${where} then 1 end) stored`
    const unique = (name: string, columns: readonly string[], mark: string) =>
      `unique key ${name} (${columns.join(', ')}, ${mark})`
    return {
      inTable: [
        ...(uniqueAmongActive.length > 0 ? [row('active_row', 'archived_at is null')] : []),
        ...uniqueAmongActive.map((columns) => unique(activeName(table, columns), columns, 'active_row')),
        ...uniqueWhere.flatMap(({ name, columns, where }) => [
          row(`${name}_row`, where),
          unique(`${table}_${name}`, columns, `${name}_row`),
        ]),
        ...indexes.map((columns) => `key ${indexName(table, columns)} (${columns.join(', ')})`),
      ],
      after: [],
    }
  },
  uniqueWhere: (table, { name, columns, where }) => [
    `alter table ${table} add column if not exists ${name}_row tinyint generated always as (case when ${where} then 1 end) stored, add unique key if not exists ${table}_${name} (${columns.join(', ')}, ${name}_row)`,
  ],
  addColumn: (table, column, type, target) => [
    `alter table ${table} add column if not exists \`${column}\` ${type}`,
    ...(target
      ? [`alter table ${table} add foreign key if not exists ${table}_${column} (${column}) references ${target} (id)`]
      : []),
  ],
  addSameClient: (table, column, target) => [
    `alter table ${table} add foreign key if not exists ${table}_client_${column} (client_id, ${column}) references ${target} (client_id, id)`,
  ],
  forUpdate: ' for update',
  orUpdate: 'on duplicate key update',
  dropIndex: (table, columns) => `drop index if exists ${indexName(table, columns)} on ${table}`,
  widenOneOf: (table, column, values) => ({
    alter: [
      `alter table ${table} modify column \`${column}\` ${mariadb.columnType({ of: 'oneOf', values })} not null check (\`${column}\` in (${values.map((value) => `'${value}'`).join(', ')}))`,
    ],
    rebuild: false,
  }),
  hasSeveralServers: true,
  now: 'unix_timestamp(now(3))',
  keepInMemory: (table) => [`alter table ${table} engine=MEMORY`],
  // Its logs go round by themselves; a program cannot make them.
  erasing: [],
  refuseChange: (table, { on, when }) => [
    `create trigger if not exists ${table}_frozen_${on} before ${on} on ${table} for each row begin if ${when} then signal sqlstate '45000' set message_text = 'frozen'; end if; end`,
  ],
  fullText: {
    create: (table, key, column) => [
      `alter table ${table} modify ${key} bigint not null auto_increment`,
      `create fulltext index if not exists ${table}_words on ${table} (${column})`,
    ],
    drop: (table) => [`drop table if exists ${table}`],
    forget: (table) => [`optimize table ${table}`],
    match: (table, key, column, words) => {
      const all = words.map((group) => `+(${group.join(' ')})`).join(' ')
      const matches = sql<SqlBool>`match (${sql.ref(`${table}.${column}`)}) against (${all} in boolean mode)`
      return { join: sql``, matches, newest: sql`${sql.ref(`${table}.${key}`)} desc` }
    },
  },
  contains: (column, text) => sql<SqlBool>`lower(${column}) like ${likePattern(text)} escape '\\\\'`,
  // By number: mysql2 has wrong names for some of MariaDB's own.
  isNoSuchTable: (error) => (error as { errno?: number }).errno === 1146,
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
