import { sql } from 'kysely'
import { credential } from '../../../src/contract/credentials.ts'
import type { CredentialFact } from '../../../src/recall/facts.ts'
import type { Context } from '../../context.ts'
import { visibleRows } from '../../crud/visibility.ts'
import { knownCredentials } from '../credentials/access.ts'
import type { Whose } from './queries.ts'

const DAYS = 30
/** Entries of the audit that are looked at, newest first: who runs one credential in a loop still sees the one before. */
const ENTRIES = 200
const MOST = 6

/**
 * The credentials of a client that the caller (an agent of theirs included) had something out of lately: what the audit says of it, as names
 * and ids. Only those of which they may still know.
 */
export async function readCredentialsUsed(context: Context, { clientId }: Whose): Promise<CredentialFact[]> {
  const { caller, clock, db } = context
  if (clientId === null || caller.role === 'viewer') return []
  const since = new Date(clock().getTime() - DAYS * 86_400_000).toISOString()
  const { rows } = await sql<CredentialFact>`
    with used as (
      select credential_id, occurred_at from credential_audit_log
      where client_id = ${clientId} and actor_user_id = ${caller.userId} and outcome = 'intent'
        and action in ('use', 'reveal', 'totp_code') and occurred_at > ${since}
      order by occurred_at desc
      limit ${sql.lit(ENTRIES)}
    )
    select credentials.id, name, type, latest.last_used_at
    from (select credential_id, max(occurred_at) as last_used_at from used group by credential_id) as latest
      join credentials on credentials.id = latest.credential_id
    where credentials.client_id = ${clientId} and credentials.archived_at is null
      and ${visibleRows(credential, caller, clock())} and ${knownCredentials(context)}
    order by latest.last_used_at desc, credentials.id
    limit ${sql.lit(MOST)}`.execute(db)
  return rows
}
