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
