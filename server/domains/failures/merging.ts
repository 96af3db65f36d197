import { AppError } from '../../../src/contract/errors.ts'
import { failurePattern } from '../../../src/contract/failures.ts'
import { certainty } from '../../../src/guard/certainty.ts'
import type { FailureCategory } from '../../../src/guard/failure-categories.ts'
import type { Handlers } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import type { Pattern } from './known.ts'

/** Two patterns that say the same become one: the other counts what both counted. */
export const mergePattern: Handlers['failurePatterns']['merge'] = async (context, { id, into }) => {
  const patterns = rows(context, failurePattern)
  const [merged, kept] = [await patterns.get(id), await patterns.get(into)]
  if (merged.merged_into_id === kept.id) return merged
  if (merged.id === kept.id)
    throw new AppError('CONFLICT', 'This is the same failure pattern. Name another one in "into".')
  if (merged.client_id !== kept.client_id)
    throw new AppError(
      'CONFLICT',
      'The two failure patterns are not of the same client. Only those of one client become one.',
    )
  if (kept.status === 'obsolete' || merged.merged_into_id !== null)
    throw new AppError(
      'CONFLICT',
      'An obsolete failure pattern takes part in no merge. Activate it first, or take the one that counts in its place.',
    )
  await patterns.update(kept.id, together(kept, merged))
  return patterns.update(merged.id, replacedBy(kept))
}

export const replacedBy = (kept: Pick<Pattern, 'id' | 'title'>): Partial<Pattern> => ({
  status: 'obsolete',
  suppress_reason: null,
  obsolete_reason: `Says the same as "${kept.title}".`,
  merged_into_id: kept.id,
})

/** What the one that is kept knows then. Of the alternatives what a person wrote counts first, then the likelier one. Pure. */
export function together(kept: Pattern, merged: Pattern): Partial<Pattern> {
  const occurrences = kept.occurrences + merged.occurrences
  const distinct_sessions = kept.distinct_sessions + merged.distinct_sessions
  const { recommended_alternative, alternative_score, alternative_command_id } =
    weightOf(merged) > weightOf(kept) ? merged : kept
  const category = (kept.failure_category ?? merged.failure_category) as FailureCategory | null
  const isAnswered = recommended_alternative !== null
  return {
    occurrences,
    distinct_sessions,
    first_seen_at: kept.first_seen_at < merged.first_seen_at ? kept.first_seen_at : merged.first_seen_at,
    last_seen_at: kept.last_seen_at > merged.last_seen_at ? kept.last_seen_at : merged.last_seen_at,
    ...{ recommended_alternative, alternative_score, alternative_command_id },
    confidence_percent:
      category === null
        ? Math.max(kept.confidence_percent, merged.confidence_percent)
        : certainty({ category, isAnswered, occurrences, sessions: distinct_sessions }),
  }
}

const weightOf = ({ recommended_alternative, alternative_score }: Pattern): number =>
  recommended_alternative === null ? -1 : (alternative_score ?? Number.POSITIVE_INFINITY)
