import { sql } from 'kysely'
import { contextRecall, contextSnippet } from '../../../src/contract/contexts.ts'
import { environmentalInsight } from '../../../src/contract/insights.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import { errorSignature } from '../../../src/guard/error-text.ts'
import { describesError, errorLines, errorPart } from '../../../src/recall/prompt.ts'
import {
  type InsightFact,
  insightLine,
  type SnippetFact,
  snippetLine,
  solutionLine,
  workLine,
} from '../../../src/recall/prompt-lines.ts'
import { promptText } from '../../../src/recall/prompt-text.ts'
import type { Context, Handlers } from '../../context.ts'
import { inOwnTransaction } from '../../crud/own-transaction.ts'
import { rows } from '../../crud/rows.ts'
import { visibleRows } from '../../crud/visibility.ts'
import { loadTokenizer } from '../../search/tokenizer.ts'
import { sha256 } from '../work/sha256.ts'
import { count } from './counting.ts'
import {
  type Close,
  findClose,
  readSolutions,
  readSolutionsById,
  readWorkItems,
  type Solution,
  type WorkItem,
} from './matching.ts'
import { mindedAt, type Named, namedIn, readNamed, type Told } from './prompt-named.ts'
import { findPromptPlace, type PromptPlace, RECALLED, readFeedback, readTold } from './prompt-place.ts'
import { mostPromising } from './rules.ts'

type ForPrompt = Handlers['contextRecalls']['forPrompt']

/** One thing that could be said. */
interface Item {
  kind: Told['kind'] | 'solution' | 'work_item'
  id: string
  /** Whose: null for what is general. */
  client_id: string | null
  /** 0 to 1. */
  closeness: number
  isCurrent: boolean
  /** Of what it is superseded by. */
  replacedBy: string | null
  line: string
}

/** What has less of the prompt in common is not said: what is said without need costs tokens and trust. */
const FLOOR = 0.35
/** Beside the share: so many words that tell more than that something failed. A code counts as two. */
const TELLING = 2
/** Of each kind. */
const FEW = 3

export const forPrompt: ForPrompt = async (context, input) => {
  const place = await findPromptPlace(context, input)
  const told = new Set([...(await readTold(context, place.ownSessions)), ...(input.shown ?? [])])
  const named = place.clientId === null ? [] : namedIn(input.text, await readNamed(context, place.clientId))
  const found = [
    ...(describesError(input.text) ? await knownOfError(context, input.text, place, named) : []),
    ...(place.clientId === null ? [] : await knownOfNamed(context, place.clientId, named, place)),
  ].filter(isFirst(told))
  if (found.length === 0) return { text: '', tokens: 0, items: [] }
  const packed = promptText(await inOrder(context, found), await loadTokenizer())
  await inOwnTransaction(context, (own) => keep(own, place, sha256(input.text), packed))
  const items = packed.shown.map(({ item }) => ({ kind: item.kind, id: item.id, ...measured(item) }))
  return { text: packed.text, tokens: packed.tokens, items }
}

/** Lets each thing through once, and nothing that was told before. */
function isFirst(told: ReadonlySet<string>): (item: Item) => boolean {
  const seen = new Set(told)
  return ({ id }) => !seen.has(id) && Boolean(seen.add(id))
}

const measured = ({ closeness }: Item) => ({
  score: Math.min(1_000, Math.round(1_000 * closeness)),
  coverage: Math.min(1, closeness),
})

async function knownOfError(
  context: Context,
  prompt: string,
  { clientId, sessionId, ownSessions }: PromptPlace,
  named: readonly Named[],
): Promise<Item[]> {
  const text = errorPart(prompt)
  const [host] = named.filter(({ kind }) => kind === 'infrastructure')
  const near = {
    names: named.flatMap((one) => one.names),
    ...(sessionId === null ? {} : { without_session: sessionId }),
    ...(host === undefined ? {} : { about_infrastructure_id: host.id }),
  }
  const signatures = [prompt, ...errorLines(prompt)].map((error) => errorSignature(error, sha256))
  const same = mostPromising(await readSolutions(context, [...new Set(signatures)], clientId), clientId)
  const close = [
    ...(await findClose(context, text, ['problemSolutions'], clientId, near)),
    ...(clientId === null ? [] : await findClose(context, text, OTHERS, clientId, near)),
  ].filter(({ closeness, telling }) => closeness >= FLOOR && telling >= TELLING)
  return [...same.map((one) => solutionItem(one, 1, context)), ...(await shown(context, close, ownSessions))].filter(
    isNotReplaced,
  )
}

/** Of two that are found, what took the place of the other says all. */
const isNotReplaced = ({ replacedBy }: Item, _: number, all: readonly Item[]) =>
  replacedBy === null || all.every(({ id }) => id !== replacedBy)

const OTHERS = ['environmentalInsights', 'workItems', 'contextSnippets']

const solutionItem = (one: Solution, closeness: number, { clock }: Context): Item => ({
  kind: 'solution',
  id: one.id,
  client_id: one.client_id,
  closeness,
  isCurrent: one.superseded_by_id === null,
  replacedBy: one.superseded_by_id,
  line: solutionLine(one, clock()),
})

