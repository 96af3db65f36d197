import { AppError } from '../../../src/contract/errors.ts'
import { environmentalInsight } from '../../../src/contract/insights.ts'
import type { Context, Handlers } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { renewDigest } from './digest.ts'
import { type Insight, readKept } from './queries.ts'
import { confirmedPercent, ended } from './rules.ts'

const standard = standardHandlers(environmentalInsight)

export const environmentalInsights = {
  ...standard,
  update: async (context, input) => digested(context, await standard.update(context, input)),
  archive: async (context, input) => digested(context, await standard.archive(context, input)),
  restore: async (context, input) => digested(context, await standard.restore(context, input)),
  create: async (context, input) => {
    if ([input.infrastructure_id, input.service_id, input.site_id].filter(Boolean).length > 1)
      throw new AppError(
        'INVALID_INPUT',
        'A fact is about one thing: give one of infrastructure_id, service_id and site_id, or none for the client.',
      )
    const now = context.clock().toISOString()
    const [older] = await readKept(context, input, { onlyCurrent: true })
    if (older) await rows(context, environmentalInsight).update(older.id, ended(now), older.row_version)
    const made = await rows(context, environmentalInsight).insert({
      ...input,
      valid_from: now,
      last_confirmed_at: now,
      contradicts_id: older?.id ?? null,
    } as Partial<Insight>)
    return digested(context, made)
  },
  confirm: async (context, { id }) => {
    const before = await rows(context, environmentalInsight).get(id)
    if (!before.is_current)
      throw new AppError('CONFLICT', 'This fact has ended. Create it anew if it holds again.', {
        details: { valid_to: before.valid_to },
      })
    const confirmed = await rows(context, environmentalInsight).update(before.id, {
      last_confirmed_at: context.clock().toISOString(),
      confidence_percent: confirmedPercent(before.confidence_percent),
    })
    return digested(context, confirmed)
  },
  end: async (context, { id }) => {
    const before = await rows(context, environmentalInsight).get(id)
    if (!before.is_current) return before
    const now = context.clock().toISOString()
    return digested(context, await rows(context, environmentalInsight).update(before.id, ended(now)))
  },
  history: async (context, { id }) => {
    const found = await rows(context, environmentalInsight).get(id)
    return { items: await readKept(context, found, { onlyCurrent: false }) }
  },
} satisfies Handlers['environmentalInsights']

/** The notes of the asset say what is known of it, however that came about. */
async function digested(context: Context, insight: Insight): Promise<Insight> {
  await renewDigest(context, insight.infrastructure_id)
  return insight
}
