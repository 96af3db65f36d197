import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { sql } from 'kysely'
import { currentKey } from '../audit/epochs.ts'
import { verifyAudit } from '../audit/verify.ts'
import { type Config, ConfigError, type DatabaseConfig } from '../config.ts'
import { uuidv7 } from '../context.ts'
import { checkCopy, copyExtension, copyIn, copyOut } from '../db/copy.ts'
import { loadKeyRing } from '../db/key-ring.ts'
import { appliedMigrations, isMigrated } from '../db/migrate.ts'
import { type Database, openDatabase } from '../db/open.ts'
import { measureFile, openFile, sealFile } from './sealed-file.ts'

/** Backups of this server's own data. The master key is never in one: without it a backup gives no secret away. */

/** What lies beside a backup as `<file>.json`. */
export interface Manifest {
  kind: DatabaseConfig['kind']
  created_at: string
  /** The newest migration. */
  schema: string
  /** Table → rows. */
  rows: Record<string, number>
  /** Of the file as it lies there. */
  sha256: string
  size_bytes: number
  encrypted: boolean
}

export interface BackupOptions {
  folder: string
  /** age recipients; none: the backup is not encrypted. */
  recipients: readonly string[]
  version: string
  now: Date
}

/**
 * Copies the database while it is in use, encrypts the copy, and writes it down in `backup_log`.
 *
 * @throws ConfigError for what a person can mend
 */
export async function createBackup(
  config: Config,
  options: BackupOptions,
): Promise<{ path: string; manifest: Manifest }> {
  const database = await openDatabase(config.database)
  try {
    const { path, manifest } = await writeFiles(config, options)
    await note(database, options, path, manifest)
    return { path, manifest }
  } finally {
    await database.db.destroy()
  }
}

async function writeFiles(config: Config, { folder, recipients, now }: BackupOptions) {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const stamp = now.toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '')
  const name = `claudetools-${stamp}.${copyExtension(config.database)}`
  const path = join(folder, recipients.length > 0 ? `${name}.age` : name)
  if (existsSync(path)) throw new ConfigError(`${path} exists already. Wait a second, or name another folder.`)
  // Beside the backup, not in a folder for temporary files: that may be in memory, or read by others.
  const plain = join(folder, `.${name}.${process.pid}`)
  const sealed = `${plain}.age`
  try {
    await copyOut(config.database, plain)
    await checkCopy(config.database.kind, plain)
    const facts = await factsOf(config.database)
    if (recipients.length > 0) await sealFile(plain, sealed, recipients)
    await rename(recipients.length > 0 ? sealed : plain, path)
    const measured = await measureFile(path)
    const manifest: Manifest = {
      kind: config.database.kind,
      created_at: now.toISOString(),
      ...facts,
      ...measured,
      encrypted: recipients.length > 0,
    }
    await writeFile(`${path}.json`, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true })
    return { path, manifest }
  } finally {
    await Promise.all([plain, sealed].map((file) => rm(file, { force: true })))
  }
}

async function factsOf(config: DatabaseConfig): Promise<Pick<Manifest, 'schema' | 'rows'>> {
  const database = await openDatabase(config)
  try {
    return { schema: (await appliedMigrations(database)).at(-1) ?? '', rows: await rowCounts(database) }
  } finally {
    await database.db.destroy()
  }
}

async function rowCounts({ db }: Database): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { name, isView } of await db.introspection.getTables()) {
    if (isView || /_words/.test(name)) continue
    const { rows } = await sql<{ counted: number }>`select count(*) as counted from ${sql.table(name)}`.execute(db)
    counts[name] = Number(rows[0]?.counted)
  }
  return counts
}

