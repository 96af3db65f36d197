import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Checkpoint } from './contract/audit.ts'
import { errorCode, writeCacheFile } from './durable.ts'
import type { Paths, Settings } from './settings.ts'

/**
 * The newest signed state of the server's audit that this machine has seen. A server that answers with an earlier one has lost entries, or
 * somebody has put its database back: then this one is kept as the evidence, and the user is told.
 */
export interface Kept {
  url: string
  checkpoint: Checkpoint
  /** What went back, as a sentence. */
  wentBack: string | null
  /** The user has been told. */
  told: boolean
}

const fileOf = (paths: Paths) => join(paths.cache, 'audit-checkpoint.json')

/** What this machine keeps; undefined where that is nothing, or cannot be read. */
export function keptCheckpoint(paths: Paths): Kept | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(paths), 'utf8')) as Kept
  } catch (error) {
    if (error instanceof SyntaxError || errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}

/** Keeps a state that the server answered with, or notices that it went back behind the one that is kept. */
export function keepCheckpoint({ apiUrl, paths }: Pick<Settings, 'apiUrl' | 'paths'>, checkpoint: Checkpoint): void {
  const before = keptCheckpoint(paths)
  const known = before?.url === apiUrl ? before : undefined
  if (known?.wentBack) return
  if (known && isSame(known.checkpoint, checkpoint)) return
  const wentBack =
    known && goesBack(known.checkpoint, checkpoint) ? sentence(apiUrl, known.checkpoint, checkpoint) : null
  const kept: Kept = {
    url: apiUrl,
    checkpoint: wentBack && known ? known.checkpoint : checkpoint,
    wentBack,
    told: false,
  }
  writeCacheFile(fileOf(paths), `${JSON.stringify(kept)}\n`)
}

/** The complaint, where there is one that the user was not told yet. */
export function takeComplaint(paths: Paths): string | undefined {
  const kept = keptCheckpoint(paths)
  if (!kept?.wentBack || kept.told) return undefined
  writeCacheFile(fileOf(paths), `${JSON.stringify({ ...kept, told: true })}\n`)
  return kept.wentBack
}

/** From now on what the server says is taken as it is: somebody has found out why it went back. */
export function acceptCheckpoint({ apiUrl, paths }: Pick<Settings, 'apiUrl' | 'paths'>, checkpoint: Checkpoint): void {
  const kept: Kept = { url: apiUrl, checkpoint, wentBack: null, told: false }
  writeCacheFile(fileOf(paths), `${JSON.stringify(kept)}\n`)
}

const isSame = (one: Checkpoint, other: Checkpoint) => one.seq === other.seq && one.row_hash === other.row_hash

const goesBack = (before: Checkpoint, now: Checkpoint) => now.seq <= before.seq || now.entries < before.entries

const sentence = (url: string, before: Checkpoint, now: Checkpoint) =>
  `ClaudeTools: the audit of ${url} went back: ${before.entries} entries on ${before.created_at}, now ${now.entries} of ${now.created_at}. Entries are gone, or its database was put back. Tell whoever runs the server; there "msp audit verify" shows what is missing.`
