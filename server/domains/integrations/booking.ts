import { sql } from 'kysely'
import { billableTime } from '../../../src/contract/billing.ts'
import { AppError } from '../../../src/contract/errors.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { Context, Handlers } from '../../context.ts'
import { findClient } from '../../crud/find-client.ts'
import { rows } from '../../crud/rows.ts'
import { visibleRows } from '../../crud/visibility.ts'
import type { IntegrationAction } from './actions.ts'

/** Time that is booked in another system, and what is billed of it there and here. */

type Entry = RowOf<typeof billableTime>
type Asked = Parameters<Handlers['tickets']['time']>[1]

export interface Booking {
  entryId: string | undefined
  clientId: string | undefined
  userId: string
  workTypeId: string | null
  minutes: number
  startAt: string
  note: string
  billable: boolean
}

/**
 * What is booked: as it was asked for, and else as our time entry has it.
 *
 * @throws AppError INVALID_INPUT without minutes; CONFLICT for an entry that runs or was written off
 */
export async function bookingOf(context: Context, asked: Asked): Promise<Booking> {
  const { billable_time_id: id } = asked
  const entry = id === undefined ? undefined : await rows(context, billableTime).get(id)
  if (entry) mustBeBookable(entry)
  const minutes = asked.minutes ?? (entry?.raw_seconds ? Math.max(1, Math.round(entry.raw_seconds / 60)) : undefined)
  if (minutes === undefined) throw new AppError('INVALID_INPUT', 'minutes: how long was worked?')
  const endedNow = new Date(context.clock().getTime() - minutes * 60_000).toISOString()
  return {
    entryId: entry?.id,
    clientId: entry?.client_id ?? asked.client_id,
    userId: entry?.technician_id ?? context.caller.userId,
    workTypeId: entry?.work_type_id ?? null,
    minutes,
    startAt: asked.at ?? entry?.started_at ?? endedNow,
    note: asked.note ?? entry?.client_note ?? '',
    billable: asked.billable ?? (entry === undefined || entry.classification === 'billable'),
  }
}

function mustBeBookable({ status, raw_seconds }: Entry): void {
  if (status === 'running' || raw_seconds === null)
    throw new AppError('CONFLICT', 'This timer still runs. Stop it first.')
  if (status === 'written_off') throw new AppError('CONFLICT', 'This entry was written off: there is nothing to book.')
}

/**
 * The text of the note that takes a booking back: line items that are billed already are people's to remove over there.
 *
 * @returns undefined for an entry that reverses none
 * @throws AppError CONFLICT when what it reverses was never booked
 */
export async function takingBack(context: Context, id: string | undefined): Promise<string | undefined> {
  if (id === undefined) return undefined
  const { reverses_id, status_reason } = await rows(context, billableTime).get(id)
  if (reverses_id === null) return undefined
  const { external_ref, work_date, raw_seconds } = await rows(context, billableTime).get(reverses_id)
  if (external_ref === null) throw new AppError('CONFLICT', 'What this entry takes back was never booked over there.')
  const minutes = Math.round((raw_seconds ?? 0) / 60)
  return `Time was taken back: ${minutes} min of ${work_date} (entry ${external_ref} here). Remove it and what is billed of it.${status_reason ? ` Reason: ${status_reason}` : ''}`
}

/** What one of our rows is called there, where people confirmed it. */
export async function nameThere(
  { db }: Context,
  integrationId: string,
  type: 'user' | 'work_type',
  id: string | null,
): Promise<string | undefined> {
  if (id === null) return undefined
  const found = await db
    .selectFrom('external_refs')
    .select('external_id')
    .where('integration_id', '=', integrationId)
    .where('entity_type', '=', type)
    .where('entity_id', '=', id)
    .where('status', '=', 'confirmed')
    .where('archived_at', 'is', null)
    .executeTakeFirst()
  return found?.external_id
}

/**
 * What is billed here and there of an action that is done.
 *
 * @throws AppError CONFLICT when other minutes were booked, and the entry was changed since
 */
export async function figuresOf(context: Context, { id }: IntegrationAction, { entryId, minutes }: Partial<Booking>) {
  const message = await context.db
    .selectFrom('outbox_messages')
    .innerJoin('integration_actions', 'integration_actions.outbox_message_id', 'outbox_messages.id')
    .select(['outbox_messages.answer', 'outbox_messages.payload'])
    .where('integration_actions.id', '=', id)
    .executeTakeFirst()
  const { billable_minutes: theirs = null } = JSON.parse(message?.answer ?? '{}') as {
    billable_minutes?: number | null
  }
  const { minutes: booked } = JSON.parse(message?.payload ?? '{}') as { minutes?: number }
  if (entryId !== undefined && booked !== undefined && booked !== minutes)
    throw new AppError(
      'CONFLICT',
      `${booked} min of this entry are booked over there already, and it has ${minutes} min now. Mend it over there.`,
    )
  const ours = entryId === undefined ? null : (await rows(context, billableTime).get(entryId)).billable_minutes
  return {
    billable_minutes: ours,
    external_billable_minutes: theirs,
    differs: ours !== null && theirs !== null && ours !== theirs,
  }
}

const DAYS = 90
const MOST = 100

/** Where another system bills other minutes than our rules. */
export const timeDifferences: Handlers['tickets']['timeDifferences'] = async (context, input) => {
  const { client, limit = MOST } = input
  const clientId = client === undefined ? input.client_id : (await findClient(context, client)).id
  const now = context.clock()
  const from = input.date_from ?? new Date(now.getTime() - DAYS * 86_400_000).toISOString().slice(0, 10)
  const to = input.date_to ?? new Date(now.getTime() + 86_400_000).toISOString().slice(0, 10)
  const found = await sql<{
    billable_time_id: string
    client_id: string
    work_date: string
    raw_seconds: number | null
    billable_minutes: number | null
    external_billable_minutes: number
    external_ref: string | null
  }>`
    select id as billable_time_id, client_id, work_date, raw_seconds, billable_minutes, external_billable_minutes, external_ref
    from billable_time
    where work_date >= ${from} and work_date <= ${to} and archived_at is null
      and external_billable_minutes is not null and external_billable_minutes <> coalesce(billable_minutes, -1)
      and ${visibleRows(billableTime, context.caller, now)}
      ${clientId === undefined ? sql`` : sql`and client_id = ${clientId}`}
    order by work_date desc, id desc limit ${limit + 1}`.execute(context.db)
  return { items: found.rows.slice(0, limit), more: found.rows.length > limit }
}
