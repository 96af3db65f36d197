import { AppError } from '../../src/contract/errors.ts'
import { type Scope, scopesOf } from '../../src/contract/rights.ts'
import type { Caller, Deps } from '../context.ts'
import { hashToken } from '../crypto/tokens.ts'
import { clientsOf } from './clients-of-user.ts'

/** How long the note of a key's last use may be behind. */
const USE_NOTED_MS = 60_000

/**
 * Who calls with an API key: its owner, with what the key was given of their rights. Both are read each time.
 *
 * @throws AppError UNAUTHENTICATED, or UNAVAILABLE when the database does not answer: never a guess.
 */
export async function callerOfKey(deps: Deps, key: string): Promise<Caller> {
  const row = await standingKey(deps, key).catch((cause: unknown) => {
    throw new AppError(
      'UNAVAILABLE',
      'Whether this API key still stands cannot be checked now. Try again in a moment.',
      {
        cause,
      },
    )
  })
  if (!row) throw new AppError('UNAUTHENTICATED', 'This API key is unknown, revoked or expired. Create another one.')
  await noteUse(deps, row)
  const granted = new Set(JSON.parse(row.scopes) as Scope[])
  const scopes = scopesOf(row.role).filter((scope) => granted.has(scope))
  return {
    userId: row.user_id,
    loginId: row.id,
    email: row.email,
    name: row.name,
    // What only admins may do has no scope of its own everywhere: without theirs a key has not their role either.
    role: row.role === 'admin' && !scopes.includes('msp:admin') ? 'lead' : row.role,
    scopes,
    ...clientsOf(row),
    apiKeyId: row.id,
    ...(row.only_client_id === null ? {} : { onlyClient: row.only_client_id }),
    loginExpiresAt: row.expires_at,
  }
}

type StandingKey = NonNullable<Awaited<ReturnType<typeof standingKey>>>

function standingKey(deps: Deps, key: string) {
  return deps.db
    .selectFrom('api_keys')
    .innerJoin('users', 'users.id', 'api_keys.user_id')
    .select([
      'api_keys.id',
      'api_keys.user_id',
      'api_keys.scopes',
      'api_keys.only_client_id',
      'api_keys.expires_at',
      'api_keys.last_used_at',
      'users.email',
      'users.name',
      'users.role',
      'users.all_clients',
      'users.some_denied',
    ])
    .where('api_keys.key_hash', '=', hashToken(key))
    .where('api_keys.revoked_at', 'is', null)
    .where('api_keys.expires_at', '>', deps.clock().toISOString())
    .where('users.archived_at', 'is', null)
    .executeTakeFirst()
}

/** Now and then: a write for every read would cost more than the read. */
async function noteUse(deps: Deps, { id, last_used_at }: StandingKey): Promise<void> {
  const now = deps.clock()
  if (last_used_at !== null && now.getTime() - Date.parse(last_used_at) < USE_NOTED_MS) return
  await deps.db
    .updateTable('api_keys')
    .set({ last_used_at: now.toISOString() })
    .where('id', '=', id)
    .execute()
    .catch((error: unknown) => deps.log.warn({ apiKeyId: id, error }, 'the use of an API key could not be noted'))
}
