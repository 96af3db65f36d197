import { AppError } from '../../../src/contract/errors.ts'
import { entities } from '../../../src/contract/index.ts'
import type { AnyEntity } from '../../../src/contract/kernel.ts'
import { ROLES } from '../../../src/contract/rights.ts'
import type { Context, Handlers } from '../../context.ts'
import { findClient } from '../../crud/find-client.ts'
import { rank } from '../../search/ranking.ts'
import { termsOf } from '../../search/terms.ts'
import { excerptOf } from './excerpt.ts'
import { findCandidates } from './queries.ts'
import { wordsToAsk } from './rules.ts'

const DEFAULT_LIMIT = 20

export const search = {
  query: async (context, { q, client, kind, limit = DEFAULT_LIMIT, ...where }) => {
    const kinds = searchableBy(context, kind)
    const clientId = client === undefined ? where.client_id : (await findClient(context, client)).id
    const words = wordsToAsk(termsOf(q))
    if (words.length === 0 || kinds.length === 0) return { items: [] }
    const candidates = await findCandidates(context, words, { ...where, client_id: clientId, kinds })
    const items = rank(words, candidates)
      .slice(0, limit)
      .map(({ terms, entity, entity_id, body, ...found }) => ({
        ...found,
        kind: entity,
        id: entity_id,
        excerpt: excerptOf(body, words),
      }))
    return { items }
  },
} satisfies Handlers['search']

type Searchable = AnyEntity & { offers: { get?: { role: (typeof ROLES)[number] } } }

/**
 * The entities that the caller may search in.
 *
 * @throws AppError INVALID_INPUT for one that cannot be searched.
 */
function searchableBy(context: Context, kind: string | undefined): AnyEntity[] {
  const indexed = (Object.values(entities) as Searchable[]).filter((entity) => entity.indexed)
  if (kind !== undefined && !indexed.some((entity) => entity.plural === kind))
    throw new AppError(
      'INVALID_INPUT',
      `kind: ${kind} cannot be searched. Take one of ${indexed.map((entity) => entity.plural).join(', ')}.`,
    )
  const rank = ROLES.indexOf(context.caller.role)
  return indexed
    .filter((entity) => kind === undefined || entity.plural === kind)
    .filter(({ offers }) => ROLES.indexOf(offers.get?.role ?? 'admin') <= rank)
}
