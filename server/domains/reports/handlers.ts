import { client } from '../../../src/contract/clients.ts'
import { AppError } from '../../../src/contract/errors.ts'
import type { Context, Handlers } from '../../context.ts'
import { findClient } from '../../crud/find-client.ts'
import { rows } from '../../crud/rows.ts'
import { firstTimeZone, localMonth, monthAfter } from '../billing/local-day.ts'
import { figures } from './figures.ts'
import { hours, readTime } from './hours.ts'
import { lines } from './lines.ts'
import { checkDays, dayAfter, instantsOf } from './periods.ts'
import {
  readChanges,
  readCommands,
  readDeployments,
  readItems,
  readSessions,
  readWorkItems,
  type Span,
} from './queries.ts'

const DEFAULT_ITEMS = 100

export const reports = {
  clientMonth: async (context, { month, ...which }) => {
    const found = await whose(context, which)
    const span = { clientId: found.id, ...localMonth(month, found.tz) }
    const days = { since: `${month}-01`, until: dayAfter(`${monthAfter(month)}-01`, -1) }
    return { ...placeOf(found, span), month, ...(await workIn(context, span, days)) }
  },
  work: async (context, { since, until, limit = DEFAULT_ITEMS, ...which }) => {
    checkDays(since, until)
    const found = await whose(context, which)
    const span = { clientId: found.id, ...instantsOf(since, until, found.tz) }
    const items = await readItems(context, span, limit + 1)
    return {
      ...placeOf(found, span),
      ...{ since, until_day: until },
      ...(await workIn(context, span, { since, until })),
      ...{ items: items.slice(0, limit), more: items.length > limit },
    }
  },
  hours,
  lines,
  figures,
} satisfies Handlers['reports']

type Found = { id: string; name: string; tz: string }
const placeOf = ({ id, name, tz }: Found, { from, until }: Span) => ({
  client: { id, name },
  timezone: tz,
  from,
  until,
})

async function workIn(context: Context, span: Span, days: { since: string; until: string }) {
  return {
    sessions: await readSessions(context, span),
    work_items: await readWorkItems(context, span),
    commands: await readCommands(context, span),
    changes: await readChanges(context, span),
    deployments: await readDeployments(context, span),
    time: await readTime(context, { clientId: span.clientId, from: days.since, until: dayAfter(days.until) }),
  }
}

async function whose(
  context: Context,
  which: { client?: string | undefined; client_id?: string | undefined },
): Promise<Found> {
  const { id, name, timezone } = await clientOf(context, which)
  return { id, name, tz: firstTimeZone(timezone) }
}

async function clientOf(context: Context, which: { client?: string | undefined; client_id?: string | undefined }) {
  if (which.client_id !== undefined) return rows(context, client).get(which.client_id)
  if (which.client !== undefined) return findClient(context, which.client)
  throw new AppError('INVALID_INPUT', 'Say whose month: give client (a name) or client_id.')
}
