import { type SqlBool, sql } from 'kysely'
import { billableTime } from '../../../src/contract/billing.ts'
import type { TimeLine } from '../../../src/contract/hours.ts'
import type { Context, Handlers } from '../../context.ts'
import { afterCursor, readCursor, writeCursor } from '../../crud/cursor.ts'
import { visibleRows } from '../../crud/visibility.ts'
import { type Claim, overlapsIn } from '../billing/overlaps.ts'
import { COUNTED, conditionsOf } from './hours.ts'
import { checkDays, dayAfter } from './periods.ts'

const ORDER = 'work_date'
const DEFAULT_LIMIT = 200

type Row = Omit<TimeLine, 'overlaps'> & { technician_id: string }

/** The entries that a report adds up, one page after the other. Served by (client_id, work_date) or (work_date). */
export const lines: Handlers['reports']['lines'] = async (context, { limit = DEFAULT_LIMIT, cursor, ...ask }) => {
  checkDays(ask.since, ask.until)
  const where = [
    ...(await conditionsOf(context, ask)),
    // Who asks for a status sees what has it, also what counts as nothing.
    ask.status === undefined ? COUNTED : sql<SqlBool>`t.archived_at is null and t.status = ${ask.status}`,
    ...(ask.unbilled === true
      ? [sql<SqlBool>`t.status in ('draft', 'submitted', 'approved') and t.classification <> 'non_billable'`]
      : []),
    ...(cursor === undefined ? [] : [afterCursor(sql`t.work_date`, sql`t.id`, readCursor(cursor, ORDER), false)]),
  ]
  const { rows } = await sql<Row>`
    select t.id, t.work_date, c.name as client, p.name as project, u.name as technician, y.name as work_type,
      coalesce(k.external_number, k.external_id, s.ticket) as ticket, w.category, w.title as work_item, t.classification,
      t.reason_code, t.status, t.started_at, t.ended_at, t.raw_seconds, t.billable_minutes, t.rate_minor, t.amount_minor,
      t.currency, t.client_note, t.technician_id
    from billable_time t join clients c on c.id = t.client_id left join projects p on p.id = t.project_id
      left join users u on u.id = t.technician_id left join work_types y on y.id = t.work_type_id
      left join ticket_links k on k.id = t.ticket_link_id left join sessions s on s.id = t.session_id
      left join work_items w on w.id = t.work_item_id
    where ${sql.join(where, sql` and `)} order by t.work_date, t.id limit ${limit + 1}`.execute(context.db)
  const page = rows.slice(0, limit)
  const claimed = await claimedTwice(context, page)
  const end = rows.length > limit ? page.at(-1) : undefined
  return {
    items: page.map(({ technician_id: _, ...row }) => ({
      ...row,
      technician: row.technician ?? '',
      overlaps: claimed.has(row.id),
    })),
    next_cursor: end ? writeCursor({ sort: ORDER, value: end.work_date, id: end.id }) : null,
  }
}

/** Which of the entries claim time that another visible entry of their technician claims too, of the same or a neighbouring day. */
async function claimedTwice({ db, caller, clock }: Context, page: readonly Row[]): Promise<ReadonlySet<string>> {
  const [first, last] = [page[0], page.at(-1)]
  if (first === undefined || last === undefined) return new Set()
  const now = clock().toISOString()
  const found = new Set<string>()
  // One by one: each is a range of (technician_id, work_date), where for a list of them one of the databases reads every entry.
  for (const technician of new Set(page.map(({ technician_id }) => technician_id))) {
    const { rows } = await sql<Claim>`
      select t.id, t.technician_id, t.client_id, t.started_at, t.ended_at from billable_time t
      where t.technician_id = ${technician}
        and t.work_date >= ${dayAfter(first.work_date, -1)} and t.work_date <= ${dayAfter(last.work_date)}
        and t.started_at is not null and t.ended_at is not null and ${COUNTED}
        and ${visibleRows(billableTime, caller, clock(), 'read', 't')}
      order by t.started_at, t.id`.execute(db)
    for (const { first: one, second: other } of overlapsIn(rows, now)) found.add(one.id).add(other.id)
  }
  return found
}
