import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeCacheFile } from '../durable.ts'
import { fingerprintOf, readIdentity } from './fingerprint.ts'
import type { Registration } from './quick.ts'

/** What the last probe found, kept in `MSP_HOME/cache/machine.json`. */
export interface MachineRecord {
  /** ISO 8601, UTC. */
  probed_at: string
  registration: Registration
}

/** A record is probed anew when it is older than this. */
export const MAX_AGE_MS = 24 * 60 * 60 * 1_000

/** `cache` is the folder `MSP_HOME/cache`. */
export const recordPath = (cache: string): string => join(cache, 'machine.json')

/** The last probe, or null when there is none or it cannot be read: then it is made anew. */
export function readRecord(cache: string): MachineRecord | null {
  try {
    const record = JSON.parse(readFileSync(recordPath(cache), 'utf8')) as Partial<MachineRecord> | null
    const usable = typeof record?.probed_at === 'string' && typeof record.registration?.hostname === 'string'
    return usable ? (record as MachineRecord) : null
  } catch {
    return null // Missing or damaged: it is a cache.
  }
}

/** Keeps a probe. */
export function writeRecord(cache: string, record: MachineRecord): void {
  writeCacheFile(recordPath(cache), `${JSON.stringify(record, null, 2)}\n`)
}

/** Is a new probe due? Also when the machine was renamed or the home was copied from another one. */
export function isStale(record: MachineRecord | null, now: number): boolean {
  return isOld(record, now) || record?.registration.machine_fingerprint !== fingerprintOf(readIdentity())
}

/** Was the last probe too long ago? The quick part of `isStale`, for hooks: without a hash. */
export function isOld(record: MachineRecord | null, now: number): boolean {
  if (record === null) return true
  const ageMs = now - Date.parse(record.probed_at)
  return !(ageMs >= 0 && ageMs < MAX_AGE_MS)
}
