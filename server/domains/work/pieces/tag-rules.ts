import type { RowOf } from '../../../../src/contract/kernel.ts'
import type { tagRule } from '../../../../src/contract/tags.ts'
import type { Context } from '../../../context.ts'
import type { Piece } from './pieces.ts'

/** The rules by which a lead says what gives work a tag or a category of their own. */

export type Rule = Pick<
  RowOf<typeof tagRule>,
  'id' | 'client_id' | 'looks_at' | 'match_kind' | 'pattern' | 'tag_id' | 'work_category_id' | 'priority'
>

export interface Ruled {
  tagIds: string[]
  /** Of the first rule that gives one. */
  workCategoryId: string | null
}

const MOST_RULES = 1_000

/** Those of the client and of everyone, in the order in which they count: by number, and of equals the client's first. */
export async function readRules({ db }: Context, clientId: string): Promise<Rule[]> {
  return db
    .selectFrom('tag_rules')
    .select(['id', 'client_id', 'looks_at', 'match_kind', 'pattern', 'tag_id', 'work_category_id', 'priority'])
    .where('is_enabled', '=', 1)
    .where('archived_at', 'is', null)
    .where((eb) => eb.or([eb('client_id', '=', clientId), eb('client_id', 'is', null)]))
    .orderBy('priority')
    .orderBy('client_id', 'desc')
    .orderBy('id')
    .limit(MOST_RULES)
    .execute() as Promise<Rule[]>
}

/** What the rules say of a piece. Pure. */
export function ruled(rules: readonly Rule[], piece: Pick<Piece, 'commands' | 'files' | 'assets' | 'prompts'>): Ruled {
  const texts: Record<Rule['looks_at'], readonly string[]> = {
    command: piece.commands.map(({ command }) => command),
    path: piece.files.map(({ path }) => path),
    host: piece.assets.flatMap(({ names }) => names),
    text: piece.prompts,
  }
  const matching = rules.filter((rule) => texts[rule.looks_at].some(matcherOf(rule)))
  return {
    tagIds: [...new Set(matching.flatMap(({ tag_id }) => tag_id ?? []))],
    workCategoryId: matching.find(({ work_category_id }) => work_category_id !== null)?.work_category_id ?? null,
  }
}

/** Texts are looked at up to here: a rule is no reason to read a megabyte. */
const MOST_CHARS = 20_000

function matcherOf({ match_kind, pattern }: Rule): (text: string) => boolean {
  if (match_kind === 'substring') {
    const wanted = pattern.toLowerCase()
    return (text) => text.slice(0, MOST_CHARS).toLowerCase().includes(wanted)
  }
  const expression =
    match_kind === 'regex'
      ? new RegExp(pattern, 'iu')
      : new RegExp(
          `^${pattern
            .replace(/[.+^${}()|[\]\\]/g, '\\$&')
            .replaceAll('*', '[\\s\\S]*')
            .replaceAll('?', '.')}$`,
          'iu',
        )
  return (text) => expression.test(text.slice(0, MOST_CHARS))
}
