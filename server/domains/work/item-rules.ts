import { AppError } from '../../../src/contract/errors.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { workItem } from '../../../src/contract/work.ts'
import { type Move, mayMove } from '../../crud/lifecycle.ts'

type Item = RowOf<typeof workItem>
type Status = Item['status']
type Course = Pick<Item, 'status' | 'outcome' | 'started_at' | 'ended_at'>

/** From where each status can be reached. What has ended can be taken up again; what was done can turn out to have failed. */
const FROM: Record<Status, readonly Status[]> = {
  in_progress: ['blocked', 'completed', 'failed', 'rolled_back', 'cancelled'],
  blocked: ['in_progress'],
  completed: ['in_progress', 'blocked'],
  failed: ['in_progress', 'blocked', 'completed'],
  rolled_back: ['in_progress', 'blocked', 'completed', 'failed'],
  cancelled: ['in_progress', 'blocked'],
}
const OUTCOME: Record<Status, Item['outcome']> = {
  in_progress: 'unknown',
  blocked: 'unknown',
  completed: 'success',
  failed: 'failure',
  rolled_back: 'failure',
  cancelled: 'unknown',
}
const isUnderWay = (status: Status) => status === 'in_progress' || status === 'blocked'

/** What a work item may begin with: one that has ended, or is under way. Pure. @throws AppError INVALID_INPUT */
export function beginning(given: Course & { ended_at?: string | null | undefined }, now: string): Course {
  const { status, outcome, started_at } = given
  refuseUnlikely(status, outcome)
  // Nobody said when: it has just ended. Whoever says null does not know.
  const ended_at =
    given.ended_at === undefined && !isUnderWay(status) ? later(started_at, now) : (given.ended_at ?? null)
  return checked({ status, outcome, started_at: started_at ?? null, ended_at })
}

export interface Step {
  status: Status
  outcome?: Item['outcome'] | undefined
  ended_at?: string | undefined
}

/** What changes in a work item that moves to another status, or nothing when it is there already. Pure. @throws AppError CONFLICT or INVALID_INPUT */
export function itemChange(before: Course, { status, outcome, ended_at }: Step, now: string): Course | undefined {
  const move: Move<Status> = { from: FROM[status], to: status }
  if (!mayMove('work item', before.status, move)) return undefined
  refuseUnlikely(status, outcome ?? OUTCOME[status])
  const end = isUnderWay(status) ? (ended_at ?? null) : (ended_at ?? later(before.started_at, now))
  const started_at = status === 'in_progress' ? (before.started_at ?? now) : before.started_at
  return checked({ status, outcome: outcome ?? OUTCOME[status], started_at, ended_at: end })
}

const later = (one: string | null | undefined, other: string) => (one && one > other ? one : other)

function refuseUnlikely(status: Status, outcome: Item['outcome']): void {
  if (status === 'failed' && outcome === 'success')
    throw new AppError('INVALID_INPUT', 'outcome: what failed was no success. Take "failure" or "partial".')
}

/** The times of a work item fit to each other and to its status. @throws AppError INVALID_INPUT */
export function checked<C extends Pick<Item, 'status' | 'started_at' | 'ended_at'>>(course: C): C {
  const { status, started_at, ended_at } = course
  if (ended_at !== null && isUnderWay(status))
    throw new AppError('INVALID_INPUT', `ended_at: a work item that is ${status.replace('_', ' ')} has not ended yet.`)
  if (started_at !== null && ended_at !== null && ended_at < started_at)
    throw new AppError('INVALID_INPUT', 'ended_at: it ends before it starts (started_at).')
  return course
}
