import { createHmac, hash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { credentialAuditLog } from '../../src/contract/credentials.ts'
import { apiAuditLog } from '../../src/contract/system.ts'

/** The two logs; each has many chains. */
export type Log = 'credential' | 'api'

/** A row of a log as it is stored: booleans are 0/1. */
export type Entry = Readonly<Record<string, string | number | null>> & {
  id: string
  chain: string
  seq: number
  prev_hash: string
  row_hash: string
  mac: string
  epoch: number
  body_hash: string | null
  created_at: string
}
/** An entry before it has its place in a chain. */
export type Draft = Readonly<Record<string, string | number | null>>

interface LogTable {
  table: string
  columns: readonly string[]
  /** What the hash of an entry is over, in the order of canonical JSON: all but the hash itself and what proves it. */
  hashed: readonly string[]
}

const tableOf = (table: string, declared: readonly string[]): LogTable => {
  const columns = [...declared].sort()
  return { table, columns, hashed: columns.filter((column) => column !== 'row_hash' && column !== 'mac') }
}

export const LOGS: Record<Log, LogTable> = {
  credential: tableOf('credential_audit_log', credentialAuditLog.columns),
  api: tableOf('api_audit_log', apiAuditLog.columns),
}

/** `prev_hash` of the first entry. */
export const NOTHING_BEFORE = '0'.repeat(64)

/** SHA-256 (hex) of the canonical JSON (RFC 8785) of a value. */
export const hashOf = (value: unknown): string => hash('sha256', canonicalize(value) as string)

/**
 * The hash of an entry: SHA-256 of its canonical JSON (RFC 8785). Of a flat row with whole numbers and well-formed texts that is put together
 * here from the columns in order, in a fraction of the time; a test holds it to the library's.
 */
export function rowHash(log: Log, entry: Draft): string {
  let text = '{'
  for (const column of LOGS[log].hashed)
    text += `${text.length > 1 ? ',' : ''}"${column}":${JSON.stringify(entry[column] ?? null)}`
  return hash('sha256', `${text}}`)
}

/** The proof that an entry was written by whoever held the key of its epoch. */
export const macOf = (key: Uint8Array, entryHash: string): string =>
  createHmac('sha256', key).update(entryHash).digest('hex')

/** Hangs entries behind one another and behind what the head says. */
export function chainOf(
  log: Log,
  drafts: readonly Draft[],
  head: { chain: string; seq: number; row_hash: string },
  key: { epoch: number; key: Uint8Array },
): Entry[] {
  let { seq, row_hash: prev_hash } = head
  return drafts.map((draft) => {
    seq++
    const record = { ...draft, chain: head.chain, seq, prev_hash, epoch: key.epoch }
    const row_hash = rowHash(log, record)
    prev_hash = row_hash
    return { ...record, row_hash, mac: macOf(key.key, row_hash) } as unknown as Entry
  })
}
