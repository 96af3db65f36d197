import { notFound } from '../../../src/contract/errors.ts'
import type { Context, Handlers } from '../../context.ts'
import { ACCESS_SECONDS } from '../../crypto/tokens.ts'
import { hasFactor } from './factors.ts'
import { revokeLogins } from './logins.ts'
import { personOf } from './step-up.ts'

type Auth = Handlers['auth']

export const me: Auth['me'] = async ({ caller, db }) => ({
  id: caller.userId,
  email: caller.email,
  name: caller.name,
  role: caller.role,
  scopes: [...caller.scopes],
  all_clients: caller.allClients,
  login_expires_at: caller.loginExpiresAt,
  has_factor: await hasFactor(db, caller.userId),
})

export const logout: Auth['logout'] = async (context, { everywhere, token_only }) => {
  const { userId, loginId } = personOf(context, 'end logins')
  if (token_only) return endToken(context)
  return { logins_ended: await revokeLogins(context, everywhere ? { userId } : { loginId }, 'logout') }
}

export const logins: Auth['logins'] = async (context) => {
  const { userId, loginId } = personOf(context, 'see logins')
  const standing = await context.db
    .selectFrom('logins')
    .select(['id', 'label', 'machine_id', 'public_key', 'created_at', 'last_used_at', 'expires_at'])
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', context.clock().toISOString())
    .orderBy('last_used_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return {
    items: standing.map(({ public_key, ...login }) => ({
      ...login,
      is_bound: public_key !== null,
      is_current: login.id === loginId,
    })),
  }
}

export const endLogin: Auth['endLogin'] = async (context, { id }) => {
  const { userId } = personOf(context, 'end logins')
  const own = await context.db
    .selectFrom('logins')
    .select('id')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  if (!own) throw notFound('The login', id)
  return { logins_ended: await revokeLogins(context, { loginId: id }, 'logout') }
}

/** By its id, not by its text: of one token there may be several spellings. */
async function endToken({ db, dialect, clock, caller }: Context): Promise<{ logins_ended: number }> {
  const now = clock()
  const revoked = {
    jti: caller.tokenId as string,
    login_id: caller.loginId,
    revoked_at: now.toISOString(),
    // Longer than it can last.
    expires_at: new Date(now.getTime() + 2 * ACCESS_SECONDS * 1_000).toISOString(),
  }
  await db
    .insertInto('revoked_tokens')
    .values(revoked)
    .execute()
    .catch((error: unknown) => {
      // Sent twice at the same moment.
      if (dialect.refusal(error) !== 'unique') throw error
    })
  return { logins_ended: 0 }
}
