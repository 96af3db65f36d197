import { sql } from 'kysely'
import { ConfigError } from '../config.ts'
import type { Database } from './open.ts'

/** Only ever added to. (TRUNCATE would need DROP, which the account has nowhere.) */
const APPENDED = new Set(['credential_audit_log', 'api_audit_log', 'audit_bodies'])
const OTHERWISE: Record<string, string> = {
  // Noted in it is only where a state was brought to.
  audit_checkpoints: 'SELECT, INSERT, UPDATE (pushed)',
  audit_heads: 'SELECT, INSERT, UPDATE',
  kysely_migration: 'SELECT',
  kysely_migration_lock: 'SELECT',
}

/**
 * The statements that make an account of MariaDB for the server's daily work: it can change neither the schema nor what the audit has.
 * Migrations then need the account that owns the database.
 *
 * @param account `name@host`
 * @throws ConfigError on SQLite, where there are no accounts, and for an account that is not of that form
 */
export async function grantsFor({ db, dialect }: Database, account: string): Promise<string[]> {
  if (dialect.kind === 'sqlite')
    throw new ConfigError(
      'SQLite has no accounts: there triggers guard the audit, and the file belongs to the user of the server alone.',
    )
  const [, name, host] = /^([\w.-]{1,80})@([\w.%:-]{1,60})$/.exec(account) ?? []
  if (!name || !host)
    throw new ConfigError(`"${account}" is no account. Write name@host, like msp_app@10.0.0.5 or msp_app@%.`)
  const who = `'${name}'@'${host}'`
  const { rows } = await sql<{ name: string; here: string }>`
    select table_name as name, database() as here from information_schema.tables
    where table_schema = database() and table_type = 'BASE TABLE' order by table_name`.execute(db)
  const rightsOn = (table: string) =>
    APPENDED.has(table) ? 'SELECT, INSERT' : (OTHERWISE[table] ?? 'SELECT, INSERT, UPDATE, DELETE')
  return [
    `CREATE USER IF NOT EXISTS ${who} IDENTIFIED BY 'choose a password';`,
    ...rows.map((table) => `GRANT ${rightsOn(table.name)} ON \`${table.here}\`.\`${table.name}\` TO ${who};`),
  ]
}
