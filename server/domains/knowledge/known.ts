import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { contextSnippet } from '../../../src/contract/contexts.ts'
import { decision, projectState } from '../../../src/contract/decisions.ts'
import { environmentalInsight } from '../../../src/contract/insights.ts'
import type { KnowledgeFacts, SnippetFact } from '../../../src/recall/facts.ts'
import type { Context } from '../../context.ts'
import { visibleRows } from '../../crud/visibility.ts'
import type { Whose } from './queries.ts'

/** What people and agents wrote down and what still holds, for a context block. */

/** Looked at, for the few that are shown. */
const MOST = { decisions: 8, insights: 12, snippets: 24 }

/** One row of any kind; what a kind does not have is null or 0. */
interface Row {
  what: 'state' | 'decision' | 'insight' | 'snippet'
  id: string
  at: string
  title: string | null
  body: string | null
  number: number | null
  uses: number
  more: string | null
}

/**
 * All of it in one statement: each session of every technician begins with this, and a statement costs more than the few rows that it finds.
 * Each branch reads an index of one client from its end and stops at its limit.
 *
 * @param since only what was decided, noted or confirmed later
 */
export async function readKnown(
  context: Context,
  { clientId, projectId }: Whose,
  since?: string,
): Promise<KnowledgeFacts> {
  const { caller, clock, db } = context
  const now = clock()
  const after = (at: RawBuilder<unknown>) => (since === undefined ? NOTHING : sql`and ${at} > ${since}`)
  const ofProject = projectId === null ? NOTHING : sql`and (project_id = ${projectId} or project_id is null)`
  const branches = [
    branch(
      'decision',
      sql`decided_at as at, title, decision as body, null as number, 0 as uses, null as more from decision_logs
        where ${clientId === null ? sql`client_id is null` : sql`client_id = ${clientId}`} ${ofProject}
          and status = 'accepted' and archived_at is null ${after(sql`decided_at`)} and ${visibleRows(decision, caller, now)}
        order by created_at desc, id desc limit ${sql.lit(MOST.decisions)}`,
    ),
    branch(
      'snippet',
      sql`created_at as at, kind as title, text as body, relevance as number, use_count as uses, null as more from context_snippets
        where ${clientId === null ? sql`client_id is null and created_by = ${caller.userId}` : sql`client_id = ${clientId}`}
          ${projectId === null ? sql`and project_id is null` : ofProject}
          and kind in ('fact', 'preference', 'gotcha') and infrastructure_id is null and service_id is null
          and superseded_by_id is null and archived_at is null ${after(sql`created_at`)} and ${visibleRows(contextSnippet, caller, now)}
        order by relevance desc, created_at desc, id desc limit ${sql.lit(MOST.snippets)}`,
    ),
    ...(clientId === null
      ? []
      : [
          branch(
            'insight',
            sql`coalesce(last_confirmed_at, valid_from) as at, null as title, statement as body, priority as number, 0 as uses, null as more
              from environmental_insights
              where client_id = ${clientId} and is_current = 1 and infrastructure_id is null and archived_at is null
                ${after(sql`coalesce(last_confirmed_at, valid_from)`)} and ${visibleRows(environmentalInsight, caller, now)}
              order by priority desc, id desc limit ${sql.lit(MOST.insights)}`,
          ),
        ]),
    ...(projectId === null
      ? []
      : [
          branch(
            'state',
            sql`created_at as at, status as title, focus as body, progress_pct as number, 0 as uses,
                json_object('next', next_actions, 'blockers', blockers, 'files', key_files) as more from project_states
              where project_id = ${projectId} and is_current = 1 and archived_at is null
                and ${visibleRows(projectState, caller, now)}
              limit 1`,
          ),
        ]),
  ]
  const { rows } = await sql<Row>`${sql.join(branches, sql` union all `)}`.execute(db)
  const of = (kind: Row['what']) => rows.filter(({ what }) => what === kind)
  return {
    state: of('state').map(asState)[0] ?? null,
    decisions: of('decision').map(({ id, at, title, body }) => ({
      ...{ id, title: title ?? '', decision: body ?? '', decided_at: at },
    })),
    insights: of('insight').map(({ id, at, body, number }) => ({
      ...{ id, statement: body ?? '', priority: Number(number), known_at: at },
    })),
    snippets: of('snippet').map(({ id, at, title, body, number, uses }) => ({
      ...{ id, kind: title as SnippetFact['kind'], text: body ?? '', relevance: Number(number) },
      ...{ use_count: Number(uses), created_at: at },
    })),
  }
}

const NOTHING = sql<SqlBool>``

const branch = (what: Row['what'], rest: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`select * from (select ${sql.lit(what)} as what, id, ${rest}) as ${sql.id(`of_${what}`)}`

function asState({ id, at, title, body, number, more }: Row): NonNullable<KnowledgeFacts['state']> {
  const lists = JSON.parse(more ?? '{}') as Record<'next' | 'blockers' | 'files', unknown>
  // One database nests a column of JSON as what it holds, the other as its text.
  const list = (value: unknown) => (typeof value === 'string' ? JSON.parse(value) : (value ?? [])) as string[]
  return {
    ...{ id, status: title ?? '', focus: body, progress_pct: number === null ? null : Number(number), created_at: at },
    ...{ next_actions: list(lists.next), blockers: list(lists.blockers), key_files: list(lists.files) },
  }
}
