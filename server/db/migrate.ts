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
import * as recall from './migrations/0010_recall.ts'
import * as workRules from './migrations/0011_work_rules.ts'
import * as search from './migrations/0012_search.ts'
import * as integrations from './migrations/0013_integrations.ts'
import * as messages from './migrations/0014_messages.ts'
import * as clientBackups from './migrations/0015_client_backups.ts'
import * as sortOrders from './migrations/0016_sort_orders.ts'
import * as keysInUse from './migrations/0017_keys_in_use.ts'
import * as redaction from './migrations/0018_redaction.ts'
import * as guard from './migrations/0019_guard.ts'
import * as passages from './migrations/0020_passages.ts'
import * as measuredWork from './migrations/0021_measured_work.ts'

import * as pricing from './migrations/0022_pricing.ts'

import * as deliveries from './migrations/0025_deliveries.ts'

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
  '0010_recall': recall,
  '0011_work_rules': workRules,
  '0012_search': search,
  '0013_integrations': integrations,
  '0014_messages': messages,
  '0015_client_backups': clientBackups,
  '0016_sort_orders': sortOrders,
  '0017_keys_in_use': keysInUse,
  '0018_redaction': redaction,
  '0019_guard': guard,
  '0020_passages': passages,
  '0021_measured_work': measuredWork,
  '0022_pricing': pricing,
  '0025_deliveries': deliveries,
}

/**
 * Brings the schema up to date. Safe when two servers start at once: one waits for the other, on MariaDB by the migrator's lock, on SQLite
 * by the transaction.
 *
 * @throws ConfigError when the database was written by a newer version.
 */
export async function migrate(database: Database): Promise<string[]> {
  const { db, dialect } = database
  const applied = await appliedMigrations(database)
  refuseNewerSchema(applied)
  if (applied.length === Object.keys(MIGRATIONS).length) return []
  const bound: Record<string, Migration> = {}
  for (const [name, { up }] of Object.entries(MIGRATIONS))
    bound[name] = { up: (connection) => changeSchema(connection as Kysely<never>, dialect, up) }
  const migrator = new Migrator({ db, provider: { getMigrations: async () => bound } })
  const { error, results } = await migrator.migrateToLatest()
  if (error) throw error
  return (results ?? []).map((result) => result.migrationName)
}

/** True when every migration of this version has been applied and none that it does not know. */
export async function isMigrated(database: Database): Promise<boolean> {
  const applied = await appliedMigrations(database)
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

function refuseNewerSchema(applied: readonly string[]): void {
  const unknown = applied.filter((name) => !(name in MIGRATIONS))
  if (unknown.length === 0) return
  throw new ConfigError(
    `The server cannot start:\n  The database was written by a newer version of ClaudeTools (it has ${unknown.join(', ')}). Update this installation ("git pull && npm ci && npm start"), or restore a backup of the older version.`,
  )
}

/** None where there is no such table yet. Without a look at the schema: to describe a hundred tables takes one of the databases half a second. */
export async function appliedMigrations({ db, dialect }: Database): Promise<string[]> {
  const found = await sql<{ name: string }>`select name from kysely_migration order by name`
    .execute(db)
    .catch((error: unknown) => {
      if (dialect.isNoSuchTable(error)) return { rows: [] }
      throw error
    })
  return found.rows.map((row) => row.name)
}
