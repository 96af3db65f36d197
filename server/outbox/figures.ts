import type { Deps } from '../context.ts'

/** How the outbox is, for the metrics. */
export interface OutboxFigures {
  pending: number
  oldestSeconds: number
  deadLettered: number
}

export async function outboxFigures({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<OutboxFigures> {
  const waits = db.selectFrom('outbox_messages').where('status', 'in', ['pending', 'sending'])
  const count = (select: typeof waits) =>
    select
      .select((eb) => eb.fn.countAll<number>().as('number_of_rows'))
      .executeTakeFirstOrThrow()
      .then(({ number_of_rows }) => Number(number_of_rows))
  const oldest = await waits.select((eb) => eb.fn.min('created_at').as('at')).executeTakeFirst()
  const ageMs = oldest?.at ? clock().getTime() - Date.parse(oldest.at) : 0
  return {
    pending: await count(waits),
    oldestSeconds: Math.max(0, Math.round(ageMs / 1_000)),
    deadLettered: await count(db.selectFrom('outbox_messages').where('status', '=', 'dead_lettered')),
  }
}
