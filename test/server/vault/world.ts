import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, parseDatabaseUrl } from '../../../server/config.ts'
import { uuidv7 } from '../../../server/context.ts'
import { type KeyRing, loadKeyRing } from '../../../server/db/key-ring.ts'
import { type OpenDatabase, openDatabase } from '../../../server/db/open.ts'
import { readKeyFile } from '../../../server/key-file.ts'
import { createVault } from '../../../server/vault/create.ts'
import type { RotationDeps } from '../../../server/vault/rotation.ts'
import type { Owner, SecretValues, Vault } from '../../../server/vault/vault.ts'
import { type DatabaseKind, migratedDatabase } from '../../support/databases.ts'

/** A vault on a database of its own, without a server around it. */
export interface VaultWorld extends AsyncDisposable {
  database: OpenDatabase
  db: OpenDatabase['db']
  databaseUrl: string
  keyFile: string
  server: VaultServer
  /** Another server on the same database, with what its key file holds now, or a file of its own. */
  start(keyFile?: string): Promise<VaultServer>
  /** A file with these lines, which only its owner can read. */
  file(...lines: readonly string[]): string
  client(name: string): Promise<string>
  credential(clientId: string | null): Promise<Owner>
  /** A credential with secrets. */
  stored(clientId: string | null, secrets: SecretValues): Promise<Stored>
}

export interface VaultServer {
  keys: KeyRing
  vault: Vault
  rotation: RotationDeps
}

export interface Stored {
  owner: Owner
  versionId: string
  secrets: SecretValues
}

export const NOW = new Date('2026-01-12T09:00:00.000Z')
const clock = () => NOW
export const newId = () => uuidv7(NOW)
export const keyLine = (): string => randomBytes(32).toString('base64')

/** The keys of a file, as a server's configuration has them. */
export const configOf = (path: string): Pick<Config, 'masterKey' | 'masterKeys' | 'masterKeyFile'> => {
  const masterKeys = readKeyFile(path)
  return { masterKey: masterKeys[0] as Uint8Array, masterKeys, masterKeyFile: path }
}

export async function vaultWorld(kind: DatabaseKind, { cap }: { cap?: number } = {}): Promise<VaultWorld> {
  const fresh = await migratedDatabase(kind)
  const database = await openDatabase(parseDatabaseUrl(fresh.url))
  const { db } = database
  const folder = mkdtempSync(join(tmpdir(), 'msp-vault-'))
  let files = 0
  const file = (...lines: readonly string[]) => {
    const path = join(folder, `${++files}.key`)
    writeFileSync(path, `${lines.join('\n')}\n`, { mode: 0o600 })
    return path
  }
  const keyFile = file(keyLine())
  async function start(path = keyFile): Promise<VaultServer> {
    const keys = await loadKeyRing(database, configOf(path), NOW)
    const vault = await createVault({ database, clock, newId, keys, ...(cap === undefined ? {} : { cap }) })
    return {
      keys,
      vault,
      rotation: { db, dialect: database.dialect, masters: keys.masters, clock, settled: database.settled },
    }
  }
  const server = await start()
  const world: VaultWorld = {
    database,
    db,
    databaseUrl: fresh.url,
    keyFile,
    server,
    start,
    file,
    async client(name) {
      const id = newId()
      const kind = { type: 'msp_managed', status: 'active', security_level: 'standard', compliance: '[]' } as const
      const rest = { code: null, timezone: null, currency: null, account_owner_id: null, website: null, notes: null }
      const dates = { primary_domain: null, onboarded_on: null, offboarded_on: null }
      await db
        .insertInto('clients')
        .values({ ...standard(id), name, name_key: name.toLowerCase(), ...kind, ...rest, ...dates })
        .execute()
      return id
    },
    async credential(clientId) {
      const id = newId()
      const kind = { type: 'password', sensitivity: 'normal', access_policy: 'open', scope: 'client' } as const
      const places = { site_id: null, infrastructure_id: null, service_id: null, m365_tenant_id: null, url: null }
      const rest = { owner_user_id: null, expires_at: null, rotate_every_days: null, current_version_id: null }
      const dates = { last_rotated_at: null, last_used_at: null, compromised_at: null, compromised_reason: null }
      const lists = { allowed_programs: '[]', allowed_hosts: '[]', has_totp: 0 }
      await db
        .insertInto('credentials')
        .values({
          ...standard(id),
          client_id: clientId,
          name: 'x',
          username: null,
          ...kind,
          ...places,
          ...rest,
          ...dates,
          ...lists,
        })
        .execute()
      return { credentialId: id, clientId }
    },
    async stored(clientId, secrets) {
      const owner = await world.credential(clientId)
      const { versionId } = await db.transaction().execute((trx) => server.vault.store(trx, owner, secrets, null))
      return { owner, versionId, secrets }
    },
    async [Symbol.asyncDispose]() {
      await db.destroy()
      await fresh[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return world
}

const standard = (id: string) => ({
  id,
  created_at: NOW.toISOString(),
  updated_at: NOW.toISOString(),
  created_by: null,
  updated_by: null,
  archived_at: null,
  row_version: 1,
})

/** What a server reads of it: every field, or the name of the error. */
export const read = ({ vault }: VaultServer, { db }: VaultWorld, { owner, versionId, secrets }: Stored) =>
  vault.open(db, owner, versionId, Object.keys(secrets)).catch((error: Error) => error.name)

/** Its database rows. */
export const versionRow = ({ db }: VaultWorld, { versionId }: Stored) =>
  db.selectFrom('credential_versions').selectAll().where('id', '=', versionId).executeTakeFirstOrThrow()

export const envelopeOf = async ({ db }: VaultWorld, { versionId }: Stored, field: string): Promise<Buffer> => {
  const found = db.selectFrom('credential_secrets').select('envelope').where('version_id', '=', versionId)
  return (await found.where('field', '=', field).executeTakeFirstOrThrow()).envelope
}

export const setEnvelope = ({ db }: VaultWorld, { versionId }: Stored, field: string, envelope: Buffer) =>
  db
    .updateTable('credential_secrets')
    .set({ envelope })
    .where('version_id', '=', versionId)
    .where('field', '=', field)
    .execute()
