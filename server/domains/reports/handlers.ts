import { client } from '../../../src/contract/clients.ts'
import { AppError } from '../../../src/contract/errors.ts'
import type { Context, Handlers } from '../../context.ts'
import { findClient } from '../../crud/find-client.ts'
import { rows } from '../../crud/rows.ts'
import { firstTimeZone, localMonth } from '../billing/local-day.ts'
import { figures } from './figures.ts'
import { readChanges, readCommands, readDeployments, readSessions, readTime, readWorkItems } from './queries.ts'

export const reports = {
  clientMonth: async (context, { month, ...which }) => {
    const { id, name, timezone } = await whose(context, which)
    const tz = firstTimeZone(timezone)
    const span = { clientId: id, ...localMonth(month, tz) }
    return {
      client: { id, name },
      month,
      timezone: tz,
      from: span.from,
      until: span.until,
      sessions: await readSessions(context, span),
      work_items: await readWorkItems(context, span),
      commands: await readCommands(context, span),
      changes: await readChanges(context, span),
      deployments: await readDeployments(context, span),
      time: await readTime(context, id, month),
    }
  },
  figures,
} satisfies Handlers['reports']

async function whose(context: Context, which: { client?: string | undefined; client_id?: string | undefined }) {
  if (which.client_id !== undefined) return rows(context, client).get(which.client_id)
  if (which.client !== undefined) return findClient(context, which.client)
  throw new AppError('INVALID_INPUT', 'Say whose month: give client (a name) or client_id.')
}
