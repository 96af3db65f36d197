import type { Context } from '../../context.ts'

const TRIES = 5

/**
 * Runs `work` in a transaction that is over when this returns, whatever becomes of the call: what announces a release, refuses or reports
 * one. Inside a transaction of somebody else it is that one. Again after a deadlock, of which nothing was kept.
 */
export async function inOwnTransaction<T>(context: Context, work: (context: Context) => Promise<T>): Promise<T> {
  if (context.db.isTransaction) return work(context)
  for (let attempt = 1; ; attempt++) {
    try {
      return await context.db.transaction().execute((db) => work({ ...context, db }))
    } catch (error) {
      if (context.dialect.refusal(error) !== 'busy' || attempt === TRIES) throw error
    }
  }
}
