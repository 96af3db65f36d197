import { AppError } from '../../../src/contract/errors.ts'
import type { Context } from '../../context.ts'
import { GONE_OR_OTHER, hashOf, type Subject } from './rules.ts'

/**
 * Takes a person's yes to exactly this, in the transaction that announces the release: it is good for one.
 *
 * @param subjects one of which it must have been for
 * @param secondPerson it must be somebody else's yes
 * @throws AppError FORBIDDEN when there is none that fits: not approved, for something else, used, or too old
 */
export async function consumeApproval(
  { db, clock, caller }: Context,
  id: string,
  subjects: readonly Subject[],
  secondPerson: boolean,
): Promise<void> {
  const now = clock().toISOString()
  const result = await db
    .updateTable('approvals')
    .set({ status: 'used', used_at: now })
    .where('id', '=', id)
    .where('status', '=', 'approved')
    .where('expires_at', '>', now)
    .where('requested_by', '=', caller.userId)
    .where('subject_hash', 'in', subjects.map(hashOf))
    .$if(secondPerson, (statement) => statement.where('decided_by', '<>', caller.userId))
    .executeTakeFirst()
  if (Number(result.numUpdatedRows) !== 1) throw new AppError('FORBIDDEN', GONE_OR_OTHER)
}
