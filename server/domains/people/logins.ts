import { AppError } from '../../../src/contract/errors.ts'
import type { Tokens } from '../../../src/contract/people.ts'
import { scopesOf } from '../../../src/contract/rights.ts'
import { CommittedError, type Context, type Deps } from '../../context.ts'
import { foldName } from '../../crud/stored.ts'
import { TooManyAtOnce } from '../../crypto/passwords.ts'
import { CannotOpenSecret } from '../../crypto/seal.ts'
import {
  ACCESS_SECONDS,
  hashToken,
  newRefreshToken,
  openSuccessor,
  REFRESH_DAYS,
  sealSuccessor,
  signAccessToken,
} from '../../crypto/tokens.ts'
import { refreshing } from './rules.ts'

/** The part of a user that tokens are made from. */
interface TokenUser {
  id: string
  email: string
  name: string
  role: Parameters<typeof scopesOf>[0]
  epoch: number
}

const DAY_MS = 86_400_000

/** Signs in. The answer to a wrong password and to an unknown user is the same, after the same time. */
export async function login(
  context: Context,
  input: { email: string; password: string; label?: string | undefined },
): Promise<Tokens> {
  const user = await context.db
    .selectFrom('users')
    .selectAll()
    .where('email_key', '=', foldName(input.email))
    .where('archived_at', 'is', null)
    .executeTakeFirst()
  const right = await bounded(() => context.passwords.verify(user?.password_hash, input.password))
  if (!user || !right) throw new AppError('UNAUTHENTICATED', 'E-mail or password is wrong.')
  const now = context.clock()
  const refreshToken = newRefreshToken()
  const loginId = context.newId()
  const expiresAt = new Date(now.getTime() + REFRESH_DAYS * DAY_MS).toISOString()
  await context.db.transaction().execute(async (trx) => {
    // First, so that two logins of one user queue up: the rows below refer to the user, and would hold each other up.
    await trx.updateTable('users').set({ last_login_at: now.toISOString() }).where('id', '=', user.id).execute()
    await trx
      .insertInto('logins')
      .values({
        id: loginId,
        user_id: user.id,
        label: input.label ?? null,
        created_at: now.toISOString(),
        expires_at: expiresAt,
        last_used_at: now.toISOString(),
        revoked_at: null,
        revoke_reason: null,
      })
      .execute()
    await trx
      .insertInto('refresh_tokens')
      .values(freshToken(refreshToken, loginId, now))
      .execute()
  })
  return answer(context, user, loginId, refreshToken, expiresAt)
}

/**
 * Exchanges a refresh token for its successor. Used again with the same rotation id (a lost answer, twenty hooks at once)
 * it gives the same successor as long as that is unused; used again otherwise it was stolen, and the login ends.
 */
export async function refresh(
  context: Context,
  input: { refresh_token: string; rotation_id: string },
): Promise<Tokens> {
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
  const family = await context.db
    .selectFrom('logins')
    .innerJoin('users', 'users.id', 'logins.user_id')
    .select([
      'logins.id as login_id',
      'logins.expires_at',
      'logins.revoked_at',
      'users.id',
      'users.email',
      'users.name',
      'users.role',
      'users.epoch',
      'users.archived_at',
    ])
    .where('logins.id', '=', token.login_id)
    .executeTakeFirstOrThrow()
  const successorUsed = token.successor_hash ? await isUsed(context, token.successor_hash) : false
  const decision = refreshing({ token, login: family, successorUsed, rotationId: input.rotation_id, now })
  if (decision === 'refuse') throw ended()
  if (decision === 'stolen') return revokeStolen(context, token.login_id)
  if (decision === 'repeat')
    return answer(context, family, token.login_id, reopened(input, token.successor as Buffer), family.expires_at)
  const successor = newRefreshToken()
  await context.db
    .insertInto('refresh_tokens')
    .values(freshToken(successor, token.login_id, now))
    .execute()
  await context.db
    .updateTable('refresh_tokens')
    .set({
      used_at: now.toISOString(),
      rotation_id: input.rotation_id,
      successor: sealSuccessor(input.refresh_token, input.rotation_id, successor),
      successor_hash: hashToken(successor),
    })
    .where('token_hash', '=', hash)
    .execute()
  return answer(context, family, token.login_id, successor, family.expires_at)
}

export type RevokeReason = 'logout' | 'password' | 'reuse' | 'disabled'

/** Ends logins; tokens of them are refused from the next request on. @returns how many ended. */
export async function revokeLogins(
  deps: Pick<Deps, 'db' | 'clock'>,
  which: { userId: string } | { loginId: string },
  reason: RevokeReason,
): Promise<number> {
  const result = await deps.db
    .updateTable('logins')
    .set({ revoked_at: deps.clock().toISOString(), revoke_reason: reason })
    .where('userId' in which ? 'user_id' : 'id', '=', 'userId' in which ? which.userId : which.loginId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

/** Runs a password check, or says that the server is busy with others. */
export async function bounded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof TooManyAtOnce)
      throw new AppError('UNAVAILABLE', 'Too many people are signing in at this moment. Try again in a few seconds.')
    throw error
  }
}

const ended = () => new AppError('UNAUTHENTICATED', 'This login has ended. Run "msp login".')

async function revokeStolen(context: Context, loginId: string): Promise<never> {
  await revokeLogins(context, { loginId }, 'reuse')
  context.log.warn({ loginId, requestId: context.requestId }, 'a refresh token was used twice: the login is ended')
  throw new CommittedError(
    'UNAUTHENTICATED',
    'This login was ended for safety: its refresh token was used twice. Run "msp login".',
  )
}

function reopened(input: { refresh_token: string; rotation_id: string }, sealed: Buffer): string {
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

const freshToken = (token: string, loginId: string, now: Date) => ({
  token_hash: hashToken(token),
  login_id: loginId,
  created_at: now.toISOString(),
  used_at: null,
  rotation_id: null,
  successor: null,
  successor_hash: null,
})

async function answer(
  context: Context,
  user: TokenUser,
  loginId: string,
  refreshToken: string,
  refreshExpiresAt: string,
): Promise<Tokens> {
  const claims = { sub: user.id, sid: loginId, epoch: Number(user.epoch), scope: scopesOf(user.role).join(' ') }
  return {
    token_type: 'Bearer',
    access_token: await signAccessToken(context.keys.signing, context.issuer, claims, context.clock(), context.newId()),
    expires_in: ACCESS_SECONDS,
    refresh_token: refreshToken,
    refresh_expires_at: refreshExpiresAt,
    user: { id: user.id, email: user.email, name: user.name, role: user.role },
  }
}
