import type { Kysely } from 'kysely'
import type { Database } from './open.ts'
import type { Tables } from './tables.ts'

const TRIES = 5

/**
 * Runs `work` in a transaction of its own. Again when the database chose it as the victim of a deadlock: nothing of it was kept.
 *
 * @throws what `work` throws; what the database says, after five tries
 */
export async function inTransaction<T>(
  { db, dialect }: Pick<Database, 'db' | 'dialect'>,
  work: (db: Kysely<Tables>) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(work)
    } catch (error) {
      if (dialect.refusal(error) !== 'busy' || attempt === TRIES) throw error
    }
  }
}
