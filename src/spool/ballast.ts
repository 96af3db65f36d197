import { rmSync, statfsSync } from 'node:fs'
import { makeFolder, writeFileAtomic } from '../durable.ts'
import { ballastPath, reservePath, sizeOf } from './folder.ts'

export const BALLAST_BYTES = 8 * 1024 * 1024
/** Enough for a lock file and some dead letters. */
const RESERVE_BYTES = 64 * 1024

/**
 * Keeps two reserves for the moment when the disk is full: the ballast, which `append` gives back so that the steps of that moment
 * are still recorded, and a small one for the delivery itself, which must be able to work in order to free space. Made only while
 * there is plenty of room.
 */
export function keepBallast(spoolDir: string, bytes: number): void {
  keep(spoolDir, reservePath(spoolDir), RESERVE_BYTES)
  if (bytes > 0) keep(spoolDir, ballastPath(spoolDir), bytes)
}

/** Gives a reserve back, once; the delivery makes it again when there is room. @returns whether there was one */
export function release(path: string): boolean {
  try {
    rmSync(path)
    return true
  } catch {
    return false // there was none, or it cannot be removed: the disk stays full and the caller says so
  }
}

function keep(spoolDir: string, path: string, bytes: number): void {
  if (sizeOf(path) === bytes) return
  try {
    makeFolder(spoolDir)
    const disk = statfsSync(spoolDir)
    if (disk.bavail * disk.bsize < 4 * bytes) return
    writeFileAtomic(path, incompressible(bytes))
  } catch {
    // The reserve is a comfort: delivery must not fail for it.
    rmSync(path, { force: true })
  }
}

/** Zeros would take no room on a disk that compresses. */
function incompressible(bytes: number): Uint8Array {
  const words = new Uint32Array(Math.ceil(bytes / 4))
  let state = 0x9e3779b9
  for (let at = 0; at < words.length; at++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    words[at] = state
  }
  return new Uint8Array(words.buffer, 0, bytes)
}
