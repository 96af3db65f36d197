import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { credential } from '../../../src/contract/credentials.ts'
import { AppError, notFound } from '../../../src/contract/errors.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { Caller, Context } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import { visibleClient } from '../../crud/visibility.ts'
import { type Grant, type Level, levelOf, type Principal, reaches } from './levels.ts'

export type Credential = RowOf<typeof credential>

/** A credential that the caller may know of. */
export interface Found {
  credential: Credential
  level: Level
  who: Principal
  grants: Grant[]
}

/** @throws AppError NOT_FOUND, the same for a missing one, a hidden one and one of which the caller may not even know. */
export async function findCredential(context: Context, id: string): Promise<Found> {
  const row = await rows(context, credential).find(id)
  const found = row && (await accessTo(context, row))
  if (!found) throw notFound('The credential', id)
  return found
}

/** What the caller may do with a credential whose row they see; undefined: for them it does not exist. */
export async function accessTo(context: Context, row: Credential): Promise<Found | undefined> {
  const { agent } = context.caller
  if (agent && agent.credentialIds.length > 0 && !agent.credentialIds.includes(row.id)) return undefined
  const who = await principalFor(context, row.client_id)
  const grants = await grantsOn(context, row.id)
  const level = levelOf(who, row, grants)
  return level === null ? undefined : { credential: row, level, who, grants }
}

/** @throws AppError FORBIDDEN that names both levels. */
export function needLevel({ credential: { name }, level }: Found, needed: Level): void {
  if (reaches(level, needed)) return
  throw new AppError(
    'FORBIDDEN',
    `You have "${level}" on the credential ${name}; this needs "${needed}". Ask a lead for a permission.`,
    { details: { level, needed } },
  )
}

/** The condition on rows of `credentials` that their caller may know of: what `levelOf` says, for a list. */
export function knownCredentials({ caller, clock }: Pick<Context, 'caller' | 'clock'>): RawBuilder<SqlBool> {
  const leads = caller.role === 'lead' || caller.role === 'admin'
  const ids = caller.agent?.credentialIds ?? []
  const conditions = [
    sql`not exists (select 1 from credential_permissions as p where p.effect = 'deny' and p.level = 'metadata'
      and ${standingFor(caller, clock())} and ${NAMING})`,
    ...(leads ? [] : [sql`(credentials.owner_user_id is null or credentials.owner_user_id = ${caller.userId})`]),
    ...(ids.length > 0 ? [sql`credentials.id in (${sql.join(ids)})`] : []),
  ]
  return sql<SqlBool>`(${sql.join(conditions, sql` and `)})`
}

async function grantsOn(context: Context, id: string): Promise<Grant[]> {
  const { rows: grants } = await sql<Grant>`
    select p.principal_type, p.level, p.effect from credential_permissions as p, credentials
    where credentials.id = ${id} and ${standingFor(context.caller, context.clock())} and ${NAMING}`.execute(context.db)
  return grants
}

/** Permissions `p` that are of the caller, and not over. */
function standingFor({ userId, role, apiKeyId, agent }: Caller, now: Date): RawBuilder<SqlBool> {
  const principals = [
    ['user', userId],
    ['role', role],
    ...(apiKeyId === undefined ? [] : [['api_key', apiKeyId]]),
    ...(agent === undefined ? [] : [['agent', agent.type]]),
  ].map(([type, id]) => sql`(p.principal_type = ${type} and p.principal_id = ${id})`)
  return sql<SqlBool>`p.archived_at is null and (p.expires_at is null or p.expires_at > ${now.toISOString()})
    and (${sql.join(principals, sql` or `)})`
}

/** Permissions `p` that name the credential, or its type with its client (or with none: the MSP's own). */
const NAMING = sql<SqlBool>`(p.credential_id = credentials.id or (p.credential_id is null and p.type in (credentials.type, 'any')
    and (p.client_id = credentials.client_id or (p.client_id is null and credentials.client_id is null))))`

async function principalFor(context: Context, clientId: string | null): Promise<Principal> {
  const { userId, role, apiKeyId, agent } = context.caller
  const writes = clientId === null || (await writesFor(context, clientId))
  const kind = agent ? 'agent' : apiKeyId === undefined ? 'person' : 'api_key'
  return { kind, userId, role, writes, stores: agent?.operations.includes('credentials.rotate') ?? false }
}

async function writesFor({ caller, clock, db }: Context, clientId: string): Promise<boolean> {
  const visible = visibleClient(sql.raw('clients.id'), caller, clock(), 'write')
  const { rows: found } = await sql`select 1 from clients where id = ${clientId} and ${visible}`.execute(db)
  return found.length > 0
}
