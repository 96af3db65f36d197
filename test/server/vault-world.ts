import { randomUUID } from 'node:crypto'
import type { Config } from '../../server/config.ts'
import { type Api, createApi } from '../../src/api/client.ts'
import { undiciTransport } from '../../src/api/undici.ts'
import type { DatabaseKind } from '../support/databases.ts'
import { anEvent, type TestServer, type TestUser, testServer } from '../support/server.ts'

/** Dataforth with a database server and its credential; who works there, and agents of theirs. */
export interface VaultWorld extends AsyncDisposable {
  msp: TestServer
  ana: TestUser
  /** Leads, at the same client. */
  lea: TestUser
  clientId: string
  hostId: string
  /** Of `db1.dataforth.com`: a password and a seed of one-time codes. */
  credentialId: string
}

export const PASSWORD = 'CANARY-vault-world-1'
/** RFC 6238, appendix B: its SHA-1 seed, "12345678901234567890". */
export const SEED = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

export async function vaultWorld(database: DatabaseKind, config: Partial<Config> = {}): Promise<VaultWorld> {
  const msp = await testServer({ database, config })
  const ana = await msp.technician({ name: 'Ana', clients: ['Dataforth'] })
  const lea = await msp.technician({ name: 'Lea', role: 'lead', clients: ['Dataforth'] })
  const clientId = await msp.client('Dataforth')
  const { id: hostId } = await ana.api.infrastructure.create({
    client_id: clientId,
    kind: 'virtual_server',
    hostname: 'db1',
    fqdn: 'db1.dataforth.com',
  })
  const { id: credentialId } = await ana.api.credentials.create({
    client_id: clientId,
    name: 'MariaDB root',
    type: 'password',
    username: 'root',
    infrastructure_id: hostId,
    secrets: { password: PASSWORD, totp: SEED },
  })
  return { msp, ana, lea, clientId, hostId, credentialId, [Symbol.asyncDispose]: () => msp[Symbol.asyncDispose]() }
}

/** What shows that the user has just given their password. */
export const steppedUp = async ({ api, password }: TestUser): Promise<string> =>
  (await api.auth.stepUp({ password })).step_up

export const toDb1 = ['mariadb', '-h', 'db1.dataforth.com', '-u', 'root']

/** An agent of a session in which the user works for a client. */
export async function agentOf(
  { msp }: Pick<VaultWorld, 'msp'>,
  user: TestUser,
  clientId: string,
  more: { agent_type?: string; credential_ids?: string[] } = {},
): Promise<{ api: Api; token: string; stream: string }> {
  const stream = randomUUID()
  const machineId = await msp.machine(user)
  await msp.ingest(user, machineId, [
    anEvent('session.opened', { mode: 'msp', client_id: clientId, trigger: 'command' }, { stream }),
  ])
  const { token } = await user.api.auth.agentTokens({
    claude_session_id: stream,
    agent_id: 'main',
    agent_type: 'main',
    ...more,
  })
  const tokens = { current: async () => token, newerThan: async () => token }
  return { token, stream, api: createApi({ url: msp.url, transport: undiciTransport, tokens }) }
}

/** The entries of the credential audit, in the order of their chain, as `use intent`. */
export async function auditOf({ msp }: Pick<VaultWorld, 'msp'>, credentialId: string): Promise<string[]> {
  const entries = await msp.server.deps.db
    .selectFrom('credential_audit_log')
    .select(['action', 'outcome'])
    .where('credential_id', '=', credentialId)
    .orderBy('chain')
    .orderBy('seq')
    .execute()
  return entries.map(({ action, outcome }) => `${action} ${outcome}`)
}
