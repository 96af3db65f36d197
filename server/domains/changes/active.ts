import { type SqlBool, sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { Deployment } from './rules.ts'

/** The deployments that were active in the same place, before this one succeeded. */
export async function replaceActive(context: Context, { id, ...place }: Deployment): Promise<void> {
  const same = (column: 'project_id' | 'infrastructure_id' | 'service_id') =>
    place[column] === null
      ? sql<SqlBool>`${sql.ref(column)} is null`
      : sql<SqlBool>`${sql.ref(column)} = ${place[column]}`
  await context.db
    .updateTable('deployments')
    .set((eb) => ({
      status: 'inactive' as const,
      updated_at: context.clock().toISOString(),
      updated_by: context.caller.userId,
      row_version: eb('row_version', '+', 1),
    }))
    .where('client_id', '=', place.client_id)
    .where('environment', '=', place.environment)
    .where('status', '=', 'success')
    .where('id', '<>', id)
    .where(same('project_id'))
    .where(same('infrastructure_id'))
    .where(same('service_id'))
    .execute()
}
