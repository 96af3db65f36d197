import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { errorSignature } from '../../../src/guard/error-text.ts'
import { createTable, entityTable, run, type TableDeclaration } from '../define-table.ts'
import type { Dialect } from '../dialect.ts'

/** What is remembered, what it is about, and whether it helped. Released: never edited, only followed by another migration. */
const tables: Record<string, TableDeclaration> = {
  context_snippets: entityTable({
    columns: {
      client_id: 'id',
      project_id: 'id',
      infrastructure_id: 'id',
      service_id: 'id',
      source_context_id: 'id',
      kind: 'oneOf(fact|decision|pattern|preference|gotcha|command|pointer)!',
      text: 'text!',
      relevance: 'integer!',
      content_hash: 'hash!',
      use_count: 'integer!',
      last_used_at: 'instant',
      superseded_by_id: 'id',
    },
    references: {
      client_id: 'clients',
      source_context_id: 'conversation_contexts',
      superseded_by_id: 'context_snippets',
    },
    sameClient: {
      project_id: 'projects',
      infrastructure_id: 'infrastructure',
      service_id: 'services',
      source_context_id: 'conversation_contexts',
      superseded_by_id: 'context_snippets',
    },
    clientParent: true,
    keys: { place_key: ['infrastructure_id', 'service_id', 'project_id', 'client_id', 'created_by'] },
    uniqueAmongActive: [['place_key', 'content_hash']],
    checks: [
      'client_id is not null or (project_id is null and infrastructure_id is null and service_id is null)',
      'relevance between 0 and 100',
    ],
    indexes: [
      ['client_id', 'kind', 'relevance'],
      ['project_id', 'kind', 'relevance'],
      ['infrastructure_id', 'kind', 'relevance'],
      ['service_id'],
      ['source_context_id'],
      ['client_id', 'created_at'],
      ['created_at'],
    ],
  }),
  context_links: entityTable({
    columns: {
      client_id: 'id',
      context_id: 'id',
      snippet_id: 'id',
      infrastructure_id: 'id',
      service_id: 'id',
      work_item_id: 'id',
      solution_id: 'id',
      named_client_id: 'id',
    },
    references: {
      client_id: 'clients',
      context_id: 'conversation_contexts',
      snippet_id: 'context_snippets',
      solution_id: 'problem_solutions',
    },
    sameClient: {
      context_id: 'conversation_contexts',
      snippet_id: 'context_snippets',
      infrastructure_id: 'infrastructure',
      service_id: 'services',
      work_item_id: 'work_items',
    },
    sameClientOrNone: { column: 'named_client_id', targets: { solution_id: 'problem_solutions' } },
    keys: {
      source_key: ['context_id', 'snippet_id'],
      target_key: ['infrastructure_id', 'service_id', 'work_item_id', 'solution_id'],
    },
    uniqueAmongActive: [['source_key', 'target_key']],
    checks: [
      '(context_id is null) <> (snippet_id is null)',
      '(infrastructure_id is not null) + (service_id is not null) + (work_item_id is not null) + (solution_id is not null) = 1',
      'client_id is not null or solution_id is not null',
    ],
    indexes: [
      ['context_id'],
      ['snippet_id'],
      ['infrastructure_id'],
      ['service_id'],
      ['work_item_id'],
      ['solution_id'],
      ['client_id', 'created_at'],
      ['created_at'],
    ],
  }),
  context_tags: entityTable({
    columns: { client_id: 'id', context_id: 'id', snippet_id: 'id', tag_id: 'id!' },
    references: {
      client_id: 'clients',
      context_id: 'conversation_contexts',
      snippet_id: 'context_snippets',
      tag_id: 'tags',
    },
    sameClient: { context_id: 'conversation_contexts', snippet_id: 'context_snippets' },
    keys: { source_key: ['context_id', 'snippet_id'] },
    uniqueAmongActive: [['source_key', 'tag_id']],
    checks: ['(context_id is null) <> (snippet_id is null)'],
    indexes: [['context_id'], ['snippet_id'], ['tag_id'], ['client_id', 'created_at'], ['created_at']],
  }),
  context_recalls: entityTable({
    columns: {
      client_id: 'id',
      session_id: 'id!',
      context_id: 'id',
      snippet_id: 'id',
      solution_id: 'id',
      insight_id: 'id',
      pattern_id: 'id',
      decision_id: 'id',
      named_client_id: 'id',
      query_hash: 'hash!',
      rank: 'integer!',
      score: 'integer!',
      tokens: 'integer!',
      injected: 'boolean!',
      feedback: 'oneOf(used|ignored|wrong)',
    },
    references: {
      client_id: 'clients',
      session_id: 'sessions',
      context_id: 'conversation_contexts',
      snippet_id: 'context_snippets',
      solution_id: 'problem_solutions',
      pattern_id: 'failure_patterns',
      decision_id: 'decision_logs',
    },
    sameClient: { session_id: 'sessions', insight_id: 'environmental_insights' },
    sameClientOrNone: {
      column: 'named_client_id',
      targets: {
        context_id: 'conversation_contexts',
        snippet_id: 'context_snippets',
        solution_id: 'problem_solutions',
        pattern_id: 'failure_patterns',
        decision_id: 'decision_logs',
      },
    },
    checks: [
      '(context_id is not null) + (snippet_id is not null) + (solution_id is not null) + (insight_id is not null) + (pattern_id is not null) + (decision_id is not null) = 1',
      'insight_id is null or client_id is not null',
      'score between 0 and 1000',
    ],
    indexes: [
      ['session_id', 'created_at'],
      ['context_id'],
      ['snippet_id'],
      ['solution_id'],
      ['insight_id'],
      ['pattern_id'],
      ['decision_id'],
      ['client_id', 'created_at'],
      ['created_at'],
    ],
  }),
  solution_applications: entityTable({
    columns: {
      client_id: 'id',
      solution_id: 'id!',
      work_item_id: 'id',
      named_client_id: 'id',
      outcome: 'oneOf(success|failure|partial)!',
      note: 'text',
    },
    references: { client_id: 'clients', solution_id: 'problem_solutions' },
    sameClient: { work_item_id: 'work_items' },
    sameClientOrNone: { column: 'named_client_id', targets: { solution_id: 'problem_solutions' } },
    checks: ['work_item_id is null or client_id is not null'],
    indexes: [['solution_id', 'created_at'], ['work_item_id'], ['client_id', 'created_at'], ['created_at']],
  }),
}

/** References may point to tables of later migrations: both databases check them when rows are written. */
export async function up(db: Kysely<never>, dialect: Dialect): Promise<void> {
  // Tables of this migration refer to them together with their client.
  await run(db, [
    'create unique index if not exists conversation_contexts_client_row on conversation_contexts (client_id, id)',
  ])
  for (const [name, table] of Object.entries(tables)) await createTable(db, dialect, name, table)
  await signSolutions(db)
}

/** Solutions that were written before their errors had a signature. */
async function signSolutions(db: Kysely<never>): Promise<void> {
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
  const unsigned = await sql<{ id: string; error_text: string }>`
    select id, error_text from problem_solutions where error_text is not null and error_signature is null`.execute(db)
  for (const { id, error_text } of unsigned.rows)
    await sql`update problem_solutions set error_signature = ${errorSignature(error_text, sha256)} where id = ${id}`.execute(
      db,
    )
}
