import type { RowOf } from '../../../src/contract/kernel.ts'
import { problemSolution } from '../../../src/contract/knowledge.ts'
import { workItem } from '../../../src/contract/work.ts'
import type { Context } from '../../context.ts'
import { fromStored } from '../../crud/stored.ts'
import { visibleRows } from '../../crud/visibility.ts'
import { type Asked, type Found, find } from '../search/find.ts'
import { searchableBy } from '../search/handlers.ts'
import { type Measure, measureOf } from './closeness.ts'

export type Solution = RowOf<typeof problemSolution>
export type WorkItem = RowOf<typeof workItem>

/** More solutions of one error than anybody wrote; the best of them are chosen by a rule. */
const MOST = 200

/** Of a client and of nobody; only of nobody (null); of all that the caller may see (undefined). */
export type OfClient = string | null | undefined

/** Solutions of these errors that still hold. */
export async function readSolutions(
  context: Context,
  errorSignatures: readonly string[],
  ofClient: OfClient,
): Promise<Solution[]> {
  if (errorSignatures.length === 0) return []
  const found = await context.db
    .selectFrom('problem_solutions')
    .selectAll()
    .where('error_signature', 'in', errorSignatures)
    .where('archived_at', 'is', null)
    .where('superseded_by_id', 'is', null)
    .$if(ofClient !== undefined, (query) =>
      query.where((eb) => eb.or([eb('client_id', 'is', null), ...(ofClient ? [eb('client_id', '=', ofClient)] : [])])),
    )
    .where(visibleRows(problemSolution, context.caller, context.clock()))
    .orderBy('times_succeeded', 'desc')
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(MOST)
    .execute()
  return found.map((row) => fromStored(problemSolution, row) as Solution)
}

/** Solutions by their ids, as far as the caller may see them. */
export async function readSolutionsById(context: Context, ids: readonly string[]): Promise<Map<string, Solution>> {
  if (ids.length === 0) return new Map()
  const found = await context.db
    .selectFrom('problem_solutions')
    .selectAll()
    .where('id', 'in', ids)
    .where('archived_at', 'is', null)
    .where(visibleRows(problemSolution, context.caller, context.clock()))
    .execute()
  return new Map(found.map((row) => [row.id, fromStored(problemSolution, row) as Solution]))
}

/** Work items by their ids, as far as the caller may see them. */
export async function readWorkItems(context: Context, ids: readonly string[]): Promise<Map<string, WorkItem>> {
  if (ids.length === 0) return new Map()
  const found = await context.db
    .selectFrom('work_items')
    .selectAll()
    .where('id', 'in', ids)
    .where('archived_at', 'is', null)
    .where(visibleRows(workItem, context.caller, context.clock()))
    .execute()
  return new Map(found.map((row) => [row.id, fromStored(workItem, row) as WorkItem]))
}

/** What was found for a question, with how much of it. */
export interface Close {
  id: string
  kind: string
  client_id: string | null
  /** 0 to 1. */
  closeness: number
  /** Enough words in common to say that it is the same matter. */
  telling: number
  isCurrent: boolean
}

/** So many of each place are looked at: what is superseded or too far away is left out of them. */
const LOOKED_AT = 8

/**
 * What is told in words like those of an error, the best first: of the client before what is general, what was superseded behind all.
 *
 * @param kinds plurals of entities that can be searched
 * @param names of hosts and the like in the text, which do not count
 */
export async function findClose(
  context: Context,
  text: string,
  kinds: readonly string[],
  ofClient: OfClient,
  { names = [], ...more }: Pick<Asked, 'without_session' | 'about_infrastructure_id'> & { names?: string[] } = {},
): Promise<Close[]> {
  const entities = searchableBy(context).filter(({ plural }) => kinds.includes(plural))
  const measure = measureOf(text, names)
  const found: Close[] = []
  for (const client_id of ofClient ? [ofClient, null] : [ofClient]) {
    const asked: Asked = { ...more, text, kinds: entities, mode: 'problem', limit: LOOKED_AT, onePerRow: true }
    const ofPlace = await find(context, client_id === undefined ? asked : { ...asked, client_id })
    found.push(...ofPlace.map((one) => close(measure, one)))
  }
  return [...found.filter(({ isCurrent }) => isCurrent), ...found.filter(({ isCurrent }) => !isCurrent)]
}

const close = (measure: Measure, { passage, coverage, words }: Found): Close => ({
  id: passage.entity_id,
  kind: passage.entity,
  client_id: passage.client_id,
  closeness: Math.round(100 * measure.of({ coverage, words })) / 100,
  telling: measure.telling(words),
  isCurrent: passage.is_current,
})
