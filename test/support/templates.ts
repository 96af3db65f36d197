import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { createConnection, type RowDataPacket } from 'mysql2/promise'
import { inject } from 'vitest'
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

/** A migrated database of each kind, made once for a test run: with each test its own, the migrations would take most of the time. */
const FILES = { sqlite: 'template.db', mariadb: 'template.sql' }
const NAME = 'template'

/** Vitest's global set-up, after the one that starts MariaDB. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'msp-templates-'))
  await migrated(`sqlite:${join(folder, FILES.sqlite)}`)
  const server = project.getProvidedContext().mariadbUrl
  if (server) await writeFile(join(folder, FILES.mariadb), await mariadbScript(server))
  project.provide('templates', folder)
  return () => rm(folder, { recursive: true, force: true })
}

/** Makes an empty database one that is migrated. */
export async function fillFromTemplate(url: string): Promise<void> {
  const config = parseDatabaseUrl(url)
  const folder = inject('templates')
  if (config.kind === 'sqlite') return copyFile(join(folder, FILES.sqlite), config.path)
  const connection = await createConnection({ uri: url.replace('mariadb:', 'mysql:'), multipleStatements: true })
  try {
    await connection.query(await readFile(join(folder, FILES.mariadb), 'utf8'))
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

/** The statements that make a copy of the template: its tables, what the migrations wrote into them, its triggers. */
async function mariadbScript(server: string): Promise<string> {
  const connection = await createConnection(server.replace('mariadb:', 'mysql:'))
  const rows = async (statement: string) => (await connection.query<RowDataPacket[]>(statement))[0]
  try {
    await connection.query(`create database ${NAME} character set utf8mb4 collate utf8mb4_nopad_bin`)
    await migrated(`${server}/${NAME}`)
    await connection.query(`use ${NAME}`)
    const statements = ['set foreign_key_checks = 0']
    for (const { name } of await rows(
      `select table_name as name from information_schema.tables where table_schema = '${NAME}'`,
    )) {
      const [made] = await rows(`show create table \`${name}\``)
      statements.push(made?.['Create Table'])
      for (const row of await rows(`select ${await columnsOf(rows, name)} from \`${name}\``))
        statements.push(insertOf((value) => connection.escape(value), name, row))
    }
    for (const { Trigger: name } of await rows('show triggers')) {
      const [made] = await rows(`show create trigger \`${name}\``)
      statements.push(String(made?.['SQL Original Statement']).replace(/definer=\S+ /i, ''))
    }
    return statements.join(';\n')
  } finally {
    await connection.end()
  }
}

/** What can be written into a table: its columns without those that the database computes. */
async function columnsOf(rows: (statement: string) => Promise<RowDataPacket[]>, table: string): Promise<string> {
  const found = await rows(
    `select column_name as name from information_schema.columns where table_schema = '${NAME}' and table_name = '${table}' and is_generated = 'NEVER'`,
  )
  return found.map(({ name }) => `\`${name}\``).join(', ')
}

const insertOf = (quoted: (value: unknown) => string, table: string, row: RowDataPacket) =>
  `insert into \`${table}\` (${Object.keys(row).map((column) => `\`${column}\``)}) values (${Object.values(row).map(quoted)})`
