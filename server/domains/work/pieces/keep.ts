import { tag } from '../../../../src/contract/tags.ts'
import type { FreeText } from '../../../../src/contract/values.ts'
import { workItem } from '../../../../src/contract/work.ts'
import type { Context } from '../../../context.ts'
import { rows } from '../../../crud/rows.ts'
import { foldName } from '../../../crud/stored.ts'
import { textWithoutSecrets } from '../../../redaction/call.ts'
import { nextSeq } from '../numbering.ts'
import type { SessionFacts, WorkItem } from '../session-facts.ts'
import { sha256 } from '../sha256.ts'
import { addAutoTags, type Junction } from '../tagging.ts'
import { readKnownAssets } from './assets.ts'
import { type Piece, piecesOf } from './pieces.ts'
import { type Ruled, readRules, ruled } from './tag-rules.ts'
import type { Topic } from './topics.ts'

const TAGS: Junction = { table: 'work_item_tags', column: 'work_item_id' }

/**
 * Keeps the pieces of work of a session as work items. Made anew with late events: a piece keeps its row by the time that both have, what a person has
 * changed stays as they left it, and rows that nothing belongs to any more go.
 *
 * @returns the session's work items, those that people noted among them
 */
export async function keepPieces(context: Context, facts: SessionFacts): Promise<WorkItem[]> {
  const { session } = facts
  if (session.client_id === null) return facts.workItems
  const assets = await readKnownAssets(context, session.client_id)
  const pieces = piecesOf(facts, assets).filter(isWork)
  const rules = pieces.length === 0 ? [] : await readRules(context, session.client_id)
  const before = await readMade(context, session.id)
  const left = new Set(before)
  const kept: WorkItem[] = []
  for (const piece of pieces) {
    const known = closest(piece, left)
    if (known) left.delete(known)
    kept.push(await keepPiece(context, facts, piece, known, ruled(rules, piece)))
  }
  for (const made of left) await forget(context, made)
  const noted = facts.workItems.filter(({ id }) => before.every((made) => made.id !== id))
  return [...noted, ...kept].sort((a, b) => a.seq - b.seq)
}

/** Something was done, or time went into it. */
const isWork = ({ commands, files, activeSeconds }: Piece) => commands.length + files.length > 0 || activeSeconds >= 60

type Made = Pick<WorkItem, 'id' | 'started_at' | 'ended_at' | 'title' | 'row_version'> & { made_hash: string | null }

async function readMade({ db }: Context, sessionId: string): Promise<Made[]> {
  return db
    .selectFrom('work_items')
    .select(['id', 'started_at', 'ended_at', 'title', 'row_version', 'made_hash'])
    .where('session_id', '=', sessionId)
    .where('is_automatic', '=', 1)
    .where('archived_at', 'is', null)
    .orderBy('seq')
    .execute()
}

/** The row that has most of the piece's time; at least that it begins within it or the other way round. */
function closest(piece: Piece, made: ReadonlySet<Made>): Made | undefined {
  const common = (one: Made) =>
    Math.min(Date.parse(piece.endedAt), Date.parse(one.ended_at ?? piece.endedAt)) -
    Math.max(Date.parse(piece.startedAt), Date.parse(one.started_at ?? piece.startedAt))
  const [best] = [...made].filter((one) => common(one) >= 0).sort((a, b) => common(b) - common(a))
  return best
}

type Values = Pick<
  WorkItem,
  'title' | 'description' | 'status' | 'outcome' | 'started_at' | 'ended_at' | 'active_seconds' | 'problem_type'
>

async function keepPiece(
  context: Context,
  facts: SessionFacts,
  piece: Piece,
  known: Made | undefined,
  said: Ruled,
): Promise<WorkItem> {
  const values = await valuesOf(context, facts, piece)
  const row = known ? await rows(context, workItem).get(known.id) : await insert(context, facts, values)
  const isUntouched = known === undefined || known.made_hash === hashOf(row)
  const isRenewed = isUntouched && known !== undefined && !isSame(row, values)
  const kept = isRenewed ? await rows(context, workItem).update(row.id, values as Partial<WorkItem>) : row
  const chosen = kept.categorized_by === 'manual' ? kept : await categorize(context, kept, piece, said)
  await context.db
    .updateTable('work_items')
    .set(isUntouched ? { made_hash: hashOf(chosen) } : {})
    .$if(!isUntouched, (update) => update.set({ made_hash: known?.made_hash ?? null }))
    .where('id', '=', row.id)
    .execute()
  await connect(context, facts, chosen.id, piece)
  return chosen
}

async function valuesOf(context: Context, { session }: SessionFacts, piece: Piece): Promise<Values> {
  const { title, description } = workItem.freeTexts
  const clean = (text: string, kind: unknown) => textWithoutSecrets(context, text, kind as FreeText, session.client_id)
  const isOver = session.ended_at !== null
  return {
    title: (await clean(piece.title, title)).slice(0, 120),
    description: await clean(piece.description, description),
    status: isOver ? (piece.outcome === 'failure' ? 'failed' : 'completed') : 'in_progress',
    outcome: isOver ? piece.outcome : 'unknown',
    started_at: piece.startedAt,
    ended_at: isOver ? piece.endedAt : null,
    active_seconds: piece.activeSeconds,
    problem_type:
      piece.category === 'incident' || piece.category === 'problem' ? (piece.topics[0]?.name ?? null) : null,
  }
}

