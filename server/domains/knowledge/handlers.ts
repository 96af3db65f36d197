import { AppError } from '../../../src/contract/errors.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import { conversationContext } from '../../../src/contract/knowledge.ts'
import { contextBlock } from '../../../src/recall/block.ts'
import { explainedBlock } from '../../../src/recall/explain.ts'
import type { BlockFacts, CompactFacts, ExpiringFact, Place } from '../../../src/recall/facts.ts'
import type { Context, Handlers } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { countTokens, loadTokenizer } from '../../search/tokenizer.ts'
import { listExpirations } from '../infrastructure/expirations.ts'
import { readSessionFacts } from '../work/session-facts.ts'
import { sha256 } from '../work/sha256.ts'
import { readCredentialsUsed } from './credentials-used.ts'
import { readKnown } from './known.ts'
import { findPlace, type Placed, suggestClient } from './place.ts'
import { readAliases, readFailures, readHosts, readPatterns, readSessions, readTasks, type Whose } from './queries.ts'

export const conversationContexts = {
  ...standardHandlers(conversationContext),
  create: async (context, input) => {
    const managed = {
      token_estimate: await countTokens(input.dense_summary),
      source_hash: sha256(context.newId()),
    }
    return rows(context, conversationContext).insert({ ...input, ...managed } as Partial<
      RowOf<typeof conversationContext>
    >)
  },
  update: async (context, { id, row_version, ...change }) => {
    const counted =
      change.dense_summary === undefined ? {} : { token_estimate: await countTokens(change.dense_summary) }
    return rows(context, conversationContext).update(
      id,
      { ...change, ...counted } as Partial<RowOf<typeof conversationContext>>,
      row_version,
    )
  },
} satisfies Handlers['conversationContexts']

export const context = {
  get: async (context, input) => {
    const placed = await findPlace(context, input)
    const budget = input.budget
    const isUnbound = placed.client === null && placed.mode === null && (input.purpose ?? 'start') === 'start'
    const suggested = isUnbound ? await suggestClient(context, input) : null
    const facts = await factsFor(context, placed, input.purpose ?? 'start')
    return {
      ...(await print(context, facts, budget, input.explain)),
      mode: placed.mode,
      client: nameOf(placed.client),
      project: nameOf(placed.project),
      ...(input.marks ? { mark_key: await markKeyFor(context, placed.client) } : {}),
      suggestion: suggested
        ? {
            client: { id: suggested.client.id, name: suggested.client.name },
            reason: suggested.reason,
            ...(await print(
              context,
              await factsFor(context, { ...placed, client: suggested.client, notices: [assumed(suggested)] }, 'start'),
              budget,
            )),
          }
        : null,
    }
  },
} satisfies Handlers['context']

/** `placed.client` was found among those that the caller may see. Null where nothing is recorded for it any more. */
async function markKeyFor(context: Context, client: Placed['client']): Promise<string | null> {
  if (client === null) return null
  return context.vault.markKey(context.db, client.id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'CONFLICT') return null
    throw error
  })
}

function nameOf(row: { id: string; name: string }): { id: string; name: string }
function nameOf(row: { id: string; name: string } | null): { id: string; name: string } | null
function nameOf(row: { id: string; name: string } | null) {
  return row && { id: row.id, name: row.name }
}

const assumed = ({ client, reason }: { client: { name: string }; reason: string }) =>
  `No client was chosen. Shown is ${client.name}, because ${reason}. "/msp ${client.name}" records the work for it.`

async function print(context: Context, facts: BlockFacts, budget: number | undefined, explain = false) {
  const countTokens = await loadTokenizer()
  const options = { countTokens, now: context.clock(), ...(budget === undefined ? {} : { budget }) }
  return explain ? explainedBlock(facts, options) : contextBlock(facts, options)
}

async function factsFor(context: Context, placed: Placed, purpose: BlockFacts['purpose']): Promise<BlockFacts> {
  const place: Place = {
    machine: placed.machine,
    mode: placed.mode,
    client: placed.client && { ...nameOf(placed.client), aliases: await readAliases(context, placed.client) },
    project: nameOf(placed.project),
    ticket: placed.ticket,
    notices: placed.notices,
  }
  const whose: Whose = { clientId: placed.client?.id ?? null, projectId: placed.project?.id ?? null }
  if (purpose === 'compact' && placed.session) {
    const { tasks, total } = await readTasks(context, whose)
    return {
      ...place,
      purpose,
      session: placed.session,
      tasks,
      totals: { tasks: total },
      ...(await ownWork(context, placed.session.id)),
    }
  }
  if (purpose === 'resume' && placed.session) {
    const since = placed.session.last_activity_at
    const { tasks } = await readTasks(context, whose, since)
    return {
      ...place,
      purpose,
      since,
      tasks,
      failures: await readFailures(context, whose, since),
      patterns: await readPatterns(context, whose),
      sessions: await readSessions(context, whose, placed.session.id, since),
      ...(await readKnown(context, whose, since)),
    }
  }
  // Without client and mode there is nobody whose records may be shown.
  const isUnbound = placed.client === null && placed.mode === null
  const nothing = { tasks: [], total: 0 }
  const { tasks, total } = isUnbound ? nothing : await readTasks(context, whose)
  return {
    ...place,
    purpose: purpose === 'mode' ? 'mode' : 'start',
    tasks,
    totals: { tasks: total },
    failures: await readFailures(context, whose),
    patterns: isUnbound ? [] : await readPatterns(context, whose),
    hosts: await readHosts(context, whose),
    sessions: isUnbound
      ? []
      : await readSessions(context, whose, placed.session?.status === 'active' ? placed.session.id : null),
    ...(isUnbound ? NOTHING_KNOWN : await readKnown(context, whose)),
    credentials: await readCredentialsUsed(context, whose),
    expiring: await readExpiring(context, whose),
  }
}

const NOTHING_KNOWN = { state: null, decisions: [], insights: [], snippets: [] }

/** Days within which an end is soon, and for which one that has passed is still told. */
const EXPIRY_DAYS = 30
const MOST_EXPIRING = 6

async function readExpiring(context: Context, { clientId }: Whose): Promise<ExpiringFact[]> {
  if (clientId === null) return []
  const after = new Date(context.clock().getTime() - EXPIRY_DAYS * 86_400_000).toISOString().slice(0, 10)
  const soon = { client_id: clientId, within_days: EXPIRY_DAYS, after, limit: MOST_EXPIRING }
  const { items } = await listExpirations(context, soon)
  // A day that something is valid until is over at its end.
  return items.map(({ id, kind, name, expires_on }) => {
    return { id, kind: kind.replaceAll('_', ' '), name, expires_at: `${expires_on}T23:59:59.000Z` }
  })
}

/** What a session did so far, to be told after its conversation was compacted. */
async function ownWork(
  context: Context,
  sessionId: string,
): Promise<Pick<CompactFacts, 'prompts' | 'commands' | 'files' | 'work_items'>> {
  const { events, commands, files, workItems } = await readSessionFacts(context, sessionId)
  const prompts = events.flatMap((event) => (event.kind === 'prompt' && event.text !== null ? event.text : []))
  return { prompts, commands, files, work_items: workItems }
}
