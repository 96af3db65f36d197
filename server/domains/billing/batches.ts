import { exportBatch } from '../../../src/contract/billing.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { Context, Handlers } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { repriceSpans } from './pricing.ts'
import { readBatchTotals } from './queries.ts'

type Batch = RowOf<typeof exportBatch>

export const exportBatches = {
  ...standardHandlers(exportBatch),
  /** Entries that are approved later come into the next batch of the same month. */
  create: async (context, input) => {
    const { id, client_id, month } = await rows(context, exportBatch).insert(input as Partial<Batch>)
    // What is locked is locked at the terms of now, also where a change of them had too many entries to price at once.
    await repriceSpans(context, client_id, [{ from: `${month}-01`, until: `${month}-31` }])
    await lockApproved(context, { batchId: id, clientId: client_id, month })
    return rows(context, exportBatch).update(id, await readBatchTotals(context, id))
  },
} satisfies Handlers['exportBatches']

async function lockApproved(
  { db, clock, caller }: Context,
  { batchId, clientId, month }: { batchId: string; clientId: string; month: string },
): Promise<void> {
  const now = clock().toISOString()
  await db
    .updateTable('billable_time')
    .set((eb) => ({
      status: 'exported' as const,
      locked_at: now,
      export_batch_id: batchId,
      updated_at: now,
      updated_by: caller.userId,
      row_version: eb('row_version', '+', 1),
    }))
    .where('client_id', '=', clientId)
    .where('status', '=', 'approved')
    .where('work_date', '>=', `${month}-01`)
    .where('work_date', '<=', `${month}-31`)
    .where('archived_at', 'is', null)
    .execute()
}
