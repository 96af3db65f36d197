import { AppError, notFound } from '../../../src/contract/errors.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import { session } from '../../../src/contract/sessions.ts'
import { task, taskDependency } from '../../../src/contract/tasks.ts'
import type { Context, Handlers } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { listOpenTasks } from './open-tasks.ts'
import { isWaitingFor, openDependencies } from './queries.ts'
import { promoted, refuseUnlessLooseEnd, refuseWhileWaiting, statusChange } from './task-rules.ts'

type Task = RowOf<typeof task>

export const tasks = {
  ...standardHandlers(task),
  create: (context, input) => rows(context, task).insert({ ...input, status: 'todo' } as Partial<Task>),
  open: listOpenTasks,
  complete: async (context, { id, session_id, force }) => {
    const found = await rows(context, task).get(id)
    const where = session_id ? await rows(context, session).get(session_id) : undefined
    if (!force && found.status !== 'done') refuseWhileWaiting(await openDependencies(context, found.id))
    // Done on the way in a session of another client: a row never points to another client's.
    return setStatus(context, found, 'done', where?.client_id === found.client_id ? (where?.id ?? null) : null)
  },
  setStatus: async (context, { id, status }) => {
    const found = await rows(context, task).get(id)
    if (status === 'done' && found.status !== 'done') refuseWhileWaiting(await openDependencies(context, found.id))
    return setStatus(context, found, status, null)
  },
  promote: async (context, { id, ...wishes }) => {
    const named = await rows(context, task).get(id)
    // Of two who promote it at once, the second finds the task of the first.
    await hold(context, named.id)
    const pending = await rows(context, task).get(named.id)
    if (pending.promoted_task_id !== null) return rows(context, task).get(pending.promoted_task_id)
    const planned = await rows(context, task).insert(promoted(pending, wishes as Partial<Task>))
    const completed_at = context.clock().toISOString()
    await rows(context, task).update(pending.id, { status: 'done', completed_at, promoted_task_id: planned.id })
    return planned
  },
  dismiss: async (context, { id, reason }) => {
    const pending = await rows(context, task).get(id)
    if (pending.dismissed_reason !== null && pending.status === 'cancelled') return pending
    refuseUnlessLooseEnd(pending, 'dismissed')
    return rows(context, task).update(pending.id, { status: 'cancelled', dismissed_reason: reason })
  },
} satisfies Handlers['tasks']

async function setStatus(
  context: Context,
  before: Task,
  status: Task['status'],
  sessionId: string | null,
): Promise<Task> {
  const change = statusChange(before, status, context.clock().toISOString())
  if (!change) return before
  const completed_in_session_id = status === 'done' ? sessionId : null
  return rows(context, task).update(before.id, { ...change, completed_in_session_id, dismissed_reason: null })
}

export const taskDependencies = {
  ...standardHandlers(taskDependency),
  create: async (context, input) => {
    await refuseCircle(context, input)
    return rows(context, taskDependency).insert(input as Partial<RowOf<typeof taskDependency>>)
  },
  restore: async (context, { id }) => {
    const found = await rows(context, taskDependency).get(id)
    await refuseCircle(context, found)
    return rows(context, taskDependency).update(found.id, { archived_at: null })
  },
} satisfies Handlers['taskDependencies']

/** @throws AppError CONFLICT when the two tasks would wait for each other. */
async function refuseCircle(
  context: Context,
  { task_id, depends_on_id }: { task_id: string; depends_on_id: string },
): Promise<void> {
  // Held in the order of their ids, so that of two dependencies that together make a circle the second sees the first.
  for (const id of [task_id, depends_on_id].sort()) await hold(context, id)
  if (await isWaitingFor(context, depends_on_id, task_id))
    throw new AppError(
      'CONFLICT',
      'These tasks would wait for each other. Take away the dependency that leads back first.',
    )
}

async function hold(context: Context, id: string): Promise<void> {
  const held = await context.db
    .updateTable('tasks')
    .set((eb) => ({ title: eb.ref('title') }))
    .where('id', '=', id)
    .executeTakeFirst()
  if (Number(held.numUpdatedRows) === 0) throw notFound('The task', id)
}
