import { decision, projectState } from '../../../src/contract/decisions.ts'
import { AppError } from '../../../src/contract/errors.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { Context, Handlers } from '../../context.ts'
import { mayMove, move } from '../../crud/lifecycle.ts'
import { rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { addProjectState } from './project-states.ts'

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
  create: (context, input) => addProjectState(context, input as Parameters<typeof addProjectState>[1]),
} satisfies Handlers['projectStates']
