import type { RowOf } from '../../../src/contract/kernel.ts'
import { problemSolution } from '../../../src/contract/knowledge.ts'
import type { Context } from '../../context.ts'
import { fromStored } from '../../crud/stored.ts'
import { visibleRows } from '../../crud/visibility.ts'

export type Solution = RowOf<typeof problemSolution>

/** More solutions of one error than anybody wrote; the best of them are chosen by a rule. */
const MOST = 200

/** Solutions of one error that still hold, of one client and general ones; without a client all that the caller may see. */
export async function readSolutions(
  context: Context,
  errorSignature: string,
  clientId: string | null,
): Promise<Solution[]> {
  const found = await context.db
    .selectFrom('problem_solutions')
    .selectAll()
    .where('error_signature', '=', errorSignature)
    .where('archived_at', 'is', null)
    .where('superseded_by_id', 'is', null)
    .$if(clientId !== null, (query) =>
      query.where((eb) => eb.or([eb('client_id', 'is', null), eb('client_id', '=', clientId)])),
    )
    .where(visibleRows(problemSolution, context.caller, context.clock()))
    .orderBy('times_succeeded', 'desc')
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(MOST)
    .execute()
  return found.map((row) => fromStored(problemSolution, row) as Solution)
}
