import { type Kysely, sql } from 'kysely'
import { addColumns, createTable, entityTable, run, type TableDeclaration } from '../define-table.ts'
import type { Dialect } from '../dialect.ts'

/** What is learned: failures, facts, decisions, where projects stand. Released: never edited, only followed by another migration. */
const tables: Record<string, TableDeclaration> = {
  operation_failures: entityTable({
    columns: {
      client_id: 'id',
      session_id: 'id',
      work_item_id: 'id',
      operation: 'oneOf(api_call|file|network|database|integration|tool|agent|auth)!',
      target: 'line(500)',
      code: 'oneOf(CANCELLED|UNKNOWN|INVALID_ARGUMENT|DEADLINE_EXCEEDED|NOT_FOUND|ALREADY_EXISTS|PERMISSION_DENIED|RESOURCE_EXHAUSTED|FAILED_PRECONDITION|ABORTED|OUT_OF_RANGE|UNIMPLEMENTED|INTERNAL|UNAVAILABLE|DATA_LOSS|UNAUTHENTICATED)',
      http_status: 'integer',
      message: 'text!',
      context: 'json!',
      attempt: 'integer!',
      retryable: 'boolean',
      occurred_at: 'instant!',
      resolved: 'boolean!',
      resolution: 'text',
      resolved_at: 'instant',
      pattern_id: 'id',
    },
    references: { client_id: 'clients', session_id: 'sessions', pattern_id: 'failure_patterns' },
    sameClient: { session_id: 'sessions', work_item_id: 'work_items', pattern_id: 'failure_patterns' },
    checks: ['work_item_id is null or client_id is not null', '(resolved = 1) = (resolved_at is not null)'],
    indexes: [
      ['resolved', 'occurred_at'],
      ['operation', 'code'],
      ['pattern_id'],
      ['session_id'],
      ['client_id', 'occurred_at'],
      ['client_id', 'created_at'],
      ['occurred_at'],
      ['created_at'],
    ],
  }),
  environmental_insights: entityTable({
    columns: {
      client_id: 'id!',
      infrastructure_id: 'id',
      service_id: 'id',
      site_id: 'id',
      key: 'line(100)!',
      value: 'json!',
      statement: 'line(1000)!',
      evidence_command_id: 'id',
      source: 'oneOf(observed|stated|inferred|imported)!',
      confidence_percent: 'integer!',
      category:
        'oneOf(os|shell|software_version|network|access|policy|custom_install|performance|business_rule|contact|quirk)!',
      priority: 'integer!',
      is_current: 'boolean!',
      valid_from: 'instant!',
      valid_to: 'instant',
      last_confirmed_at: 'instant',
      contradicts_id: 'id',
      times_recalled: 'integer!',
      times_helpful: 'integer!',
    },
    references: { client_id: 'clients' },
    sameClient: {
      infrastructure_id: 'infrastructure',
      service_id: 'services',
      site_id: 'sites',
      evidence_command_id: 'commands_run',
      contradicts_id: 'environmental_insights',
    },
    clientParent: true,
    keys: { place_key: ['infrastructure_id', 'service_id', 'site_id', 'client_id'] },
    uniqueWhere: [
      { name: 'current', columns: ['place_key', '`key`'], where: 'is_current = 1 and archived_at is null' },
    ],
    checks: [
      '(infrastructure_id is not null) + (service_id is not null) + (site_id is not null) <= 1',
      '(is_current = 1) = (valid_to is null)',
      'valid_to is null or valid_to >= valid_from',
      'confidence_percent between 0 and 100',
      'priority between 1 and 10',
    ],
    indexes: [
      ['infrastructure_id', 'is_current'],
      ['service_id', 'is_current'],
      ['site_id', 'is_current'],
      ['client_id', 'is_current', 'priority'],
      ['client_id', 'created_at'],
      ['last_confirmed_at'],
      ['created_at'],
    ],
  }),
  decision_logs: entityTable({
    columns: {
      client_id: 'id',
      project_id: 'id',
      title: 'line(200)!',
      context: 'text',
      decision: 'text!',
      alternatives: 'json!',
      consequences: 'text',
      status: 'oneOf(proposed|accepted|rejected|deprecated|superseded)!',
      decided_by: 'id',
      decided_at: 'instant',
      supersedes_id: 'id',
    },
    references: { client_id: 'clients', decided_by: 'users', supersedes_id: 'decision_logs' },
    sameClient: { project_id: 'projects', supersedes_id: 'decision_logs' },
    clientParent: true,
    // One decision takes the place of another: no branches, and so no circles.
    unique: [['supersedes_id']],
    checks: ['project_id is null or client_id is not null', "(status = 'proposed') = (decided_at is null)"],
    indexes: [['project_id', 'status'], ['client_id', 'created_at'], ['created_at']],
  }),
  project_states: entityTable({
    columns: {
      client_id: 'id!',
      project_id: 'id!',
      revision: 'integer!',
      is_current: 'boolean!',
      status: 'line(200)!',
      focus: 'text',
      progress_pct: 'integer',
      next_actions: 'json!',
      blockers: 'json!',
      key_files: 'json!',
      env: 'json!',
      updated_in_session_id: 'id',
    },
    references: { client_id: 'clients' },
    sameClient: { project_id: 'projects', updated_in_session_id: 'sessions' },
    unique: [['project_id', 'revision']],
    uniqueWhere: [{ name: 'current', columns: ['project_id'], where: 'is_current = 1' }],
    checks: ['progress_pct is null or progress_pct between 0 and 100'],
    indexes: [['client_id', 'created_at'], ['created_at']],
  }),
}