async function insert(context: Context, { session }: SessionFacts, values: Values): Promise<WorkItem> {
  const place = { session_id: session.id, client_id: session.client_id as string, project_id: session.project_id }
  const seq = await nextSeq(context, 'work_items', session.id)
  return rows(context, workItem).insert({
    ...{
      ...place,
      ...values,
      seq,
      is_automatic: true,
      categorized_by: 'auto',
      category: 'service_request',
      priority: 'p3',
    },
  } as Partial<WorkItem>)
}

/** What tells whether a person has changed it since it was made. Instants and numbers as the row has them. */
const hashOf = ({ title, description, status, outcome, active_seconds }: Values): string =>
  sha256(JSON.stringify([title, description, status, outcome, active_seconds]))

const isSame = (row: Values, made: Values) =>
  hashOf(row) === hashOf(made) && row.started_at === made.started_at && row.ended_at === made.ended_at

/** A rule's own kind of work says the category; else what the piece itself tells. */
async function categorize(
  context: Context,
  row: WorkItem,
  piece: Piece,
  { tagIds, workCategoryId }: Ruled,
): Promise<WorkItem> {
  const own = workCategoryId === null ? undefined : await readOwnCategory(context, workCategoryId)
  const change = {
    category: own?.category ?? piece.category,
    work_category_id: own?.id ?? null,
    is_billable: own?.is_billable ?? null,
    categorized_by: 'auto' as const,
  }
  const isKnown = row.category === change.category && row.work_category_id === change.work_category_id
  const after = isKnown ? row : await rows(context, workItem).update(row.id, change)
  await addAutoTags(context, TAGS, row.id, [...tagIds, ...(await tagsFor(context, piece.topics))])
  return after
}

async function readOwnCategory({ db }: Context, id: string) {
  const found = await db
    .selectFrom('work_categories')
    .select(['id', 'category', 'is_billable'])
    .where('id', '=', id)
    .where('archived_at', 'is', null)
    .executeTakeFirst()
  return found && { ...found, is_billable: Boolean(found.is_billable) }
}

/** The tags of topics, made with their first use. One that a lead has archived is not given. */
async function tagsFor(context: Context, topics: readonly Topic[]): Promise<string[]> {
  const ids: string[] = []
  for (const { slug, name } of topics) {
    const known = await context.db
      .selectFrom('tags')
      .select(['id', 'archived_at', 'merged_into_id'])
      .where('slug_key', '=', foldName(slug))
      .orderBy('archived_at')
      .executeTakeFirst()
    if (known === undefined) ids.push((await rows(context, tag).insert({ slug, name, category: 'technology' })).id)
    else if (known.merged_into_id !== null) ids.push(known.merged_into_id)
    else if (known.archived_at === null) ids.push(known.id)
  }
  return ids
}

/** Commands, files and machines of a piece; what belonged to it and does no longer is let go. */
async function connect(
  { db, clock, newId }: Context,
  { session }: SessionFacts,
  itemId: string,
  piece: Piece,
): Promise<void> {
  for (const [table, ids] of [
    ['commands_run', piece.commands.map(({ id }) => id)],
    ['file_changes', piece.files.map(({ id }) => id)],
  ] as const) {
    const others = db.updateTable(table).set({ work_item_id: null }).where('work_item_id', '=', itemId)
    await (ids.length === 0 ? others : others.where('id', 'not in', ids)).execute()
    if (ids.length > 0) await db.updateTable(table).set({ work_item_id: itemId }).where('id', 'in', ids).execute()
  }
  const known = await db
    .selectFrom('work_item_assets')
    .select('infrastructure_id')
    .where('work_item_id', '=', itemId)
    .where('archived_at', 'is', null)
    .execute()
  const there = new Set(known.map(({ infrastructure_id }) => infrastructure_id))
  const now = clock().toISOString()
  const missing = piece.assets.filter(({ id }) => !there.has(id))
  if (missing.length > 0)
    await db
      .insertInto('work_item_assets')
      .values(
        missing.map(({ id: infrastructure_id }) => ({
          ...{ id: newId(), created_at: now, updated_at: now, created_by: null, updated_by: null, archived_at: null },
          ...{
            row_version: 1,
            client_id: session.client_id,
            work_item_id: itemId,
            infrastructure_id,
            service_id: null,
          },
        })) as never,
      )
      .execute()
}

/** A piece that late events have joined with another. One that a person has changed stays. */
async function forget(context: Context, { id, made_hash }: Made): Promise<void> {
  const row = await rows(context, workItem).get(id)
  if (hashOf(row) !== made_hash || row.categorized_by === 'manual') return
  await rows(context, workItem).update(id, { archived_at: context.clock().toISOString() } as Partial<WorkItem>)
}
