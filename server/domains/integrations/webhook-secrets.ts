import { createHmac, randomBytes } from 'node:crypto'
import type { Deps } from '../../context.ts'

/**
 * What deliveries are signed with, after the Standard Webhooks specification: `webhook-signature: v1,<base64 HMAC-SHA256 of id.timestamp.body>`.
 * After a rotation the secret before it signs too for a while, so that a receiver can change over without losing anything.
 */

export interface SigningSecret {
  /** `whsec_` and base64. */
  secret: string
  /** Null: the current one. */
  until: string | null
}

const PREFIX = 'whsec_'
const SECRET_BYTES = 32

export const newSecret = (): string => PREFIX + randomBytes(SECRET_BYTES).toString('base64')

/** The headers of a delivery. Pure. @param at when it is sent; receivers refuse what is older than a few minutes */
export function signatureHeaders(
  secrets: readonly SigningSecret[],
  { id, at, body }: { id: string; at: Date; body: string },
): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1_000))
  const standing = secrets.filter(({ until }) => until === null || Date.parse(until) > at.getTime())
  const signatures = standing.map(({ secret }) => `v1,${signatureOf(secret, id, timestamp, body)}`)
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    ...(signatures.length > 0 ? { 'webhook-signature': signatures.join(' ') } : {}),
  }
}

/** Base64. Pure. @param secret `whsec_` and base64, or any other text, which is its own key */
export function signatureOf(secret: string, id: string, timestamp: string, body: string | Buffer): string {
  const key = secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), 'base64') : Buffer.from(secret)
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')
}

interface Owner {
  id: string
  client_id: string | null
}

const placeOf = ({ id, client_id }: Owner) => ({
  table: 'webhook_subscriptions',
  column: 'secret_ciphertext',
  id,
  clientId: client_id,
})

/** Seals these as the secrets of a subscription. */
export async function keepSecrets(
  { db, vault }: Pick<Deps, 'db' | 'vault'>,
  owner: Owner,
  secrets: readonly SigningSecret[],
): Promise<void> {
  const { kid, sealed } = await vault.sealOwn(db, placeOf(owner), JSON.stringify(secrets))
  await db
    .updateTable('webhook_subscriptions')
    .set({ secret_ciphertext: sealed, secret_key_id: kid })
    .where('id', '=', owner.id)
    .execute()
}

/** The secrets of a subscription, the current one first; none where none was made. @throws CannotOpenSecret */
export async function openSecrets(
  { db, vault }: Pick<Deps, 'db' | 'vault'>,
  owner: Owner,
): Promise<readonly SigningSecret[]> {
  const row = await db
    .selectFrom('webhook_subscriptions')
    .select('secret_ciphertext')
    .where('id', '=', owner.id)
    .executeTakeFirst()
  if (!row?.secret_ciphertext) return []
  return JSON.parse(await vault.openOwn(db, placeOf(owner), row.secret_ciphertext)) as SigningSecret[]
}
