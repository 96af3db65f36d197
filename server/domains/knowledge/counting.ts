import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../../context.ts'

/** Changes counters of a row within the database, so that of two at once none is lost. */
export async function count(
  context: Context,
  entity: { table: string },
  id: string,
  counters: RawBuilder<unknown>,
): Promise<void> {
  const now = context.clock().toISOString()
  await sql`update ${sql.table(entity.table)} set ${counters}, updated_at = ${now}, row_version = row_version + 1 where id = ${id}`.execute(
    context.db,
  )
}
