import { AppError } from '../../../src/contract/errors.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import { session } from '../../../src/contract/sessions.ts'
import { tag } from '../../../src/contract/tags.ts'
import { task } from '../../../src/contract/tasks.ts'
import { commandRun, fileChange, workItem } from '../../../src/contract/work.ts'
import type { Context, Handlers } from '../../context.ts'
import { mayWriteFor, rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { endSession, reportOf } from './ending.ts'
import { readSessionFacts } from './session-facts.ts'
import { changeTags } from './tagging.ts'
import { statusChange } from './task-rules.ts'

type Task = RowOf<typeof task>

export const sessions = {
  ...standardHandlers(session),
  create: async (context, input) => {
    const now = context.clock().toISOString()
    const managed = {
      technician_id: context.caller.userId,
      status: 'active' as const,
      started_at: now,
      last_activity_at: now,
    }
    return rows(context, session).insert({
      ...input,
      is_billable: input.is_billable ?? input.mode === 'msp',
      ...managed,
    } as Partial<RowOf<typeof session>>)
  },
  end: async (context, { id, reason }) => {
    const found = await rows(context, session).get(id)
    await mayWriteFor(context, session, found)
    await endSession(context, found.id, reason ?? 'user', context.clock().toISOString(), null)
    return reportOf(await readSessionFacts(context, found.id))
  },
  report: async (context, { id }) =>
    reportOf(await readSessionFacts(context, (await rows(context, session).get(id)).id)),
  tag: async (context, { id, add, remove }) => {
    const found = await rows(context, session).update(id, {})
    return {
      tags: await changeTags(
        context,
        { table: 'session_tags', column: 'session_id' },
        found.id,
        add ?? [],
        remove ?? [],
      ),
    }
  },
} satisfies Handlers['sessions']

export const workItems = {
  ...standardHandlers(workItem),
  create: async (context, input) => {
    const parent = await rows(context, session).get(input.session_id)
    if (parent.client_id !== input.client_id)
      throw new AppError(
        'INVALID_INPUT',
        'client_id is not the client of the session. Work for another client belongs to a session of that client.',
      )
    // Held, so that two new items of one session do not get the same number.
    await context.db
      .updateTable('sessions')
      .set((eb) => ({ stretch: eb.ref('stretch') }))
      .where('id', '=', parent.id)
      .execute()
    const last = await context.db
      .selectFrom('work_items')
      .select((eb) => eb.fn.max('seq').as('seq'))
      .where('session_id', '=', parent.id)
      .executeTakeFirst()
    return rows(context, workItem).insert({ ...input, seq: Number(last?.seq ?? 0) + 1 } as Partial<
      RowOf<typeof workItem>
    >)
  },
  tag: async (context, { id, add, remove }) => {
    const found = await rows(context, workItem).update(id, {})
    return {
      tags: await changeTags(
        context,
        { table: 'work_item_tags', column: 'work_item_id' },
        found.id,
        add ?? [],
        remove ?? [],
      ),
    }
  },
} satisfies Handlers['workItems']

export const commandsRun = standardHandlers(commandRun) satisfies Handlers['commandsRun']
export const fileChanges = standardHandlers(fileChange) satisfies Handlers['fileChanges']
export const tags = standardHandlers(tag) satisfies Handlers['tags']

export const tasks = {
  ...standardHandlers(task),
  create: (context, input) => rows(context, task).insert({ ...input, status: 'todo' } as Partial<Task>),
  complete: async (context, { id, session_id }) => {
    const found = await rows(context, task).get(id)
    const where = session_id ? await rows(context, session).get(session_id) : undefined
    // Done on the way in a session of another client: a row never points to another client's.
    return setStatus(context, found, 'done', where?.client_id === found.client_id ? (where?.id ?? null) : null)
  },
  setStatus: async (context, { id, status }) => setStatus(context, await rows(context, task).get(id), status, null),
} satisfies Handlers['tasks']

async function setStatus(
  context: Context,
  before: Task,
  status: Task['status'],
  sessionId: string | null,
): Promise<Task> {
  const change = statusChange(before, status, context.clock().toISOString())
  return change
    ? rows(context, task).update(before.id, {
        ...change,
        completed_in_session_id: status === 'done' ? sessionId : null,
      })
    : before
}
