import { OURSELVES } from '../../../server/audit/entries.ts'
import type { Integration } from '../../../server/connectors/account.ts'
import { connect } from '../../../server/connectors/connect.ts'
import type { Connector } from '../../../server/connectors/connector.ts'
import { openSignIn } from '../../../server/domains/credentials/for-integrations.ts'
import type { DatabaseKind } from '../../support/databases.ts'
import { type TestServer, testServer } from '../../support/server.ts'
import type { FakeVendor } from '../../support/vendors/server.ts'

/** What an admin enters for a vendor. */
export interface Settings {
  type: Integration['type']
  /** Of `integrationCredentials`, and what the vault holds for it. */
  kind: 'api_key' | 'basic' | 'oauth2_password' | 'oauth2_client' | 'bearer' | 'webhook_url'
  secrets: Record<string, string>
  username?: string
  config?: Record<string, string>
}

/** A server with one enabled integration that points at a fake. */
export interface VendorWorld extends AsyncDisposable {
  msp: TestServer
  integrationId: string
  credentialId: string
  /** The connector, as the server's own jobs get it. Short deadlines: fakes are near. */
  connector(): Promise<Connector>
  integration(): Promise<Integration>
}

/** @param fake is ended with the world */
export async function vendorWorld(
  database: DatabaseKind,
  fake: FakeVendor,
  { type, kind, secrets, username, config = {} }: Settings,
  server: Omit<Parameters<typeof testServer>[0], 'database'> = {},
): Promise<VendorWorld> {
  const msp = await testServer({ database, ...server })
  const { externalIntegrations, integrationCredentials, credentials } = msp.admin.api
  const { id: integrationId } = await externalIntegrations.create({
    type,
    name: `My ${type}`,
    base_url: fake.url,
    config,
  })
  const { id: credentialId } = await credentials.create({
    name: `API of ${type}`,
    type: 'api_key',
    secrets,
    ...(username === undefined ? {} : { username }),
  })
  await integrationCredentials.create({ integration_id: integrationId, kind, credential_id: credentialId })
  await externalIntegrations.enable({ id: integrationId })
  const integration = () => externalIntegrations.get({ id: integrationId })
  return {
    msp,
    integrationId,
    credentialId,
    integration,
    connector: async () =>
      connect(msp.server.deps, OURSELVES, await integration(), { openSignIn, deadlineMs: DEADLINE_MS }),
    async [Symbol.asyncDispose]() {
      await msp[Symbol.asyncDispose]()
      await fake[Symbol.asyncDispose]()
    },
  }
}

/** Longer than three tries of a machine that has much to do. */
const DEADLINE_MS = 2_500
