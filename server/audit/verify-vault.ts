import type { Kysely } from 'kysely'
import type { Tables } from '../db/tables.ts'
import { digestOf } from '../vault/versions.ts'
import type { Trouble } from './verify-checkpoints.ts'

type Db = Kysely<Tables>

const PAGE = 500

/**
 * Compares what the vault holds with what the audit says was stored: a version that was exchanged, put back, added or removed behind the
 * server's back. A credential that was purged has no versions any more.
 */
export async function verifyVault(db: Db): Promise<{ versions: number; troubles: Trouble[] }> {
  const troubles: Trouble[] = []
  const told = new Set<string>()
  for await (const { entry, digest } of storedVersions(db)) {
    const name = `${entry.credential_id} ${entry.version_no}`
    told.add(name)
    const why = await whyNotAsStored(db, entry, digest)
    if (why)
      troubles.push({ log: 'credential', chain: entry.chain, seq: Number(entry.seq), class: 'vault', message: why })
  }
  const versions = await db.selectFrom('credential_versions').select(['credential_id', 'version_no']).execute()
  const untold = versions.filter(({ credential_id, version_no }) => !told.has(`${credential_id} ${version_no}`))
  for (const { credential_id, version_no } of untold.slice(0, PAGE))
    troubles.push({
      ...{ log: 'credential', chain: '', seq: 0, class: 'vault' },
      message: `Version ${version_no} of the credential ${credential_id} is in the vault, and no entry tells of it.`,
    })
  return { versions: versions.length, troubles }
}

interface StoredEntry {
  id: string
  chain: string
  seq: number
  credential_id: string | null
  version_no: number | null
  body: string | null
}

/** Entries whose details name the digest of what was stored. */
async function* storedVersions(db: Db): AsyncGenerator<{ entry: StoredEntry; digest: string }> {
  let after = ''
  for (;;) {
    const page = await db
      .selectFrom('credential_audit_log as l')
      .innerJoin('audit_bodies as b', 'b.id', 'l.id')
      .select(['l.id', 'l.chain', 'l.seq', 'l.credential_id', 'l.version_no', 'b.body'])
      .where('l.id', '>', after)
      .where('l.version_no', 'is not', null)
      .where('l.outcome', '=', 'success')
      .orderBy('l.id')
      .limit(PAGE)
      .execute()
    for (const entry of page) {
      const digest = digestIn(entry.body)
      if (digest !== undefined) yield { entry, digest }
    }
    if (page.length < PAGE) return
    after = page.at(-1)?.id ?? ''
  }
}

function digestIn(body: string | null): string | undefined {
  const { digest } = JSON.parse(body ?? '{}') as { digest?: unknown }
  return typeof digest === 'string' ? digest : undefined
}

async function whyNotAsStored(db: Db, entry: StoredEntry, digest: string): Promise<string | undefined> {
  const what = `Version ${entry.version_no} of the credential ${entry.credential_id}`
  const version = await db
    .selectFrom('credential_versions')
    .select('id')
    .where('credential_id', '=', entry.credential_id ?? '')
    .where('version_no', '=', entry.version_no ?? 0)
    .executeTakeFirst()
  if (!version) return (await wasPurged(db, entry)) ? undefined : `${what} was stored, and is gone from the vault.`
  const sealed = await db
    .selectFrom('credential_secrets')
    .select(['field', 'envelope'])
    .where('version_id', '=', version.id)
    .execute()
  return digestOf(version.id, sealed) === digest ? undefined : `${what} is not what was stored.`
}

const wasPurged = (db: Db, { credential_id }: StoredEntry) =>
  db
    .selectFrom('credential_audit_log')
    .select('id')
    .where('credential_id', '=', credential_id)
    .where('action', '=', 'purge')
    .where('outcome', '=', 'success')
    .executeTakeFirst()
    .then(Boolean)
