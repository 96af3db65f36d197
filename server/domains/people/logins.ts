import type { Tokens } from '../../../src/contract/auth.ts'
import { AppError } from '../../../src/contract/errors.ts'
import { scopesOf } from '../../../src/contract/rights.ts'
import type { Context, Deps, Handlers } from '../../context.ts'
import { foldName } from '../../crud/stored.ts'
import { TooManyAtOnce } from '../../crypto/passwords.ts'
import { ACCESS_SECONDS, hashToken, newRefreshToken, REFRESH_DAYS, signAccessToken } from '../../crypto/tokens.ts'
import { textWithoutSecrets } from '../../redaction/call.ts'
import { hasFactor, needsCode, takeCode, wrongCode } from './factors.ts'
import { takeLoginAttempt } from './login-attempts.ts'

/** The part of a user that tokens are made from. */
export interface TokenUser {
  id: string
  email: string
  name: string
  role: Parameters<typeof scopesOf>[0]
  epoch: number
}

/** The part of a login that its tokens are made from. */
export interface TokenLogin {
  id: string
  expires_at: string
  machine_id: string | null
}

type LoginInput = Parameters<Handlers['auth']['login']>[1]

const DAY_MS = 86_400_000

/**
 * Signs in. The answer to a wrong password and to an unknown user is the same, after the same time; that a code is needed, only who has the
 * password is told.
 */
export async function login(context: Context, input: LoginInput): Promise<Tokens> {
  const user = await context.db
    .selectFrom('users')
    .selectAll()
    .where('email_key', '=', foldName(input.email))
    .where('archived_at', 'is', null)
    .executeTakeFirst()
  const attempt = await takeLoginAttempt(context, user?.id, input.email)
  const right = await bounded(() => context.passwords.verify(user?.password_hash, input.password)).catch(
    async (error: unknown) => {
      await attempt.giveBack()
      throw error
    },
  )
  if (!user || !right) throw new AppError('UNAUTHENTICATED', 'E-mail or password is wrong.')
  if (await hasFactor(context.db, user.id)) {
    if (input.code === undefined) {
      await attempt.giveBack()
      throw needsCode('UNAUTHENTICATED')
    }
    if (!(await takeCode(context, user.id, input.code))) throw wrongCode('UNAUTHENTICATED')
  }
  await attempt.giveBack()
  return newLogin(context, user, input, attempt.networkHash)
}

const LABEL = { as: 'line', maxChars: 200 } as const

async function newLogin(
  context: Context,
  user: TokenUser,
  input: LoginInput,
  network_hash: string | null,
): Promise<Tokens> {
  const now = context.clock()
  const refreshToken = newRefreshToken()
  const made = {
    id: context.newId(),
    user_id: user.id,
    label: (await textWithoutSecrets(context, input.label, LABEL, null)) ?? null,
    created_at: now.toISOString(),
    expires_at: new Date(now.getTime() + REFRESH_DAYS * DAY_MS).toISOString(),
    last_used_at: now.toISOString(),
    revoked_at: null,
    revoke_reason: null,
    machine_id: null,
    public_key: input.public_key ?? null,
    network_hash,
  }
  await context.db.transaction().execute(async (trx) => {
    // First, so that two logins of one user queue up: the rows below refer to the user, and would hold each other up.
    await trx.updateTable('users').set({ last_login_at: now.toISOString() }).where('id', '=', user.id).execute()
    await trx.insertInto('logins').values(made).execute()
    await trx
      .insertInto('refresh_tokens')
      .values(freshToken(refreshToken, made.id, now))
      .execute()
  })
  return tokensOf(context, user, made, refreshToken)
}

/** A refresh token as it is kept. */
export const freshToken = (token: string, loginId: string, now: Date) => ({
  token_hash: hashToken(token),
  login_id: loginId,
  created_at: now.toISOString(),
  used_at: null,
  rotation_id: null,
  successor: null,
  successor_hash: null,
})

/** What signing in and refreshing answer with. */
export async function tokensOf(
  context: Context,
  user: TokenUser,
  { id, expires_at, machine_id }: TokenLogin,
  refreshToken: string,
): Promise<Tokens> {
  const claims = {
    sub: user.id,
    sid: id,
    epoch: Number(user.epoch),
    scope: scopesOf(user.role).join(' '),
    ...(machine_id === null ? {} : { mid: machine_id }),
  }
  return {
    token_type: 'Bearer',
    access_token: await signAccessToken(context.keys.signing, context.issuer, claims, context.clock(), context.newId()),
    expires_in: ACCESS_SECONDS,
    refresh_token: refreshToken,
    refresh_expires_at: expires_at,
    user: { id: user.id, email: user.email, name: user.name, role: user.role },
  }
}

export type RevokeReason = 'logout' | 'password' | 'reuse' | 'disabled'

/** Ends logins; tokens of them, and of agents for them, are refused from the next request on. @returns how many ended. */
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
