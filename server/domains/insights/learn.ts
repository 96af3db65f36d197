import { environmentalInsight } from '../../../src/contract/insights.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { session } from '../../../src/contract/sessions.ts'
import type { commandRun } from '../../../src/contract/work.ts'
import type { FailureCategory } from '../../../src/guard/failure-categories.ts'
import {
  agrees,
  type Fact,
  factsOf,
  factText,
  factValue,
  OBSERVED_PERCENT,
  shownPresent,
} from '../../../src/guard/insights.ts'
import { systemName } from '../../../src/guard/system.ts'
import { targetOf } from '../../../src/guard/target.ts'
import type { Context } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import { renewDigest } from './digest.ts'
import { type Insight, readKept } from './queries.ts'
import { confirmedPercent, doubtedPercent, ended } from './rules.ts'

type Session = Pick<RowOf<typeof session>, 'client_id'>
type Command = RowOf<typeof commandRun>
interface Asset {
  id: string
  client_id: string
  hostname: string
  system: string | null
}

/** The same again within this time says nothing new. */
const CONFIRMED_ANEW_MS = 60 * 60_000
/** So long a failure explains why a success needed an older protocol. */
const AFTER_MS = 30 * 86_400_000

/**
 * Keeps what a run shows about the client's machine on which it ran. What it shows about the technician's own machine is not kept: machines probe
 * themselves.
 */
export async function learnInsights(context: Context, of: Session, run: Command): Promise<void> {
  if (of.client_id === null || run.infrastructure_id === null || run.interrupted) return
  const host = targetOf(run.command)?.toLowerCase()
  const asset = host === undefined ? undefined : await readAsset(context, of.client_id, run.infrastructure_id)
  if (!asset) return
  const told = {
    command: run.command,
    category: run.success ? null : ((run.failure_category ?? 'NotSpecified') as FailureCategory),
    stdout: run.stdout_excerpt,
    stderr: [run.stderr_excerpt, run.error_message].filter(Boolean).join('\n'),
  }
  let hasChanged = false
  for (const fact of factsOf({ ...told, system: asset.system, name: asset.hostname }))
    if (fact.host === host) hasChanged = (await keep(context, asset, run, fact)) || hasChanged
  const present = run.success ? shownPresent(told).filter((shown) => shown.host === host) : []
  if (present.length > 0)
    hasChanged =
      (await refute(
        context,
        asset,
        present.map(({ key }) => key),
      )) || hasChanged
  if (hasChanged) await renewDigest(context, asset.id)
}

async function readAsset(context: Context, clientId: string, id: string): Promise<Asset | undefined> {
  const found = await context.db
    .selectFrom('infrastructure')
    .select(['id', 'client_id', 'hostname', 'os_name', 'os_version'])
    .where('id', '=', id)
    .where('client_id', '=', clientId)
    .executeTakeFirst()
  const system = systemName([found?.os_name, found?.os_version].filter(Boolean).join(' '))
  return found && { ...found, system }
}

/** @returns whether anything is known otherwise than before. */
async function keep(context: Context, asset: Asset, run: Command, fact: Fact): Promise<boolean> {
  const place = { client_id: asset.client_id, infrastructure_id: asset.id, key: fact.key }
  const [known] = await readKept(context, place, { onlyCurrent: true })
  if (known && agrees(factText(known.value), fact.value)) return confirm(context, known)
  if (fact.after !== null && !(await hasFailedBefore(context, asset, run, fact.after))) return false
  if (known && isSurer(known, fact)) return doubt(context, known, run, fact)
  const now = context.clock().toISOString()
  if (known) await rows(context, environmentalInsight).update(known.id, ended(now))
  await rows(context, environmentalInsight).insert({
    ...columnsOf(asset, run, fact),
    is_current: true,
    valid_from: now,
    last_confirmed_at: now,
    contradicts_id: known?.id ?? null,
  })
  return true
}

/** What a person said, and what was seen, is not taken back for something that was only concluded. */
const isSurer = (known: Insight, { confidence_percent }: Fact): boolean =>
  confidence_percent < OBSERVED_PERCENT &&
  (known.source !== 'inferred' || known.confidence_percent > confidence_percent)

const columnsOf = (asset: Asset, run: Command, fact: Fact): Partial<Insight> => ({
  client_id: asset.client_id,
  infrastructure_id: asset.id,
  key: fact.key,
  value: factValue(fact.key, fact.value),
  statement: fact.statement,
  category: fact.category,
  priority: fact.priority,
  source: fact.confidence_percent >= OBSERVED_PERCENT ? 'observed' : 'inferred',
  confidence_percent: fact.confidence_percent,
  evidence_command_id: run.id,
})

async function confirm(context: Context, known: Insight): Promise<boolean> {
  const now = context.clock()
  const ageMs = now.getTime() - Date.parse(known.last_confirmed_at ?? known.valid_from)
  if (ageMs < CONFIRMED_ANEW_MS) return false
  await rows(context, environmentalInsight).update(known.id, {
    last_confirmed_at: now.toISOString(),
    confidence_percent: confirmedPercent(known.confidence_percent),
  })
  return true
}

/** Keeps the contradiction as history and makes the known fact less certain, once for each other value. */
async function doubt(context: Context, known: Insight, run: Command, fact: Fact): Promise<boolean> {
  const asset = { id: known.infrastructure_id as string, client_id: known.client_id, hostname: '', system: null }
  const earlier = await readKept(context, { ...known, key: fact.key }, { onlyCurrent: false })
  const isTold = ({ contradicts_id, value }: Insight) => contradicts_id === known.id && factText(value) === fact.value
  if (earlier.some(isTold)) return false
  const now = context.clock().toISOString()
  await rows(context, environmentalInsight).insert({
    ...columnsOf(asset, run, fact),
    ...ended(now),
    valid_from: now,
    contradicts_id: known.id,
  })
  await rows(context, environmentalInsight).update(known.id, {
    confidence_percent: doubtedPercent(known.confidence_percent),
  })
  return true
}

async function hasFailedBefore(
  context: Context,
  asset: Asset,
  run: Command,
  category: FailureCategory,
): Promise<boolean> {
  const since = new Date(Date.parse(run.started_at) - AFTER_MS).toISOString()
  const found = await context.db
    .selectFrom('commands_run')
    .select('id')
    .where('infrastructure_id', '=', asset.id)
    .where('success', '=', 0)
    .where('failure_category', '=', category)
    .where('started_at', '>', since)
    .where('started_at', '<=', run.started_at)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** Ends facts that say something is absent which has just worked. */
async function refute(context: Context, asset: Asset, keys: readonly string[]): Promise<boolean> {
  const found = await context.db
    .selectFrom('environmental_insights')
    .select(['id', 'value'])
    .where('infrastructure_id', '=', asset.id)
    .where('is_current', '=', 1)
    .where('archived_at', 'is', null)
    .where('key', 'in', [...new Set(keys)])
    .execute()
  const wrong = found.filter(({ value }) => factText(JSON.parse(String(value))) === 'absent')
  for (const { id } of wrong) await rows(context, environmentalInsight).update(id, ended(context.clock().toISOString()))
  return wrong.length > 0
}
