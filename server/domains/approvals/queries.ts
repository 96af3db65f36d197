import type { Approval } from '../../../src/contract/approvals.ts'
import type { Context } from '../../context.ts'
import { statusAt } from './rules.ts'

/** What one page of decisions is chosen from: they are few, since each lasts ten minutes. */
const MOST_LOOKED_AT = 1_000

/** An approval as it is stored, with the names of those in it. */
export interface StoredApproval extends Approval {
  session_id: string | null
}

export async function findApproval(context: Context, id: string): Promise<StoredApproval | undefined> {
  const found = await select(context).where('approvals.id', '=', id).executeTakeFirst()
  return found && asOf(context, found)
}

/** The newest first. */
export async function newestApprovals(context: Context): Promise<StoredApproval[]> {
  const found = await select(context)
    .orderBy('requested_at', 'desc')
    .orderBy('approvals.id', 'desc')
    .limit(MOST_LOOKED_AT)
    .execute()
  return found.map((row) => asOf(context, row))
}

const asOf = ({ clock }: Context, row: Row): StoredApproval => ({
  ...row,
  kind: row.kind as Approval['kind'],
  status: statusAt(row, clock()),
})

type Row = Omit<StoredApproval, 'kind'> & { kind: string }

const select = ({ db }: Context) =>
  db
    .selectFrom('approvals')
    .innerJoin('users', 'users.id', 'approvals.requested_by')
    .leftJoin('credentials', 'credentials.id', 'approvals.credential_id')
    .select([
      'approvals.id',
      'kind',
      'approvals.client_id',
      'approvals.credential_id',
      'credentials.name as credential_name',
      'approvals.session_id',
      'requested_by',
      'users.name as requested_by_name',
      'requested_at',
      'subject',
      'reason',
      'ticket_ref',
      'approvals.status',
      'decided_by',
      'decided_at',
      'approvals.expires_at',
    ])
    .where('kind', 'in', ['exec', 'reveal', 'break_glass'])
