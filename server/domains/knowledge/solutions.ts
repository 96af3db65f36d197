import { sql } from 'kysely'
import type { RowOf } from '../../../src/contract/kernel.ts'
import { problemSolution, solutionApplication } from '../../../src/contract/knowledge.ts'
import { errorSignature } from '../../../src/guard/error-text.ts'
import type { Handlers } from '../../context.ts'
import { findClient } from '../../crud/find-client.ts'
import { rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { sha256 } from '../work/sha256.ts'
import { count } from './counting.ts'
import { readSolutions, type Solution } from './matching.ts'
import { namedClient } from './naming.ts'
import { ageDays, mostPromising, successPercent } from './rules.ts'
import { supersede } from './superseding.ts'

const DEFAULT_MATCHES = 3

export const problemSolutions = {
  ...standardHandlers(problemSolution),
  create: (context, input) =>
    rows(context, problemSolution).insert({ ...input, ...signed(input) } as Partial<Solution>),
  update: (context, { id, row_version, ...change }) =>
    rows(context, problemSolution).update(id, { ...change, ...signed(change) } as Partial<Solution>, row_version),
  supersede: (context, { id, superseded_by_id }) => supersede(context, problemSolution, id, superseded_by_id),
  match: async (context, { error_text, client_id, client, limit }) => {
    const error_signature = errorSignature(error_text, sha256)
    const clientId = client_id ?? (client === undefined ? null : (await findClient(context, client)).id)
    const now = context.clock()
    const items = mostPromising(await readSolutions(context, error_signature, clientId), clientId)
      .slice(0, limit ?? DEFAULT_MATCHES)
      .map((solution) => ({ solution, success_percent: successPercent(solution), age_days: ageDays(solution, now) }))
    return { error_signature, items }
  },
} satisfies Handlers['problemSolutions']

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
