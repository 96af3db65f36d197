import { type Kysely, sql } from 'kysely'
import { addColumns, createTable, entityTable, type TableDeclaration } from '../define-table.ts'
import type { Dialect } from '../dialect.ts'

/** Categories and rules for work, and what tasks wait for. Released: never edited, only followed by another migration. */
const tables: Record<string, TableDeclaration> = {
  work_categories: entityTable({
    columns: {
      slug: 'line(50)!',
      slug_key: 'line(50)!',
      name: 'line(100)!',
      category:
        'oneOf(incident|service_request|problem|change|maintenance|project|security|documentation|development|internal)!',
      description: 'text',
      is_billable: 'boolean!',
    },
    uniqueAmongActive: [['slug_key']],
    indexes: [['created_at']],
  }),
  tag_rules: entityTable({
    columns: {
      client_id: 'id',
      name: 'line(100)!',
      looks_at: 'oneOf(command|path|host|text)!',
      match_kind: 'oneOf(substring|glob|regex)!',
      pattern: 'line(200)!',
      tag_id: 'id',
      work_category_id: 'id',
      priority: 'integer!',
      is_enabled: 'boolean!',
    },
    references: { client_id: 'clients', tag_id: 'tags', work_category_id: 'work_categories' },
    checks: ['(tag_id is null) <> (work_category_id is null)'],
    indexes: [['client_id', 'created_at'], ['looks_at', 'is_enabled'], ['tag_id'], ['created_at']],
  }),
  task_dependencies: entityTable({
    columns: { task_id: 'id!', depends_on_id: 'id!', kind: 'oneOf(finish_start)!', client_id: 'id' },
    references: { client_id: 'clients', task_id: 'tasks', depends_on_id: 'tasks' },
    sameClient: { task_id: 'tasks', depends_on_id: 'tasks' },
    uniqueAmongActive: [['task_id', 'depends_on_id']],
    checks: ['task_id <> depends_on_id'],
    indexes: [['client_id', 'created_at'], ['depends_on_id'], ['created_at']],
  }),
}

/** The ten categories of work, as categories of the MSP's own: what is billed unless somebody says otherwise. */
const CATEGORIES: readonly [category: string, slug: string, name: string, isBillable: 0 | 1][] = [
  ['incident', 'incident', 'Incident', 1],
  ['service_request', 'service-request', 'Service request', 1],
  ['problem', 'problem', 'Problem', 1],
  ['change', 'change', 'Change', 1],
  ['maintenance', 'maintenance', 'Maintenance', 1],
  ['project', 'project', 'Project', 1],
  ['security', 'security', 'Security', 1],
  ['documentation', 'documentation', 'Documentation', 1],
  ['development', 'development', 'Development', 1],
  ['internal', 'internal', 'Internal', 0],
]
const SEEDED_AT = '2026-01-01T00:00:00.000Z'

export async function up(db: Kysely<never>, dialect: Dialect): Promise<void> {
  for (const [name, table] of Object.entries(tables)) await createTable(db, dialect, name, table)
  await addColumns(db, dialect, 'tasks', {
    columns: { promoted_task_id: 'id', dismissed_reason: 'line(500)' },
    references: { promoted_task_id: 'tasks' },
    sameClient: { promoted_task_id: 'tasks' },
    // Asked for at the end of a session, and for every command that answers a failure.
    indexes: [['session_id'], ['command_id']],
  })
  await sql.raw('create unique index if not exists tasks_promoted on tasks (promoted_task_id)').execute(db)
  await addColumns(db, dialect, 'work_items', {
    columns: { work_category_id: 'id', categorized_by: 'oneOf(manual|auto)' },
    references: { work_category_id: 'work_categories' },
    indexes: [['work_category_id']],
  })
  await (db as unknown as Kysely<Record<string, Record<string, unknown>>>)
    .insertInto('work_categories')
    .ignore()
    .values(CATEGORIES.map(categoryRow))
    .execute()
}

const categoryRow = ([category, slug, name, is_billable]: (typeof CATEGORIES)[number], index: number) => ({
  // Known ids: a migration that is run again finds its rows.
  id: `0195f2c0-0000-7000-8000-0000000000${String(index + 10)}`,
  created_at: SEEDED_AT,
  updated_at: SEEDED_AT,
  row_version: 1,
  slug,
  slug_key: slug,
  name,
  category,
  is_billable,
})
