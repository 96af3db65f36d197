import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fchownSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'

/** The file that holds the master keys: one of 32 bytes in base64 per line; what follows a # is a comment. */

/** Why a key file cannot be used, and what to do. Never holds key bytes. */
export class KeyFileError extends Error {
  override readonly name = 'KeyFileError'
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const KEY_BYTES = 32

/** @throws KeyFileError naming the line, never its text */
export function parseKeys(content: string): Uint8Array[] {
  const lines = content.split('\n').map((line, index) => ({ text: line.replace(/#.*/, '').trim(), number: index + 1 }))
  const keys = lines.filter(({ text }) => text !== '')
  if (keys.length === 0) throw new KeyFileError('has no key in it: it must be 32 bytes in base64')
  return keys.map(({ text, number }) => {
    const where = keys.length > 1 ? `, in line ${number}` : ''
    if (!BASE64.test(text)) throw new KeyFileError(`must be base64${where}`)
    const bytes = Buffer.from(text, 'base64')
    if (bytes.length !== KEY_BYTES) throw new KeyFileError(`must be 32 bytes in base64${where}`)
    return bytes
  })
}

/** @throws KeyFileError when it cannot be read, is open to other users of the machine, or holds something else */
export function readKeyFile(path: string): Uint8Array[] {
  return parseKeys(contentOf(path))
}

/**
 * Adds a key after those that are there. The file is replaced as a whole: a kill leaves the old one or the new one.
 *
 * @throws KeyFileError
 */
export function addToKeyFile(path: string, key: Uint8Array, comment: string): void {
  const before = contentOf(path)
  const content = `${before.trimEnd()}\n${Buffer.from(key).toString('base64')} # ${comment}\n`
  const draft = `${path}.${process.pid}`
  try {
    const file = openSync(draft, 'wx', 0o600)
    try {
      keepOwner(file, path)
      writeSync(file, content)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(draft, path)
    syncFolder(dirname(path))
  } catch (error) {
    rmSync(draft, { force: true })
    throw new KeyFileError(
      `cannot be written (${(error as NodeJS.ErrnoException).code}). Run this as the user that the server runs as`,
    )
  }
}

/** The server reads it, also when an administrator changes it. */
function keepOwner(file: number, path: string): void {
  const { uid, gid } = statSync(path)
  if (process.platform !== 'win32' && uid !== process.getuid?.()) fchownSync(file, uid, gid)
}

export const newMasterKey = (): Buffer => randomBytes(KEY_BYTES)

function contentOf(path: string): string {
  try {
    const { mode } = statSync(path)
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new KeyFileError(
        `can be read or changed by other users of this machine (mode ${(mode & 0o777).toString(8)}). Run: chmod 600 ${path}`,
      )
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof KeyFileError) throw error
    throw new KeyFileError(`cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
}

/** Windows does not know how, and needs it not. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
