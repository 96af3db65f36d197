import { sql } from 'kysely'
import { contextRecall } from '../../../src/contract/contexts.ts'
import { session } from '../../../src/contract/sessions.ts'
import type { Context } from '../../context.ts'
import { visibleRows } from '../../crud/visibility.ts'

/** For whom a prompt is, and what its Claude Code session has been told already. */
export interface PromptPlace {
  /** Null: only what is general and the caller's own. */
  clientId: string | null
  /** Under which what is told is written down; null while the server has not heard of a session of that client. */
  sessionId: string | null
  /** Every stretch of the Claude Code session: what was done in it stands in the conversation. */
  ownSessions: ReadonlySet<string>
}

/**
 * What the machine says of the client counts: it knows of a switch before the server does, and what is known of the client before must not be told in
 * work for the next.
 */
export async function findPromptPlace(
  context: Context,
  asked: { claude_session_id: string; client_id?: string | null | undefined },
): Promise<PromptPlace> {
  const stretches = await context.db
    .selectFrom('sessions')
    .select(['id', 'client_id', 'end_reason'])
    .where('claude_session_id', '=', asked.claude_session_id)
    .where(visibleRows(session, context.caller, context.clock()))
    .orderBy('stretch', 'desc')
    .limit(50)
    .execute()
  const [newest] = stretches
  const bound = newest && newest.end_reason !== 'user' ? newest.client_id : null
  const clientId = asked.client_id === undefined ? bound : asked.client_id
  return {
    clientId,
    sessionId: newest && newest.client_id === clientId ? newest.id : null,
    ownSessions: new Set(stretches.map(({ id }) => id)),
  }
}

/** The columns of a recall that name what was recalled, as far as it is told for prompts. */
export const RECALLED = {
  solution: 'solution_id',
  insight: 'insight_id',
  snippet: 'snippet_id',
  pattern: 'pattern_id',
} as const
type Recalled = keyof typeof RECALLED
const COLUMNS = Object.values(RECALLED)

/** What these sessions were told before. */
export async function readTold({ db }: Context, sessions: ReadonlySet<string>): Promise<Set<string>> {
  if (sessions.size === 0) return new Set()
  const told = await db
    .selectFrom('context_recalls')
    .select(COLUMNS)
    .where('session_id', 'in', [...sessions])
    .where('injected', '=', 1)
    .execute()
  return new Set(told.flatMap((row) => COLUMNS.flatMap((column) => row[column] ?? [])))
}

const USED = 1.1
const WRONG = 0.7

/** How much more or less is to be thought of what was recalled before: what more found wrong than used comes behind. */
export async function readFeedback(
  context: Context,
  items: readonly { kind: string; id: string }[],
): Promise<Map<string, number>> {
  const weights = new Map<string, number>()
  for (const [kind, column] of Object.entries(RECALLED) as [Recalled, (typeof RECALLED)[Recalled]][]) {
    const ids = items.filter((item) => item.kind === kind).map(({ id }) => id)
    if (ids.length === 0) continue
    const { rows } = await sql<{ id: string; used: number; wrong: number }>`
      select ${sql.ref(column)} as id, sum(feedback = 'used') as used, sum(feedback = 'wrong') as wrong
      from context_recalls
      where ${sql.ref(column)} in (${sql.join(ids)}) and feedback is not null
        and ${visibleRows(contextRecall, context.caller, context.clock())}
      group by ${sql.ref(column)}`.execute(context.db)
    for (const { id, used, wrong } of rows) {
      const more = Number(used) - Number(wrong)
      if (more !== 0) weights.set(id, more > 0 ? USED : WRONG)
    }
  }
  return weights
}
