import { AppError } from '../../../src/contract/errors.ts'
import { entities } from '../../../src/contract/index.ts'
import type { AnyEntity } from '../../../src/contract/kernel.ts'
import { ROLES } from '../../../src/contract/rights.ts'
import type { Context, Handlers } from '../../context.ts'
import { findClient } from '../../crud/find-client.ts'
import { termsOf } from '../../search/terms.ts'
import { find } from './find.ts'

const DEFAULT_LIMIT = 20
/** Fewer words are keywords: who gives one wants to see where it stands, not what was done beside it. */
const FEWEST_OF_A_QUESTION = 3

export const search = {
  query: async (context, { q, client, kind, host, tag, limit = DEFAULT_LIMIT, ...where }) => {
    const clientId = client === undefined ? where.client_id : (await findClient(context, client)).id
    const tagId = tag === undefined ? undefined : await tagOf(context, tag)
    const found = await find(context, {
      ...where,
      // The host's name is a word of the question like any other, and the one that matters most.
      text: host === undefined ? q : `${q} ${host} ${host}`,
      client_id: clientId,
      kinds: searchableBy(context, kind),
      tag_id: tagId,
      mode: 'context',
      limit,
      onePerRow: true,
    })
    const isKeywords = new Set(termsOf(q)).size < FEWEST_OF_A_QUESTION
    const shown = isKeywords ? found.filter(({ coverage, score }) => coverage > 0 || score === 0) : found
    const items = shown.map(({ passage, score, title, excerpt, client_name, project_id, why }) => ({
      ...{ kind: passage.entity, id: passage.entity_id, client_id: passage.client_id, client_name, project_id },
      ...{ at: passage.at, title, excerpt, score, why },
    }))
    return { items }
  },
} satisfies Handlers['search']

/** @throws AppError NOT_FOUND for a tag that does not exist */
async function tagOf({ db }: Context, slug: string): Promise<string> {
  const found = await db.selectFrom('tags').select('id').where('slug', '=', slug.toLowerCase()).executeTakeFirst()
  if (found) return found.id
  throw new AppError('NOT_FOUND', `The tag "${slug}" does not exist. "msp call tags.list" lists those that do.`)
}

type Searchable = AnyEntity & { offers: { get?: { role: (typeof ROLES)[number] } } }

/**
 * The entities that the caller may search in.
 *
 * @throws AppError INVALID_INPUT for one that cannot be searched.
 */
export function searchableBy(context: Pick<Context, 'caller'>, kind?: string): AnyEntity[] {
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
