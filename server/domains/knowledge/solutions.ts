import { sql } from 'kysely'
import type { RowOf } from '../../../src/contract/kernel.ts'
import { problemSolution, solutionApplication } from '../../../src/contract/knowledge.ts'
import { errorSignature } from '../../../src/guard/error-text.ts'
import { errorLines, errorPart } from '../../../src/recall/prompt.ts'
import type { Context, Handlers } from '../../context.ts'
import { findClient } from '../../crud/find-client.ts'
import { rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { sha256 } from '../work/sha256.ts'
import { count } from './counting.ts'
import { findClose, type OfClient, readSolutions, readSolutionsById, readWorkItems, type Solution } from './matching.ts'
import { namedClient } from './naming.ts'
import { ageDays, daysSince, mostPromising, successPercent } from './rules.ts'
import { supersede } from './superseding.ts'

const DEFAULT_MATCHES = 3

export const problemSolutions = {
  ...standardHandlers(problemSolution),
  create: (context, input) =>
    rows(context, problemSolution).insert({ ...input, ...signed(input) } as Partial<Solution>),
  update: (context, { id, row_version, ...change }) =>
    rows(context, problemSolution).update(id, { ...change, ...signed(change) } as Partial<Solution>, row_version),
  supersede: (context, { id, superseded_by_id }) => supersede(context, problemSolution, id, superseded_by_id),
  match: async (context, { error_text, client_id, client, limit = DEFAULT_MATCHES }) => {
    const error_signature = errorSignature(error_text, sha256)
    const ofClient = client_id ?? (client === undefined ? undefined : (await findClient(context, client)).id)
    const same = mostPromising(await readSolutions(context, signaturesOf(error_text), ofClient), ofClient ?? null)
    const text = errorLines(error_text).length === 0 ? error_text : errorPart(error_text)
    const items = [
      ...same.map((solution) => ({ solution, match: 'same_error' as const, coverage: 1 })),
      ...(same.length < limit ? await similarSolutions(context, text, ofClient, new Set(idsOf(same))) : []),
    ].slice(0, limit)
    const now = context.clock()
    return {
      error_signature,
      items: items.map((item) => ({
        ...item,
        success_percent: successPercent(item.solution),
        age_days: ageDays(item.solution, now),
      })),
      work: items.length < limit ? await similarWork(context, text, ofClient, limit - items.length) : [],
    }
  },
} satisfies Handlers['problemSolutions']

/** Of the error as it was given, and of each line in it that names one: a whole log may have been given. */
const signaturesOf = (error: string) => [
  ...new Set([error, ...errorLines(error)].map((one) => errorSignature(one, sha256))),
]

const idsOf = (solutions: readonly { id: string }[]) => solutions.map(({ id }) => id)

/** Who asks for what is like an error reads it himself, so little is enough: more words than those of every error, and a good part of them. */
const isLike = ({ closeness, telling }: { closeness: number; telling: number }) => telling >= 1 && closeness >= 0.15

/** Of two that are found, what took the place of the other says all. */
const isReplacedBy = ({ superseded_by_id }: Solution, found: readonly string[]) =>
  superseded_by_id !== null && found.includes(superseded_by_id)

async function similarSolutions(context: Context, text: string, ofClient: OfClient, without: ReadonlySet<string>) {
  const found = (await findClose(context, text, ['problemSolutions'], ofClient)).filter(isLike)
  const solutions = await readSolutionsById(context, idsOf(found))
  return found.flatMap(({ id, closeness }) => {
    const solution = solutions.get(id)
    if (!solution || without.has(id) || isReplacedBy(solution, [...without, ...solutions.keys()])) return []
    return { solution, match: 'similar' as const, coverage: closeness }
  })
}

async function similarWork(context: Context, text: string, ofClient: OfClient, limit: number) {
  const found = (await findClose(context, text, ['workItems'], ofClient)).filter(isLike)
  const items = await readWorkItems(context, idsOf(found))
  const now = context.clock()
  return found
    .flatMap(({ id, closeness }) => {
      const item = items.get(id)
      if (!item) return []
      const done = item.description ?? item.client_visible_summary ?? item.verification
      const { client_id, title, outcome } = item
      return { id, client_id, title, outcome, done, coverage: closeness, age_days: daysSince(item.created_at, now) }
    })
    .slice(0, limit)
}

/** The signature follows the error text; nothing where that is not written. */
const signed = ({ error_text }: { error_text?: string | null | undefined }) =>
  error_text === undefined ? {} : { error_signature: error_text === null ? null : errorSignature(error_text, sha256) }

export const solutionApplications = {
  ...standardHandlers(solutionApplication),
  create: async (context, input) => {
    const { client_id = null, solution_id, outcome } = input
    const solution = { field: 'solution_id', id: solution_id }
    const named_client_id = await namedClient(context, solutionApplication, solution, client_id)
    const made = await rows(context, solutionApplication).insert({ ...input, named_client_id } as Partial<
      RowOf<typeof solutionApplication>
    >)
    await count(
      context,
      problemSolution,
      solution_id,
      sql`times_applied = times_applied + 1, times_succeeded = times_succeeded + ${Number(outcome === 'success')}, last_applied_at = ${made.created_at}`,
    )
    return made
  },
} satisfies Handlers['solutionApplications']
