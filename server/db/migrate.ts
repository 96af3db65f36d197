import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { ConfigError } from '../config.ts'
import type { Dialect } from './dialect.ts'
import * as people from './migrations/0001_people.ts'
import * as clients from './migrations/0002_clients.ts'
import * as work from './migrations/0003_work.ts'
import * as knowledge from './migrations/0004_knowledge.ts'
import * as documentation from './migrations/0005_documentation.ts'
import * as trust from './migrations/0006_trust.ts'
import * as changes from './migrations/0007_changes.ts'
import * as billing from './migrations/0008_billing.ts'
import * as learning from './migrations/0009_learning.ts'
import * as recall from './migrations/0009_recall.ts'
import * as workRules from './migrations/0010_work_rules.ts'
import * as search from './migrations/0011_search.ts'
import * as integrations from './migrations/0012_integrations.ts'
import * as messages from './migrations/0013_messages.ts'
import * as clientBackups from './migrations/0014_client_backups.ts'
import type { Database } from './open.ts'

/** In order; a released one is never edited. */
const MIGRATIONS: Record<string, { up(db: Kysely<never>, dialect: Dialect): Promise<void> }> = {
  '0001_people': people,
  '0002_clients': clients,
  '0003_work': work,
  '0004_knowledge': knowledge,
  '0005_documentation': documentation,
  '0006_trust': trust,
  '0007_changes': changes,
  '0008_billing': billing,
  '0009_learning': learning,
  '0009_recall': recall,
  '0010_work_rules': workRules,
  '0011_search': search,
  '0012_integrations': integrations,
  '0013_messages': messages,
  '0014_client_backups': clientBackups,
}

/**
 * Brings the schema up to date. Safe when two servers start at once: one waits for the other, on MariaDB by the migrator's lock, on SQLite
 * by the transaction.
 *
 * @throws ConfigError when the database was written by a newer version.
 */
export async function migrate({ db, dialect }: Database): Promise<string[]> {
  await refuseNewerSchema(db)
  const bound: Record<string, Migration> = {}
  for (const [name, { up }] of Object.entries(MIGRATIONS))
    bound[name] = { up: (connection) => changeSchema(connection as Kysely<never>, dialect, up) }
  const migrator = new Migrator({ db, provider: { getMigrations: async () => bound } })
  const { error, results } = await migrator.migrateToLatest()
  if (error) throw error
  return (results ?? []).map((result) => result.migrationName)
}

/** True when every migration of this version has been applied and none that it does not know. */
export async function isMigrated({ db }: Database): Promise<boolean> {
  const applied = await appliedMigrations(db)
  return applied.length === Object.keys(MIGRATIONS).length && applied.every((name) => name in MIGRATIONS)
}

async function changeSchema(
  db: Kysely<never>,
  dialect: Dialect,
  up: (db: Kysely<never>, dialect: Dialect) => Promise<void>,
): Promise<void> {
  for (const statement of dialect.schemaChange.before) await sql.raw(statement).execute(db)
  try {
    await up(db, dialect)
  } finally {
    for (const statement of dialect.schemaChange.after) await sql.raw(statement).execute(db)
  }
}

async function refuseNewerSchema(db: Database['db']): Promise<void> {
  const unknown = (await appliedMigrations(db)).filter((name) => !(name in MIGRATIONS))
  if (unknown.length === 0) return
  throw new ConfigError(
    `The server cannot start:\n  The database was written by a newer version of ClaudeTools (it has ${unknown.join(', ')}). Update this installation ("git pull && npm ci && npm start"), or restore a backup of the older version.`,
  )
}

async function appliedMigrations(db: Database['db']): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some((table) => table.name === 'kysely_migration')) return []
  const rows = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  return rows.rows.map((row) => row.name)
}
