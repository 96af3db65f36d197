import { withDigest } from '../../../src/guard/digest.ts'
import type { Context } from '../../context.ts'

/** More never fit. */
const MOST = 60
/** As the column takes. */
const NOTES_CHARS = 20_000

/**
 * Renews the part of an asset's notes that says what is known of it. Nobody's edit is in conflict with it: the version of the row stays, since what people
 * write there stays too.
 */
export async function renewDigest(context: Pick<Context, 'db'>, infrastructureId: string | null): Promise<void> {
  if (infrastructureId === null) return
  const asset = await context.db
    .selectFrom('infrastructure')
    .select('environmental_notes')
    .where('id', '=', infrastructureId)
    .executeTakeFirst()
  if (!asset) return
  const known = await context.db
    .selectFrom('environmental_insights')
    .select('statement')
    .where('infrastructure_id', '=', infrastructureId)
    .where('is_current', '=', 1)
    .where('archived_at', 'is', null)
    .orderBy('priority', 'desc')
    .orderBy('confidence_percent', 'desc')
    .orderBy('key')
    .limit(MOST)
    .execute()
  const before = asset.environmental_notes
  const statements = known.map(({ statement }) => statement)
  const notes = withDigest(before, statements, NOTES_CHARS)
  if (notes === before || (known.length === 0 && !before)) return
  await context.db
    .updateTable('infrastructure')
    .set({ environmental_notes: notes })
    .where('id', '=', infrastructureId)
    .execute()
}
