import {
  type KyselyPlugin,
  MysqlQueryCompiler,
  type QueryId,
  type RawBuilder,
  type RootOperationNode,
  sql,
} from 'kysely'
import { describe, expect, test } from 'vitest'
import { migrate } from '../../server/db/migrate.ts'
import type { Database } from '../../server/db/open.ts'
import { DATABASES, type DatabaseKind, freshDatabaseUrl } from '../support/databases.ts'
import { fillReleasedDatabase, makeReleasedSchema } from './released-database.ts'
import { opened, schemaOf } from './schema.ts'

/** Schemas that come about one after the other: whatever interrupts it and whatever is in it, the end is the same. */

/** The tables of the domain. Adding one here is a decision; they are what an MSP's documentation consists of. */
const DOMAIN_TABLES = {
  'Core MSP Tracking': ['machines', 'clients', 'projects', 'sessions', 'tasks', 'billable_time'],
  'Client & Infrastructure': [
    'sites',
    'infrastructure',
    'services',
    'service_relationships',
    'networks',
    'firewall_rules',
    'm365_tenants',
  ],
  'Credentials & Security': ['credentials', 'credential_permissions', 'credential_audit_log', 'security_incidents'],
  'Work Details': [
    'work_items',
    'commands_run',
    'file_changes',
    'infrastructure_changes',
    'problem_solutions',
    'deployments',
  ],
  'Failure Analysis & Insights': ['operation_failures', 'failure_patterns', 'environmental_insights'],
  'Tagging & Categorization': ['tags', 'work_categories', 'tag_rules'],
  'System & Audit': ['api_audit_log', 'backup_log'],
  'External Integrations': ['external_integrations', 'integration_credentials', 'ticket_links'],
  Junction: ['work_item_tags', 'session_tags'],
  'Context Recall': [
    'conversation_contexts',
    'context_snippets',
    'project_states',
    'decision_logs',
    'context_links',
    'context_recalls',
    'context_tags',
  ],
}

/** The statements that a database is asked to run, before it is; `before` may throw in place of one. */
function watched({ db, dialect }: Database, before: (statement: string) => void): Database {
  const compiler = new MysqlQueryCompiler()
  const plugin: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      before(textOf(compiler, node, queryId))
      return node
    },
    transformResult: async ({ result }) => result,
  }
  return { db: db.withPlugin(plugin), dialect }
}

function textOf(compiler: MysqlQueryCompiler, node: RootOperationNode, queryId: QueryId): string {
  const { sql: text, parameters } = compiler.compileQuery(node, queryId)
  // Of its parameters only the migration's name is always the same; the other is the time.
  return text.startsWith('insert into `kysely_migration`') ? `${text} ${parameters[0]}` : text
}

const CHANGES_SCHEMA = /^(create|alter|insert|update|drop)/

/** The statements of all migrations, in order, each of them once. */
async function statementsOf(kind: DatabaseKind): Promise<{ statements: string[]; schema: string[] }> {
  await using fresh = await freshDatabaseUrl(kind)
  await using database = await opened(fresh.url)
  const statements = new Set<string>()
  await migrate(watched(database, (statement) => CHANGES_SCHEMA.test(statement) && statements.add(statement)))
  return { statements: [...statements], schema: await schemaOf(database) }
}

/** Migrates until the statement comes, and dies before it: no clean-up either. */
async function dieBefore(url: string, last: string): Promise<void> {
  await using database = await opened(url)
  let dead = false
  const dying = watched(database, (statement) => {
    dead ||= statement === last
    if (dead) throw new Error('killed')
  })
  await expect(migrate(dying)).rejects.toThrow('killed')
}

/** SQLite takes all of it back, wherever it is killed; the other keeps each statement. */
const EVERY: Record<DatabaseKind, number> = { sqlite: 49, mariadb: 7 }

for (const kind of DATABASES) {
  describe(`migrations, on ${kind}`, () => {
    test('go on wherever they were killed', { timeout: 300_000 }, async () => {
      const { statements, schema } = await statementsOf(kind)
      const isBoundary = (statement: string | undefined) => statement?.startsWith('insert into `kysely_migration`')
      const deaths = statements.filter(
        (statement, index) => index % EVERY[kind] === 0 || isBoundary(statement) || isBoundary(statements[index - 1]),
      )
      await using fresh = await freshDatabaseUrl(kind)

      for (const death of deaths) await dieBefore(fresh.url, death)
      await using database = await opened(fresh.url)
      await migrate(database)

      expect(deaths.length).toBeGreaterThan(25)
      expect(await schemaOf(database)).toEqual(schema)
    })

    test('keep what a database of the first release holds', async () => {
      await using fresh = await freshDatabaseUrl(kind)
      await using database = await opened(fresh.url)
      await makeReleasedSchema(database)
      const before = await fillReleasedDatabase(database)

      await migrate(database)

      for (const [table, rows] of Object.entries(before)) {
        const after = await readTable(database, table)
        expect(after, table).toEqual(rows.map((row) => expect.objectContaining(row)))
      }
      expect(Object.keys(before)).toEqual(expect.arrayContaining(['sessions', 'commands_run', 'failure_patterns']))
    })
  })
}

const readTable = async ({ db }: Database, table: string): Promise<unknown[]> =>
  (await sql`select * from ${sql.table(table)}`.execute(db)).rows

/** Tables and columns, without what the database makes by itself: generated columns, and the tables of its full-text index. */
const COLUMNS: Record<DatabaseKind, RawBuilder<{ of: string; name: string; required: number }>> = {
  sqlite: sql`select tables.name as of, columns.name as name, columns."notnull" as required
    from pragma_table_list tables join pragma_table_info(tables.name) columns
    where tables.schema = 'main' and tables.type = 'table'`,
  mariadb: sql`select table_name as of, column_name as name, is_nullable = 'NO' as required
    from information_schema.columns where table_schema = database() and generation_expression is null`,
}

/** `client_id`, or `client_id!` where it must be there. */
async function columnsOf(kind: DatabaseKind): Promise<Record<string, string[]>> {
  await using fresh = await freshDatabaseUrl(kind)
  await using database = await opened(fresh.url)
  await migrate(database)
  const { rows } = await COLUMNS[kind].execute(database.db)
  const columns = rows.filter(({ of }) => !/^(sqlite|kysely)_/.test(of))
  return Object.fromEntries(
    Object.entries(Object.groupBy(columns, ({ of }) => of)).map(([table, all = []]) => [
      table,
      all.map(({ name, required }) => `${name}${required ? '!' : ''}`).sort(),
    ]),
  )
}

test('the tables of the domain are there, with the same columns on every database', async () => {
  const [first = {}, ...others] = await Promise.all(DATABASES.map(columnsOf))

  const wanted = Object.values(DOMAIN_TABLES).flat()
  expect(wanted).toHaveLength(43)
  expect(Object.keys(first)).toEqual(expect.arrayContaining(wanted))
  for (const other of others) expect(other).toEqual(first)
})
