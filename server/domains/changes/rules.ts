import type { deployment, infrastructureChange } from '../../../src/contract/changes.ts'
import { AppError } from '../../../src/contract/errors.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { Role } from '../../../src/contract/rights.ts'

/** What decides about changes and deployments. Pure. */

export type Change = RowOf<typeof infrastructureChange>
export type Deployment = RowOf<typeof deployment>
type Status = Change['status']

const TARGETS = ['infrastructure_id', 'service_id', 'network_id', 'firewall_rule_id', 'm365_tenant_id'] as const

/** @throws AppError INVALID_INPUT for a change of nothing, and for one of a database that does not say which kind it is. */
export function checkNewChange(change: Partial<Change>): void {
  if (!TARGETS.some((target) => change[target]))
    throw new AppError('INVALID_INPUT', `Say what is changed: give ${TARGETS.join(', ')}, or several of them.`)
  if ((change.category === 'database') !== Boolean(change.change_type))
    throw new AppError(
      'INVALID_INPUT',
      'change_type belongs to changes of category "database", and each of those needs it.',
    )
}

/** @throws AppError FORBIDDEN to who planned a normal change and does not lead: a second pair of eyes approves it. */
export function checkApproval(change: Change, caller: { userId: string; role: Role }): void {
  const leads = caller.role === 'lead' || caller.role === 'admin'
  if (change.change_class === 'normal' && change.created_by === caller.userId && !leads)
    throw new AppError('FORBIDDEN', 'You planned this change yourself. Ask a colleague or a lead to approve it.')
}

/** From where a change may be carried out: a normal one needs an approval, the others do not wait for one. */
export const beforeImplementing = ({ change_class }: Change): Status[] =>
  change_class === 'normal' ? ['approved'] : ['planned', 'approved']

/** @throws AppError CONFLICT: what was approved is what is done. */
export function checkNotApproved(change: Change): void {
  if (change.approved_at !== null)
    throw new AppError(
      'CONFLICT',
      'This change was approved as it stands. Archive it and plan another, or add what came out with "implement".',
    )
}

const DESTRUCTIVE: readonly (string | null)[] = ['ddl_drop', 'dml_update', 'dml_delete', 'restore']

/** @throws AppError INVALID_INPUT for something destructive without a backup or a reason why not. */
export function checkBackup(change: Pick<Change, 'change_type' | 'backup_taken' | 'override_reason'>): void {
  if (DESTRUCTIVE.includes(change.change_type) && !change.backup_taken && !change.override_reason)
    throw new AppError(
      'INVALID_INPUT',
      `A ${change.change_type} needs a backup (backup_taken, backup_ref) or an override_reason that says why there is none.`,
    )
}

/** Seconds from the commit to the end of a successful deployment; null where the commit's time is not known or lies after it. */
export function leadTime(committedAt: string | null, finishedAt: string): number | null {
  if (committedAt === null) return null
  const seconds = Math.floor((Date.parse(finishedAt) - Date.parse(committedAt)) / 1_000)
  return seconds >= 0 ? seconds : null
}
