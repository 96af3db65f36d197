import type { RowOf } from '../../../src/contract/kernel.ts'
import { session } from '../../../src/contract/sessions.ts'
import type { Handlers } from '../../context.ts'
import { move } from '../../crud/lifecycle.ts'
import { type ListOptions, mayWriteFor, rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { endSession, reportOf } from './ending.ts'
import { havingTag } from './queries.ts'
import { readSessionFacts } from './session-facts.ts'
import { changeTags, type Junction } from './tagging.ts'

const TAGS: Junction = { table: 'session_tags', column: 'session_id' }

export const sessions = {
  ...standardHandlers(session),
  list: async (context, input) =>
    rows(context, session).list(input as ListOptions, await havingTag(context, 'session_tags', input.tag)),
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
  pause: (context, { id }) => move(context, session, id, { from: ['active'], to: 'paused' }),
  resume: (context, { id }) => move(context, session, id, { from: ['paused'], to: 'active' }),
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
    return { tags: await changeTags(context, TAGS, found.id, add ?? [], remove ?? []) }
  },
} satisfies Handlers['sessions']
