import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { repriceSpans } from './pricing.ts'
import { amountsOf, total } from './queries.ts'

/** Computes a month of a client by the terms of now. @returns how many entries it was, how many differ, and the sums before and after */
export async function repriceMonth(context: Context, clientId: string, month: string) {
  const span = { from: `${month}-01`, until: `${month}-31` }
  const before = await readTotals(context, clientId, span)
  const changed = await repriceSpans(context, clientId, [span])
  const after = await readTotals(context, clientId, span)
  return { entries: after.entries, changed, before: before.sums, after: after.sums }
}

/** With more open time a change of what holds for everyone would take too long; `billableTime.reprice` does it by month. */
const MOST_ENTRIES = 5_000

/**
 * Prices all time anew that is not locked: of a client, or of everyone. Nothing happens where it is more than can be done while somebody
 * waits: then a lead prices month by month.
 */
export async function repriceOpen(context: Context, clientId: string | null): Promise<void> {
  const whose = clientId === null ? sql`` : sql`and client_id = ${clientId}`
  const { rows: clients } = await sql<{ client_id: string; entries: unknown; first: string; last: string }>`
    select client_id, count(*) as entries, min(work_date) as first, max(work_date) as last from billable_time
    where status in ('draft', 'submitted', 'approved') ${whose} and archived_at is null
    group by client_id order by client_id`.execute(context.db)
  if (total(clients, 'entries') > MOST_ENTRIES) return
  for (const { client_id, first, last } of clients)
    await repriceSpans(context, client_id, [{ from: first, until: last }])
}

async function readTotals({ db }: Context, clientId: string, { from, until }: { from: string; until: string }) {
  const { rows: sums } = await sql<{ currency: string | null; amount_minor: unknown; [column: string]: unknown }>`
    select currency, count(*) as entries, sum(billable_minutes) as billable_minutes, sum(amount_minor) as amount_minor
    from billable_time
    where client_id = ${clientId} and work_date between ${from} and ${until} and status in ('draft', 'submitted', 'approved')
      and archived_at is null and reverses_id is null
    group by currency order by currency`.execute(db)
  return {
    entries: total(sums, 'entries'),
    sums: { billable_minutes: total(sums, 'billable_minutes'), amounts: amountsOf(sums) },
  }
}
