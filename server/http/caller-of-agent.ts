import { sql } from 'kysely'
import { AppError } from '../../src/contract/errors.ts'
import { type Role, type Scope, scopesOf } from '../../src/contract/rights.ts'
import type { Caller, Deps } from '../context.ts'
import type { Verified } from '../crypto/tokens.ts'
import { AFTER_END_MS, isOfMachines, reachesSecrets } from '../domains/people/agent-rights.ts'
import { USES_OF_SESSION } from '../limits/rules.ts'
import { clientsOf } from './clients-of-user.ts'

type Claims = Verified['claims']

/**
 * Who calls with an agent's token: its user, with what the token leaves of their rights. It stands as long as the login, the user, their rights
 * and the session do that it was made from; each call is counted, of the token and of all agents of the session.
 *
 * @param calls how many come at once: all of them count, or none is let in
 * @throws AppError UNAUTHENTICATED, RATE_LIMITED, or UNAVAILABLE when the database does not answer: never a guess.
 */
export async function callerOfAgent(deps: Deps, claims: Claims, calls: number): Promise<Caller> {
  const row = await orUnavailable(standingToken(deps, claims))
  if (!row || row.user_id !== claims.sub || row.login_id !== claims.sid || Number(row.epoch) !== claims.epoch)
    throw ended('This token of an agent has ended, or what it stood on has: the login, the session, or its client.')
  const operations = JSON.parse(row.operations) as string[]
  if (row.client_id === null && row.session_client_id !== null && !isOfMachines(operations))
    throw ended('The session of this token of an agent has got a client since.')
  if (row.session_ended_at !== null && operations.some(reachesSecrets))
    throw ended('The session of this token of an agent has ended.')
  // What only looks records up is not counted: a person would have to let the session's agents go on after a day of questions.
  if (operations.some(reachesSecrets)) await deps.limits.take(USES_OF_SESSION, row.session_id, calls)
  if (!(await orUnavailable(countUses(deps, claims.jti, calls))))
    throw ended(`This token of an agent was good for ${row.max_uses} calls, which are used up.`)
  const role = row.role === 'viewer' ? 'viewer' : 'technician'
  const granted = new Set(JSON.parse(row.scopes) as Scope[])
  return {
    userId: row.user_id,
    loginId: row.login_id,
    email: row.email,
    name: row.name,
    role,
    scopes: scopesOf(role).filter((scope) => granted.has(scope)),
    ...clientsOf(row),
    ...(row.client_id === null ? {} : { onlyClient: row.client_id }),
    agent: {
      id: row.agent_id,
      type: row.agent_type,
      sessionId: row.session_id,
      operations,
      credentialIds: JSON.parse(row.credential_ids) as string[],
    },
    tokenId: claims.jti,
    ...(row.machine_id === null ? {} : { machineId: row.machine_id }),
    loginExpiresAt: row.expires_at,
  }
}

interface StandingToken {
  user_id: string
  login_id: string
  session_id: string
  session_client_id: string | null
  session_ended_at: string | null
  /** Null: of a session for no client, or about machines only. */
  client_id: string | null
  agent_id: string
  agent_type: string
  scopes: string
  operations: string
  credential_ids: string
  max_uses: number
  expires_at: string
  machine_id: string | null
  email: string
  name: string
  role: Role
  all_clients: number
  epoch: number
  some_denied: number | null
}

async function standingToken({ db, clock }: Deps, { jti }: Claims): Promise<StandingToken | undefined> {
  const now = clock().toISOString()
  const lately = new Date(clock().getTime() - AFTER_END_MS).toISOString()
  const { rows } = await sql<StandingToken>`
    select agent_tokens.user_id, agent_tokens.login_id, agent_tokens.session_id, sessions.client_id as session_client_id,
      sessions.ended_at as session_ended_at,
      agent_tokens.client_id, agent_id, agent_type,
      agent_tokens.scopes, operations, credential_ids, max_uses, agent_tokens.expires_at, logins.machine_id, users.email,
      users.name, users.role, users.all_clients, users.epoch, users.some_denied
    from agent_tokens
      join logins on logins.id = agent_tokens.login_id
      join users on users.id = agent_tokens.user_id
      join sessions on sessions.id = agent_tokens.session_id
        and (agent_tokens.client_id is null or sessions.client_id = agent_tokens.client_id)
    where jti = ${jti} and agent_tokens.revoked_at is null and agent_tokens.expires_at > ${now}
      and logins.revoked_at is null and logins.expires_at > ${now} and users.archived_at is null
      and (sessions.status in ('active', 'paused') or sessions.ended_at > ${lately})`.execute(db)
  return rows[0]
}

/** One statement, so that of two last uses at once only one counts. */
async function countUses({ db, clock }: Deps, jti: string, calls: number): Promise<boolean> {
  const counted = await sql`
    update agent_tokens set uses = uses + ${calls}
    where jti = ${jti} and uses + ${calls} <= max_uses and revoked_at is null
      and expires_at > ${clock().toISOString()}`.execute(db)
  return Number(counted.numAffectedRows) === 1
}

const ended = (why: string) => new AppError('UNAUTHENTICATED', `${why} Ask for another one.`)

async function orUnavailable<T>(read: Promise<T>): Promise<T> {
  try {
    return await read
  } catch (cause) {
    throw new AppError('UNAVAILABLE', 'Whether this token still stands cannot be checked now. Try again in a moment.', {
      cause,
    })
  }
}
