import { sql } from 'kysely'
import { contextLink, contextRecall, contextSnippet, contextTag } from '../../../src/contract/contexts.ts'
import { environmentalInsight } from '../../../src/contract/insights.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { Context, Handlers } from '../../context.ts'
import { clientOf } from '../../crud/references.ts'
import { rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { sha256 } from '../work/sha256.ts'
import { count } from './counting.ts'
import { namedClient, onlyNamed } from './naming.ts'
import { supersede } from './superseding.ts'

type Snippet = RowOf<typeof contextSnippet>
type Recall = RowOf<typeof contextRecall>

export const contextSnippets = {
  ...standardHandlers(contextSnippet),
  create: (context, input) =>
    rows(context, contextSnippet).insert({ ...input, content_hash: contentHash(input.text) } as Partial<Snippet>),
  update: (context, { id, row_version, ...change }) => {
    const hashed = change.text === undefined ? {} : { content_hash: contentHash(change.text) }
    return rows(context, contextSnippet).update(id, { ...change, ...hashed } as Partial<Snippet>, row_version)
  },
  supersede: (context, { id, superseded_by_id }) => supersede(context, contextSnippet, id, superseded_by_id),
} satisfies Handlers['contextSnippets']

/** Of a text, letter case and spaces ignored. */
const contentHash = (text: string) => sha256(text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim())

const SOURCES = ['context_id', 'snippet_id'] as const
const TARGETS = ['infrastructure_id', 'service_id', 'work_item_id', 'solution_id'] as const

export const contextLinks = {
  ...standardHandlers(contextLink),
  create: async (context, input) => {
    const source = onlyNamed(input, SOURCES)
    const target = onlyNamed(input, TARGETS)
    const client_id = await clientOf(context, contextLink, source.field, source.id)
    const named_client_id = await namedClient(context, contextLink, target, client_id)
    return rows(context, contextLink).insert({ ...input, client_id, named_client_id } as Partial<
      RowOf<typeof contextLink>
    >)
  },
} satisfies Handlers['contextLinks']

export const contextTags = {
  ...standardHandlers(contextTag),
  create: async (context, input) => {
    const source = onlyNamed(input, SOURCES)
    const client_id = await clientOf(context, contextTag, source.field, source.id)
    return rows(context, contextTag).insert({ ...input, client_id } as Partial<RowOf<typeof contextTag>>)
  },
} satisfies Handlers['contextTags']

const ITEMS = ['context_id', 'snippet_id', 'solution_id', 'insight_id', 'pattern_id', 'decision_id'] as const

export const contextRecalls = {
  ...standardHandlers(contextRecall),
  create: async (context, input) => {
    const item = onlyNamed(input, ITEMS)
    const client_id = await clientOf(context, contextRecall, 'session_id', input.session_id)
    const named_client_id = await namedClient(context, contextRecall, item, client_id)
    const made = await rows(context, contextRecall).insert({ ...input, client_id, named_client_id } as Partial<Recall>)
    if (made.injected) await countRecall(context, made)
    return made
  },
  feedback: async (context, { id, feedback }) => {
    const before = await rows(context, contextRecall).get(id)
    if (before.feedback === feedback) return before
    // By its version, so that of two at once only one is counted.
    const after = await rows(context, contextRecall).update(before.id, { feedback }, before.row_version)
    if (feedback === 'used') await countUse(context, before, 1)
    if (before.feedback === 'used') await countUse(context, before, -1)
    return after
  },
} satisfies Handlers['contextRecalls']

const countRecall = async (context: Context, { insight_id }: Recall) => {
  if (insight_id !== null)
    await count(context, environmentalInsight, insight_id, sql`times_recalled = times_recalled + 1`)
}

/** @param by 1 when it was used, -1 when that is taken back. */
async function countUse(context: Context, { insight_id, snippet_id }: Recall, by: 1 | -1): Promise<void> {
  const now = context.clock().toISOString()
  if (insight_id !== null)
    await count(context, environmentalInsight, insight_id, sql`times_helpful = times_helpful + ${by}`)
  if (snippet_id !== null)
    await count(context, contextSnippet, snippet_id, sql`use_count = use_count + ${by}, last_used_at = ${now}`)
}
