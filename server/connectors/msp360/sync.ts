import type { Account } from '../account.ts'
import type { Capabilities, Connector, Vendor } from '../connector.ts'
import { createMsp360Api, rules } from './api.ts'
import { customerOf, planOf } from './map.ts'

const CAPABILITIES: Capabilities = { backupStatus: true, customers: true }

/** MSP360 Managed Backup, read only: nothing here starts, stops or deletes a backup. */
export const msp360: Vendor = { type: 'msp360', rules, capabilities: CAPABILITIES, connect }

function connect(account: Account): Connector {
  const api = createMsp360Api(account)
  return {
    type: 'msp360',
    capabilities: CAPABILITIES,
    async test() {
      const companies = await api.companies()
      return { account: `MSP Backups with ${companies.length} companies`, capabilities: CAPABILITIES }
    },
    async *customers() {
      for (const company of await api.companies()) yield customerOf(company)
    },
    async *backupPlans() {
      for (const row of await api.monitoring()) yield planOf(row)
    },
  }
}
