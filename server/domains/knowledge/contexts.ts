import { sql } from 'kysely'
import { contextLink, contextRecall, contextSnippet, contextTag } from '../../../src/contract/contexts.ts'
import { environmentalInsight } from '../../../src/contract/insights.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { FreeText } from '../../../src/contract/values.ts'
import type { Context, Handlers } from '../../context.ts'
import { contentHash } from '../../crud/content-hash.ts'
import { clientOf } from '../../crud/references.ts'
import { rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { textWithoutSecrets } from '../../redaction/call.ts'
import { count } from './counting.ts'
import { forPrompt, names } from './for-prompt.ts'
import { injected } from './injected.ts'
import { namedClient, onlyNamed } from './naming.ts'
import { supersede } from './superseding.ts'

type Snippet = RowOf<typeof contextSnippet>
type Recall = RowOf<typeof contextRecall>

export const contextSnippets = {
  ...standardHandlers(contextSnippet),
  create: async (context, input) =>
    rows(context, contextSnippet).insert({
      ...input,
      ...(await hashed(context, input.text, input.client_id ?? null)),
    } as Partial<Snippet>),
  update: async (context, { id, row_version, ...change }) => {
    const { client_id } = await rows(context, contextSnippet).get(id)
    const text = change.text === undefined ? {} : await hashed(context, change.text, client_id)
    return rows(context, contextSnippet).update(id, { ...change, ...text } as Partial<Snippet>, row_version)
  },
  supersede: (context, { id, superseded_by_id }) => supersede(context, contextSnippet, id, superseded_by_id),
} satisfies Handlers['contextSnippets']

/** The text as it is kept, and its hash. */
async function hashed(context: Context, text: string, clientId: string | null) {
  const kept = await textWithoutSecrets(context, text, contextSnippet.freeTexts.text as FreeText, clientId)
  return { text: kept, content_hash: contentHash(kept) }
}

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
  forPrompt,
  injected,
  names,
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
