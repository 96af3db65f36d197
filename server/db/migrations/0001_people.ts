import type { Kysely } from 'kysely'
import { createTable, entityTable, type TableDeclaration } from '../define-table.ts'
import type { Dialect } from '../dialect.ts'

/** Users, their logins and machines, and the keys of the server. Released: never edited, only followed by another migration. */
const tables: Record<string, TableDeclaration> = {
  users: entityTable({
    columns: {
      email: 'line(254)!',
      email_key: 'line(254)!',
      name: 'line(200)!',
      role: 'oneOf(viewer|technician|lead|admin)!',
      all_clients: 'boolean!',
      timezone: 'line(64)',
      password_hash: 'line(500)!',
      // Counts changes of rights: tokens of an older epoch are refused.
      epoch: 'integer!',
      last_login_at: 'instant',
    },
    uniqueAmongActive: [['email_key']],
    indexes: [['created_at']],
  }),
  logins: {
    columns: {
      id: 'id!',
      user_id: 'id!',
      label: 'line(200)',
      created_at: 'instant!',
      expires_at: 'instant!',
      last_used_at: 'instant!',
      revoked_at: 'instant',
      revoke_reason: 'oneOf(logout|password|reuse|disabled)',
    },
    primaryKey: ['id'],
    references: { user_id: 'users' },
    indexes: [['user_id', 'revoked_at'], ['expires_at']],
  },
  refresh_tokens: {
    columns: {
      token_hash: 'hash!',
      login_id: 'id!',
      created_at: 'instant!',
      used_at: 'instant',
      rotation_id: 'id',
      successor: 'bytes',
      successor_hash: 'hash',
    },
    primaryKey: ['token_hash'],
    references: { login_id: 'logins' },
    cascade: ['login_id'],
    indexes: [['login_id', 'created_at']],
  },
  encryption_keys: {
    columns: {
      kid: 'line(40)!',
      purpose: 'oneOf(signing|pepper)!',
      state: 'oneOf(active|retired)!',
      wrapped: 'bytes!',
      created_at: 'instant!',
    },
    primaryKey: ['kid'],
  },
  machines: entityTable({
    columns: {
      hostname: 'line(255)!',
      friendly_name: 'line(200)',
      machine_fingerprint: 'hash!',
      os_type: 'oneOf(windows|linux|darwin)!',
      os_version: 'line(200)',
      arch: 'line(20)',
      default_shell: 'line(200)',
      owner_user_id: 'id',
      tools: 'json!',
      vpn_profiles: 'json!',
      timezone: 'line(64)',
      is_primary: 'boolean!',
      last_seen_at: 'instant',
      agent_version: 'line(50)',
    },
    references: { owner_user_id: 'users' },
    unique: [['machine_fingerprint']],
    indexes: [['owner_user_id'], ['last_seen_at'], ['created_at']],
  }),
}

/** References may point to tables of later migrations: both databases check them when rows are written. */
export async function up(db: Kysely<never>, dialect: Dialect): Promise<void> {
  for (const [name, table] of Object.entries(tables)) await createTable(db, dialect, name, table)
}
