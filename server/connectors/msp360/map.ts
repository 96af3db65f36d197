import { BACKUP_PLAN_TYPE, BACKUP_STATUS } from '../../../src/contract/backups.ts'
import type { BackupPlan, Customer } from '../connector.ts'
import type { Company, MonitoringRow } from './api.ts'

/** From MSP Backups' rows to ours. Pure. */

export const planOf = (row: MonitoringRow): BackupPlan => ({
  planId: row.PlanId ?? null,
  planName: row.PlanName ?? '(no name)',
  planType: planTypeOf(row.PlanType),
  computer: row.ComputerName ?? '(no name)',
  hid: row.ComputerHid?.replace(/[{}]/g, '') ?? null,
  companyId: null,
  companyName: row.CompanyName ?? null,
  userName: row.UserName ?? null,
  storageType: row.StorageType ?? null,
  buildVersion: row.BuildVersion ?? null,
  status: statusOf(row.Status),
  lastStart: instantOf(row.LastStart),
  nextStart: instantOf(row.NextStart),
  durationSeconds: typeof row.Duration === 'number' ? whole(row.Duration) : secondsIn(row.Duration),
  error: row.ErrorMessage ?? null,
  filesScanned: whole(row.FilesScanned),
  filesToBackup: whole(row.FilesToBackup),
  filesCopied: whole(row.FilesCopied),
  filesFailed: whole(row.FilesFailed),
  bytesToBackup: whole(row.DataToBackup),
  bytesCopied: whole(row.DataCopied),
  bytesTotal: whole(row.TotalData),
  reportUrl: row.DetailedReportLink ?? null,
  raw: row,
})

export const customerOf = ({ Id, Name }: Company): Customer => ({
  id: Id,
  name: Name ?? '(no name)',
  url: null,
  archived: false,
})

/** A number from 0 by the vendor's enumeration; some answers have the name. */
export function statusOf(status: number | string | null | undefined): BackupPlan['status'] {
  if (typeof status === 'number') return BACKUP_STATUS[status] ?? 'unknown'
  if (/^\d+$/.test(status ?? '')) return BACKUP_STATUS[Number(status)] ?? 'unknown'
  const name = (status ?? '').toLowerCase().replace(/[^a-z]/g, '')
  if (name === 'failed' || name === 'fail') return 'error'
  return BACKUP_STATUS.find((one) => one.replace(/_/g, '') === name) ?? 'unknown'
}

/** The vendor writes "SQLResore" for the restore of a database. */
export function planTypeOf(type: number | string | null | undefined): BackupPlan['planType'] {
  const last = BACKUP_PLAN_TYPE.length - 1 // `unknown` is ours
  const number = typeof type === 'number' ? type : /^\d+$/.test(type ?? '') ? Number(type) : undefined
  if (number !== undefined) return number < last ? (BACKUP_PLAN_TYPE[number] ?? 'unknown') : 'unknown'
  const name = String(type ?? '')
    .toLowerCase()
    .replace('resore', 'restore')
    .replace(/[^a-z0-9]/g, '')
  return BACKUP_PLAN_TYPE.find((one) => one.replace(/_/g, '') === name) ?? 'unknown'
}

/** Their times name no zone and are taken for UTC; `raw` keeps them as they came. */
export function instantOf(written: string | null | undefined): string | null {
  if (!written) return null
  const at = Date.parse(/(?:z|[+-]\d\d:?\d\d)$/i.test(written) ? written : `${written}Z`)
  // What never ran has the first instant of the calendar.
  return Number.isNaN(at) || at < 0 ? null : new Date(at).toISOString()
}

const UNIT_SECONDS = [
  [/^d/i, 86_400],
  [/^h/i, 3_600],
  [/^m/i, 60],
  [/^s/i, 1],
] as const

/** `1 hour(s) 2 minute(s) 15 second(s)`, `00:02:15` or `1.00:02:15`; null for what is neither. */
export function secondsIn(written: string | null | undefined): number | null {
  if (!written) return null
  const clock = /^(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2})(?:\.\d+)?$/.exec(written.trim())
  if (clock) {
    const [, days = '0', hours, minutes, seconds] = clock
    return Number(days) * 86_400 + Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)
  }
  const parts = [...written.matchAll(/(\d+)\s*([a-z]+)/gi)]
  if (parts.length === 0) return null
  return parts.reduce((sum, [, number, unit]) => {
    const [, seconds = 0] = UNIT_SECONDS.find(([begins]) => begins.test(unit ?? '')) ?? []
    return sum + Number(number) * seconds
  }, 0)
}

const whole = (value: number | null | undefined): number | null =>
  typeof value === 'number' && value >= 0 ? Math.round(value) : null
