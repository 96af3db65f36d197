import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeFileAtomic } from './durable.ts'
import { fileName, readSession } from './sessions.ts'
import type { Paths } from './settings.ts'

/**
 * The keys of the clients' redaction marks, as the server gives them with a context block: under them the same secret has the same mark on every
 * machine. Kept under `MSP_HOME/auth/marks`, one file for each client: whoever has a key can try guesses against the marks.
 */
export function keepMarkKey(paths: Paths, clientId: string, key: string): void {
  if (readMarkKey(paths, clientId) === key) return
  try {
    writeFileAtomic(fileOf(paths, clientId), `${key}\n`)
  } catch {
    // A home that cannot be written: this machine's own key serves as well, only that the marks differ from those of others.
  }
}

/** The key of the client for whom a session works, or undefined where there is none yet: nobody chose one, or no server was asked since. */
export function markKeyOf(paths: Paths, sessionId: string): string | undefined {
  const client = readSession(paths, sessionId)?.client?.id
  return client ? readMarkKey(paths, client) : undefined
}

function readMarkKey(paths: Paths, clientId: string): string | undefined {
  try {
    return readFileSync(fileOf(paths, clientId), 'utf8').trim() || undefined
  } catch {
    return undefined // not given yet
  }
}

const fileOf = (paths: Paths, clientId: string): string => join(paths.auth, 'marks', fileName(clientId))
