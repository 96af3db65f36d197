import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs'

const OTHERS_MAY_WRITE = 0o022

/**
 * What a file holds that belongs to this user and that nobody else may write, else undefined. Windows tells neither: there the profile folder
 * protects it.
 */
export function readOwn(path: string): Buffer | undefined {
  let fd: number | undefined
  try {
    fd = openSync(path, 'r')
    const { uid, mode } = fstatSync(fd)
    const isOwn = process.platform === 'win32' || (uid === process.getuid?.() && (mode & OTHERS_MAY_WRITE) === 0)
    return isOwn ? readFileSync(fd) : undefined
  } catch {
    return undefined
  } finally {
    if (fd !== undefined) closeSync(fd)
  }
}
