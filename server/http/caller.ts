import { sql } from 'kysely'
import { AppError } from '../../src/contract/errors.ts'
import { type Role, scopesOf } from '../../src/contract/rights.ts'
import type { Caller, Deps } from '../context.ts'
import { API_KEY_PREFIX, InvalidToken, type Verified, verifyToken } from '../crypto/tokens.ts'
import { callerOfAgent } from './caller-of-agent.ts'
import { callerOfKey } from './caller-of-key.ts'
import { clientsOf } from './clients-of-user.ts'

/**
 * From an Authorization header, with an access token, the token of an agent or an API key, to who calls. The login (or key) and the user are
 * read each time, so that a logout, a disabled user or a changed role counts from the next request on.
 *
 * @param calls how many come with it: an agent's token is good for so many
 * @throws AppError UNAUTHENTICATED, RATE_LIMITED, or UNAVAILABLE when the database does not answer: never a guess.
 */
export async function authenticate(deps: Deps, header: string | undefined, calls = 1): Promise<Caller | undefined> {
  if (header === undefined) return undefined
  const token = /^Bearer (\S+)$/i.exec(header)?.[1]
  if (!token) throw new AppError('UNAUTHENTICATED', 'The Authorization header must be "Bearer <access token>".')
  if (token.startsWith(API_KEY_PREFIX)) return callerOfKey(deps, token)
  const { kind, claims } = await verified(deps, token)
  return kind === 'agent+jwt' ? callerOfAgent(deps, claims, calls) : callerOfLogin(deps, claims)
}

async function verified(deps: Deps, token: string): Promise<Verified> {
  try {
    return await verifyToken(deps.keys.verifying, deps.issuer, token, deps.clock())
  } catch (error) {
    if (!(error instanceof InvalidToken)) throw error
    if (error.why === 'early')
      deps.log.warn('a token of ours is from the future: was the clock of this server, or of another one, set back?')
    throw new AppError('UNAUTHENTICATED', error.message, { cause: error })
  }
}

async function callerOfLogin(deps: Deps, claims: Verified['claims']): Promise<Caller> {
  const row = await standingLogin(deps, claims).catch((cause: unknown) => {
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
    ...clientsOf(row),
    tokenId: claims.jti,
    ...(row.machine_id === null ? {} : { machineId: row.machine_id }),
    loginExpiresAt: row.expires_at,
  }
}

interface StandingLogin {
  user_id: string
  expires_at: string
  machine_id: string | null
  email: string
  name: string
  role: Role
  all_clients: number
  epoch: number
  some_denied: number | null
}

/** As text, since every request begins with it: Kysely's builder would take longer than the database. */
async function standingLogin(
  { db, clock }: Deps,
  { sid, jti }: Verified['claims'],
): Promise<StandingLogin | undefined> {
  const { rows } = await sql<StandingLogin>`
    select logins.user_id, logins.expires_at, logins.machine_id, users.email, users.name, users.role, users.all_clients,
      users.epoch, users.some_denied
    from logins join users on users.id = logins.user_id
    where logins.id = ${sid} and logins.revoked_at is null and logins.expires_at > ${clock().toISOString()}
      and users.archived_at is null and not exists (select 1 from revoked_tokens where jti = ${jti})`.execute(db)
  return rows[0]
}
