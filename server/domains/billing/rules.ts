import type { billableTime } from '../../../src/contract/billing.ts'
import { AppError } from '../../../src/contract/errors.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { Role } from '../../../src/contract/rights.ts'
import { snapshotFrom } from './engine/snapshot.ts'
import { localDay } from './local-day.ts'

/** How time is measured, and who may do what with it. Pure. What is billed for it is computed elsewhere. */

export type TimeEntry = RowOf<typeof billableTime>
type Times = Pick<TimeEntry, 'started_at' | 'ended_at' | 'raw_seconds' | 'work_date'>
export type Measured = Times & { raw_seconds: number; paused_seconds: number; work_date: string }
interface Who {
  userId: string
  role: Role
}

const DAY_SECONDS = 86_400

/**
 * What an entry's times mean: of start, end and duration, two say the third; what lies between them and was not worked is a pause.
 *
 * @param paused what is known of pauses, when no duration is given.
 * @throws AppError INVALID_INPUT where they contradict each other, name more than a day or lie ahead.
 */
export function measured(given: Partial<Times>, tz: string, now: Date, paused = 0): Measured {
  const { started_at = null, ended_at = null } = given
  const raw = given.raw_seconds ?? (started_at && ended_at ? secondsBetween(started_at, ended_at) - paused : null)
  // A day ahead of UTC is the most that any clock shows.
  if ((ended_at ?? started_at ?? '') > later(now.toISOString(), DAY_SECONDS)) throw ahead()
  if (ended_at && !started_at) throw invalid('ended_at says nothing without started_at. Give both, or raw_seconds.')
  if (raw === null) throw invalid('Say how long it took: raw_seconds, or started_at and ended_at.')
  if (started_at && ended_at && started_at > ended_at) throw invalid('ended_at lies before started_at.')
  if (raw < 0) throw invalid('The pauses are longer than the time between started_at and ended_at. Give raw_seconds.')
  if (raw > DAY_SECONDS) throw invalid('That is more than 24 hours. Enter each day by itself.')
  const end = started_at ? (ended_at ?? later(started_at, raw)) : null
  const pause = started_at && end ? secondsBetween(started_at, end) - raw : 0
  if (pause < 0) throw invalid('raw_seconds is more than lies between started_at and ended_at. Change one of them.')
  return {
    started_at,
    ended_at: end,
    raw_seconds: raw,
    paused_seconds: pause,
    work_date: dayWorked(given.work_date, started_at, tz, now),
  }
}

function dayWorked(given: string | null | undefined, startedAt: string | null, tz: string, now: Date): string {
  const day = startedAt ? localDay(startedAt, tz) : (given ?? localDay(now.toISOString(), tz))
  if (given && given !== day) throw invalid(`work_date is the day of started_at in ${tz}: ${day}. Leave it out.`)
  if (day > later(now.toISOString(), DAY_SECONDS).slice(0, 10)) throw ahead()
  return day
}

const TIME_FIELDS = ['started_at', 'ended_at', 'raw_seconds', 'tz', 'work_date'] as const

/** What changes with an entry's times: all that follows from them; nothing when none of them is given. */
export function remeasured(before: TimeEntry, change: Partial<TimeEntry>, now: Date): Partial<TimeEntry> {
  if (!TIME_FIELDS.some((field) => change[field] !== undefined)) return {}
  if (before.status === 'running')
    throw new AppError('CONFLICT', 'The timer still runs. Stop it, then correct its times.')
  const moved = change.started_at !== undefined || change.ended_at !== undefined
  const times = { ...before, ...defined(change) }
  const tz = change.tz ?? before.tz ?? 'UTC'
  const given = {
    started_at: times.started_at,
    ended_at: times.ended_at,
    raw_seconds: change.raw_seconds ?? (moved && times.started_at && times.ended_at ? null : before.raw_seconds),
    work_date: change.work_date ?? (times.started_at ? null : before.work_date),
  }
  return { ...measured(given, tz, now, before.paused_seconds), tz }
}

/**
 * What a person says of the classification takes the place of what was computed of it; of two facts the one that is not said anew stays as it
 * was said.
 */
export function restated(before: TimeEntry, change: Partial<TimeEntry>): Partial<TimeEntry> {
  if (change.classification === undefined && change.reason_code === undefined) return {}
  const stated = (snapshotFrom(before.rule_snapshot)?.stated ?? before) as Pick<
    TimeEntry,
    'classification' | 'reason_code'
  >
  return {
    classification: change.classification ?? stated.classification,
    reason_code: change.reason_code === undefined ? stated.reason_code : change.reason_code,
    rule_snapshot: null,
  }
}

/**
 * A timer's time up to an instant, without its pauses.
 *
 * @throws AppError INVALID_INPUT for an end before its beginning; CONFLICT for more than a day: somebody has to say when the work ended.
 */
