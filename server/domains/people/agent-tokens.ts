import { AppError, notFound } from '../../../src/contract/errors.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { Scope } from '../../../src/contract/rights.ts'
import { session } from '../../../src/contract/sessions.ts'
import type { Context, Handlers } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import { AGENT_SECONDS, signAgentToken } from '../../crypto/tokens.ts'
import { USES_OF_SESSION } from '../../limits/rules.ts'
import { textWithoutSecrets } from '../../redaction/call.ts'
import { AFTER_END_MS, isOfMachines, operationsOf, reachesSecrets } from './agent-rights.ts'
import { personOf, requireStepUp } from './step-up.ts'

const AGENT_TYPE = { as: 'line', maxChars: 200 } as const

type Session = RowOf<typeof session>

const MAX_USES = 20
const AGENT_SCOPES: readonly Scope[] = ['msp:read', 'msp:write']

/** Exchanges a person's login for a token of one agent of a running session of theirs (the idea of RFC 8693, one step deep). */
export const agentTokens: Handlers['auth']['agentTokens'] = async (context, input) => {
  const caller = personOf(context, 'ask for the token of an agent')
  const operations = operationsOf(input.agent_type)
  const { id: session_id, client_id: ofSession } = await sessionFor(context, input.claude_session_id, operations)
  const client_id = isOfMachines(operations) ? null : ofSession
  const credentialIds = [...new Set(input.credential_ids ?? [])]
  await checkOfClient(context, credentialIds, client_id)
  const scopes = caller.scopes.filter((scope) => AGENT_SCOPES.includes(scope))
  const now = context.clock()
  const seconds = secondsLeft(now, caller.loginExpiresAt)
  const jti = context.newId()
  const expires_at = new Date(now.getTime() + seconds * 1_000).toISOString()
  const { agent_id } = input
  const agent_type = await textWithoutSecrets(context, input.agent_type, AGENT_TYPE, client_id)
  await context.db
    .insertInto('agent_tokens')
    .values({
      jti,
      login_id: caller.loginId,
      user_id: caller.userId,
      session_id,
      client_id,
      agent_id,
      agent_type,
      scopes: JSON.stringify(scopes),
      operations: JSON.stringify(operations),
      credential_ids: JSON.stringify(credentialIds),
      max_uses: MAX_USES,
      uses: 0,
      created_at: now.toISOString(),
      expires_at,
      revoked_at: null,
    })
    .execute()
  const claims = {
    sub: caller.userId,
    sid: caller.loginId,
    epoch: await epochOf(context, caller.userId),
    scope: scopes.join(' '),
    ...(caller.machineId === undefined ? {} : { mid: caller.machineId }),
    act: { agent_id, type: agent_type },
    cl: client_id,
    cr: credentialIds,
    ops: operations,
    max_uses: MAX_USES,
  }
  const token = await signAgentToken(context.keys.signing, context.issuer, claims, { now, seconds, jti })
  return { token, jti, client_id, operations: [...operations], max_uses: MAX_USES, expires_at }
}

export const endAgentTokens: Handlers['auth']['endAgentTokens'] = async (context, { claude_session_id, agent_id }) => {
  const { userId } = personOf(context, 'end the tokens of agents')
  const own = context.db
    .selectFrom('sessions')
    .select('id')
    .where('claude_session_id', '=', claude_session_id)
    .where('technician_id', '=', userId)
  const sessions = (await own.execute()).map(({ id }) => id)
  return { tokens_ended: await endTokens(context, sessions, agent_id) }
}

/** For a person who has looked at what the agents did: their budget starts anew. */
export const resumeAgents: Handlers['auth']['resumeAgents'] = async (context, { claude_session_id, step_up }) => {
  await requireStepUp(context, step_up)
  const { id } = await runningSession(context, claude_session_id)
  await context.limits.reset(USES_OF_SESSION, id)
  return { resumed: true }
}

/**
 * Ends the tokens of an agent that has stopped, or of all agents of sessions.
 *
 * @returns how many ended
 */
export async function endTokens(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  sessionIds: readonly string[],
  agentId?: string,
): Promise<number> {
  if (sessionIds.length === 0) return 0
  const now = clock().toISOString()
  const standing = db
    .updateTable('agent_tokens')
    .set({ revoked_at: now })
    .where('session_id', 'in', sessionIds)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
  const which = agentId === undefined ? standing : standing.where('agent_id', '=', agentId)
  return Number((await which.executeTakeFirst()).numUpdatedRows)
}

/**
 * The session for which an agent works. Where it reaches secrets, that is a running one with a client; else also one that is for no client (what its
 * technician may see is then what it may look up), or that ended a moment ago: its summary is made after its end.
 *
 * @throws AppError NOT_FOUND where there is none, CONFLICT where it is for no client
 */
function sessionFor(context: Context, claudeSessionId: string, operations: readonly string[]) {
  if (operations.some(reachesSecrets)) return runningSession(context, claudeSessionId)
  const ended = new Date(context.clock().getTime() - AFTER_END_MS).toISOString()
  return newestSession(context, claudeSessionId, ended)
}

/** The newest stretch of the caller's own session that is active, with its client. */
async function runningSession(
  context: Context,
  claudeSessionId: string,
): Promise<Pick<Session, 'id'> & { client_id: string }> {
  const { id, client_id } = await newestSession(context, claudeSessionId)
  if (client_id !== null) return { id, client_id }
  throw new AppError(
    'CONFLICT',
    'This session is for no client, and an agent works for exactly one. Choose it first: /msp CLIENT.',
  )
}

/** @param endedAfter lets one count too that ended after this instant */
async function newestSession(
  context: Context,
  claudeSessionId: string,
  endedAfter?: string,
): Promise<Pick<Session, 'id' | 'client_id'>> {
  const newest = await context.db
    .selectFrom('sessions')
    .select('id')
    .where('claude_session_id', '=', claudeSessionId)
    .where('technician_id', '=', context.caller.userId)
    .where((eb) =>
      endedAfter === undefined
        ? eb('status', '=', 'active')
        : eb.or([eb('status', '=', 'active'), eb('ended_at', '>', endedAfter)]),
    )
    .where('archived_at', 'is', null)
    .orderBy('stretch', 'desc')
    .limit(1)
    .executeTakeFirst()
  // Through the rows that the caller may see: access to the client may have been taken away since.
  const found = newest && (await rows(context, session).find(newest.id))
  if (!found) throw notFound('A running session', claudeSessionId)
  return found
}

/** @throws AppError INVALID_INPUT */
async function checkOfClient(
  { db }: Context,
  credentialIds: readonly string[],
  clientId: string | null,
): Promise<void> {
  if (credentialIds.length === 0) return
  const ofClient = await db
    .selectFrom('credentials')
    .select('id')
    .where('id', 'in', credentialIds)
    .where('client_id', '=', clientId)
    .execute()
  if (ofClient.length < credentialIds.length)
    throw new AppError('INVALID_INPUT', 'A credential in credential_ids is not of the client of this session.')
}

/** A token of an agent never outlives the login. */
const secondsLeft = (now: Date, loginExpiresAt: string) =>
  Math.max(1, Math.min(AGENT_SECONDS, Math.floor((Date.parse(loginExpiresAt) - now.getTime()) / 1_000)))

async function epochOf({ db }: Context, userId: string): Promise<number> {
  const user = await db.selectFrom('users').select('epoch').where('id', '=', userId).executeTakeFirstOrThrow()
  return Number(user.epoch)
}