async function note(
  { db }: Database,
  { now, version }: BackupOptions,
  path: string,
  manifest: Manifest,
): Promise<void> {
  const at = now.toISOString()
  await db
    .insertInto('backup_log')
    .values({
      id: uuidv7(now),
      created_at: at,
      updated_at: at,
      created_by: null,
      updated_by: null,
      archived_at: null,
      row_version: 1,
      kind: 'full',
      trigger: 'manual',
      status: 'success',
      started_at: at,
      finished_at: new Date().toISOString(),
      size_bytes: manifest.size_bytes,
      sha256: manifest.sha256,
      location: path,
      encrypted: Number(manifest.encrypted),
      key_id: null,
      tool_version: version,
      schema_version: manifest.schema,
      rows: JSON.stringify(manifest.rows),
      verified_at: null,
      restore_test_at: null,
      restore_test_result: null,
      error: null,
      retention_until: null,
    })
    .execute()
}

export interface OpenOptions {
  /** age identities (`AGE-SECRET-KEY-1…`), for an encrypted backup. */
  identities: readonly string[]
}

/** Makes a database of a backup. @throws ConfigError when the target is not empty, or the backup does not open */
export async function restoreBackup(path: string, into: DatabaseConfig, options: OpenOptions): Promise<Manifest> {
  const manifest = await readManifest(path)
  if (into.kind !== manifest.kind)
    throw new ConfigError(`This is a backup of ${manifest.kind}: restore it into a database of that kind.`)
  await withPlain(path, manifest, options, (plain) => copyIn(into, plain))
  return manifest
}

/**
 * Proves that a backup can be used: restores it into a database that is thrown away (or the empty one that is named), looks for every table, opens
 * the keys with the master key, reads the audit log from its beginning.
 *
 * @param into needed where databases live on a server
 * @throws ConfigError that says what is wrong
 */
export async function verifyBackup(
  path: string,
  config: Config,
  { into, ...options }: OpenOptions & { into?: DatabaseConfig | undefined },
): Promise<Manifest> {
  const folder = await mkdtemp(join(tmpdir(), 'msp-verify-'))
  try {
    const target = into ?? { kind: 'sqlite' as const, path: join(folder, 'restored.db') }
    const manifest = await restoreBackup(path, target, options)
    await compare(target, manifest, config)
    return manifest
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function compare(target: DatabaseConfig, manifest: Manifest, config: Config): Promise<void> {
  const database = await openDatabase(target)
  try {
    const found = await rowCounts(database)
    // Counted a moment after the copy was made: a log may have grown in between, nothing may be gone.
    const missing = Object.keys(manifest.rows).find((table) => found[table] === undefined)
    if (missing) throw new ConfigError(`The backup has no table ${missing}.`)
    if (!(await isMigrated(database)))
      throw new ConfigError(`The backup is of schema ${manifest.schema}. Verify it with the version that made it.`)
    const keys = await loadKeyRing(database, config, new Date(manifest.created_at))
    const { intact, troubles } = await verifyAudit({
      db: database.db,
      now: new Date(manifest.created_at),
      key: await currentKey(database.db, keys.masters),
      signers: new Map(keys.checkpoints.map(({ kid, publicKey }) => [kid, publicKey])),
      outside: [],
    })
    if (!intact) throw new ConfigError(`The audit log in the backup was changed: ${troubles[0]?.message}`)
  } finally {
    await database.db.destroy()
  }
}

async function withPlain(
  path: string,
  manifest: Manifest,
  { identities }: OpenOptions,
  work: (plain: string) => Promise<void>,
): Promise<void> {
  const measured = await measureFile(path)
  if (measured.sha256 !== manifest.sha256)
    throw new ConfigError(`${basename(path)} is not what was backed up: its SHA-256 is another one.`)
  if (manifest.encrypted && identities.length === 0)
    throw new ConfigError('The backup is encrypted. Give --identity FILE with the secret key of one of its recipients.')
  const folder = await mkdtemp(join(tmpdir(), 'msp-restore-'))
  try {
    const plain = manifest.encrypted ? join(folder, 'plain') : path
    if (manifest.encrypted) await openFile(path, plain, identities)
    await checkCopy(manifest.kind, plain)
    await work(plain)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function readManifest(path: string): Promise<Manifest> {
  try {
    return JSON.parse(await readFile(`${path}.json`, 'utf8')) as Manifest
  } catch (cause) {
    throw new ConfigError(`${path}.json, which belongs to the backup, cannot be read. Put it beside the backup.`, {
      cause,
    })
  }
}
