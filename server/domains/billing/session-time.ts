import { billableTime as timeEntry } from '../../../src/contract/billing.ts'
import { client } from '../../../src/contract/clients.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { session as sessionEntity } from '../../../src/contract/sessions.ts'
import type { Context } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import { fromStored } from '../../crud/stored.ts'
import { firstTimeZone, localDay, startOfDay } from './local-day.ts'
import { reprice } from './pricing.ts'
import type { TimeEntry } from './rules.ts'

type Session = RowOf<typeof sessionEntity>

/** One local day of a session. */
export interface DayOfWork {
  day: string
  startedAt: string
  endedAt: string
  activeSeconds: number
}

/** A longer gap between two events is a pause and counts nothing. */
const MAX_GAP_MS = 600_000

/**
 * The days of a session by the clock of a time zone: the gaps of at most ten minutes between events; one over midnight is cut there. Seconds of all
 * days are rounded down once, together. Pure.
 */
export function daysOf(instants: readonly string[], tz: string): DayOfWork[] {
  const sorted = [...new Set(instants)].sort()
  const days = new Map<string, DayOfWork>()
  let passedMs = 0
  const add = (day: string, from: string, until: string) => {
    const ms = Date.parse(until) - Date.parse(from)
    const seconds = Math.floor((passedMs + ms) / 1_000) - Math.floor(passedMs / 1_000)
    passedMs += ms
    const known = days.get(day) ?? { day, startedAt: from, endedAt: until, activeSeconds: 0 }
    days.set(day, { ...known, endedAt: until, activeSeconds: known.activeSeconds + seconds })
  }
  for (const [index, until] of sorted.entries()) {
    let from = sorted[index - 1]
    if (from === undefined || Date.parse(until) - Date.parse(from) > MAX_GAP_MS) continue
    const last = localDay(until, tz)
    if (localDay(from, tz) !== last) {
      const midnight = startOfDay(last, tz)
      add(localDay(from, tz), from, midnight)
      from = midnight
    }
    add(last, from, until)
  }
  return [...days.values()].filter(({ activeSeconds }) => activeSeconds > 0)
}

/**
 * Keeps the time of a session as entries, one for each local day of its client: drafts, renewed with late events. One that somebody has corrected keeps
 * their time, and one that was handed in stays; what was measured since stands beside it.
 *
 * @param instants of all events of the session
 * @param note what was done, for the client
 */
export async function keepSessionTime(
  context: Context,
  session: Session,
  instants: readonly string[],
  note: string | null,
): Promise<void> {
  if (session.client_id === null) return
  const { timezone, default_agreement_id: agreement_id } = await rows(context, client).get(session.client_id)
  const tz = firstTimeZone(timezone, await zoneOf(context, session.technician_id))
  const days = daysOf(instants, tz)
  const before = await readOfSession(context, session.id)
  const changed: TimeEntry[] = []
  for (const one of days) {
    const known = before.find(({ work_date }) => work_date === one.day)
    const entry = known
      ? await renew(context, known, one)
      : await insert(context, session, one, { tz, agreement_id, note })
    if (entry !== known) changed.push(entry)
  }
  if (changed.length > 0) await reprice(context, changed)
}

async function insert(
  context: Context,
  session: Session,
  day: DayOfWork,
  { tz, agreement_id, note }: { tz: string; agreement_id: string | null; note: string | null },
): Promise<TimeEntry> {
  const { client_id, project_id, technician_id, machine_id } = session
  const isClientWork = session.mode === 'msp'
  return rows(context, timeEntry).insert({
    ...{
      client_id,
      project_id,
      session_id: session.id,
      technician_id,
      machine_id,
      agreement_id,
      tz,
      work_date: day.day,
    },
    ...{ ticket_link_id: await ticketOf(context, session), status: 'draft', source: 'session', client_note: note },
    ...{ ...timesOf(day), measured_seconds: day.activeSeconds },
    ...(isClientWork ? { classification: 'billable' } : { classification: 'non_billable', reason_code: 'internal' }),
  } as Partial<TimeEntry>)
}

const timesOf = ({ startedAt, endedAt, activeSeconds }: DayOfWork) => ({
  started_at: startedAt,
  ended_at: endedAt,
  raw_seconds: activeSeconds,
  paused_seconds: Math.max(0, Math.floor((Date.parse(endedAt) - Date.parse(startedAt)) / 1_000) - activeSeconds),
})

async function renew(context: Context, known: TimeEntry, day: DayOfWork): Promise<TimeEntry> {
  if (known.locked_at !== null || known.measured_seconds === day.activeSeconds) return known
  const isUntouched = known.status === 'draft' && known.raw_seconds === known.measured_seconds
  const change = { measured_seconds: day.activeSeconds, ...(isUntouched ? timesOf(day) : {}) }
  return rows(context, timeEntry).update(known.id, change as Partial<TimeEntry>)
}

async function readOfSession({ db }: Context, sessionId: string): Promise<TimeEntry[]> {
  const found = await db
    .selectFrom('billable_time')
    .selectAll()
    .where('session_id', '=', sessionId)
    .where('source', '=', 'session')
    .where('reverses_id', 'is', null)
    .execute()
  return found.map((row) => fromStored(timeEntry, row as Record<string, unknown>) as TimeEntry)
}

/** The ticket that the session is linked with. */
async function ticketOf({ db }: Context, { id }: Session): Promise<string | null> {
  const link = await db
    .selectFrom('ticket_links')
    .select('id')
    .where('session_id', '=', id)
    .where('archived_at', 'is', null)
    .orderBy('created_at')
    .executeTakeFirst()
  return link?.id ?? null
}

async function zoneOf({ db }: Context, userId: string): Promise<string | null> {
  const found = await db.selectFrom('users').select('timezone').where('id', '=', userId).executeTakeFirst()
  return found?.timezone ?? null
}
