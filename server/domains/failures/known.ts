import { sql } from 'kysely'
import type { failurePattern } from '../../../src/contract/failures.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { Context } from '../../context.ts'
import { type Place, signatureOf } from './places.ts'

export type Pattern = RowOf<typeof failurePattern>

/** The pattern of a place under a signature, by its unique index. */
export async function findPattern(context: Context, place: Place, signature: string): Promise<Pattern | undefined> {
  const key = place.infrastructure_id ?? place.client_id ?? ''
  const { rows } = await sql<Pattern>`select * from failure_patterns
    where scope = ${place.scope} and scope_key = ${key} and signature = ${signature}`.execute(context.db)
  return rows[0]
}

/** The pattern of a failure, or the one that counts in its place. */
export async function patternOf(
  context: Context,
  { blame, category }: { blame: Parameters<typeof signatureOf>[0]; category: string },
  place: Place,
): Promise<Pattern | undefined> {
  const found = await findPattern(context, place, signatureOf(blame, category, place))
  if (!found?.merged_into_id) return found
  const into = await context.db
    .selectFrom('failure_patterns')
    .selectAll()
    .where('id', '=', found.merged_into_id)
    .executeTakeFirst()
  return into === undefined || into.merged_into_id !== null ? found : into
}

/** What the server itself changes of a pattern. */
export async function changePattern(
  context: Pick<Context, 'db' | 'clock'>,
  id: string,
  change: Partial<Pattern>,
): Promise<void> {
  await context.db
    .updateTable('failure_patterns')
    .set((eb) => ({ ...change, updated_at: context.clock().toISOString(), row_version: eb('row_version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}
