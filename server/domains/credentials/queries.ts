import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { Credential } from './access.ts'
import { hostOfUrl, normalHost } from './hosts.ts'

/** A version of a credential, without what it holds. */
export interface Version {
  id: string
  version_no: number
  created_at: string
  created_by: string | null
  superseded_at: string | null
  fields: string[]
}

/** The versions of a credential, the newest first. */
export async function versionsOf({ db }: Context, credentialId: string): Promise<Version[]> {
  const versions = await db
    .selectFrom('credential_versions')
    .select(['id', 'version_no', 'created_at', 'created_by', 'superseded_at'])
    .where('credential_id', '=', credentialId)
    .orderBy('version_no', 'desc')
    .execute()
  const fields = await db
    .selectFrom('credential_secrets')
    .innerJoin('credential_versions', 'credential_versions.id', 'credential_secrets.version_id')
    .select(['version_id', 'field'])
    .where('credential_id', '=', credentialId)
    .orderBy('field')
    .execute()
  return versions.map((version) => ({
    ...version,
    version_no: Number(version.version_no),
    fields: fields.filter(({ version_id }) => version_id === version.id).map(({ field }) => field),
  }))
}

/** Where the secret of a credential belongs: the host of its address, and the names and addresses of the machine or service it opens. */
export async function hostsOf({ db }: Context, credential: Credential): Promise<string[]> {
  const machines: string[] = credential.infrastructure_id === null ? [] : [credential.infrastructure_id]
  const hosts = hostOfUrl(credential.url)
  if (credential.service_id !== null) {
    const service = await db
      .selectFrom('services')
      .select(['url', 'infrastructure_id'])
      .where('id', '=', credential.service_id)
      .executeTakeFirst()
    hosts.push(...hostOfUrl(service?.url ?? null))
    if (service?.infrastructure_id) machines.push(service.infrastructure_id)
  }
  for (const id of machines) {
    const machine = await db
      .selectFrom('infrastructure')
      .select(['hostname', 'fqdn', 'primary_ip', 'mgmt_ip', 'mgmt_url'])
      .where('id', '=', id)
      .executeTakeFirst()
    const { mgmt_url = null, ...names } = machine ?? {}
    hosts.push(...Object.values(names).flatMap((name) => (name ? [normalHost(name)] : [])), ...hostOfUrl(mgmt_url))
  }
  return [...new Set(hosts)]
}

/**
 * Holds the rows that say what the caller may do with a credential until the transaction ends: whoever changes one of them (their role, their
 * clients, a permission, the policy) waits, or was before and is seen.
 */
export async function holdRights({ db, caller }: Context, credentialId: string): Promise<void> {
  await sql`update users set row_version = row_version where id = ${caller.userId}`.execute(db)
  await sql`update credentials set row_version = row_version where id = ${credentialId}`.execute(db)
}

/** Does who calls still stand as the request found them? */
export async function callerStands({ db, caller, clock }: Context): Promise<boolean> {
  const user = await db
    .selectFrom('users')
    .select(['role', 'archived_at', 'all_clients', 'some_denied'])
    .where('id', '=', caller.userId)
    .executeTakeFirst()
  const asBefore =
    user?.archived_at === null &&
    // An agent has less than its user.
    (caller.agent === undefined ? user.role === caller.role : user.role !== 'viewer') &&
    (Boolean(user.all_clients) || user.role === 'admin' || !caller.allClients) &&
    (!user.some_denied || caller.someDenied === true || !caller.allClients)
  if (!asBefore) return false
  const shown = await (caller.apiKeyId === undefined
    ? db.selectFrom('logins').select('revoked_at').where('id', '=', caller.loginId)
    : db.selectFrom('api_keys').select('revoked_at').where('id', '=', caller.apiKeyId)
  ).executeTakeFirst()
  return shown?.revoked_at === null && (caller.agent === undefined || (await agentStands(db, caller.tokenId, clock())))
}

async function agentStands(db: Context['db'], jti: string | undefined, now: Date): Promise<boolean> {
  const token = await db
    .selectFrom('agent_tokens')
    .select('jti')
    .where('jti', '=', jti ?? '')
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now.toISOString())
    .executeTakeFirst()
  return token !== undefined
}

/**
 * The credentials that a user got secrets of since then, agents of theirs included, with when the first of it was.
 */
export async function releasedTo(
  { db }: Context,
  userId: string,
  since: Date,
): Promise<{ credentialIds: Set<string>; first: string | null }> {
  const found = await db
    .selectFrom('credential_audit_log')
    .select((eb) => ['credential_id', eb.fn.min('occurred_at').as('first')])
    .where('actor_user_id', '=', userId)
    .where('occurred_at', '>', since.toISOString())
    .where('outcome', '=', 'intent')
    .where('action', 'in', ['use', 'reveal', 'totp_code'])
    .groupBy('credential_id')
    .execute()
  const first = found.map((row) => row.first).sort()[0] ?? null
  return { credentialIds: new Set(found.map((row) => row.credential_id as string)), first }
}

/** Credentials are used far more often than changed: their version stays, so that who is editing one is not disturbed. */
export async function noteUse({ db, clock }: Context, credentialId: string): Promise<void> {
  await db
    .updateTable('credentials')
    .set({ last_used_at: clock().toISOString() })
    .where('id', '=', credentialId)
    .execute()
}

/** Every credential that a permission is about, held until the transaction ends: a release of one of them was before, or sees it. */
export async function holdConcerned(
  { db }: Context,
  { credential_id, client_id, type }: { credential_id: string | null; client_id: string | null; type: string | null },
): Promise<void> {
  const which =
    credential_id === null
      ? sql`${client_id === null ? sql`client_id is null` : sql`client_id = ${client_id}`} and (${type} = 'any' or type = ${type})`
      : sql`id = ${credential_id}`
  await sql`update credentials set row_version = row_version where ${which}`.execute(db)
}
