import type { Context } from '../../context.ts'

/** The number that the next row of a session has among those of its table. The session is held, so that two rows do not get the same. */
export async function nextSeq(
  context: Context,
  table: 'work_items' | 'commands_run',
  sessionId: string,
): Promise<number> {
  await context.db
    .updateTable('sessions')
    .set((eb) => ({ stretch: eb.ref('stretch') }))
    .where('id', '=', sessionId)
    .execute()
  const last = await context.db
    .selectFrom(table)
    .select((eb) => eb.fn.max('seq').as('seq'))
    .where('session_id', '=', sessionId)
    .executeTakeFirst()
  return Number(last?.seq ?? 0) + 1
}
