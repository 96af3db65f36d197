import type { Kysely } from 'kysely'
import type { Tables } from '../db/tables.ts'

/** A use of a secret that was announced, and never reported: the server ended in between, and whether the secret left it nobody knows. */
export interface UnknownOutcome {
  id: string
  chain: string
  seq: number
  action: string
  credential_id: string | null
  actor_user_id: string | null
  occurred_at: string
}

/** What is on its way has this long to be reported. */
const UNDER_WAY_MS = 60_000

/**
 * The announced uses that nothing reported, newest first.
 *
 * @param credentialId only of this one
 */
export function unknownOutcomes(
  db: Kysely<Tables>,
  now: Date,
  { limit = 100, credentialId }: { limit?: number; credentialId?: string } = {},
): Promise<UnknownOutcome[]> {
  const intents = db
    .selectFrom('credential_audit_log as intent')
    .select(['id', 'chain', 'seq', 'action', 'credential_id', 'actor_user_id', 'occurred_at'])
    .where('outcome', '=', 'intent')
    .where('occurred_at', '<', new Date(now.getTime() - UNDER_WAY_MS).toISOString())
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('credential_audit_log as report')
            .select('report.id')
            .whereRef('report.intent_id', '=', 'intent.id'),
        ),
      ),
    )
  const these = credentialId === undefined ? intents : intents.where('credential_id', '=', credentialId)
  return these.orderBy('occurred_at', 'desc').limit(limit).execute()
}
