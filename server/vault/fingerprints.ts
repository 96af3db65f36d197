import { createHmac, createSecretKey } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Key } from '../crypto/envelope.ts'
import { hmac } from '../crypto/keys.ts'
import type { Tables } from '../db/tables.ts'

/** Half of all credentials share a user name: that says nothing. */
const NO_SECRET = new Set(['username'])

export const hasFingerprint = (field: string): boolean => !NO_SECRET.has(field)

const PURPOSE = Buffer.from('claudetools: fingerprint of a secret\0', 'utf8')

/** HMAC-SHA256 in hexadecimal digits. The same secret has the same one wherever it is kept. */
export function fingerprintOf(key: Key, value: Uint8Array): string {
  const message = Buffer.concat([PURPOSE, value])
  const fingerprint = hmac(key.bytes, message).toString('hex')
  message.fill(0)
  return fingerprint
}

/** The same for many values, with a copy of the key inside. */
export function createFingerprinter(key: Key): (value: string) => string {
  const secret = createSecretKey(key.bytes)
  return (value) => createHmac('sha256', secret).update(PURPOSE).update(value, 'utf8').digest('hex')
}

/** Ids of the other credentials whose current version holds one of the same secrets. */
export async function credentialsWithSameSecret(db: Kysely<Tables>, versionId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('credential_versions as own')
    .innerJoin('credential_secrets as known', 'known.version_id', 'own.id')
    .innerJoin('credential_secrets as same', (join) =>
      join
        .onRef('same.fingerprint', '=', 'known.fingerprint')
        .onRef('same.fingerprint_kid', '=', 'known.fingerprint_kid'),
    )
    .innerJoin('credential_versions as other', 'other.id', 'same.version_id')
    .select('other.credential_id')
    .distinct()
    .where('own.id', '=', versionId)
    .where('other.superseded_at', 'is', null)
    .whereRef('other.credential_id', '!=', 'own.credential_id')
    .orderBy('other.credential_id')
    .execute()
  return rows.map((row) => row.credential_id)
}
