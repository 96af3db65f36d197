import { AppError } from '../../../src/contract/errors.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import { session } from '../../../src/contract/sessions.ts'
import { workCategory, workItem } from '../../../src/contract/work.ts'
import type { Context, Handlers } from '../../context.ts'
import { type ListOptions, rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { beginning, checked, itemChange, type Step } from './item-rules.ts'
import { nextSeq } from './numbering.ts'
import { learnFromCorrection } from './pieces/teach.ts'
import { havingTag } from './queries.ts'
import { addAutoTags, changeTags, type Junction } from './tagging.ts'

type Item = RowOf<typeof workItem>

const TAGS: Junction = { table: 'work_item_tags', column: 'work_item_id' }

export const workItems = {
  ...standardHandlers(workItem),
  list: async (context, input) =>
    rows(context, workItem).list(input as ListOptions, await havingTag(context, 'work_item_tags', input.tag)),
  create: async (context, input) => {
    const parent = await rows(context, session).get(input.session_id)
    if (parent.client_id !== input.client_id)
      throw new AppError(
        'INVALID_INPUT',
        'client_id is not the client of the session. Work for another client belongs to a session of that client.',
      )
    const course = beginning(input as Item, context.clock().toISOString())
    const seq = await nextSeq(context, 'work_items', parent.id)
    return rows(context, workItem).insert({ ...input, ...course, seq } as Partial<Item>)
  },
  update: async (context, { id, row_version, ...change }) => {
    const before = await rows(context, workItem).get(id)
    checked({ ...before, ...change } as Item)
    return rows(context, workItem).update(before.id, change as Partial<Item>, row_version)
  },
  complete: (context, { id, verification, ...step }) =>
    moveItem(context, id, { ...step, status: 'completed' }, verification === undefined ? {} : { verification }),
  setStatus: (context, { id, ...step }) => moveItem(context, id, step),
  categorize: async (context, { id, tags = [], source: said, ...given }) => {
    const source = context.caller.agent === undefined ? said : 'auto'
    const before = await rows(context, workItem).get(id)
    if (source === 'auto' && before.categorized_by === 'manual') return before
    const change = { ...given, ...(await categoryOf(context, before, given)), categorized_by: source }
    const after = await rows(context, workItem).update(before.id, change as Partial<Item>)
    if (source === 'auto') await addAutoTags(context, TAGS, after.id, tags)
    else {
      await changeTags(context, TAGS, after.id, tags, [])
      await learnFromCorrection(context, before, after)
    }
    return after
  },
  tag: async (context, { id, add, remove }) => {
    const found = await rows(context, workItem).update(id, {})
    return { tags: await changeTags(context, TAGS, found.id, add ?? [], remove ?? []) }
  },
} satisfies Handlers['workItems']

async function moveItem(context: Context, id: string, step: Step, also: Partial<Item> = {}): Promise<Item> {
  const before = await rows(context, workItem).get(id)
  const change = itemChange(before, step, context.clock().toISOString())
  return change ? rows(context, workItem).update(before.id, { ...also, ...change }) : before
}

/** The MSP's own kind of work says the category, and whether it is billed when nobody has said so. */
async function categoryOf(
  context: Context,
  before: Item,
  { category, work_category_id }: { category?: Item['category'] | undefined; work_category_id?: string | undefined },
): Promise<Partial<Item>> {
  if (work_category_id !== undefined) {
    const own = await rows(context, workCategory).get(work_category_id)
    if (category !== undefined && category !== own.category)
      throw new AppError('INVALID_INPUT', `category: "${own.name}" is ${own.category}, not ${category}. Give only one.`)
    return { work_category_id, category: own.category, is_billable: before.is_billable ?? own.is_billable }
  }
  return category === undefined || category === before.category ? {} : { category, work_category_id: null }
}
