import { AppError } from '../../../src/contract/errors.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import { tag, tagRule } from '../../../src/contract/tags.ts'
import type { Handlers } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { moveTag } from './merging.ts'
import { checkPattern } from './patterns.ts'
import { countTagUse, tagsAbove } from './queries.ts'
import { survivorOf } from './tagging.ts'

type Tag = RowOf<typeof tag>
type Rule = RowOf<typeof tagRule>

export const tags = {
  ...standardHandlers(tag),
  /** One that was merged lives again as it was, without what it had. */
  restore: (context, { id }) => rows(context, tag).update(id, { archived_at: null, merged_into_id: null }),
  merge: async (context, { id, into_id }) => {
    const from = await rows(context, tag).get(id)
    const into = await survivorOf(context, into_id)
    if (from.merged_into_id !== null && (await survivorOf(context, from.id)).id === into.id) return from
    refuseMerge(from, into)
    await moveTag(context, from, into, await tagsAbove(context, into.id))
    return rows(context, tag).update(from.id, { merged_into_id: into.id, archived_at: context.clock().toISOString() })
  },
  usage: async (context, { client_id }) => {
    const { items } = await rows(context, tag).list({ limit: MOST_TAGS, sort: 'slug' })
    const [sessions, workItems, contexts] = [
      await countTagUse(context, { tags: 'session_tags', column: 'session_id', of: 'sessions' }, client_id),
      await countTagUse(context, { tags: 'work_item_tags', column: 'work_item_id', of: 'work_items' }, client_id),
      await countTagUse(context, { tags: 'context_tags', column: 'context_id', of: 'contexts' }, client_id),
    ]
    const counted = items.map(({ id, slug, name }) => ({
      ...{ id, slug, name },
      sessions: sessions.get(id) ?? 0,
      work_items: workItems.get(id) ?? 0,
      contexts: contexts.get(id) ?? 0,
    }))
    const all = (row: (typeof counted)[number]) => row.sessions + row.work_items + row.contexts
    return { items: counted.sort((a, b) => all(b) - all(a)) }
  },
} satisfies Handlers['tags']

/** An MSP has a few hundred. */
const MOST_TAGS = 2_000

/** @throws AppError CONFLICT */
function refuseMerge(from: Tag, into: Tag): void {
  if (from.id === into.id)
    throw new AppError('CONFLICT', `${from.slug} cannot be merged into itself, nor into a tag that was merged into it.`)
  if (from.merged_into_id !== null)
    throw new AppError('CONFLICT', `${from.slug} was merged into another tag already. Restore it first.`)
  if (into.archived_at !== null)
    throw new AppError('CONFLICT', `${into.slug} is archived. Restore it first, or merge into another tag.`)
}

export const tagRules = {
  ...standardHandlers(tagRule),
  create: (context, input) => {
    checkRule(input as Rule)
    return rows(context, tagRule).insert(input as Partial<Rule>)
  },
  update: async (context, { id, row_version, ...change }) => {
    const before = await rows(context, tagRule).get(id)
    checkRule({ ...before, ...change } as Rule)
    return rows(context, tagRule).update(before.id, change as Partial<Rule>, row_version)
  },
} satisfies Handlers['tagRules']

/** @throws AppError INVALID_INPUT */
function checkRule(rule: Rule): void {
  if (Boolean(rule.tag_id) === Boolean(rule.work_category_id))
    throw new AppError('INVALID_INPUT', 'A rule gives either a tag (tag_id) or a category (work_category_id).')
  if (rule.match_kind === 'regex') checkPattern(rule.pattern)
}
