import { deployment, infrastructureChange } from '../../../src/contract/changes.ts'
import { AppError } from '../../../src/contract/errors.ts'
import type { Context, Handlers } from '../../context.ts'
import { move } from '../../crud/lifecycle.ts'
import { mayWriteFor, rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { replaceActive } from './active.ts'
import {
  beforeImplementing,
  type Change,
  checkApproval,
  checkBackup,
  checkNewChange,
  checkNotApproved,
  leadTime,
} from './rules.ts'

export const infrastructureChanges = {
  ...standardHandlers(infrastructureChange),
  create: async (context, input) => {
    const change = input as Partial<Change>
    checkNewChange(change)
    return rows(context, infrastructureChange).insert(change)
  },
  update: async (context, { id, row_version, ...input }) => {
    const before = await toWrite(context, id)
    checkNotApproved(before)
    const change = input as Partial<Change>
    if (before.implemented_by !== null) checkBackup({ ...before, ...change })
    return rows(context, infrastructureChange).update(before.id, change, row_version)
  },
  approve: (context, { id }) =>
    move(context, infrastructureChange, id, { from: ['planned'], to: 'approved' }, (before) => {
      checkApproval(before, context.caller)
      return { approved_by: context.caller.userId, approved_at: now(context) }
    }),
  implement: async (context, { id, ...result }) => {
    const from = beforeImplementing(await toWrite(context, id))
    return move(context, infrastructureChange, id, { from, to: 'implemented' }, (before) => {
      const done = { changed_at: now(context), ...given(result), implemented_by: context.caller.userId }
      checkBackup({ ...before, ...done })
      return done
    })
  },
  verify: (context, { id }) =>
    move(context, infrastructureChange, id, { from: ['implemented'], to: 'verified' }, () => ({
      verified_at: now(context),
    })),
  fail: async (context, { id, reason }) => {
    const from = [...beforeImplementing(await toWrite(context, id)), 'implemented' as const]
    return move(context, infrastructureChange, id, { from, to: 'failed' }, (before) => ({
      failure_reason: reason,
      changed_at: before.changed_at ?? now(context),
    }))
  },
  rollBack: (context, { id }) =>
    move(context, infrastructureChange, id, { from: ['implemented', 'verified', 'failed'], to: 'rolled_back' }, () => ({
      rolled_back_at: now(context),
    })),
} satisfies Handlers['infrastructureChanges']

const ENDED = ['success', 'failure', 'error'] as const

export const deployments = {
  ...standardHandlers(deployment),
  start: (context, { id, started_at }) =>
    move(context, deployment, id, { from: ['queued'], to: 'in_progress' }, () => ({
      started_at: started_at ?? now(context),
      deployed_by: context.caller.userId,
    })),
  finish: async (context, { id, status, finished_at = now(context), health_check }) => {
    const finished = await move(context, deployment, id, { from: ['in_progress'], to: status }, (before) => {
      if (before.started_at !== null && finished_at < before.started_at)
        throw new AppError(
          'INVALID_INPUT',
          `finished_at lies before the start of the deployment, ${before.started_at}.`,
        )
      return {
        finished_at,
        ...given({ health_check }),
        lead_time_seconds: status === 'success' ? leadTime(before.committed_at, finished_at) : null,
      }
    })
    if (status === 'success') await replaceActive(context, finished)
    return finished
  },
  rollBack: (context, { id }) =>
    move(context, deployment, id, { from: ENDED, to: 'rolled_back' }, () => ({ rolled_back_at: now(context) })),
} satisfies Handlers['deployments']

const now = (context: Context) => context.clock().toISOString()

/** A change that the caller may write for: whether its status allows it is asked after that. */
async function toWrite(context: Context, id: string): Promise<Change> {
  const found = await rows(context, infrastructureChange).get(id)
  await mayWriteFor(context, infrastructureChange, found)
  return found
}

/** What was given, without the fields that were not. */
const given = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