export function stopped(
  timer: Pick<TimeEntry, 'started_at' | 'paused_at' | 'paused_seconds'>,
  endedAt: string,
): Pick<TimeEntry, 'ended_at' | 'raw_seconds' | 'paused_at' | 'paused_seconds'> {
  const paused_seconds = timer.paused_seconds + standing(timer, endedAt)
  const raw_seconds = secondsBetween(timer.started_at as string, endedAt) - paused_seconds
  if (raw_seconds < 0) throw invalid('ended_at lies before the timer started, or within its pauses.')
  if (raw_seconds > DAY_SECONDS)
    throw new AppError(
      'CONFLICT',
      `This timer ran for ${Math.floor(raw_seconds / 3_600)} hours, more than a day. Say when the work ended: give ended_at.`,
      { details: { raw_seconds } },
    )
  return { ended_at: endedAt, raw_seconds, paused_at: null, paused_seconds }
}

/** Seconds for which a paused timer has stood still by now. */
export const standing = ({ paused_at }: Pick<TimeEntry, 'paused_at'>, now: string): number =>
  paused_at && paused_at < now ? secondsBetween(paused_at, now) : 0

/** @throws AppError FORBIDDEN to all but whose time it is, and who leads. */
export function checkOwn(entry: TimeEntry, { userId, role }: Who): void {
  if (entry.technician_id !== userId && role !== 'lead' && role !== 'admin')
    throw new AppError('FORBIDDEN', "This is a colleague's time. Ask them, or a lead, to change it.")
}

/** @throws AppError FORBIDDEN to who worked: somebody else approves, but for an admin, above whom nobody is. */
export function checkApprover(entry: TimeEntry, { userId, role }: Who): void {
  if (entry.technician_id === userId && role !== 'admin')
    throw new AppError('FORBIDDEN', 'This is your own time. Ask another lead or an admin to approve it.')
}

/** @throws AppError CONFLICT for what was handed in already. */
export function checkEditable({ status, reverses_id }: TimeEntry): void {
  checkNoReversal({ reverses_id })
  if (status === 'draft' || status === 'running') return
  throw new AppError(
    'CONFLICT',
    status === 'submitted' || status === 'approved'
      ? `This time is ${status}. Ask a lead to give it back ("reject"), then change it.`
      : `This time is ${status.replace('_', ' ')} and stays as it is. ${status === 'written_off' ? 'Enter it anew.' : 'Let a lead reverse it, then enter it anew.'}`,
    { details: { status } },
  )
}

/** @throws AppError CONFLICT for what was exported: it stays as it is. */
export function checkUnlocked({ locked_at, reverses_id, status }: TimeEntry): void {
  checkNoReversal({ reverses_id })
  if (locked_at !== null || status === 'written_off')
    throw new AppError(
      'CONFLICT',
      'This time is exported or written off and stays as it is. Reverse it, then enter it anew.',
    )
}

/** @throws AppError CONFLICT for an entry that only takes back another one. */
export function checkNoReversal({ reverses_id }: Pick<TimeEntry, 'reverses_id'>): void {
  if (reverses_id !== null)
    throw new AppError('CONFLICT', 'This entry takes back another one and is never changed. Enter the work anew.')
}

const MOST_DAYS = 92

/** @throws AppError INVALID_INPUT for more days than are read at once. */
export function checkRange({ date_from, date_to }: { date_from: string; date_to: string }): void {
  const days = (Date.parse(date_to) - Date.parse(date_from)) / (DAY_SECONDS * 1_000)
  if (days < 0) throw invalid('date_to lies before date_from.')
  if (days >= MOST_DAYS) throw invalid(`Ask for at most ${MOST_DAYS} days at once.`)
}

/** What goes against an exported entry: its amounts below zero, and no time, because nobody worked less. */
export function reversalOf(entry: TimeEntry): Partial<TimeEntry> {
  const { project_id, session_id, work_item_id, ticket_link_id, agreement_id, work_type_id } = entry
  const { client_id, technician_id, tz, work_date, classification, reason_code, source, client_note } = entry
  const { rule_snapshot, rate_minor, currency, rate_source, modifier_bp } = entry
  return {
    ...{ project_id, session_id, work_item_id, ticket_link_id, agreement_id, work_type_id },
    ...{ client_id, technician_id, tz, work_date, classification, reason_code, source, client_note },
    ...{ rule_snapshot, rate_minor, currency, rate_source, modifier_bp },
    raw_seconds: 0,
    rounded_minutes: against(entry.rounded_minutes),
    billable_minutes: against(entry.billable_minutes),
    amount_minor: against(entry.amount_minor),
    fixed_amount_minor: against(entry.fixed_amount_minor),
    reverses_id: entry.id,
  }
}

// Not a minus sign: that of zero would stay.
const against = (value: number | null) => (value === null ? null : 0 - value)
const ahead = () => invalid('That lies ahead. Enter work when it is done.')
const invalid = (message: string) => new AppError('INVALID_INPUT', message)
const secondsBetween = (from: string, until: string) => Math.floor((Date.parse(until) - Date.parse(from)) / 1_000)
const later = (instant: string, seconds: number) => new Date(Date.parse(instant) + seconds * 1_000).toISOString()
const defined = <T extends object>(values: T): T =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T
