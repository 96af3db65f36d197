import { createHash, randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import { AES_256_GCM } from '../crypto/aead.ts'
import { type Key, openEnvelope, sealEnvelope } from '../crypto/envelope.ts'
import { wipe } from '../crypto/keys.ts'
import { boundTo, CannotOpenSecret } from '../crypto/seal.ts'
import type { Tables } from '../db/tables.ts'
import { openClientKey, takeClientKey, takeFingerprintKey, type VaultKeyDeps } from './client-keys.ts'
import { fingerprintOf, hasFingerprint } from './fingerprints.ts'
import type { Owner, SecretValues } from './vault.ts'

/** Versions of credentials: each has a key of its own, under which its fields are sealed one by one. */

type Db = Kysely<Tables>
const DEK_BYTES = 32

interface Version extends Owner {
  id: string
  number: number
}

export async function storeVersion(
  db: Db,
  deps: VaultKeyDeps & { newId: () => string },
  owner: Owner,
  secrets: SecretValues,
  by: string | null,
): Promise<{ versionId: string; versionNo: number; digest: string }> {
  const now = deps.clock().toISOString()
  const version: Version = { ...owner, id: deps.newId(), number: (await lastNumber(db, owner)) + 1 }
  const clientKey = await takeClientKey(db, deps, owner.clientId)
  const dek: Key = { kid: version.id, bytes: randomBytes(DEK_BYTES) }
  const wrapped_dek = sealEnvelope(clientKey, dekPlace(version), dek.bytes)
  const fingerprintKey = await takeFingerprintKey(db, deps)
  const rows = Object.entries(secrets).map(([field, value]) => sealedField(version, dek, fingerprintKey, field, value))
  wipe(clientKey.bytes, dek.bytes, fingerprintKey.bytes)
  await db
    .updateTable('credential_versions')
    .set({ superseded_at: now })
    .where('credential_id', '=', owner.credentialId)
    .where('superseded_at', 'is', null)
    .execute()
  const row = {
    id: version.id,
    credential_id: owner.credentialId,
    client_id: owner.clientId,
    version_no: version.number,
  }
  const made = { alg: AES_256_GCM.name, kek_id: clientKey.kid, wrapped_dek, created_at: now, created_by: by }
  await db
    .insertInto('credential_versions')
    .values({ ...row, ...made, superseded_at: null })
    .execute()
  await db.insertInto('credential_secrets').values(rows).execute()
  return { versionId: version.id, versionNo: version.number, digest: digestOf(version.id, rows) }
}

export async function openVersion(
  db: Db,
  deps: VaultKeyDeps,
  owner: Owner,
  versionId: string,
  fields: readonly string[],
): Promise<Record<string, string>> {
  const row = await db.selectFrom('credential_versions').selectAll().where('id', '=', versionId).executeTakeFirst()
  if (row?.credential_id !== owner.credentialId || row.client_id !== owner.clientId) throw new CannotOpenSecret()
  const version: Version = { ...owner, id: row.id, number: row.version_no }
  const sealed = await db
    .selectFrom('credential_secrets')
    .select(['field', 'envelope'])
    .where('version_id', '=', versionId)
    .where('field', 'in', [...fields, ''])
    .execute()
  const clientKey = await openClientKey(db, deps, row.kek_id, owner.clientId)
  let dek: Key | undefined
  try {
    dek = { kid: version.id, bytes: openEnvelope(clientKey, dekPlace(version), row.wrapped_dek) }
    const opened = new Map(
      sealed.map(({ field, envelope }) => [field, openField(version, dek as Key, field, envelope)]),
    )
    return Object.fromEntries(fields.map((field) => [field, opened.get(field) ?? notThere()]))
  } finally {
    wipe(clientKey.bytes, dek?.bytes)
  }
}

/** Of two that store at the same moment, the unique key of (credential, number) refuses one. */
async function lastNumber(db: Db, { credentialId }: Owner): Promise<number> {
  const { last } = await db
    .selectFrom('credential_versions')
    .select((row) => row.fn.max('version_no').as('last'))
    .where('credential_id', '=', credentialId)
    .executeTakeFirstOrThrow()
  return Number(last ?? 0)
}

function sealedField(version: Version, dek: Key, fingerprintKey: Key, field: string, value: string) {
  const plaintext = Buffer.from(value, 'utf8')
  const envelope = sealEnvelope(dek, fieldPlace(version, field), plaintext)
  const marked = hasFingerprint(field)
  const fingerprint = marked ? fingerprintOf(fingerprintKey, plaintext) : null
  wipe(plaintext)
  return { version_id: version.id, field, envelope, fingerprint, fingerprint_kid: marked ? fingerprintKey.kid : null }
}

function openField(version: Version, dek: Key, field: string, envelope: Uint8Array): string {
  const plaintext = openEnvelope(dek, fieldPlace(version, field), envelope)
  const value = Buffer.from(plaintext).toString('utf8')
  wipe(plaintext)
  return value
}

const ownerOf = ({ clientId, credentialId, id, number }: Version) => ({
  client: clientId,
  record: credentialId,
  version: `${number} ${id}`,
})

const dekPlace = (version: Version) => ({
  purpose: 'dek',
  table: 'credential_versions',
  column: 'wrapped_dek',
  ...ownerOf(version),
})

const fieldPlace = (version: Version, field: string) => ({
  purpose: 'secret',
  table: 'credential_secrets',
  column: `envelope of ${field}`,
  ...ownerOf(version),
})

function notThere(): never {
  throw new CannotOpenSecret()
}

/** SHA-256 over what is stored: the audit keeps it, so that an exchanged version is noticed. */
export function digestOf(versionId: string, rows: readonly { field: string; envelope: Uint8Array }[]): string {
  const parts = [...rows]
    .sort((one, other) => (one.field < other.field ? -1 : 1))
    .flatMap(({ field, envelope }) => [field, Buffer.from(envelope).toString('base64')])
  return createHash('sha256')
    .update(boundTo(versionId, ...parts))
    .digest('hex')
}
