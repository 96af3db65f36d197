import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { createConnection, format, type RowDataPacket } from 'mysql2/promise'
import type { TestProject } from 'vitest/node'
import { parseDatabaseUrl } from '../../server/config.ts'
import { migrate } from '../../server/db/migrate.ts'
import { openDatabase } from '../../server/db/open.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the templates of this test run are. */
    templates: string
  }
}

/**
 * Migrated databases for tests: with each test its own, the migrations would take most of the time. SQLite has a file to be copied. To make
 * a hundred tables takes MariaDB a second: there a schema is emptied after a test, and lent to the next one.
 */
export const FILES = { sqlite: 'template.db', making: 'making.sql', emptying: 'emptying.sql' }
export const NAME = 'template'

/** Vitest's global set-up, after the one that starts MariaDB. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'msp-templates-'))
  await migrated(`sqlite:${join(folder, FILES.sqlite)}`)
  const server = project.getProvidedContext().mariadbUrl
  if (server) {
    const { making, emptying } = await mariadbScripts(server)
    await writeFile(join(folder, FILES.making), making)
    await writeFile(join(folder, FILES.emptying), emptying)
  }
  project.provide('templates', folder)
  return () => rm(folder, { recursive: true, force: true })
}

export type Query = (statement: string, values?: string[]) => Promise<RowDataPacket[]>

/** Does some work on a MariaDB server; a statement may be several. */
export async function onServer<T>(url: string, work: (query: Query) => Promise<T>): Promise<T> {
  const connection = await createConnection({ uri: url.replace('mariadb:', 'mysql:'), multipleStatements: true })
  try {
    return await work(async (statement, values) => (await connection.query<RowDataPacket[]>(statement, values))[0])
  } finally {
    await connection.end()
  }
}

async function migrated(url: string): Promise<void> {
  const database = await openDatabase(parseDatabaseUrl(url))
  await migrate(database)
  // Into the file itself, which is copied without the log beside it.
  if (database.dialect.kind === 'sqlite') await sql`pragma wal_checkpoint(truncate)`.execute(database.db)
  await database.db.destroy()
}

/** The statements that make a copy of the template (its tables, what the migrations wrote into them, its triggers), and those that make a used one like it again. */
const mariadbScripts = (server: string) =>
  onServer(server, async (query) => {
    await query(`create database ${NAME} character set utf8mb4 collate utf8mb4_nopad_bin`)
    await migrated(`${server}/${NAME}`)
    await query(`use ${NAME}`)
    const making = ['set foreign_key_checks = 0']
    const emptying = ['set foreign_key_checks = 0']
    const frozen = await query(
      `select event_object_table as name from information_schema.triggers where trigger_schema = '${NAME}'`,
    )
    const tables = await query(
      `select table_name as name from information_schema.tables where table_schema = '${NAME}'`,
    )
    for (const { name } of tables) {
      const [made] = await query(`show create table \`${name}\``)
      const rows = await query(`select ${await columnsOf(query, name)} from \`${name}\``)
      const inserts = rows.map((row) => insertOf(name, row))
      making.push(made?.['Create Table'], ...inserts)
      // Of a table that refuses to forget a row, all rows go at once.
      const isFrozen = frozen.some((table) => table.name === name)
      emptying.push(isFrozen ? `truncate table \`${name}\`` : `delete from \`${name}\``, ...inserts)
    }
    for (const { Trigger: name } of await query('show triggers')) {
      const [made] = await query(`show create trigger \`${name}\``)
      making.push(String(made?.['SQL Original Statement']).replace(/definer=\S+ /i, ''))
    }
    await query('create table free (url varchar(200) primary key)')
    return { making: making.join(';\n'), emptying: emptying.join(';\n') }
  })

/** What can be written into a table: its columns without those that the database computes. */
async function columnsOf(query: Query, table: string): Promise<string> {
  const found = await query(
    `select column_name as name from information_schema.columns where table_schema = '${NAME}' and table_name = '${table}' and is_generated = 'NEVER'`,
  )
  return found.map(({ name }) => `\`${name}\``).join(', ')
}

const insertOf = (table: string, row: RowDataPacket) =>
  format('insert into ?? (??) values (?)', [table, Object.keys(row), Object.values(row)])