/** References may point to tables of later migrations: both databases check them when rows are written. */
export async function up(db: Kysely<never>, dialect: Dialect): Promise<void> {
  await addColumns(db, dialect, 'failure_patterns', {
    columns: { service_id: 'id', command_fingerprint: 'hash', suppress_reason: 'text' },
    references: { service_id: 'services' },
    sameClient: { service_id: 'services' },
    keys: { scope_key: ['service_id', 'infrastructure_id', 'client_id'] },
    indexes: [['service_id', 'status'], ['command_fingerprint']],
  })
  await addColumns(db, dialect, 'commands_run', {
    columns: {},
    indexes: [['command_fingerprint', 'success', 'started_at']],
  })
  await fillPatterns(db)
  await mergePatterns(db)
  await run(db, [
    'create unique index if not exists failure_patterns_scope on failure_patterns (scope, scope_key, signature)',
    // Tables of this migration refer to them together with their client.
    'create unique index if not exists failure_patterns_client_row on failure_patterns (client_id, id)',
  ])
  for (const [name, table] of Object.entries(tables)) await createTable(db, dialect, name, table)
}

const fillPatterns = (db: Kysely<never>) =>
  sql`update failure_patterns set command_fingerprint =
        (select command_fingerprint from commands_run where commands_run.id = failure_patterns.example_command_id)
      where command_fingerprint is null and example_command_id is not null`.execute(db)

interface Pattern {
  id: string
  scope: string
  scope_key: string
  signature: string
  status: string
  occurrences: number
  distinct_sessions: number
  first_seen_at: string
  last_seen_at: string
}
/** What a person decided counts before what was learned. */
const BY_WEIGHT = ['suppressed', 'obsolete', 'active', 'candidate']

/** Patterns that say the same become the one that weighs most. It counts what any of them counted, so doing it again changes nothing. */
async function mergePatterns(db: Kysely<never>): Promise<void> {
  const found = await sql<Pattern>`
    select p.id, p.scope, p.scope_key, p.signature, p.status, p.occurrences, p.distinct_sessions, p.first_seen_at, p.last_seen_at
    from failure_patterns p
    join (select scope, scope_key, signature from failure_patterns group by scope, scope_key, signature having count(*) > 1) twice
      on twice.scope = p.scope and twice.scope_key = p.scope_key and twice.signature = p.signature
    order by p.id`.execute(db)
  const alike = Map.groupBy(found.rows, (row) => `${row.scope} ${row.scope_key} ${row.signature}`)
  for (const group of alike.values()) {
    const [kept, ...others] = group.sort((a, b) => BY_WEIGHT.indexOf(a.status) - BY_WEIGHT.indexOf(b.status))
    const most = (column: 'occurrences' | 'distinct_sessions') => Math.max(...group.map((row) => Number(row[column])))
    const seen = group.flatMap((row) => [row.first_seen_at, row.last_seen_at]).sort()
    await sql`update failure_patterns set occurrences = ${most('occurrences')}, distinct_sessions = ${most('distinct_sessions')},
        first_seen_at = ${seen[0]}, last_seen_at = ${seen.at(-1)} where id = ${kept?.id}`.execute(db)
    await sql`delete from failure_patterns where id in (${sql.join(others.map((row) => row.id))})`.execute(db)
  }
}
