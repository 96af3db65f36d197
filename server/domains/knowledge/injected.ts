import { sql } from 'kysely'
import { contextRecall } from '../../../src/contract/contexts.ts'
import { environmentalInsight } from '../../../src/contract/insights.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { Context, Handlers } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import { sha256 } from '../work/sha256.ts'
import { count } from './counting.ts'
import { namedClient } from './naming.ts'
import { findPromptPlace } from './prompt-place.ts'

/** What a block answers is always the same question: what is to be known here. */
const QUERY_HASH = sha256('context block')
/** A block chooses by rules, not by a score. */
const SCORE = 1_000
const COLUMNS = {
  insight: 'insight_id',
  snippet: 'snippet_id',
  decision: 'decision_id',
  pattern: 'pattern_id',
} as const

/** A block comes before the first event of its session, so that the machine tells later what was in it. */
export const injected: Handlers['contextRecalls']['injected'] = async (context, input) => {
  const { sessionId, clientId } = await findPromptPlace(context, input)
  if (sessionId === null) return { is_known: false, kept: 0 }
  const known = await readKept(context, sessionId)
  let kept = 0
  for (const [index, { kind, id, tokens }] of input.items.entries()) {
    if (known.has(id)) continue
    known.add(id)
    const named_client_id = await namedClient(context, contextRecall, { field: COLUMNS[kind], id }, clientId)
    await rows(context, contextRecall).insert({
      ...{ session_id: sessionId, client_id: clientId, named_client_id, [COLUMNS[kind]]: id },
      ...{ query_hash: QUERY_HASH, rank: index + 1, score: SCORE, tokens, injected: true },
    } as Partial<RowOf<typeof contextRecall>>)
    if (kind === 'insight') await count(context, environmentalInsight, id, sql`times_recalled = times_recalled + 1`)
    kept += 1
  }
  return { is_known: true, kept }
}

async function readKept({ db }: Context, sessionId: string): Promise<Set<string>> {
  const columns = Object.values(COLUMNS)
  const found = await db
    .selectFrom('context_recalls')
    .select(columns)
    .where('session_id', '=', sessionId)
    .where('query_hash', '=', QUERY_HASH)
    .execute()
  return new Set(found.flatMap((row) => columns.flatMap((column) => row[column] ?? [])))
}
