import { type Kysely, sql } from 'kysely'
import type { Deps } from '../../context.ts'
import type { Tables } from '../../db/tables.ts'
import type { IntegrationTables } from '../../db/tables-of-integrations.ts'
import type { Payload } from './actions.ts'

/** The rows of the outbox that are actions in other systems: who does which, and what became of it. */

export type Message = IntegrationTables['outbox_messages']

/** Of a worker that was killed: its messages are free again after this. Longer than any action takes. */
const LEASE_MS = 5 * 60_000
const KINDS: readonly Payload['kind'][] = ['note', 'time_entry', 'attachment', 'status', 'message']

/** Messages that can be done now: of an enabled integration, with none before them on the same ticket. The oldest first. */
export async function dueMessages({ db, clock }: Deps, most: number): Promise<string[]> {
  const now = clock().toISOString()
  const { rows } = await sql<{ id: string }>`
    select m.id from outbox_messages as m
    where ((m.status = 'pending' and m.next_attempt_at <= ${now}) or (m.status = 'sending' and m.claimed_until <= ${now}))
      and m.kind in (${sql.join(KINDS)})
      and exists (select 1 from external_integrations as i where i.id = m.integration_id and i.enabled = 1 and i.archived_at is null)
      and not exists (select 1 from outbox_messages as e where e.ordering_key = m.ordering_key and e.status in ('pending', 'sending') and e.seq < m.seq)
    order by m.created_at, m.id limit ${most}`.execute(db)
  return rows.map(({ id }) => id)
}

/** Takes a message for one worker; undefined where another has it, or it must wait. One statement decides. */
export async function claim({ db, clock, settled }: Deps, id: string, worker: string): Promise<Message | undefined> {
  const now = clock()
  const at = now.toISOString()
  const until = new Date(now.getTime() + LEASE_MS).toISOString()
  const before = await earlierOf(db, id)
  if (before) return undefined
  const { numUpdatedRows } = await db
    .updateTable('outbox_messages')
    .set((eb) => ({ status: 'sending', claimed_by: worker, claimed_until: until, attempts: eb('attempts', '+', 1) }))
    .where('id', '=', id)
    .where((eb) =>
      eb.or([
        eb.and([eb('status', '=', 'pending'), eb('next_attempt_at', '<=', at)]),
        eb.and([eb('status', '=', 'sending'), eb('claimed_until', '<=', at)]),
      ]),
    )
    .executeTakeFirst()
  if (Number(numUpdatedRows) !== 1) return undefined
  // That it was begun has to survive a power cut: the next try looks whether it arrived.
  await settled()
  return db.selectFrom('outbox_messages').selectAll().where('id', '=', id).executeTakeFirst()
}

async function earlierOf(db: Kysely<Tables>, id: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from outbox_messages as m join outbox_messages as e on e.ordering_key = m.ordering_key and e.seq < m.seq
    where m.id = ${id} and e.status in ('pending', 'sending') limit 1`.execute(db)
  return rows.length > 0
}

/** Writes down what became of a message. False: it is another worker's by now, and nothing was written. */
export async function settle(
  db: Kysely<Tables>,
  { id, claimed_by }: Pick<Message, 'id' | 'claimed_by'>,
  outcome: Partial<
    Pick<Message, 'status' | 'attempts' | 'next_attempt_at' | 'last_error' | 'sent_at' | 'external_id' | 'answer'>
  >,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('outbox_messages')
    .set({ ...outcome, claimed_by: null, claimed_until: null })
    .where('id', '=', id)
    .where('status', '=', 'sending')
    .where('claimed_by', '=', claimed_by)
    .executeTakeFirst()
  return Number(numUpdatedRows) === 1
}
