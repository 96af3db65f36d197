import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'

/** Files and folders that only their owner may read. Windows ignores the modes: there the profile folder protects them. */
export const FILE_MODE = 0o600
export const FOLDER_MODE = 0o700

/** The code of a system error (`ENOENT`), or the empty string for anything else. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** The names in a folder; none when there is no such folder. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return []
    throw error
  }
}

/** Makes a folder and its missing parents, readable by its owner only. A folder that exists keeps its mode. */
export function makeFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: FOLDER_MODE })
}

/** Makes new, renamed and removed names in a folder survive a power loss. Windows offers no such call and does it by itself. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const fd = openSync(path, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/**
 * Replaces a file so that a reader, a kill or a power loss finds the old text or the new one, never a part.
 * Makes the folder when it is missing (0700); the file gets 0600.
 *
 * @throws the system's error, with nothing left behind
 */
export function writeFileAtomic(path: string, content: string | Uint8Array): void {
  replaceFile(path, content, true)
  syncFolder(dirname(path))
}

/**
 * The same for what can be made again: a reader or a kill finds the old text or the new one, a power loss may leave nothing. It does not
 * wait for the disk.
 */
export function writeCacheFile(path: string, content: string | Uint8Array): void {
  replaceFile(path, content, false)
}

function replaceFile(path: string, content: string | Uint8Array, isDurable: boolean): void {
  makeFolder(dirname(path))
  const temporary = `${path}.${process.pid}.${Math.random().toString(36).slice(2, 10)}.tmp`
  try {
    writeNew(temporary, content, isDurable)
    renameOver(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

/**
 * Adds bytes to the end of a file and returns once it is on the disk, with the file's name and folder when they are new.
 * For one writer at a time.
 */
export function appendDurable(path: string, bytes: Uint8Array): void {
  const folder = dirname(path)
  makeFolder(folder)
  const fd = openSync(path, 'a', FILE_MODE)
  try {
    const isNew = fstatSync(fd).size === 0
    writeFully(fd, bytes)
    fsyncSync(fd)
    if (isNew) for (const named of [folder, dirname(folder)]) syncFolder(named)
  } finally {
    closeSync(fd)
  }
}

function writeNew(path: string, content: string | Uint8Array, isDurable: boolean): void {
  const fd = openSync(path, 'wx', FILE_MODE)
  try {
    writeFully(fd, typeof content === 'string' ? Buffer.from(content) : content)
    if (isDurable) fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

function writeFully(fd: number, bytes: Uint8Array): void {
  let written = 0
  while (written < bytes.length) written += writeSync(fd, bytes, written)
}

const WINDOWS_TRIES = 20
const WINDOWS_PAUSE_MS = 10

/** Renames; on Windows a virus scanner or a reader may hold the target for some milliseconds. */
export function renameOver(from: string, to: string): void {
  for (let tries = 1; ; tries++) {
    try {
      renameSync(from, to)
      return
    } catch (error) {
      const held = ['EPERM', 'EACCES', 'EBUSY'].includes(errorCode(error))
      if (process.platform !== 'win32' || !held || tries === WINDOWS_TRIES) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WINDOWS_PAUSE_MS)
    }
  }
}
