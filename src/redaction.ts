import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorCode, writeFileAtomic } from './durable.ts'
import { type Redacted, redact } from './redact/redact.ts'
import { REDACTOR_VERSION } from './redact/rules.ts'
import type { Paths } from './settings.ts'

const KEY_BYTES = 32

/** Takes secrets out of text. `version` is that of its rules. */
export type Redactor = { version: number; redact: (text: string) => Redacted }

/** The redactor of this machine. */
export function redactorHere(paths: Paths): Redactor {
  return { version: REDACTOR_VERSION, redact: (text) => redactHere(paths, text) }
}

/**
 * Redacts text of this machine. A replaced secret is named by a fingerprint under a key of this machine, so that the same secret is known
 * again here and means nothing elsewhere.
 */
export function redactHere(paths: Paths, text: string): Redacted {
  return redact(text, () => fingerprintKey(paths))
}

/**
 * The key of the fingerprints: `auth/redaction.key`, made at first use. Where it can be neither read nor made, a key of this process takes
 * its place: marks of the same secret then differ, and nothing is recorded in clear.
 */
function fingerprintKey(paths: Paths): string {
  const path = join(paths.auth, 'redaction.key')
  const found = readKey(path)
  if (found) return found
  const made = process.getBuiltinModule('node:crypto').randomBytes(KEY_BYTES).toString('hex')
  try {
    writeFileAtomic(path, made)
    return readKey(path) ?? made
  } catch (error) {
    if (errorCode(error) === '') throw error
    return made
  }
}

function readKey(path: string): string | undefined {
  try {
    const key = readFileSync(path, 'utf8').trim()
    return key.length === KEY_BYTES * 2 ? key : undefined
  } catch {
    return undefined // Not made yet, or not readable: the caller makes one.
  }
}
