import type { Alert, Asset, Customer } from '../connector.ts'
import type { AlertRow, DeviceRow, SiteRow } from './api.ts'

/** From Datto RMM's rows to ours. Pure. */

export const customerOf = ({ uid, name, portalUrl }: SiteRow): Customer => ({
  id: uid,
  name: name ?? '(no name)',
  url: portalUrl ?? null,
  archived: false,
})

export const assetOf = (row: DeviceRow): Asset => ({
  id: row.uid,
  customerId: row.siteUid ?? null,
  name: row.hostname ?? row.description ?? '(no name)',
  serial: null,
  kind: row.deviceType?.category ?? row.deviceClass ?? null,
  url: row.portalUrl ?? null,
})

export const alertOf = (row: AlertRow): Alert => ({
  id: row.alertUid,
  priority: row.priority ?? null,
  text: row.diagnostics ?? '',
  assetId: row.alertSourceInfo?.deviceUid ?? null,
  assetName: row.alertSourceInfo?.deviceName ?? null,
  customerId: row.alertSourceInfo?.siteUid ?? null,
  raisedAt: instantOf(row.timestamp),
})

/** Milliseconds since 1970, or ISO text. */
export function instantOf(at: number | string | null | undefined): string | null {
  const ms = typeof at === 'number' ? at : Date.parse(at ?? '')
  return Number.isFinite(ms) ? new Date(ms).toISOString() : null
}
