import type { Kysely } from 'kysely'
import { addColumns } from '../define-table.ts'
import type { Dialect } from '../dialect.ts'

/** Who delivers for a subscription, and who works on a run. Released: never edited, only followed by another migration. */
export async function up(db: Kysely<never>, dialect: Dialect): Promise<void> {
  await addColumns(db, dialect, 'webhook_subscriptions', {
    columns: {
      // The number of the last message: what is announced for one subscription has one order.
      last_seq: 'integer',
      // When its first waiting message may be tried; null: nothing waits.
      due_at: 'instant',
      claimed_by: 'line(100)',
      claimed_until: 'instant',
    },
    indexes: [['status', 'due_at']],
  })
  await addColumns(db, dialect, 'integration_workflow_runs', {
    columns: { due_at: 'instant', claimed_by: 'line(100)', claimed_until: 'instant' },
    indexes: [['status', 'due_at']],
  })
}
