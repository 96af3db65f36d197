import { AppError } from '../../../src/contract/errors.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { task } from '../../../src/contract/tasks.ts'

type Task = RowOf<typeof task>

/** What changes in a task that moves to another status, or nothing when it is there already. Pure. */
export function statusChange(
  before: Task,
  status: Task['status'],
  now: string,
): Pick<Task, 'status' | 'started_at' | 'completed_at'> | undefined {
  if (before.status === status) return undefined
  const started = status === 'in_progress' && before.started_at === null ? now : before.started_at
  return { status, started_at: started, completed_at: status === 'done' ? now : null }
}

/**
 * A task is not done while another that it waits for is open. Pure.
 *
 * @throws AppError CONFLICT that names them.
 */
export function refuseWhileWaiting(waitsFor: readonly { id: string; title: string }[]): void {
  if (waitsFor.length === 0) return
  const names = waitsFor.map(({ id, title }) => `"${title}" (${id.slice(-8)})`).join(', ')
  throw new AppError(
    'CONFLICT',
    `This task waits for ${names}. Finish that first, or complete this one with "force": true.`,
    { details: { waits_for: waitsFor.map(({ id }) => id) } },
  )
}

/**
 * The planned task that a loose end becomes: what it says, and where it came from. Pure.
 *
 * @throws AppError CONFLICT for what is no loose end, or was finished without becoming a task.
 */
export function promoted(pending: Task, wishes: Partial<Task>): Partial<Task> {
  refuseUnlessLooseEnd(pending, 'promoted')
  const { client_id, session_id, work_item_id, project_id, infrastructure_id, title, description, priority } = pending
  return {
    ...{ client_id, session_id, work_item_id, project_id, infrastructure_id, title, description, priority },
    // The same failure makes no second loose end while the task is open.
    command_id: pending.command_id,
    due_at: pending.due_at ?? pending.remind_at,
    ...wishes,
    kind: 'task',
    status: 'todo',
  }
}

/** @throws AppError CONFLICT for a planned task, and for a loose end that somebody has finished. */
export function refuseUnlessLooseEnd({ kind, status }: Task, become: string): void {
  if (kind !== 'pending')
    throw new AppError('CONFLICT', `This is a planned task already. Only a loose end (kind pending) can be ${become}.`)
  if (status === 'done' || status === 'cancelled')
    throw new AppError(
      'CONFLICT',
      `This loose end is ${status}. Open it again with set-status, then it can be ${become}.`,
    )
}
