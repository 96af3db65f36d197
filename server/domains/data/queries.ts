import { type Kysely, sql } from 'kysely'
import type { AnyEntity } from '../../../src/contract/kernel.ts'
import type { Context } from '../../context.ts'
import { foldName } from '../../crud/stored.ts'
import { visibleRows } from '../../crud/visibility.ts'

/** The active rows of a client that a natural key names, among those that the caller may see: two at most. */
export async function idsByKey(
  context: Context,
  entity: AnyEntity,
  clientId: string | undefined,
  column: string,
  value: string,
): Promise<string[]> {
  const db = context.db as unknown as Kysely<Record<string, Record<string, unknown>>>
  const named = column === entity.named
  const found = await db
    .selectFrom(entity.table)
    .select('id')
    .where(sql.ref(named ? `${column}_key` : column), '=', named ? foldName(value) : value)
    .where('archived_at', 'is', null)
    .$if(clientId !== undefined, (query) => query.where('client_id', '=', clientId as string))
    .where(visibleRows(entity, context.caller, context.clock()))
    .orderBy('id')
    .limit(2)
    .execute()
  return found.map((row) => row.id as string)
}
