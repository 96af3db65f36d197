import type { Account } from '../account.ts'
import type { Capabilities, Connector, Vendor } from '../connector.ts'
import { allOf } from '../transport/paging.ts'
import { createDattoApi, rules } from './api.ts'
import { alertOf, assetOf, customerOf } from './map.ts'

const CAPABILITIES: Capabilities = { customers: true, assets: true, alerts: true }

/** Datto RMM, read only: sites, devices and open alerts. Jobs on machines are not for us. */
export const dattoRmm: Vendor = { type: 'datto_rmm', rules, capabilities: CAPABILITIES, connect }

function connect(account: Account): Connector {
  const api = createDattoApi(account)
  return {
    type: 'datto_rmm',
    capabilities: CAPABILITIES,
    async test() {
      const { name } = await api.account()
      return { account: name ?? 'Datto RMM', capabilities: CAPABILITIES }
    },
    async *customers() {
      for await (const row of allOf(api.sites, ({ uid }) => uid)) yield customerOf(row)
    },
    async *assets(customerId) {
      const rows = allOf(
        (next) => api.devices(customerId, next),
        ({ uid }) => uid,
      )
      for await (const row of rows) if (!row.deleted) yield assetOf(row)
    },
    async *alerts(customerId) {
      const rows = allOf(
        (next) => api.openAlerts(customerId, next),
        ({ alertUid }) => alertUid,
      )
      for await (const row of rows) yield alertOf(row)
    },
  }
}
