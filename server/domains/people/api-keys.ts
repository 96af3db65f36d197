import { apiKey } from '../../../src/contract/api-keys.ts'
import { AppError, notFound } from '../../../src/contract/errors.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { Scope } from '../../../src/contract/rights.ts'
import type { Context, Deps, Handlers } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import { API_KEY_PREFIX, hashToken, newApiKey } from '../../crypto/tokens.ts'
import { keyExpiry } from './rules.ts'
import { personOf } from './step-up.ts'

type ApiKey = RowOf<typeof apiKey>

const SHOWN_CHARACTERS = API_KEY_PREFIX.length + 8

export const apiKeys = {
  list: (context, input) =>
    rows(context, apiKey).list(context.caller.role === 'admin' ? input : { ...input, user_id: context.caller.userId }),
  get: (context, { id }) => ownKey(context, id),
  create: async (context, { name, scopes, only_client_id, expires_at }) => {
    personOf(context, 'create keys')
    refuseWider(context, scopes, only_client_id)
    const key = newApiKey()
    const values = {
      user_id: context.caller.userId,
      name,
      scopes: [...new Set(scopes)],
      only_client_id: only_client_id ?? null,
      expires_at: keyExpiry(context.clock(), expires_at),
      prefix: key.slice(0, SHOWN_CHARACTERS),
      key_hash: hashToken(key),
    }
    return { api_key: await rows(context, apiKey).insert(values), key }
  },
  revoke: async (context, { id }) => {
    const found = await ownKey(context, id)
    if (found.revoked_at !== null) return found
    return rows(context, apiKey).update(found.id, { revoked_at: context.clock().toISOString() })
  },
} satisfies Handlers['apiKeys']

/** Ends the keys of a user for good: should the user come back, they do not. */
export async function revokeKeysOf(deps: Pick<Deps, 'db' | 'clock'>, userId: string): Promise<void> {
  await deps.db
    .updateTable('api_keys')
    .set({ revoked_at: deps.clock().toISOString() })
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .execute()
}

function refuseWider({ caller }: Context, scopes: readonly Scope[], onlyClient: string | undefined): void {
  const beyond = scopes.find((scope) => !caller.scopes.includes(scope))
  if (beyond) throw new AppError('FORBIDDEN', `You have no ${beyond} yourself: a key can have only scopes of yours.`)
  if (onlyClient !== undefined && scopes.includes('msp:admin'))
    throw new AppError('INVALID_INPUT', 'msp:admin is about the whole MSP: a key for one client cannot have it.')
}

/** A key is seen by its owner and by admins. */
async function ownKey(context: Context, id: string): Promise<ApiKey> {
  const found = await rows(context, apiKey).find(id)
  if (!found || (found.user_id !== context.caller.userId && context.caller.role !== 'admin'))
    throw notFound('The API key', id)
  return found
}
