import type { RedactionStatus } from '../../../src/contract/redaction.ts'
import type { Context, Handlers } from '../../context.ts'
import { progressOf, startOver } from '../../redaction/progress.ts'

export const redaction = {
  status: (context) => statusOf(context),
  rerun: async (context) => {
    await startOver(context.db)
    context.redaction.isSwept = false
    const status = await statusOf(context)
    context.redaction.wake()
    return status
  },
} satisfies Handlers['redaction']

async function statusOf({ db, redaction: { version } }: Context): Promise<RedactionStatus> {
  const { tables, finishedAt, isFinished } = await progressOf(db, version)
  const waiting = await db
    .selectFrom('quarantined_texts')
    .select((row) => row.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return {
    version,
    finished: isFinished,
    finished_at: finishedAt,
    tables: tables.map(({ in_table, last_key: _, ...done }) => ({ table: in_table, ...done })),
    withheld: Number(waiting.count),
  }
}
