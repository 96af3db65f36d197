import { BACKUP_HEALTH, type BackupHealth } from '../../../src/contract/backup-health.ts'
import type { backupPlanStatus } from '../../../src/contract/backups.ts'
import { AppError } from '../../../src/contract/errors.ts'
import type { externalIntegration } from '../../../src/contract/integrations.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'

/** What follows from rows alone; nothing here reads or writes. */

type Integration = RowOf<typeof externalIntegration>
type Plan = RowOf<typeof backupPlanStatus>

const CIRCUIT_CLOSED = { consecutive_failures: 0, circuit_open_until: null }

/** What changes when an integration is enabled; undefined when it is. */
export const enabling = ({ enabled }: Integration): Partial<Integration> | undefined =>
  enabled ? undefined : { enabled: true, status: 'ok', ...CIRCUIT_CLOSED }

/** What changes when an integration is disabled; undefined when it is. */
export const disabling = ({ enabled }: Integration): Partial<Integration> | undefined =>
  enabled ? { enabled: false, status: 'disabled' } : undefined

/**
 * What changes when a system is tried again at once; undefined when nothing holds it back.
 *
 * @throws AppError CONFLICT when the integration is disabled.
 */
export function resettingCircuit(before: Integration): Partial<Integration> | undefined {
  if (!before.enabled)
    throw new AppError('CONFLICT', 'This integration is disabled: nothing is sent. Enable it instead.')
  const closed = before.consecutive_failures === 0 && before.circuit_open_until === null && before.status === 'ok'
  return closed ? undefined : { status: 'ok', ...CIRCUIT_CLOSED }
}

/**
 * A connection of one client is not for the rows of another.
 *
 * @throws AppError INVALID_INPUT
 */
export function mustServe(integration: { client_id: string | null }, clientId: string | null): void {
  if (integration.client_id !== null && integration.client_id !== clientId)
    throw new AppError(
      'INVALID_INPUT',
      'integration_id names an integration of another client. Use one of this client, or one that serves all clients.',
    )
}

const LINKED = ['session_id', 'work_item_id', 'project_id', 'task_id', 'security_incident_id'] as const

/** @throws AppError INVALID_INPUT unless exactly one row of ours is linked. */
export function mustLinkOne(link: { [K in (typeof LINKED)[number]]?: string | null | undefined }): void {
  const named = LINKED.filter((field) => link[field])
  if (named.length !== 1)
    throw new AppError(
      'INVALID_INPUT',
      `Give exactly one of ${LINKED.join(', ')}${named.length === 0 ? '' : `, not ${named.join(' and ')}`}. A ticket may have several links.`,
    )
}

const FAILED: readonly Plan['status'][] = ['error', 'interrupted', 'unexpectedly_closed']
const DAY = 24 * 3_600_000

/** What the health of a plan is judged by. */
export type JudgedPlan = Pick<
  Plan,
  'status' | 'last_start' | 'next_start' | 'interval_seconds' | 'files_failed' | 'first_seen_at' | 'first_missing_at'
>

/** How a backup plan is. Of several answers the worst counts, in the order of BACKUP_HEALTH. */
export function healthOf(plan: JudgedPlan, now: Date): BackupHealth {
  if (plan.first_missing_at !== null) return 'vanished'
  if (FAILED.includes(plan.status)) return 'failed'
  if (plan.status === 'overdue' || isLate(plan, now)) return 'overdue'
  if (plan.status === 'warning' || plan.status === 'unknown' || (plan.files_failed ?? 0) > 0) return 'warning'
  return 'ok'
}

/** Two starts were missed; where the interval is not known, the announced start was, by more than a day. */
function isLate({ interval_seconds, last_start, first_seen_at, next_start }: JudgedPlan, now: Date): boolean {
  if (interval_seconds !== null)
    return Date.parse(last_start ?? first_seen_at) < now.getTime() - 2 * interval_seconds * 1_000
  return next_start !== null && Date.parse(next_start) < now.getTime() - DAY
}

export type HealthCounts = Record<BackupHealth, number>

export function countHealth(healths: readonly BackupHealth[]): HealthCounts {
  const counts = Object.fromEntries(BACKUP_HEALTH.map((health) => [health, 0])) as HealthCounts
  for (const health of healths) counts[health] += 1
  return counts
}

/** The worst of at least one. */
export const worstOf = (healths: readonly BackupHealth[]): BackupHealth =>
  BACKUP_HEALTH.find((health) => healths.includes(health)) ?? 'ok'

const WINDOW_DAYS = 30

/** The time that is looked at, both ends included: instants or days; the 30 days before its end when no beginning is given. */
export function windowOf(from: string | undefined, to: string | undefined, now: Date): { from: string; to: string } {
  const end = to === undefined ? now.toISOString() : wholeDay(to, 'T23:59:59.999Z')
  const begin = from ?? new Date(Date.parse(end) - WINDOW_DAYS * DAY).toISOString()
  return { from: wholeDay(begin, 'T00:00:00.000Z'), to: end }
}

const wholeDay = (dayOrInstant: string, time: string) =>
  dayOrInstant.length === 10 ? `${dayOrInstant}${time}` : dayOrInstant
