import { AppError } from '../../src/contract/errors.ts'
import { scopesOf } from '../../src/contract/rights.ts'
import type { Caller, Deps } from '../context.ts'
import { InvalidToken, verifyAccessToken } from '../crypto/tokens.ts'

/**
 * From an Authorization header to who calls. The login and the user are read each time, so that a logout, a disabled user or
 * a changed role counts from the next request on.
 *
 * @throws AppError UNAUTHENTICATED, or UNAVAILABLE when the database does not answer: never a guess.
 */
export async function authenticate(deps: Deps, header: string | undefined): Promise<Caller | undefined> {
  if (header === undefined) return undefined
  const token = /^Bearer (\S+)$/i.exec(header)?.[1]
  if (!token) throw new AppError('UNAUTHENTICATED', 'The Authorization header must be "Bearer <access token>".')
  const claims = await verifyAccessToken(deps.keys.verifying, deps.issuer, token, deps.clock()).catch(
    (error: unknown) => {
      throw new AppError(
        'UNAUTHENTICATED',
        error instanceof InvalidToken ? error.message : 'The access token is not valid.',
        { cause: error },
      )
    },
  )
  const row = await standingLogin(deps, claims.sid).catch((cause: unknown) => {
    throw new AppError('UNAVAILABLE', 'Whether this login still stands cannot be checked now. Try again in a moment.', {
      cause,
    })
  })
  if (!row || row.user_id !== claims.sub || Number(row.epoch) !== claims.epoch)
    throw new AppError('UNAUTHENTICATED', 'This login has ended. Run "msp login".')
  const granted = new Set(claims.scope.split(' '))
  return {
    userId: row.user_id,
    loginId: claims.sid,
    email: row.email,
    name: row.name,
    role: row.role,
    scopes: scopesOf(row.role).filter((scope) => granted.has(scope)),
    allClients: row.role === 'admin' || Boolean(row.all_clients),
    loginExpiresAt: row.expires_at,
  }
}

function standingLogin(deps: Deps, loginId: string) {
  return deps.db
    .selectFrom('logins')
    .innerJoin('users', 'users.id', 'logins.user_id')
    .select([
      'logins.user_id',
      'logins.expires_at',
      'users.email',
      'users.name',
      'users.role',
      'users.all_clients',
      'users.epoch',
    ])
    .where('logins.id', '=', loginId)
    .where('logins.revoked_at', 'is', null)
    .where('logins.expires_at', '>', deps.clock().toISOString())
    .where('users.archived_at', 'is', null)
    .executeTakeFirst()
}
