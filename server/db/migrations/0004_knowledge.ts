import type { Kysely } from 'kysely'
import { createTable, entityTable, type TableDeclaration } from '../define-table.ts'
import type { Dialect } from '../dialect.ts'

/** What is remembered: accounts of sessions, solutions, and what is known to fail. Released: never edited, only followed by another migration. */
const tables: Record<string, TableDeclaration> = {
  conversation_contexts: entityTable({
    columns: {
      session_id: 'id',
      client_id: 'id',
      project_id: 'id',
      machine_id: 'id',
      kind: 'oneOf(session_end|pre_compact|checkpoint|handoff)!',
      title: 'line(200)!',
      dense_summary: 'text!',
      key_points: 'json!',
      open_questions: 'json!',
      importance: 'integer!',
      valid_until: 'instant',
      token_estimate: 'integer!',
      source_hash: 'hash!',
    },
    references: { session_id: 'sessions', client_id: 'clients', machine_id: 'machines' },
    sameClient: { session_id: 'sessions', project_id: 'projects' },
    unique: [['source_hash']],
    checks: ['importance between 0 and 10', 'project_id is null or client_id is not null'],
    indexes: [['project_id', 'created_at'], ['client_id', 'created_at'], ['session_id'], ['created_at']],
  }),
  problem_solutions: entityTable({
    columns: {
      client_id: 'id',
      work_item_id: 'id',
      title: 'line(200)!',
      symptom: 'text!',
      error_text: 'text',
      error_signature: 'hash',
      root_cause: 'text',
      solution: 'text!',
      verification: 'text',
      prevention: 'text',
      applies_to: 'json!',
      confidence: 'oneOf(low|medium|high|verified)!',
      source_url: 'text',
      superseded_by_id: 'id',
      times_applied: 'integer!',
      times_succeeded: 'integer!',
      last_applied_at: 'instant',
    },
    references: { client_id: 'clients', superseded_by_id: 'problem_solutions' },
    sameClient: { work_item_id: 'work_items', superseded_by_id: 'problem_solutions' },
    clientParent: true,
    checks: ['work_item_id is null or client_id is not null', 'times_succeeded <= times_applied'],
    indexes: [['error_signature'], ['client_id', 'created_at'], ['created_at']],
  }),
  failure_patterns: entityTable({
    columns: {
      scope: 'oneOf(global|os|client|infrastructure|service)!',
      client_id: 'id',
      infrastructure_id: 'id',
      signature: 'line(64)!',
      title: 'line(200)!',
      category:
        'oneOf(compatibility|syntax|permission|missing_dependency|network|auth|environment|resource|timing|logic)!',
      severity: 'oneOf(low|medium|high|critical)!',
      occurrences: 'integer!',
      distinct_sessions: 'integer!',
      first_seen_at: 'instant!',
      last_seen_at: 'instant!',
      example_command_id: 'id',
      root_cause: 'text',
      recommended_alternative: 'text',
      confidence_percent: 'integer!',
      status: 'oneOf(candidate|active|suppressed|obsolete)!',
      obsolete_reason: 'text',
      verified_by: 'id',
    },
    references: { client_id: 'clients', example_command_id: 'commands_run', verified_by: 'users' },
    sameClient: { infrastructure_id: 'infrastructure', example_command_id: 'commands_run' },
    checks: ['confidence_percent between 0 and 100', 'infrastructure_id is null or client_id is not null'],
    indexes: [
      ['infrastructure_id', 'status'],
      ['client_id', 'status'],
      ['signature'],
      ['last_seen_at'],
      ['created_at'],
    ],
  }),
}

/** References may point to tables of later migrations: both databases check them when rows are written. */
export async function up(db: Kysely<never>, dialect: Dialect): Promise<void> {
  for (const [name, table] of Object.entries(tables)) await createTable(db, dialect, name, table)
}
