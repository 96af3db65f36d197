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
