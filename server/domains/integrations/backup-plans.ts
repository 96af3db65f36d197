import { hash } from 'node:crypto'
import type { backupPlanStatus } from '../../../src/contract/backups.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { BackupPlan } from '../../connectors/connector.ts'

/** What a vendor tells of backups, as rows. Pure. */

export type PlanRow = RowOf<typeof backupPlanStatus>

/** The vendor's id, or the hash of computer and name where it gives none. */
export const planKey = ({ planId, hid, computer, planName }: BackupPlan): string =>
  planId !== null && planId.length <= 64
    ? planId
    : hash('sha256', JSON.stringify([planId, hid, computer, planName]), 'hex')

const ENDED_WELL: ReadonlySet<string> = new Set(['success', 'warning'])
const SHORTEST_SECONDS = 5 * 60

/** What of a row the vendor says. Texts are cut to what their columns hold. */
export function toldOf(plan: BackupPlan) {
  return {
    plan_id: cut(plan.planId, 100),
    plan_name: cut(plan.planName, 300) ?? '',
    plan_type: plan.planType as PlanRow['plan_type'],
    computer: cut(plan.computer, 255) ?? '',
    hid: cut(plan.hid, 100),
    company_name: cut(plan.companyName, 300),
    user_name: cut(plan.userName, 300),
    storage_type: cut(plan.storageType, 100),
    build_version: cut(plan.buildVersion, 50),
    status: plan.status,
    last_start: plan.lastStart,
    next_start: plan.nextStart,
    error: cut(plan.error, 4_000),
    report_url: cut(plan.reportUrl, 2_000),
    ...copiedOf(plan),
  }
}

export const copiedOf = (plan: BackupPlan) => ({
  duration_seconds: plan.durationSeconds,
  files_scanned: plan.filesScanned,
  files_to_backup: plan.filesToBackup,
  files_copied: plan.filesCopied,
  files_failed: plan.filesFailed,
  bytes_to_backup: plan.bytesToBackup,
  bytes_copied: plan.bytesCopied,
  bytes_total: plan.bytesTotal,
})

/** What follows from this answer and the one before. */
export function followingOf(
  plan: BackupPlan,
  before: Pick<PlanRow, 'last_start' | 'last_success_at' | 'interval_seconds'> | undefined,
) {
  const isNewRun = plan.lastStart !== null && plan.lastStart !== before?.last_start
  const endedWell = ENDED_WELL.has(plan.status) && plan.lastStart !== null
  return {
    last_success_at: endedWell ? endOf(plan) : (before?.last_success_at ?? null),
    interval_seconds:
      secondsApart(plan.lastStart, plan.nextStart) ??
      (isNewRun ? secondsApart(before?.last_start ?? null, plan.lastStart) : null) ??
      before?.interval_seconds ??
      null,
  }
}

export function endOf({ lastStart, durationSeconds }: BackupPlan): string | null {
  if (lastStart === null) return null
  return new Date(Date.parse(lastStart) + (durationSeconds ?? 0) * 1_000).toISOString()
}

function secondsApart(from: string | null, to: string | null): number | null {
  if (from === null || to === null) return null
  const seconds = Math.round((Date.parse(to) - Date.parse(from)) / 1_000)
  return seconds >= SHORTEST_SECONDS ? seconds : null
}

const cut = (text: string | null, chars: number): string | null => (text === null ? null : text.slice(0, chars))
