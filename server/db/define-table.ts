import { type Kysely, sql } from 'kysely'
import { type ColumnType, type Dialect, indexName, type RefusedChange } from './dialect.ts'

/**
 * How migrations declare a table. A column is a word or two: `id`, `instant`, `day`, `hash`, `text`, `json`, `boolean`,
 * `integer`, `bytes` (up to 64 KB), `content` (more), `line(200)`, `oneOf(a|b)`; an exclamation mark at the end forbids null.
 */
export interface TableDeclaration {
  columns: Record<string, string>
  primaryKey?: readonly string[]
  /** Column → table whose `id` it holds. */
  references?: Record<string, string>
  /** Column → table of the same client: the pair (client_id, column) must exist there, so a row never points across clients. */
  sameClient?: Record<string, string>
  /** The same for columns that may also name a row of no client: `column` holds whose the named row is, null for nobody's. */
  sameClientOrNone?: { column: string; targets: Record<string, string> }
  /** Columns more, for unique keys: each holds the first id that there is among several columns, or nothing. */
  keys?: Record<string, readonly string[]>
  unique?: readonly (readonly string[])[]
  uniqueAmongActive?: readonly (readonly string[])[]
  /** Unique among the rows that a condition holds for: `{ name: 'running', columns: ['technician_id'], where: "status = 'running'" }`. */
  uniqueWhere?: readonly { name: string; columns: readonly string[]; where: string }[]
  checks?: readonly string[]
  indexes?: readonly (readonly string[])[]
  /** Rows of other tables refer to (client_id, id) of this one. */
  clientParent?: boolean
  /** Rows that nothing may change or delete any more, by a trigger: what is locked, what is only ever appended to. */
  frozen?: readonly RefusedChange[]
  /** Columns whose references end with the row (a junction's). */
  cascade?: readonly string[]
}

/** The columns that every entity has; `defineEntity` declares the same. */
const STANDARD = {
  id: 'id!',
  created_at: 'instant!',
  updated_at: 'instant!',
  created_by: 'id',
  updated_by: 'id',
  archived_at: 'instant',
  row_version: 'integer!',
}

/** An entity's table: with the standard columns. */
export const entityTable = (declaration: TableDeclaration): TableDeclaration => ({
  primaryKey: ['id'],
  ...declaration,
  columns: { ...STANDARD, ...declaration.columns },
})

/**
 * Creates a table with its constraints and indexes. Every statement can be run again: MariaDB commits each one by itself,
 * so a killed migration goes on where it stopped.
 */
export async function createTable(
  db: Kysely<never>,
  dialect: Dialect,
  name: string,
  table: TableDeclaration,
): Promise<void> {
  const indexes = dialect.indexes(name, table)
  const parts = [
    ...Object.entries(table.columns).map(([column, type]) => columnDefinition(dialect, column, type)),
    ...Object.entries(table.keys ?? {}).map(([column, among]) => `${column} ${firstOf(dialect, among)}`),
    `primary key (${(table.primaryKey ?? []).join(', ')})`,
    ...(table.clientParent ? ['unique (client_id, id)'] : []),
    ...(table.unique ?? []).map((columns) => `unique (${columns.join(', ')})`),
    ...Object.entries(table.references ?? {}).map(
      ([column, target]) =>
        `foreign key (${column}) references ${target} (id)${table.cascade?.includes(column) ? ' on delete cascade' : ''}`,
    ),
    ...Object.entries(table.sameClient ?? {}).map(
      ([column, target]) => `foreign key (client_id, ${column}) references ${target} (client_id, id)`,
    ),
    ...(table.sameClientOrNone ? sameClientOrNone(table.sameClientOrNone) : []),
    ...(table.checks ?? []).map((check) => `check (${check})`),
    ...indexes.inTable,
  ]
  const statements = [
    `create table if not exists ${name} (\n  ${parts.join(',\n  ')}\n)${dialect.tableOptions}`,
    ...indexes.after,
    ...(table.frozen ?? []).flatMap((refused) => dialect.refuseChange(name, refused)),
  ]
  await run(db, statements)
}

const sameClientOrNone = ({ column, targets }: { column: string; targets: Record<string, string> }) => [
  ...Object.entries(targets).map(
    ([named, target]) => `foreign key (${column}, ${named}) references ${target} (client_id, id)`,
  ),
  `check (${column} is null or (client_id is not null and ${column} = client_id))`,
]

/** Adds columns, which may be null, keys and indexes to a table of an earlier migration. */
export async function addColumns(
  db: Kysely<never>,
  dialect: Dialect,
  name: string,
  {
    columns,
    references,
    sameClient,
    keys,
    indexes,
  }: Pick<TableDeclaration, 'columns' | 'references' | 'sameClient' | 'keys' | 'indexes'>,
): Promise<void> {
  const statements = [
    ...Object.entries(columns).flatMap(([column, declared]) => {
      const type = parseType(declared)
      return dialect.addColumn(
        name,
        column,
        `${dialect.columnType(type)}${columnCheck(column, type)}`,
        references?.[column],
      )
    }),
    ...Object.entries(sameClient ?? {}).flatMap(([column, target]) => dialect.addSameClient(name, column, target)),
    ...Object.entries(keys ?? {}).flatMap(([column, among]) =>
      dialect.addColumn(name, column, firstOf(dialect, among), undefined),
    ),
    ...(indexes ?? []).map((indexed) => createIndex(name, indexed)),
  ]
  await run(db, statements)
}

/** The one database cannot add a stored column that is computed; the other keeps better indexes on stored ones. */
function firstOf(dialect: Dialect, among: readonly string[]): string {
  const kept = dialect.kind === 'sqlite' ? 'virtual' : 'stored'
  // Without rtrim the value of a fixed-length column would depend on a setting of the connection, which an indexed column must not.
  const first = `coalesce(${among.map((id) => `rtrim(${id})`).join(', ')}, '')`
  return `${dialect.columnType({ of: 'line', max: 36 })} generated always as (${first}) ${kept}`
}

/** Statements that can be run again, one after the other. */
export async function run(db: Kysely<never>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const createIndex = (table: string, columns: readonly string[]) =>
  `create index if not exists ${indexName(table, columns)} on ${table} (${columns.join(', ')})`

function columnDefinition(dialect: Dialect, column: string, declared: string): string {
  const type = parseType(declared.replace('!', ''))
  const nullability = declared.endsWith('!') ? ' not null' : ''
  // Both databases take back-ticks; `signal` and `change` are words of one of them.
  return `\`${column}\` ${dialect.columnType(type)}${nullability}${columnCheck(column, type)}`
}

function columnCheck(column: string, type: ColumnType): string {
  if (type.of === 'boolean') return ` check (\`${column}\` in (0, 1))`
  if (type.of === 'json') return ` check (json_valid(\`${column}\`))`
  if (type.of === 'oneOf') return ` check (\`${column}\` in (${type.values.map((value) => `'${value}'`).join(', ')}))`
  return ''
}

function parseType(declared: string): ColumnType {
  const argument = /^(line|oneOf)\((.+)\)$/.exec(declared)
  if (argument?.[1] === 'line') return { of: 'line', max: Number(argument[2]) }
  if (argument?.[1] === 'oneOf') return { of: 'oneOf', values: (argument[2] as string).split('|') }
  return { of: declared as Exclude<ColumnType['of'], 'line' | 'oneOf'> }
}
