import { project } from '../../../src/contract/clients.ts'
import { decision, projectState } from '../../../src/contract/decisions.ts'
import { AppError } from '../../../src/contract/errors.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { Context, Handlers } from '../../context.ts'
import { mayMove, move } from '../../crud/lifecycle.ts'
import { rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'

type Decision = RowOf<typeof decision>

export const decisions = {
  ...standardHandlers(decision),
  accept: (context, { id }) =>
    move(context, decision, id, { from: ['proposed'], to: 'accepted' }, () => decidedNow(context)),
  reject: (context, { id }) =>
    move(context, decision, id, { from: ['proposed'], to: 'rejected' }, () => decidedNow(context)),
  deprecate: (context, { id }) => move(context, decision, id, { from: ['accepted'], to: 'deprecated' }),
  supersede: async (context, { id, ...words }) => {
    const before = await rows(context, decision).get(id)
    if (!mayMove('decision', before.status, { from: ['accepted'], to: 'superseded' }))
      throw new AppError(
        'CONFLICT',
        'This decision has been superseded already. Supersede the one that took its place.',
      )
    await rows(context, decision).update(before.id, { status: 'superseded' }, before.row_version)
    return rows(context, decision).insert({
      ...words,
      client_id: before.client_id,
      project_id: before.project_id,
      status: 'accepted',
      ...decidedNow(context),
      supersedes_id: before.id,
    } as Partial<Decision>)
  },
} satisfies Handlers['decisions']

const decidedNow = (context: Context) => ({
  decided_by: context.caller.userId,
  decided_at: context.clock().toISOString(),
})

export const projectStates = {
  ...standardHandlers(projectState),
  create: async (context, input) => {
    const { id } = await rows(context, project).get(input.project_id)
    // Held, so that two new states of one project do not get the same revision.
    await context.db
      .updateTable('projects')
      .set((eb) => ({ row_version: eb.ref('row_version') }))
      .where('id', '=', id)
      .execute()
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
    return rows(context, projectState).insert({ ...input, revision: Number(last?.revision ?? 0) + 1 } as Partial<
      RowOf<typeof projectState>
    >)
  },
} satisfies Handlers['projectStates']
