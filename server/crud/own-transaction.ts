import type { Context } from '../context.ts'
import { inTransaction } from '../db/transaction.ts'

/**
 * Runs `work` in a transaction that is over when this returns, whatever becomes of the call: what announces a release, refuses or reports
 * one. Inside a transaction of somebody else it is that one.
 */
export async function inOwnTransaction<T>(context: Context, work: (context: Context) => Promise<T>): Promise<T> {
  if (context.db.isTransaction) return work(context)
  return inTransaction(context, (db) => work({ ...context, db }))
}
