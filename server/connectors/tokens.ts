import type { Deps } from '../context.ts'
import { CannotOpenSecret } from '../crypto/seal.ts'
import type { NewToken, SignIn } from './account.ts'

/** Tokens that vendors give for a secret: sealed beside the connection's credential, so that all servers use the same one. */

/** A token is not used for its last minute: the call would be late. */
const MARGIN_MS = 60_000

const placeOf = ({ id, clientId }: Pick<SignIn, 'id' | 'clientId'>) => ({
  table: 'integration_credentials',
  column: 'token_ciphertext',
  id,
  clientId,
})

/** The token that is kept, while it is good. */
export async function keptToken({ db, vault, clock }: Deps, signIn: SignIn): Promise<string | undefined> {
  const row = await db
    .selectFrom('integration_credentials')
    .select(['token_ciphertext', 'token_expires_at'])
    .where('id', '=', signIn.id)
    .executeTakeFirst()
  if (!row?.token_ciphertext || !row.token_expires_at) return undefined
  if (Date.parse(row.token_expires_at) - MARGIN_MS <= clock().getTime()) return undefined
  try {
    return await vault.openOwn(db, placeOf(signIn), row.token_ciphertext)
  } catch (error) {
    // A new one is as good.
    if (error instanceof CannotOpenSecret) return undefined
    throw error
  }
}

export async function keepToken(
  { db, vault, clock }: Deps,
  signIn: SignIn,
  { token, expiresInSeconds }: NewToken,
): Promise<void> {
  const { kid, sealed } = await vault.sealOwn(db, placeOf(signIn), token)
  await db
    .updateTable('integration_credentials')
    .set({
      token_ciphertext: sealed,
      token_key_id: kid,
      token_expires_at: new Date(clock().getTime() + expiresInSeconds * 1_000).toISOString(),
    })
    .where('id', '=', signIn.id)
    .execute()
}

export async function forgetTokens({ db }: Deps, integrationId: string): Promise<void> {
  await db
    .updateTable('integration_credentials')
    .set({ token_ciphertext: null, token_nonce: null, token_key_id: null, token_expires_at: null })
    .where('integration_id', '=', integrationId)
    .execute()
}
