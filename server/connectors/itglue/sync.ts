import type { Account } from '../account.ts'
import type { Capabilities, Connector, Vendor } from '../connector.ts'
import { allOf } from '../transport/paging.ts'
import { createItglueApi, rules } from './api.ts'
import { assetOf, customerOf, documentOf } from './map.ts'

const CAPABILITIES: Capabilities = { customers: true, assets: true, documents: true }

const byId = ({ id }: { id: string }) => id

/** IT Glue, read only: organizations, configurations and documents. */
export const itglue: Vendor = { type: 'itglue', rules, capabilities: CAPABILITIES, connect }

function connect(account: Account): Connector {
  const api = createItglueApi(account)
  return {
    type: 'itglue',
    capabilities: CAPABILITIES,
    async test() {
      const { items } = await api.organizations(undefined)
      return { account: `IT Glue, ${items[0]?.attributes.name ?? 'no organization yet'}`, capabilities: CAPABILITIES }
    },
    async *customers() {
      for await (const row of allOf(api.organizations, byId)) yield customerOf(row)
    },
    async *assets(customerId) {
      const rows = allOf((next) => api.configurations(customerId, next), byId)
      for await (const row of rows) if (!row.attributes.archived) yield assetOf(row)
    },
    async *documents(customerId) {
      const rows = allOf((next) => api.documents(customerId, next), byId)
      for await (const row of rows) if (!row.attributes.archived) yield documentOf(row)
    },
    document: async (id) => documentOf(await api.document(id)),
  }
}
