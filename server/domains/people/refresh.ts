import type { Tokens } from '../../../src/contract/auth.ts'
import { AppError } from '../../../src/contract/errors.ts'
import { refreshMessage } from '../../../src/contract/proof.ts'
import { CommittedError, type Context, type Handlers } from '../../context.ts'
import { isSignedBy } from '../../crypto/proof.ts'
import { CannotOpenSecret } from '../../crypto/seal.ts'
import { hashToken, newRefreshToken, openSuccessor, sealSuccessor } from '../../crypto/tokens.ts'
import { openIncident } from '../incidents/automatic.ts'
import { freshToken, revokeLogins, tokensOf } from './logins.ts'
import { refreshing } from './rules.ts'

type RefreshInput = Parameters<Handlers['auth']['refresh']>[1]

/**
 * Exchanges a refresh token for its successor. Used again with the same rotation id (a lost answer, twenty hooks at once)
 * it gives the same successor as long as that is unused; used again otherwise it was stolen, and the login ends. A login that is bound to a
 * machine's key is refreshed by that machine only.
 */
export async function refresh(context: Context, input: RefreshInput): Promise<Tokens> {
  const now = context.clock()
  const hash = hashToken(input.refresh_token)
  // Written first, so that two refreshes with one token queue up here instead of reading the same state.
  await context.db
    .updateTable('logins')
    .set({ last_used_at: now.toISOString() })
    .where('id', 'in', context.db.selectFrom('refresh_tokens').select('login_id').where('token_hash', '=', hash))
    .execute()
  const token = await context.db
    .selectFrom('refresh_tokens')
    .selectAll()
    .where('token_hash', '=', hash)
    .executeTakeFirst()
  if (!token) throw ended()
  const family = await familyOf(context, token.login_id)
  const decision = refreshing({
    token,
    login: family.login,
    archived: family.isArchived,
    successorUsed: token.successor_hash ? await isUsed(context, token.successor_hash) : false,
    isProven: isProven(family.login.public_key, input, hash),
    rotationId: input.rotation_id,
    now,
  })
  if (decision === 'refuse') throw ended()
  if (decision === 'stolen') return endStolen(context, family)
  if (decision === 'unproven') return refuseUnproven(context, family)
  const successor =
    decision === 'repeat' ? reopened(input, token.successor as Buffer) : await rotate(context, input, family)
  return tokensOf(context, family.user, family.login, successor)
}

type Family = Awaited<ReturnType<typeof familyOf>>

async function familyOf(context: Context, loginId: string) {
  const row = await context.db
    .selectFrom('logins')
    .innerJoin('users', 'users.id', 'logins.user_id')
    .select([
      'logins.id as login_id',
      'logins.expires_at',
      'logins.revoked_at',
      'logins.public_key',
      'logins.machine_id',
      'users.id',
      'users.email',
      'users.name',
      'users.role',
      'users.epoch',
      'users.archived_at',
    ])
    .where('logins.id', '=', loginId)
    .executeTakeFirstOrThrow()
  const { login_id, expires_at, revoked_at, public_key, machine_id, archived_at, ...user } = row
  return {
    user,
    login: { id: login_id, expires_at, revoked_at, public_key, machine_id },
    isArchived: archived_at !== null,
  }
}

/** A login without a key asks for no proof. */
function isProven(publicKey: string | null, { proof, rotation_id }: RefreshInput, tokenHash: string): boolean {
  if (publicKey === null) return true
  return proof !== undefined && isSignedBy(publicKey, Buffer.from(refreshMessage(tokenHash, rotation_id)), proof)
}

async function rotate(context: Context, input: RefreshInput, { login }: Family): Promise<string> {
  const now = context.clock()
  const successor = newRefreshToken()
  await context.db
    .insertInto('refresh_tokens')
    .values(freshToken(successor, login.id, now))
    .execute()
  await context.db
    .updateTable('refresh_tokens')
    .set({
      used_at: now.toISOString(),
      rotation_id: input.rotation_id,
      successor: sealSuccessor(input.refresh_token, input.rotation_id, successor),
      successor_hash: hashToken(successor),
    })
    .where('token_hash', '=', hashToken(input.refresh_token))
    .execute()
  return successor
}

const ended = () => new AppError('UNAUTHENTICATED', 'This login has ended. Run "msp login".')

async function endStolen(context: Context, family: Family): Promise<never> {
  await revokeLogins(context, { loginId: family.login.id }, 'reuse')
  await raiseAlarm(context, family, {
    what: 'reuse',
    title: `A login of ${family.user.name} was ended: its refresh token was used twice`,
    description: `Somebody presented a refresh token that had been exchanged before, so two hold what only one machine should. Every token of the login was refused from that moment on. Find out where the login file was copied from, and let ${family.user.name} sign in again.`,
  })
  throw new CommittedError(
    'UNAUTHENTICATED',
    'This login was ended for safety: its refresh token was used twice. Run "msp login".',
  )
}

async function refuseUnproven(context: Context, family: Family): Promise<never> {
  await raiseAlarm(context, family, {
    what: 'unproven',
    title: `A login of ${family.user.name} was used without the key of its machine`,
    description: `Somebody presented a refresh token without the signature of the machine that it belongs to, and was refused; the login goes on where it is. Either the login file was copied to another machine, or the machine has lost its key. Ask ${family.user.name}; end the login where it was copied.`,
  })
  throw new CommittedError(
    'UNAUTHENTICATED',
    'This login belongs to another machine, whose key did not sign this. Run "msp login" here.',
  )
}

interface Alarm {
  what: 'reuse' | 'unproven'
  title: string
  description: string
}

/**
 * An entry in the audit and an incident, which stand although the call is refused. That the login ended must stand even where they cannot be
 * written: then the log has it.
 */
async function raiseAlarm(context: Context, family: Family, alarm: Alarm): Promise<void> {
  const { id: loginId } = family.login
  context.log.warn({ loginId, requestId: context.requestId, what: alarm.what }, 'a refresh token was refused')
  try {
    await record(context, family, alarm)
  } catch (error) {
    // The database has undone everything: it is run again.
    if (context.dialect.refusal(error) === 'busy') throw error
    context.log.error({ loginId, error }, 'no incident could be opened for a refresh token that was refused')
  }
}

async function record(context: Context, { login, user }: Family, { what, title, description }: Alarm): Promise<void> {
  await context.audit.call(context, {
    action: 'failed_login',
    method: 'POST',
    path_template: '/api/v1/auth/refresh',
    entity_type: 'logins',
    entity_id: login.id,
    status_code: 401,
    error_code: 'UNAUTHENTICATED',
    details: { refused: what, user_id: user.id },
  })
  await openIncident(context, {
    title: title.slice(0, 200),
    description,
    category: 'hacking',
    subtype: 'account_compromise',
    severity: 'high',
    entities: [{ user_id: user.id, ...(login.machine_id === null ? {} : { machine_id: login.machine_id }) }],
    dedupe: `refresh ${what} ${login.id}`,
  })
}

function reopened(input: RefreshInput, sealed: Buffer): string {
  try {
    return openSuccessor(input.refresh_token, input.rotation_id, sealed)
  } catch (error) {
    if (error instanceof CannotOpenSecret) throw ended()
    throw error
  }
}

async function isUsed(context: Context, tokenHash: string): Promise<boolean> {
  const row = await context.db
    .selectFrom('refresh_tokens')
    .select('used_at')
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
  return row?.used_at !== null
}
