import { project } from '../../../src/contract/clients.ts'
import { projectState } from '../../../src/contract/decisions.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { Context } from '../../context.ts'
import { rows } from '../../crud/rows.ts'

export type ProjectState = RowOf<typeof projectState>

/** Holds a project until the transaction ends, so that two new states of it do not get the same revision. */
export async function holdProject(context: Context, projectId: string): Promise<void> {
  await context.db
    .updateTable('projects')
    .set((eb) => ({ row_version: eb.ref('row_version') }))
    .where('id', '=', projectId)
    .execute()
}

/** Makes a state the current one of its project; the one before becomes history. */
export async function addProjectState(
  context: Context,
  input: Partial<ProjectState> & Pick<ProjectState, 'project_id'>,
): Promise<ProjectState> {
  const { id } = await rows(context, project).get(input.project_id)
  await holdProject(context, id)
  const last = await context.db
    .selectFrom('project_states')
    .select((eb) => eb.fn.max('revision').as('revision'))
    .where('project_id', '=', id)
    .executeTakeFirst()
  await context.db
    .updateTable('project_states')
    .set((eb) => ({
      is_current: 0,
      updated_at: context.clock().toISOString(),
      row_version: eb('row_version', '+', 1),
    }))
    .where('project_id', '=', id)
    .where('is_current', '=', 1)
    .execute()
  return rows(context, projectState).insert({ ...input, revision: Number(last?.revision ?? 0) + 1 })
}
