import type { Account } from '../account.ts'
import type { Capabilities, Connector, Vendor } from '../connector.ts'
import { checkAddress, post, rules } from './api.ts'
import { messageOf } from './map.ts'

const CAPABILITIES: Capabilities = { notify: true }

/** Microsoft Teams: cards in a channel, by a workflow. */
export const teams: Vendor = { type: 'teams', rules, capabilities: CAPABILITIES, connect }

function connect(account: Account): Connector {
  return {
    type: 'teams',
    capabilities: CAPABILITIES,
    // A workflow cannot be asked anything: only its address is looked at, so that a test posts nothing.
    test: async () => ({ account: await checkAddress(account), capabilities: CAPABILITIES }),
    async notify(notice) {
      await post(account, messageOf(notice))
    },
  }
}
