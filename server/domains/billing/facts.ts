import { sql } from 'kysely'
import type { Role } from '../../../src/contract/rights.ts'
import type { Context } from '../../context.ts'
import { type Snapshot, snapshotFrom } from './engine/snapshot.ts'
import type { Reason, Work } from './engine/terms.ts'
import type { TimeEntry } from './rules.ts'

/** An entry with what its ticket, project, kind of work and work item say of it. */
export interface Known {
  entry: Stored
  work: Work
  snapshot: Snapshot | null
}

/** The columns that are computed from, and those that are computed. */
const COLUMNS = [
  ...['id', 'work_date', 'started_at', 'ended_at', 'raw_seconds', 'technician_id', 'project_id', 'session_id'],
  ...['work_item_id', 'work_type_id', 'ticket_link_id', 'agreement_id', 'classification', 'reason_code', 'locked_at'],
  ...['rounded_minutes', 'billable_minutes', 'rate_minor', 'currency', 'rate_source', 'modifier_bp', 'amount_minor'],
  ...['fixed_amount_minor', 'rule_snapshot', 'rate_override_minor', 'rate_override_currency', 'reverses_id'],
] as const

type Column = keyof TimeEntry
export type Stored = Pick<TimeEntry, Exclude<Column, 'rule_snapshot'>> & { rule_snapshot: string | null }

interface Found extends Stored {
  ticket_number: string | null
  role: Role
  billing_mode: 'tm' | 'fixed' | 'retainer' | 'non_billable' | null
  type_classification: Work['classification'] | null
  type_is_travel: number | null
  item_is_billable: number | null
  item_category: string | null
  item_priority: string | null
}

/** What the entries of a client are looked for by: those of any of these. */
export interface Wanted {
  ids: ReadonlySet<string>
  /** Of their links or their sessions. */
  tickets: ReadonlySet<string>
  days: ReadonlySet<string>
  sessions: ReadonlySet<string>
  spans: readonly { from: string; until: string }[]
}

/**
 * Entries of a client that take part in what is billed: measured, neither given away nor taken back. An entry and its reversal are nothing
 * together, so both are left out. Served by (client_id, work_date), (session_id) and the key.
 */
export async function readKnown({ db }: Context, clientId: string, wanted: Wanted): Promise<Known[]> {
  const links = [...wanted.tickets]
    .filter((ticket) => ticket.startsWith(LINK))
    .map((ticket) => ticket.slice(LINK.length))
  const numbers = [...wanted.tickets].filter((ticket) => !ticket.startsWith(LINK))
  const any = [
    ...among('t.id', wanted.ids),
    ...among('t.ticket_link_id', links),
    ...(numbers.length === 0
      ? []
      : [
          sql`t.session_id in (select id from sessions where client_id = ${clientId} and ticket in (${sql.join(numbers)}))`,
        ]),
    ...among('t.work_date', wanted.days),
    ...among('t.session_id', wanted.sessions),
    ...wanted.spans.map(({ from, until }) => sql`t.work_date between ${from} and ${until}`),
  ]
  if (any.length === 0) return []
  const columns = sql.raw(COLUMNS.map((column) => `t.${column}`).join(', '))
  const { rows } = await sql<Found>`
    select ${columns}, s.ticket as ticket_number, u.role, p.billing_mode, w.classification as type_classification,
      w.is_travel as type_is_travel, coalesce(i.is_billable, c.is_billable) as item_is_billable, i.category as item_category,
      i.priority as item_priority
    from billable_time t
      join users u on u.id = t.technician_id
      left join sessions s on s.id = t.session_id
      left join projects p on p.id = t.project_id
      left join work_types w on w.id = t.work_type_id
      left join work_items i on i.id = t.work_item_id
      left join work_categories c on c.id = i.work_category_id
    where t.client_id = ${clientId} and (${sql.join(any, sql` or `)})
      and t.raw_seconds is not null and t.archived_at is null and t.status <> 'written_off' and t.reverses_id is null
      and not exists (select 1 from billable_time r where r.reverses_id = t.id)
    order by t.work_date, t.id`.execute(db)
  return rows.map(knownFrom)
}

const among = (column: string, values: Iterable<string>) => {
  const list = [...values]
  return list.length === 0 ? [] : [sql`${sql.raw(column)} in (${sql.join(list)})`]
}

/** Before the id of a link; a ticket's number stands by itself. */
const LINK = 'link:'

function knownFrom(found: Found): Known {
  const snapshot = snapshotFrom(found.rule_snapshot)
  // A person who changes the classification takes the snapshot away; until then it says what was said before it was computed.
  const { classification, reason_code } = snapshot?.stated ?? found
  const work: Work = {
    id: found.id,
    work_date: found.work_date as string,
    started_at: found.started_at,
    ended_at: found.ended_at,
    raw_seconds: Number(found.raw_seconds),
    technician_id: found.technician_id,
    role: found.role,
    project_id: found.project_id,
    session_id: found.session_id,
    work_type_id: found.work_type_id,
    ticket_link_id: found.ticket_link_id,
    ticket: found.ticket_link_id === null ? found.ticket_number : `${LINK}${found.ticket_link_id}`,
    agreement_id: found.agreement_id,
    override:
      found.rate_override_minor === null || found.rate_override_currency === null
        ? null
        : { amount_minor: found.rate_override_minor, currency: found.rate_override_currency },
    classification,
    reason_code,
    usual: usualOf(found),
    isUrgent: found.item_priority === 'p1',
    lockedMinutes: found.locked_at === null ? null : (found.rounded_minutes ?? 0),
  }
  return { entry: found, work, snapshot }
}

function usualOf(found: Found): Work['usual'] {
  const not = (because: string, reason_code: Reason) =>
    ({ classification: 'non_billable', reason_code, because }) as const
  const { type_classification: byType } = found
  if (byType === 'non_billable') return not('work type', found.type_is_travel ? 'travel_included' : 'admin')
  if (byType === 'no_charge' || byType === 'covered')
    return {
      classification: byType,
      reason_code: byType === 'covered' ? 'covered_by_agreement' : 'goodwill',
      because: 'work type',
    }
  if (found.item_is_billable === 0)
    return not(
      'work item',
      found.item_category === 'internal' || found.item_category === 'development' ? 'internal' : 'admin',
    )
  if (found.billing_mode === 'non_billable') return not('project', 'internal')
  if (found.billing_mode === 'fixed')
    return { classification: 'covered', reason_code: 'covered_by_agreement', because: 'project with a fixed price' }
  return null
}
