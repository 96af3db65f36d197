import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { writeCacheFile } from '../durable.ts'
import { fileName } from '../sessions.ts'
import type { Paths } from '../settings.ts'

/**
 * Does this client ask about the rows of the conversation (`hooks/rows.ts`)? It tells so itself, by asking, when a session starts. A client that
 * does not shows the model the output of failing commands as it is.
 */
export const asksAboutRows = (paths: Paths, sessionId: string): boolean => existsSync(markerOf(paths, sessionId))

/** Notes that it does. Where that cannot be written down, a warning too many is the consequence. */
export function noteThatItAsks(paths: Paths, sessionId: string): void {
  if (asksAboutRows(paths, sessionId)) return
  try {
    writeCacheFile(markerOf(paths, sessionId), '')
  } catch {
    // The home folder cannot be written: other hooks say so.
  }
}

const markerOf = (paths: Paths, sessionId: string): string => join(paths.cache, 'row-guards', fileName(sessionId))