/** What was found, as lines. */
async function shown(context: Context, close: readonly Close[], own: ReadonlySet<string>): Promise<Item[]> {
  const idsOf = (kind: string) => close.filter((one) => one.kind === kind).map(({ id }) => id)
  const solutions = await readSolutionsById(context, idsOf('problemSolutions'))
  const work = await readWorkItems(context, idsOf('workItems'))
  const insights = await readInsights(context, idsOf('environmentalInsights'))
  const snippets = await readSnippets(context, idsOf('contextSnippets'))
  const now = context.clock()
  return close.flatMap(({ id, closeness, client_id, isCurrent }): Item[] => {
    const as = { id, client_id, closeness, isCurrent, replacedBy: null }
    const solution = solutions.get(id)
    const item = work.get(id)
    const insight = insights.get(id)
    const snippet = snippets.get(id)
    if (solution) return [solutionItem(solution, closeness, context)]
    if (item) return own.has(item.session_id) ? [] : [{ ...as, kind: 'work_item', line: workLine(asWork(item), now) }]
    if (insight) return [{ ...as, kind: 'insight', line: insightLine(insight, now) }]
    if (!snippet) return []
    return [{ ...as, kind: 'snippet', replacedBy: snippet.superseded_by_id, line: snippetLine(snippet, now) }]
  })
}

const asWork = ({ id, title, outcome, description, verification, created_at }: WorkItem) => ({
  ...{ id, title, outcome, at: created_at },
  done: description ?? verification,
})

async function readInsights(context: Context, ids: readonly string[]): Promise<Map<string, InsightFact>> {
  if (ids.length === 0) return new Map()
  const found = await sql<Omit<InsightFact, 'is_current'> & { is_current: number }>`
    select id, statement, is_current, last_confirmed_at, valid_from from environmental_insights
    where id in (${sql.join(ids)}) and ${visibleRows(environmentalInsight, context.caller, context.clock())}`.execute(
    context.db,
  )
  return new Map(found.rows.map((row) => [row.id, { ...row, is_current: Number(row.is_current) === 1 }]))
}

async function readSnippets(context: Context, ids: readonly string[]): Promise<Map<string, SnippetFact>> {
  if (ids.length === 0) return new Map()
  const found = await sql<SnippetFact>`
    select id, kind, text, created_at, superseded_by_id from context_snippets
    where id in (${sql.join(ids)}) and ${visibleRows(contextSnippet, context.caller, context.clock())}`.execute(
    context.db,
  )
  return new Map(found.rows.map((row) => [row.id, row]))
}

/** What is said of a thing that the prompt names was asked for by its name: it has all of it. */
async function knownOfNamed(
  context: Context,
  clientId: string,
  named: readonly Named[],
  { ownSessions }: PromptPlace,
): Promise<Item[]> {
  const each = []
  for (const one of named) each.push(...(await mindedAt(context, clientId, one, ownSessions)))
  return each.map((one) => ({ ...one, client_id: clientId, closeness: 1, isCurrent: true, replacedBy: null }))
}

/**
 * Solutions before all else; of each kind the client's before what is general, in the order in which they were found unless feedback says
 * otherwise; what is out of date behind all. A few of each kind.
 */
async function inOrder(context: Context, found: readonly Item[]): Promise<Item[]> {
  const feedback = await readFeedback(context, found)
  const weighed = found
    .map((item) => ({ ...item, closeness: item.closeness * (feedback.get(item.id) ?? 1) }))
    .filter(({ closeness }) => closeness >= FLOOR)
    .map((item, found) => ({ item, found, rank: rankOf(item, feedback) }))
    .sort((a, b) => a.rank - b.rank || a.found - b.found)
    .map(({ item }) => item)
  const counts = new Map<string, number>()
  return weighed.filter(({ kind }) => {
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
    return (counts.get(kind) as number) <= FEW
  })
}

/** Smaller is earlier. What was found wrong more often than used goes behind what is general. */
function rankOf({ kind, id, client_id, isCurrent }: Item, feedback: ReadonlyMap<string, number>): number {
  const weight = feedback.get(id) ?? 1
  const standing = (client_id === null ? 2 : 0) + (weight < 1 ? 3 : weight > 1 ? -1 : 0)
  return (isCurrent ? 0 : 1_000) + (kind === 'solution' ? 0 : 100) + standing
}

/** Writes down what was told and what there was no room for, as far as it is knowledge that feedback ranks. */
async function keep(
  context: Context,
  { sessionId, clientId }: PromptPlace,
  query_hash: string,
  { shown, leftOut }: ReturnType<typeof promptText<Item>>,
): Promise<void> {
  if (sessionId === null) return
  const all = [
    ...shown.map((one) => ({ ...one, injected: true })),
    ...leftOut.map((one) => ({ ...one, injected: false })),
  ]
  for (const [index, { item, tokens, injected }] of all.entries()) {
    if (!Object.hasOwn(RECALLED, item.kind)) continue
    const column = RECALLED[item.kind as keyof typeof RECALLED]
    await rows(context, contextRecall).insert({
      ...{ session_id: sessionId, client_id: clientId, named_client_id: item.client_id, [column]: item.id },
      ...{ query_hash, rank: index + 1, score: measured(item).score, tokens, injected },
    } as Partial<RowOf<typeof contextRecall>>)
    if (injected && item.kind === 'insight')
      await count(context, environmentalInsight, item.id, sql`times_recalled = times_recalled + 1`)
  }
}

/** The names for which a machine looks through prompts before it asks. */
export const names: Handlers['contextRecalls']['names'] = async (context, { client_id }) => {
  const all = await readNamed(context, client_id)
  return { names: [...new Set(all.flatMap((one) => one.names))].sort() }
}
