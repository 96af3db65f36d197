import { credential as entity } from '../../../src/contract/credentials.ts'
import type { CredentialEntry } from '../../audit/audit.ts'
import type { OpenSignIn, SignIn } from '../../connectors/account.ts'
import { VendorError } from '../../connectors/errors.ts'
import { fromStored } from '../../crud/stored.ts'
import { CannotOpenSecret } from '../../crypto/seal.ts'
import { inTransaction } from '../../db/transaction.ts'
import type { Credential } from './access.ts'
import { isListed } from './hosts.ts'

/** How long an opened secret is used before the vault and the audit are asked again. */
const HELD_MS = 5 * 60_000

interface Held {
  versionId: string
  untilMs: number
  secrets: Record<string, string>
}

/** By connection and version: a rotation counts from the next call. Of this process only. */
const held = new WeakMap<object, Map<string, Held>>()

/**
 * Opens what an integration signs in with, for a call that the server makes itself. The announcement is in the audit and on the disk before
 * the vault opens anything, as for people. An opened secret is held for five minutes.
 *
 * @throws VendorError `auth_failed` when nothing is connected, or what is connected must not be used for this
 */
export const openSignIn: OpenSignIn = async (deps, acting, integration, kinds, host) => {
  const { db } = deps
  const row = await db
    .selectFrom('integration_credentials')
    .select(['id', 'kind', 'credential_id'])
    .where('integration_id', '=', integration.id)
    .where('kind', 'in', [...kinds])
    .where('archived_at', 'is', null)
    .orderBy('created_at')
    .executeTakeFirst()
  if (!row)
    throw refusal(
      `${integration.name} has no credential (${kinds.join(' or ')}). An admin connects one with integrationCredentials.create.`,
    )
  const stored = await db.selectFrom('credentials').selectAll().where('id', '=', row.credential_id).executeTakeFirst()
  if (!stored) throw refusal(`The credential of ${integration.name} is gone.`)
  const credential = fromStored(entity, stored as Record<string, unknown>) as Credential
  mustServe(credential, integration.name, host)
  const signIn = { id: row.id, kind: row.kind, clientId: credential.client_id, username: credential.username }
  const now = deps.clock().getTime()
  const ours = held.get(deps.vault) ?? new Map<string, Held>()
  held.set(deps.vault, ours)
  const kept = ours.get(row.id)
  if (kept && kept.versionId === credential.current_version_id && kept.untilMs > now)
    return { ...signIn, secrets: kept.secrets } satisfies SignIn
  const secrets = await opened(deps, acting, credential, integration.name)
  ours.set(row.id, { versionId: credential.current_version_id as string, untilMs: now + HELD_MS, secrets })
  return { ...signIn, secrets }
}

const refusal = (message: string) => new VendorError('auth_failed', message)

/** @throws VendorError */
function mustServe(credential: Credential, integration: string, host: string): void {
  const { name, archived_at, current_version_id, compromised_at, sensitivity, access_policy, allowed_hosts } =
    credential
  const say = (why: string) => refusal(`The credential ${name} of ${integration} ${why}.`)
  if (archived_at !== null) throw say('is archived')
  if (compromised_at !== null) throw say('is compromised: rotate it')
  if (current_version_id === null) throw say('holds no secret yet')
  if (sensitivity === 'break_glass' || access_policy === 'approval_required')
    throw say('needs a person to agree to each use, so no program can work with it')
  if (allowed_hosts.length > 0 && !isListed(host, allowed_hosts)) throw say(`is not for the host ${host}`)
}

async function opened(
  deps: Parameters<OpenSignIn>[0],
  acting: Parameters<OpenSignIn>[1],
  credential: Credential,
  integration: string,
): Promise<Record<string, string>> {
  const { db, audit, vault, settled } = deps
  const versionId = credential.current_version_id as string
  const fields = (
    await db.selectFrom('credential_secrets').select('field').where('version_id', '=', versionId).execute()
  ).map(({ field }) => field)
  const entry: Omit<CredentialEntry, 'outcome'> = {
    action: 'use',
    clientId: credential.client_id,
    credentialId: credential.id,
    label: credential.name,
    purpose: `To sign in to ${integration}`,
    details: { fields },
  }
  const write = (told: CredentialEntry) => inTransaction(deps, (trx) => audit.credential({ ...acting, db: trx }, told))
  audit.mayRelease()
  const intentId = await write({ ...entry, outcome: 'intent' })
  await settled()
  try {
    const owner = { credentialId: credential.id, clientId: credential.client_id }
    const secrets = await vault.open(db, owner, versionId, fields)
    await write({ ...entry, outcome: 'success', intentId })
    await db
      .updateTable('credentials')
      .set({ last_used_at: deps.clock().toISOString() })
      .where('id', '=', credential.id)
      .execute()
    return secrets
  } catch (error) {
    if (!(error instanceof CannotOpenSecret)) throw error
    await write({ ...entry, action: 'decrypt_failed', outcome: 'error', intentId })
    throw refusal(`The credential ${credential.name} of ${integration} cannot be opened. Rotate it.`)
  }
}
