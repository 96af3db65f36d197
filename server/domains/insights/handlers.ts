import { AppError } from '../../../src/contract/errors.ts'
import { environmentalInsight } from '../../../src/contract/insights.ts'
import type { Handlers } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { type Insight, readKept } from './queries.ts'
import { confirmedPercent } from './rules.ts'

export const environmentalInsights = {
  ...standardHandlers(environmentalInsight),
  create: async (context, input) => {
    if ([input.infrastructure_id, input.service_id, input.site_id].filter(Boolean).length > 1)
      throw new AppError(
        'INVALID_INPUT',
        'A fact is about one thing: give one of infrastructure_id, service_id and site_id, or none for the client.',
      )
    const now = context.clock().toISOString()
    const [older] = await readKept(context, input, { onlyCurrent: true })
    if (older) await rows(context, environmentalInsight).update(older.id, ended(now), older.row_version)
    return rows(context, environmentalInsight).insert({
      ...input,
      valid_from: now,
      last_confirmed_at: now,
      contradicts_id: older?.id ?? null,
    } as Partial<Insight>)
  },
  confirm: async (context, { id }) => {
    const before = await rows(context, environmentalInsight).get(id)
    if (!before.is_current)
      throw new AppError('CONFLICT', 'This fact has ended. Create it anew if it holds again.', {
        details: { valid_to: before.valid_to },
      })
    return rows(context, environmentalInsight).update(before.id, {
      last_confirmed_at: context.clock().toISOString(),
      confidence_percent: confirmedPercent(before.confidence_percent),
    })
  },
  end: async (context, { id }) => {
    const before = await rows(context, environmentalInsight).get(id)
    return before.is_current
      ? rows(context, environmentalInsight).update(before.id, ended(context.clock().toISOString()))
      : before
  },
  history: async (context, { id }) => {
    const found = await rows(context, environmentalInsight).get(id)
    return { items: await readKept(context, found, { onlyCurrent: false }) }
  },
} satisfies Handlers['environmentalInsights']

const ended = (now: string): Partial<Insight> => ({ is_current: false, valid_to: now })
