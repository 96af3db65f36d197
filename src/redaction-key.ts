import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeFileAtomic } from './durable.ts'

const KEY = /^[0-9a-f]{64}$/

/**
 * The key of this machine's redaction marks, for `redact`: read, or made, when the first secret is found. The same secret has the
 * same mark on this machine and another one elsewhere. A home that cannot be written gives a key for this process only: the
 * secret is still removed.
 *
 * @param authDir `paths.auth` of the settings
 */
export function redactionKey(authDir: string): () => string {
  const path = join(authDir, 'redaction.key')
  let key: string | undefined
  return () => {
    key ??= storedKey(path) ?? newKey(path)
    return key
  }
}

function storedKey(path: string): string | undefined {
  try {
    const key = readFileSync(path, 'utf8').trim()
    return KEY.test(key) ? key : undefined
  } catch {
    return undefined // not made yet, or unreadable: a new one serves as well
  }
}

function newKey(path: string): string {
  const key = process.getBuiltinModule('node:crypto').randomBytes(32).toString('hex')
  try {
    writeFileAtomic(path, `${key}\n`)
  } catch {
    return key // serves this process; the next one makes its own
  }
  // Another hook may have made one at the same moment: whichever file stayed is everybody's.
  return storedKey(path) ?? key
}
