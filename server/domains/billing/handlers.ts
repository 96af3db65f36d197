import { billableTime as timeEntry } from '../../../src/contract/billing.ts'
import { client } from '../../../src/contract/clients.ts'
import { AppError } from '../../../src/contract/errors.ts'
import type { Context, Handlers } from '../../context.ts'
import { findClient } from '../../crud/find-client.ts'
import { move } from '../../crud/lifecycle.ts'
import { mayWriteFor, rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { firstTimeZone, localDay } from './local-day.ts'
import { type Overlap, overlapsIn } from './overlaps.ts'
import { reprice } from './pricing.ts'
import { readClaims, readReversal, readRunning, readUnbilled } from './queries.ts'
import { repriceMonth } from './reprice-month.ts'
import {
  checkApprover,
  checkEditable,
  checkNoReversal,
  checkOwn,
  checkRange,
  checkUnlocked,
  measured,
  remeasured,
  restated,
  reversalOf,
  standing,
  stopped,
  type TimeEntry,
} from './rules.ts'

const standard = standardHandlers(timeEntry)

export const billableTime = {
  ...standard,
  create: async (context, { tz, ...input }) => {
    const place = await placeOf(context, input.client_id, tz)
    const times = measured(input as Partial<TimeEntry>, place.tz, context.clock())
    const values = { ...place, ...input, ...times, technician_id: context.caller.userId }
    return priced(context, await rows(context, timeEntry).insert(values as Partial<TimeEntry>))
  },
  update: async (context, { id, row_version, ...input }) => {
    const before = await editable(context, id)
    const change = input as Partial<TimeEntry>
    const times = remeasured(before, change, context.clock())
    const all = { ...change, ...times, ...restated(before, change) }
    return priced(context, await rows(context, timeEntry).update(before.id, all, row_version), before)
  },
  archive: async (context, { id }) => {
    const before = await editable(context, id)
    if (before.status === 'running')
      throw new AppError('CONFLICT', 'The timer still runs. Stop it, then archive its time.')
    return priced(context, await standard.archive(context, before), before)
  },
  restore: async (context, { id }) => priced(context, await standard.restore(context, await editable(context, id))),
  start: async (context, { tz, ...input }) => {
    await refuseSecondTimer(context, input.machine_id)
    const place = await placeOf(context, input.client_id, tz)
    const started_at = now(context)
    const timer = { technician_id: context.caller.userId, status: 'running', source: 'timer', started_at } as const
    const entry = {
      ...place,
      ...input,
      ...timer,
      classification: 'billable',
      work_date: localDay(started_at, place.tz),
    }
    return rows(context, timeEntry).insert(entry as Partial<TimeEntry>)
  },
  pause: async (context, { id }) => {
    const timer = await running(context, id)
    return timer.paused_at ? timer : rows(context, timeEntry).update(timer.id, { paused_at: now(context) })
  },
  resume: async (context, { id }) => {
    const timer = await running(context, id)
    if (!timer.paused_at) return timer
    const paused_seconds = timer.paused_seconds + standing(timer, now(context))
    return rows(context, timeEntry).update(timer.id, { paused_at: null, paused_seconds })
  },
  stop: async (context, { id, ended_at = now(context) }) => {
    if (ended_at > now(context)) throw new AppError('INVALID_INPUT', 'ended_at lies ahead. Leave it out to stop now.')
    const { id: own } = await ownEntry(context, id)
    const step = { from: ['running'], to: 'draft' } as const
    return priced(context, await move(context, timeEntry, own, step, (timer) => stopped(timer, ended_at)))
  },
  submit: async (context, { id }) => {
    const { id: own } = await ownEntry(context, id)
    const step = { from: ['draft'], to: 'submitted' } as const
    const change = { submitted_at: now(context), status_reason: null }
    return priced(context, await move(context, timeEntry, own, step, () => change))
  },
  approve: async (context, { id }) => {
    const step = { from: ['submitted'], to: 'approved' } as const
    const approved = await move(context, timeEntry, id, step, (entry) => {
      checkApprover(entry, context.caller)
      return { approved_by: context.caller.userId, approved_at: now(context) }
    })
    return priced(context, approved)
  },
  reject: async (context, { id, reason }) => {
    const step = { from: ['submitted', 'approved'], to: 'draft' } as const
    const back = await move(context, timeEntry, id, step, (entry) => {
      checkNoReversal(entry)
      return { status_reason: reason, submitted_at: null, approved_by: null, approved_at: null }
    })
    return priced(context, back)
  },
  writeOff: async (context, { id, reason }) => {
    const step = { from: ['draft', 'submitted', 'approved'], to: 'written_off' } as const
    const given = await move(context, timeEntry, id, step, (entry) => {
      checkNoReversal(entry)
      return { status_reason: reason }
    })
    return priced(context, given)
  },
  reverse: async (context, { id, reason }) => {
    const entry = await toWrite(context, id)
    checkNoReversal(entry)
    if (entry.locked_at === null)
      throw new AppError('CONFLICT', 'Only exported time is reversed. This is not: reject it, or write it off.')
    const known = await readReversal(context, entry.id)
    if (known) return rows(context, timeEntry).get(known)
    const approved = { status: 'approved', approved_by: context.caller.userId, approved_at: now(context) } as const
    const against = { ...reversalOf(entry), ...approved, status_reason: reason }
    return priced(context, await rows(context, timeEntry).insert(against), entry)
  },
  overrideRate: async (context, { id, amount_minor, currency }) => {
    const entry = await toWrite(context, id)
    checkUnlocked(entry)
    if (amount_minor !== null && currency === undefined)
      throw new AppError('INVALID_INPUT', 'Say in which currency: give currency.')
    const override = {
      rate_override_minor: amount_minor,
      rate_override_currency: amount_minor === null ? null : currency,
    }
    return priced(context, await rows(context, timeEntry).update(entry.id, override as Partial<TimeEntry>), entry)
  },
  reprice: async (context, { client_id, month }) => {
    await mayWriteFor(context, timeEntry, { client_id })
    return repriceMonth(context, client_id, month)
  },
  unbilled: async (context, { client: named, client_id, before }) => {
    const clientId = named === undefined ? client_id : (await findClient(context, named)).id
    return { items: await readUnbilled(context, { clientId, before }) }
  },
  overlaps: async (context, { limit = 50, client_id, ...within }) => {
    checkRange(within)
    const found: Overlap[] = []
    for (const overlap of overlapsIn(await readClaims(context, within), now(context))) {
      const isAskedFor = !client_id || overlap.first.client_id === client_id || overlap.second.client_id === client_id
      if (isAskedFor) found.push(overlap)
      if (found.length > limit) break
    }
    return { items: found.slice(0, limit), more: found.length > limit }
  },
} satisfies Handlers['billableTime']

/** The entry with what it costs now; what it was counted together with, or drew on, is computed anew as well. */
async function priced(context: Context, entry: TimeEntry, ...before: TimeEntry[]): Promise<TimeEntry> {
  await reprice(context, [...before, entry])
  return rows(context, timeEntry).get(entry.id)
}

const now = (context: Context) => context.clock().toISOString()

/** An entry that the caller may write for: what its status allows is asked after that. */
async function toWrite(context: Context, id: string): Promise<TimeEntry> {
  const found = await rows(context, timeEntry).get(id)
  await mayWriteFor(context, timeEntry, found)
  return found
}

async function ownEntry(context: Context, id: string): Promise<TimeEntry> {
  const found = await toWrite(context, id)
  checkOwn(found, context.caller)
  return found
}

async function editable(context: Context, id: string): Promise<TimeEntry> {
  const found = await ownEntry(context, id)
  checkEditable(found)
  return found
}

async function running(context: Context, id: string): Promise<TimeEntry> {
  const found = await ownEntry(context, id)
  if (found.status !== 'running') throw new AppError('CONFLICT', 'This timer was stopped. Start another one.')
  return found
}

/** By whose clock the day counts, and which agreement it falls under, when nobody says so. */
async function placeOf(context: Context, clientId: string, tz: string | null | undefined) {
  const { timezone, default_agreement_id } = await rows(context, client).get(clientId)
  return { tz: tz ?? firstTimeZone(timezone, await zoneOfCaller(context)), agreement_id: default_agreement_id }
}

async function zoneOfCaller({ db, caller }: Context): Promise<string | null> {
  const found = await db.selectFrom('users').select('timezone').where('id', '=', caller.userId).executeTakeFirst()
  return found?.timezone ?? null
}

/** @throws AppError CONFLICT that names the timer which runs on the machine already. */
async function refuseSecondTimer(context: Context, machineId: string): Promise<void> {
  const id = await readRunning(context, machineId)
  if (id === undefined) return
  const timer = await rows(context, timeEntry).find(id)
  if (!timer)
    throw new AppError('CONFLICT', 'A timer of yours runs for a client that you no longer see. Ask a lead to stop it.')
  const { name } = await rows(context, client).get(timer.client_id)
  throw new AppError(
    'CONFLICT',
    `Your timer for ${name} runs on this machine since ${timer.started_at} (${timer.id}). Stop it first.`,
    { details: { id: timer.id, client_id: timer.client_id, started_at: timer.started_at } },
  )
}
