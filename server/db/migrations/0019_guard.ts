import type { Kysely } from 'kysely'
import { addColumns } from '../define-table.ts'
import type { Dialect } from '../dialect.ts'

/** What the guard of commands needs of a pattern: which part of a command fails, where, how it looked, and what works instead. */
export async function up(db: Kysely<never>, dialect: Dialect): Promise<void> {
  await addColumns(db, dialect, 'failure_patterns', {
    columns: {
      grain: 'oneOf(program|option|syntax|shape|exact)',
      match_key: 'line(300)',
      machine_id: 'id',
      host: 'line(255)',
      system: 'line(100)',
      places: 'integer',
      failure_category: 'line(30)',
      error_signature: 'hash',
      error_text: 'line(500)',
      failed_in: 'line(8)',
      alternative_score: 'integer',
      alternative_command_id: 'id',
      verified_at: 'instant',
      merged_into_id: 'id',
    },
    references: { machine_id: 'machines', alternative_command_id: 'commands_run', merged_into_id: 'failure_patterns' },
    indexes: [
      ['match_key', 'status'],
      ['machine_id', 'status'],
      ['status', 'last_seen_at'],
    ],
  })
}
